"""The sheet Actions: a row for each thing to do. What people write beside it stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checker.errors import UsageError
from checker.findings import Finding, Verdict
from checker.report import Report, Status, Subject
from checker.reports.wording import IN_WORDS, cited, first, quoted
from checker.reports.xlsx.cells import fit, for_print, harmless, header, put, school, widths, wrap

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Actions"
OURS = {
    "School": 24, "Document": 28, "Requirement": 34, "Level": 10, "Verdict": 15, "Change": 12, "What was found": 44,
    "What to do": 44, "Quotation": 44, "Page": 7, "Citation": 36,
}  # fmt: skip
OFFICERS = {"Owner": 16, "Due": 12, "Status": 13, "Notes": 36}
NAME = "Name"  # of the requirement: with the document it tells which row is which
COLUMNS = {**OURS, **OFFICERS, NAME: 28}
STATUSES = ("Open", "In progress", "Done", "Accepted")
NOT_READ = "not read"
_OPEN = frozenset({Verdict.FAIL, Verdict.REVIEW, Verdict.ERROR, Verdict.WAIVED})
_QUOTES, _ROWS = 3, 10
_LAST_ROW = 20_000  # how far down choices and colours reach
_COLOURS = {"new": "FFF8CBAD", "open again": "FFF8CBAD", "fixed": "FFC6E0B4"}

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Line:
    """What is said of one requirement on one document.

    Attributes:
        values: The cells that are ours, by their headings.
        wanted: Whether there is something to do.
        officers: What a new row says in the officer's cells.
    """

    values: Mapping[str, str | int | None]
    wanted: bool
    officers: Mapping[str, Any]


def fill(book: Workbook, report: Report, max_rows: int) -> list[str]:
    """Fills the sheet, or brings it up to date, and returns what has become of each row.

    Rows are known by document and requirement. Of a row that is there only our own cells change; rows, columns and
    colours that people have added stay, and nothing is taken out.

    Raises:
        UsageError: If there is a sheet of this name that is not ours.
    """
    lines = {key: line for subject in report.subjects for key, line in _lines(subject, max_rows)}
    sheet = book[SHEET] if SHEET in book.sheetnames else _new(book)
    row, columns = _headings(sheet)
    changes = []
    known: set[Key] = set()
    for number in range(row + 1, sheet.max_row + 1):
        key = _key(sheet, number, columns)
        if key is not None:
            known.add(key)
            changes.append(_update(sheet, number, columns, lines.get(key)))
    last = _last_row(sheet, row)
    for key, line in lines.items():
        if line.wanted and key not in known:
            last += 1
            _add(sheet, last, columns, line)
            changes.append("new")
    _stretch(sheet, row, last)
    return changes


def _lines(subject: Subject, max_rows: int) -> Iterator[tuple[Key, _Line]]:
    shared = {"School": school(subject), "Document": subject.path}
    if subject.status is not Status.CHECKED:
        trouble = subject.trouble
        unread = {"Requirement": "The file can be read", "Verdict": NOT_READ, NAME: NOT_READ}
        if trouble:
            yield (
                _keyed(subject.path, NOT_READ),
                _Line({**shared, **unread, "What was found": trouble.message}, True, {}),
            )
        return
    met = {"Requirement": "The file can be read", "Verdict": IN_WORDS[Verdict.PASS], NAME: NOT_READ}
    yield _keyed(subject.path, NOT_READ), _Line({**shared, **met, "What was found": "It was read."}, False, {})
    for finding in subject.findings:
        values = {**shared, **_values(finding, max_rows)}
        waiver = finding.waiver
        officers = (
            {"Owner": waiver.owner, "Due": waiver.expires, "Status": "Accepted"} if waiver else {"Status": "Open"}
        )
        wanted = finding.verdict in _OPEN and finding.checked
        yield _keyed(subject.path, finding.requirement.name), _Line(values, wanted, officers)


def _keyed(path: str, name: str) -> Key:
    return harmless(path), harmless(name)


def _values(finding: Finding, max_rows: int) -> dict[str, str | int | None]:
    quotes = [f"“{quoted(passage)}”" for passage in finding.evidence]
    rows = [
        " ".join(filter(None, [row.pupil, row.name, row.date, row.session, row.code, row.detail]))
        for row in first(finding.rows or (), min(max_rows or _ROWS, _ROWS))
    ]
    shown = [*quotes[:_QUOTES], *rows]
    more = len(quotes) + len(finding.rows or ()) - len(shown)
    return {
        "Requirement": finding.requirement.title,
        "Level": finding.level.value,
        "Verdict": IN_WORDS[finding.verdict],
        "What was found": finding.message,
        "What to do": finding.fix,
        "Quotation": "\n".join([*shown, *([f"and {more} more"] if more > 0 else [])]),
        "Page": next((passage.page for passage in finding.evidence if passage.page), None),
        "Citation": "\n".join(cited(citation) for citation in finding.citations),
        NAME: finding.requirement.name,
    }


def _new(book: Workbook) -> Worksheet:
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet = book.create_sheet(SHEET, 0)
    header(sheet, 1, COLUMNS)
    widths(sheet, COLUMNS.values())
    sheet.freeze_panes = sheet.cell(2, list(COLUMNS).index("Level") + 1)
    for_print(sheet)
    letters = {title: get_column_letter(number) for number, title in enumerate(COLUMNS, start=1)}
    choices = DataValidation("list", formula1=f'"{",".join(STATUSES)}"', allow_blank=True, showErrorMessage=False)
    sheet.add_data_validation(choices)
    choices.add(f"{letters['Status']}2:{letters['Status']}{_LAST_ROW}")
    for change, colour in _COLOURS.items():
        rule = CellIsRule(operator="equal", formula=[f'"{change}"'], fill=PatternFill("solid", bgColor=colour))
        sheet.conditional_formatting.add(f"{letters['Change']}2:{letters['Change']}{_LAST_ROW}", rule)
    return sheet


def _headings(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    """Returns the row of the headings and the column of each."""
    for row in range(1, min(sheet.max_row, 30) + 1):
        titles = {str(cell.value).strip(): cell.column for cell in reversed(sheet[row]) if cell.value is not None}
        if "Document" in titles and NAME in titles:
            return row, titles
    raise UsageError(
        f"The workbook's sheet {SHEET} has no row with the headings Document and {NAME}, by which its rows are known. "
        "Name another file."
    )


def _key(sheet: Worksheet, row: int, columns: Mapping[str, int]) -> Key | None:
    document, name = (sheet.cell(row, columns[title]).value for title in ("Document", NAME))
    return (str(document), str(name)) if document and name else None


def _update(sheet: Worksheet, row: int, columns: Mapping[str, int], line: _Line | None) -> str:
    """Brings a row up to date and returns what has become of it."""
    place = columns.get("Change")
    before = sheet.cell(row, place).value if place else None
    if line is None:
        change = "not checked this time"
    elif not line.wanted:
        change = "fixed"
    else:
        change = "open again" if before == "fixed" else "still open"
    for title, value in {**(line.values if line else {}), "Change": change}.items():
        if title in columns and title in OURS:
            put(sheet.cell(row, columns[title]), value)
    return change


def _add(sheet: Worksheet, row: int, columns: Mapping[str, int], line: _Line) -> None:
    for title, value in {**line.values, **line.officers, "Change": "new"}.items():
        if title in columns:
            cell = sheet.cell(row, columns[title])
            put(cell, value)
            wrap(cell)
            if title == "Due":
                cell.number_format = "dd/mm/yyyy"
    fit(sheet, row)


def _last_row(sheet: Worksheet, heading: int) -> int:
    """Returns the last row that holds something: a sheet may count empty rows that are only coloured."""
    for row in range(sheet.max_row, heading, -1):
        if any(cell.value is not None for cell in sheet[row]):
            return row
    return heading


def _stretch(sheet: Worksheet, heading: int, last: int) -> None:
    """Lets the filter, or the table that people have made of the rows, reach the last one."""
    from openpyxl.utils import get_column_letter, range_boundaries

    for table in sheet.tables.values():
        left, top, right, bottom = range_boundaries(table.ref)
        if top == heading:
            table.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{max(bottom, last)}"
            if table.autoFilter is not None:
                table.autoFilter.ref = table.ref
            return
    sheet.auto_filter.ref = f"A{heading}:{get_column_letter(sheet.max_column)}{max(last, heading + 1)}"
