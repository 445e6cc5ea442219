"""The school year, and the registers of years before it."""

from __future__ import annotations

import datetime as dt

from checker.facts import check
from checker.findings import Outcome, Row, not_applicable
from checker.registers import FILE
from checker.registers.model import Register
from england_attendance.registers.outcomes import at_fault, counted, to_decide

FEWEST_SESSIONS = 380
LATEST_START = (9, 30)  # a calendar that starts later, or ends before July, is no whole year's
EARLIEST_END = (7, 1)
KEPT_SINCE = 2021  # the first school year all of whose entries the six years cover
KEPT_YEARS = 6


@check("register.school-year")
def enough_sessions(register: Register) -> Outcome:
    """A maintained school's calendar for a whole year has at least 380 sessions."""
    planned, year = register.planned, register.school_year
    first, last = planned.first_day, planned.last_day
    if first is None or last is None or first > dt.date(year, *LATEST_START) or last < dt.date(year + 1, *EARLIEST_END):
        return not_applicable("The calendar does not hold a whole school year, so its sessions are not counted.")
    sessions = len(planned.halves)
    lost = sum(len(closure.sessions) for closure in planned.closures if closure.unplanned)
    rows = (Row(detail=f"{sessions} sessions from {first} to {last}"),) if sessions < FEWEST_SESSIONS else ()
    return at_fault(
        rows,
        f"The calendar holds {sessions} sessions, {FEWEST_SESSIONS - sessions} fewer than {FEWEST_SESSIONS}.",
        f"The calendar holds {sessions} sessions.",
    ).noting(f"{counted(lost, 'session')} in unplanned closures" if lost else None)


@check("register.retention")
def six_years_are_kept(register: Register) -> Outcome:
    """The registers of earlier years are there, as far back as six years."""
    given = register.settings.earlier_years
    if not given:
        return not_applicable("register.yaml names no earlier years.")
    lacking = [year for year in _young_years(register) if year not in given or not (given[year] / FILE).is_file()]
    late = [_named(year) for year in lacking if year >= KEPT_SINCE]
    old = [_named(year) for year in lacking if year < KEPT_SINCE]
    began = "began under the old law, which asked for three years: check what must still be there"
    if late:
        noted = f"the register{'s' if len(old) > 1 else ''} of {', '.join(old)} {began}" if old else None
        return at_fault(_rows(late), f"The registers of these years are missing: {', '.join(late)}.", "").noting(noted)
    return to_decide(
        _rows(old),
        f"The registers of these years are missing: {', '.join(old)}. They {began}.",
        "The registers of the last six years are there.",
    )


def _rows(years: list[str]) -> tuple[Row, ...]:
    return tuple(Row(detail=year) for year in years)


def _young_years(register: Register) -> list[int]:
    """Returns the earlier school years that ended less than six years before the day that is judged."""
    this_year = register.school_year
    return [
        year
        for year in range(this_year - KEPT_YEARS - 1, this_year)
        if dt.date(year + 1 + KEPT_YEARS, 8, 31) >= register.as_at
    ]


def _named(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"
