"""The days within which a penalty notice is to be paid: "21 days", "four weeks", "day 28", "a further seven days"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from checker.recognise.durations import Unit, durations
from checker.recognise.numbers import number, numbers

MOST_WEEKS = 4
FROM_WITHIN = 16
BESIDE = 3  # characters
_DAY = re.compile(
    r"\bdays? (?:\d{1,2}(?: and | to | ?[–-] ?)(?:day )?)?(?P<number>\d{1,2})\b"
    r"|\b(?:within|inside|by|up to|in)(?: the(?: end of| first)?)? (?P<bare>\d{2}|twenty-\w+)(?=[.;,)]|$)",
    re.IGNORECASE,
)
_ORDINAL_WEEK = re.compile(
    r"\b(?:in|during|by|within)(?: the(?: end of)?)? (?P<number>third|fourth) week\b", re.IGNORECASE
)
_PART_OF_ALL = re.compile(  # "in the first 21 of the 28 days"
    r"\b(?P<number>\d{1,2}|twenty-\w+) (?:out )?of (?:the|those|these|your)(?= (?:\d{1,2}|twenty-\w+) days\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\bbefore (?:the |day )?$", re.IGNORECASE)
_DAYS = re.compile(r"\bdays\b", re.IGNORECASE)
_BEGINS_A_STRETCH = re.compile(r"\b(?:between|from)(?: the| day)* $", re.IGNORECASE)
_TO_ITS_END = re.compile(
    r"(?: days?)?(?: (?:and|to|until|till|through to|up to)(?: the| and including)*(?: day)?| ?[–-]) ?", re.IGNORECASE
)
_ONLY_FROM = re.compile(r"\b(?:after|over|beyond|than|from|(?<!the )following|past)(?: day| the)? $", re.IGNORECASE)
_UNPAID = re.compile(
    r"(?:\b(?:not|never|no)\b|n['’]t\b|\bfail\w*\b)[^.;,£]{0,12}\bpa(?:id|y|yment)\b[^.;,£]{0,12}\b(?:within|in|by|inside)"
    r"(?: (?:the|these|those))?(?: (?:first|initial))? $"
    r"|\bunpaid (?:within|in|by|inside|after|for)(?: the)?(?: first)? $",
    re.IGNORECASE,
)
_GONE_BY = re.compile(
    r" (?:go|goes|have gone|has gone) by\b| (?:pass|passes|elapse|are up|have passed)\b", re.IGNORECASE
)
_MORE_DAYS = re.compile(r"\b(\w+) (more|further|extra|additional|other)(?= (?:day|week)s\b)", re.IGNORECASE)
_ONE_MORE_WEEK = re.compile(
    r"\b(?:another|one more|one further|a further|an extra|an additional|the (?:following|next)) week\b", re.IGNORECASE
)
_MORE = re.compile(r"\b(?:further|following|next|another|additional|extra|more)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Days:
    """Days within which to pay, where they stand in a text."""

    start: int
    end: int
    days: int


def lengths_of(text: str, days_before: int = 0) -> tuple[list[Days], list[Days]]:
    """Returns the days in a text: ``21 days``, ``four weeks``, ``day 28``, ``the twenty-eighth``.

    Those within which something is due come first; then those that are over by then: "if not paid within 21 days".
    Further days come on top of those before them in the text, or on top of ``days_before``.
    """
    found = [
        Days(length.start, length.end, int(length.high) * (7 if length.unit is Unit.WEEK else 1))
        for length in durations(_MORE_DAYS.sub(r"\2 \1", text))
        if length.unit is Unit.DAY or (length.unit is Unit.WEEK and length.high <= MOST_WEEKS)
    ]
    bare = [(match, number(match["number"] or match["bare"])) for match in _DAY.finditer(text)]
    found += [Days(match.start(), match.end(), int(days)) for match, days in bare if days is not None]
    parts = [(match, number(match["number"])) for match in _PART_OF_ALL.finditer(text)]
    found += [Days(match.start(), match.end(), int(days)) for match, days in parts if days is not None]
    weeks = [(match, number(match["number"])) for match in _ORDINAL_WEEK.finditer(text)]
    found += [Days(match.start(), match.end(), int(count) * 7) for match, count in weeks if count is not None]
    found += [Days(match.start(), match.end(), 7) for match in _ONE_MORE_WEEK.finditer(text)]
    taken = {place for one in found for place in range(one.start, one.end)}
    ordinals = [one for one in numbers(text) if one.ordinal and one.value > MOST_WEEKS and one.start not in taken]
    found += [Days(one.start, one.end, one.value) for one in ordinals]
    found.sort(key=lambda one: one.start)
    found = [_in_all(text, one, found[place - 1].days if place else days_before) for place, one in enumerate(found)]
    found = [one for place, one in enumerate(found) if not _runs_on(text, one, found[place + 1 :])]
    found = [
        one for one, after in zip(found, [*found[1:], None], strict=False) if not _begins_a_stretch(text, one, after)
    ]
    unpaid = [one for one in found if _UNPAID.search(text[: one.start]) or _go_by(text, one)]
    found = [one for one in found if one not in unpaid]
    found = [replace(one, days=one.days - 1) if _ends_the_day_before(text, one) else one for one in found]
    ends = [one for one in found if not _ONLY_FROM.search(text[max(0, one.start - FROM_WITHIN) : one.start])]
    lengths = ends or found
    unpaid += [one for one in found if one not in lengths]
    once = [one for place, one in enumerate(lengths) if not place or not _is_said_again(lengths[place - 1], one)]
    return once, unpaid


def _in_all(text: str, one: Days, days_before: int) -> Days:
    """Returns days that come on top of those before them as days in all: "21 days … in the following seven days"."""
    more = _MORE.search(text[max(0, one.start - FROM_WITHIN) : one.end])
    return replace(one, days=days_before + one.days) if days_before and more and one.days < days_before else one


def _ends_the_day_before(text: str, one: Days) -> bool:
    """Whether a day after whole weeks ends them: "before the 22nd day" leaves 21; "before 21 days have passed" is 21."""
    is_length = _DAYS.search(text, one.start, one.end) is not None
    return one.days % 7 == 1 and not is_length and _BEFORE.search(text[: one.start]) is not None


def _begins_a_stretch(text: str, one: Days, after: Days | None) -> bool:
    """Whether days only begin a stretch of time whose end comes next: "between the 22nd and the 28th day"."""
    if after is None or not _TO_ITS_END.fullmatch(text[one.end : after.start]):
        return False
    return bool(_BEGINS_A_STRETCH.search(text[: one.start])) or text[one.end : after.start].strip() in {"–", "-", "to"}


def _go_by(text: str, one: Days) -> bool:
    """Whether days are over by then: "if three weeks go by"; "before 21 days have passed" is another matter."""
    return _GONE_BY.match(text, one.end) is not None and _BEFORE.search(text[: one.start]) is None


def _runs_on(text: str, one: Days, later: list[Days]) -> bool:
    """Whether a day after whole weeks only begins what ends later: "£160 on day 22 and stays there until day 28"."""
    return one.days % 7 == 1 and any(one.days < end.days and "£" not in text[one.end : end.start] for end in later)


def _is_said_again(one: Days, other: Days) -> bool:
    """Whether days stand right behind the same in other words: "three weeks (21 days)"."""
    return one.days == other.days and other.start - one.end <= BESIDE
