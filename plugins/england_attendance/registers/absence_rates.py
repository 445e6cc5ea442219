"""Persistent and severe absence: 10% and 50% of a pupil's own possible sessions."""

from __future__ import annotations

import numpy as np

from checker.facts import check
from checker.findings import Outcome, Row
from checker.registers.model import Register
from england_attendance.registers.attendance import Attendance
from england_attendance.registers.outcomes import counted, to_decide

NOT_POSSIBLE = ("not-possible", "not-counted")
ABSENCE = ("authorised", "unauthorised")


@check("register.persistent-absence")
def persistent_absence(register: Register, attendance: Attendance) -> Outcome:
    """Lists pupils who missed a tenth or more of their possible sessions."""
    return _missing(register, attendance, 10, "10% or more")


@check("register.severe-absence")
def severe_absence(register: Register, attendance: Attendance) -> Outcome:
    """Lists pupils who missed half or more of their possible sessions."""
    return _missing(register, attendance, 2, "50% or more")


def _missing(register: Register, attendance: Attendance, part: int, share: str) -> Outcome:
    """Lists pupils whose absence times ``part`` is at least their possible sessions: whole numbers, no rounding."""
    possible = attendance.sums(lambda codes: codes.difference(attendance.codes.counted_as(*NOT_POSSIBLE)))
    absence = attendance.sums(lambda codes: codes.intersection(attendance.codes.counted_as(*ABSENCE)))
    places = np.flatnonzero((possible > 0) & (absence * part >= possible))
    rows = tuple(_row(register, int(place), int(absence[place]), int(possible[place])) for place in places)
    return to_decide(
        rows,
        f"{counted(len(rows), 'pupil has', 'pupils have')} missed {share} of their possible sessions: for each, decide "
        "what support follows.",
        f"No pupil has missed {share} of their possible sessions.",
    )


def _row(register: Register, place: int, absent: int, possible: int) -> Row:
    tenths = absent * 1000 // possible
    return Row(
        register.roll.ids[place],
        detail=f"absent {absent} of {possible} possible sessions ({tenths // 10}.{tenths % 10}%)",
    )
