"""Builds registers for tests, in memory or as folders, and judges them without a catalogue."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from checker.context import Context
from checker.engine import FactSource
from checker.facts import PublishedFact
from checker.findings import Outcome
from checker.registers.columns import layout_of
from checker.registers.files import RawTable, raw_table
from checker.registers.marks import mark_rows_of
from checker.registers.model import Register
from checker.registers.native import assembled
from checker.registers.settings import Settings, settings_of
from checker.registers.tables import tables_of
from england_attendance.registers import topics

READERS = {reader.gives: reader for topic in topics() for reader in topic.readers}
CHECKS = {check.requirement: check for topic in topics() for check in topic.checks}

Rows = Sequence[Mapping[str, str]]


def register_of(settings: Mapping[str, Any], tables: Mapping[str, Rows], as_at: dt.date | None = None) -> Register:
    """Builds a register in memory, through the same validation as files go."""
    raw = {name: _raw(name, rows) for name, rows in tables.items()}
    small = tables_of({name: table for name, table in raw.items() if name != "marks"})
    return assembled(_settings(settings), small, mark_rows_of(raw["marks"]), as_at)


def write_register(folder: Path, settings: Mapping[str, Any], tables: Mapping[str, Rows]) -> Path:
    """Writes a register as a folder of CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "register.yaml").write_text(yaml.safe_dump(dict(settings), sort_keys=False), encoding="utf-8")
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, _columns(name, rows))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def judge(requirement: str, register: Register, partner: Mapping[str, PublishedFact] | None = None) -> Outcome:
    """Returns what the check of a requirement finds."""
    facts = FactSource(READERS, register, Context(register.as_at, (register.school,), partner))
    check = CHECKS[requirement]
    return check(**facts.fill(check.needs))


def keys(outcome: Outcome) -> list[tuple[str, ...]]:
    """Returns the rows of an outcome by pupil, date and session, as far as they have them."""
    rows = outcome.rows or ()
    return [tuple(part for part in (row.pupil, row.date, row.session) if part is not None) for row in rows]


def _raw(name: str, rows: Rows) -> RawTable:
    columns = _columns(name, rows)
    frame = pl.DataFrame(
        {column: [row[column] or None for row in rows] for column in columns},
        schema=dict.fromkeys(columns, pl.String),
    )
    return raw_table(f"{name}.csv", columns, frame)


def _columns(name: str, rows: Rows) -> list[str]:
    return list(rows[0]) if rows else list(layout_of(name))


def _settings(content: Mapping[str, Any]) -> Settings:
    return settings_of(Path(), content)
