"""Term dates from an ICS file: events that name a term or half-term, a holiday, a training day or a closure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checker.errors import UnreadableError
from checker.registers.calendar import Closure, Term
from checker.registers.files import read_bytes

ONE_DAY = dt.timedelta(days=1)
LONGEST_EVENT = 366
_TERM = re.compile(r"\bterm(?:\s*\d)?\b|\bhalf[ -]term \d\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"half[ -]term(?! \d)|holiday|\binset\b|\bin-service\b|training day|staff day|non[ -]pupil|occasional day|"
    r"closed|closure|\bbank\b|\bbreak\b|vacation",
    re.IGNORECASE,
)
_INSET = re.compile(r"\binset\b|in-service|training|staff day|non[ -]pupil", re.IGNORECASE)
_BANK_HOLIDAY = re.compile(r"\bbank holiday\b", re.IGNORECASE)
_STARTS = re.compile(r"\b(?:starts?|begins?|first day|opens|re-?opens|back to school)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:ends?|last day|closes|breaks? up|finish(?:es)?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TermDates:
    """What an ICS file says.

    Attributes:
        terms: The terms.
        closures: The closed days.
        unused: The names of events that are neither.
    """

    terms: tuple[Term, ...]
    closures: tuple[Closure, ...]
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Event:
    name: str
    start: dt.date
    end: dt.date  # its last day


def read_term_dates(path: Path) -> TermDates:
    """Reads terms and closures from an ICS file.

    The end of an all-day event is the day after its last day. An event that names a start and another that names an
    end make a term between them.

    Raises:
        UnreadableError: If the file cannot be read or makes no sense.
    """
    events = sorted(_events(path), key=lambda event: (event.start, event.end, event.name))
    terms: list[Term] = []
    closures: list[Closure] = []
    unused: list[str] = []
    begun: _Event | None = None
    for event in events:
        if _CLOSED.search(event.name):
            closures += _closures(event)
        elif _STARTS.search(event.name):
            begun = event
        elif _ENDS.search(event.name) and begun is not None:
            terms.append(Term(begun.name, begun.start, event.end))
            begun = None
        elif _TERM.search(event.name) and event.end > event.start:
            terms.append(Term(event.name, event.start, event.end))
        else:
            unused.append(event.name)
    if begun is not None:
        raise UnreadableError("calendar", f"{path.name}: {begun.name!r} on {begun.start} has no event that ends it.")
    return TermDates(tuple(terms), tuple(closures), tuple(dict.fromkeys(unused)))


def _closures(event: _Event) -> Iterator[Closure]:
    kind = "inset" if _INSET.search(event.name) else "bank-holiday" if _BANK_HOLIDAY.search(event.name) else "planned"
    for count in range((event.end - event.start).days + 1):
        yield Closure(event.start + count * ONE_DAY, kind)


def _events(path: Path) -> Iterator[_Event]:
    from icalendar import Calendar

    data = read_bytes(path)
    try:
        calendar = Calendar.from_ical(data)
        found = list(calendar.walk("VEVENT"))
    except Exception as error:  # the library's errors have no common base
        raise UnreadableError("calendar", f"{path.name}: is not a calendar file (ICS) that can be read.") from error
    for event in found:
        name = str(event.get("SUMMARY", "")).strip() or "an event without a name"
        start, end = _days(event)
        if start is None or end is None or end < start or (end - start).days > LONGEST_EVENT:
            raise UnreadableError("calendar", f"{path.name}: the dates of {name!r} make no sense.")
        if event.get("RRULE") is not None:
            raise UnreadableError("calendar", f"{path.name}: {name!r} repeats. Give each of its days as an event.")
        yield _Event(name, start, end)


def _days(event: object) -> tuple[dt.date | None, dt.date | None]:
    """Returns the first and the last day of an event."""
    start, end = getattr(event, "start", None), getattr(event, "end", None)
    if isinstance(start, dt.datetime):
        last = end if isinstance(end, dt.datetime) else start
        return start.date(), last.date()
    if not isinstance(start, dt.date):
        return None, None
    return start, end - ONE_DAY if isinstance(end, dt.date) and end > start else start
