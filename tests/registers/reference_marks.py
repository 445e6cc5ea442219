"""The reference for rules about marks, absence and returns."""

from __future__ import annotations

import datetime as dt

from tests.registers.reference import ABSENCE, NOT_POSSIBLE, ONE, Y_CODES, World, age_ends, day, in_force

Rows = set[tuple[str, ...]]


def complete(world: World) -> Rows:
    return {
        (pupil_id, date.isoformat(), half)
        for pupil_id, sessions in world.expected.items()
        for date, half, code in sessions
        if code == "" and world.pupils[pupil_id].get("boarder") != "true"
    }


def codes_valid(world: World) -> Rows:
    return {
        (row["pupil_id"], row["date"], row["session"])
        for row in world.marks
        if row["code"] and not in_force(row["code"], row["day"])
    }


def codes_fit_session(world: World) -> Rows:
    found: Rows = set()
    seen = set()
    for row in world.marks:
        key = (row["pupil_id"], row["date"], row["session"])
        if key in seen:
            found.add(key)
        seen.add(key)
        code, when = row["code"], (row["day"], row["session"])
        if not code:
            continue
        if (code == "/" and row["session"] == "PM") or (code == "\\" and row["session"] == "AM"):
            found.add(key)
        if code == "#":
            continue
        pupil = world.pupils.get(row["pupil_id"])
        group = pupil["year_group"] if pupil else None
        if not world.held(when, pupil) and not (code in Y_CODES and world.closed(when, group, only_unplanned=True)):
            found.add(key)
        if pupil is None:
            continue
        start, left = day(pupil["starting_day"]), world.deleted_on(row["pupil_id"])
        if start and row["day"] < start and code != "Z":
            found.add(key)
        if left and row["day"] > left:
            found.add(key)
    return found


def codes_fit_pupil(world: World) -> Rows:
    found: Rows = set()
    for row in world.marks:
        pupil = world.pupils.get(row["pupil_id"])
        if pupil is None:
            continue
        of_age, known = world.of_age(pupil, row["day"]), pupil["date_of_birth"] != ""
        if known and ((row["code"] == "X" and of_age) or (row["code"] == "C2" and not of_age)):
            found.add((row["pupil_id"], row["date"], row["session"]))
        if pupil.get("boarder") == "true" and row["code"] not in ("", "#"):
            found.add((row["pupil_id"], row["date"], row["session"]))
    return found


def unresolved_absence(world: World) -> Rows:
    return {
        (row["pupil_id"], row["date"], row["session"])
        for row in world.marks
        if row["code"] == "N" and len([date for date in world.school_days if date > row["day"]]) >= 6
    }


def _rates(world: World, pupil_id: str) -> tuple[int, int]:
    counted = [code for date, _, code in world.expected[pupil_id] if code and in_force(code, date)]
    possible = [code for code in counted if code not in NOT_POSSIBLE]
    return len(possible), len([code for code in possible if code in ABSENCE])


def persistent_absence(world: World) -> Rows:
    rates = {pupil_id: _rates(world, pupil_id) for pupil_id in world.pupils}
    return {(pupil_id,) for pupil_id, (possible, absent) in rates.items() if possible and absent * 10 >= possible}


def severe_absence(world: World) -> Rows:
    rates = {pupil_id: _rates(world, pupil_id) for pupil_id in world.pupils}
    return {(pupil_id,) for pupil_id, (possible, absent) in rates.items() if possible and absent * 2 >= possible}


def continuous_absence(world: World) -> Rows:
    return {
        (pupil_id,)
        for pupil_id in world.pupils
        for run in world.runs(pupil_id, {"G", "N", "O"})
        if world.whole_days(pupil_id, run) >= 20
    }


def attendance_returns(world: World) -> Rows:
    return {
        (pupil_id,)
        for pupil_id in world.pupils
        for run in world.runs(pupil_id, {"G", "N", "O", "U"}, only_of_age=True)
        if world.whole_days(pupil_id, run) >= 10
        and not any(made >= run[0][0] for made in world.returns("attendance", pupil_id))
    }


