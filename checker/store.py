"""Keeps results in one SQLite file, so that nothing is read twice, and remembers what each run found.

A result is kept under a key made from everything that it rests on (:mod:`checker.keys`). It is written as soon
as it is known, so a run that is killed loses only the files that it was reading.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError

from checker.catalogue import Catalogue
from checker.discovery import Source
from checker.errors import UsageError
from checker.report import STOPPED, Report, Subject
from checker.stored import packed, unpacked

LAYOUT = 1  # of the tables; another is refused
SECONDS_TO_WAIT_FOR_ANOTHER_RUN = 30
AT_ONCE = 500  # keys in one question: SQLite allows some thousands

# Their cause may be gone the next time: a busy machine, a stray kill, a mistake of ours.
PASSING_TROUBLES = {"time-limit", "memory-limit", "worker-lost", STOPPED, "loader-broke", "too-deep", "missing"}

_TABLES = MetaData()
_RESULTS = Table(
    "results",
    _TABLES,
    Column("key", Text, primary_key=True),
    Column("subject", LargeBinary, nullable=False),
)
_RUNS = Table("runs", _TABLES, Column("number", Integer, primary_key=True), Column("day", Text, nullable=False))
_ENTRIES = Table(
    "entries",
    _TABLES,
    Column("run", ForeignKey("runs.number"), primary_key=True),
    Column("path", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("school", Text),
    Column("urn", Text),
    Column("status", Text, nullable=False),
    Column("next_review", Text),
    Column("verdicts", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one run found in one subject.

    Attributes:
        path: Its path, as reports show it.
        kind: ``policy`` or ``register``.
        school: The name of its school, or of its schools.
        urn: The school's unique reference number.
        status: What became of it.
        next_review: The day or month of its next review, as far as the document states it.
        verdicts: The verdict of each requirement by name.
    """

    path: str
    kind: str
    school: str | None
    urn: str | None
    status: str
    next_review: str | None
    verdicts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its number in this store, from 1, its day, and what it found, by path."""

    number: int
    day: dt.date
    entries: tuple[Entry, ...]


class Store:
    """A file of results; a context manager."""

    def __init__(self, path: Path) -> None:
        """Opens the store, or begins it.

        Raises:
            UsageError: If the file is no store of this program, or cannot be written.
        """
        self._path = path
        with self._said():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = create_engine(
                f"sqlite:///{path}", connect_args={"timeout": SECONDS_TO_WAIT_FOR_ANOTHER_RUN}
            )
            event.listen(self._database, "connect", _hasten)
            with self._database.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")  # another run may begin the same file now
                _refuse_another_layout(connection, path)
                _TABLES.create_all(connection)
                connection.commit()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.dispose()

    def get(self, keys: Mapping[str, Sequence[Source]], catalogue: Catalogue) -> Iterator[tuple[Source, Subject]]:
        """Yields the sources whose subjects are kept, with them.

        Args:
            keys: The sources under the keys of their results: copies of a file share one.
            catalogue: The requirements of the run.
        """
        wanted = sorted(keys)
        for start in range(0, len(wanted), AT_ONCE):
            query = select(_RESULTS).where(_RESULTS.c.key.in_(wanted[start : start + AT_ONCE]))
            with self._said(), self._database.connect() as connection:
                found = connection.execute(query).all()
            for key, data in found:
                for source in keys[key]:
                    try:
                        yield source, unpacked(data, source, catalogue)
                    except ValueError:  # a damaged row: it is checked again
                        continue

    def put(self, key: str, subject: Subject) -> None:
        """Keeps a result, unless its cause may be gone the next time."""
        if subject.trouble is not None and subject.trouble.code in PASSING_TROUBLES:
            return
        statement = insert(_RESULTS).values(key=key, subject=packed(subject))
        statement = statement.on_conflict_do_update(
            index_elements=["key"], set_={"subject": statement.excluded.subject}
        )
        with self._said(), self._database.begin() as connection:
            connection.execute(statement)

    def remember(self, report: Report, day: dt.date) -> None:
        """Remembers what a run found, unless it is what the last one found on the same day.

        Args:
            report: The report of the run.
            day: The day of the run.
        """
        entries = [_entry_values(subject) for subject in report.subjects]
        with self._said(), self._database.begin() as connection:
            last = connection.execute(select(_RUNS).order_by(_RUNS.c.number.desc()).limit(1)).first()
            if last is not None and last.day == day.isoformat() and _rows_of(connection, last.number) == entries:
                return
            number = (connection.execute(select(func.max(_RUNS.c.number))).scalar() or 0) + 1
            connection.execute(_RUNS.insert(), {"number": number, "day": day.isoformat()})
            if entries:
                connection.execute(_ENTRIES.insert(), [{"run": number, **values} for values in entries])

    def runs(self) -> list[Run]:
        """Returns all runs, the first first."""
        with self._said(), self._database.connect() as connection:
            return [
                Run(
                    number,
                    dt.date.fromisoformat(day),
                    tuple(
                        Entry(**{**row, "verdicts": json.loads(row["verdicts"])})
                        for row in _rows_of(connection, number)
                    ),
                )
                for number, day in connection.execute(select(_RUNS).order_by(_RUNS.c.number)).all()
            ]

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turns the database's errors into sentences."""
        try:
            yield
        except (DatabaseError, OSError) as error:
            reason = getattr(error, "orig", None) or getattr(error, "strerror", None) or error
            raise UsageError(
                f"{self._path}: results cannot be kept here ({reason}). Name another file with --store, delete this "
                "one if it is damaged, or use --no-store."
            ) from error


def _hasten(connection: Any, _: object) -> None:
    # A killed process loses nothing by this; only a power cut in mid-write could damage the file, which is then said.
    connection.execute("PRAGMA synchronous = OFF")


def _refuse_another_layout(connection: Connection, path: Path) -> None:
    layout = connection.exec_driver_sql("PRAGMA user_version").scalar()
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
    if tables and layout != LAYOUT:
        raise UsageError(
            f"{path}: is no store of this version of attendance-checker. Name another file with --store, or delete it."
        )
    if not tables:
        connection.exec_driver_sql(f"PRAGMA user_version = {LAYOUT}")


def _rows_of(connection: Connection, number: int) -> list[dict[str, Any]]:
    query = select(_ENTRIES).where(_ENTRIES.c.run == number).order_by(_ENTRIES.c.path, _ENTRIES.c.kind)
    rows = (dict(row) for row in connection.execute(query).mappings())
    return [{name: value for name, value in row.items() if name != "run"} for row in rows]


def _entry_values(subject: Subject) -> dict[str, Any]:
    review = next((fact.value for fact in subject.facts if fact.name == "review"), None)
    names = [school.name for school in subject.schools if school.name]
    verdicts = {finding.requirement.name: finding.verdict.value for finding in subject.findings}
    return {
        "path": subject.path,
        "kind": subject.kind.value,
        "school": " · ".join(names) or None,
        "urn": next((school.urn for school in subject.schools if school.urn), None),
        "status": subject.status.value,
        "next_review": review.get("next") if isinstance(review, dict) else None,
        "verdicts": json.dumps(verdicts),
    }
