"""What a store's runs tell of each school: its verdicts over time, what changed last, and which reviews are overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.findings import Verdict

if TYPE_CHECKING:
    from checker.store import Entry, Run

SETTLED = {Verdict.PASS.value, Verdict.NOT_APPLICABLE.value}


@dataclass(frozen=True, slots=True)
class Change:
    """A verdict, or the state of a whole subject, that differs from the run before in which the subject stood.

    Attributes:
        subject: The subject as the later run found it; as the earlier one did, where it is gone.
        requirement: The requirement; ``None`` for the subject as a whole.
        before: The verdict or state in the earlier run; ``None`` where there was none.
        after: The verdict or state in the later run; ``None`` where there is none.
    """

    subject: Entry
    requirement: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Series:
    """What successive runs found in one subject.

    Attributes:
        subject: The subject as the last of them found it.
        runs: The runs in which it stood.
        entries: What each of them found.
    """

    subject: Entry
    runs: tuple[Run, ...]
    entries: tuple[Entry, ...]

    def verdicts(self, requirement: str) -> tuple[str | None, ...]:
        """Returns the verdicts of a requirement, run by run; ``None`` where it was not selected."""
        return tuple(entry.verdicts.get(requirement) for entry in self.entries)

    @property
    def open(self) -> tuple[str, ...]:
        """The requirements that were not always settled, in the order of the last run."""
        names = dict.fromkeys(name for entry in reversed(self.entries) for name in entry.verdicts)
        return tuple(name for name in names if {*self.verdicts(name)} - {None, *SETTLED})


def series(runs: Sequence[Run]) -> list[Series]:
    """Returns what the runs found, subject by subject, sorted by path."""
    found: dict[tuple[str, str], list[tuple[Run, Entry]]] = {}
    for run in runs:
        for entry in run.entries:
            found.setdefault((entry.path, entry.kind), []).append((run, entry))
    return [
        Series(pairs[-1][1], tuple(run for run, _ in pairs), tuple(entry for _, entry in pairs))
        for _, pairs in sorted(found.items())
    ]


def changes(runs: Sequence[Run]) -> list[Change]:
    """Returns what the last run found otherwise than the run before."""
    if len(runs) < 2:
        return []
    before = {(entry.path, entry.kind): entry for entry in runs[-2].entries}
    after = {(entry.path, entry.kind): entry for entry in runs[-1].entries}
    return [change for place in sorted({*before, *after}) for change in _between(before.get(place), after.get(place))]


def overdue(runs: Sequence[Run], day: dt.date) -> list[Entry]:
    """Returns the subjects of each path's last run whose next review has passed. A month has passed when it is over."""
    return [
        one.subject
        for one in series(runs)
        if one.subject.next_review and one.subject.next_review < day.isoformat()[: len(one.subject.next_review)]
    ]


def _between(before: Entry | None, after: Entry | None) -> Iterator[Change]:
    if before is None or after is None:
        known = after or before
        assert known is not None
        yield Change(known, None, before.status if before else None, after.status if after else None)
        return
    if before.status != after.status:
        yield Change(after, None, before.status, after.status)
        return
    for name in _names(before, after):
        if before.verdicts.get(name) != after.verdicts.get(name):
            yield Change(after, name, before.verdicts.get(name), after.verdicts.get(name))


def _names(*entries: Entry) -> Iterable[str]:
    return dict.fromkeys(name for entry in reversed(entries) for name in entry.verdicts)
