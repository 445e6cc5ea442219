"""Runs of successive sessions, and sums over windows of weeks: arithmetic that knows nothing of what the codes mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from checker.registers.calendar import Array, Calendar


@dataclass(frozen=True, eq=False)
class Runs:
    """Runs of named sessions, as parallel arrays in the order of pupils and of the calendar.

    Attributes:
        pupils: The line of the pupil in the planes that were given.
        firsts: The column of the first session.
        lasts: The column of the last session.
        sessions: How many sessions are in it.
        whole_days: How many days all of whose sessions held are in it.
        final: Whether nothing that would end it comes after it: it reaches to the pupil's last session.
    """

    pupils: Array
    firsts: Array
    lasts: Array
    sessions: Array
    whole_days: Array
    final: Array

    def __len__(self) -> int:
        return len(self.pupils)

    def where(self, chosen: Array) -> Runs:
        """Returns the runs that a mask chooses."""
        return Runs(
            self.pupils[chosen], self.firsts[chosen], self.lasts[chosen],
            self.sessions[chosen], self.whole_days[chosen], self.final[chosen],
        )  # fmt: skip


def runs_of(calendar: Calendar, held: Array, named: Array, skipped: Array) -> Runs:
    """Finds the runs of named sessions.

    Args:
        calendar: The calendar whose sessions are the columns.
        held: For each pupil and session whether it is held for that pupil.
        named: Which of those belong to a run.
        skipped: Which of those neither belong to a run nor end it.
    """
    lines, columns = np.nonzero(named)
    if not len(lines):
        none = np.zeros(0, dtype=np.int64)
        return Runs(none, none, none, none, none, none.astype(bool))
    ended = np.cumsum(held & ~named & ~skipped, axis=1, dtype=np.int32)
    parts = ended[lines, columns]
    starts = np.flatnonzero(np.r_[True, (np.diff(lines) != 0) | (np.diff(parts) != 0)])
    days = np.searchsorted(calendar.day_starts, columns, side="right") - 1
    new_day = np.r_[True, (np.diff(lines) != 0) | (np.diff(days) != 0)]
    whole = whole_days(calendar, held, named)[lines, days] & new_day
    ends = np.r_[starts[1:], len(lines)] - 1
    return Runs(
        lines[starts],
        columns[starts],
        columns[ends],
        ends - starts + 1,
        np.add.reduceat(whole.astype(np.int64), starts),
        parts[starts] == ended[lines[starts], -1],
    )


def whole_days(calendar: Calendar, held: Array, named: Array) -> Array:
    """Returns for each pupil and school day whether all sessions held, at least one, are named."""
    of_day = _by_day(calendar, held)
    whole: Array = (of_day > 0) & (of_day == _by_day(calendar, named))
    return whole


def _by_day(calendar: Calendar, chosen: Array) -> Array:
    """Returns for each pupil and school day how many sessions are chosen; ``np.add.reduceat`` takes three times longer."""
    sums = np.cumsum(chosen.astype(np.int16), axis=1)
    ends = np.append(calendar.day_starts, chosen.shape[1])[1:] - 1
    return np.diff(sums[:, ends], axis=1, prepend=np.int16(0))


@lru_cache(maxsize=16)
def fewest_sessions(calendar: Calendar, days: int) -> int:
    """Returns how many sessions so many whole days have at least: fewer pupils need then be looked at closely."""
    if calendar.partly_closed or len(calendar.days) < days:
        return days
    sizes = np.diff(np.append(calendar.day_starts, len(calendar.halves)))
    return int(np.sort(sizes)[:days].sum())


def any_in_day(calendar: Calendar, chosen: Array) -> Array:
    """Returns for each pupil and school day whether at least one session is chosen."""
    found: Array = _by_day(calendar, chosen) > 0
    return found


def places_in_row(held: Array, chosen: Array) -> Array:
    """Returns for each pupil and day the place of a chosen day among those in a row with it, from 1; 0 for others.

    Args:
        held: For each pupil and day whether it is a school day of that pupil.
        chosen: Which of those are chosen.
    """
    places = np.zeros(chosen.shape, dtype=np.int64)
    lines, days = np.nonzero(chosen)
    if len(lines):
        parts = np.cumsum(held & ~chosen, axis=1)[lines, days]
        new = np.r_[True, (np.diff(lines) != 0) | (np.diff(parts) != 0)]
        count = np.arange(len(lines))
        places[lines, days] = count - np.maximum.accumulate(np.where(new, count, 0)) + 1
    return places


def most_in_weeks(calendar: Calendar, chosen: Array, weeks: int) -> tuple[Array, Array]:
    """Returns for each pupil the most sessions chosen in so many successive school weeks, and where that is first so.

    Args:
        calendar: The calendar whose sessions are the columns.
        chosen: The sessions that count.
        weeks: How many school weeks a window has.

    Returns:
        The sums, and the places of the first week of each pupil's fullest window.
    """
    by_week = np.add.reduceat(chosen, calendar.week_starts[:-1], axis=1, dtype=np.int32)
    sums = np.cumsum(by_week, axis=1)
    windows = sums.copy()
    windows[:, weeks:] -= sums[:, :-weeks]
    ends = windows.argmax(axis=1)
    return windows[np.arange(len(windows)), ends], np.maximum(ends - weeks + 1, 0)
