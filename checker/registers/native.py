"""Reads a register folder: ``register.yaml`` and its tables."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.errors import UnreadableError
from checker.registers.calendar import calendar_of
from checker.registers.columns import layout_of
from checker.registers.files import SUFFIXES, RawTable, read_bytes, read_table
from checker.registers.loaders import FILE
from checker.registers.marks import NEEDED, MarkRows, laid_out, mark_rows_of
from checker.registers.model import Register
from checker.registers.records import RECORDS
from checker.registers.roll import roll_of
from checker.registers.settings import Settings, Source, load_settings
from checker.registers.tables import Table, table_of

TABLES = ("pupils", "marks", *(name for name in RECORDS if name != "pupils"))
REQUIRED = ("pupils", "marks")


@dataclass(frozen=True, slots=True)
class Found:
    """The tables of a folder as they stand in their files, the hash of all files, and what to tell the user."""

    raw: Mapping[str, RawTable]
    sha256: str
    notes: tuple[str, ...]


def load(folder: Path, as_at: dt.date | None) -> Register:
    """Reads a register folder as at a day; without one, as at its own, else its last mark.

    Raises:
        UnreadableError: If something required is missing or does not fit.
    """
    settings = load_settings(folder)
    found = _find(settings)
    tables = {name: table_of(name, raw) for name, raw in found.raw.items() if name != "marks"}
    rows = mark_rows_of(found.raw["marks"])
    return assembled(settings, tables, rows, as_at, sha256=found.sha256, notes=found.notes)


def assembled(
    settings: Settings,
    tables: Mapping[str, Table],
    rows: MarkRows,
    as_at: dt.date | None = None,
    *,
    sha256: str = "",
    notes: tuple[str, ...] = (),
) -> Register:
    """Puts a register together from its parts.

    Args:
        settings: What ``register.yaml`` says.
        tables: The small tables; ``pupils`` must be there.
        rows: The rows of the table of marks.
        as_at: The day as at which it is judged; ``None`` for its own.
        sha256: The hash of all its files.
        notes: What a user should know about how it was read.
    """
    day = as_at or settings.as_at or rows.last_day
    if day is None:
        raise UnreadableError("empty", f"{rows.file}: holds no mark, and {FILE} gives no as_at.")
    calendar = calendar_of(settings.terms, settings.closures, day)
    roll = roll_of(tables["pupils"], tables.get("deletions"))
    marks, arrivals = laid_out(rows, roll.places, calendar)
    return Register(settings, day, sha256, calendar, roll, marks, tables, arrivals, rows.headings, notes)


def _find(settings: Settings) -> Found:
    raw, notes = {}, []
    digest = hashlib.sha256((settings.folder / FILE).read_bytes())
    for name in TABLES:
        source = settings.tables.get(name) or _by_its_own_name(settings.folder, name)
        if source is None or not (settings.folder / source.file).is_file():
            if name in REQUIRED:
                file = source.file if source else f"{name}.csv"
                raise UnreadableError("missing", f"{file}: there is no such file, but a register needs its {name}.")
            if source is not None:
                notes.append(f"{FILE} names {source.file}, which is not there")
            continue
        data = read_bytes(settings.folder / source.file)
        digest.update(name.encode() + hashlib.sha256(data).digest())
        raw[name] = read_table(Path(source.file).name, data, NEEDED if name == "marks" else layout_of(name))
    return Found(raw, digest.hexdigest(), tuple(notes))


def _by_its_own_name(folder: Path, name: str) -> Source | None:
    files = (f"{name}{suffix}" for suffix in SUFFIXES)
    return next((Source(file) for file in files if (folder / file).is_file()), None)
