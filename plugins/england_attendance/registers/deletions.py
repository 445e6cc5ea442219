"""Deletion of names from the admission register: Regulations 2024, regulation 9."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checker.facts import check
from checker.findings import Outcome, Row
from checker.registers.calendar import day_number, day_of
from checker.registers.model import Register
from checker.registers.records import Deletion
from england_attendance.registers.absence_runs import CONTINUOUS, CONTINUOUS_DAYS, runs_coded
from england_attendance.registers.attendance import Attendance
from england_attendance.registers.outcomes import at_fault, cannot_judge, counted, missing

COMPULSORY = tuple(f"1({letter})" for letter in "abcdefghijklmno")
OTHERS = tuple(f"3({letter})" for letter in "abcde")
ABSENT = ("1(i)", "3(c)")
AFTER_LEAVE, AFTER_LEAVE_DAYS = "1(h)", 10
EDUCATED_OTHERWISE = "1(f)"
TOO_OLD = "1(l)"
AUGUST = 8
ENQUIRED = ("1(h)", "1(i)")

# The dates that a ground rests on: each must be recorded, and no later than the deletion.
NEEDED_DATES: Mapping[str, tuple[str, ...]] = {
    "1(f)": ("parent_notified_on",),
    "1(h)": ("leave_ended_on", "enquiries_completed_on"),
    "1(i)": ("enquiries_completed_on",),
}
# Dates that a ground may rest on: where recorded, no later than the deletion.
FURTHER_DATES: Mapping[str, tuple[str, ...]] = {"1(h)": ("authority_agreed_on",), "1(i)": ("authority_agreed_on",)}


@dataclass(frozen=True)
class Deletions:
    """What the grounds are judged by.

    Attributes:
        attendance: The register with its codes and compulsory school age.
        absent: The pupils whose last run of absence without an accepted reason is long enough.
    """

    attendance: Attendance
    absent: frozenset[str]

    @property
    def register(self) -> Register:
        """The register."""
        return self.attendance.register


@check("register.deletion-grounds")
def on_a_ground_of_regulation_9(register: Register, attendance: Attendance) -> Outcome:
    """Each deletion has a ground of the right list, and its conditions hold."""
    lacking = missing(register, "deletions", ("pupil_id", "deleted_on", "ground"))
    if lacking:
        return cannot_judge(lacking)
    table = register.tables["deletions"]
    runs = runs_coded(attendance, CONTINUOUS, CONTINUOUS_DAYS)
    known = Deletions(attendance, frozenset(run.pupil_id for run in runs if run.final))
    rows: dict[str, Row] = {}
    unjudged: dict[str, None] = {}
    for deletion in table.records(Deletion):
        if deletion.deleted_on is not None and deletion.deleted_on > register.as_at:
            continue
        wrong = list(_what_is_wrong(known, deletion))
        pupil_id = deletion.pupil_id or ""
        if wrong:
            said = [*([rows[pupil_id].detail] if pupil_id in rows else []), *wrong]
            rows[pupil_id] = Row(pupil_id, detail="; ".join(part for part in said if part))
        ground = deletion.ground or ""
        for column in table.lacks((*NEEDED_DATES.get(ground, ()), *FURTHER_DATES.get(ground, ()))):
            unjudged[f"the table lacks the column {column!r}, so that condition of ground {ground} was not judged"] = (
                None
            )
    return at_fault(
        tuple(rows.values()),
        f"{counted(len(rows), 'deletion is', 'deletions are')} not shown to be on a ground of regulation 9.",
        "Each deletion is on a ground of regulation 9 whose recorded conditions hold.",
    ).noting(*unjudged, *_unknown(register, attendance))


def _what_is_wrong(known: Deletions, deletion: Deletion) -> Iterator[str]:
    ground, day = deletion.ground, deletion.deleted_on
    if day is None:
        yield "the day of deletion is not recorded"
    if ground is None:
        yield "no ground is recorded"
    elif ground not in (*COMPULSORY, *OTHERS):
        yield f"{ground!r} is no ground of regulation 9"
    elif day is not None:
        yield from _wrong_list(known, deletion, ground, day)
        yield from _dates(known.register, deletion, ground, day)
        yield from _conditions(known, deletion, ground, day)


def _wrong_list(known: Deletions, deletion: Deletion, ground: str, day: dt.date) -> Iterator[str]:
    place = known.register.roll.places.get(deletion.pupil_id or "")
    if place is None or known.attendance.age.unknown[place]:
        return
    compulsory = _of_age(known, place, day)
    if compulsory != (ground in COMPULSORY):
        what = "of compulsory school age, so a ground of 9(1)" if compulsory else "not of it, so a ground of 9(3)"
        yield f"ground {ground}, but the pupil was {what} was needed"


def _dates(register: Register, deletion: Deletion, ground: str, day: dt.date) -> Iterator[str]:
    table = register.tables["deletions"]
    for column in (*NEEDED_DATES.get(ground, ()), *FURTHER_DATES.get(ground, ())):
        if column not in table.columns:
            continue
        when: dt.date | None = getattr(deletion, column)
        if when is None and column in NEEDED_DATES[ground]:
            yield f"ground {ground}, but {column} is not recorded"
        elif when is not None and when > day:
            yield f"deleted on {day}, before {column} ({when})"


def _conditions(known: Deletions, deletion: Deletion, ground: str, day: dt.date) -> Iterator[str]:
    register, place = known.register, known.register.roll.places.get(deletion.pupil_id or "")
    if ground in ABSENT and place is not None and deletion.pupil_id not in known.absent:
        yield (
            f"ground {ground}, but the marks do not show {CONTINUOUS_DAYS} whole school days of G, N or O up to the "
            "last session on roll"
        )
    ended = deletion.leave_ended_on
    if ground == AFTER_LEAVE and ended is not None and ended <= day:
        days = register.calendar.school_days_between(ended, day)
        if days < AFTER_LEAVE_DAYS:
            yield f"ground {ground}, but only {counted(days, 'school day')} lay between the leave and the deletion"
    if ground == TOO_OLD and place is not None and not known.attendance.age.unknown[place]:
        yield from _still_of_age(known, place, day)


def _still_of_age(known: Deletions, place: int, day: dt.date) -> Iterator[str]:
    """Ground 1(l): the pupil is over compulsory school age before the school next meets."""
    following = known.register.calendar.school_day_after(day)
    if following is not None:
        if _of_age(known, place, following):
            yield f"ground {TOO_OLD}, but the pupil was still of compulsory school age on {following}"
        return
    year_ends = dt.date(day.year if day.month <= AUGUST else day.year + 1, AUGUST, 31)
    if known.attendance.age.last[place] > day_number(year_ends):
        last = day_of(known.attendance.age.last[place])
        yield f"ground {TOO_OLD}, but the pupil is of compulsory school age until {last}"


def _of_age(known: Deletions, place: int, day: dt.date) -> bool:
    return bool(known.attendance.age.first[place] <= day_number(day) <= known.attendance.age.last[place])


def _unknown(register: Register, attendance: Attendance) -> Iterator[str]:
    """Says of which pupils age and marks could not be looked at."""
    strangers = ageless = 0
    for deletion in register.tables["deletions"].records(Deletion):
        place = register.roll.places.get(deletion.pupil_id or "")
        strangers += place is None
        ageless += place is not None and bool(attendance.age.unknown[place])
    if strangers:
        named = counted(strangers, "deletion names", "deletions name")
        yield f"{named} a pupil whom 'pupils' does not hold, so age and marks were not judged"
    if ageless:
        are = counted(ageless, "deletion is", "deletions are")
        yield f"{are} of a pupil with no date of birth, so the list for the age was not judged"
