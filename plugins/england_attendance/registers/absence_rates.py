"""Persistent and severe absence: 10% and 50% of a pupil's own possible sessions."""

from __future__ import annotations

import numpy as np

from checker.facts import check
from checker.findings import Outcome, Row
from checker.registers.model import Register
from england_attendance.registers.attendance import Attendance
from england_attendance.registers.outcomes import counted, to_decide

NOT_POSSIBLE = ("not-possible", "not-counted")


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
    codes = attendance.codes
    possible = attendance.how_many_in_force(lambda in_force: in_force.difference(codes.counted_as(*NOT_POSSIBLE)))
    authorised, unauthorised = (
        attendance.how_many_in_force(lambda in_force, kind=kind: in_force.intersection(codes.counted_as(kind)))  # type: ignore[misc]
        for kind in ("authorised", "unauthorised")
    )
    places = np.flatnonzero((possible > 0) & ((authorised + unauthorised) * part >= possible))
    rows = tuple(
        Row(
            register.roll.ids[place],
            detail=_detail(int(possible[place]), int(authorised[place]), int(unauthorised[place])),
        )
        for place in places
    )
    return to_decide(
        rows,
        f"{counted(len(rows), 'pupil has', 'pupils have')} missed {share} of their possible sessions: decide for each "
        "what support follows.",
        f"No pupil has missed {share} of their possible sessions.",
    )


def _detail(possible: int, authorised: int, unauthorised: int) -> str:
    absent = authorised + unauthorised
    tenths = absent * 1000 // possible
    return (
        f"absent {absent} of {possible} possible sessions ({tenths // 10}.{tenths % 10}%): {authorised} authorised, "
        f"{unauthorised} unauthorised"
    )
