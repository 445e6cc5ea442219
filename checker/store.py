"""Keeps results in one SQLite file, so that nothing is read twice, and remembers what each run found.

A result is kept under a key made from everything that it rests on (:mod:`checker.keys`). It is written as soon
as it is known, so a run that is killed loses only the files that it was reading.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

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

_TABLES = (
    "CREATE TABLE results (key TEXT NOT NULL PRIMARY KEY, subject BLOB NOT NULL)",
    "CREATE TABLE runs (number INTEGER NOT NULL PRIMARY KEY, day TEXT NOT NULL)",
    "CREATE TABLE entries (run INTEGER NOT NULL REFERENCES runs (number), path TEXT NOT NULL, kind TEXT NOT NULL, "
    "school TEXT, urn TEXT, status TEXT NOT NULL, next_review TEXT, verdicts TEXT NOT NULL, "
    "PRIMARY KEY (run, path, kind))",
)
_OF_AN_ENTRY = ("path", "kind", "school", "urn", "status", "next_review", "verdicts")
_ENTRIES_OF = f"SELECT {', '.join(_OF_AN_ENTRY)} FROM entries WHERE run = ? ORDER BY path, kind"


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
            self._database = sqlite3.connect(path, timeout=SECONDS_TO_WAIT_FOR_ANOTHER_RUN, isolation_level=None)
        try:
            with self._said():
                # A killed process loses nothing by this; a power cut in mid-write could damage the file, which is said.
                self._database.execute("PRAGMA synchronous = OFF")
            with self._writing():
                self._begin()
        except BaseException:
            self._database.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def get(self, keys: Mapping[str, Sequence[Source]], catalogue: Catalogue) -> Iterator[tuple[Source, Subject]]:
        """Yields the sources whose subjects are kept, with them.

        Args:
            keys: The sources under the keys of their results: copies of a file share one.
            catalogue: The requirements of the run.
        """
        wanted = sorted(keys)
        for start in range(0, len(wanted), AT_ONCE):
            asked = wanted[start : start + AT_ONCE]
            places = ",".join("?" * len(asked))
            with self._said():
                found = self._database.execute(
                    f"SELECT key, subject FROM results WHERE key IN ({places})", asked
                ).fetchall()
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
        with self._writing():
            self._database.execute("INSERT OR REPLACE INTO results VALUES (?, ?)", (key, packed(subject)))

    def remember(self, report: Report, day: dt.date) -> None:
        """Remembers what a run found, unless it is what the last one found on the same day.

        Args:
            report: The report of the run.
            day: The day of the run.
        """
        entries = [_entry_values(subject) for subject in report.subjects]
        with self._writing():
            last = self._database.execute("SELECT number, day FROM runs ORDER BY number DESC LIMIT 1").fetchone()
            number = 1 if last is None else last[0] + 1
            if last is not None and last[1] == day.isoformat() and self._entries(last[0]) == entries:
                return
            self._database.execute("INSERT INTO runs VALUES (?, ?)", (number, day.isoformat()))
            places = ", ".join(f":{name}" for name in ("run", *_OF_AN_ENTRY))
            self._database.executemany(
                f"INSERT INTO entries VALUES ({places})", [{"run": number, **values} for values in entries]
            )

    def runs(self) -> list[Run]:
        """Returns all runs, the first first."""
        with self._said():
            return [
                Run(
                    number,
                    dt.date.fromisoformat(day),
                    tuple(Entry(**{**row, "verdicts": json.loads(row["verdicts"])}) for row in self._entries(number)),
                )
                for number, day in self._database.execute("SELECT number, day FROM runs ORDER BY number").fetchall()
            ]

    def _begin(self) -> None:
        """Makes the tables of a new file, and refuses a file of another layout."""
        layout = self._database.execute("PRAGMA user_version").fetchone()[0]
        tables = self._database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and layout != LAYOUT:
            raise UsageError(
                f"{self._path}: is no store of this version of attendance-checker. Name another file with --store, or "
                "delete it."
            )
        if not tables:
            self._database.execute(f"PRAGMA user_version = {LAYOUT}")
            for table in _TABLES:
                self._database.execute(table)

    def _entries(self, number: int) -> list[dict[str, Any]]:
        rows = self._database.execute(_ENTRIES_OF, (number,)).fetchall()
        return [dict(zip(_OF_AN_ENTRY, row, strict=True)) for row in rows]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Makes what is done inside one change, which waits for that of another run."""
        with self._said():
            self._database.execute("BEGIN IMMEDIATE")
            with self._database:
                yield

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turns the database's errors into sentences."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UsageError(
                f"{self._path}: results cannot be kept here ({reason}). Name another file with --store, delete this "
                "one if it is damaged, or use --no-store."
            ) from error


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
