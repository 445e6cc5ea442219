"""Dates as far as they are stated: ``3rd December 2025``, ``03/12/25``, ``December 2025``, ``Autumn term 2025``.

The day comes first, as in England; an American order is never guessed. A date that no calendar holds is found and
flagged.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from checker.recognise.numbers import number
from checker.recognise.spans import Span, after, before, without_overlaps

_MONTHS = {name.lower(): value for value, name in enumerate(calendar.month_name) if name}
_SHORT = {name[:3]: value for name, value in _MONTHS.items()} | {"sept": 9}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:0?[1-9]|[1-9]\d)"
_DAY_WORD = (
    r"(?:thirty[ -]first|thirtieth|twenty[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|twentieth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|tenth|eleventh|twelfth|first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth)"
)
_YEAR = r"(?:(?:19|20)\d\d(?!\d))"
_DAY_MONTH_YEAR = re.compile(
    rf"(?<![\w£/.])(?:(?P<day>{_DAY}) ?(?:st|nd|rd|th)?|(?P<word>{_DAY_WORD}))(?: day)?[ ,/.-]{{0,2}}(?:of )?"
    rf"(?P<month>{_MONTH})[ ,/.-]{{0,2}}(?:(?P<year>{_YEAR})|'?(?P<short>\d\d)(?!\d|%|[:.]\d))",
    re.IGNORECASE,
)
_MONTH_DAY_YEAR = re.compile(
    rf"\b(?P<month>{_MONTH}) (?P<day>{_DAY})(?:st|nd|rd|th)?,? (?P<year>{_YEAR})", re.IGNORECASE
)
_FIGURES = re.compile(
    rf"(?<![\w£./])(?<!\d[,:–-])(?P<day>\d\d?) ?(?P<mark>[/.–-]) ?(?P<month>\d\d?) ?(?P=mark)"
    rf" ?(?:(?P<year>{_YEAR})|(?P<short>\d\d)(?!\d))(?![/.:-]\d)"
)
_ISO = re.compile(
    rf"(?<![\w£./])(?<!\d[,:–-])(?P<year>{_YEAR})(?P<mark>[/.-])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)"
)
_MONTH_YEAR = re.compile(
    rf"\b(?P<month>{_MONTH}),?[ /-]?(?:of (?:the year )?)?(?:(?P<year>{_YEAR})|'?(?P<short>[1-4]\d)(?!\d|%|[:.,/]\d| ?[a-z£]))",
    re.IGNORECASE,
)
_MONTH_FIGURES = re.compile(rf"(?<![\w£./])(?<!\d[,:–-])(?P<month>0?[1-9]|1[0-2])/(?P<year>{_YEAR})(?![/-]\d)")
_ISO_MONTH = re.compile(rf"(?<![\w£./])(?<!\d[,:–-])(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])(?![\d-])")
_TERM = re.compile(
    r"\b(?:(?P<season>autumn|spring|summer|michaelmas|lent|trinity)(?: half)?(?: ?-?terms?)?(?: ?[1-6])?"
    r"|term (?P<term>[1-6]))"
    rf"(?:,| of| in|:| –)? \(?(?P<year>{_YEAR})(?:[–/-](?P<next>(?:20)?\d\d))?(?![\w–/-])",
    re.IGNORECASE,
)
_SCHOOL_YEAR = re.compile(
    rf"(?<![\w£./])(?<!\d[,:–-])(?P<year>{_YEAR}) ?(?:[/–-]|to) ?(?P<next>(?:20)?\d\d)(?![\d/.:-])"
)
_SCHOOL_YEAR_SHORT = re.compile(
    r"\b(?:academic|school) year:? (?P<year>[1-4]\d)[/–-](?P<next>[1-4]\d)(?![\d/.:-])", re.IGNORECASE
)
_TWO_FIGURES = re.compile(r"\d\d")
_BARE_YEAR = re.compile(rf"(?<![\w£.,:/–-]){_YEAR}(?![\w%]|[/.,:–-]\d)")
_NO_YEAR_BEFORE = re.compile(r"(?:\d ?(?:st|nd|rd|th)?|\bon) ?$")
_JOINED = re.compile(r" ?[–-] ?| (?:to|until|till|and|through to|up to) (?:the )?(?:end of )?")
_TERM_MONTHS = {"autumn": 12, "michaelmas": 12, "spring": 4, "lent": 4, "summer": 8, "trinity": 8}


class Precision(StrEnum):
    """How far a date is stated."""

    DAY = "day"
    MONTH = "month"
    TERM = "term"
    SCHOOL_YEAR = "school year"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is stated.

    Attributes:
        year: The year; of a school year the one in which it begins.
        month: The month from 1, where it is stated.
        day: The day of the month, where it is stated.
        term: ``autumn``, ``spring`` or ``summer``, where a term is stated.
        school_year: Whether a school year is stated (1 September to 31 August).
    """

    year: int
    month: int | None = None
    day: int | None = None
    term: str | None = None
    school_year: bool = False

    @property
    def precision(self) -> Precision:
        """How far it is stated."""
        if self.day is not None:
            return Precision.DAY
        if self.month is not None:
            return Precision.MONTH
        if self.term is not None:
            return Precision.TERM
        return Precision.SCHOOL_YEAR if self.school_year else Precision.YEAR

    @property
    def iso(self) -> str:
        """The date as ISO 8601 as far as stated: ``2026-09-01``, ``2026-09``; a school year as an interval."""
        if self.school_year:
            return f"{self.year:04}-09/{self.year + 1:04}-08"
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def in_words(self) -> str:
        """The date as people write it, as far as stated: ``1 September 2026``, ``September 2026``, ``autumn term 2026``."""
        if self.school_year:
            return f"the school year {self.year}/{(self.year + 1) % 100:02}"
        month = f"{dt.date(self.year, self.month, 1):%B} " if self.month else ""
        return f"{f'{self.day} ' if self.day else ''}{month}{f'{self.term} term ' if self.term else ''}{self.year}"

    def first_day(self) -> dt.date:
        """Returns the first day that it can mean."""
        if self.term is not None or self.school_year:
            month = {"spring": 1, "summer": 4}.get(self.term or "", 9)
            return dt.date(self.year, month, 1)
        return dt.date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> dt.date:
        """Returns the last day that it can mean: of a month its last, of the summer term 31 August."""
        if self.day is not None and self.month is not None:
            return dt.date(self.year, self.month, self.day)
        year = self.year + self.school_year
        month = self.month or (8 if self.school_year else _TERM_MONTHS.get(self.term or "", 12))
        return dt.date(year, month, calendar.monthrange(year, month)[1])

    def passed(self, as_at: dt.date) -> bool:
        """Whether it lies before a day: a month has passed when its last day has."""
        return self.last_day() < as_at


