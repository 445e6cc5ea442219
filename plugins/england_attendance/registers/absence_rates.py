"""Persistent and severe absence: 10% and 50% of a pupil's own possible sessions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from checker.facts import check, reader
from checker.findings import Outcome, Row
from checker.registers.calendar import Array
from checker.registers.model import Register
from england_attendance.registers.attendance import Attendance
from england_attendance.registers.outcomes import counted, to_decide

NOT_POSSIBLE = ("not-possible", "not-counted")


@dataclass(frozen=True, eq=False)
class Rates:
    """How many sessions each pupil could have attended, and missed.

    Attributes:
        possible: Sessions held while on roll with a code in force that leaves attendance possible.
        authorised: Those of authorised absence.
        unauthorised: Those of unauthorised absence.
    """

    possible: Array
    authorised: Array
    unauthorised: Array

    @cached_property
    def absent(self) -> Array:
        """Sessions of absence, authorised or not."""
        absent: Array = self.authorised + self.unauthorised
        return absent

    def in_words(self, places: Array) -> Iterator[str]:
        """Yields the figures of pupils in words."""
        parts = (part[places].tolist() for part in (self.absent, self.possible, self.authorised, self.unauthorised))
        for absent, possible, authorised, unauthorised in zip(*parts, strict=True):
            tenths = absent * 1000 // possible
            yield (
                f"absent {absent} of {possible} possible sessions ({tenths // 10}.{tenths % 10}%): "
                f"{authorised} authorised, {unauthorised} unauthorised"
            )


@reader
def rates(attendance: Attendance) -> Rates:
    """Counts sessions by what the statistics make of their codes."""
    codes = attendance.codes
    not_possible = codes.counted_as(*NOT_POSSIBLE)
    authorised, unauthorised = codes.counted_as("authorised"), codes.counted_as("unauthorised")
    return Rates(
        attendance.how_many_in_force(lambda in_force: in_force.difference(not_possible)),
        attendance.how_many_in_force(lambda in_force: in_force.intersection(authorised)),
        attendance.how_many_in_force(lambda in_force: in_force.intersection(unauthorised)),
    )


@check("register.persistent-absence")
def persistent_absence(register: Register, rates: Rates) -> Outcome:
    """Lists pupils who missed a tenth or more of their possible sessions."""
    return _missing(register, rates, 10, "10% or more")


@check("register.severe-absence")
def severe_absence(register: Register, rates: Rates) -> Outcome:
    """Lists pupils who missed half or more of their possible sessions."""
    return _missing(register, rates, 2, "50% or more")


def _missing(register: Register, rates: Rates, part: int, share: str) -> Outcome:
    """Lists pupils whose absence times ``part`` is at least their possible sessions: whole numbers, no rounding."""
    places = np.flatnonzero((rates.possible > 0) & (rates.absent * part >= rates.possible))
    figures = zip(places.tolist(), rates.in_words(places), strict=True)
    rows = tuple(Row(register.roll.ids[place], detail=said) for place, said in figures)
    return to_decide(
        rows,
        f"{counted(len(rows), 'pupil has', 'pupils have')} missed {share} of their possible sessions: decide for each "
        "what support follows.",
        f"No pupil has missed {share} of their possible sessions.",
    )
