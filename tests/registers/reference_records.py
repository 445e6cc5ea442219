"""The reference for rules about the small tables and the settings."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

from tests.registers.reference import ONE, World, birthday, day

Rows = set[tuple[str, ...]]
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
PARENTS = {"mother", "father", "carer"}  # those of the random registers


def leave_recorded(world: World) -> Rows:
    found: Rows = set()
    for row in world.marks:
        if row["code"] not in ("C", "C1", "C2", "J1", "S") or row["day"] > world.as_at:
            continue
        agreed = [
            leave
            for leave in world.table("leave")
            if leave["pupil_id"] == row["pupil_id"] and leave["agreed_by"] and _covers(leave, row["date"])
        ]
        if not agreed:
            found.add((row["pupil_id"], row["date"], row["session"]))
    return found


def part_time_timetables(world: World) -> Rows:
    found: Rows = set()
    for row in world.marks:
        if row["code"] != "C2" or row["day"] > world.as_at:
            continue
        running = [
            leave
            for leave in world.table("leave")
            if leave["pupil_id"] == row["pupil_id"]
            and leave["code"] in ("", "C2")
            and _covers(leave, row["date"])
            and leave["review_on"]
            and row["date"] <= (leave["end_on"] or "0")
        ]
        if not running:
            found.add((row["pupil_id"], row["date"]))
    return found


def _covers(leave: dict[str, str], date: str) -> bool:
    return bool(leave["from_date"]) and leave["from_date"] <= date <= (leave["to_date"] or "9999")


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:5])


def late_marks(world: World) -> Rows:
    found: Rows = set()
    for row in world.marks:
        closes = world.settings["registration"][row["session"]]["closes"]
        if not row["arrived_at"] or row["day"] > world.as_at:
            continue
        late = _minutes(row["arrived_at"]) - _minutes(closes)
        if (row["code"] == "L" and late > 0) or (row["code"] == "U" and late < 0):
            found.add((row["pupil_id"], row["date"], row["session"]))
    return found


def registration_window(world: World) -> Rows:
    windows = world.settings["registration"]
    lengths = {half: _minutes(windows[half]["closes"]) - _minutes(windows[half]["opens"]) for half in ("AM", "PM")}
    if lengths["AM"] != lengths["PM"]:
        return {("AM",), ("PM",)}
    return {(half,) for half, length in lengths.items() if length > 30 and "during" not in windows[half]}


def amendments(world: World) -> Rows:
    chains: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in world.table("amendments"):
        if not row["date"] or row["date"] <= world.as_at.isoformat():
            chains.setdefault((row["pupil_id"], row["date"], row["session"]), []).append(row)
    return {tuple(part for part in key if part) for key, chain in chains.items() if _broken(world, key, chain)}


def _broken(world: World, key: tuple[str, str, str], chain: list[dict[str, str]]) -> bool:
    if all(row["amended_on"] for row in chain):
        chain = sorted(chain, key=lambda row: row["amended_on"])
    for row in chain:
        needed = ["original_code", "amended_code", "amended_on", "reason", "amended_by", "position"]
        if row["original_code"] == "N" and row["amended_code"] not in ("", "N"):
            needed = needed[:3]
        if not all(row[part] for part in needed):
            return True
    if any(later["original_code"] != row["amended_code"] for row, later in pairwise(chain)):
        return True
    on = day(key[1])
    stands = world.first_marks.get((key[0], on, key[2]), "") if on else None
    return stands is not None and bool(key[2]) and chain[-1]["amended_code"] != stands


def admission_particulars(world: World) -> Rows:
    columns = ("surname", "forename", "sex", "date_of_birth", "address", "starting_day", "previous_school")
    return {
        (pupil_id,)
        for pupil_id, pupil in world.pupils.items()
        if not all(pupil[column] for column in columns)
        or not any(
            row["pupil_id"] == pupil_id and row["telephone"] and row["relationship"] in PARENTS
            for row in world.table("contacts")
        )
    }


def emergency_contacts(world: World) -> Rows:
    found: Rows = set()
    for pupil_id in world.pupils:
        rows = [row for row in world.table("contacts") if row["pupil_id"] == pupil_id and row["telephone"]]
        if len({tuple(sorted(row.items())) for row in rows}) < 2:
            found.add((pupil_id,))
    return found


def identifiers(world: World) -> Rows:
    found: Rows = set()
    rows = world.tables["pupils"]
    september = dt.date(world.year, 9, 1)
    for row in rows:
        same_id = [other for other in rows if other["pupil_id"] == row["pupil_id"]]
        same_upn = [other for other in rows if row["upn"] and other["upn"] == row["upn"]]
        born = day(row["date_of_birth"])
        if len(same_id) > 1 or len(same_upn) > 1 or (row["upn"] and not _sound(row["upn"])):
            found.add((row["pupil_id"],))
        if born and (born > world.as_at or birthday(born, 2) > september or birthday(born, 20) <= september):
            found.add((row["pupil_id"],))
    for name in world.tables:
        found |= {(row["pupil_id"],) for row in world.table(name) if row["pupil_id"] not in world.pupils}
    return found


def _sound(upn: str) -> bool:
    if len(upn) != 13 or not upn[1:12].isdigit() or not upn.isascii():
        return False
    last = int(upn[12]) if upn[12].isdigit() else LETTERS.find(upn[12])
    if last < 0:
        return False
    total = sum(int(upn[place]) * (place + 1) for place in range(1, 12)) + last * 13
    return upn[0] == LETTERS[total % 23]


def penalty_notices(world: World) -> tuple[Rows, str]:
    """The pupils, and the heaviest of what was found: ``law``, ``guidance``, ``review`` or nothing."""
    issued = [
        {**row, "day": day(row["issued_on"])}
        for row in world.table("notices")
        if row["issued_on"] and row["issued_on"] <= world.as_at.isoformat() and row["withdrawn"] != "true"
    ]
    penalties = [row for row in issued if row["kind"] == "penalty" and row["day"] >= dt.date(2024, 8, 19)]
    law = {(row["pupil_id"],) for row in penalties if _out_of_place(row, penalties)}
    guidance = {
        (row["pupil_id"],)
        for row in issued
        if row["kind"] == "notice-to-improve" and row["ended_on"]
        and not 21 <= ((day(row["ended_on"]) or row["day"]) - row["day"]).days <= 42
    }  # fmt: skip
    low = {(row["pupil_id"],) for row in penalties if _below(world, row)}
    return law | guidance | low, "law" if law else "guidance" if guidance else "review" if low else ""


def _out_of_place(row: dict[str, Any], penalties: list[dict[str, Any]]) -> bool:
    case = [
        other for other in penalties if (other["pupil_id"], other["parent_id"]) == (row["pupil_id"], row["parent_id"])
    ]
    case.sort(key=lambda other: other["day"])
    rounds: list[list[dict[str, Any]]] = []
    for other in case:
        if rounds and other["day"] <= rounds[-1][0]["day"].replace(year=rounds[-1][0]["day"].year + 3):
            rounds[-1].append(other)
        else:
            rounds.append([other])
    place = next(index for part in rounds for index, other in enumerate(part) if other is row)
    if place >= 2:
        return True
    right = ("80", "160") if place == 0 else ("160", "160")
    amounts = (row["amount_21_days"], row["amount_28_days"])
    return any(amount and amount != fitting for amount, fitting in zip(amounts, right, strict=True))


def _below(world: World, row: dict[str, Any]) -> bool:
    pupil = world.pupils.get(row["pupil_id"])
    weeks = sorted({date - date.weekday() * ONE for date in world.school_days if date <= row["day"]})[-10:]
    if pupil is None or not weeks:
        return False
    missed = [
        date
        for date, _, code in world.expected[row["pupil_id"]]
        if code in ("G", "N", "O", "U")
        and world.of_age(pupil, date)
        and date <= row["day"]
        and date - date.weekday() * ONE in weeks
    ]
    return len(missed) < 10


def suspension_provision(world: World) -> Rows:
    found: Rows = set()
    for pupil_id, sessions in world.expected.items():
        row = 0
        for date in sorted({date for date, _, _ in sessions}):
            suspended = any(code == "E" for when, _, code in sessions if when == date)
            row = row + 1 if suspended else 0
            if row >= 6:
                found.add((pupil_id, date.isoformat()))
    return found
