"""What LibreOffice and Chromium print is read back whole, and no worse than pdfplumber reads it."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

from benchmarks.pdf_speed import by_checker, whole
from benchmarks.printed_tables import Printed, printed
from checker.documents import pdf
from tests.documents.sheets import Pen, draw, words_of

LEAST_SHARE = {"ruled": 1.0, "level lines": 0.85, "striped": 0.85, "without lines": 0.85}
"""Which share of the rows is found whole: every one where lines are drawn around the cells."""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Printed]:
    found = list(printed(tmp_path_factory.mktemp("printed"), tables=2, rows=12))
    if not found:
        pytest.skip("neither LibreOffice nor Chromium is installed here; CI installs them")
    return found


def test_rows_are_found_whole_and_no_fewer_than_by_pdfplumber(documents: list[Printed]) -> None:
    for document in documents:
        with pdfplumber.open(document.path) as reference:
            by_reference = [
                tuple(cell or "" for cell in row)
                for page in reference.pages
                for table in page.extract_tables()
                for row in table
            ]
        ours = whole(by_checker(document.path).rows, document.rows)
        share = LEAST_SHARE[document.name.split(", ")[1]]
        assert ours >= share * len(document.rows), document.name
        assert ours >= whole(by_reference, document.rows), document.name


def test_words_are_those_of_pdfplumber(documents: list[Printed]) -> None:
    for document in documents:
        with pdfplumber.open(document.path) as reference:
            words = [word["text"] for page in reference.pages for word in page.extract_words()]
        assert sorted(words_of(pdf.load(document.path).text)) == sorted(words), document.name


def test_pdfplumber_helps_where_pdfium_gives_no_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.documents.pdf import symbols

    text = "Registers open at ten to nine and close half an hour later."
    path = draw(tmp_path / "policy.pdf", lambda canvas: Pen(canvas).text(text))
    answers = iter([True, False])
    monkeypatch.setattr(symbols, "garbled", lambda found: next(answers))
    draft = pdf.load(path)
    assert " ".join(words_of(draft.text)) == text
    assert [page.legible for page in draft.pages] == [True]
