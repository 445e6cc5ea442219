"""The National Framework for Penalty Notices: the threshold, and the notices that were issued."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from checker.facts import check
from checker.findings import Outcome, Row
from checker.levels import Level
from checker.registers.calendar import Array, day_number
from checker.registers.grid import among
from checker.registers.model import Register
from checker.registers.records import Notice
from checker.registers.runs import most_in_weeks
from england_attendance.registers.attendance import Attendance
from england_attendance.registers.outcomes import at_fault, cannot_judge, counted, missing, to_decide

UNAUTHORISED = ("G", "N", "O", "U")
THRESHOLD = 10  # sessions
WEEKS = 10  # school weeks
FRAMEWORK_BEGINS = dt.date(2024, 8, 19)
YEARS = 3
PENALTY, NOTICE_TO_IMPROVE = "penalty", "notice-to-improve"
# For the first and the second notice: what may be asked within 21 days (nothing apart for the second), and within 28.
AMOUNTS: tuple[tuple[tuple[int, ...], int], ...] = (((80,), 160), ((160,), 160))
SHORTEST_IMPROVEMENT, LONGEST_IMPROVEMENT = 3 * 7, 6 * 7  # days
NOTICE_COLUMNS = (
    "pupil_id", "parent_id", "kind", "issued_on", "ended_on", "amount_21_days", "amount_28_days", "withdrawn",
)  # fmt: skip


@check("register.penalty-threshold")
def threshold_met(register: Register, attendance: Attendance) -> Outcome:
    """Lists pupils with ten sessions of unauthorised absence in ten successive school weeks."""
    places = np.flatnonzero(attendance.how_many(*UNAUTHORISED) >= THRESHOLD)
    missed = _missed(attendance, places)
    rows: tuple[Row, ...] = ()
    if len(places):
        sums, weeks = most_in_weeks(register.calendar, missed, WEEKS)
        met = sums >= THRESHOLD
        rows = tuple(_rows(attendance, places[met], missed[met], weeks[met]))
    return to_decide(
        rows,
        f"{counted(len(rows), 'pupil has', 'pupils have')} met the national threshold of {THRESHOLD} sessions of "
        f"unauthorised absence within {WEEKS} school weeks: consider each case on its own facts.",
        f"No pupil has {THRESHOLD} sessions of unauthorised absence within {WEEKS} school weeks.",
    )


def _missed(attendance: Attendance, pupils: Array) -> Array:
    """Returns for some pupils which sessions count towards the threshold."""
    return attendance.coded_for(pupils, *UNAUTHORISED) & attendance.compulsory[pupils]


def _rows(attendance: Attendance, places: Array, missed: Array, weeks: Array) -> Iterator[Row]:
    """Yields the rows of pupils who met the threshold: what they missed in ten school weeks from a first one."""
    register, calendar = attendance.register, attendance.register.calendar
    starts, ends = calendar.weeks(weeks, WEEKS)
    columns = np.arange(missed.shape[1])
    lines, columns = np.nonzero(missed & (columns >= starts[:, None]) & (columns < ends[:, None]))
    begins = np.searchsorted(lines, np.arange(len(places) + 1))
    firsts, lasts = columns[begins[:-1]], columns[begins[1:] - 1]
    numbers = sorted(register.marks.numbers(UNAUTHORISED))
    codes = attendance.counted[places[lines], columns]
    by_code = [np.bincount(lines[codes == number], minlength=len(places)) for number in numbers]
    ids, days, notices = register.roll.ids, calendar.iso_dates, _notices_so_far(register)
    parts = (places, np.diff(begins), firsts, lasts, starts, ends - 1, np.array(by_code).T)
    written = [register.marks.alphabet[number] for number in numbers]
    for place, sessions, first, last, opens, closes, found in zip(*(part.tolist() for part in parts), strict=True):
        how_many = [f"{count} {code}" for count, code in zip(found, written, strict=True) if count]
        yield Row(
            ids[place],
            detail=f"{sessions} sessions ({', '.join(how_many)}) from {days[first]} to {days[last]}, in the school "
            f"weeks from {days[opens]} to {days[closes]}; {notices.get(ids[place], 'no notice so far')}",
        )


def _notices_so_far(register: Register) -> Mapping[str, str]:
    """Returns in words which notices each pupil's parents have had."""
    if "notices" not in register.tables:
        return dict.fromkeys(register.roll.ids, "the register has no table of notices")
    said: defaultdict[str, list[str]] = defaultdict(list)
    for notice in register.tables["notices"].records(Notice):
        if notice.issued_on is None or notice.issued_on <= register.as_at:
            when = f"{notice.kind} of {notice.issued_on or 'an unknown day'}"
            said[notice.pupil_id or ""].append(when + (", withdrawn" if notice.withdrawn else ""))
    return {pupil_id: "notices so far: " + "; ".join(notices) for pupil_id, notices in said.items()}


