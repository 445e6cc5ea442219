"""The history of a policy's versions: a table of dates and changes."""

from __future__ import annotations

from checker.documents.model import Document
from checker.facts import Stated
from checker.reading.words import cut
from checker.recognise.dates import PartialDate, dates
from england_attendance.policy.vocabulary import topic

LONGEST_HEADING = 4
MOST_HEADINGS = 6


def latest_version(document: Document) -> Stated[PartialDate] | None:
    """Returns the latest date in a table that tells the document's history."""
    words = topic("document/review_dates")
    latest: Stated[PartialDate] | None = None
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
        if (
            not named["date-column"]
            or not (named["version-column"] or named["change-column"])
            or len(headings) > MOST_HEADINGS
        ):
            continue
        column = named["date-column"][0].column
        for row in table.rows[table.header_rows :]:
            cell = next((cell for cell in row.cells if cell.column == column), None)
            when = dates(cell.text, years=True) if cell else ()
            if cell and when and (latest is None or when[0].value.last_day() >= latest.value.last_day()):
                passage = document.passage(row.reading.start, row.reading.end)
                latest = Stated(when[0].value, (passage,))
    return latest
