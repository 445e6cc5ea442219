"""The school calendar: terms, closures, and the sessions that are held between them.

A session is known by its *half-day*: twice the day's number (days since 1 January 1970), plus one in the afternoon. So
half-days sort in calendar order, and ``half // 2`` is the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

SESSIONS = ("AM", "PM")
EPOCH = dt.date(1970, 1, 1)
FRIDAY = 4

Array = NDArray[Any]


def day_number(day: dt.date) -> int:
    """Returns the number of a day: the days since 1 January 1970."""
    return (day - EPOCH).days


def day_of(number: int) -> dt.date:
    """Returns the day of a number."""
    return EPOCH + dt.timedelta(days=int(number))


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of days inside which weekdays are school days unless they are closed.

    Attributes:
        name: What the school calls it.
        start: Its first day.
        end: Its last day.
    """

    name: str
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Closure:
    """Sessions of one day that are not held.

    Attributes:
        date: The day.
        kind: ``inset``, ``bank-holiday``, ``planned`` or ``unplanned``.
        sessions: Which of ``SESSIONS``, by their places.
        year_groups: The year groups that it concerns; ``None`` for the whole school.
    """

    date: dt.date
    kind: str
    sessions: tuple[int, ...] = (0, 1)
    year_groups: frozenset[int] | None = None

    @property
    def unplanned(self) -> bool:
        """Whether nobody foresaw it."""
        return self.kind == "unplanned"

    def halves(self) -> Iterator[int]:
        """The half-days that it closes."""
        return (2 * day_number(self.date) + session for session in self.sessions)


