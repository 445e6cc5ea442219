"""Nothing wrong in what could be read is no pass where a page could not be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from checker.context import Context
from checker.documents.model import Page
from checker.findings import Verdict
from checker.schools import School, SchoolType
from checker.testing import document_of, judge

CONTEXT = Context(dt.date(2026, 11, 22), (School("Larkfield School", (SchoolType.MAINTAINED,), None, None),))
POLICY = "## Absence\nParents ring the school office by 8.40am. Registers are kept under the 2024 Regulations.\n"
ABSENT = ("policy.superseded-references", "policy.no-placeholders", "policy.internal-consistency")


@pytest.mark.parametrize("requirement", ABSENT)
def test_what_may_stand_on_a_damaged_page_is_for_a_person(requirement: str) -> None:
    whole = document_of(POLICY)
    end = len(whole.text)
    damaged = replace(whole, pages=(Page(1, 0, end, 0), Page(2, end, end, 0, legible=False)))
    assert judge(requirement, whole, CONTEXT).verdict is Verdict.PASS
    outcome = judge(requirement, damaged, CONTEXT)
    assert outcome.verdict is Verdict.REVIEW
    assert "page 2" in outcome.message


def test_what_is_wrong_on_a_page_that_can_be_read_stays_wrong() -> None:
    whole = document_of(POLICY + "Notes: [insert name of school] decides.\n")
    end = len(whole.text)
    damaged = replace(whole, pages=(Page(1, 0, end, 0), Page(2, end, end, 0, legible=False)))
    assert judge("policy.no-placeholders", damaged, CONTEXT).verdict is Verdict.FAIL
