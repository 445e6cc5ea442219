"""The sheet Summary: how each document stands, and what was and was not checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from checker.findings import Verdict
from checker.report import Report
from checker.reports.wording import IN_WORDS, why_not_checked
from checker.reports.xlsx.cells import for_print, fresh, header, put, rows, school, widths
from checker.version import VERSION

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_TITLES = ("School", "Document", "As at", *(IN_WORDS[verdict] for verdict in Verdict), "Remarks")


def fill(book: Workbook, report: Report, changes: Mapping[str, int] | None) -> None:
    """Fills the sheet.

    Args:
        book: The workbook.
        report: The run.
        changes: What has become of the rows of Actions; ``None`` for a new workbook.
    """
    from openpyxl.styles import Font

    sheet = fresh(book, "Summary")
    put(sheet["A1"], "Attendance: what the policies and registers say, beside the law")
    sheet["A1"].font = Font(bold=True, size=14)
    put(sheet["A2"], f"Written by attendance-checker {VERSION}. Matrix, Facts and Summary are written anew each time.")
    put(sheet["A3"], "In Actions your own columns and rows stay: Owner, Due, Status, Notes, and whatever you add.")
    if changes is not None:
        said = "; ".join(f"{count} {change}" for change, count in changes.items()) or "no rows"
        put(sheet["A4"], f"Since the workbook was last written: {said}.")
    header(sheet, 6, _TITLES)
    values = []
    for subject in report.subjects:
        tally = subject.tally
        reason = why_not_checked(subject)
        counts = [None if reason else tally[verdict] for verdict in Verdict]
        values.append(
            [
                school(subject),
                subject.path,
                subject.as_at.isoformat(),
                *counts,
                " ".join(filter(None, [reason, *subject.notes])),
            ]
        )
    total = report.tally
    end = rows(sheet, 7, [*values, ["All", None, None, *(total[verdict] for verdict in Verdict), None]])
    for cell in sheet[end - 1]:
        cell.font = Font(bold=True)
    lines = [*(f"Checked: {line}." for line in report.coverage), *report.limits]
    for number, line in enumerate(lines, start=end + 1):
        put(sheet.cell(number, 1), line)
    sheet.freeze_panes = "A7"
    widths(sheet, [30, 32, 12, *([11] * len(Verdict)), 60])
    for_print(sheet, heading_row=6)
