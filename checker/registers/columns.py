"""Turns columns of text into typed columns, all rows at once, and finds the first cell that does not fit.

A schema of ``schemas/register-*.schema.json`` describes a row; the same descriptions drive these conversions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from checker.errors import UnreadableError
from checker.registers.calendar import Array
from checker.registers.files import FIRST_ROW, RawTable
from checker.yaml_files import did_you_mean, load_schema

if TYPE_CHECKING:
    import polars as pl

ISO_DATE = r"^\d{4}-\d{2}-\d{2}$"
INTEGER = r"^-?\d{1,9}$"
TIME = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"
FEW_RUNS = 4  # a column is taken by its runs where they are on average at least this long


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: Its heading.
        kind: ``text``, ``date``, ``time``, ``integer``, ``boolean`` or ``choice``.
        required: Whether the table must have it.
        filled: Whether no cell may be blank.
        choices: The words of a choice.
        least: The smallest integer.
        most: The largest integer.
    """

    name: str
    kind: str
    required: bool = False
    filled: bool = False
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    @property
    def asks(self) -> str:
        """What a cell must be, as the end of a sentence."""
        if self.kind == "integer":
            span = "" if self.least is None else f" of {self.least} or more"
            span = f" from {self.least} to {self.most}" if self.most is not None else span
            return f"a whole number{span}"
        return {
            "text": "some text",
            "date": "a date written as 2026-03-27",
            "time": "a time written as 09:05",
            "boolean": "true or false",
            "choice": " or ".join([", ".join(self.choices[:-1]), *self.choices[-1:]]),
        }[self.kind]


@cache
def layout_of(table: str) -> Mapping[str, Column]:
    """Returns the columns of a table by name, from its JSON Schema."""
    schema = load_schema(f"register-{table}")
    return {
        name: _column(name, entry, name in schema.get("required", ())) for name, entry in schema["properties"].items()
    }


def _column(name: str, entry: Mapping[str, Any], required: bool) -> Column:
    kinds = entry.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    words = entry.get("enum", [])
    kind = "choice" if words else entry.get("format", "text" if "string" in kinds else kinds[0])
    return Column(
        name, kind, required, None not in words and "null" not in kinds,
        tuple(word for word in words if word), entry.get("minimum"), entry.get("maximum"),
    )  # fmt: skip


def refuse_missing(raw: RawTable, table: str) -> None:
    """Refuses a table that lacks a required column.

    Raises:
        UnreadableError: Naming the column, and a heading that may be meant.
    """
    for column in layout_of(table).values():
        if column.required and column.name not in raw.headings:
            others = [heading for heading in raw.headings if heading not in layout_of(table)]
            hint = did_you_mean(column.name, others)
            raise UnreadableError(
                "columns", f"{raw.name}, row 1: the column {column.name!r} is missing.{hint} Add it and try again."
            )


def without_empty_rows(raw: RawTable, table: str) -> tuple[RawTable, Array]:
    """Returns the table without rows that are blank throughout, and the numbers that its rows have in the file."""
    import polars as pl

    rows = np.arange(FIRST_ROW, raw.frame.height + FIRST_ROW)
    needed = [name for name, column in layout_of(table).items() if column.filled and name in raw.frame.columns]
    suspects = [name for name in needed or raw.frame.columns if raw.frame[name].null_count()]
    if not suspects or len(suspects) < len(needed or raw.frame.columns):
        return raw, rows
    blank = raw.frame.select(pl.all_horizontal(pl.all().is_null())).to_series()
    kept = ~blank
    return RawTable(raw.name, raw.headings, raw.frame.filter(kept)), rows[kept.to_numpy()]


def converted(raw: RawTable, column: Column, rows: Array) -> pl.Series:
    """Returns a column in its own type; blank cells are null.

    Args:
        raw: The table.
        column: The column, which must be there.
        rows: The numbers of the rows in the file, for messages.

    Raises:
        UnreadableError: Naming file, row and column of the first cell that does not fit.
    """
    series = raw.frame[column.name]
    values, blank = typed(series, column)
    bad = values.is_null() & ~blank
    if column.filled:
        bad = bad | blank
    if bad.any():
        refuse_cell(raw.name, int(rows[bad.arg_true()[0]]), column)
    return values


