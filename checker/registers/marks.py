"""Turns the table of marks into the grid, column by column: no step looks at marks one by one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from checker.errors import UnreadableError
from checker.registers.calendar import SESSIONS, Array, Calendar, day_of
from checker.registers.columns import (
    ROW,
    as_text,
    collected,
    converted,
    encoded,
    layout_of,
    refuse_cell,
    refuse_missing,
    without_nulls,
)
from checker.registers.files import FIRST_ROW, RawTable
from checker.registers.grid import MarkList, Marks, among, marks_of

if TYPE_CHECKING:
    import polars as pl

CLOSED = "#"  # fills sessions that were not held: it is no sign that anything was recorded on the day
MOST_CODES = 60_000
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?")
NEVER, NO_TIME = -1, -2
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
    """The rows of the table of marks as parallel arrays in the order of the file, before a calendar is laid over them.

    Attributes:
        file: The file that they come from.
        headings: The headings of the file.
        pupil_ids: The distinct pupil_ids; the empty text for a row that names none.
        by_pupil: Given an array with a value for each of the pupil_ids, returns the value of each row.
        halves: The half-day of each row.
        codes: The number of each row's code.
        alphabet: The codes by number; the first is the empty text, "no mark".
        arrivals: The places of rows with a time of arrival, and the times in minutes; ``None`` without the column.
    """

    file: str
    headings: tuple[str, ...]
    pupil_ids: tuple[str, ...]
    by_pupil: Callable[[Array], Array]
    halves: Array
    codes: Array
    alphabet: tuple[str, ...]
    arrivals: tuple[Array, Array] | None

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def marked_halves(self) -> Array:
        """The half-days of the rows with a mark other than the filler of closed sessions."""
        fillers = [number for number, code in enumerate(self.alphabet) if code in ("", CLOSED)]
        marked: Array = self.halves[~among(self.codes, fillers)]
        return marked

    @property
    def last_day(self) -> dt.date | None:
        """The last day with a mark other than the filler of closed sessions; ``None`` without one."""
        halves = self.marked_halves
        return day_of(halves.max() // 2) if len(halves) else None


def mark_rows_of(raw: RawTable) -> MarkRows:
    """Validates the table of marks and turns it into arrays.

    Raises:
        UnreadableError: If a required column is missing or a cell does not fit; the message names file, row and column.
    """
    refuse_missing(raw, "marks")
    read = _Read(raw.name, _without_blank_rows(collected(raw.name, raw.frame)))
    pupil_ids, by_pupil = _pupils(read)
    codes, alphabet = _codes(read)
    halves = _days(read) * 2
    halves += _sessions(read)
    return MarkRows(raw.name, raw.headings, pupil_ids, by_pupil, halves, codes, alphabet, _arrivals(read))


def laid_out(rows: MarkRows, places: Mapping[str, int], calendar: Calendar) -> tuple[Marks, Arrivals | None]:
    """Lays the rows over a calendar and a roll.

    Args:
        rows: The rows.
        places: The place of each pupil_id on the roll.
        calendar: The sessions up to the day that is judged.

    Returns:
        The marks, and those with a time of arrival (``None`` where the column is absent).
    """
    numbers = dict(places)
    table = np.array([numbers.setdefault(pupil_id, len(numbers)) for pupil_id in rows.pupil_ids], dtype=np.int64)
    strangers = tuple(numbers)[len(places) :]
    written = MarkList(rows.by_pupil(table), rows.halves, rows.codes)
    marks = marks_of(written, rows.alphabet, calendar, roll_size=len(places), strangers=strangers)
    return marks, None if rows.arrivals is None else Arrivals(written.where(rows.arrivals[0]), rows.arrivals[1])


@dataclass(frozen=True, eq=False)
class _Read:
    """The table of marks as it was read; with the numbers of its rows where some were left out."""

    file: str
    frame: pl.DataFrame

    def row(self, place: int) -> int:
        """Returns the number of a row in the file."""
        return int(self.frame[ROW][place]) if ROW in self.frame.columns else place + FIRST_ROW

    def converted(self, name: str) -> pl.Series:
        """Returns a column in its own type."""
        kept = [ROW, name] if ROW in self.frame.columns else [name]
        return converted(self.file, self.frame[kept], layout_of("marks")[name])

    def converted_once(self, name: str, cells: pl.Series) -> Array:
        """Returns the numbers that cells of a column of text stand for, each distinct one converted and checked once.

        A blank, where it is allowed, stands for -1.
        """
        import polars as pl

        cells_by_text = encoded(cells)
        try:
            values = _Read(self.file, pl.DataFrame({name: cells_by_text.texts}, {name: pl.String})).converted(name)
        except UnreadableError:
            values = self.converted(name)  # which names the first row that does not fit
        return cells_by_text.spread(without_nulls(values.to_physical(), -1).to_numpy())


def _without_blank_rows(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    if not (frame["date"].null_count() and frame["session"].null_count()):
        return frame
    return frame.with_row_index(ROW, FIRST_ROW).filter(~pl.all_horizontal(pl.exclude(ROW).is_null()))


def _pupils(read: _Read) -> tuple[tuple[str, ...], Callable[[Array], Array]]:
    """Returns the distinct pupil_ids, without surrounding spaces, and what spreads values of theirs over the rows."""
    pupils = encoded(_text(read, "pupil_id"))
    texts = [text.strip() for text in pupils.texts]
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    if len(places) == len(texts):
        return tuple(texts), pupils.spread
    numbers = np.array([places[text] for text in texts])
    return tuple(places), lambda values: pupils.spread(values[numbers])


def _codes(read: _Read) -> tuple[Array, tuple[str, ...]]:
    """Returns the number of each row's code in the alphabet, whose first is the empty text."""
    codes = encoded(_text(read, "code"))
    if len(codes.texts) > MOST_CODES:
        raise UnreadableError(
            "cell",
            f"{read.file}, column 'code': holds {len(codes.texts):,} different codes, so it is no column of codes.",
        )
    alphabet = ("", *sorted({text.strip() for text in codes.texts} - {""}))
    # The largest number is left for "outside".
    small = np.uint8 if len(alphabet) < np.iinfo(np.uint8).max else np.uint16
    numbers = {text: number for number, text in enumerate(alphabet)}
    return codes.spread(np.array([numbers[text.strip()] for text in codes.texts], dtype=small)), alphabet


