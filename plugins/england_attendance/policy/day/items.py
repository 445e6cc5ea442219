"""The times of day, ranges and lengths of time that stand in a sentence or cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.recognise.durations import Duration, durations
from checker.recognise.durations import Unit as Measure
from checker.recognise.times import Time, time_ranges, times
from england_attendance.policy.day.units import Unit
from england_attendance.policy.vocabulary import topic

# A line that begins with figures, or with the session whose they are: "8.40 – gates open", "Morning: called 8.40, …".
_BEGINS = re.compile(
    r"\d{1,2}[.:]\d\d\b(?! ?%)(?=[ ,:–-])|(?:morning|afternoon|am|pm)s?(?: \w+)?:(?=.*\d[.:]\d\d)", re.IGNORECASE
)
# What parts a time from the length before it that leads to it: "20 minutes after it is opened, at 9.10".
_COMES_TO = re.compile(
    r" (?:after|from|of|following) [^.;,:()]+(?:,|:| [–-]|(?= \((?:that|i)))\W*(?:(?:that is|i\.?e\.?|namely)\W*|(?=at|by))"
    r"(?:(?:at|by) )?",
    re.IGNORECASE,
)
_BEHIND_A_NUMBER = re.compile(r"\d{3} ?\((?:\w+ ){0,3}$")
_APART = re.compile(r"(?:, |\()\d{1,2}[.:]\d\d(?=[,)]|\.$)")
_WITHIN_A_DAY = frozenset([Measure.MINUTE, Measure.HOUR])


@dataclass(frozen=True, slots=True)
class Item:
    """A time, a range of times, or a length of time, as it stands in a unit.

    Attributes:
        start: Index of its first word.
        end: Index after its last.
        offset: Where it begins in the unit's text.
        offset_end: Where it ends.
        first: The time, or the range's beginning.
        last: The range's end.
        length: The length of time, in place of a time.
    """

    start: int
    end: int
    offset: int
    offset_end: int
    first: Time | None = None
    last: Time | None = None
    length: Duration | None = None


def read_items(unit: Unit) -> list[Item]:
    """Returns the times, ranges and lengths of a unit, in order."""
    doubtful = unit.cell or _BEGINS.match(unit.text, unit.own_offset) is not None or _sets_times_apart(unit)
    found: list[Item] = []
    spreads = time_ranges(unit.text, doubtful=doubtful)
    covered = {time.start for spread in spreads for time in (spread.first, spread.last)}
    for spread in spreads:
        found.append(_item(unit, spread.start, spread.end, first=spread.first, last=spread.last))
    for time in times(unit.text, doubtful=doubtful):
        if time.start not in covered:
            found.append(_item(unit, time.start, time.end, first=time))
    for length in durations(unit.text):
        if length.unit in _WITHIN_A_DAY:
            found.append(_item(unit, length.start, length.end, length=length))
    found = [item for item in found if not _lacks_its_unit(unit, item, found) and not _tells_when_to_ring(unit, item)]
    found.sort(key=lambda item: item.offset)
    return found


def _sets_times_apart(unit: Unit) -> bool:
    """Whether a sentence on registers sets several figures apart: "first thing (8.45) and after lunch (1.00)"."""
    if topic("day/register_events")["subject-register"].first(unit.words.forms) is None:
        return False
    return len(_APART.findall(unit.text, unit.own_offset)) > 1


def holds_items(text: str) -> bool:
    """Whether a text may hold a time, a range of times, or a length of time."""
    return bool(times(text, doubtful=True)) or any(length.unit in _WITHIN_A_DAY for length in durations(text))


def _lacks_its_unit(unit: Unit, item: Item, items: list[Item]) -> bool:
    """Whether what looks like an hour is a length: "for 30 minutes in the morning and for 15 in the afternoon"."""
    if item.first is None or not unit.text[: item.offset].endswith(" for "):
        return False
    written = unit.text[item.offset : item.offset_end].partition(" ")
    return written[0].isdecimal() and any(other.length and other.end <= item.start for other in items)


def _tells_when_to_ring(unit: Unit, item: Item) -> bool:
    """Whether times in brackets are those at which a telephone is answered: "01632 960471 (8.30–2.30)"."""
    return _BEHIND_A_NUMBER.search(unit.text, 0, item.offset) is not None


def _item(unit: Unit, start: int, end: int, **what: Time | Duration) -> Item:
    first, last = unit.word_at(start), unit.word_after(end)
    return Item(first, max(last, first + 1), start, end, **what)  # type: ignore[arg-type]


def leads_to(text: str, length: Item, time: Item) -> bool:
    """Whether a length of time leads to the time behind it: "closes 20 minutes after it is opened, at 9.10"."""
    if length.length is None or time.length is not None:
        return False
    return _COMES_TO.fullmatch(text[length.offset_end : time.offset]) is not None
