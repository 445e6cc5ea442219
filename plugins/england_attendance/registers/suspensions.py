"""Suspended and excluded pupils have education arranged from the sixth school day: code E ends with the fifth."""

from __future__ import annotations

import numpy as np

from checker.facts import check
from checker.findings import Outcome
from checker.registers.grid import MarkList
from checker.registers.model import Register
from checker.registers.runs import any_in_day, places_in_row
from england_attendance.registers.attendance import Attendance
from england_attendance.registers.outcomes import at_fault, sessions_of

SUSPENDED = "E"
WITHOUT_PROVISION = 5  # school days


@check("register.suspension-provision")
def provision_from_the_sixth_day(register: Register, attendance: Attendance) -> Outcome:
    """Code E stands on no more than five school days in a row."""
    pupils = np.flatnonzero(attendance.how_many(SUSPENDED) > WITHOUT_PROVISION)
    marks = MarkList.none()
    if len(pupils):
        held = any_in_day(register.calendar, register.on_roll[pupils])
        suspended = any_in_day(register.calendar, attendance.coded_for(pupils, SUSPENDED))
        lines, days = np.nonzero(places_in_row(held, suspended) > WITHOUT_PROVISION)
        codes = np.full(len(lines), register.marks.number_of[SUSPENDED], dtype=register.marks.grid.dtype)
        marks = MarkList(pupils[lines], register.calendar.days[days] * 2, codes)
    rows = register.rows(marks, "the sixth or a later school day in a row with code E", by_session=False)
    return at_fault(
        rows,
        f"Code E on the sixth or a later successive school day: {sessions_of(rows, 'day')}. Education must be arranged "
        "from the sixth.",
        "No pupil has code E on more than five school days in a row.",
    )