@check("register.penalty-notices")
def notices_keep_to_the_framework(register: Register, attendance: Attendance) -> Outcome:
    """No third notice in three years, the right amounts, and notices to improve of three to six weeks."""
    lacking = missing(register, "notices", NOTICE_COLUMNS)
    if lacking:
        return cannot_judge(lacking)
    notices = [
        notice
        for notice in register.tables["notices"].records(Notice)
        if notice.issued_on is not None and notice.issued_on <= register.as_at and notice.withdrawn is not True
    ]
    counting = [notice for notice in notices if notice.kind == PENALTY and _issued(notice) >= FRAMEWORK_BEGINS]
    unlawful = [*_out_of_place(counting)]
    lengths = [*_wrong_lengths(notices)]
    low = [*_below_threshold(register, attendance, counting)]
    rows = _joined([*unlawful, *lengths, *low])
    undated = sum(notice.issued_on is None for notice in register.tables["notices"].records(Notice))
    if unlawful or lengths:
        outcome = at_fault(
            rows,
            f"Notices for {counted(len(rows), 'pupil')} do not keep to the National Framework, or need a look.",
            "",
            level=Level.LAW if unlawful else Level.GUIDANCE,
        )
    else:
        outcome = to_decide(
            rows,
            f"Notices for {counted(len(rows), 'pupil')} were issued below the national threshold, which the framework "
            "allows in special cases: look at each.",
            "The notices keep to the National Framework.",
        )
    return outcome.noting(
        f"{counted(undated, 'notice has', 'notices have')} no day of issue and could not be judged" if undated else None
    )


def _out_of_place(notices: Iterable[Notice]) -> Iterator[tuple[str, str]]:
    """Yields third notices within three years of the first, and wrong amounts for a first or second one."""
    by_case: defaultdict[tuple[str, str], list[Notice]] = defaultdict(list)
    for notice in notices:
        by_case[notice.pupil_id or "", notice.parent_id or ""].append(notice)
    for (pupil_id, parent_id), case in by_case.items():
        first, place = dt.date.min, 0
        for notice in sorted(case, key=_issued):
            day = _issued(notice)
            place = place + 1 if place and day <= _years_after(first, YEARS) else 1
            first = day if place == 1 else first
            if place > len(AMOUNTS):
                yield pupil_id, f"notice {place} to parent {parent_id} within three years of {first}, issued on {day}"
            elif wrong := _wrong_amounts(notice, *AMOUNTS[place - 1]):
                yield pupil_id, f"notice {place} to parent {parent_id}, issued on {day}: {wrong}"


def _wrong_amounts(notice: Notice, in_21_days: tuple[int, ...], in_28_days: int) -> str | None:
    if notice.amount_21_days is not None and notice.amount_21_days not in in_21_days:
        return f"£{notice.amount_21_days} within 21 days"
    if notice.amount_28_days is not None and notice.amount_28_days != in_28_days:
        return f"£{notice.amount_28_days} within 28 days"
    return None


def _wrong_lengths(notices: Iterable[Notice]) -> Iterator[tuple[str, str]]:
    for notice in notices:
        if notice.kind == NOTICE_TO_IMPROVE and notice.ended_on is not None:
            days = (notice.ended_on - _issued(notice)).days
            if not SHORTEST_IMPROVEMENT <= days <= LONGEST_IMPROVEMENT:
                yield (
                    notice.pupil_id or "",
                    f"notice to improve of {_issued(notice)} ran for {days} days, not 3 to 6 weeks",
                )


def _below_threshold(
    register: Register, attendance: Attendance, notices: Iterable[Notice]
) -> Iterator[tuple[str, str]]:
    """Yields notices issued on fewer sessions than the threshold in the ten school weeks up to the day of issue."""
    calendar, days = register.calendar, register.calendar.halves // 2
    numbers = register.marks.numbers(UNAUTHORISED)
    for notice in notices:
        place = register.roll.places.get(notice.pupil_id or "")
        until = int(np.searchsorted(days, day_number(_issued(notice)), side="right"))
        if place is None or not until:
            continue
        weeks = int(calendar.week_of[until - 1]) + 1
        start = int(np.searchsorted(calendar.week_of, weeks - WEEKS))
        window = slice(start, until)
        missed = among(attendance.counted[place, window], numbers) & attendance.compulsory[place, window]
        sessions = int(np.count_nonzero(missed))
        if sessions < THRESHOLD:
            held = f"; the register holds only {counted(weeks, 'school week')} up to then" if weeks < WEEKS else ""
            yield (
                notice.pupil_id or "",
                f"notice of {_issued(notice)}: {sessions} sessions in the ten school weeks up to it{held}",
            )


def _joined(found: Iterable[tuple[str, str]]) -> tuple[Row, ...]:
    said: defaultdict[str, list[str]] = defaultdict(list)
    for pupil_id, what in found:
        said[pupil_id].append(what)
    return tuple(Row(pupil_id, detail="; ".join(parts)) for pupil_id, parts in said.items())


def _issued(notice: Notice) -> dt.date:
    return notice.issued_on or dt.date.min


def _years_after(day: dt.date, years: int) -> dt.date:
    """Returns the same date some years later; of 29 February the last of the month."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
