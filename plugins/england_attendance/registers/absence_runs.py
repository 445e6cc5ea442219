"""Continuous absence: runs of sessions with certain codes, for returns, grounds of deletion and enquiries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from checker.facts import check
from checker.findings import Outcome, Row
from checker.registers.model import Register
from checker.registers.runs import fewest_sessions, runs_of
from england_attendance.registers.attendance import SKIPPED, Attendance
from england_attendance.registers.outcomes import counted, to_decide

ATTENDANCE_RETURN = ("G", "N", "O", "U")
CONTINUOUS = ("G", "N", "O")
CONTINUOUS_DAYS = 20  # whole school days


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a pupil's sessions.

    Attributes:
        pupil_id: The pupil.
        first_day: The day of its first session.
        last_day: The day of its last session.
        sessions: How many sessions it has.
        whole_days: How many days all of whose sessions held are in it.
        final: Whether it reaches to the pupil's last session on roll.
    """

    pupil_id: str
    first_day: dt.date
    last_day: dt.date
    sessions: int
    whole_days: int
    final: bool

    def __str__(self) -> str:
        return (
            f"{self.whole_days} whole school days ({self.sessions} sessions) from {self.first_day} to {self.last_day}"
        )


def runs_coded(
    attendance: Attendance,
    codes: tuple[str, ...],
    days: int,
    *,
    only_compulsory: bool = False,
) -> Sequence[Run]:
    """Returns the runs of some codes that hold at least so many whole school days, pupil by pupil.

    Args:
        attendance: The register with its codes.
        codes: The codes that belong to a run.
        days: The fewest whole school days.
        only_compulsory: Whether only sessions while of compulsory school age belong to a run.
    """
    key = (codes, days, only_compulsory)
    if key not in attendance.known_runs:
        attendance.known_runs[key] = tuple(_runs_coded(attendance, *key))
    runs: Sequence[Run] = attendance.known_runs[key]
    return runs


def _runs_coded(attendance: Attendance, codes: tuple[str, ...], days: int, only_compulsory: bool) -> Iterator[Run]:
    register = attendance.register
    pupils = np.flatnonzero(attendance.how_many(*codes) >= fewest_sessions(register.calendar, days))
    named = attendance.coded_for(pupils, *codes)
    if only_compulsory:
        named &= attendance.compulsory[pupils]
    skipped = attendance.coded_for(pupils, SKIPPED)
    runs = runs_of(register.calendar, register.on_roll[pupils], named, skipped)
    runs = runs.where(runs.whole_days >= days)
    dates = register.calendar.dates
    for place in range(len(runs)):
        yield Run(
            register.roll.ids[pupils[runs.pupils[place]]],
            dates[runs.firsts[place]],
            dates[runs.lasts[place]],
            int(runs.sessions[place]),
            int(runs.whole_days[place]),
            bool(runs.final[place]),
        )


@check("register.continuous-absence")
def twenty_days_of_absence(register: Register, attendance: Attendance) -> Outcome:
    """Lists pupils with twenty whole school days of continuous absence for which no reason was accepted."""
    longest: dict[str, Run] = {}
    for run in runs_coded(attendance, CONTINUOUS, CONTINUOUS_DAYS):
        known = longest.get(run.pupil_id)
        if known is None or run.whole_days > known.whole_days:
            longest[run.pupil_id] = run
    rows = tuple(Row(run.pupil_id, detail=str(run)) for run in longest.values())
    return to_decide(
        rows,
        f"{counted(len(rows), 'pupil has', 'pupils have')} been absent for {CONTINUOUS_DAYS} whole school days or more "
        "without a reason that was accepted: make joint enquiries with the local authority.",
        f"No pupil has been absent for {CONTINUOUS_DAYS} whole school days without a reason that was accepted.",
    )