@dataclass(frozen=True, slots=True)
class Date(Span):
    """A date in a text.

    Attributes:
        value: The date as far as it can be made out.
        problem: What is wrong with a date that no calendar holds (``there is no 31 June``), else ``None``.
    """

    value: PartialDate
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class DateRange(Span):
    """A stretch of time: ``September 2024 – August 2025``, ``2024-25``.

    Attributes:
        first: When it begins.
        last: When it ends.
    """

    first: PartialDate
    last: PartialDate


def dates(text: str, *, years: bool = False) -> tuple[Date, ...]:
    """Returns the dates in a text, the ends of ranges among them.

    Args:
        text: Normalised text.
        years: Whether a year alone (``Review: 2026``) is a date.
    """
    if _TWO_FIGURES.search(text) is None:  # there is no date without a year
        return ()
    found: list[Date] = []
    taken = bytearray(len(text))
    for shape in (*_SHAPES, _bare_years) if years else _SHAPES:
        for date in shape(text):
            if not any(taken[date.start : date.end]):
                taken[date.start : date.end] = b"\x01" * (date.end - date.start)
                found.append(date)
    return tuple(sorted(found, key=lambda date: date.start))


def date_ranges(text: str) -> tuple[DateRange, ...]:
    """Returns the stretches of time in a text, school years among them."""
    found = dates(text)
    ranges = [
        DateRange(first.start, last.end, first.value, last.value)
        for first, last in pairwise(found)
        if _JOINED.fullmatch(text[first.end : last.start])
        and not (text[first.end : last.start].startswith(" and") and not before(text, first.start).endswith("between "))
    ]
    ranges += [
        DateRange(date.start, date.end, PartialDate(date.value.year, 9), PartialDate(date.value.year + 1, 8))
        for date in found
        if date.value.school_year
    ]
    for match in _SCHOOL_YEAR.finditer(text):
        year, last = int(match["year"]), _whole_year(match["next"])
        if year + 1 < last <= year + 10:
            ranges.append(DateRange(match.start(), match.end(), PartialDate(year), PartialDate(last)))
    return without_overlaps(ranges)


