"""Turns the table of marks into the grid, column by column: no step looks at marks one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from checker.errors import UnreadableError
from checker.registers.calendar import SESSIONS, Array, Calendar, day_of
from checker.registers.columns import (
    ROW,
    Encoded,
    collected,
    converted,
    encoded,
    layout_of,
    refuse_missing,
    without_nulls,
)
from checker.registers.files import FIRST_ROW, RawTable
from checker.registers.grid import MarkList, Marks, among, marks_of

if TYPE_CHECKING:
    import polars as pl

CLOSED = "#"  # fills sessions that were not held: it is no sign that anything was recorded on the day
MOST_CODES = 60_000
NEEDED = ("pupil_id", "date", "session", "code", "arrived_at")


@dataclass(frozen=True, eq=False)
class Arrivals:
    """The marks with a time of arrival.

    Attributes:
        marks: The marks, in the order of the file.
        minutes: For each the minutes after midnight.
    """

    marks: MarkList
    minutes: Array


@dataclass(frozen=True, eq=False)
class MarkRows:
    """The rows of the table of marks as parallel arrays, before a calendar is laid over them.

    Attributes:
        file: The file that they come from.
        headings: The headings of the file.
        rows: The marks in the order of the file; their pupils are places among ``pupil_ids``.
        pupil_ids: The distinct pupil_ids; the empty text for a row that names none.
        alphabet: The codes by number; the first is the empty text, "no mark".
        arrivals: The places of rows with a time of arrival, and the times in minutes; ``None`` without the column.
    """

    file: str
    headings: tuple[str, ...]
    rows: MarkList
    pupil_ids: tuple[str, ...]
    alphabet: tuple[str, ...]
    arrivals: tuple[Array, Array] | None

    @property
    def last_day(self) -> dt.date | None:
        """The last day with a mark other than the filler of closed sessions; ``None`` without one."""
        fillers = [number for number, code in enumerate(self.alphabet) if code in ("", CLOSED)]
        halves = self.rows.halves[~among(self.rows.codes, fillers)]
        return day_of(halves.max() // 2) if len(halves) else None


def mark_rows_of(raw: RawTable) -> MarkRows:
    """Validates the table of marks and turns it into arrays.

    Raises:
        UnreadableError: If a required column is missing or a cell does not fit; the message names file, row and column.
    """
    refuse_missing(raw, "marks")
    read = _Read(raw.name, _without_blank_rows(collected(raw.name, raw.frame)))
    pupils, pupil_ids = _pupils(read)
    codes, alphabet = _codes(read)
    halves = _days(read) * 2
    halves += _sessions(read)
    return MarkRows(raw.name, raw.headings, MarkList(pupils, halves, codes), pupil_ids, alphabet, _arrivals(read))


def laid_out(rows: MarkRows, places: Mapping[str, int], calendar: Calendar) -> tuple[Marks, Arrivals | None]:
    """Lays the rows over a calendar and a roll.

    Args:
        rows: The rows.
        places: The place of each pupil_id on the roll.
        calendar: The sessions up to the day that is judged.

    Returns:
        The marks, and those with a time of arrival (``None`` where the column is absent).
    """
    strangers = tuple(pupil_id for pupil_id in rows.pupil_ids if pupil_id not in places)
    numbers = {**places, **{pupil_id: len(places) + count for count, pupil_id in enumerate(strangers)}}
    table = np.array([numbers[pupil_id] for pupil_id in rows.pupil_ids], dtype=np.int64)
    marks = marks_of(rows.rows, rows.alphabet, calendar, places=table, roll_size=len(places), strangers=strangers)
    if rows.arrivals is None:
        return marks, None
    late = rows.rows.where(rows.arrivals[0])
    return marks, Arrivals(MarkList(table[late.pupils], late.halves, late.codes), rows.arrivals[1])


@dataclass(frozen=True, eq=False)
class _Read:
    """The table of marks as it was read; with the numbers of its rows where some were left out."""

    file: str
    frame: pl.DataFrame

    def converted(self, name: str) -> pl.Series:
        """Returns a column in its own type."""
        kept = [ROW, name] if ROW in self.frame.columns else [name]
        return converted(self.file, self.frame[kept], layout_of("marks")[name])

    def converted_once(self, name: str, cells: pl.Series) -> Array:
        """Returns the numbers that cells of a column of text stand for, each distinct one converted and checked once.

        A blank, where it is allowed, stands for -1.
        """
        cells_by_text = encoded(cells)
        try:
            values = _Read(self.file, cells_by_text.texts.alias(name).to_frame()).converted(name)
        except UnreadableError:
            values = self.converted(name)  # which names the first row that does not fit
        return cells_by_text.spread(without_nulls(values.to_physical(), -1).to_numpy())


def _without_blank_rows(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    if not (frame["date"].null_count() and frame["session"].null_count()):
        return frame
    return frame.with_row_index(ROW, FIRST_ROW).filter(~pl.all_horizontal(pl.exclude(ROW).is_null()))


def _pupils(read: _Read) -> tuple[Array, tuple[str, ...]]:
    """Returns the place of each row's pupil_id among the distinct ones, without surrounding spaces."""
    pupils = encoded(_text(read, "pupil_id"))
    texts = [text.strip() for text in pupils.texts.to_list()]
    return _numbered(pupils, texts, tuple(dict.fromkeys(texts)), np.int32)


