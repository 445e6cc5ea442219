"""What a failure tells the reader to do fits what is wrong."""

from __future__ import annotations

import datetime as dt

import pytest

from checker.context import Context
from checker.schools import School, SchoolType
from checker.testing import document_of, judge

CONTEXT = Context(dt.date(2026, 11, 22), (School("Larkfield School", (SchoolType.MAINTAINED,), None, None),))
HELP = "We meet the families of persistently and severely absent pupils and bring in early help."
BY_GROUP = "Where year groups or sites differ, use a table with a row for each."


@pytest.mark.parametrize(
    ("requirement", "policy", "advice"),
    [
        ("school-day", "School starts at 8.45am.", f"Add the time at which the school day ends. {BY_GROUP}"),
        ("school-day", "School ends at 3.20pm.", f"Add the time at which the school day starts. {BY_GROUP}"),
        ("school-day", "We love school.", f"Add both times. {BY_GROUP}"),
        (
            "persistent-absence",
            f"Persistent absence is attendance below 90%. {HELP}",
            "Define persistent absence as missing 10% or more of possible sessions.",
        ),
        (
            "internal-consistency",
            "# 3.1 Lateness\n\nThe morning register closes at 9.15am.\n\n# 3.1 Illness\n\nPlease call us.",
            "Give each part a number of its own.",
        ),
        (
            "internal-consistency",
            "The morning register closes at 9.15am.\n\nThe morning register closes at 9.30am.",
            "Decide which is right, and use it everywhere.",
        ),
    ],
)
def test_advice_fits_what_is_wrong(requirement: str, policy: str, advice: str) -> None:
    assert judge(f"policy.{requirement}", document_of(policy), CONTEXT).fix == advice
