"""Turns columns of text into typed columns, all rows at once, and finds the first cell that does not fit.

A schema of ``schemas/register-*.schema.json`` describes a row; the same descriptions drive these conversions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from checker.errors import UnreadableError
from checker.listing import listed
from checker.registers.calendar import Array
from checker.registers.files import FIRST_ROW, RawTable, not_parquet
from checker.yaml_files import did_you_mean, load_schema

if TYPE_CHECKING:
    import polars as pl

ISO_DATE = r"^\d{4}-\d{2}-\d{2}$"
INTEGER = r"^-?\d{1,9}$"
ROW = "row of the file"  # the name of the column of row numbers: no heading of a layout
SAMPLE = 4000
COMMON_SHARE = 0.8
NO_CHARACTER = 255  # a byte that UTF-8 never uses
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
            "choice": listed(self.choices, last=" or "),
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


def numbered(raw: RawTable) -> RawTable:
    """Returns the table with the numbers of its rows in the file."""
    return replace(raw, frame=raw.frame.with_row_index(ROW, FIRST_ROW))


def without_blank_rows(raw: RawTable) -> RawTable:
    """Returns the table, numbered, without rows that are blank throughout."""
    import polars as pl

    return replace(raw, frame=raw.frame.filter(~pl.all_horizontal(pl.col(raw.columns).is_null())))


def trimmed(raw: RawTable, columns: Iterable[Column]) -> pl.LazyFrame:
    """Returns a plan for columns, which must be there: text without surrounding spaces, and blank cells null.

    Args:
        raw: The table, numbered.
        columns: The columns.
    """
    return raw.frame.select(ROW, *(_trimmed(column.name, raw.schema[column.name]) for column in columns))


def collected(file: str, plan: pl.LazyFrame) -> pl.DataFrame:
    """Carries a plan out.

    Raises:
        UnreadableError: If the file turns out to be broken.
    """
    import polars as pl

    try:
        return plan.collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise not_parquet(file) from error


def valued(file: str, frame: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Returns columns in their own types; blank cells are null.

    Args:
        file: The file's name, for messages.
        frame: The columns, trimmed; with the numbers of their rows where some were left out.
        columns: The columns.

    Raises:
        UnreadableError: Naming file, row and column of the first cell that does not fit.
    """
    schema = frame.schema
    given = {column: value for column in columns if (value := _value(column, schema[column.name])) is not None}
    values = frame.with_columns(value.alias(column.name) for column, value in given.items()) if given else frame
    for column in columns:
        if column not in given and not column.filled:
            continue
        cells, found = frame.get_column(column.name), values.get_column(column.name)
        if found.null_count() > (0 if column.filled else cells.null_count()):
            wrong = found.is_null() if column.filled else found.is_null() & cells.is_not_null()
            place = int(wrong.arg_true()[0])
            refuse_cell(file, int(frame[ROW][place]) if ROW in schema else place + FIRST_ROW, column)
    return values.drop(ROW) if ROW in schema else values


def converted(file: str, frame: pl.DataFrame, column: Column) -> pl.Series:
    """Returns a column of a frame in its own type; blank cells are null.

    Args:
        file: The file's name, for messages.
        frame: The column; with the numbers of its rows where some were left out.
        column: The column.

    Raises:
        UnreadableError: Naming file, row and column of the first cell that does not fit.
    """
    cells = frame.with_columns(_trimmed(column.name, frame.schema[column.name]))
    return valued(file, cells, [column])[column.name]


def without_nulls(series: pl.Series, blank: Any) -> pl.Series:
    """Returns a column with a value in the place of nulls; Polars takes its time even where there is none."""
    return series.fill_null(blank) if series.null_count() else series


def holds_text_otherwise(own: pl.DataType) -> bool:
    """Whether a column of this type holds text as categories or bytes."""
    import polars as pl

    return own in (pl.Categorical, pl.Enum, pl.Binary)


def as_text(series: pl.Series) -> pl.Series:
    """Returns a column that holds text as text, any other as it is."""
    import polars as pl

    return series.cast(pl.String, strict=False) if holds_text_otherwise(series.dtype) else series


def refuse_cell(file: str, row: int, column: Column) -> NoReturn:
    """Refuses a cell.

    Raises:
        UnreadableError: Always.
    """
    raise UnreadableError("cell", f"{file}, row {row}, column {column.name!r}: this must be {column.asks}.")


def refuse_foreign_cell(file: str, row: int, heading: str, column: Column | None) -> NoReturn:
    """Refuses a cell of another layout, which was not understood.

    Raises:
        UnreadableError: Always.
    """
    asks = f" as {column.asks}" if column is not None and column.kind != "text" else ""
    raise UnreadableError(
        "cell", f"{file}, row {row}, column {heading!r}: this is not understood{asks}. Put it right in the file."
    )


@lru_cache(maxsize=1000)
def _trimmed(name: str, own: pl.DataType) -> pl.Expr:
    import polars as pl

    cell = pl.col(name)
    if holds_text_otherwise(own):
        cell, own = cell.cast(pl.String, strict=False), pl.String()
    if own != pl.String:
        return cell
    text = cell.str.strip_chars()
    return pl.when(text != "").then(text).alias(name)


@lru_cache(maxsize=1000)
def _value(column: Column, own: pl.DataType) -> pl.Expr | None:
    """Returns what gives the typed values of a trimmed column, null where a cell does not fit; ``None`` for itself."""
    import polars as pl

    if own == {"text": pl.String, "date": pl.Date, "boolean": pl.Boolean}.get(column.kind):
        return None
    cell = pl.col(column.name)
    return _of_text(cell, column) if own == pl.String else _of_own_type(cell, own, column)