def refuse_cell(file: str, row: int, column: Column) -> None:
    """Refuses a cell.

    Raises:
        UnreadableError: Always.
    """
    raise UnreadableError("cell", f"{file}, row {row}, column {column.name!r}: this must be {column.asks}.")


def typed(series: pl.Series, column: Column) -> tuple[pl.Series, pl.Series]:
    """Returns the typed values, null where a cell does not fit, and which cells are blank."""
    import polars as pl

    if series.dtype in (pl.Categorical, pl.Enum, pl.Binary):
        series = series.cast(pl.String, strict=False)
    if series.dtype != pl.String:
        return _of_own_type(series, column), series.is_null()
    text = series.str.strip_chars()
    text = _only(text, text != "")
    return _of_text(text, column), text.is_null()


def _of_text(text: pl.Series, column: Column) -> pl.Series:
    import polars as pl

    if column.kind == "date":
        return _dates(text)
    if column.kind == "time":
        fitting = _only(text, text.str.contains(TIME))
        return fitting.str.slice(0, 2).cast(pl.Int16) * 60 + fitting.str.slice(3, 2).cast(pl.Int16)
    if column.kind == "integer":
        return _in_span(_only(text, text.str.contains(INTEGER)).cast(pl.Int64), column)
    if column.kind == "boolean":
        low = text.str.to_lowercase()
        return _only(low == "true", low.is_in(["true", "false"]))
    if column.kind == "choice":
        return _only(text, text.is_in(list(column.choices)))
    return text


def _dates(text: pl.Series) -> pl.Series:
    return _only(text, text.str.contains(ISO_DATE)).str.to_date("%Y-%m-%d", strict=False)


def _only(values: pl.Series, fitting: pl.Series) -> pl.Series:
    """Returns the values with null in the place of those that do not fit."""
    import polars as pl

    return pl.select(pl.when(fitting).then(values)).to_series()


def _of_own_type(series: pl.Series, column: Column) -> pl.Series:
    """Returns the values of a Parquet column that is no text, null where its type does not fit."""
    import polars as pl

    kind, own = column.kind, series.dtype
    if kind == "date" and own in (pl.Date, pl.Datetime):
        days = series.cast(pl.Date)
        return days if own == pl.Date else _only(days, series == days.cast(own))
    if kind == "time" and own == pl.Time:
        return series.dt.hour().cast(pl.Int16) * 60 + series.dt.minute().cast(pl.Int16)
    if kind == "integer" and (own.is_integer() or own.is_float()):
        whole = series.cast(pl.Int64, strict=False)
        return _in_span(_only(whole, whole == series), column)
    if kind == "boolean" and own == pl.Boolean:
        return series
    if kind == "text" and own.is_integer():
        return series.cast(pl.String)
    return pl.Series(series.name, [None] * len(series), dtype=pl.Null)


def _in_span(numbers: pl.Series, column: Column) -> pl.Series:
    if column.least is not None:
        numbers = _only(numbers, numbers >= column.least)
    return numbers if column.most is None else _only(numbers, numbers <= column.most)


def encoded(series: pl.Series) -> tuple[Array, pl.Series]:
    """Returns a column of text as numbers and the distinct texts that they stand for.

    A mark's pupil, date, session and code repeat so often that it pays to convert and check each distinct text once.
    """
    runs = series.rle()
    if len(runs) * FEW_RUNS <= len(series):
        numbers, texts = _by_category(runs.struct.field("value"))
        return np.repeat(numbers, runs.struct.field("len").to_numpy()), texts
    return _by_category(series)


def _by_category(series: pl.Series) -> tuple[Array, pl.Series]:
    import polars as pl

    filled = series.fill_null("") if series.null_count() else series
    categories = filled.cast(pl.Categorical)
    distinct = categories.unique(maintain_order=True)
    places = distinct.to_physical().to_numpy()
    table = np.zeros(int(places.max(initial=0)) + 1, dtype=np.int32)
    table[places] = np.arange(len(places), dtype=np.int32)
    return table[categories.to_physical().to_numpy()], distinct.cast(pl.String)
