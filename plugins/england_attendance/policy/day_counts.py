"""Numbers of days, however they are counted: ``five school days``, ``a fortnight``, ``by the fifth day``, ``10 sessions``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.recognise.comparisons import Comparison
from checker.recognise.durations import Duration, Qualifier, Unit, durations
from checker.recognise.numbers import numbers

DAYS_IN = {Unit.DAY: 1.0, Unit.WEEK: 5.0, Unit.SESSION: 0.5}
_ORDINAL_DAY = re.compile(r" (?:(?P<counted>school|working) )?day\b", re.IGNORECASE)
# "Before the sixth day" leaves five days, "before the fifth day is over" as many.
_BEFORE = re.compile(r"\bbefore (?:the|a|any) $", re.IGNORECASE)
_OVER = re.compile(r"(?: \w+){0,4}? (?:is|are|has|have)? ?(?:out|over|ends?|ended|passed|closes?|up)\b", re.IGNORECASE)
_A_SCHOOL_WEEK = re.compile(r"\ba school week\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"(?:\b(?:within|inside|in|by|before|under|up to|until|till|at most|at the latest|(?:no|not) (?:later|more|longer) than"
    r"|(?:no|not) after|(?:no|not|never) (?:beyond|past)"
    r"|maximum(?: of)?|less than|fewer than|have|has|there are|(?:is|are) (?:allowed|given|granted)"
    r"|(?:gives?|allows?)(?: us)?|deadline is"
    r"|at the (?:end|close) of)|[:|(])"
    r"(?: (?:the|a|an|on|end|close|period|maximum|space|next|first|following|of|only|at most|just|until|by|time))*[ (]*$",
    re.IGNORECASE,
)
_LIMIT_AFTER = re.compile(
    r"(?: later)?(?: (?:after|from|of|following) (?:the|that|a|an|each) \w+)?,? ?\(?"
    r"(?:at (?:the )?(?:most|latest)|maximum|as (?:the|an?) (?:\w+ )?(?:limit|maximum)|or (?:less|fewer|sooner)"
    r"|(?:is|are) (?:the (?:limit|longest|most|maximum|last|latest)|all|allowed|given|allotted))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DayCount:
    """A number of days in a text.

    Attributes:
        start: Offset of its first character.
        end: Offset after its last.
        days: How many; a week counts as five school days, a session as half of one.
        counted: ``school``, ``working``, or empty for plain days.
        limit: Whether it bounds the time for a deed, as in ``within five days`` and ``by the fifth day``.
    """

    start: int
    end: int
    days: float
    counted: str
    limit: bool


def day_counts(text: str) -> tuple[DayCount, ...]:
    """Returns the numbers of days in a text, in order; single days such as ``the first day`` only as a limit."""
    found = [_of_duration(text, length) for length in durations(text) if length.unit in DAYS_IN]
    for place in numbers(text) if "day" in text else ():
        match = _ORDINAL_DAY.match(text, place.end)
        if place.ordinal and match and place.value > 1:
            sooner = _BEFORE.search(text[: place.start]) is not None and not _OVER.match(text, match.end())
            limit, counted = _is_limit(text, place.start, match.end()), (match["counted"] or "").lower()
            found.append(DayCount(place.start, match.end(), place.value - sooner, counted, limit))
    for match in _A_SCHOOL_WEEK.finditer(text):
        found.append(DayCount(*match.span(), 5.0, "school", _is_limit(text, *match.span())))
    return tuple(sorted(found, key=lambda count: count.start))


def _is_limit(text: str, start: int, end: int) -> bool:
    return _LIMIT.search(text[:start]) is not None or _LIMIT_AFTER.match(text, end) is not None


def _of_duration(text: str, length: Duration) -> DayCount:
    counted = next((each.value for each in (Qualifier.SCHOOL, Qualifier.WORKING) if length.counted(each)), "")
    limit = _is_limit(text, length.start, length.end) or length.comparison in {
        Comparison.AT_MOST,
        Comparison.LESS_THAN,
    }
    return DayCount(length.start, length.end, length.high * DAYS_IN[length.unit], counted, limit)
