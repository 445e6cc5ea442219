"""Percentages and how they are meant: ``10%``, ``ten per cent``, ``below 90%``, ``10% or more``, ``92–95%``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.recognise.comparisons import Comparison, comparison
from checker.recognise.numbers import WORDS, number
from checker.recognise.spans import Span, before, mentions

_FIGURES = r"\d{1,3}(?:\.\d{1,2})?"
_SIGN = r"(?: ?%| ?per ?cent(?:age)?\b(?! points?)| ?pc\b)"
_SIGNS = ("%", "cent", "pc")
_PERCENTAGE = re.compile(
    rf"(?<![\w.,£/])(?:(?P<low>{_FIGURES}){_SIGN}?(?: ?[–-] ?| to | and ))?(?P<value>{_FIGURES})(?P<plus>\+)?{_SIGN}"
    rf"|(?<![\w.,£/-])(?:(?P<low_words>{WORDS})(?: per ?cent)? (?:to"
    rf"|and) )?(?P<words>{WORDS})(?: \(\d{{1,3}}%\))? per ?cent\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Percentage(Span):
    """A percentage.

    Attributes:
        low: The figure; of ``92–95%`` the smaller.
        high: The same figure; of ``92–95%`` the greater.
        comparison: Whether it is a bound, as in ``below 90%``; the words that say so belong to the span.
    """

    low: float
    high: float
    comparison: Comparison = Comparison.EXACTLY

    @property
    def value(self) -> float | None:
        """The figure; ``None`` where a range is stated."""
        return self.low if self.low == self.high else None


def percentages(text: str) -> tuple[Percentage, ...]:
    """Returns the percentages in a text. ``Percentage points`` are a difference and none."""
    if not mentions(text, _SIGNS):
        return ()
    found: list[Percentage] = []
    for match in _PERCENTAGE.finditer(text):
        high = _value(match["value"] or match["words"])
        written = match["low"] or match["low_words"]
        start = match.start()
        low = high
        if written is not None:
            value = _value(written)
            if value < high and (" and " not in match[0].lower() or before(text, start).endswith("between ")):
                low = value
            else:
                if "%" in text[match.start() : match.end("low" if match["low"] else "low_words") + 2]:
                    found.append(_made(text, match.start(), match.end("low") + 1, value, value))
                start = match.start("value" if match["value"] else "words")
        if high <= 1000:
            made = _made(text, start, match.end(), low, high)
            found.append(
                made if match["plus"] is None else Percentage(start, match.end(), low, high, Comparison.AT_LEAST)
            )
    return tuple(found)


def _made(text: str, start: int, end: int, low: float, high: float) -> Percentage:
    compared, begins, ends = comparison(text, start, end)
    return Percentage(begins, ends, low, high, compared)


def _value(written: str) -> float:
    if written[0].isdecimal():
        value = float(written)
        return int(value) if value.is_integer() else value
    return number(written) or 0
