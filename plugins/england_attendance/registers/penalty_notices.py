"""The National Framework for Penalty Notices: the threshold, and the notices that were issued."""

from __future__ import annotations

import numpy as np

from checker.facts import check
from checker.findings import Outcome, Row
from checker.registers.calendar import day_of
from checker.registers.model import Register
from checker.registers.records import Notice
from checker.registers.runs import most_in_weeks
from england_attendance.registers.attendance import Attendance
from england_attendance.registers.outcomes import counted, to_decide

UNAUTHORISED = ("G", "N", "O", "U")
THRESHOLD = 10  # sessions
WEEKS = 10  # school weeks


@check("register.penalty-threshold")
def threshold_met(register: Register, attendance: Attendance) -> Outcome:
    """Lists pupils with ten sessions of unauthorised absence in ten successive school weeks."""
    missed = attendance.coded(*UNAUTHORISED) & attendance.compulsory
    places = np.flatnonzero(np.count_nonzero(missed, axis=1) >= THRESHOLD)
    rows: tuple[Row, ...] = ()
    if len(places):
        sums, weeks = most_in_weeks(register.calendar, missed[places], WEEKS)
        rows = tuple(
            _row(register, int(places[line]), int(sums[line]), int(weeks[line]))
            for line in np.flatnonzero(sums >= THRESHOLD)
        )
    return to_decide(
        rows,
        f"{counted(len(rows), 'pupil has', 'pupils have')} met the national threshold of {THRESHOLD} sessions of "
        f"unauthorised absence within {WEEKS} school weeks: consider each case on its own facts.",
        f"No pupil has {THRESHOLD} sessions of unauthorised absence within {WEEKS} school weeks.",
    )


def _row(register: Register, place: int, missed: int, week: int) -> Row:
    calendar, pupil_id = register.calendar, register.roll.ids[place]
    days = calendar.halves[(calendar.week_of >= week) & (calendar.week_of < week + WEEKS)] // 2
    detail = f"{missed} sessions from {day_of(days[0])} to {day_of(days[-1])}; {_notices_so_far(register, pupil_id)}"
    return Row(pupil_id, detail=detail)


def _notices_so_far(register: Register, pupil_id: str) -> str:
    if "notices" not in register.tables:
        return "the register has no table of notices"
    notices = [
        f"{notice.kind} of {notice.issued_on or 'an unknown day'}" + (", withdrawn" if notice.withdrawn else "")
        for notice in register.tables["notices"].records(Notice)
        if notice.pupil_id == pupil_id and (notice.issued_on is None or notice.issued_on <= register.as_at)
    ]
    return "notices so far: " + "; ".join(notices) if notices else "no notice so far"
