"""The history of a policy's versions: a table of dates and changes."""

from __future__ import annotations

from collections.abc import Iterator

from checker.documents.model import Block, Cell, Document, Table
from checker.facts import Stated
from checker.reading.words import cut
from checker.recognise.dates import PartialDate, dates
from england_attendance.policy.vocabulary import topic

LONGEST_HEADING = 4
MOST_HEADINGS = 6


def latest_version(document: Document) -> Stated[PartialDate] | None:
    """Returns the latest date in a table that tells the document's history."""
    latest: Stated[PartialDate] | None = None
    for table, named in _histories(document):
        column = named[0].column
        for row in table.rows[table.header_rows :]:
            cell = next((cell for cell in row.cells if cell.column == column), None)
            when = dates(cell.text, years=True) if cell else ()
            if cell and when and (latest is None or when[0].value.last_day() >= latest.value.last_day()):
                passage = document.passage(row.reading.start, row.reading.end)
                latest = Stated(when[0].value, (passage,))
    return latest


def history(document: Document) -> tuple[Block, ...]:
    """Returns the dated rows of the tables that tell the document's history: what they speak of may stand no more."""
    rows = ((row, named[0].column) for table, named in _histories(document) for row in table.rows[table.header_rows :])
    return tuple(
        row for row, column in rows if any(cell.column == column and dates(cell.text, years=True) for cell in row.cells)
    )


def _histories(document: Document) -> Iterator[tuple[Table, list[Cell]]]:
    """Yields the tables that tell the document's history, with the headings of their columns of dates."""
    words = topic("document/review_dates")
    for table in document.tables:
        headings = [cell for row in table.rows[: table.header_rows] for cell in row.cells if cell.text]
        named = {
            name: [
                cell
                for cell in headings
                if words[name].first(cut(cell.text).forms) is not None and len(cell.text.split()) <= LONGEST_HEADING
            ]
            for name in ("version-column", "date-column", "change-column")
        }
        told = named["date-column"] and (named["version-column"] or named["change-column"])
        if told and len(headings) <= MOST_HEADINGS:
            yield table, named["date-column"]