def sickness_returns(world: World) -> Rows:
    found: Rows = set()
    begins = min(dt.date(world.year, 9, 1), world.first_day)
    for pupil_id, sessions in world.expected.items():
        ill = [date for date, _, code in sessions if code == "I" and world.of_age(world.pupils[pupil_id], date)]
        if len(ill) >= 30 and not any(made >= begins for made in world.returns("sickness", pupil_id)):
            found.add((pupil_id,))
    return found


def new_pupil_returns(world: World) -> Rows:
    found: Rows = set()
    for pupil_id, pupil in world.pupils.items():
        entered = day(pupil.get("entered_on", "")) or day(pupil["starting_day"])
        if entered is None or entered < world.first_day:
            continue
        junior = world.settings.get("junior_year")
        starts_first = bool(world.school_days) and day(pupil["starting_day"]) == world.school_days[0]
        if junior is not None and pupil["year_group"] == str(junior) and starts_first:
            continue
        due = entered + 5 * ONE
        if world.as_at > due and not any(made <= due for made in world.returns("new-pupil", pupil_id)):
            found.add((pupil_id,))
    return found


def deletion_returns(world: World) -> Rows:
    found: Rows = set()
    for row in world.table("deletions"):
        left, pupil = day(row["deleted_on"]), world.pupils.get(row["pupil_id"])
        if left is None or left > world.as_at:
            continue
        senior = world.settings.get("senior_year")
        finished = pupil is not None and senior is not None and pupil["year_group"] == str(senior)
        if finished and left >= world.last_day:
            continue
        if not any(made <= left for made in world.returns("deletion", row["pupil_id"])):
            found.add((row["pupil_id"],))
    return found


def deletion_grounds(world: World) -> Rows:
    return {
        (row["pupil_id"],)
        for row in world.table("deletions")
        if not (day(row["deleted_on"]) and day(row["deleted_on"]) > world.as_at) and _unlawful(world, row)
    }


def _unlawful(world: World, row: dict[str, str]) -> bool:
    left, ground, pupil = day(row["deleted_on"]), row["ground"], world.pupils.get(row["pupil_id"])
    lists = {"1": "abcdefghijklmno", "3": "abcde"}
    if ground not in {f"{number}({letter})" for number, letters in lists.items() for letter in letters} or left is None:
        return True
    wrong_list = bool(pupil and pupil["date_of_birth"]) and (ground[0] == "1") != world.of_age(pupil or {}, left)
    return wrong_list or _dates_wrong(row) or _conditions_wrong(world, row, left)


def _dates_wrong(row: dict[str, str]) -> bool:
    needed = {
        "1(f)": ["parent_notified_on"],
        "1(h)": ["leave_ended_on", "enquiries_completed_on"],
        "1(i)": ["enquiries_completed_on"],
    }.get(row["ground"], [])
    if any(not row[column] or row[column] > row["deleted_on"] for column in needed):
        return True
    return row["ground"] in ("1(h)", "1(i)") and row["authority_agreed_on"] > row["deleted_on"]


def _conditions_wrong(world: World, row: dict[str, str], left: dt.date) -> bool:
    ground, pupil = row["ground"], world.pupils.get(row["pupil_id"])
    if ground == "1(h)":
        ended = day(row["leave_ended_on"])
        return ended is None or len([date for date in world.school_days if ended < date < left]) < 10
    if pupil is None:
        return False
    if ground in ("1(i)", "3(c)"):
        last = world.runs(row["pupil_id"], {"G", "N", "O"})[-1]
        return world.whole_days(row["pupil_id"], last) < 20
    born = day(pupil["date_of_birth"])
    if ground != "1(l)" or born is None:
        return False
    later = [date for date in world.school_days if date > left]
    return world.of_age(pupil, later[0]) if later else age_ends(born) > dt.date(left.year + (left.month > 8), 8, 31)


def penalty_threshold(world: World) -> Rows:
    found: Rows = set()
    for pupil_id, sessions in world.expected.items():
        pupil = world.pupils[pupil_id]
        missed = [date for date, _, code in sessions if code in ("G", "N", "O", "U") and world.of_age(pupil, date)]
        for start in range(len(world.weeks)):
            window = set(world.weeks[start : start + 10])
            if len([date for date in missed if date - date.weekday() * ONE in window]) >= 10:
                found.add((pupil_id,))
    return found
