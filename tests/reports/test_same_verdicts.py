"""All formats carry the same verdicts: each is read back as its readers read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.findings import Verdict
from tests.reports import office, reading
from tests.reports.sample import sample
from tests.reports.test_golden import FOLDER, GOLDEN

ALL = frozenset(Verdict)
READERS: dict[str, tuple[Callable[[str], reading.Read], frozenset[Verdict]]] = {
    "report.txt": (reading.from_text, ALL),
    "report.json": (reading.from_json, ALL),
    "report.html": (reading.from_html, ALL),
    "report.sarif": (reading.from_sarif, frozenset({Verdict.FAIL, Verdict.REVIEW, Verdict.ERROR})),
    "report.junit.xml": (reading.from_junit, ALL),
    "report.github.txt": (reading.from_github, frozenset({Verdict.FAIL, Verdict.ERROR})),
    "report.md": (reading.from_markdown, ALL),
}


@pytest.mark.parametrize("file", READERS)
def test_it_carries_the_verdicts_of_the_run(file: str) -> None:
    read, carried = READERS[file]
    expected = [each for each in reading.from_report(sample().report) if each[2] in carried]
    assert sorted(read((FOLDER / file).read_text(encoding="utf-8"))) == sorted(expected)


@pytest.mark.parametrize("file", office.READERS)
def test_a_file_for_office_programs_carries_the_verdicts_of_what_it_is_about(file: str) -> None:
    read = set(office.READERS[file]((FOLDER / file).read_bytes()))
    run = next(golden.run for golden in GOLDEN if golden.file == file)
    carried = ALL if file.endswith(".xlsx") else {Verdict.FAIL, Verdict.REVIEW}
    built = {
        (subject.path, finding.requirement.name)
        for subject in run.report.subjects
        for finding in subject.findings
        if finding.checked or carried is ALL
    }
    assert read == {each for each in reading.from_report(run.report) if each[2] in carried and each[:2] in built}
