"""Each requirement of policies on its named cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.testing import PolicyCase, policy_cases

CASES = list(policy_cases(Path(__file__).parent))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: PolicyCase) -> None:
    case.check()
