"""Every case of every register requirement, through files as a user would have them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from checker.findings import Verdict
from checker.registers.native import load
from tests.registers.build import CHECKS, judge, keys, write_register
from tests.registers.cases import Case, all_cases

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    world = case.world()
    register = load(write_register(tmp_path / "register", world.settings, world.tables), None)
    outcome = judge(case.requirement, register, case.partner)
    said = "\n".join([outcome.message, *outcome.notes, *(str(row) for row in outcome.rows or ())])
    assert outcome.verdict.value == case.content["verdict"], said
    assert keys(outcome) == case.rows, said
    if outcome.verdict is Verdict.FAIL:
        levels = {fault.level.value for fault in outcome.faults if fault.level is not None}
        assert levels == set(case.content.get("levels", [])), said
    for words in case.content.get("says", []):
        assert words in said


def test_every_requirement_has_cases_for_its_verdicts() -> None:
    found = defaultdict(set)
    for case in CASES:
        found[case.requirement].add(case.content["verdict"])
    assert set(found) == set(CHECKS)
    for requirement, verdicts in found.items():
        assert "pass" in verdicts, requirement
        assert verdicts & {"fail", "review"}, requirement


def test_names_of_cases_are_unique() -> None:
    names = [str(case) for case in CASES]
    assert len(names) == len(set(names))
