"""Who and what is named between the times of a sentence or cell, without what only says where, or on what occasion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from checker.reading.words import cut
from england_attendance.policy.day.items import Item
from england_attendance.policy.day.marks import OTHER, PUPILS, REGISTER, SCHOOL, Mark, marks
from england_attendance.policy.day.units import Unit, occasions
from england_attendance.policy.vocabulary import topic

_BRACKETS = re.compile(r"\([^()]*\)")
_STAFF = frozenset(["teacher", "teachers", "tutor", "tutors", "staff", "manager", "supervisor"])
_AROUND_MEALS = frozenset(["after", "before", "following"])


def marks_between(unit: Unit, items: Sequence[Item]) -> Iterator[Mark]:
    """Yields the marks between the items of a unit: none reaches over a time."""
    forms, clauses = unit.words.forms, unit.words.clauses
    edges = [edge for item in items for edge in (item.start, item.end)]
    found = [
        mark
        for start, end in zip([0, *edges[1::2]], [*edges[::2], len(forms)], strict=True)
        for mark in marks(forms[:end], start)
    ]
    found = [_of_school(unit, mark, behind) for mark, behind in zip_longest(found, found[1:])]
    found = [mark for mark, behind in zip_longest(found, found[1:]) if not _says_whose_register(unit, mark, behind)]
    found = [mark for mark in found if not _is_whose(unit, mark)]
    found = _without_places(unit, found)
    asides = set(occasions(unit.words)) - {clauses[item.start] for item in items}
    asides -= {clauses[mark.start] for mark in found if mark.subject and mark.name == REGISTER}
    for mark in found:
        if clauses[mark.start] not in asides and not _is_part_of_day(forms, mark):
            # "Morning (all classes) | Register closes": no class registers
            parted = mark.name == "registers" and clauses[mark.start] != clauses[mark.start - 1]
            yield Mark(True, REGISTER, mark.start, mark.end) if parted else mark


def _says_whose_register(unit: Unit, mark: Mark, behind: Mark | None) -> bool:
    """Whether a mark is the group whose register the next one is: "Nursery registers are …"."""
    register = behind is not None and behind.subject and behind.name == REGISTER and behind.start == mark.end
    return (
        register and mark.name == OTHER and {*cut(unit.group).forms}.issuperset(unit.words.forms[mark.start : mark.end])
    )


def _of_school(unit: Unit, mark: Mark, behind: Mark | None) -> Mark:
    """Returns the mark of a site with which an entry begins as that of the school: "East Site: starts 8.40, ends 3.10"."""
    of_site = mark.subject and unit.words.forms[mark.end - 1] in {"site", "campus", "building"}
    turns = behind is not None and behind.name in {"begins", "ends"} and behind.start == mark.end
    labels = of_site and turns and unit.text[unit.words.ends[mark.end - 1] :].startswith(":")
    return Mark(True, SCHOOL, mark.start, mark.end, mark.governed) if labels else mark


def _is_whose(unit: Unit, mark: Mark) -> bool:
    """Whether what is named only says which teacher: "the period 4 teacher shuts it"."""
    behind = unit.words.forms[mark.end : mark.end + 1]
    return mark.subject and mark.name == OTHER and not _STAFF.isdisjoint(behind)


def _without_places(unit: Unit, found: list[Mark]) -> list[Mark]:
    """Returns the marks without those in brackets that say no more than where or who: "taken 1.40 (period 5)"."""
    starts = unit.words.starts
    for bracket in _BRACKETS.finditer(unit.text):
        inside = [mark for mark in found if bracket.start() <= starts[mark.start] < bracket.end()]
        if inside and all(mark.subject and mark.name in {OTHER, PUPILS} for mark in inside):
            found = [mark for mark in found if mark not in inside]
    return found


def _is_part_of_day(forms: Sequence[str], mark: Mark) -> bool:
    """Whether a meal only says when: "After lunch it is taken at 1.05"."""
    if mark.name != OTHER or not mark.subject or mark.start == 0:
        return False
    return forms[mark.start] in topic("day/register_events").words("meals") and forms[mark.start - 1] in _AROUND_MEALS
