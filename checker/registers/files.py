"""Reads native tables, CSV and Parquet, as columns of text (or of the file's own types).

No message quotes a cell: a register's cells are pupils' data.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import UnreadableError

if TYPE_CHECKING:
    import polars as pl

LARGEST_TABLE = 4_000_000_000
HEADER_BYTES = 65_536
FIRST_ROW = 2  # the header is row 1
SUFFIXES = (".csv", ".parquet")


@dataclass(frozen=True, eq=False)
class RawTable:
    """A table as it stands in its file.

    Attributes:
        name: The file's name, for messages.
        headings: All its headings, in order.
        frame: The columns that were asked for and are there; not read yet.
        schema: The types of these columns.
    """

    name: str
    headings: tuple[str, ...]
    frame: pl.LazyFrame
    schema: Mapping[str, pl.DataType]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that were asked for and are there."""
        return tuple(self.schema)


def raw_table(name: str, headings: Iterable[str], frame: pl.DataFrame) -> RawTable:
    """Returns a table that is read already."""
    return RawTable(name, tuple(headings), frame.lazy(), frame.schema)


def read_bytes(path: Path) -> bytes:
    """Returns a file's bytes.

    Raises:
        UnreadableError: If it is missing, empty, too large, or cannot be opened.
    """
    try:
        with open(path, "rb", buffering=0) as file:
            if os.fstat(file.fileno()).st_size > LARGEST_TABLE:
                raise UnreadableError(
                    "too-large", f"{path.name}: is larger than {LARGEST_TABLE // 10**9} GB. Give Parquet."
                )
            data = file.read()
    except OSError as error:
        raise UnreadableError("missing", f"{path.name}: cannot be opened ({error.strerror}).") from error
    if not data:
        raise UnreadableError("empty", f"{path.name}: the file is empty. Export it again.")
    return data


def read_table(name: str, data: bytes, wanted: Iterable[str]) -> RawTable:
    """Reads the wanted columns of a native table, those that are there.

    Args:
        name: The file's name; its ending decides the format.
        data: Its bytes.
        wanted: The columns to read.

    Raises:
        UnreadableError: If the file is none of that format, or its rows do not fit its header.
    """
    if name.lower().endswith(".parquet"):
        return _parquet(name, data, tuple(wanted))
    if not name.lower().endswith(".csv"):
        raise UnreadableError(
            "format", f"{name}: a table is a .csv or .parquet file. Describe other files under 'tables' (file, layout)."
        )
    return _csv(name, data, tuple(wanted))


def _parquet(name: str, data: bytes, wanted: tuple[str, ...]) -> RawTable:
    import polars as pl

    try:
        whole = pl.scan_parquet(io.BytesIO(data))
        schema = whole.collect_schema()
        known = {heading: kind for heading, kind in schema.items() if heading in wanted}
        frame = whole if len(known) == len(schema) else whole.select(list(known))
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise not_parquet(name) from error
    return RawTable(name, tuple(schema), frame, known)


def not_parquet(name: str) -> UnreadableError:
    """Returns the error for a file that is no Parquet, or a broken one."""
    return UnreadableError("format", f"{name}: is not a Parquet file that can be read. Export it again.")


def _csv(name: str, data: bytes, wanted: tuple[str, ...]) -> RawTable:
    import polars as pl

    headings = _headings(name, data)
    places = [place for place, heading in enumerate(headings) if heading in wanted]
    if not places:
        return raw_table(name, headings, pl.DataFrame())
    try:
        frame = pl.read_csv(data, infer_schema=False).select(pl.nth(places))  # all columns: else long rows go unseen
        frame.columns = [headings[place] for place in places]
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise _what_is_wrong(name, data, len(headings)) from error
    return raw_table(name, headings, frame)


def _headings(name: str, data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:HEADER_BYTES]:
        raise UnreadableError("encoding", f"{name}: is not UTF-8 text. Save it as 'CSV UTF-8' and try again.")
    start = data[:HEADER_BYTES].decode("utf-8-sig", "replace")
    headings = tuple(heading.strip() for heading in next(csv.reader(io.StringIO(start)), []))
    if len(headings) == 1 and (";" in headings[0] or "\t" in headings[0]):
        raise UnreadableError(
            "format", f"{name}, row 1: its columns are not separated by commas. Save it as a comma-separated file."
        )
    doubled = next((heading for heading in headings if heading and headings.count(heading) > 1), None)
    if doubled is not None:
        raise UnreadableError("columns", f"{name}, row 1: the column {doubled!r} stands there twice.")
    return headings


def _what_is_wrong(name: str, data: bytes, width: int) -> UnreadableError:
    """Returns what is wrong with a CSV file that could not be read, by its first bad row."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        return UnreadableError(
            "encoding", f"{name}, row {row}: is not UTF-8 text. Save it as 'CSV UTF-8' and try again."
        )
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text), strict=True), 1):
            if len(cells) > width:
                return UnreadableError(
                    "rows",
                    f"{name}, row {row}: has {len(cells)} cells, but the header has {width}. Put quotes round commas.",
                )
    except csv.Error:
        return UnreadableError("rows", f"{name}: has a quotation mark that is not closed, or another broken row.")
    return UnreadableError("rows", f"{name}: cannot be read as a comma-separated file. Export it again.")
