"""What every rule about marks needs: who was expected when, and what the codes mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from checker.facts import reader
from checker.registers.calendar import Array, day_number, day_of
from checker.registers.grid import MarkList
from checker.registers.model import Register
from england_attendance.codes import CodeList, national_codes
from england_attendance.registers.compulsory_age import CompulsoryAge, compulsory_age

SKIPPED = "#"


@dataclass(frozen=True, eq=False)
class Attendance:
    """A register seen with the national codes and compulsory school age.

    Attributes:
        register: The register.
        codes: The national codes.
        age: Compulsory school age of the pupils on the roll.
    """

    register: Register
    codes: CodeList
    age: CompulsoryAge

    @cached_property
    def counted(self) -> Array:
        """For each pupil and session the number of the code, or ``marks.outside`` where the pupil has no session."""
        marks = self.register.marks
        return np.where(self.register.on_roll, marks.grid, marks.grid.dtype.type(marks.outside))

    @cached_property
    def compulsory(self) -> Array:
        """For each pupil and session whether the pupil is of compulsory school age on the day."""
        days = self.register.calendar.halves // 2
        return (days >= self.age.first[:, None]) & (days <= self.age.last[:, None])

    def coded(self, *codes: str) -> Array:
        """Returns for each pupil and session held while on roll whether it has one of the codes."""
        return self.register.marks.table(codes)[self.counted]

    def sums(self, codes: Callable[[frozenset[str]], frozenset[str]]) -> Array:
        """Returns for each pupil how many sessions held while on roll have codes that are chosen.

        Args:
            codes: Chooses from the codes that are in force on a day.
        """
        found = np.zeros(len(self.register.roll), dtype=np.int64)
        days = self.register.calendar.halves // 2
        for first, before, in_force in self._regimes():
            start, end = np.searchsorted(days, [first, before])
            if end > start:
                table = self.register.marks.table(codes(in_force))
                found += np.count_nonzero(table[self.counted[:, start:end]], axis=1)
        return found

    def not_in_force(self) -> MarkList:
        """Returns every mark whose code is no national code in force on its day."""
        marks = self.register.marks
        found: list[MarkList] = []
        for first, before, in_force in self._regimes():
            written = marks.written(~marks.table((*in_force, "")))
            days = written.halves // 2
            found.append(written.where((days >= first) & (days < before)))
        return sum(found[1:], found[0])

    def _regimes(self) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Yields the stretches of days of the register on which the same codes are in force.

        Each is a first day, the day after the last, and the codes.
        """
        halves = np.concatenate([self.register.calendar.halves, self.register.marks.aside.halves])
        if not len(halves):
            halves = np.array([2 * day_number(self.register.as_at)])
        first_day, last_day = day_of(halves.min() // 2), day_of(halves.max() // 2)
        turns = [day for day in self.codes.changes if first_day < day <= last_day]
        for first, before in zip([first_day, *turns], [*turns, last_day + dt.timedelta(days=1)], strict=True):
            yield day_number(first), day_number(before), self.codes.in_force_on(first)


@reader
def attendance(register: Register) -> Attendance:
    """Joins a register with the national codes."""
    return Attendance(register, national_codes(), compulsory_age(register.roll.born))
