"""Turns the table of marks into the grid, column by column: no step looks at marks one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from checker.errors import UnreadableError
from checker.registers.calendar import SESSIONS, Array, Calendar, day_of
from checker.registers.columns import ROW, Column, converted, encoded, layout_of, numbered, refuse_missing
from checker.registers.files import RawTable
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
    raw = numbered(raw, "marks")
    pupils, pupil_ids = _texts(raw, "pupil_id")
    codes, alphabet = _texts(raw, "code")
    if len(alphabet) > MOST_CODES:
        raise UnreadableError(
            "cell", f"{raw.name}, column 'code': holds {len(alphabet):,} different codes, so it is no column of codes."
        )
    codes, alphabet = _blank_first(codes, alphabet)
    halves = _days(raw) * 2
    halves += _sessions(raw)
    return MarkRows(raw.name, raw.headings, MarkList(pupils, halves, codes), pupil_ids, alphabet, _arrivals(raw))


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


def _texts(raw: RawTable, name: str) -> tuple[Array, tuple[str, ...]]:
    """Returns a column of text as numbers and the distinct texts, without surrounding spaces."""
    import polars as pl

    series = raw.frame[name]
    if series.dtype != pl.String:
        series = converted(raw, [layout_of("marks")[name]])[name]
    numbers, texts = encoded(series)
    stripped = [(text or "").strip() for text in texts.to_list()]
    distinct = {text: number for number, text in enumerate(dict.fromkeys(stripped))}
    if len(distinct) < len(stripped) or stripped != list(distinct):
        numbers = np.array([distinct[text] for text in stripped], dtype=np.int32)[numbers]
    return numbers, tuple(distinct)


def _blank_first(codes: Array, alphabet: tuple[str, ...]) -> tuple[Array, tuple[str, ...]]:
    ordered = ("", *sorted(code for code in alphabet if code))
    numbers = {code: number for number, code in enumerate(ordered)}
    small = np.uint8 if len(ordered) < np.iinfo(np.uint8).max else np.uint16  # the largest number is left for "outside"
    return np.array([numbers[code] for code in alphabet], dtype=small)[codes], ordered


def _days(raw: RawTable) -> Array:
    """Returns the number of each row's day."""
    import polars as pl

    column, series = layout_of("marks")["date"], raw.frame["date"]
    if series.dtype != pl.String:
        return converted(raw, [column])[column.name].to_physical().to_numpy()
    numbers, days = _distinct(raw, column)
    return days.to_physical().to_numpy()[numbers]


def _distinct(raw: RawTable, column: Column) -> tuple[Array, pl.Series]:
    """Returns a column of text as numbers and the distinct values, each converted and checked once."""
    import polars as pl

    numbers, texts = encoded(raw.frame[column.name])
    firsts = np.zeros(len(texts), dtype=np.int64)
    firsts[numbers[::-1]] = raw.frame[ROW].to_numpy()[::-1]  # the first row of the file with each text
    distinct = pl.DataFrame({ROW: firsts, column.name: texts, "place": np.arange(len(texts))}).sort(ROW)
    values = converted(RawTable(raw.name, (), distinct), [column])
    return numbers, values.with_columns(distinct["place"]).sort("place")[column.name]


def _sessions(raw: RawTable) -> Array:
    """Returns for each row the place of its session."""
    import polars as pl

    series = raw.frame["session"]
    if series.dtype == pl.String:
        morning, afternoon = (series == session for session in SESSIONS)
        if np.count_nonzero(morning.to_numpy()) + np.count_nonzero(afternoon.to_numpy()) == len(series):
            return afternoon.to_numpy()
    return (converted(raw, [layout_of("marks")["session"]])["session"] == SESSIONS[1]).to_numpy()


def _arrivals(raw: RawTable) -> tuple[Array, Array] | None:
    """Returns the places of the rows with a time of arrival, and the times in minutes after midnight."""
    import polars as pl

    if "arrived_at" not in raw.frame.columns:
        return None
    column, given = layout_of("marks")["arrived_at"], raw.frame["arrived_at"].is_not_null()
    some = RawTable(raw.name, (), raw.frame.select(ROW, "arrived_at").filter(given))
    if some.frame["arrived_at"].dtype == pl.String:
        numbers, distinct = _distinct(some, column)
        minutes = distinct.gather(numbers)
    else:
        minutes = converted(some, [column])["arrived_at"]
    timed = minutes.is_not_null()
    return given.arg_true().filter(timed).to_numpy(), minutes.filter(timed).to_numpy().astype(np.int32)