@dataclass(frozen=True, eq=False)
class Calendar:
    """The sessions of a school, up to a day.

    Attributes:
        terms: In the order of their start.
        closures: In the order of the file.
        until: The last day that exists; ``None`` for the calendar as it was planned.
    """

    terms: tuple[Term, ...]
    closures: tuple[Closure, ...]
    until: dt.date | None = None

    @cached_property
    def halves(self) -> Array:
        """The half-days of the sessions that are held for at least a part of the school, in order."""
        open_days = {number for term in self.terms for number in _weekdays(term.start, self._last_of(term))}
        held = {2 * number + session for number in open_days for session in range(len(SESSIONS))}
        for closure in self.closures:
            if closure.year_groups is None:
                held.difference_update(closure.halves())
        return np.array(sorted(held), dtype=np.int64)

    @cached_property
    def days(self) -> Array:
        """The numbers of the school days: days with at least one session."""
        return np.array(sorted(set((self.halves // 2).tolist())), dtype=np.int64)

    @cached_property
    def day_starts(self) -> Array:
        """For each school day the place of its first session."""
        return np.searchsorted(self.halves, self.days * 2)

    @cached_property
    def week_of(self) -> Array:
        """For each session the place of its school week, from 0: Mondays to Sundays with at least one session."""
        return np.unique((self.halves // 2 + 3) // 7, return_inverse=True)[1]

    @cached_property
    def week_starts(self) -> Array:
        """For each school week the place of its first session, and after the last the number of sessions."""
        return np.searchsorted(self.week_of, np.arange(self.week_of.max(initial=-1) + 2))

    def weeks(self, firsts: Array, count: int) -> tuple[Array, Array]:
        """Returns the places of the first sessions of school weeks, and of those after so many school weeks."""
        starts = self.week_starts
        return starts[firsts], starts[np.minimum(firsts + count, len(starts) - 1)]

    @cached_property
    def dates(self) -> tuple[dt.date, ...]:
        """For each session its day."""
        return tuple(day_of(number) for number in (self.halves // 2).tolist())

    @cached_property
    def iso_dates(self) -> tuple[str, ...]:
        """For each session its day as text."""
        return tuple(day.isoformat() for day in self.dates)

    def between(self, firsts: Array, ends: Array) -> Array:
        """Returns for pairs of days' numbers which sessions lie on or after the first day and before the other."""
        days, columns = self.halves // 2, np.arange(len(self.halves), dtype=np.int16)
        begins, stops = (np.searchsorted(days, each).astype(np.int16)[:, None] for each in (firsts, ends))
        inside: Array = columns >= begins
        inside &= columns < stops
        return inside

    @cached_property
    def afternoon(self) -> Array:
        """For each session whether it is in the afternoon."""
        return (self.halves & 1).astype(bool)

    @property
    def first_day(self) -> dt.date | None:
        """The first day of the first term."""
        return min((term.start for term in self.terms), default=None)

    @property
    def last_day(self) -> dt.date | None:
        """The last day of the last term."""
        return max((term.end for term in self.terms), default=None)

    @cached_property
    def partly_closed(self) -> bool:
        """Whether some sessions are held for some year groups only."""
        return any(closure.year_groups is not None for closure in self.closures)

    def columns_of(self, halves: Array, outside: int = -1) -> Array:
        """Returns the places of half-days among the sessions; ``outside`` where none is held."""
        if not len(self.halves):
            return np.full(len(halves), outside)
        first, last = int(self.halves[0]), int(self.halves[-1])
        table = np.full(last - first + 3, outside)  # its first and last place stand for everything outside
        table[self.halves - first + 1] = np.arange(len(self.halves))
        places = np.subtract(halves, first - 1, dtype=np.int64)  # what ``take`` would turn other numbers into
        columns: Array = np.take(table, places, mode="clip")
        return columns

    def held_at(self, halves: Array, year_groups: Array) -> Array:
        """Returns for pairs of a half-day and a pupil's year group whether a session is held there."""
        held: Array = self.columns_of(halves) >= 0
        for closure in self.closures:
            if closure.year_groups is not None:
                there = np.isin(halves, list(closure.halves()))
                held &= ~(there & np.isin(year_groups, list(closure.year_groups)))
        return held

    def held_for(self, year_groups: Array) -> Array:
        """Returns for each pupil (by year group) and session whether it is held for that pupil."""
        held = np.ones((len(year_groups), len(self.halves)), dtype=bool)
        for closure in self.closures:
            if closure.year_groups is not None:
                columns = self.columns_of(np.fromiter(closure.halves(), dtype=np.int64))
                rows = np.isin(year_groups, list(closure.year_groups))
                held[np.ix_(rows, columns[columns >= 0])] = False
        return held

    def unplanned_for(self, halves: Array, year_groups: Array) -> Array:
        """Returns for pairs of a half-day and a pupil's year group whether an unplanned closure holds there."""
        found = np.zeros(len(halves), dtype=bool)
        for closure in self.closures:
            if closure.unplanned:
                there = np.isin(halves, list(closure.halves()))
                if closure.year_groups is not None:
                    there &= np.isin(year_groups, list(closure.year_groups))
                found |= there
        return found

    def school_days_after(self, days: Array) -> Array:
        """Returns how many school days are later than each day."""
        return len(self.days) - np.searchsorted(self.days, days, side="right")

    def school_days_between(self, after: dt.date, before: dt.date) -> int:
        """Returns how many school days lie after one day and before another."""
        start = np.searchsorted(self.days, day_number(after), side="right")
        return max(0, int(np.searchsorted(self.days, day_number(before)) - start))

    def school_day_after(self, day: dt.date, count: int = 1) -> dt.date | None:
        """Returns the first (or the ``count``-th) school day after a day; ``None`` where the calendar ends before."""
        place = int(np.searchsorted(self.days, day_number(day), side="right")) + count - 1
        return day_of(self.days[place]) if place < len(self.days) else None

    def _last_of(self, term: Term) -> dt.date:
        return term.end if self.until is None else min(term.end, self.until)


@lru_cache(maxsize=16)
def calendar_of(terms: tuple[Term, ...], closures: tuple[Closure, ...], until: dt.date | None = None) -> Calendar:
    """Returns a calendar; schools of one authority often share it, and it is worked out once."""
    return Calendar(terms, closures, until)


def _weekdays(start: dt.date, end: dt.date) -> Iterable[int]:
    days = (start + dt.timedelta(days=count) for count in range((end - start).days + 1))
    return (day_number(day) for day in days if day.weekday() <= FRIDAY)
