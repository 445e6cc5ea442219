"""Compulsory school age: Education Act 1996, section 8, with the prescribed days and the school leaving date."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from checker.registers.calendar import Array
from checker.registers.roll import LONG_AGO, NEVER

FRIDAY = 4
MONTHS = 12


@dataclass(frozen=True, eq=False)
class CompulsoryAge:
    """From when to when each pupil is of compulsory school age.

    Attributes:
        first: The number of the first day; ``NEVER`` where the date of birth is not recorded.
        last: The number of the last day; ``LONG_AGO`` where the date of birth is not recorded.
    """

    first: Array
    last: Array

    @cached_property
    def unknown(self) -> Array:
        """Whose date of birth is not recorded."""
        unknown: Array = self.first == NEVER
        return unknown

    def holds(self, pupils: Array, days: Array) -> Array:
        """Returns for pairs of a pupil's place and a day's number whether the pupil is of compulsory age then."""
        there: Array = (self.first[pupils] <= days) & (days <= self.last[pupils])
        return there


def compulsory_age(born: Array) -> CompulsoryAge:
    """Works out compulsory school age from dates of birth.

    It begins on the first 31 December, 31 March or 31 August on or after the fifth birthday, and ends with the last
    Friday in June of the school year (1 September to 31 August) in which the pupil turns sixteen. Who was born on
    29 February has a birthday on 1 March in other years.

    Args:
        born: Dates of birth; NaT where not recorded.
    """
    unknown = np.isnat(born)
    known = np.where(unknown, np.datetime64("2000-01-01"), born).astype("datetime64[D]")
    first = _next_prescribed_day(_birthday(known, 5)).astype(np.int64)
    last = _leaving_date(_birthday(known, 16)).astype(np.int64)
    return CompulsoryAge(np.where(unknown, NEVER, first), np.where(unknown, LONG_AGO, last))


def _birthday(born: Array, age: int) -> Array:
    month = born.astype("datetime64[M]")
    first_of_month = (month + age * MONTHS).astype("datetime64[D]")
    day: Array = first_of_month + (born - month.astype("datetime64[D]"))
    return day


def _next_prescribed_day(birthday: Array) -> Array:
    year = birthday.astype("datetime64[Y]")
    spring, summer, winter = (_last_day_of(year, month) for month in (3, 8, 12))
    chosen: Array = np.where(birthday <= spring, spring, np.where(birthday <= summer, summer, winter))
    return chosen


def _leaving_date(birthday: Array) -> Array:
    year = birthday.astype("datetime64[Y]")
    ends_in = year + (birthday > _last_day_of(year, 8)).astype(np.int64)
    last_of_june = _last_day_of(ends_in, 6)
    weekday = (last_of_june.astype(np.int64) + 3) % 7
    leaving: Array = last_of_june - (weekday - FRIDAY) % 7
    return leaving


def _last_day_of(year: Array, month: int) -> Array:
    """Returns the last day of a month (1 to 12) of years."""
    day: Array = (year.astype("datetime64[M]") + month).astype("datetime64[D]") - 1
    return day
