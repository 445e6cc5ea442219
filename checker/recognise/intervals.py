"""How often a thing happens: ``annually``, ``every two years``, ``twice a term``, ``termly``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from checker.recognise.durations import Unit
from checker.recognise.numbers import FIGURES, WORDS, number
from checker.recognise.spans import Span, after, without_overlaps

_ADVERBS = {
    "daily": (Fraction(1), Unit.DAY),
    "weekly": (Fraction(1), Unit.WEEK),
    "fortnightly": (Fraction(2), Unit.WEEK),
    "monthly": (Fraction(1), Unit.MONTH),
    "half-termly": (Fraction(1, 2), Unit.TERM),
    "termly": (Fraction(1), Unit.TERM),
    "quarterly": (Fraction(3), Unit.MONTH),
    "half-yearly": (Fraction(6), Unit.MONTH),
    "annually": (Fraction(1), Unit.YEAR),
    "annual": (Fraction(1), Unit.YEAR),
    "yearly": (Fraction(1), Unit.YEAR),
    "biannually": (Fraction(1, 2), Unit.YEAR),
    "biannual": (Fraction(1, 2), Unit.YEAR),
    "biennially": (Fraction(2), Unit.YEAR),
    "biennial": (Fraction(2), Unit.YEAR),
    "triennially": (Fraction(3), Unit.YEAR),
    "triennial": (Fraction(3), Unit.YEAR),
}
_UNIT = r"(?:session|day|week|fortnight|month|half[ -]term|term|year|annum)"
_KIND = r"(?:(?:school|academic|calendar|working|full|single) )?"
_COUNT = rf"(?:{FIGURES}|{WORDS})"
_HINT = re.compile(
    r"(?i:daily|ly\b|ennial|annual|every|each|once|twice|times|occasions|cycle|interval|frequency|basis|rota)"
)
_ADVERB = re.compile(
    rf"\b(?:(?P<times>once|twice|{_COUNT} times) |(?P<count>{_COUNT})[ -])?(?P<word>daily|weekly|fortnightly|monthly"
    r"|half[ -]?termly|termly|quarterly|half[ -]?yearly|bi-?annual(?:ly)?|annual(?:ly)?|yearly|bi-?ennial(?:ly)?"
    r"|tri-?ennial(?:ly)?)\b",
    re.IGNORECASE,
)
_EVERY = re.compile(
    rf"\b(?:(?P<times>once|twice|{_COUNT} times|{_COUNT} occasions) )?(?:in )?(?:every|each) "
    r"(?:(?P<other>other|second|2nd|alternate)|(?P<ordinal>third|3rd|fourth|4th|fifth|5th)"
    rf"|(?P<count>{_COUNT})(?: \(\d{{1,2}}\))?)? ?{_KIND}(?P<unit>{_UNIT})s?\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"\b(?P<times>once|twice|{_COUNT} times|{_COUNT} occasions) "
    rf"(?:an?|per|in an?|during (?:each|the)|over the) {_KIND}(?P<unit>{_UNIT})\b",
    re.IGNORECASE,
)
_CYCLE = re.compile(
    rf"\b(?P<count>{_COUNT})[ -](?P<unit>year|month)s?'?(?: \w{{1,20}})?[ -](?:cycle|basis|intervals?|rota)\b"
    rf"|\b(?:cycle|frequency|intervals?)(?: of)?:? (?P<count2>{_COUNT})[ -](?P<unit2>year|month)s?\b",
    re.IGNORECASE,
)
_EVERY_MONTH = re.compile(
    r"\b(?:every|each) (?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|autumn|spring|summer)\b(?! ?terms? \d)",
    re.IGNORECASE,
)
_MONTHS = {Unit.YEAR: Fraction(12), Unit.TERM: Fraction(4), Unit.MONTH: Fraction(1)}


@dataclass(frozen=True, slots=True)
class Interval(Span):
    """How often a thing happens.

    Attributes:
        every: The number of units from one time to the next; ``twice a year`` is every half year.
        unit: What is counted.
        sure: Whether everybody understands it so: ``biannual`` is twice a year to some and every two years to others.
    """

    every: float
    unit: Unit
    sure: bool = True

    @property
    def months(self) -> float | None:
        """The interval in months (a term as four); ``None`` where it is counted in weeks, days or sessions."""
        return round(self.every * float(_MONTHS[self.unit]), 3) if self.unit in _MONTHS else None


def intervals(text: str) -> tuple[Interval, ...]:
    """Returns how often a text says that things happen."""
    if _HINT.search(text) is None:
        return ()
    return without_overlaps([*_every(text), *_times(text), *_cycles(text), *_adverbs(text), *_monthly(text)])


def _made(match: re.Match[str], every: Fraction, unit: str, times: str | None = None) -> Interval:
    unit = unit.lower().replace("-", " ")
    if unit == "fortnight":
        every, unit = every * 2, "week"
    elif unit == "half term":
        every, unit = every / 2, "term"
    elif unit == "annum":
        unit = "year"
    if times is not None:
        every /= _count_of(times)
    plain = every.numerator if every.denominator == 1 else float(every)
    return Interval(match.start(), match.end(), plain, Unit(unit))


def _count_of(times: str) -> int:
    first = times.lower().rsplit(" ", 1)[0]
    return {"once": 1, "twice": 2}.get(first) or number(first) or 1


def _every(text: str) -> Iterator[Interval]:
    for match in _EVERY.finditer(text):
        if re.match(r" (?:groups?|heads?|team)\b", after(text, match.end())):
            continue
        count = 2 if match["other"] else number(match["ordinal"] or match["count"] or "one") or 1
        yield _made(match, Fraction(count), match["unit"], match["times"])


def _times(text: str) -> Iterator[Interval]:
    for match in _TIMES.finditer(text):
        yield _made(match, Fraction(1), match["unit"], match["times"])


def _cycles(text: str) -> Iterator[Interval]:
    for match in _CYCLE.finditer(text):
        count = number(match["count"] or match["count2"])
        if count:
            yield _made(match, Fraction(count), match["unit"] or match["unit2"])


def _monthly(text: str) -> Iterator[Interval]:
    """Yields ``every September``, which comes once a year."""
    for match in _EVERY_MONTH.finditer(text):
        yield Interval(match.start(), match.end(), 1, Unit.YEAR)


def _adverbs(text: str) -> Iterator[Interval]:
    for match in _ADVERB.finditer(text):
        word = match["word"].lower().replace(" ", "-")
        word = word.replace("halfterm", "half-term").replace("halfyear", "half-year")
        word = word if word.startswith("half") else word.replace("-", "")
        every, unit = _ADVERBS[word]
        start = match.start()
        if match["count"]:
            if word in {"weekly", "monthly", "yearly"}:
                every *= number(match["count"]) or 1
            else:
                start = match.start("word")
        elif match["times"]:
            every /= _count_of(match["times"])
        plain = every.numerator if every.denominator == 1 else float(every)
        yield Interval(start, match.end(), plain, unit, not word.startswith("biannual"))
