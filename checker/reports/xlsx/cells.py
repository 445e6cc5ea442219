"""Cells that hold what other people wrote, as text that no spreadsheet program takes for anything else."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from checker.report import Subject
from checker.reports.safe import for_page

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_000  # characters: Excel holds 32,767 in a cell
_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_INK, _PAPER = "FFFFFFFF", "FF1F3864"

LINE = 15  # points
MOST_LINES = 25


def harmless(text: str) -> str:
    """Returns a text as a cell may hold it: one that would begin a formula begins with an apostrophe."""
    clean = for_page(text)
    if len(clean) > LONGEST:
        clean = clean[:LONGEST] + " …"
    return f"'{clean}" if clean.lstrip().startswith(_BEGIN_FORMULAS) else clean


def school(subject: Subject) -> str:
    """Returns the names of a subject's schools; its title where they have none."""
    return "; ".join(school.name for school in subject.schools if school.name) or subject.title or ""


def put(cell: Cell, value: str | float | dt.date | None) -> None:
    """Sets a cell, text always as text; what it looks like stays as it is."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = harmless(value) or None
    if cell.value is not None:
        cell.data_type = "s"


def header(sheet: Worksheet, row: int, titles: Iterable[str], slant: int = 0, first: int = 1) -> None:
    """Writes a row of headings."""
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, title in enumerate(titles, start=first):
        cell = sheet.cell(row, column)
        put(cell, title)
        cell.font = Font(bold=True, color=_INK)
        cell.fill = PatternFill("solid", start_color=_PAPER)
        cell.alignment = Alignment(wrap_text=True, vertical="bottom" if slant else "center", text_rotation=slant)


def rows(sheet: Worksheet, first: int, values: Iterable[Sequence[Any]]) -> int:
    """Writes rows of values, wrapped and at the top of their cells, and returns the number of the next row."""
    number = first
    for number, row in enumerate(values, start=first):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            put(cell, value)
            wrap(cell)
    return number + 1


def wrap(cell: Cell) -> None:
    """Lets long text run over several lines, beginning at the top."""
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(wrap_text=True, vertical="top")


def fit(sheet: Worksheet, row: int) -> None:
    """Makes a row as high as its longest text needs: not every program that opens the file does so itself."""
    lines = 1
    for cell in sheet[row]:
        wide = sheet.column_dimensions[cell.column_letter].width
        needed = sum(max(1, math.ceil(len(part) / wide)) for part in str(cell.value or "").split("\n"))
        lines = max(lines, needed)
    sheet.row_dimensions[row].height = LINE * min(lines, MOST_LINES)


def fresh(book: Workbook, name: str) -> Worksheet:
    """Returns an empty sheet in the place of the one that had its name."""
    if name in book.sheetnames:
        place = book.sheetnames.index(name)
        book.remove(book[name])
        return book.create_sheet(name, place)
    return book.create_sheet(name)


def widths(sheet: Worksheet, wide: Iterable[float]) -> None:
    """Sets the widths of the columns in letters."""
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(wide, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def for_print(sheet: Worksheet, heading_row: int | None = 1) -> None:
    """Sets a sheet up to be printed: A4 across, one page wide, headings on each page, pages numbered."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if heading_row:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "Page &P of &N"
