"""The sheet Matrix: a row for each document, a column for each requirement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.findings import Verdict
from checker.report import Report, Status
from checker.reports.xlsx.cells import fit, for_print, fresh, header, rows, school, widths

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_WORDS = {
    Verdict.PASS: "met",
    Verdict.FAIL: "fail",
    Verdict.REVIEW: "look",
    Verdict.NOT_APPLICABLE: "–",
    Verdict.WAIVED: "waived",
    Verdict.ERROR: "error",
}
_COLOURS = {"met": "FFE2EFDA", "fail": "FFF8CBAD", "look": "FFFFE699", "waived": "FFDDEBF7", "error": "FFD9B3FF"}
_HEADINGS = ("School", "Document", "Met", "Fail", "Look")


def fill(book: Workbook, report: Report) -> None:
    """Fills the sheet: met, fail, look (a person must), – (does not apply), waived, error; and a filter on each."""
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter

    sheet = fresh(book, "Matrix")
    requirements = {finding.requirement.name: finding.requirement for finding in report.findings}
    header(sheet, 1, _HEADINGS)
    titles = [f"{requirement.title} ({requirement.name})" for requirement in requirements.values()]
    header(sheet, 1, titles, slant=90, first=len(_HEADINGS) + 1)
    values = []
    for subject in report.subjects:
        verdicts = {finding.requirement.name: _WORDS[finding.verdict] for finding in subject.findings}
        tally = subject.tally
        counts = [tally[verdict] for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.REVIEW)]
        read = counts if subject.status is Status.CHECKED else [subject.status.value.replace("_", " ")]
        values.append(
            [school(subject), subject.path, *read, *([None] * (3 - len(read))), *map(verdicts.get, requirements)]
        )
    last = rows(sheet, 2, values) - 1
    letter = get_column_letter(len(_HEADINGS) + len(requirements))
    sheet.auto_filter.ref = f"A1:{letter}{max(last, 2)}"
    sheet.freeze_panes = "C2"
    sheet.row_dimensions[1].height = 190
    widths(sheet, [30, 32, 7, 7, 7, *([7] * len(requirements))])
    for row in range(2, last + 1):
        fit(sheet, row)
    for word, colour in _COLOURS.items():
        rule = CellIsRule(operator="equal", formula=[f'"{word}"'], fill=PatternFill("solid", bgColor=colour))
        sheet.conditional_formatting.add(f"{get_column_letter(len(_HEADINGS) + 1)}2:{letter}{max(last, 2)}", rule)
    for_print(sheet)
