"""What is said of a time by the label or the line that it stands behind, where no verb and no subject stands with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from england_attendance.policy.day.items import Item
from england_attendance.policy.day.marks import DAY, REGISTER, SESSION, Mark
from england_attendance.policy.day.said_context import context_subject, is_of_something_else
from england_attendance.policy.day.said_pairs import Pair
from england_attendance.policy.day.units import Unit
from england_attendance.policy.vocabulary import topic

LONGEST_LABEL = 8
SHORTEST_DAY = 300  # minutes: "Day: 8.45–3.15"
_PLACE = re.compile(r"\b(?:at|of|in|for) (?:the )?(?:[A-Z][\w'’]+(?: (?:of )?(?=[A-Z])|\b))+")


def of_label(unit: Unit, items: Sequence[Item], item: Item) -> Iterator[Pair]:
    """Yields what the heading speaks of for a time behind nothing but a session: "Morning: 8.45am – 9.05am"."""
    forms, words = unit.words.forms, topic("day/register_events")
    label = forms[: item.start]
    subject = context_subject(unit)
    clauses = unit.words.clauses
    begins = item.start < 2 or clauses[item.start - 2] != clauses[item.start - 1]  # "Primary phase: day 8.45 to 3.15"
    if label[-1:] == ("day",) and begins and _is_a_day_long(item) and not is_of_something_else(unit):
        yield Pair(DAY, "", Mark(True, DAY, item.start - 1, item.start))
        return
    if subject == DAY and _is_a_day_long(item) and _names_whose_day(unit, label):
        yield Pair(DAY, "", Mark(True, DAY, item.start, item.start))
        return
    edges = [0, *(edge for one in items for edge in (one.start, one.end)), len(forms)]
    between = (forms[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    alone = all(words.words("edges").issuperset(part) for part in between)
    bare = item.last is not None and not unit.cell
    if alone and (bare or label):
        # "Opening hours / 8.45 – 3.15", "Morning register / From: 8.45 / To: 9.05"
        if subject == REGISTER or (subject == DAY and item.last is not None):
            yield Pair(subject, "", Mark(True, subject, item.start, item.start))
        return
    days = next((at for at, form in enumerate(label) if form not in words.words("edges")), 0) if unit.cell else 0
    label = label[days:]  # "Monday to Friday | Morning"
    named = words["session-label"].first(label)
    if named is None or named[0] > 1 or not words.words("light").issuperset(label[named[1] :]):
        return
    if subject == REGISTER or (subject == DAY and item.last is not None):
        name = REGISTER if subject == REGISTER else SESSION  # "The school day / Morning: 8.55 – 12.00"
        yield Pair(name, "", Mark(True, name, named[0] + days, named[1] + days))


def _names_whose_day(unit: Unit, label: Sequence[str]) -> bool:
    """Whether a label is a site or a year group, no office or club: "School hours / Mill Lane: 8.45 – 3.15"."""
    words = topic("day/register_events")
    year_group = words["year-group"].first(label) is not None
    others = words.words("of-another-thing") - ({"reception"} if year_group else set())
    elsewhere = words["subject-other"].first(label) is not None or not others.isdisjoint(label)
    named = year_group or bool(unit.group or unit.sites)
    return named and len(label) <= LONGEST_LABEL and not elsewhere and not is_of_something_else(unit)


def _is_a_day_long(item: Item) -> bool:
    if item.first is None or item.last is None:
        return False
    return item.last.resolve().minutes - item.first.resolve().minutes >= SHORTEST_DAY


def is_first_of_two(unit: Unit, before: Sequence[str]) -> bool:
    """Whether a time is that of one of two registers that were named before: "The first, at 8.45, closes at 9.05"."""
    words = topic("day/register_events")
    named = words["first-of-two"].first(before)
    if named is None or named[0] or before[named[1] :] not in {("at",), ("is", "at"), ()}:
        return False
    return words["subject-register"].first(unit.context) is not None


def words_before_times(unit: Unit) -> int | None:
    """Returns where the line that leads to a time says that it does: "… is taken at these times, and closed later: 8.45"."""
    place = topic("day/register_events")["these-times"].first(unit.words.forms[: unit.own_from])
    return place[0] if place else None


def says_little(unit: Unit, start: int, end: int, whose: Sequence[Mark] = ()) -> bool:
    """Whether some words say no more than when, where and for whom: "The school day at Highfield is from 8.40"."""
    forms, starts, ends = unit.words.forms, unit.words.starts, unit.words.ends
    light = topic("day/register_events").words("light")
    if start >= end or light.issuperset(forms[start:end]):
        return True
    places = [match.span() for match in _PLACE.finditer(unit.text, ends[start - 1] if start else 0, ends[end - 1])]
    places += [(starts[mark.start], ends[mark.end - 1]) for mark in whose]
    own = (at for at in range(start, end) if not any(first <= starts[at] < last for first, last in places))
    return all(forms[at] in light for at in own)
