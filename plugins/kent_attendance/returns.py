"""Kent's terms for returns: what was met in one term is returned by the tenth school day of the next."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from checker.facts import check
from checker.findings import Outcome, Row
from checker.registers.calendar import day_number, day_of
from checker.registers.model import Register
from checker.registers.records import Return
from england_attendance.registers.absence_runs import ATTENDANCE_RETURN, runs_coded
from england_attendance.registers.attendance import Attendance
from england_attendance.registers.outcomes import at_fault, cannot_judge, counted, missing

ABSENT_DAYS = 10  # whole school days
ILL_SESSIONS = 30  # fifteen days
DAYS_OF_THE_NEW_TERM = 10
ILL = "I"


@check("register.kent.termly-returns")
def returned_in_the_next_term(register: Register, attendance: Attendance) -> Outcome:
    """Returns for a term are made by the tenth school day of the next one."""
    lacking = missing(register, "returns", ("kind", "pupil_id", "made_on"))
    if lacking:
        return cannot_judge(lacking)
    rows = tuple(Row(pupil, detail=detail) for pupil, detail in _late(register, attendance))
    return at_fault(
        rows,
        f"{counted(len(rows), 'return was', 'returns were')} not made by the tenth school day of the next term.",
        "The returns of each term that has a successor here were made by its tenth school day.",
    )


def _late(register: Register, attendance: Attendance) -> Iterator[tuple[str, str]]:
    made = _made(register)
    for pupil, since, met in _absent(register, attendance):
        due = _due(register, met)
        if due is not None and not any(since <= day <= due for day in made["attendance", pupil]):
            yield pupil, f"ten school days of absence on {met}; the attendance return was due by {due}"
    begins = dt.date(register.school_year, 9, 1)
    for pupil, met in _ill(register, attendance):
        due = _due(register, met)
        if due is not None and not any(begins <= day <= due for day in made["sickness", pupil]):
            yield pupil, f"fifteen days of illness on {met}; the sickness return was due by {due}"


def _absent(register: Register, attendance: Attendance) -> Iterator[tuple[str, dt.date, dt.date]]:
    """Yields pupils with the first day of a continuous absence and its tenth school day."""
    days = register.calendar.days
    for run in runs_coded(attendance, ATTENDANCE_RETURN, ABSENT_DAYS, only_compulsory=True):
        first = int(np.searchsorted(days, day_number(run.first_day)))
        tenth = day_of(int(days[min(first + ABSENT_DAYS, len(days)) - 1]))
        yield run.pupil_id, run.first_day, min(tenth, run.last_day)


def _ill(register: Register, attendance: Attendance) -> Iterator[tuple[str, dt.date]]:
    """Yields pupils with the day of their thirtieth session of illness in the school year."""
    places = np.flatnonzero(attendance.how_many(ILL) >= ILL_SESSIONS)
    ill = attendance.coded_for(places, ILL) & attendance.compulsory[places]
    sums = np.cumsum(ill, axis=1)
    for line in np.flatnonzero(sums[:, -1] >= ILL_SESSIONS if len(places) else []).tolist():
        column = int(np.searchsorted(sums[line], ILL_SESSIONS))
        yield register.roll.ids[int(places[line])], day_of(int(register.calendar.halves[column]) // 2)


def _due(register: Register, met: dt.date) -> dt.date | None:
    """Returns the tenth school day of the term after that of a day; ``None`` where the register does not reach it."""
    following = [term for term in register.calendar.terms if term.start > met]
    if not following:
        return None
    days = register.calendar.days
    start = int(np.searchsorted(days, day_number(following[0].start)))
    if start + DAYS_OF_THE_NEW_TERM > len(days):
        return None
    return day_of(int(days[start + DAYS_OF_THE_NEW_TERM - 1]))


def _made(register: Register) -> Mapping[tuple[str, str], Sequence[dt.date]]:
    made: defaultdict[tuple[str, str], list[dt.date]] = defaultdict(list)
    for entry in register.tables["returns"].records(Return):
        if entry.made_on is not None and entry.made_on <= register.as_at:
            made[entry.kind or "", entry.pupil_id or ""].append(entry.made_on)
    return made