def _text(read: _Read, name: str) -> pl.Series:
    import polars as pl

    series = read.frame[name]
    return series if series.dtype == pl.String else read.converted(name)


def _days(read: _Read) -> Array:
    """Returns the number of each row's day."""
    import polars as pl

    series = read.frame["date"]
    if series.dtype == pl.Date and not series.null_count():
        return series.cast(pl.Int32).to_numpy()
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
    series = as_text(read.frame["arrived_at"])
    places = series.is_not_null().arg_true().to_numpy()
    if series.dtype != pl.String:
        return places, read.converted("arrived_at").drop_nulls().to_numpy().astype(np.int32)
    times = encoded(series.drop_nulls())
    minutes = times.spread(np.array([_minutes(text.strip()) for text in times.texts], dtype=np.int32))
    wrong = places[minutes == NO_TIME]
    if len(wrong):
        refuse_cell(read.file, read.row(int(wrong[0])), layout_of("marks")["arrived_at"])
    timed = minutes != NEVER
    return places[timed], minutes[timed]


def _minutes(text: str) -> int:
    """Returns a time as minutes after midnight; ``NEVER`` for a blank, ``NO_TIME`` for what is no time."""
    if not text:
        return NEVER
    return int(text[:2]) * 60 + int(text[3:5]) if TIME.fullmatch(text) else NO_TIME
