"""Kent's conditions for a penalty notice: codes G, O and U, no C2, and a notice to improve of 20 school days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from checker.facts import check
from checker.findings import Outcome, Row
from checker.registers.calendar import Array, day_number
from checker.registers.grid import among
from checker.registers.model import Register
from checker.registers.records import Notice
from checker.registers.runs import most_in_weeks
from england_attendance.registers.attendance import Attendance
from england_attendance.registers.outcomes import at_fault, cannot_judge, counted, missing, to_decide

LEAVE, UNAUTHORISED = ("G",), ("O", "U")
PART_TIME = ("C2",)
THRESHOLD = 10  # sessions
WEEKS = 10  # school weeks
IMPROVEMENT = 20  # school days
PENALTY, NOTICE_TO_IMPROVE = "penalty", "notice-to-improve"
FRAMEWORK_BEGINS = dt.date(2024, 8, 19)


@check("register.kent.penalty-conditions")
def conditions_met(register: Register, attendance: Attendance) -> Outcome:
    """Lists pupils with ten sessions coded G, O or U in ten school weeks and no C2 in them."""
    places = np.flatnonzero(attendance.how_many(*LEAVE, *UNAUTHORISED) >= THRESHOLD)
    rows: tuple[Row, ...] = ()
    if len(places):
        missed = _counting(attendance, places, *LEAVE, *UNAUTHORISED)
        sums, weeks = most_in_weeks(register.calendar, missed, WEEKS)
        met = sums >= THRESHOLD
        rows = tuple(_rows(attendance, places[met], missed[met], weeks[met]))
    return to_decide(
        rows,
        f"{counted(len(rows), 'pupil meets', 'pupils meet')} Kent's conditions of absence for a penalty notice: look at "
        "each case, and at the support that was given.",
        f"No pupil has {THRESHOLD} sessions coded G, O or U within {WEEKS} school weeks without C2.",
    )


@check("register.kent.penalty-notices")
def notices_meet_the_conditions(register: Register, attendance: Attendance) -> Outcome:
    """Each penalty notice meets the conditions that the register can show."""
    lacking = missing(register, "notices", ("pupil_id", "kind", "issued_on", "ended_on"))
    if lacking:
        return cannot_judge(lacking)
    notices = _notices(register)
    faults: defaultdict[str, list[str]] = defaultdict(list)
    for pupil, found in notices.items():
        for notice in found:
            faults[pupil] += _faults(register, attendance, notice, found)
    rows = tuple(Row(pupil, detail="; ".join(said)) for pupil, said in faults.items() if said)
    return at_fault(
        rows,
        f"Notices for {counted(len(rows), 'pupil')} do not meet Kent's conditions.",
        "The notices meet Kent's conditions, as far as the register can show.",
    )


def _faults(register: Register, attendance: Attendance, notice: Notice, others: Sequence[Notice]) -> Iterator[str]:
    issued = notice.issued_on or dt.date.min
    if notice.kind == NOTICE_TO_IMPROVE and notice.ended_on is not None:
        days = _school_days(register, issued, notice.ended_on)
        if days is not None and days not in {IMPROVEMENT, IMPROVEMENT + 1}:  # from that day, or from the next
            yield f"notice to improve of {issued} ran for {days} school days, not {IMPROVEMENT}"
    place = register.roll.places.get(notice.pupil_id or "")
    if notice.kind != PENALTY or issued < FRAMEWORK_BEGINS or place is None:
        return
    window = _weeks_before(register, issued)
    codes, of_age = attendance.counted[place, window], attendance.compulsory[place, window]
    leave = int(np.count_nonzero(among(codes, register.marks.numbers(LEAVE)) & of_age))
    unauthorised = int(np.count_nonzero(among(codes, register.marks.numbers(UNAUTHORISED)) & of_age))
    if leave + unauthorised < THRESHOLD and _holds_ten_weeks(register, issued):
        yield f"notice of {issued}: {leave + unauthorised} sessions coded G, O or U in the ten school weeks up to it"
    if among(codes, register.marks.numbers(PART_TIME)).any():
        yield f"notice of {issued}: C2 is recorded in the ten school weeks up to it"
    if leave < THRESHOLD:
        yield from _without_improvement(register, attendance, place, issued, others)


def _without_improvement(
    register: Register, attendance: Attendance, place: int, issued: dt.date, others: Sequence[Notice]
) -> Iterator[str]:
    ended = [
        other
        for other in others
        if other.kind == NOTICE_TO_IMPROVE and other.issued_on and other.ended_on and other.ended_on <= issued
    ]
    if not ended:
        yield f"notice of {issued}: no notice to improve ended before it"
        return
    last = max(ended, key=lambda other: other.ended_on or dt.date.min)
    days = register.calendar.halves // 2
    start, end = day_number(last.issued_on or issued), day_number(last.ended_on or issued)
    if not len(days) or start < days[0]:
        return  # the register does not hold these days
    while_it_ran = (days >= start) & (days <= end)
    if not np.any(_counting(attendance, np.array([place]), *UNAUTHORISED)[0, while_it_ran]):
        yield f"notice of {issued}: no session coded O or U while the notice to improve of {last.issued_on} ran"


def _rows(attendance: Attendance, places: Array, missed: Array, weeks: Array) -> Iterator[Row]:
    """Yields the rows of pupils who missed enough in ten school weeks from a first one, unless C2 is among them."""
    register = attendance.register
    starts, ends = register.calendar.weeks(weeks, WEEKS)
    columns = np.arange(missed.shape[1])
    inside = (columns >= starts[:, None]) & (columns < ends[:, None])
    leave = np.count_nonzero(attendance.coded_for(places, *LEAVE) & missed & inside, axis=1)
    others = np.count_nonzero(missed & inside, axis=1) - leave
    whole = ~(attendance.coded_for(places, *PART_TIME) & inside).any(axis=1)
    days, notices = register.calendar.iso_dates, _notices(register)
    parts = (part[whole].tolist() for part in (places, leave, others, starts, ends - 1))
    for place, on_leave, otherwise, first, last in zip(*parts, strict=True):
        pupil_id = register.roll.ids[place]
        improving = [notice for notice in notices.get(pupil_id, ()) if notice.kind == NOTICE_TO_IMPROVE]
        recorded = f"notice to improve of {improving[-1].issued_on}" if improving else "no notice to improve recorded"
        needs = "leave alone, which needs no notice to improve" if on_leave >= THRESHOLD else recorded
        said = f"{on_leave} G, {otherwise} O and U in the school weeks from {days[first]} to {days[last]}; {needs}"
        yield Row(pupil_id, detail=said)


def _counting(attendance: Attendance, pupils: Array, *codes: str) -> Array:
    counting: Array = attendance.coded_for(pupils, *codes) & attendance.compulsory[pupils]
    return counting


def _notices(register: Register) -> Mapping[str, Sequence[Notice]]:
    """Returns the notices that count, by pupil, in the order of their issue."""
    found: defaultdict[str, list[Notice]] = defaultdict(list)
    if "notices" in register.tables:
        for notice in register.tables["notices"].records(Notice):
            if notice.issued_on is not None and notice.issued_on <= register.as_at and notice.withdrawn is not True:
                found[notice.pupil_id or ""].append(notice)
    for notices in found.values():
        notices.sort(key=lambda notice: notice.issued_on or dt.date.min)
    return found


def _weeks_before(register: Register, day: dt.date) -> slice:
    """Returns the sessions of the ten school weeks up to and with a day."""
    calendar = register.calendar
    until = int(np.searchsorted(calendar.halves // 2, day_number(day), side="right"))
    if not until:
        return slice(0, 0)
    start = int(np.searchsorted(calendar.week_of, int(calendar.week_of[until - 1]) + 1 - WEEKS))
    return slice(start, until)


def _holds_ten_weeks(register: Register, day: dt.date) -> bool:
    """Whether the register holds ten school weeks up to and with a day."""
    until = int(np.searchsorted(register.calendar.halves // 2, day_number(day), side="right"))
    return until > 0 and int(register.calendar.week_of[until - 1]) + 1 >= WEEKS


def _school_days(register: Register, first: dt.date, last: dt.date) -> int | None:
    """Returns how many school days lie between two days, both included; ``None`` where the register does not hold them."""
    days = register.calendar.days
    if not len(days) or day_number(first) < days[0] or day_number(last) > days[-1]:
        return None
    return int(np.count_nonzero((days >= day_number(first)) & (days <= day_number(last))))
