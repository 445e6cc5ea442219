"""Year groups that a policy writes in two ways: "Yr 4/5/6" and "Years 4-6", "KS1" and "Key Stage 1"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from england_attendance.policy.day.events import Event

_YEARS = re.compile(r"(?P<reception>Reception\W(?:and )?)?(?: ?(?:Years?|Yrs?|Y)\.? ?)(?P<list>[\dR].*)")
_ONE = re.compile(r"(?P<first>\d{1,2}|R)(?: ?(?:–|-|to) ?(?:Years? |Yrs? |Y)?(?P<last>\d{1,2}))?")
_STAGE = re.compile(r"(?:Key Stages?|KS) ?(?P<number>\d)")
_WEEK = ("mon", "tue", "wed", "thu", "fri")
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri)"
_DAYS = re.compile(rf"\b(?P<first>{_DAY})[a-z]*(?: ?(?:–|-|to|until|through) ?(?P<last>{_DAY}))?", re.IGNORECASE)
_ENDING = re.compile(r"s$")


def with_like_groups(events: Iterable[Event]) -> Iterator[Event]:
    """Yields events, each for its year group as that is first written."""
    known: dict[object, str] = {}
    for event in events:
        yield replace(event, group=known.setdefault(_key(event.group), event.group)) if event.group else event


def cover_week(groups: Iterable[str]) -> bool:
    """Whether groups of days are together all five of the school week: "Mon–Thu" and "Fri"."""
    return {day for group in groups for span in _DAYS.finditer(group) for day in _days(span)} >= set(range(len(_WEEK)))


def _days(span: re.Match[str]) -> Iterable[int]:
    first = _WEEK.index(span["first"].lower())
    return range(first, _WEEK.index(span["last"].lower()) + 1) if span["last"] else [first]


def _key(group: str) -> object:
    """Returns what two ways to write one group have in common: its years, its key stage, or else its words."""
    years = _YEARS.fullmatch(group)
    if years:
        listed = {year for one in _ONE.finditer(years["list"]) for year in _years(one)}
        return frozenset(listed | ({0} if years["reception"] else set()))
    stage = _STAGE.fullmatch(group)
    return int(stage["number"]) if stage else _ENDING.sub("", group.lower())


def _years(one: re.Match[str]) -> Iterable[int]:
    first = 0 if one["first"] == "R" else int(one["first"])
    return range(first, int(one["last"] or first) + 1)
