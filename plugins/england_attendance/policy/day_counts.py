"""Numbers of days, however they are counted: ``five school days``, ``a fortnight``, ``by the fifth day``, ``10 sessions``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.recognise.comparisons import Comparison
from checker.recognise.durations import Duration, Qualifier, Unit, durations
from checker.recognise.numbers import numbers

DAYS_IN = {Unit.DAY: 1.0, Unit.WEEK: 5.0, Unit.SESSION: 0.5}
_ORDINAL_DAY = re.compile(r" (?:(?P<counted>school|working) )?day\b", re.IGNORECASE)
_A_SCHOOL_WEEK = re.compile(r"\ba school week\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"(?:\b(?:within|inside|in|by|before|under|up to|at most|at the latest|(?:no|not) (?:later|more|longer) than|maximum(?: of)?"
    r"|less than|fewer than|have|has)|[:|(])"
    r"(?: (?:the|a|an|end|close|period|maximum|space|next|first|following|of|only|at most|just))*[ (]*$",
    re.IGNORECASE,
)
_LIMIT_AFTER = re.compile(
    r"(?: later)?,? ?\(?(?:at (?:the )?(?:most|latest)|maximum|or (?:less|fewer|sooner)|(?:is|are) the"
    r" (?:limit|longest|most|maximum))",
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
            limit = _LIMIT.search(text[: place.start]) is not None
            found.append(DayCount(place.start, match.end(), place.value, (match["counted"] or "").lower(), limit))
    for match in _A_SCHOOL_WEEK.finditer(text):
        found.append(
            DayCount(match.start(), match.end(), 5.0, "school", _LIMIT.search(text[: match.start()]) is not None)
        )
    return tuple(sorted(found, key=lambda count: count.start))


def _of_duration(text: str, length: Duration) -> DayCount:
    counted = next((each.value for each in (Qualifier.SCHOOL, Qualifier.WORKING) if length.counted(each)), "")
    limit = (
        _LIMIT.search(text[: length.start]) is not None
        or length.comparison in {Comparison.AT_MOST, Comparison.LESS_THAN}
        or _LIMIT_AFTER.match(text, length.end) is not None
    )
    return DayCount(length.start, length.end, length.high * DAYS_IN[length.unit], counted, limit)
