"""Reads the YAML cases of register requirements and turns them into registers.

A case says only what matters to it; everything else is a small primary school where everyone is present. In ``marks`` a
day or a span (``2025-09-08..2025-09-12``) has the codes of morning and afternoon; one code stands for both, ``_`` is a
row without a code and ``.`` no row at all. A span fills the sessions that are held for the pupil while on roll.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from checker.facts import PublishedFact
from checker.registers.columns import layout_of
from checker.registers.records import RECORDS
from tests.registers.reference import HALVES, ONE, World

FOLDER = Path(__file__).parent.parent / "requirements"

SETTINGS: dict[str, Any] = {
    "school": {"name": "Elm Bank Primary School", "urn": 100001, "type": "maintained", "local_authority": "Kent"},
    "school_year": "2025-26",
    "as_at": dt.date(2025, 12, 19),
    "terms": [
        {"name": "autumn 1", "start": dt.date(2025, 9, 1), "end": dt.date(2025, 10, 24)},
        {"name": "autumn 2", "start": dt.date(2025, 11, 3), "end": dt.date(2025, 12, 19)},
    ],
    "registration": {"AM": {"opens": "08:50", "closes": "09:15"}, "PM": {"opens": "13:10", "closes": "13:35"}},
    "senior_year": 6,
    "junior_year": 0,
}
PUPIL = {
    "surname": "Rowan", "forename": "Alex", "sex": "F", "date_of_birth": "2016-05-05", "year_group": "4",
    "starting_day": "2020-09-03", "address": "1 Mill Lane", "previous_school": "Little Acorns Nursery",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A register and what a check must find in it."""

    requirement: str
    name: str
    content: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.name}"

    @property
    def rows(self) -> list[tuple[str, ...]]:
        return [tuple(str(row).split()) for row in self.content.get("rows", [])]

    @property
    def partner(self) -> dict[str, PublishedFact] | None:
        facts = self.content.get("policy")
        return None if facts is None else {name: PublishedFact(name, value) for name, value in facts.items()}

    def world(self) -> World:
        """Returns the register of the case as plain values."""
        settings = {**SETTINGS, **self.content.get("register", {})}
        settings = {key: value for key, value in settings.items() if value is not None}
        tables: dict[str, list[dict[str, str]]] = {name: [] for name in RECORDS}
        for number, (pupil_id, given) in enumerate((self.content.get("pupils") or {"A": None}).items()):
            tables["pupils"].append(
                _row("pupils", {"pupil_id": pupil_id, "upn": upn(number), **PUPIL, **(given or {})})
            )
        tables["contacts"] = [
            _row(
                "contacts",
                {"pupil_id": row["pupil_id"], "name": name, "relationship": name, "telephone": "01632 960001"},
            )
            for row in tables["pupils"]
            for name in ("mother", "father")
        ]
        for name, rows in (self.content.get("tables") or {}).items():
            tables[name] = rows if rows is None else [_row(name, row) for row in rows]
        kept = {name: rows for name, rows in tables.items() if rows is not None}
        world = World(
            settings, {**kept, "marks": [_row("marks", {"pupil_id": "A", "date": "2025-09-01", "code": "/"})]}
        )
        kept["marks"] = [
            *self._extra("first"),
            *(row for pupil in tables["pupils"] for row in self._marks(world, pupil)),
            *self._extra("more"),
        ]
        for name, columns in (self.content.get("without") or {}).items():
            kept[name] = [{key: cell for key, cell in row.items() if key not in columns} for row in kept[name]]
        return World(settings, kept)

    def _extra(self, key: str) -> Iterator[dict[str, str]]:
        for line in self.content.get(key, []):
            pupil_id, date, session, *rest = (str(part) for part in line)
            code, arrived = (*rest, "", "")[:2]
            yield _row(
                "marks", {"pupil_id": pupil_id, "date": date, "session": session, "code": code, "arrived_at": arrived}
            )

    def _marks(self, world: World, pupil: dict[str, str]) -> Iterator[dict[str, str]]:
        pupil_id = pupil["pupil_id"]
        codes: dict[tuple[dt.date, str], str] = {}
        if pupil["boarder"] != "true":
            codes = {(date, half): "/" if half == "AM" else "\\" for date, half, _ in world.expected.get(pupil_id, ())}
        for when, said in (self.content.get("marks", {}).get(pupil_id) or {}).items():
            pair = (str(said).split() * 2)[:2] if len(str(said).split()) == 1 else str(said).split()
            for session in _sessions(str(when), codes):
                codes[session] = pair[HALVES.index(session[1])]
        for (date, half), code in sorted(codes.items()):
            if code != ".":
                cell = "" if code == "_" else code
                yield _row("marks", {"pupil_id": pupil_id, "date": date.isoformat(), "session": half, "code": cell})


def upn(number: int) -> str:
    """Returns a UPN with its check letter."""
    body = f"9990000{20000 + number:05d}"
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[sum(int(digit) * (place + 2) for place, digit in enumerate(body)) % 23] + body


def all_cases(folder: Path = FOLDER) -> list[Case]:
    """Returns every case of a folder's ``register.*.yaml``, without one of ``tests/requirements``."""
    found = []
    for file in sorted(folder.glob("register.*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        found += [Case(content["requirement"], case["name"], case) for case in content["cases"]]
    return found


def _row(table: str, given: dict[str, Any]) -> dict[str, str]:
    unknown = set(given) - set(layout_of(table))
    assert not unknown, f"{table} has no columns {unknown}"
    return {column: _cell(given.get(column)) for column in layout_of(table)}


def _cell(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _sessions(when: str, known: dict[tuple[dt.date, str], str]) -> list[tuple[dt.date, str]]:
    first, dots, last = when.partition("..")
    if not dots:
        return [(dt.date.fromisoformat(first), half) for half in HALVES]
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    days = {start + count * ONE for count in range((end - start).days + 1)}
    return [session for session in known if session[0] in days]
