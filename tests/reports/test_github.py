"""Annotations as the runner of GitHub Actions reads them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from checker.findings import Verdict
from checker.reports.github import write
from tests.reports.hostile import hostile
from tests.reports.reading import commands, from_github, from_report
from tests.reports.sample import Sample, load, sample

READ = list(commands(write(sample().report, sample().presentation)))


def test_the_heaviest_come_first_because_the_runner_shows_ten_of_each() -> None:
    kinds = [command for command, _, _ in READ]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)


def test_a_failure_marks_its_file_with_what_to_do() -> None:
    command, properties, words = next(each for each in READ if "policy.retention" in each[1]["title"])
    assert command == "error"
    assert properties["file"] == "policies/quarry-lane-academy.pdf"
    assert properties["title"] == "Register entries are kept for six years (policy.retention): to put right"
    assert "\nTo do: Put six years.\n" in words


def test_what_could_not_be_read_is_an_error_and_what_is_no_policy_a_notice() -> None:
    commands_of = {properties.get("file"): command for command, properties, words in READ if "ot checked" in words}
    assert commands_of == {"policies/uniform.docx": "notice"}
    assert any(command == "error" and "asks for a password" in words for command, _, words in READ)


def test_the_last_line_says_how_many_wait_for_a_person() -> None:
    waiting = sample().report.tally[Verdict.REVIEW]
    assert READ[-1][2].endswith(f"{waiting} for a person to decide.")


def test_every_verdict_is_annotated_when_asked_for() -> None:
    run = Sample(sample().report, replace(sample().presentation, include_passes=True))
    assert sorted(from_github(write(run.report, run.presentation))) == sorted(from_report(run.report))


def test_a_file_with_lines_is_marked_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "policy.txt"
    file.write_text("Attendance\n\nWe keep every entry for three years.\n", encoding="utf-8")
    document = load(file)
    subject = next(s for s in sample().report.subjects if s.path.endswith(".pdf"))
    failed = next(f for f in subject.findings if f.requirement.name == "policy.retention")
    passage = document.passage(12, 20)
    moved = replace(subject, file=file, findings=(replace(failed, evidence=(passage,)),))
    written = write(replace(sample().report, subjects=(moved,)), sample().presentation)
    assert next(commands(written))[1]["line"] == "3"


def test_no_document_can_give_the_runner_a_command() -> None:
    written = write(hostile().report, hostile().presentation)
    read = list(commands(written))  # each line is one of our own commands
    assert len(read) == written.count("\n")
    assert {command for command, _, _ in read} == {"error", "warning", "notice"}
    assert any("\n::error::stolen" in words for _, _, words in read)  # said, not obeyed
