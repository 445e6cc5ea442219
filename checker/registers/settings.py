"""``register.yaml``: what it says of the school, its calendar, and where its tables lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from checker.errors import UnreadableError, UsageError
from checker.registers import FILE
from checker.registers.calendar import SESSIONS, Closure, Term
from checker.schools import School, SchoolType
from checker.yaml_files import load_yaml

LONGEST_CALENDAR = 800  # days: a register covers one school year


@dataclass(frozen=True, slots=True)
class Window:
    """When a session's register is open, in minutes after midnight.

    Attributes:
        opens: When it begins to be taken; ``None`` where not given.
        closes: When it closes; ``None`` where not given.
        during_form_time: Whether it is taken during form time, so that it may stay open as long as that lasts.
    """

    opens: int | None = None
    closes: int | None = None
    during_form_time: bool = False

    @property
    def minutes(self) -> int | None:
        """How long it stays open; ``None`` where that is not known."""
        return None if self.opens is None or self.closes is None else self.closes - self.opens


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table lies and how it is laid out.

    Attributes:
        file: The file, relative to the register's folder.
        foreign: Whether its layout is another than the native one.
        layout: ``long``, ``daily``, ``wide`` or ``ctf``; ``None`` to find out.
        sheet: The sheet of a workbook.
        header_row: The row with the headings, from 1.
        columns: Our columns and the headings that stand for them.
        codes: Marks in the file and the codes that they stand for.
        sessions: Words for a session in the file.
        rows: Headings and the values that this school's rows have there.
        dates: ``iso`` or ``day-first``; ``None`` to find out.
        year: The year in which the school year of dates without a year begins.
    """

    file: str
    foreign: bool = False
    layout: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    sessions: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    dates: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``register.yaml`` says.

    Attributes:
        folder: The folder of the register.
        school: The school.
        boarding: Whether the school has boarders.
        school_year: The year in which the school year begins; ``None`` where not given.
        as_at: The last day that the marks cover; ``None`` where not given.
        terms: The terms by their start.
        closures: The closures.
        calendar: An ICS file with term dates.
        unused_events: Events of that file that are no term and no closure.
        registration: The windows by session, ``AM`` and ``PM``.
        senior_year: The year group of the most senior class.
        junior_year: The year group of the most junior class.
        earlier_years: Earlier school years (by the year in which they begin) and where their registers lie.
        earlier_years_given: Whether it speaks of earlier years at all.
        local_rules: For local packs alone.
        tables: The tables that it names.
    """

    folder: Path
    school: School
    boarding: bool = False
    school_year: int | None = None
    as_at: dt.date | None = None
    terms: tuple[Term, ...] = ()
    closures: tuple[Closure, ...] = ()
    calendar: str | None = None
    unused_events: tuple[str, ...] = ()
    registration: Mapping[str, Window] = field(default_factory=dict)
    senior_year: int | None = None
    junior_year: int | None = None
    earlier_years: Mapping[int, Path] = field(default_factory=dict)
    local_rules: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, Source] = field(default_factory=dict)


def load_settings(folder: Path) -> Settings:
    """Reads the ``register.yaml`` of a folder.

    Raises:
        UnreadableError: If it does not fit its schema; the message names the line.
    """
    path = folder / FILE
    try:
        content = load_yaml(path, "register")
    except UsageError as error:
        raise UnreadableError("settings", str(error).replace(str(path), FILE)) from error
    return settings_of(folder, content)


def with_calendar(settings: Settings) -> Settings:
    """Returns the settings with the terms and closures of the calendar file that they name, if they name one.

    Raises:
        UnreadableError: If the file cannot be read, or there is no term in it nor in ``register.yaml``.
    """
    if settings.calendar is None:
        return settings
    from checker.registers.term_dates import read_term_dates

    dates = read_term_dates(settings.folder / settings.calendar)
    terms = settings.terms or tuple(sorted(dates.terms, key=lambda term: term.start))
    if not terms:
        raise UnreadableError("calendar", f"{settings.calendar}: no event names a term. Give the terms in {FILE}.")
    refuse_odd(terms)
    return replace(settings, terms=terms, closures=(*settings.closures, *dates.closures), unused_events=dates.unused)


def settings_of(folder: Path, content: Mapping[str, Any]) -> Settings:
    """Returns settings from the values of a ``register.yaml`` that fits its schema.

    Raises:
        UnreadableError: If the dates of a term make no sense.
    """
    terms = tuple(sorted((_term(entry) for entry in content.get("terms", [])), key=lambda term: term.start))
    refuse_odd(terms)
    school_year = content.get("school_year")
    return Settings(
        folder=folder,
        school=_school(content["school"]),
        boarding=content["school"].get("boarding", False),
        school_year=int(school_year[:4]) if school_year else None,
        as_at=_day(content["as_at"], "as_at") if "as_at" in content else None,
        terms=terms,
        closures=tuple(_closure(entry) for entry in content.get("closures") or ()),
        calendar=content.get("calendar"),
        registration=_registration(content.get("registration", {})),
        senior_year=content.get("senior_year"),
        junior_year=content.get("junior_year"),
        earlier_years={int(y[:4]): folder / place for y, place in (content.get("earlier_years") or {}).items()},
        local_rules=content.get("local_rules") or {},
        tables={name: _source(entry) for name, entry in content.get("tables", {}).items()},
    )


def refuse_odd(terms: Iterable[Term]) -> None:
    """Refuses terms that end before they start, or that cover more than a school year.

    Raises:
        UnreadableError: Naming the term.
    """
    first: dt.date | None = None
    for term in terms:
        first = first or term.start
        if term.end < term.start:
            raise UnreadableError(
                "settings", f"{FILE}: the term {term.name!r} ends before it starts. Put its dates right."
            )
        if (term.end - first).days > LONGEST_CALENDAR:
            raise UnreadableError(
                "settings",
                f"{FILE}: the terms cover more than {LONGEST_CALENDAR} days; a register covers one school year.",
            )


def _term(entry: Mapping[str, Any]) -> Term:
    start = _day(entry["start"], "a term's start")
    return Term(str(entry.get("name", start.isoformat())), start, _day(entry["end"], "a term's end"))


def _closure(entry: Mapping[str, Any]) -> Closure:
    groups = entry.get("year_groups")
    return Closure(
        _day(entry["date"], "a closure's date"),
        entry["kind"],
        tuple(SESSIONS.index(session) for session in dict.fromkeys(entry.get("sessions", SESSIONS))),
        None if groups is None else frozenset(groups),
    )


def _registration(entry: Mapping[str, Any]) -> dict[str, Window]:
    whole = entry.get("during")
    return {
        session: Window(
            _minutes(entry[session].get("opens")),
            _minutes(entry[session].get("closes")),
            (entry[session].get("during") or whole) is not None,
        )
        for session in SESSIONS
        if session in entry
    }


def _school(entry: Mapping[str, Any]) -> School:
    kinds = entry.get("type", [])
    urn = entry.get("urn")
    return School(
        entry["name"],
        tuple(SchoolType(kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)),
        None if urn is None else str(urn),
        entry.get("local_authority"),
    )


def _source(entry: str | Mapping[str, Any]) -> Source:
    if isinstance(entry, str):
        return Source(entry)
    rows = {heading: str(value) for heading, value in entry.get("rows", {}).items()}
    return Source(**{**entry, "foreign": True, "rows": rows})


def _minutes(time: str | None) -> int | None:
    return None if time is None else int(time[:2]) * 60 + int(time[3:])


def _day(value: str | dt.date, what: str) -> dt.date:
    try:
        return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
    except ValueError as error:
        raise UnreadableError("settings", f"{FILE}: {what} is no date of the calendar.") from error
