"""The register rules once more: slow, obvious, and written from the promises alone. Only the tests use it.

A world is plain values: ``settings`` as ``register.yaml`` holds them, and ``tables`` as lists of rows whose cells are
text, blank cells being the empty text. Nothing here imports the checker.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

ONE = dt.timedelta(days=1)


def words(text: str) -> set[str]:
    return set(text.split())


CODES = words("/ \\ L K V P W B D C1 M J1 S X C2 C T R I E Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 G N O U Z #")
SINCE_2024 = words("K C1 J1 C2 Q Y1 Y2 Y3 Y4 Y5 Y6 Y7")
UNTIL_2024 = {"H", "J", "Y"}
CHANGE = dt.date(2024, 8, 19)
Y_CODES = {f"Y{number}" for number in range(1, 8)}
NOT_POSSIBLE = {"D", "X", "Q", "#", "Z"} | Y_CODES
ABSENCE = words("C C1 C2 M J1 S T R I E G N O U")
HALVES = ("AM", "PM")

Session = tuple[dt.date, str]


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def in_force(code: str, on: dt.date) -> bool:
    if on < CHANGE:
        return code in (CODES - SINCE_2024) | UNTIL_2024
    return code in CODES


def birthday(born: dt.date, age: int) -> dt.date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return dt.date(born.year + age, 3, 1)


def age_starts(born: dt.date) -> dt.date:
    date = birthday(born, 5)
    while (date.month, date.day) not in ((12, 31), (3, 31), (8, 31)):
        date += ONE
    return date


def age_ends(born: dt.date) -> dt.date:
    sixteen = birthday(born, 16)
    date = dt.date(sixteen.year + (sixteen.month >= 9), 6, 30)
    while date.weekday() != 4:
        date -= ONE
    return date


@dataclass
class World:
    settings: dict[str, Any]
    tables: dict[str, list[dict[str, str]]]
    as_at: dt.date = field(init=False)

    def __post_init__(self) -> None:
        given = self.settings.get("as_at")
        real = [day(row["date"]) for row in self.tables["marks"] if row["code"].strip() not in ("", "#")]
        self.as_at = given or max(date for date in real if date)

    @cached_property
    def pupils(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for row in self.tables["pupils"]:
            found.setdefault(row["pupil_id"], row)
        return found

    def table(self, name: str) -> list[dict[str, str]]:
        return self.tables.get(name, [])

    @cached_property
    def whole_calendar(self) -> list[Session]:
        days = set()
        for term in self.settings["terms"]:
            date = term["start"]
            while date <= term["end"]:
                if date.weekday() < 5:
                    days.add(date)
                date += ONE
        found = [(date, half) for date in sorted(days) for half in HALVES]
        return [session for session in found if not self.closed(session, None)]

    @cached_property
    def calendar(self) -> list[Session]:
        return [session for session in self.whole_calendar if session[0] <= self.as_at]

    @cached_property
    def school_days(self) -> list[dt.date]:
        return sorted({date for date, _ in self.calendar})

    @cached_property
    def weeks(self) -> list[dt.date]:
        return sorted({date - date.weekday() * ONE for date in self.school_days})

    def closed(self, session: Session, year_group: str | None, only_unplanned: bool = False) -> bool:
        for closure in self.settings.get("closures", []):
            if closure["date"] != session[0] or session[1] not in closure.get("sessions", HALVES):
                continue
            if only_unplanned and closure["kind"] != "unplanned":
                continue
            groups = closure.get("year_groups")
            if groups is None or (year_group not in (None, "") and int(year_group or 0) in groups):
                return True
        return False

    def held(self, session: Session, pupil: dict[str, str] | None) -> bool:
        if session not in self.calendar_set:
            return False
        return not self.closed(session, pupil["year_group"] if pupil else None)

    @cached_property
    def calendar_set(self) -> set[Session]:
        return set(self.calendar)

    def deleted_on(self, pupil_id: str) -> dt.date | None:
        days = [day(row["deleted_on"]) for row in self.table("deletions") if row["pupil_id"] == pupil_id]
        return min((date for date in days if date), default=None)

    def on_roll(self, pupil: dict[str, str], on: dt.date) -> bool:
        start, left = day(pupil["starting_day"]), self.deleted_on(pupil["pupil_id"])
        return (start is None or start <= on) and (left is None or on < left)

    def of_age(self, pupil: dict[str, str], on: dt.date) -> bool:
        born = day(pupil["date_of_birth"])
        return born is not None and age_starts(born) <= on <= age_ends(born)

    @cached_property
    def first_marks(self) -> dict[tuple[str, dt.date, str], str]:
        found: dict[tuple[str, dt.date, str], str] = {}
        for row in self.marks:
            found.setdefault((row["pupil_id"], row["day"], row["session"]), row["code"])
        return found

    @cached_property
    def marks(self) -> list[dict[str, Any]]:
        return [{**row, "day": day(row["date"]), "code": row["code"].strip()} for row in self.tables["marks"]]

    @cached_property
    def expected(self) -> dict[str, list[tuple[dt.date, str, str]]]:
        """For each pupil the sessions held while on roll, with the mark that counts."""
        return {
            pupil_id: [
                (date, half, self.first_marks.get((pupil_id, date, half), ""))
                for date, half in self.calendar
                if self.on_roll(pupil, date) and self.held((date, half), pupil)
            ]
            for pupil_id, pupil in self.pupils.items()
        }

    def runs(self, pupil_id: str, codes: set[str], only_of_age: bool = False) -> list[list[tuple[dt.date, str]]]:
        """The runs of a pupil; the last is the one that is open at the last session on roll (it may be empty)."""
        runs: list[list[tuple[dt.date, str]]] = [[]]
        for date, half, code in self.expected[pupil_id]:
            if code == "#":
                continue
            if code in codes and (not only_of_age or self.of_age(self.pupils[pupil_id], date)):
                runs[-1].append((date, half))
            else:
                runs.append([])
        return runs

    def whole_days(self, pupil_id: str, run: list[tuple[dt.date, str]]) -> int:
        count = 0
        for date in {date for date, _ in run}:
            held = {half for when, half, _ in self.expected[pupil_id] if when == date}
            count += held == {half for when, half in run if when == date}
        return count

    @cached_property
    def first_day(self) -> dt.date:
        return min(term["start"] for term in self.settings["terms"])

    @cached_property
    def last_day(self) -> dt.date:
        return max(term["end"] for term in self.settings["terms"])

    @cached_property
    def year(self) -> int:
        return int(self.settings["school_year"][:4])

    def returns(self, kind: str, pupil_id: str) -> list[dt.date]:
        made = [
            day(row["made_on"]) for row in self.table("returns") if (row["kind"], row["pupil_id"]) == (kind, pupil_id)
        ]
        return [date for date in made if date and date <= self.as_at]
