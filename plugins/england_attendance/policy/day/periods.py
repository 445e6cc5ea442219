"""The lessons and form times of a day whose times a policy gives, so that "taken in period 5" becomes a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from checker.recognise.numbers import number
from england_attendance.policy.day.items import Item
from england_attendance.policy.day.units import Unit
from england_attendance.policy.vocabulary import topic

FORM = "form"
NEAR = 5


@dataclass(frozen=True, slots=True)
class Period:
    """When a lesson or form time begins, and when it ends where that is said."""

    begins: dt.time
    ends: dt.time | None


class Periods:
    """The lessons and form times that have been read."""

    def __init__(self) -> None:
        self._known: dict[str, Period] = {}

    def learn(self, unit: Unit, items: Sequence[Item]) -> None:
        """Takes note of the lessons that a unit gives a time: before it, or behind it in a line that begins with it."""
        for key, start, end in _named(unit.words.forms):
            for item in items:
                if item.first is None or key in self._known:
                    continue
                between = (
                    unit.words.forms[end : item.start] if end <= item.start else unit.words.forms[item.end : start]
                )
                behind = end <= item.start or item.offset <= unit.own_offset + 3
                if behind and len(between) <= NEAR and (unit.cell or _are_light(between)):
                    last = item.last.resolve().value if item.last else None
                    self._known[key] = Period(item.first.resolve().value, last)

    def named_in(self, unit: Unit) -> tuple[Period, ...]:
        """Returns the lessons that a unit names and whose times are known."""
        keys = dict.fromkeys(key for key, _, _ in _named(unit.words.forms))
        return tuple(self._known[key] for key in keys if key in self._known)


def _named(forms: Sequence[str]) -> list[tuple[str, int, int]]:
    period, found = topic("day/register_events")["period"], []
    if period.first(forms) is None:
        return []
    for start in range(len(forms)):
        for phrase in period.phrases:
            end = phrase.end_from(forms, start)
            if end is not None:
                found.append((period_key(forms[end - 1]), start, end))
                break
    return found


def period_key(word: str) -> str:
    """Returns what tells one lesson from another: its number; all form times are one."""
    value = number(word)
    return str(value) if value is not None else FORM


def _are_light(forms: Sequence[str]) -> bool:
    allowed = topic("day/register_events")["period-time"]
    return all(allowed.first([form]) is not None for form in forms)
