"""The four returns to the local authority: Regulations 2024, regulation 13."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from checker.facts import check
from checker.findings import Outcome, Row
from checker.registers.calendar import Array
from checker.registers.model import Register
from checker.registers.records import Deletion, Return
from england_attendance.registers.absence_runs import ATTENDANCE_RETURN, runs_coded
from england_attendance.registers.attendance import Attendance
from england_attendance.registers.outcomes import at_fault, cannot_judge, counted, missing

NEW_PUPIL_DAYS = 5  # calendar days after the day of entry
ATTENDANCE_DAYS = 10  # whole school days
SICKNESS_SESSIONS = 30  # fifteen days
ILL = "I"
NO_DAY = dt.date.max
NEEDED = ("kind", "pupil_id", "made_on")


@check("register.new-pupil-returns")
def a_return_for_each_new_pupil(register: Register) -> Outcome:
    """A pupil entered this school year is in a return by the fifth day after."""
    lacking = missing(register, "returns", NEEDED)
    if lacking:
        return cannot_judge(lacking)
    made = _made(register, "new-pupil")
    entered = _days_of_entry(register)
    starters = _starters(register)
    rows = []
    for place in np.flatnonzero(entered >= np.datetime64(register.calendar.first_day or NO_DAY)).tolist():
        pupil_id, day = register.roll.ids[place], entered[place].item()
        due = day + dt.timedelta(days=NEW_PUPIL_DAYS)
        if register.as_at > due and not starters[place] and not any(made_on <= due for made_on in made[pupil_id]):
            late = min(made[pupil_id], default=None)
            rows.append(Row(pupil_id, detail=f"entered on {day}; a return was due by {due}{_but(late)}"))
    undated = int(np.isnat(entered).sum())
    return at_fault(
        tuple(rows),
        f"{counted(len(rows), 'new pupil has', 'new pupils have')} no return made by the fifth day after entry.",
        "There is a return for each new pupil who needs one.",
    ).noting(
        f"{counted(undated, 'pupil has', 'pupils have')} no day of entry, so no return could be looked for"
        if undated else None,
        None if register.settings.junior_year is not None
        else "register.yaml gives no junior_year, so nobody was taken to be in the most junior class",
    )  # fmt: skip


@check("register.deletion-returns")
def a_return_for_each_deletion(register: Register) -> Outcome:
    """A deletion is in a return by the day of deletion."""
    lacking = missing(register, "deletions", ("pupil_id", "deleted_on")) or missing(register, "returns", NEEDED)
    if lacking:
        return cannot_judge(lacking)
    made = _made(register, "deletion")
    rows: dict[str, Row] = {}
    for deletion in register.tables["deletions"].records(Deletion):
        pupil_id, day = deletion.pupil_id or "", deletion.deleted_on
        if day is None or day > register.as_at or _finishes_school(register, pupil_id, day):
            continue
        if not any(when <= day for when in made[pupil_id]):
            late = min(made[pupil_id], default=None)
            rows.setdefault(pupil_id, Row(pupil_id, detail=f"deleted on {day}; a return was due by then{_but(late)}"))
    return at_fault(
        tuple(rows.values()),
        f"{counted(len(rows), 'deletion has', 'deletions have')} no return made by the day of deletion.",
        "There is a return for each deletion that needs one.",
    ).noting(
        None if register.settings.senior_year is not None
        else "register.yaml gives no senior_year, so nobody was taken to leave from the most senior class"
    )  # fmt: skip


@check("register.attendance-returns")
def a_return_for_ten_days_of_absence(register: Register, attendance: Attendance) -> Outcome:
    """A run of unauthorised absence with ten whole school days has an attendance return."""
    lacking = missing(register, "returns", NEEDED)
    if lacking:
        return cannot_judge(lacking)
    made = _made(register, "attendance")
    runs = runs_coded(attendance, ATTENDANCE_RETURN, ATTENDANCE_DAYS, only_compulsory=True)
    rows: dict[str, Row] = {}
    for run in runs:
        if not any(day >= run.first_day for day in made[run.pupil_id]):
            detail = f"{run}; no attendance return since {run.first_day}"
            rows.setdefault(run.pupil_id, Row(run.pupil_id, detail=detail))
    return at_fault(
        tuple(rows.values()),
        f"{counted(len(rows), 'pupil meets', 'pupils meet')} the ten-day rule with no attendance return made since the "
        "absence began.",
        "There is an attendance return for each continuous unauthorised absence of ten school days.",
    )


@check("register.sickness-returns")
def a_return_for_fifteen_days_of_illness(register: Register, attendance: Attendance) -> Outcome:
    """Fifteen days of illness in the school year, in a row or not, are in a sickness return."""
    lacking = missing(register, "returns", NEEDED)
    if lacking:
        return cannot_judge(lacking)
    made = _made(register, "sickness")
    begins = _year_begins(register)
    places = np.flatnonzero(attendance.how_many(ILL) >= SICKNESS_SESSIONS)
    ill = np.count_nonzero(attendance.coded_for(places, ILL) & attendance.compulsory[places], axis=1)
    rows = tuple(
        Row(register.roll.ids[place], detail=f"{sessions} sessions of illness; no sickness return this year")
        for place, sessions in zip(places, ill.tolist(), strict=True)
        if sessions >= SICKNESS_SESSIONS and not any(day >= begins for day in made[register.roll.ids[place]])
    )
    return at_fault(
        rows,
        f"{counted(len(rows), 'pupil meets', 'pupils meet')} the fifteen-day rule with no sickness return this school "
        "year.",
        "There is a sickness return for each pupil with fifteen days of illness.",
    )


def _made(register: Register, kind: str) -> Mapping[str, Sequence[dt.date]]:
    """Returns the days on which returns of a kind were made, by pupil; later ones than the day of judgement not."""
    made: defaultdict[str, list[dt.date]] = defaultdict(list)
    for entry in register.tables["returns"].records(Return):
        if entry.kind == kind and entry.made_on is not None and entry.made_on <= register.as_at:
            made[entry.pupil_id or ""].append(entry.made_on)
    return made


def _days_of_entry(register: Register) -> Array:
    """Returns for each pupil the day of entry, else the starting day; NaT where neither is recorded."""
    table = register.roll.table
    starts = table.frame["starting_day"].to_numpy().astype("datetime64[D]")
    if "entered_on" not in table.columns:
        return starts
    entered = table.frame["entered_on"].to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(entered), starts, entered)


def _starters(register: Register) -> Array:
    """Returns who joins the most junior class on the first school day of the year, which needs no return."""
    junior, days = register.settings.junior_year, register.calendar.days
    if junior is None or not len(days):
        return np.zeros(len(register.roll), dtype=bool)
    starters: Array = (register.roll.year_groups == junior) & (register.roll.starts == days[0])
    return starters


def _finishes_school(register: Register, pupil_id: str, day: dt.date) -> bool:
    """Whether a pupil leaves the most senior class at or after the last term's end, which needs no return."""
    place, senior, end = register.roll.places.get(pupil_id), register.settings.senior_year, register.calendar.last_day
    if place is None or senior is None or end is None:
        return False
    return bool(register.roll.year_groups[place] == senior) and day >= end


def _year_begins(register: Register) -> dt.date:
    """Returns the first day of the school year: 1 September, or of the first term where that is earlier."""
    september = dt.date(register.school_year, 9, 1)
    return min(september, register.calendar.first_day or september)


def _but(late: dt.date | None) -> str:
    return "" if late is None else f" but was made on {late}"
