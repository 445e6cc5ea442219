"""Compulsory school age: Education Act 1996, section 8, with the prescribed days and the school leaving date."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from checker.registers.calendar import Array
from checker.registers.roll import LONG_AGO, NEVER

FRIDAY = 4
MONTHS = 12
MARCH, JUNE, AUGUST, SEPTEMBER, DECEMBER = 2, 5, 7, 8, 11  # counted from 0
PRESCRIBED = (MARCH,) * 3 + (AUGUST,) * 5 + (DECEMBER,) * 4  # by the month of the birthday, where its last day decides


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
    months = np.where(unknown, np.datetime64("2000-01"), born.astype("datetime64[M]")).astype(np.int64)
    years, months = np.divmod(months, MONTHS)  # January is 0; a birthday on 1 March for 29 February changes nothing
    first = _last_day_of(years + 5, np.array(PRESCRIBED)[months])
    last_of_june = _last_day_of(years + 16 + (months >= SEPTEMBER), JUNE)
    weekday = (last_of_june + 3) % 7
    last = last_of_june - (weekday - FRIDAY) % 7
    return CompulsoryAge(np.where(unknown, NEVER, first), np.where(unknown, LONG_AGO, last))


def _last_day_of(years: Array, months: Array | int) -> Array:
    """Returns the numbers of the last days of months: of January (0) to December (11) of years since 1970."""
    following = (years * MONTHS + months + 1).astype("datetime64[M]")
    days: Array = following.astype("datetime64[D]").astype(np.int64) - 1
    return days
