"""Random rows for the small tables of random registers."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from itertools import pairwise

from tests.registers.cases import upn
from tests.registers.reference import HALVES, ONE

Table = list[dict[str, str]]
CODES = ["/", "N", "I", "O", "C", "L"]


def some(rng: random.Random, value: str, *others: str) -> str:
    """The value, or now and then a blank or another one."""
    return value if rng.random() < 0.75 else rng.choice(["", *others])


def particulars(rng: random.Random, number: int) -> dict[str, str]:
    sound = upn(number if rng.random() < 0.9 else 0)
    odd = [
        "A" + sound[1:],
        sound.lower(),
        sound[:12],
        sound[:12] + "I",
        "G80120000101A",
        "H801200001001",
        "A80120000101A",
    ]
    return {
        "upn": some(rng, sound, *odd),
        "sex": "F" if rng.random() < 0.9 else "",
        "address": "1 Mill Lane" if rng.random() < 0.9 else "",
        "previous_school": "Little Acorns" if rng.random() < 0.9 else "",
    }


def small_tables(rng: random.Random, ids: list[str], days: list[dt.date], marks: Table) -> dict[str, Table]:
    return {
        "leave": [_leave(rng, ids, days) for _ in range(rng.randint(0, 6))],
        "contacts": [_contact(rng, pupil_id) for pupil_id in ids for _ in range(rng.randint(0, 3))],
        "notices": [_notice(rng, ids, days) for _ in range(rng.randint(0, 6))],
        "amendments": [row for mark in rng.sample(marks, min(len(marks), 4)) for row in _chain(rng, mark, days)],
    }


def _leave(rng: random.Random, ids: list[str], days: list[dt.date]) -> dict[str, str]:
    first = rng.choice(days)
    last = first + rng.choice([0, 1, 5, 30, 90]) * ONE
    return {
        "pupil_id": rng.choice([*ids, *ids, "nobody"]),
        "from_date": some(rng, first.isoformat()),
        "to_date": some(rng, last.isoformat()),
        "code": rng.choice(["C2", "C2", "C", ""]),
        "agreed_by": some(rng, "Head teacher"),
        "review_on": some(rng, last.isoformat()),
        "end_on": some(rng, last.isoformat(), (last - 3 * ONE).isoformat()),
    }


def _contact(rng: random.Random, pupil_id: str) -> dict[str, str]:
    return {
        "pupil_id": pupil_id if rng.random() < 0.97 else "nobody",
        "name": rng.choice(["Sam", "Jo", ""]),
        "relationship": rng.choice(["mother", "father", "carer", "aunt", "grandmother", ""]),
        "telephone": some(rng, "01632 960001", "01632 960002"),
    }


def _notice(rng: random.Random, ids: list[str], days: list[dt.date]) -> dict[str, str]:
    issued = rng.choice(days) - rng.choice([0, 0, 100, 365, 800, 1200]) * ONE
    amounts = rng.choice([("80", "160"), ("80", "160"), ("", "160"), ("160", "160"), ("60", "120"), ("", "")])
    return {
        "pupil_id": rng.choice([*ids, *ids, "nobody"]),
        "parent_id": rng.choice(["M", "M", "F", ""]),
        "kind": rng.choice(["penalty", "penalty", "penalty", "notice-to-improve", "exclusion-penalty", ""]),
        "issued_on": some(rng, issued.isoformat()),
        "ended_on": some(rng, (issued + rng.choice([20, 21, 28, 42, 43]) * ONE).isoformat()),
        "amount_21_days": amounts[0],
        "amount_28_days": amounts[1],
        "withdrawn": rng.choice(["", "false", "true"]),
    }


def _chain(rng: random.Random, mark: dict[str, str], days: list[dt.date]) -> Table:
    """One to three amendments of a mark, mostly leading to it."""
    keep: Callable[[str], str] = lambda value: value if rng.random() < 0.93 else ""  # noqa: E731
    codes = [rng.choice(CODES) for _ in range(rng.randint(1, 3))]
    codes.append(mark["code"].strip() if rng.random() < 0.8 else rng.choice(CODES))
    when = rng.choice(days)
    rows = []
    for before, after in pairwise(codes):
        when += rng.choice([0, 1, 2]) * ONE
        rows.append(
            {
                "pupil_id": mark["pupil_id"],
                "date": mark["date"] if rng.random() < 0.97 else days[0].isoformat(),
                "session": mark["session"] if rng.random() < 0.97 else rng.choice(HALVES),
                "original_code": keep(before if rng.random() < 0.95 else rng.choice(CODES)),
                "amended_code": keep(after),
                "reason": keep("telephone call"),
                "amended_on": keep(when.isoformat()),
                "amended_by": keep("J Reed"),
                "position": keep("Attendance officer"),
            }
        )
    if rng.random() < 0.3:
        rng.shuffle(rows)
    return rows
