"""Reads delimited text and workbooks of any make as rows of text cells.

Text may be UTF-8, UTF-16 or Windows-1252, separated by commas, semicolons, tabs or bars, with lines of title above the
headings. Nothing is taken for a heading or a date here.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checker.errors import UnreadableError

if TYPE_CHECKING:
    import polars as pl

SAMPLE_ROWS = 60
SEPARATORS = (",", ";", "\t", "|")
LARGEST_UNPACKED = 500_000_000
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


@dataclass(frozen=True, eq=False)
class Sheet:
    """Rows of text cells.

    Attributes:
        name: The file's name, for messages.
        sample: The first rows.
    """

    name: str
    sample: Sequence[Sequence[str]]

    @property
    def width(self) -> int:
        """How many columns there are: rows may be shorter than the headings, or longer."""
        return max((len(row) for row in self.sample), default=0)

    def frame(self, start: int) -> pl.DataFrame:
        """Returns the rows from one on (from 0), with columns named by their places; blank cells are null."""
        raise TypeError("a sheet is of text or of a workbook")


@dataclass(frozen=True, eq=False)
class _TextSheet(Sheet):
    text: str
    separator: str
    lines: Sequence[int]  # the line, from 0, on which each row of the sample begins

    def frame(self, start: int) -> pl.DataFrame:
        import polars as pl

        schema = {str(place): pl.String for place in range(self.width)}
        if start >= len(self.sample):
            return pl.DataFrame(schema=schema)
        rest = self.text.split("\n", self.lines[start])[-1]
        try:
            return pl.read_csv(
                rest.encode(),
                has_header=False,
                separator=self.separator,
                infer_schema=False,
                truncate_ragged_lines=True,
                schema=schema,
            ).with_columns(_without_blanks())
        except (pl.exceptions.PolarsError, ValueError) as error:
            raise UnreadableError("rows", f"{self.name}: cannot be read as a table. Export it again.") from error


@dataclass(frozen=True, eq=False)
class _Workbook(Sheet):
    rows: Sequence[Sequence[str]]

    def frame(self, start: int) -> pl.DataFrame:
        import polars as pl

        rows = [[*row, *[""] * (self.width - len(row))] for row in self.rows[start:]]
        frame = pl.DataFrame(rows, schema={str(place): pl.String for place in range(self.width)}, orient="row")
        return frame.with_columns(_without_blanks())


def _without_blanks() -> pl.Expr:
    import polars as pl

    text = pl.all().str.strip_chars()
    return pl.when(text != "").then(text).name.keep()


def read_sheet(name: str, data: bytes, sheet: str | None = None) -> Sheet:
    """Reads a file as a sheet.

    Args:
        name: The file's name; its ending tells workbooks from text.
        data: Its bytes.
        sheet: The sheet of a workbook; without it the first.

    Raises:
        UnreadableError: If it cannot be read.
    """
    if name.lower().endswith(WORKBOOKS):
        rows = _workbook(name, data, sheet)
        return _Workbook(name, rows[:SAMPLE_ROWS], rows)
    text = decoded(name, data)
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    sample, lines = [], [0]
    for _, row in zip(range(SAMPLE_ROWS), reader, strict=False):
        sample.append([cell.strip() for cell in row])
        lines.append(reader.line_num)
    return _TextSheet(name, sample, text, separator, lines)


def decoded(name: str, data: bytes) -> str:
    """Returns the text of a file in UTF-8, UTF-16 or Windows-1252.

    Raises:
        UnreadableError: If it is no text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in data[:4096]:
        raise UnreadableError("encoding", f"{name}: is no text file. Export it as CSV or as a workbook (.xlsx).")
    else:
        encoding = "utf-8-sig"
    for tried in (encoding, "cp1252"):
        try:
            return data.decode(tried)
        except UnicodeDecodeError:
            continue
    raise UnreadableError("encoding", f"{name}: is in no known encoding. Save it as 'CSV UTF-8' and try again.")


def _separator(text: str) -> str:
    lines = [line for line in text[:100_000].splitlines()[:SAMPLE_ROWS] if line.strip()]
    counts = {separator: sum(line.count(separator) for line in lines) for separator in SEPARATORS}
    return max(counts, key=lambda separator: counts[separator])


def _workbook(name: str, data: bytes, sheet: str | None) -> list[list[str]]:
    from python_calamine import CalamineWorkbook

    _refuse_bombs(name, data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            names = book.sheet_names
            if sheet is not None and sheet not in names:
                raise UnreadableError("sheet", f"{name}: has no sheet {sheet!r}.")
            rows = book.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=False)
    except UnreadableError:
        raise
    except Exception as error:  # calamine's errors have no common base
        raise UnreadableError(
            "format",
            f"{name}: cannot be opened as a workbook (it may be protected). Save it as .xlsx without a password.",
        ) from error
    return [[cell if type(cell) is str else _text(cell) for cell in row] for row in rows]


def _refuse_bombs(name: str, data: bytes) -> None:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise UnreadableError(
                "too-large", f"{name}: unpacks to more than {LARGEST_UNPACKED // 10**6} MB. Export it as CSV."
            )


def _text(cell: Any) -> str:
    """Returns a workbook's cell as text: dates ISO, times as 09:05, whole numbers without a point."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, dt.time):
        return cell.strftime("%H:%M")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
