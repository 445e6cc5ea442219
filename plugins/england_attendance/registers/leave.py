"""Leave of absence: every mark of leave rests on leave that was agreed, and part-time timetables end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np

from checker.facts import check
from checker.findings import Outcome
from checker.registers.calendar import Array, day_number
from checker.registers.grid import MarkList, among
from checker.registers.model import Register
from checker.registers.records import Leave
from england_attendance.registers.outcomes import at_fault, cannot_judge, counted, missing, sessions_of

MUST_BE_AGREED = ("C", "C1", "C2", "J1", "S")
APPOINTMENT = "M"
PART_TIME = "C2"
UNTIL, NO_END = "past the end date of the part-time timetable", "no part-time timetable with an end date and a review"


@check("register.leave-recorded")
def leave_was_agreed(register: Register) -> Outcome:
    """A mark of leave has leave agreed for that pupil and day."""
    lacking = missing(register, "leave", ("pupil_id", "from_date", "to_date", "agreed_by"))
    if lacking:
        return cannot_judge(lacking)
    marks = _up_to_as_at(register, (*MUST_BE_AGREED, APPOINTMENT))
    marks = marks.where(~_covered(register, marks, lambda leave: leave.agreed_by is not None))
    appointments = among(marks.codes, register.marks.numbers([APPOINTMENT]))
    unrecorded = int(np.count_nonzero(appointments))
    rows = register.rows(marks.where(~appointments), "no leave was agreed for this day")
    return at_fault(
        rows,
        f"Marked as leave, but none was agreed for the day: {sessions_of(rows)}.",
        "Every mark of leave rests on leave that was agreed.",
    ).noting(
        f"{counted(unrecorded, 'mark')} of {APPOINTMENT} without leave in the table" if unrecorded else None
    )  # fmt: skip


@check("register.part-time-timetables")
def part_time_timetables_end(register: Register) -> Outcome:
    """Code C2 stands only under a part-time timetable that has a review and an end date, and not past it."""
    lacking = missing(register, "leave", ("pupil_id", "from_date", "to_date", "code", "review_on", "end_on"))
    if lacking:
        return cannot_judge(lacking)
    marks = _up_to_as_at(register, (PART_TIME,))
    arranged = _covered(register, marks, lambda leave: _part_time(leave) and leave.end_on is not None)
    running = _covered(
        register,
        marks,
        lambda leave: _part_time(leave) and leave.end_on is not None and leave.review_on is not None,
        until_end=True,
    )
    rows = register.rows(
        marks.where(~running), NO_END, UNTIL, reasons=np.where(arranged, 2, 1)[~running], by_session=False
    )
    return at_fault(
        rows,
        f"{PART_TIME} without a part-time timetable that has an end date and a review, or past its end: "
        f"{sessions_of(rows, 'day')}.",
        "Every part-time timetable has an end date and a review.",
    )


def _part_time(leave: Leave) -> bool:
    return leave.code in (None, PART_TIME)


def _up_to_as_at(register: Register, codes: tuple[str, ...]) -> MarkList:
    """Returns every mark with one of the codes, up to the day that is judged, pupil by pupil."""
    marks = register.marks.written(register.marks.numbers(codes))
    marks = marks.where(marks.halves // 2 <= day_number(register.as_at))
    return marks.where(np.argsort(marks.pupils, kind="stable"))


def _covered(register: Register, marks: MarkList, counts: Callable[[Leave], bool], *, until_end: bool = False) -> Array:
    """Returns for each mark, pupil by pupil, whether a leave that counts covers its day.

    A leave without a first day covers none; one without a last day runs on.
    """
    places, covered = register.places, np.zeros(len(marks), dtype=bool)
    spans = []
    for leave in register.tables["leave"].records(Leave):
        if leave.pupil_id in places and leave.from_date is not None and counts(leave):
            last = min(leave.to_date or dt.date.max, (until_end and leave.end_on) or dt.date.max)
            spans.append((places[leave.pupil_id or ""], day_number(leave.from_date), day_number(last)))
    own, firsts, lasts = np.array(spans, dtype=np.int64).reshape(-1, 3).T
    starts, ends = np.searchsorted(marks.pupils, own), np.searchsorted(marks.pupils, own, side="right")
    which = np.repeat(np.arange(len(own)), ends - starts)  # each leave beside each mark of its pupil
    beside = np.arange(len(which)) - np.repeat(np.cumsum(ends - starts) - ends, ends - starts)
    days = marks.halves[beside] // 2
    covered[beside[(firsts[which] <= days) & (days <= lasts[which])]] = True
    return covered