def _of_text(text: pl.Expr, column: Column) -> pl.Expr:
    import polars as pl

    if column.kind == "date":
        return pl.when(text.str.contains(ISO_DATE)).then(text).str.to_date("%Y-%m-%d", strict=False)
    if column.kind == "integer":
        return _in_span(pl.when(text.str.contains(INTEGER)).then(text).cast(pl.Int64), column)
    if column.kind == "boolean":
        low = text.str.to_lowercase()
        return pl.when(low.is_in(["true", "false"])).then(low == "true")
    if column.kind == "choice":
        return pl.when(text.is_in(list(column.choices))).then(text)
    return text


def _of_own_type(cell: pl.Expr, own: pl.DataType, column: Column) -> pl.Expr:
    """Returns the values of a Parquet column that is no text, null where its type does not fit."""
    import polars as pl

    kind = column.kind
    if kind == "date" and own in (pl.Date, pl.Datetime):
        days = cell.cast(pl.Date)
        return pl.when(days.cast(own) == cell).then(days)
    if kind == "time" and own == pl.Time:
        return cell.dt.hour().cast(pl.Int16) * 60 + cell.dt.minute().cast(pl.Int16)
    if kind == "integer" and own.is_numeric():
        whole = cell.cast(pl.Int64, strict=False)
        return _in_span(whole if own.is_integer() else pl.when(whole == cell).then(whole), column)
    if kind == "text" and own.is_integer():
        return cell.cast(pl.String)
    return pl.lit(None)


def _in_span(numbers: pl.Expr, column: Column) -> pl.Expr:
    import polars as pl

    low, high = column.least, column.most
    fits = numbers.is_between(-(2**62) if low is None else low, 2**62 if high is None else high)
    return pl.when(fits).then(numbers)


@dataclass(frozen=True, eq=False)
class Encoded:
    """A column of text by its distinct texts: what a text stands for is worked out once, however often it stands there.

    Attributes:
        texts: The distinct texts; a blank is the empty text.
        spread: Given an array with a value for each of them, returns the value of each row.
    """

    texts: Sequence[str]
    spread: Callable[[Array], Array]


def encoded(series: pl.Series) -> Encoded:
    """Finds the distinct texts of a column, of a mark's pupil, date, session or code: they repeat very often.

    A sample decides how: long runs of one text (pupils) are taken run by run, and texts that are mostly of one
    character (codes) by the number of that character.
    """
    filled = without_nulls(series, "")
    sample = filled.head(SAMPLE)
    changes = (sample.slice(1) != sample.head(-1)).sum()
    if (changes + 1) * FEW_RUNS <= len(sample):
        runs = filled.rle().struct.unnest()
        numbers, texts = _looked_up(runs["value"])
        return Encoded(texts, lambda values: np.repeat(values[numbers], runs["len"].to_numpy()))
    if (sample.str.len_bytes() == 1).sum() >= COMMON_SHARE * len(sample):
        return _by_characters(filled)
    numbers, texts = _looked_up(filled)
    return Encoded(texts, lambda values: np.take(values, numbers, mode="clip"))


def _by_characters(series: pl.Series) -> Encoded:
    import polars as pl

    single = series.cast(pl.Binary).bin.reinterpret(dtype=pl.UInt8)  # null for a text that is not one byte long
    characters = bytearray(without_nulls(single, NO_CHARACTER).to_numpy())
    longer = np.flatnonzero(np.frombuffer(characters, dtype=np.uint8) == NO_CHARACTER)
    present = np.array(sorted(_occurring(characters) - {NO_CHARACTER}), dtype=np.intp)
    numbers, texts = _looked_up(series.filter(single.is_null()))

    def spread(values: Array) -> Array:
        table = np.zeros(NO_CHARACTER + 1, dtype=values.dtype)
        table[present] = values[: len(present)]
        if table.dtype == np.uint8:
            found = np.frombuffer(characters.translate(table.tobytes()), dtype=np.uint8)
        else:
            found = np.take(table, np.frombuffer(characters, dtype=np.uint8))
        found[longer] = values[len(present) :][numbers]
        return found

    return Encoded([*map(chr, present.tolist()), *texts], spread)


def _occurring(characters: bytearray) -> set[int]:
    """Returns the bytes that occur, by striking out first those that a sample shows."""
    common = set(characters[:SAMPLE])
    return common.union(characters.translate(None, bytes(common)))


def _looked_up(series: pl.Series) -> tuple[Array, Sequence[str]]:
    """Returns for each text its place among the distinct texts, and these, in the order of the file."""
    import polars as pl

    if len(series) <= SAMPLE:
        values = series.to_list()
        distinct = dict.fromkeys(values)
        if len(distinct) == len(values):
            return np.arange(len(values)), values
        numbers = {text: number for number, text in enumerate(distinct)}
        return np.array([numbers[text] for text in values], dtype=np.int32), list(distinct)
    categories = series.cast(pl.Categorical)
    first = categories.unique(maintain_order=True)
    places = first.to_physical().to_numpy()
    table = np.zeros(int(places.max(initial=0)) + 1, dtype=np.int32)
    table[places] = np.arange(len(places), dtype=np.int32)
    return table[categories.to_physical().to_numpy()], first.cast(pl.String).to_list()