def _whole_year(short: str) -> int:
    return int(short) if len(short) == 4 else int(short) + (1900 if int(short) >= 70 else 2000)


def _month(name: str) -> int:
    name = name.lower().rstrip(".")
    return _MONTHS.get(name) or _SHORT[name]


def _checked(start: int, end: int, year: int, month: int, day: int) -> Date:
    if not 1 <= month <= 12:
        return Date(start, end, PartialDate(year), f"there is no month {month}")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return Date(start, end, PartialDate(year, month), f"there is no {day} {calendar.month_name[month]} {year}")
    return Date(start, end, PartialDate(year, month, day))


def _year_of(match: re.Match[str]) -> int:
    return _whole_year(match["year"] or match["short"])


def _day_month_year(text: str) -> Iterator[Date]:
    for match in _DAY_MONTH_YEAR.finditer(text):
        if match["short"] and re.match(r" ?[a-z£]", text[match.end() : match.end() + 2]):
            continue
        day = int(match["day"]) if match["day"] else number(match["word"]) or 0
        yield _checked(match.start(), match.end(), _year_of(match), _month(match["month"]), day)


def _month_day_year(text: str) -> Iterator[Date]:
    for match in _MONTH_DAY_YEAR.finditer(text):
        yield _checked(match.start(), match.end(), int(match["year"]), _month(match["month"]), int(match["day"]))


def _figures(text: str) -> Iterator[Date]:
    for pattern in (_ISO, _FIGURES):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            if match["mark"] != "/" and parts.get("short") and _numbering(text, match):
                continue
            yield _checked(match.start(), match.end(), _year_of_parts(parts), int(match["month"]), int(match["day"]))


def _year_of_parts(parts: dict[str, str | None]) -> int:
    return _whole_year(parts["year"] or parts.get("short") or "00")


def _numbering(text: str, match: re.Match[str]) -> bool:
    """Whether ``4.12.25`` is the number of a paragraph or of a version and no date."""
    lead = before(text, match.start())
    if re.search(r"\b(?:sections?|paragraphs?|paras?|see|version|v|appendix|clause|and) ?$", lead):
        return True
    rest = after(text, match.end(), 2)
    return match.start() == 0 and len(match["day"]) == 1 and rest[:1] == " " and rest[1:2].isalpha()


def _month_year(text: str) -> Iterator[Date]:
    for match in _MONTH_YEAR.finditer(text):
        capital = match["month"][0].isupper()
        if match["short"] and (not capital or _NO_YEAR_BEFORE.search(before(text, match.start(), 8))):
            continue
        yield Date(match.start(), match.end(), PartialDate(_year_of(match), _month(match["month"])))
    for pattern in (_MONTH_FIGURES, _ISO_MONTH):
        for match in pattern.finditer(text):
            year, month = int(match["year"]), int(match["month"])
            if pattern is _MONTH_FIGURES or month != (year + 1) % 100:
                yield Date(match.start(), match.end(), PartialDate(year, month))


def _terms(text: str) -> Iterator[Date]:
    for match in _TERM.finditer(text):
        if match["season"]:
            term = {"michaelmas": "autumn", "lent": "spring", "trinity": "summer"}.get(
                match["season"].lower(), match["season"].lower()
            )
        else:
            term = ("autumn", "spring", "summer")[(int(match["term"]) - 1) // 2]
        year = int(match["year"])
        if match["next"]:
            if _whole_year(match["next"]) != year + 1:
                continue
            year += term != "autumn"
        yield Date(match.start(), match.end(), PartialDate(year, term=term))


def _school_years(text: str) -> Iterator[Date]:
    for pattern in (_SCHOOL_YEAR, _SCHOOL_YEAR_SHORT):
        for match in pattern.finditer(text):
            year, following = _whole_year(match["year"]), _whole_year(match["next"])
            if following == year + 1:
                value = replace(PartialDate(year), school_year=True)
                yield Date(match.start("year"), match.end(), value)


def _bare_years(text: str) -> Iterator[Date]:
    for match in _BARE_YEAR.finditer(text):
        yield Date(match.start(), match.end(), PartialDate(int(match[0])))


_SHAPES: tuple[Callable[[str], Iterator[Date]], ...] = (
    _day_month_year,
    _month_day_year,
    _figures,
    _terms,
    _school_years,
    _month_year,
)
