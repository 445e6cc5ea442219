"""The officer's workbook: ``--format xlsx``. An existing one is brought up to date, and keeps what people wrote in it."""

from __future__ import annotations

from collections import Counter

from checker.report import Report
from checker.reports.presentation import Presentation, Written


def write(report: Report, presentation: Presentation) -> Written:
    """Returns the workbook with the sheets Actions, Matrix, Facts and Summary.

    Raises:
        UsageError: If the file that it should go to is there and is no workbook that can be brought up to date.
    """
    from openpyxl import Workbook

    from checker.reports.xlsx import actions, facts, matrix, summary
    from checker.reports.xlsx.files import opened, packed

    target = presentation.target
    known = target is not None and target.is_file() and target.stat().st_size > 0
    book = opened(target) if known and target is not None else Workbook()
    if not known:
        book.remove(book.active)
    changes = actions.fill(book, report, presentation.max_rows)
    matrix.fill(book, report)
    facts.fill(book, report)
    counts = Counter(changes)
    summary.fill(book, report, counts if known else None)
    remarks = [f"{target}: {', '.join(f'{count} {change}' for change, count in counts.items())}."] if known else []
    return Written(packed(book, report, known), tuple(remarks))
