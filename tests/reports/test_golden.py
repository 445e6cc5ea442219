"""Every format holds the golden report of the sample run. ``make golden`` writes them afresh.

What is packed, in a ZIP archive or a PDF, is compared unpacked: how tightly it is packed depends on the computer.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from checker.reports.formats import BUILT_IN
from checker.reports.presentation import Written
from tests.reports.office import unpacked
from tests.reports.sample import Sample, one, sample

FOLDER = Path(__file__).parent / "golden"
WRITERS = {form.name: form.write for form in BUILT_IN}


@dataclass(frozen=True)
class Golden:
    """A report that is kept.

    Attributes:
        form: The format.
        file: The file that holds it.
        run: The run that it is of.
    """

    form: str
    file: str
    run: Sample

    def written(self) -> bytes:
        """Writes the report."""
        made = WRITERS[self.form](self.run.report, self.run.presentation)
        content = made.content if isinstance(made, Written) else made
        assert isinstance(content, str | bytes)
        return content.encode() if isinstance(content, str) else content


def _to_word(run: Sample) -> Sample:
    return Sample(run.report, replace(run.presentation, target=Path("summary.docx")))


GOLDEN = (
    Golden("text", "report.txt", sample()),
    Golden("json", "report.json", sample()),
    Golden("html", "report.html", sample()),
    Golden("sarif", "report.sarif", sample()),
    Golden("junit", "report.junit.xml", sample()),
    Golden("github", "report.github.txt", sample()),
    Golden("markdown", "report.md", sample()),
    Golden("summary", "summary.html", one("policies/alder-vale-primary.docx")),
    Golden("summary", "summary.docx", _to_word(one("policies/alder-vale-primary.docx"))),
    Golden("html", "policy.html", one("policies/alder-vale-primary.docx")),
    Golden("docx", "alder-vale-primary.docx", one("policies/alder-vale-primary.docx")),
    Golden("pdf", "quarry-lane-academy.pdf", one("policies/quarry-lane-academy.pdf")),
    Golden("xlsx", "report.xlsx", sample()),
)


def _same(file: Path, content: bytes) -> bool:
    return file.exists() and _ours(file, content) == _ours(file, file.read_bytes())


def _ours(file: Path, content: bytes) -> bytes:
    """Returns what we write of a report; of a Word file that is made from nothing the styles are the library's own."""
    if file.name != "summary.docx":
        return unpacked(content)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read("word/document.xml")


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.file)
def test_it_writes_the_golden_report(golden: Golden, request: pytest.FixtureRequest) -> None:
    file, written = FOLDER / golden.file, golden.written()
    if request.config.getoption("--golden") and not _same(file, written):
        file.write_bytes(written)
    assert _same(file, written), f"{golden.file} differs: read the difference after `make golden`"


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.file)
def test_it_writes_the_same_bytes_twice_and_names_no_place_on_this_machine(golden: Golden) -> None:
    written = golden.written()
    assert golden.written() == written
    assert str(Path(__file__).parents[2]).encode() not in unpacked(written)


def test_no_golden_report_is_left_over() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {golden.file for golden in GOLDEN}
