"""What every rule about marks needs: who was expected when, and what the codes mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from checker.facts import reader
from checker.registers.calendar import Array, day_number, day_of
from checker.registers.grid import MarkList, among
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
        known_runs: Runs of absence that were looked for already: several rules ask for the same.
    """

    register: Register
    codes: CodeList
    age: CompulsoryAge
    known_runs: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def counted(self) -> Array:
        """For each pupil and session the number of the code, or ``marks.outside`` where the pupil has no session."""
        marks = self.register.marks
        elsewhere = np.multiply(~self.register.on_roll, marks.outside, dtype=marks.grid.dtype)
        return np.maximum(marks.grid, elsewhere, out=elsewhere)  # no code has so large a number

    @cached_property
    def compulsory(self) -> Array:
        """For each pupil and session whether the pupil is of compulsory school age."""
        return self.register.calendar.between(self.age.first, self.age.last + 1)

    def coded(self, *codes: str) -> Array:
        """Returns for each pupil and session held while on roll whether it has one of the codes."""
        return among(self.counted, self.register.marks.numbers(codes))

    def coded_for(self, pupils: Array, *codes: str) -> Array:
        """Returns the same for some pupils, by their places."""
        return among(self.counted[pupils], self.register.marks.numbers(codes))

    @cached_property
    def tally(self) -> Array:
        """For each number of a code and pupil how many sessions held while on roll have it."""
        marks, (pupils, width) = self.register.marks, self.counted.shape
        places, begins = marks.by_code
        held = self.counted.ravel()[places] != marks.outside
        codes = np.repeat(np.arange(len(marks.alphabet)), np.diff(begins))
        cells = (codes * pupils + places // max(1, width))[held]
        tally: Array = np.bincount(cells, minlength=pupils * len(marks.alphabet)).reshape(len(marks.alphabet), pupils)
        for number in marks.common:
            tally[number] = (self.counted == number).sum(axis=1, dtype=np.uint16)
        return tally

    def how_many(self, *codes: str) -> Array:
        """Returns for each pupil how many sessions held while on roll have one of the codes."""
        counts: Array = self.tally[list(self.register.marks.numbers(codes))].sum(axis=0)
        return counts

    def how_many_in_force(self, codes: Callable[[frozenset[str]], frozenset[str]]) -> Array:
        """Returns for each pupil how many sessions held while on roll have codes that are chosen.

        Args:
            codes: Chooses from the codes that are in force on a day.
        """
        days = self.register.calendar.halves // 2
        regimes = list(self._regimes(days))
        if len(regimes) == 1:
            return self.how_many(*codes(regimes[0][2]))
        found = np.zeros(len(self.register.roll), dtype=np.int64)
        for first, before, in_force in regimes:
            stretch = slice(*np.searchsorted(days, [first, before]))
            chosen = among(self.counted[:, stretch], self.register.marks.numbers(codes(in_force)))
            found += np.count_nonzero(chosen, axis=1)
        return found

    def not_in_force(self) -> MarkList:
        """Returns every mark whose code is not a national code in force on its day."""
        marks, found = self.register.marks, MarkList.none()
        for first, before, in_force in self._regimes(
            np.concatenate([self.register.calendar.halves, marks.aside.halves]) // 2
        ):
            written = marks.written(marks.others(in_force))
            days = written.halves // 2
            found += written.where((days >= first) & (days < before))
        return found

    def _regimes(self, days: Array) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Yields the stretches of days, among some, on which the same codes are in force.

        Each is a first day, the day after the last, and the codes.
        """
        as_at = day_number(self.register.as_at)
        first_day, last_day = (day_of(days.min()), day_of(days.max())) if len(days) else (day_of(as_at), day_of(as_at))
        turns = [day for day in self.codes.changes if first_day < day <= last_day]
        for first, before in zip([first_day, *turns], [*turns, last_day + dt.timedelta(days=1)], strict=True):
            yield day_number(first), day_number(before), self.codes.in_force_on(first)


@reader
def attendance(register: Register) -> Attendance:
    """Joins a register with the national codes."""
    return Attendance(register, national_codes(), compulsory_age(register.roll.born))
