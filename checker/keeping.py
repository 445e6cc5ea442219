"""What a run does with the store of results: one that nobody named must never be in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from checker.catalogue import Catalogue
from checker.discovery import Source
from checker.errors import UsageError
from checker.report import Report, Subject, SubjectKind

if TYPE_CHECKING:
    from checker.store import Store


class Keeping:
    """A store of results in use; a context manager.

    Args:
        path: Its file.
        must: Whether somebody named it. Then an error ends the run; else the run goes on and keeps nothing.

    Raises:
        UsageError: If results must be kept there and cannot.
    """

    def __init__(self, path: Path, *, must: bool) -> None:
        self._path = path
        self._must = must
        self._store: Store | None = None
        self._given_up = False
        if must:
            self.open()

    def __enter__(self) -> Keeping:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._store is not None:
            self._store.__exit__(kind, error, trace)

    def open(self) -> Store | None:
        """Returns the store, opened where it is not open yet; ``None`` where nothing can be kept there.

        To open it costs a tenth of a second, which a run of registers alone can spend while its workers are busy.
        """
        if self._store is None and not self._given_up:
            from checker.store import Store

            try:
                self._store = Store(self._path)
            except UsageError as error:
                self._give_up(error)
        return self._store

    def keeps(self, source: Source) -> bool:
        """Whether the result of a source is kept: a register's, which lists pupils, only where somebody asked."""
        return (self._must or source.kind is not SubjectKind.REGISTER) and self.open() is not None

    def get(self, keys: Mapping[str, Sequence[Source]], catalogue: Catalogue) -> Iterator[tuple[Source, Subject]]:
        """Yields the sources whose subjects are kept, with them."""
        store = self.open() if keys else None
        try:
            yield from store.get(keys, catalogue) if store is not None else ()
        except UsageError as error:
            self._give_up(error)

    def put(self, key: str, subject: Subject) -> None:
        """Keeps a result."""
        store = self.open()
        try:
            if store is not None:
                store.put(key, subject)
        except UsageError as error:
            self._give_up(error)

    def remember(self, report: Report, day: dt.date) -> None:
        """Remembers what a run found."""
        store = self.open()
        try:
            if store is not None:
                store.remember(report, day)
        except UsageError as error:
            self._give_up(error)

    def _give_up(self, error: UsageError) -> None:
        """Goes on without the store, where nobody named it."""
        if self._must:
            raise error
        self._store, self._given_up = None, True
