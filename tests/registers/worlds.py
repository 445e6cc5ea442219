"""Random small registers with awkward calendars, for comparing the rules with the reference."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tests.registers.records import particulars, small_tables
from tests.registers.reference import HALVES, ONE, World

COMMON = ["/", "/", "/", "L", "I", "O", "U", "G", "N", "M", "C", "E", "#", "X", "D", "K", "Y1", "Z", "C2", ""]
ODD = ["y1", "-", "?", "H", "J", "Y", "n", " I ", "Y8", "/\\", "N ", "c1", "S", "J1", "C1", "Q", "R", "T", "P"]
NO_MARK = {"pupil_id": "P0", "date": "", "session": "AM", "code": "", "arrived_at": ""}
GROUNDS = ["1(a)", "1(f)", "1(h)", "1(i)", "1(l)", "3(a)", "3(c)", "3(e)", "1(k)", "", "1(z)", "2(a)", "1(A)"]
LONG_CODES = ["G", "N", "O", "U", "I", "I", "E"]


def world_of(seed: int) -> World:
    """Returns a register that depends on nothing but the seed."""
    rng = random.Random(seed)
    settings = _settings(rng)
    days = sorted({date for term in settings["terms"] for date in _span(term["start"], term["end"])})
    pupils = [_pupil(rng, f"P{number}", days) for number in range(rng.randint(1, 6))]
    if rng.random() < 0.1:
        pupils.append({**_pupil(rng, "P0", days)})
    tables: dict[str, list[dict[str, str]]] = {"pupils": pupils}
    tables["deletions"] = [_deletion(rng, pupil["pupil_id"], days) for pupil in pupils if rng.random() < 0.5]
    tables["returns"] = [_return(rng, pupils, days) for _ in range(rng.randint(0, 8))]
    spells = {pupil["pupil_id"]: _spell(rng, pupil["pupil_id"], tables["deletions"], days) for pupil in pupils}
    tables["marks"] = _marks(rng, spells, pupils, days)
    for pupil, deletion in ((p, d) for p in pupils for d in tables["deletions"] if d["pupil_id"] == p["pupil_id"]):
        if rng.random() < 0.8:
            _leave(tables["marks"], pupil, deletion, rng)
    if rng.random() < 0.9 or not any(row["code"].strip() not in ("", "#") for row in tables["marks"]):
        late = days if rng.random() < 0.3 else days[-10:]
        settings["as_at"] = rng.choice(late) + rng.choice([0, 0, 1, 2, 3, 30]) * ONE
    tables |= small_tables(rng, [pupil["pupil_id"] for pupil in pupils], days, tables["marks"])
    if rng.random() < 0.15:
        _tidy(settings, tables)
    return World(settings, tables)


def _tidy(settings: dict[str, Any], tables: dict[str, list[dict[str, str]]]) -> None:
    """Leaves just one plain mark for each session that is expected."""
    world = World(settings, tables)
    tables["marks"] = [
        {"pupil_id": pupil_id, "date": date.isoformat(), "session": half, "code": "/" if half == "AM" else "\\"}
        for pupil_id, sessions in world.expected.items()
        for date, half, _ in sessions
        if world.pupils[pupil_id]["boarder"] != "true"
    ]
    for row in tables["marks"]:
        row["arrived_at"] = ""
    settings["as_at"] = world.as_at


def _settings(rng: random.Random) -> dict[str, Any]:
    year = rng.choice([2024, 2025, 2025, 2026])
    start = dt.date(year, rng.choice([8, 9, 9]), rng.randint(12, 28))
    if rng.random() < 0.3:
        start = dt.date(year + 1, rng.choice([1, 3, 4, 6]), rng.randint(1, 20))
    terms: list[dict[str, Any]] = []
    for number in range(rng.randint(1, 3)):
        end = start + dt.timedelta(days=rng.choice([4, 12, 25, 40, 60]))
        terms.append({"name": f"term {number}", "start": start, "end": end})
        start = end + dt.timedelta(days=rng.choice([1, 3, 10, 20]))
    span = list(_span(terms[0]["start"], terms[-1]["end"]))
    settings: dict[str, Any] = {
        "school": {"name": "Elm Bank School", "type": "maintained"},
        "school_year": f"{year}-{(year + 1) % 100}",
        "terms": terms,
        "closures": [_closure(rng, span) for _ in range(rng.randint(0, 6))],
        "registration": {half: _window(rng, half) for half in HALVES},
    }
    if rng.random() < 0.8:
        settings |= {"senior_year": 6, "junior_year": 0}
    return settings


def _window(rng: random.Random, half: str) -> dict[str, str]:
    hour = 9 if half == "AM" else 13
    window = {"opens": f"{hour:02d}:00", "closes": f"{hour:02d}:{rng.choice([30, 30, 30, 31, 25, 45])}"}
    return {**window, "during": "form-time"} if rng.random() < 0.2 else window


def _closure(rng: random.Random, span: list[dt.date]) -> dict[str, Any]:
    closure: dict[str, Any] = {
        "date": rng.choice(span),
        "kind": rng.choice(["inset", "bank-holiday", "planned", "unplanned", "unplanned"]),
    }
    if rng.random() < 0.5:
        closure["sessions"] = [rng.choice(HALVES)]
    if rng.random() < 0.4:
        closure["year_groups"] = rng.sample([0, 3, 6, 11], rng.randint(1, 2))
    return closure


def _pupil(rng: random.Random, pupil_id: str, days: list[dt.date]) -> dict[str, str]:
    near = rng.choice(days)
    born = near - dt.timedelta(days=int(365.25 * rng.choice([4.5, 5, 5, 8, 12, 15.9, 16, 16.5])) + rng.randint(-40, 40))
    special = rng.random()
    if special < 0.1:
        born = dt.date(near.year - 5, 8, 31) + rng.choice([0, 1]) * ONE
    elif special < 0.15:
        born = dt.date(2020, 2, 29)
    starts = rng.choice(days) if rng.random() < 0.4 else days[0] - dt.timedelta(days=rng.choice([0, 1, 400]))
    return {
        "pupil_id": pupil_id,
        "surname": "Rowan",
        "forename": "Alex",
        "date_of_birth": "" if rng.random() < 0.03 else born.isoformat(),
        "year_group": rng.choice(["", "0", "3", "6", "11", "0", "6"]),
        "starting_day": "" if rng.random() < 0.03 else starts.isoformat(),
        "entered_on": (starts - rng.choice([0, 1, 9]) * ONE).isoformat() if rng.random() < 0.3 else "",
        **particulars(rng, int(pupil_id[1:])),
        "boarder": rng.choice(["", "", "false", "true" if rng.random() < 0.3 else ""]),
    }


def _deletion(rng: random.Random, pupil_id: str, days: list[dt.date]) -> dict[str, str]:
    left = rng.choice(days[len(days) // 2 :]) + rng.choice([0, 0, 0, 40]) * ONE

    def near(back: int) -> str:
        return rng.choice(["", (left - rng.randint(0, back) * ONE).isoformat(), (left + ONE).isoformat()])

    return {
        "pupil_id": pupil_id if rng.random() < 0.95 else "stranger",
        "deleted_on": "" if rng.random() < 0.03 else left.isoformat(),
        "ground": rng.choice(GROUNDS),
        "parent_notified_on": near(3),
        "leave_ended_on": near(20),
        "enquiries_completed_on": near(5),
        "authority_agreed_on": near(5),
    }


def _return(rng: random.Random, pupils: list[dict[str, str]], days: list[dt.date]) -> dict[str, str]:
    made = rng.choice(days) - rng.choice([0, 0, 0, 300]) * ONE
    return {
        "kind": rng.choice(["new-pupil", "deletion", "attendance", "sickness"]),
        "pupil_id": rng.choice(pupils)["pupil_id"],
        "made_on": "" if rng.random() < 0.05 else made.isoformat(),
    }


def _marks(
    rng: random.Random, spells: dict[str, dict[dt.date, str]], pupils: list[dict[str, str]], days: list[dt.date]
) -> list[dict[str, str]]:
    rows = []
    for pupil in pupils:
        spell = spells[pupil["pupil_id"]]
        habit = rng.choice([0, 0, 0.02, 0.1, 0.4])
        for date in days:
            if date.weekday() >= 5 and rng.random() < 0.97:
                continue
            for half in HALVES:
                code = spell.get(date) or ("/" if half == "AM" else "\\")
                if rng.random() < habit:
                    code = rng.choice(COMMON if rng.random() < 0.8 else ODD)
                if not habit or rng.random() < 0.98:
                    rows.append(
                        {"pupil_id": pupil["pupil_id"], "date": date.isoformat(), "session": half, "code": code}
                    )
    for row in rows:
        hour = "09" if row["session"] == "AM" else "13"
        row["arrived_at"] = f"{hour}:{rng.randint(20, 50)}" if row["code"] in ("L", "U") and rng.random() < 0.7 else ""
    for _ in range(rng.randint(0, 6)):
        row = dict(rng.choice(rows)) if rows else dict(NO_MARK, date=days[0].isoformat())
        row["code"] = rng.choice(COMMON + ODD)
        if rng.random() < 0.2:
            row["pupil_id"] = "stranger"
        if rng.random() < 0.3:
            row["date"] = (days[-1] + rng.randint(-90, 30) * ONE).isoformat()
        rows.insert(rng.randint(0, len(rows)), row)
    return rows


def _spell(
    rng: random.Random, pupil_id: str, deletions: list[dict[str, str]], days: list[dt.date]
) -> dict[dt.date, str]:
    """A long stretch of one or two codes, for a pupil who is deleted often up to that day."""
    if rng.random() < 0.3:
        return {}
    codes = rng.sample(LONG_CODES, rng.randint(1, 2))
    length = rng.choice([8, 13, 14, 15, 21, 22, 27, 28, 29, 30, 31, 45, 60])
    start = rng.choice(days[: max(1, len(days) // 2)])
    left = [row for row in deletions if row["pupil_id"] == pupil_id and row["deleted_on"]]
    if left and rng.random() < 0.8:
        codes = rng.choice([["N", "O"], ["G"], codes])
        start = dt.date.fromisoformat(left[0]["deleted_on"]) - length * ONE
        left[0]["ground"] = rng.choice([left[0]["ground"], "1(i)", "3(c)"])
    return {start + count * ONE: rng.choice(codes) for count in range(length)}


def _leave(marks: list[dict[str, str]], pupil: dict[str, str], deletion: dict[str, str], rng: random.Random) -> None:
    """Takes away most marks of a pupil who has left."""
    if deletion["deleted_on"]:
        marks[:] = [
            row
            for row in marks
            if row["pupil_id"] != pupil["pupil_id"] or row["date"] < deletion["deleted_on"] or rng.random() < 0.03
        ]


def _span(start: dt.date, end: dt.date) -> list[dt.date]:
    return [start + count * ONE for count in range((end - start).days + 1)]
