"""Turns the table of marks into the grid, column by column: no step looks at marks one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from checker.errors import UnreadableError
from checker.registers.calendar import SESSIONS, Array, Calendar, day_of
from checker.registers.columns import ROW, converted, encoded, layout_of, numbered, refuse_missing
from checker.registers.files import RawTable
from checker.registers.grid import Arrivals, MarkList, Marks, marks_of

CLOSED = "#"  # fills sessions that were not held: it is no sign that anything was recorded on the day
MOST_CODES = 60_000
NEEDED = ("pupil_id", "date", "session", "code", "arrived_at")


@dataclass(frozen=True, eq=False)
class MarkRows:
    """The rows of the table of marks as parallel arrays, before a calendar is laid over them.

    Attributes:
        file: The file that they come from.
        headings: The headings of the file.
        pupils: For each row the place among ``pupil_ids``.
        pupil_ids: The distinct pupil_ids; the empty text for a row that names none.
        halves: For each row the half-day.
        codes: For each row the number of its code.
        alphabet: The codes by number; the first is the empty text, "no mark".
        arrivals: The rows with a time of arrival, and the time in minutes; ``None`` where the column is absent.
    """

    file: str
    headings: tuple[str, ...]
    pupils: Array
    pupil_ids: tuple[str, ...]
    halves: Array
    codes: Array
    alphabet: tuple[str, ...]
    arrivals: tuple[Array, Array] | None

    def __len__(self) -> int:
        return len(self.pupils)

    @property
    def last_day(self) -> dt.date | None:
        """The last day with a mark other than the filler of closed sessions; ``None`` without one."""
        real = np.array([code not in ("", CLOSED) for code in self.alphabet])
        halves = self.halves[real[self.codes]]
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
    halves = _days(raw) * 2 + _sessions(raw)
    return MarkRows(raw.name, raw.headings, pupils, pupil_ids, halves, codes, alphabet, _arrivals(raw))


def laid_out(rows: MarkRows, places: Mapping[str, int], calendar: Calendar) -> Marks:
    """Lays the rows over a calendar and a roll.

    Args:
        rows: The rows.
        places: The place of each pupil_id on the roll.
        calendar: The sessions up to the day that is judged.
    """
    strangers = tuple(pupil_id for pupil_id in rows.pupil_ids if pupil_id not in places)
    numbers = {**places, **{pupil_id: len(places) + count for count, pupil_id in enumerate(strangers)}}
    table = np.array([numbers[pupil_id] for pupil_id in rows.pupil_ids], dtype=np.int64)
    pupils = table[rows.pupils]
    arrivals = None
    if rows.arrivals is not None:
        late, minutes = rows.arrivals
        arrivals = Arrivals(MarkList(pupils[late], rows.halves[late], rows.codes[late]), minutes)
    return marks_of(
        MarkList(pupils, rows.halves, rows.codes),
        rows.alphabet,
        calendar,
        roll_size=len(places),
        strangers=strangers,
        arrivals=arrivals,
    )


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
    return np.array([numbers[code] for code in alphabet], dtype=np.uint16)[codes], ordered


def _days(raw: RawTable) -> Array:
    """Returns the number of each row's day."""
    import polars as pl

    column, series = layout_of("marks")["date"], raw.frame["date"]
    if series.dtype != pl.String:
        return converted(raw, [column])["date"].to_physical().to_numpy()
    numbers, texts = encoded(series)
    firsts = np.zeros(len(texts), dtype=np.int64)
    firsts[numbers[::-1]] = raw.frame[ROW].to_numpy()[::-1]  # the first row of the file with each text
    distinct = pl.DataFrame({ROW: firsts, column.name: texts})
    days = converted(RawTable(raw.name, (), distinct), [column])[column.name]
    return days.to_physical().to_numpy()[numbers]


def _sessions(raw: RawTable) -> Array:
    """Returns for each row the place of its session."""
    import polars as pl

    series = raw.frame["session"]
    if series.dtype == pl.String:
        afternoon = series == SESSIONS[1]
        if ((series == SESSIONS[0]) | afternoon).fill_null(False).all():
            return afternoon.to_numpy()
    return (converted(raw, [layout_of("marks")["session"]])["session"] == SESSIONS[1]).to_numpy()


def _arrivals(raw: RawTable) -> tuple[Array, Array] | None:
    if "arrived_at" not in raw.frame.columns:
        return None
    given = raw.frame["arrived_at"].is_not_null().arg_true()
    some = RawTable(raw.name, (), raw.frame.select(ROW, "arrived_at")[given])
    minutes = converted(some, [layout_of("marks")["arrived_at"]])["arrived_at"]
    timed = minutes.is_not_null()
    return given.filter(timed).to_numpy(), minutes.filter(timed).to_numpy().astype(np.int32)
