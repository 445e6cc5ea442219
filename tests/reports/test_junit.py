"""JUnit XML as systems of continuous integration count it."""

from __future__ import annotations

from junitparser import JUnitXml
from lxml import etree

from checker.findings import Verdict
from checker.reports.junit import write
from tests.reports.sample import sample

WRITTEN = write(sample().report, sample().presentation)
READ = JUnitXml.fromstring(WRITTEN.encode())


def test_it_counts_what_fails_what_broke_and_what_did_not_pass() -> None:
    tally = sample().report.tally
    named, found = 1, 1  # the scan that could not be read, and the file that is no policy
    assert READ.tests == sum(tally.values()) + named + found
    assert READ.failures == tally[Verdict.FAIL]
    assert READ.errors == tally[Verdict.ERROR] + named
    skipped = sum(suite.skipped for suite in READ)
    assert skipped == tally[Verdict.REVIEW] + tally[Verdict.WAIVED] + tally[Verdict.NOT_APPLICABLE] + found


def test_the_counts_of_the_suites_are_those_of_the_whole() -> None:
    root = etree.fromstring(WRITTEN.encode())
    for name in ("tests", "failures", "errors"):
        assert int(root.get(name)) == sum(int(suite.get(name)) for suite in root)


def test_a_failure_says_what_where_and_what_to_do() -> None:
    (case,) = (case for suite in READ for case in suite if case.name == "policy.retention" and case.result)
    (failure,) = case.result
    assert failure.message == "Three years are named; the law asks for six."
    assert failure.type == "law"
    assert "“We keep every entry for three years.” (page 2, 6 Records)" in failure.text
    assert "To do: Put six years." in failure.text


def test_a_review_is_never_counted_as_passed() -> None:
    reviews = [case for suite in READ for case in suite if case.result and case.result[0].type == "review"]
    assert len(reviews) == sample().report.tally[Verdict.REVIEW]
    assert all(case.is_skipped for case in reviews)
    assert all(case.result[0].message.startswith("for a person to decide: ") for case in reviews)


def test_a_pass_carries_its_evidence() -> None:
    (case,) = (case for suite in READ for case in suite if case.name == "policy.retention" and not case.result)
    assert "Every entry in the registers is kept for six years." in case.system_out
