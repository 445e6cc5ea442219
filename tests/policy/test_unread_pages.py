"""Nothing wrong in what could be read is no pass where a page, or nobody knows what, could not be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from checker.context import Context
from checker.documents.model import Document, Page
from checker.findings import Verdict
from checker.schools import School, SchoolType
from checker.testing import document_of, judge

CONTEXT = Context(dt.date(2026, 11, 22), (School("Larkfield School", (SchoolType.MAINTAINED,), None, None),))
POLICY = "## Absence\nParents ring the school office by 8.40am. Registers are kept under the 2024 Regulations.\n"
SPARING = "Medical evidence is asked for only where there is genuine doubt about an illness.\n"
PART_TIME = "A part-time timetable is temporary, is agreed with the parent, is reviewed and has an end date.\n"
SAID_NOTHING = (("policy.medical-evidence", POLICY), ("policy.part-time-timetables", POLICY))
NOTHING_WRONG = (
    ("policy.superseded-references", POLICY),
    ("policy.no-placeholders", POLICY),
    ("policy.internal-consistency", POLICY),
    ("policy.readable", POLICY),
    ("policy.medical-evidence", POLICY + SPARING),
    ("policy.part-time-timetables", POLICY + PART_TIME),
)
LOST = "The end of the PDF is missing."


def with_a_damaged_page(whole: Document) -> Document:
    end = len(whole.text)
    return replace(whole, pages=(Page(1, 0, end, 0), Page(2, end, end, 0, legible=False)))


def with_a_part_lost(whole: Document) -> Document:
    return replace(whole, lost=(LOST,))


@pytest.mark.parametrize(("requirement", "text"), NOTHING_WRONG)
def test_what_is_read_whole_passes(requirement: str, text: str) -> None:
    assert judge(requirement, document_of(text), CONTEXT).verdict is Verdict.PASS


@pytest.mark.parametrize(("requirement", "text"), [*NOTHING_WRONG, *SAID_NOTHING])
def test_what_may_stand_on_a_damaged_page_is_for_a_person(requirement: str, text: str) -> None:
    outcome = judge(requirement, with_a_damaged_page(document_of(text)), CONTEXT)
    assert outcome.verdict is Verdict.REVIEW
    assert "page 2" in outcome.message


@pytest.mark.parametrize(("requirement", "text"), [*NOTHING_WRONG, *SAID_NOTHING])
def test_what_may_stand_in_a_part_that_is_lost_is_for_a_person(requirement: str, text: str) -> None:
    outcome = judge(requirement, with_a_part_lost(document_of(text)), CONTEXT)
    assert outcome.verdict is Verdict.REVIEW
    assert LOST in outcome.message


def test_what_is_wrong_on_a_page_that_can_be_read_stays_wrong() -> None:
    whole = document_of(POLICY + "Notes: [insert name of school] decides.\n")
    for damaged in (with_a_damaged_page(whole), with_a_part_lost(whole)):
        assert judge("policy.no-placeholders", damaged, CONTEXT).verdict is Verdict.FAIL


def test_what_is_missing_fails_and_says_what_was_lost() -> None:
    outcome = judge("policy.retention", with_a_part_lost(document_of(POLICY)), CONTEXT)
    assert outcome.verdict is Verdict.FAIL
    assert "Noted: the end of the PDF is missing." in outcome.message


def test_a_pass_says_what_could_not_be_read() -> None:
    whole = document_of(POLICY + "Every entry in the registers is kept for six years.\n")
    for damaged, where in (
        (with_a_damaged_page(whole), "on page 2"),
        (with_a_part_lost(whole), "in text that is missing"),
    ):
        finding = judge("policy.retention", damaged, CONTEXT)
        assert finding.verdict is Verdict.PASS
        assert f"what stands {where} could not be read" in finding.message
    assert "could not be read" not in judge("policy.retention", whole, CONTEXT).message
