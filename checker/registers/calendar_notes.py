"""What is said of a calendar: where it was inferred, bank holidays that nobody closed, and marks that contradict it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

import numpy as np

from checker.registers.calendar import SESSIONS, Array, Calendar, Closure, Term, day_number, day_of
from checker.registers.grid import BLANK, MarkList, Marks, among
from checker.registers.marks import CLOSED, MarkRows
from checker.yaml_files import load_trusted

MOST_NAMED = 3
MOST_PUPILS = 0.5  # of a school: more than a slip
FRIDAY = 4


def inferred(rows: MarkRows, until: dt.date | None) -> tuple[tuple[Term, ...], tuple[Closure, ...]]:
    """Returns a calendar that fits the marks: weekdays between the first and the last are held where anyone has a mark.

    A session in which nobody has a mark, or nothing but the filler of closed sessions, is closed.
    """
    halves = np.unique(rows.marked_halves)
    if until is not None:
        halves = halves[halves // 2 <= day_number(until)]
    held = {int(half) for half in halves if day_of(half // 2).weekday() <= FRIDAY}
    if not held:
        return (), ()
    first, last = day_of(min(held) // 2), day_of(max(held) // 2)
    closures = []
    for number in range(day_number(first), day_number(last) + 1):
        closed = tuple(session for session in range(len(SESSIONS)) if 2 * number + session not in held)
        if closed and day_of(number).weekday() <= FRIDAY:
            closures.append(Closure(day_of(number), "planned", closed))
    return (Term("inferred", first, last),), tuple(closures)


def notes(calendar: Calendar, marks: Marks, on_roll: Array) -> Iterator[str]:
    """Yields what a user should know about a calendar that was given."""
    yield from _open_bank_holidays(calendar)
    yield from _empty_sessions(calendar, marks, on_roll)
    yield from _busy_closures(calendar, marks)


def _open_bank_holidays(calendar: Calendar) -> Iterator[str]:
    days = set(calendar.dates)
    table = bank_holidays()
    found = sorted(day for day in days if day in table)
    if found:
        listed = ", ".join(f"{day} ({table[day]})" for day in found)
        yield f"Bank holidays inside a term that nobody closed: {listed}."
    if days and max(days) > max(table):
        yield f"Bank holidays after {max(table)} are not known and were not looked for."


def _empty_sessions(calendar: Calendar, marks: Marks, on_roll: Array) -> Iterator[str]:
    """Says which sessions of the calendar nobody has a mark for."""
    if not len(marks.grid):
        return
    marked = ~among(marks.grid, [BLANK, *marks.numbers([CLOSED])])
    empty = np.flatnonzero(~marked.any(axis=0) & on_roll.any(axis=0))
    if len(empty):
        yield (
            f"No pupil has a mark for these sessions of the calendar: {_named(calendar.halves[empty])}. Close them in "
            "register.yaml if they were not held."
        )


def _busy_closures(calendar: Calendar, marks: Marks) -> Iterator[str]:
    """Says which half-days outside the calendar most pupils have marks for."""
    if calendar.until is None or not len(marks.aside):
        return
    aside: MarkList = marks.aside.where(~among(marks.aside.codes, [BLANK, *marks.numbers([CLOSED])]))
    outside = aside.where((calendar.columns_of(aside.halves) < 0) & (aside.halves // 2 <= day_number(calendar.until)))
    halves, counts = np.unique(outside.halves, return_counts=True)
    unforeseen = [half for closure in calendar.closures if closure.unplanned for half in closure.halves()]
    busy = halves[(counts > MOST_PUPILS * marks.roll_size) & ~np.isin(halves, unforeseen)]
    if len(busy):
        yield f"Most pupils have marks where the calendar holds no session: {_named(busy)}."


def _named(halves: Array) -> str:
    shown = ", ".join(f"{day_of(half // 2)} {SESSIONS[half & 1]}" for half in halves[:MOST_NAMED].tolist())
    return shown + (f" and {len(halves) - MOST_NAMED} more" if len(halves) > MOST_NAMED else "")


@cache
def bank_holidays() -> Mapping[dt.date, str]:
    """Returns the bank holidays of England, from ``bank_holidays.yaml``."""
    table: Mapping[dt.date, str] = load_trusted(resources.files("checker.registers") / "bank_holidays.yaml")["days"]
    return table
