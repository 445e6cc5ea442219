"""The sample run itself: that it holds what the formats are to be tried on."""

from __future__ import annotations

from checker.findings import Verdict
from checker.levels import Level
from checker.report import Status
from tests.reports.sample import many, sample


def test_it_holds_every_verdict_level_and_status() -> None:
    report = sample().report
    assert {finding.verdict for finding in report.findings} == set(Verdict)
    assert {finding.level for finding in report.findings if finding.verdict is Verdict.FAIL} == set(Level)
    assert {subject.status for subject in report.subjects} == set(Status)


def test_its_passages_stand_in_the_documents() -> None:
    run = sample()
    assert run.presentation.load is not None
    for subject in run.report.subjects:
        if subject.file is not None:
            text = run.presentation.load(subject.file).text
            passages = [passage for finding in subject.findings for passage in finding.evidence]
            assert passages
            assert all(text[passage.start : passage.end] == passage.quote for passage in passages)


def test_each_subject_answers_every_requirement_of_its_kind_in_order() -> None:
    for subject in (*sample().report.subjects, *many().report.subjects):
        if subject.status is Status.CHECKED:
            names = [finding.requirement.name for finding in subject.findings]
            assert len(names) == sample().report.selected[subject.kind]
            assert names == list(dict.fromkeys(names))


def test_a_large_run_has_a_subject_for_each_path() -> None:
    paths = [subject.path for subject in many(24).report.subjects]
    assert len(paths) == len(set(paths)) == 26
