"""Dates as other systems write them: ISO first, else the day first, and never the month first."""

from __future__ import annotations

import datetime as dt
import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST_MONTH = 8  # of a school year, for dates without a year

_TIME = r"(?:[ t]\d{1,2}:\d{2}\S*)?"
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_ISO = re.compile(rf"(\d{{4}})[-/](\d{{1,2}})[-/](\d{{1,2}}){_TIME}$")
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/. ](\d{{1,2}}|[a-z]{{3,9}})\.?(?:[-/., ]+(\d{{4}}|\d{{2}}))?{_TIME}$"
)


def read_date(text: str, year: int | None = None, order: str | None = None) -> dt.date | None:
    """Returns the date that a text is; ``None`` where it is none, or not certainly one.

    Args:
        text: Such as ``2025-09-03``, ``03/09/2025``, ``3-Sep-25``, ``Wed 3 Sep`` or ``2025-09-03T00:00:00``.
        year: The year in which the school year of a date without a year begins.
        order: ``iso`` or ``day-first`` to take dates only as written so.
    """
    lowered = text.strip().lower()
    weekday = _WEEKDAY.match(lowered)
    rest = lowered[weekday.end() :] if weekday else lowered
    found = _iso(rest) if order != "day-first" else None
    if found is None and order != "iso":
        found = _day_first(rest, year)
    if found is not None and weekday is not None and WEEKDAYS[found.weekday()] != weekday[1]:
        return None
    return found


def _iso(text: str) -> dt.date | None:
    match = _ISO.fullmatch(text)
    return None if match is None else _date(int(match[1]), int(match[2]), int(match[3]))


def _day_first(text: str, year: int | None) -> dt.date | None:
    match = _DAY_FIRST.fullmatch(text)
    if match is None:
        return None
    month = int(match[2]) if match[2].isdigit() else _month(match[2])
    if month is None:
        return None
    if match[3] is not None:
        return _date(int(match[3]) % 2000 + 2000 if len(match[3]) == 2 else int(match[3]), month, int(match[1]))
    return None if year is None else _date(year if month >= FIRST_MONTH else year + 1, month, int(match[1]))


def _month(name: str) -> int | None:
    return next((number for number, short in enumerate(MONTHS, 1) if name.startswith(short)), None)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
