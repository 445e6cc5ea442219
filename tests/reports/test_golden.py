"""Every format holds the golden report of the sample run, byte for byte. ``make golden`` writes them afresh."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from checker.reports.formats import BUILT_IN
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
        content = WRITERS[self.form](self.run.report, self.run.presentation)
        return content.encode() if isinstance(content, str) else content


GOLDEN = (
    Golden("text", "report.txt", sample()),
    Golden("json", "report.json", sample()),
    Golden("html", "report.html", sample()),
    Golden("html", "policy.html", one("policies/alder-vale-primary.docx")),
)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.file)
def test_it_writes_the_golden_report(golden: Golden, request: pytest.FixtureRequest) -> None:
    file, written = FOLDER / golden.file, golden.written()
    if request.config.getoption("--golden"):
        file.write_bytes(written)
    assert written == file.read_bytes(), f"{golden.file} differs: read the difference after `make golden`"


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden.file)
def test_it_writes_the_same_bytes_twice_and_names_no_place_on_this_machine(golden: Golden) -> None:
    written = golden.written()
    assert golden.written() == written
    assert str(Path(__file__).parents[2]).encode() not in written


def test_no_golden_report_is_left_over() -> None:
    assert {file.name for file in FOLDER.iterdir()} == {golden.file for golden in GOLDEN}
