"""The grid holds the first row of the file for each pupil and session, whatever the order of the rows."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np
import pytest

from checker.registers.calendar import Term, calendar_of
from checker.registers.grid import MarkList, marks_of

PUPILS = 4
CALENDAR = calendar_of((Term("autumn", dt.date(2025, 9, 1), dt.date(2025, 10, 10)),), ())
OUTSIDE = int(CALENDAR.halves[0]) - 14  # two halves of a day a week before the term
Row = tuple[int, int, int]


def _rows(order: str) -> list[Row]:
    """Returns rows (pupil, half-day, code), some doubled, some outside the calendar, some of a stranger."""
    rng = random.Random(order)
    rows = [(pupil, int(half), rng.randint(1, 5)) for pupil in range(PUPILS) for half in CALENDAR.halves]
    strays = [(rng.randrange(PUPILS + 1), OUTSIDE + rng.randrange(2), 6) for _ in range(6)]
    others = [(pupil, half, 7) for pupil, half, _ in rng.sample(rows, 4)] * 2 + strays
    if order == "shuffled":
        rows += others
        rng.shuffle(rows)
        return rows
    return {"at the end": [*rows, *others], "at the start": [*others, *rows], "none": rows, "them alone": others}[order]


@pytest.mark.parametrize("order", ["none", "at the end", "at the start", "shuffled", "them alone"])
def test_the_first_row_stands_and_the_others_are_aside_in_the_order_of_the_file(order: str) -> None:
    rows = _rows(order)
    columns = {int(half): column for column, half in enumerate(CALENDAR.halves)}
    grid = np.zeros((PUPILS, len(columns)), dtype=np.uint8)
    aside, repeated, seen = [], [], set()
    for pupil, half, code in rows:
        again = (pupil, half) in seen
        seen.add((pupil, half))
        if again or half not in columns or pupil >= PUPILS:
            aside.append((pupil, half, code))
            repeated.append(again)
        else:
            grid[pupil, columns[half]] = code

    pupils, halves, codes = np.array(rows).T
    given = MarkList(pupils.copy(), halves, codes.astype(np.uint8))
    marks = marks_of(given, ("", *"abcdefg"), CALENDAR, roll_size=PUPILS, strangers=("stranger",))

    assert (marks.grid == grid).all()
    found = zip(marks.aside.pupils.tolist(), marks.aside.halves.tolist(), marks.aside.codes.tolist(), strict=True)
    assert list(found) == aside
    assert marks.repeated.tolist() == repeated