def _codes(read: _Read) -> tuple[Array, tuple[str, ...]]:
    """Returns the number of each row's code in the alphabet, whose first is the empty text."""
    codes = encoded(_text(read, "code"))
    if len(codes.texts) > MOST_CODES:
        raise UnreadableError(
            "cell",
            f"{read.file}, column 'code': holds {len(codes.texts):,} different codes, so it is no column of codes.",
        )
    texts = [text.strip() for text in codes.texts.to_list()]
    alphabet = ("", *sorted({*texts} - {""}))
    small = (
        np.uint8 if len(alphabet) < np.iinfo(np.uint8).max else np.uint16
    )  # the largest number is left for "outside"
    return _numbered(codes, texts, alphabet, small)


def _text(read: _Read, name: str) -> pl.Series:
    import polars as pl

    series = read.frame[name]
    return series if series.dtype == pl.String else read.converted(name)


def _numbered(
    column: Encoded, texts: Sequence[str], distinct: tuple[str, ...], small: type[np.integer[Any]]
) -> tuple[Array, tuple[str, ...]]:
    numbers = {text: number for number, text in enumerate(distinct)}
    return column.spread(np.array([numbers[text] for text in texts], dtype=small)), distinct


def _days(read: _Read) -> Array:
    """Returns the number of each row's day."""
    import polars as pl

    series = read.frame["date"]
    if series.dtype == pl.Date and not series.null_count():
        return series.to_physical().to_numpy()
    if series.dtype == pl.String:
        return read.converted_once("date", series)
    return read.converted("date").to_physical().to_numpy()


def _sessions(read: _Read) -> Array:
    """Returns for each row the place of its session."""
    import polars as pl

    series = read.frame["session"]
    if series.dtype == pl.String:
        morning, afternoon = (series == session for session in SESSIONS)
        if not series.null_count() and (morning | afternoon).all():
            return afternoon.to_numpy()
    return (read.converted("session") == SESSIONS[1]).to_numpy()


def _arrivals(read: _Read) -> tuple[Array, Array] | None:
    """Returns the places of the rows with a time of arrival, and the times in minutes after midnight."""
    import polars as pl

    if "arrived_at" not in read.frame.columns:
        return None
    series = read.frame["arrived_at"]
    places = np.flatnonzero(series.is_not_null().to_numpy())
    if series.dtype == pl.String:
        minutes = read.converted_once("arrived_at", series.drop_nulls())
    else:
        minutes = read.converted("arrived_at").drop_nulls().to_numpy()
    timed = minutes >= 0
    return places[timed], minutes[timed].astype(np.int32)
