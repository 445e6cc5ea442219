"""Lengths of time: ``30 minutes``, ``half an hour``, ``twenty-one (21) days``, ``10 school days``, ``3-6 weeks``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from checker.recognise.comparisons import Comparison, comparison
from checker.recognise.numbers import FIGURES, WORDS, number
from checker.recognise.spans import Span, after, before, mentions, without_overlaps


class Unit(StrEnum):
    """A unit in which time is counted."""

    MINUTE = "minute"
    HOUR = "hour"
    SESSION = "session"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TERM = "term"
    YEAR = "year"


class Qualifier(StrEnum):
    """What is said about the units that are counted."""

    SCHOOL = "school"
    WORKING = "working"
    CALENDAR = "calendar"
    CONSECUTIVE = "consecutive"
    ROLLING = "rolling"


_UNITS = {
    **dict.fromkeys(("minute", "min"), Unit.MINUTE),
    **dict.fromkeys(("hour", "hr"), Unit.HOUR),
    **dict.fromkeys(("year", "yr"), Unit.YEAR),
    **dict.fromkeys(("week", "wk", "fortnight"), Unit.WEEK),
    **dict.fromkeys(("half-day", "half day"), Unit.SESSION),  # only "ten half-days"; half a day is a length of its own
    **{unit.value: unit for unit in (Unit.SESSION, Unit.DAY, Unit.MONTH, Unit.TERM)},
}
_QUALIFIERS = {
    "school": Qualifier.SCHOOL,
    "academic": Qualifier.SCHOOL,
    "working": Qualifier.WORKING,
    "business": Qualifier.WORKING,
    "calendar": Qualifier.CALENDAR,
    **dict.fromkeys(("consecutive", "successive", "continuous", "unbroken", "running"), Qualifier.CONSECUTIVE),
    "rolling": Qualifier.ROLLING,
}
_UNIT = r"(?:(?<!\ba )half[ -]day(?=s|[ -]absen)|minute|min|hour|hr|session|day|week|wk|fortnight|month|term|year|yr)"
_FILLER = (
    r"(?:school|academic|working|business|calendar|consecutive|cumulative|non-consecutive|successive|continuous"
    r"|unbroken|running|rolling|full|whole"
    r"|complete|clear|further|additional|extra|teaching|statutory|possible|unauthorised|authorised|unexplained|missed"
    r"|absence|absent|late|half[ -]day|x|separate|or cumulative|or non-consecutive|or more|or fewer|or less|and above)"
)
_AMOUNT = (
    r"(?:(?:(?:a|one) quarter|quarter|three[ -]quarters) of an(?= hour\b)"
    rf"|{FIGURES}(?:\.\d{{1,2}}|½| ?[½¼¾]| and a half)?|[½¼¾]|(?:{WORDS})(?: and a half)?"
    r"|half of one|half an?|half(?=[ -](?:hour|day)\b)|an?(?: single)?|one half)"
)
_AGAIN = rf"(?!{_FILLER}\b)(?P<%s>\d{{1,4}}|[a-z]{{3,9}}(?:[ -][a-z]{{3,8}}){{0,4}})"
_LOW = rf"(?P<low>{_AMOUNT})(?: ?\({_AGAIN % 'low_again'}\))?(?P<low_unit> {_UNIT}s?)?"
_DURATION = re.compile(
    rf"(?<![\w£$€.,:%])(?<!\d/)(?:{_LOW}(?: ?– ?|(?<=[\d)])-|-? to | or | and ))?"
    rf"(?P<amount>{_AMOUNT})\]?(?: ?\({_AGAIN % 'again'}\))?(?P<plus>\+)?"
    rf"(?P<words>(?:[ -]\(?{_FILLER}\)?(?:,? \(?{_FILLER}\)?){{0,3}})?)[ -]?(?P<unit>{_UNIT})(?:s'?|'s)?(?![\w'])",
    re.IGNORECASE,
)
_ROLLING_BEFORE = re.compile(r"\brolling (?:period of )?$|\brolling (?:window|period|total) (?:of|over) $")
_AFTER_WORDS = re.compile(
    r",? ?\(?(?P<words>(?:(?:consecutively|in a row|running|successively|continuously)\b(?! or\b| and\b)"
    r"|rolling (?:period|window)\b))"
)
_AGE_AFTER = re.compile(r"[- ]olds?\b| of age\b|-olds?\b")
_AGAINST_BEFORE = re.compile(
    r"(?:\b(?:years?|yrs?|stages?|ks|tiers?|levels?|sections?|appendix|(?<!retention )(?<!improvement )periods?|phases?"
    r"|steps?|codes?|regulations?|paragraphs?"
    r"|week|term) ?(?:\d+ ?(?:,|and|to|or|–|-) ?)*|\bage[ds]? (?:of |between |from )?(?:\d+ (?:and|to) )?)$"
)
_STEP_BEFORE = re.compile(r"\b(?:stage|step|tier|level|phase) (?:\w+ – )?$")  # "Step 1 – 10 sessions" numbers one step
_RATE_BEFORE = re.compile(r"\b(?:once|twice|times|sessions?|days?|hours?|minutes?|lessons?|each|per|time|often) $")
_PLAIN_WORDS = re.compile(r"(?:[ -](?:full|whole|calendar|complete|further|additional))*", re.IGNORECASE)
_ARTICLE_AGAINST = re.compile(
    r"[ -](?:groups?|heads?|leaders?|tutors?|team|time|to[ -](?:day|week|month|term|year)|by|out|\d|holiday|date)"
)
_FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}


@dataclass(frozen=True, slots=True)
class Duration(Span):
    """A length of time.

    Attributes:
        low: The number of units; of ``3-6 weeks`` the smaller.
        high: The same number; of ``3-6 weeks`` the greater.
        unit: What is counted. Half an hour is 30 minutes, a fortnight two weeks.
        qualifiers: What is said about the units, in the order of :class:`Qualifier`.
        comparison: Whether it is said as a bound, as in ``no more than 30 minutes``.
        disagrees: Whether figures and words say different numbers, as in ``twenty-one (28) days``.
    """

    low: float
    high: float
    unit: Unit
    qualifiers: tuple[Qualifier, ...] = ()
    comparison: Comparison = Comparison.EXACTLY
    disagrees: bool = False

    @property
    def amount(self) -> float | None:
        """The number of units; ``None`` where a range is stated."""
        return self.low if self.low == self.high else None

    def counted(self, qualifier: Qualifier) -> bool:
        """Whether this is said about the units."""
        return qualifier in self.qualifiers


@lru_cache(maxsize=2048)
def durations(text: str) -> tuple[Duration, ...]:
    """Returns the lengths of time in a text. Ages, rates (``once a week``) and times of day are none."""
    if not mentions(text, _UNITS):
        return ()
    found = [duration for match in _DURATION.finditer(text) for duration in _of(text, match)]
    return without_overlaps(_merged(text, found))


def _of(text: str, match: re.Match[str]) -> Iterator[Duration]:
    """Yields what a match states: one length, a range, or two lengths that share a unit (``21 or 28 days``)."""
    if match["low"] is None:
        yield from _one(text, match, match.start("amount"), None, match["amount"])
        return
    together = text[match.start("low") : match.end("amount")]
    if " – " in together and _STEP_BEFORE.search(before(text, match.start())):
        yield from _one(text, match, match.start("amount"), None, match["amount"])
    elif number(together) is not None:
        yield from _one(text, match, match.start("low"), None, together)
    elif _is_range(text, match):
        yield from _one(text, match, match.start("low"), match["low"], match["amount"])
    else:
        yield from _listed(text, match)
        yield from _one(text, match, match.start("amount"), None, match["amount"])


def _listed(text: str, match: re.Match[str]) -> Iterator[Duration]:
    unit = (match["low_unit"] or match["unit"]).strip().lower().removesuffix("s")
    amount = _amount(match["low"])
    if _is_article(match["low"]) or _is_no_amount(match["low"], _UNITS[unit]) or not amount:
        return
    lead = before(text, match.start())
    if not _AGAINST_BEFORE.search(lead) and not _AGE_AFTER.match(after(text, match.end())):
        end = match.end("low_unit") if match["low_unit"] else match.end("low_again" if match["low_again"] else "low")
        compared, start, _ = comparison(text, match.start(), match.end("low"))
        factor = 2 if unit == "fortnight" else 1
        qualifiers = () if match["low_unit"] else _qualifiers(text, match.start(), match)
        plain = _plain(amount * factor)
        yield Duration(start, end, plain, plain, _UNITS[unit], qualifiers, compared)


def _one(text: str, match: re.Match[str], start: int, low: str | None, high: str) -> Iterator[Duration]:
    lead, rest = before(text, start), after(text, match.end())
    lead = _STEP_BEFORE.sub("", lead) if " – " in lead else lead
    amount, unit = _amount(high), _UNITS[match["unit"].lower()]
    least = _amount(low) if low is not None else amount
    if _AGAINST_BEFORE.search(lead) or _AGE_AFTER.match(rest) or _is_no_amount(high, unit) or not amount:
        return
    if _is_article(high) and (
        _RATE_BEFORE.search(lead) or not _PLAIN_WORDS.fullmatch(match["words"]) or _ARTICLE_AGAINST.match(rest)
    ):
        return
    factor = 2 if match["unit"].lower() == "fortnight" else 1
    half = rest.startswith(" and a half") and low is None
    amount, least = amount + Fraction(half, 2), least + Fraction(half, 2)
    if unit is Unit.HOUR and amount.denominator != 1 and least == amount:
        unit, factor = Unit.MINUTE, 60
    compared, begins, end = _compared(text, start, match)
    end = max(end, match.end() + len(" and a half") * half)
    low_value, high_value = _plain(least * factor), _plain(amount * factor)
    yield Duration(
        begins,
        end,
        low_value,
        high_value,
        unit,
        _qualifiers(text, start, match),
        compared,
        _disagrees(match, low, high),
    )


def _compared(text: str, start: int, match: re.Match[str]) -> tuple[Comparison, int, int]:
    words = match["words"].lower()
    if match["plus"] or "or more" in words or "and above" in words:
        return Comparison.AT_LEAST, start, match.end()
    if "or fewer" in words or "or less" in words:
        return Comparison.AT_MOST, start, match.end()
    return comparison(text, start, match.end())


def _disagrees(match: re.Match[str], low: str | None, high: str) -> bool:
    """Whether a number in brackets is another than the one before it."""
    pairs = ((low, match["low_again"]), (high, match["again"]))
    return any(first and again and number(again) not in {None, _amount(first)} for first, again in pairs)


def _is_range(text: str, match: re.Match[str]) -> bool:
    """Whether two amounts before one unit are the ends of a range and no list: ``and`` needs ``between``."""
    gap = text[match.end("low") : match.start("amount")].lower()
    if (
        match["low_unit"]
        and _UNITS[match["low_unit"].strip().lower().removesuffix("s")] != _UNITS[match["unit"].lower()]
    ):
        return False
    if _is_article(match["low"]) or _is_article(match["amount"]):
        return False
    low, high = _amount(match["low"]), _amount(match["amount"])
    if " and " in gap:
        return low < high and before(text, match.start()).endswith("between ")
    if " or " in gap:
        return 0 < high - low <= 2 and not match["low_unit"]
    return low < high


def _is_article(written: str) -> bool:
    return written.lower() in {"a", "an", "a single", "an single"}


def _is_no_amount(written: str, unit: Unit) -> bool:
    """Whether figures before a unit are a year (``2024 days``) or a time of day (``0900 hours``)."""
    figures = written.split(maxsplit=1)[0]
    if figures.isdecimal() and (figures[0] == "0" and len(figures) > 1):
        return True
    return len(figures) == 4 and figures.isdecimal() and (unit is Unit.HOUR or 1900 <= int(figures) <= 2099)


def _amount(written: str) -> Fraction:
    written = written.lower().strip()
    if written in {"a", "an", "a single", "an single"}:
        return Fraction(1)
    if written.startswith(("half an", "half a")) and "dozen" not in written and "hundred" not in written:
        return Fraction(1, 2)
    if "quarter" in written:
        return Fraction(3 if written.startswith("three") else 1, 4)
    if written in {"half", "half of one", "one half"}:
        return Fraction(1, 2)
    part = Fraction(0)
    if written.endswith(" and a half"):
        written, part = written.removesuffix(" and a half"), Fraction(1, 2)
    elif written[-1] in _FRACTIONS:
        written, part = written[:-1].strip(), _FRACTIONS[written[-1]]
    if "." in written:
        return Fraction(written.replace(",", ""))
    return Fraction(number(written) or 0) + part


def _plain(amount: Fraction) -> float:
    return amount.numerator if amount.denominator == 1 else float(amount)


def _qualifiers(text: str, start: int, match: re.Match[str]) -> tuple[Qualifier, ...]:
    words = re.findall(r"[a-z]+", match["words"].lower())
    found = {_QUALIFIERS[word] for word in words if word in _QUALIFIERS}
    if "cumulative" in words or "non" in words:
        found.discard(Qualifier.CONSECUTIVE)
    if _ROLLING_BEFORE.search(before(text, start)):
        found.add(Qualifier.ROLLING)
    behind = _AFTER_WORDS.match(after(text, match.end()))
    if behind:
        found.add(Qualifier.ROLLING if behind["words"].startswith("rolling") else Qualifier.CONSECUTIVE)
    return tuple(qualifier for qualifier in Qualifier if qualifier in found)


def _merged(text: str, found: list[Duration]) -> list[Duration]:
    """Joins ``between 3 weeks and 6 weeks`` into one range, and ``1 hour 30 minutes`` into one length."""
    merged: list[Duration] = []
    for duration in found:
        last = merged[-1] if merged else None
        gap = text[last.end : duration.start] if last else ""
        if last and gap == " and " and last.unit is duration.unit and before(text, last.start).endswith("between "):
            merged[-1] = replace(duration, start=last.start, low=last.low)
        elif last and gap in {" ", " and "} and last.unit is Unit.HOUR and duration.unit is Unit.MINUTE:
            minutes = last.high * 60 + duration.high
            merged[-1] = replace(last, end=duration.end, low=minutes, high=minutes, unit=Unit.MINUTE)
        else:
            merged.append(duration)
    return merged
