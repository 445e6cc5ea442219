"""The sheet Facts: what the documents say, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from checker.report import Report, Subject
from checker.reports.xlsx.cells import fit, for_print, fresh, header, rows, school, widths

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


def fill(book: Workbook, report: Report) -> None:
    """Fills the sheet: a row for each document, a column for each fact, and for each part of one that has parts."""
    from openpyxl.utils import get_column_letter

    sheet = fresh(book, "Facts")
    said = {subject.path: dict(_facts(subject)) for subject in report.subjects if subject.facts}
    names = sorted({name for facts in said.values() for name in facts})
    titles = ["School", "Document", *(name.replace("_", " ") for name in names)]
    header(sheet, 1, titles)
    values = [
        [school(subject), subject.path, *(said[subject.path].get(name) for name in names)]
        for subject in report.subjects
        if subject.path in said
    ]
    last = rows(sheet, 2, values) - 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(titles))}{max(last, 2)}"
    sheet.freeze_panes = "C2"
    widths(sheet, [30, 32, *([24] * len(names))])
    for row in range(2, last + 1):
        fit(sheet, row)
    for_print(sheet)


def _facts(subject: Subject) -> Iterator[tuple[str, str | None]]:
    for fact in subject.facts:
        if isinstance(fact.value, dict):
            for part, value in fact.value.items():
                yield f"{fact.name}: {part}", _in_words(value)
        else:
            yield fact.name, _in_words(fact.value)


def _in_words(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(filter(None, map(_in_words, value))) or "none"
    if isinstance(value, dict):
        parts = ((part, _in_words(inner)) for part, inner in value.items())
        return ", ".join(f"{part.replace('_', ' ')} {inner}" for part, inner in parts if inner)
    return str(value)
