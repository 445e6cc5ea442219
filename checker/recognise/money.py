"""Sums of money in pounds: ``£60``, ``£2,500``, ``GBP 80``, ``80 pounds``, ``£80/£160``, ``£2.5k``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from checker.recognise.numbers import WORDS, number
from checker.recognise.spans import Span

_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d\d?)?(?![\d,]?\d)|\d{1,9}(?:\.\d\d?)?(?![.,]?\d)"
_SCALE = r"(?: ?(?P<scale>k|m|million|thousand)\b)?"
_MONEY = re.compile(
    rf"(?:£|\bGBP) ?(?P<sum>{_FIGURES}){_SCALE}"
    rf"|(?<![\w£$€.,:/-])(?P<before>{_FIGURES})(?: ?(?P<scale2>k|m|million|thousand))?[ -]?(?:pounds?\b|GBP\b"
    rf"|£(?! ?\d))"
    rf"|(?<![\w£$€.,:/-])(?P<words>{WORDS})[ -]pounds?\b",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r" (?:in weight|of (?:flour|sugar|fruit)|weight|heavier|lighter)\b")
_SECOND = re.compile(
    r" ?[/–-] ?(?P<sum>\d{1,3}(?:,\d{3})+|\d{2,6}(?:\.\d\d)?)(?![.,%–-]?\d)"
    r"(?! ?(?:%|per ?cent|(?:school |working )?(?:days?|weeks?|sessions?|months?|years?)\b))"
)
_SCALES = {"k": 1000, "thousand": 1000, "m": 1_000_000, "million": 1_000_000}
_RANGE = re.compile(r" ?[–-] ?| to | and ")


@dataclass(frozen=True, slots=True)
class Money(Span):
    """A sum of money.

    Attributes:
        amount: Pounds.
    """

    amount: Decimal

    @property
    def pounds(self) -> int | None:
        """Whole pounds; ``None`` where there are pence besides."""
        return int(self.amount) if self.amount == self.amount.to_integral_value() else None


@dataclass(frozen=True, slots=True)
class MoneyRange(Span):
    """A sum between two: ``£80 – £160``, ``between £80 and £160``.

    Attributes:
        low: The smaller sum.
        high: The greater.
    """

    low: Money
    high: Money


def money(text: str) -> tuple[Money, ...]:
    """Returns the sums of money in a text; of ``£80/160`` both."""
    found: list[Money] = []
    for match in _MONEY.finditer(text):
        if found and match.start() < found[-1].end:
            continue
        if match["words"] or match["before"]:
            if not _WEIGHT.match(text, match.end()):
                found.append(_counted(match))
            continue
        found.append(Money(match.start(), match.end(), _amount(match["sum"], match["scale"])))
        while second := _SECOND.match(text, found[-1].end):
            found.append(Money(second.start("sum"), second.end(), _amount(second["sum"], None)))
    return tuple(found)


def money_ranges(text: str) -> tuple[MoneyRange, ...]:
    """Returns the sums in a text that lie between two."""
    found = money(text)
    return tuple(
        MoneyRange(low.start, high.end, low, high)
        for low, high in pairwise(found)
        if low.amount < high.amount and _is_range(text, low, high)
    )


def _is_range(text: str, low: Money, high: Money) -> bool:
    gap = text[low.end : high.start]
    lead = text[max(0, low.start - 8) : low.start].lower()
    return _RANGE.fullmatch(gap) is not None and (
        (gap != " and " or lead.endswith("between ")) and (gap != " to " or not lead.endswith("between "))
    )


def _amount(figures: str, scale: str | None) -> Decimal:
    return Decimal(figures.replace(",", "")) * _SCALES.get((scale or "").lower(), 1)


def _counted(match: re.Match[str]) -> Money:
    if match["words"]:
        return Money(match.start(), match.end(), Decimal(number(match["words"]) or 0))
    return Money(match.start(), match.end(), _amount(match["before"], match["scale2"]))
