"""Reads a register folder: ``register.yaml`` and its tables."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from checker.errors import UnreadableError
from checker.registers import FILE
from checker.registers.calendar import calendar_of
from checker.registers.calendar_notes import inferred, notes
from checker.registers.columns import layout_of
from checker.registers.files import SUFFIXES, RawTable, read_bytes, read_table
from checker.registers.marks import NEEDED, MarkRows, laid_out, mark_rows_of
from checker.registers.model import Register
from checker.registers.records import RECORDS
from checker.registers.roll import roll_of
from checker.registers.settings import Settings, Source, load_settings, with_calendar
from checker.registers.tables import Table, tables_of
from checker.registers.translation import Understanding

TABLES = ("pupils", "marks", *(name for name in RECORDS if name != "pupils"))
REQUIRED = ("pupils", "marks")
CTF = "ctf"


@dataclass(frozen=True, slots=True)
class Files:
    """What the files of a folder hold, beside the tables themselves.

    Attributes:
        sha256: The hash of all of them.
        understood: How tables of another layout were understood.
        notes: What a user should know.
    """

    sha256: str = ""
    understood: tuple[Understanding, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """The tables of a folder, while they are read."""

    settings: Settings
    raw: dict[str, RawTable] = field(default_factory=dict)
    understood: list[Understanding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def load(folder: Path, as_at: dt.date | None) -> Register:
    """Reads a register folder as at a day; without one, as at its own, else its last mark.

    Raises:
        UnreadableError: If something required is missing or does not fit.
    """
    settings = with_calendar(load_settings(folder))
    raw, files = _read(settings)
    tables = tables_of({name: table for name, table in raw.items() if name != "marks"})
    return assembled(settings, tables, mark_rows_of(raw["marks"]), as_at, files)


def fingerprint(folder: Path) -> str | None:
    """Returns a hash of all the files that reading a folder looks at, and of which earlier years are there.

    ``None`` where that cannot be told, because ``register.yaml`` or a table cannot be read.
    """
    reading = hashlib.sha256()
    try:
        settings = load_settings(folder)
        sources = [settings.tables.get(name) or _by_its_own_name(folder, name) for name in TABLES]
        named = [FILE, settings.calendar, *(source.file for source in sources if source is not None)]
        for name in filter(None, named):
            data = read_bytes(folder / name) if (folder / name).is_file() else b""
            reading.update(name.encode() + hashlib.sha256(data).digest())
    except UnreadableError:
        return None
    for year, place in sorted(settings.earlier_years.items()):
        reading.update(f"{year}{(place / FILE).is_file()}".encode())
    return reading.hexdigest()


def assembled(
    settings: Settings,
    tables: Mapping[str, Table],
    rows: MarkRows,
    as_at: dt.date | None = None,
    files: Files | None = None,
) -> Register:
    """Puts a register together from its parts.

    Args:
        settings: What ``register.yaml`` says.
        tables: The small tables; ``pupils`` must be there.
        rows: The rows of the table of marks.
        as_at: The day as at which it is judged; ``None`` for its own.
        files: What else the files hold.
    """
    day = as_at or settings.as_at or rows.last_day
    if day is None:
        raise UnreadableError("empty", f"{rows.file}: holds no mark, and {FILE} gives no as_at.")
    said = list((files or Files()).notes)
    if not settings.terms:
        terms, closures = inferred(rows, day)
        settings = replace(settings, terms=terms, closures=(*settings.closures, *closures))
        said.append(
            f"{FILE} gives no terms: the calendar was inferred from the marks, and sessions in which nobody has a "
            "mark, or only #, were taken as closed."
        )
    calendar = calendar_of(settings.terms, settings.closures, day)
    roll = roll_of(tables["pupils"], tables.get("deletions"))
    marks, arrivals = laid_out(rows, roll.places, calendar)
    register = Register(
        settings, day, (files or Files()).sha256, calendar, roll, marks, tables, arrivals, rows.headings,
        (files or Files()).understood, tuple(said),
    )  # fmt: skip
    return replace(register, notes=(*said, *notes(calendar, marks, register.on_roll)))


def _read(settings: Settings) -> tuple[Mapping[str, RawTable], Files]:
    """Reads the tables of a folder."""
    reading = _Reading(settings)
    digest = hashlib.sha256()
    for file in (FILE, settings.calendar):
        digest.update(read_bytes(settings.folder / file) if file else b"")
    for name in TABLES:
        source = _source(reading, name)
        if source is not None:
            data = read_bytes(settings.folder / source.file)
            digest.update(name.encode() + hashlib.sha256(data).digest())
            reading.raw[name] = _table(reading, name, source, data)
    files = Files(digest.hexdigest(), tuple(reading.understood), tuple(reading.notes))
    return reading.raw, files


def _source(reading: _Reading, name: str) -> Source | None:
    """Returns where a table lies; ``None`` where the register has none."""
    settings = reading.settings
    source = settings.tables.get(name)
    if source is None and (found := _by_its_own_name(settings.folder, name)) is not None:
        return found
    marks = settings.tables.get("marks")
    if source is None and name == "pupils" and marks is not None and _layout(marks) == CTF:
        source = marks
    if source is not None and (settings.folder / source.file).is_file():
        return source
    if name in REQUIRED:
        file = source.file if source else f"{name}.csv"
        raise UnreadableError("missing", f"{file}: there is no such file, but a register needs its {name}.")
    if source is not None:
        reading.notes.append(f"{FILE} names {source.file}, which is not there.")
    return None


def _table(reading: _Reading, name: str, source: Source, data: bytes) -> RawTable:
    file = Path(source.file).name
    if not source.foreign and _layout(source) != CTF:
        return read_table(file, data, NEEDED if name == "marks" else layout_of(name))
    if _layout(source) == CTF:
        from checker.registers.ctf import read_ctf

        raw, understanding = read_ctf(name, source, file, data, reading.settings.school_year)
    else:
        from checker.registers.foreign import read_foreign

        raw, understanding = read_foreign(name, source, file, data, reading.settings.school_year)
    reading.understood.append(understanding)
    reading.notes.extend(understanding.said())
    return raw


def _layout(source: Source) -> str | None:
    return CTF if source.layout is None and source.file.lower().endswith(".xml") else source.layout


def _by_its_own_name(folder: Path, name: str) -> Source | None:
    files = (f"{name}{suffix}" for suffix in SUFFIXES)
    return next((Source(file) for file in files if os.path.isfile(f"{folder}/{file}")), None)
