"""Labels with their values, however the page sets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.documents.assemble import assemble
from checker.documents.html import draft_of
from checker.reading.fields import read_fields
from checker.reading.words import cut
from checker.testing import document_of

KNOWN = {"approved by", "date", "next review", "review", "reviewed"}


def fields_of(text: str, form: str = "markdown") -> list[tuple[str, str]]:
    document = document_of(text, form)
    fields = read_fields(document, lambda label: " ".join(cut(label).forms) in KNOWN)
    for field in fields:
        assert field.passage.quote == document.text[field.passage.start : field.passage.end]
    return [(field.label, field.value) for field in fields]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Approved by: Trust Board", [("Approved by", "Trust Board")]),
        ("Approved by – Trust Board", [("Approved by", "Trust Board")]),
        ("**Approved by.** Trust Board", [("Approved by", "Trust Board")]),
        ("Reviewed. The trustees have approved it by: a vote", []),
        ("Approved by: Trust Board Date: May 2026", [("Approved by", "Trust Board"), ("Date", "May 2026")]),
        (
            "| Approved by | Board |\n| --- | --- |\n| Date | May 2026 |",
            [("Approved by", "Board"), ("Date", "May 2026")],
        ),
        (
            "| Approved by | Date |\n| --- | --- |\n| Board | May 2026 |",
            [("Approved by", "Board"), ("Date", "May 2026")],
        ),
        (
            "| Approved by: | | Date: | May 2026 |\n| --- | --- | --- | --- |\n| Last seen | June | Due | July |",
            [("Approved by", ""), ("Date", "May 2026")],
        ),
        ("Approved by:\n\nBoard", [("Approved by", "Board")]),
        (
            "Approved by:\n\nDate:\n\nNext review:\n\nBoard\n\nMay 2026\n\nMay 2027",
            [("Approved by", "Board"), ("Date", "May 2026"), ("Next review", "May 2027")],
        ),
    ],
)
def test_values_stand_beside_or_below_their_labels(text: str, expected: list[tuple[str, str]]) -> None:
    assert fields_of(text) == expected


def test_lines_in_one_cell_go_with_lines_in_the_next() -> None:
    text = "<table><tr><td><p>Approved by:</p><p>Date:</p></td><td><p>Board</p><p>May 2026</p></td></tr></table>"
    document = assemble(draft_of(Path("piece.html"), text), "piece.html")
    fields = read_fields(document, lambda label: cut(label).forms[-1:] in {("by",), ("date",)})
    assert [(field.label, field.value) for field in fields] == [("Approved by", "Board"), ("Date", "May 2026")]


def test_a_heading_is_no_label_for_the_text_below_it() -> None:
    text = "## Review\n\nThis policy was approved by the board of governors of the school in May 2026."
    assert fields_of(text) == [("Review", "")]
