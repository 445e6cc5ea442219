"""Which passages a verdict shows: the decisive ones first, and nothing that is on another matter."""

from __future__ import annotations

import datetime as dt

from checker.context import Context
from checker.schools import School, SchoolType
from checker.testing import document_of, judge

CONTEXT = Context(dt.date(2026, 11, 22), (School("Larkfield School", (SchoolType.MAINTAINED,), None, None),))


def _shown(requirement: str, policy: str) -> list[str]:
    return [passage.quote for passage in judge(requirement, document_of(policy), CONTEXT).evidence]


def test_a_duty_under_its_own_heading_goes_before_one_that_stands_elsewhere() -> None:
    shown = _shown(
        "policy.governance",
        """
## The headteacher
- gives the governors a report on attendance and absence data each half term

## The governing board
The board is responsible for:
- challenging leaders on attendance data
""",
    )
    assert shown[0] == "The board is responsible for:\n- challenging leaders on attendance data"


def test_what_says_how_and_when_goes_before_what_says_how_alone() -> None:
    shown = _shown(
        "policy.absence-reporting",
        """
## Absence
Parents should ring the school office when a child is ill. An absence is reported to the school office by 8.40am.
""",
    )
    assert shown[0] == "An absence is reported to the school office by 8.40am."


def test_a_name_of_a_law_comes_near_nothing() -> None:
    shown = _shown(
        "policy.electronic-registers",
        "- School Attendance (Pupil Registration) (England) Regulations 2024\n\nWe keep a register of attendance.",
    )
    assert "School Attendance (Pupil Registration) (England) Regulations 2024" not in shown


def test_no_return_is_shown_for_one_where_nothing_is_told() -> None:
    shown = _shown(
        "policy.returns",
        "A name stays on the school roll until we have permission from the local authority to remove the child.\n\n"
        "We work with the local authority to share good practice on pupils with irregular attendance.",
    )
    assert shown == []


def test_telling_the_leadership_team_is_no_report_by_parents() -> None:
    policy = "## Absence\nIf a pupil goes missing, ensure that the senior leadership team have been informed by 9am."
    assert judge("policy.absence-reporting", document_of(policy), CONTEXT).verdict.value == "fail"


def test_what_stands_beside_a_code_is_shown_with_it() -> None:
    shown = _shown(
        "policy.late-codes",
        "| Code | Name | When |\n| --- | --- | --- |\n| L | Late | The pupil comes before the register has closed |\n"
        "| U | Absent | The pupil comes after the register has closed |",
    )
    assert [quote.split()[0] for quote in shown] == ["L", "U"]
