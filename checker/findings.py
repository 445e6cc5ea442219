"""Verdicts, the evidence under them, and the outcome that a check returns.

A check returns an :class:`Outcome`; the engine joins it with its requirement into a :class:`Finding`.
Nothing here knows what the requirements are about. What worker processes send back in number has no slots: Python
pickles objects with slots several times more slowly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from checker.levels import Level

if TYPE_CHECKING:
    from checker.catalogue import Citation, Requirement


class Verdict(StrEnum):
    """What a finding decides. The meanings are promises: see docs/verdicts.md."""

    PASS = "pass"
    FAIL = "fail"
    REVIEW = "review"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document's text that says something.

    Attributes:
        quote: The characters ``start`` to ``end`` of the document's text, as they stand there.
        start: Offset of the first character in the document's text, from 0.
        end: Offset after the last character.
        page: The page that a person would open, from 1; ``None`` where the format has none.
        section: The heading that it stands under, with its number.
        site: The school or site that it speaks of, where the document covers several.
    """

    quote: str
    start: int
    end: int
    page: int | None = None
    section: str | None = None
    site: str | None = None


class Row(NamedTuple):
    """One line of a register at fault. Keys that do not apply are ``None`` and are left out of reports.

    It is a named tuple, because a county has a hundred thousand of them, which Python makes twice as fast.

    Attributes:
        pupil: The ``pupil_id`` as written.
        date: The ISO date.
        session: ``AM`` or ``PM``.
        code: The code as written.
        detail: What is wrong with it, and by when it should have been put right.
        name: The pupil's name; only ever filled when the user asked to reveal names.
    """

    pupil: str | None = None
    date: str | None = None
    session: str | None = None
    code: str | None = None
    detail: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        message: A sentence for a school office.
        level: The level of this fault; ``None`` takes the requirement's own (see :func:`failed`).
        passages: Where the document says so; empty for a missing item.
    """

    message: str
    level: Level | None = None
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found, before it is joined with its requirement.

    Attributes:
        verdict: The decision.
        message: What was found, in plain words.
        faults: What is wrong, of a failure, each with its level and passages.
        evidence: The passages that decide.
        fix: What to do; ``None`` takes the requirement's own.
        searched: For a missing item: where and for what the tool looked.
        rows: The lines of a register at fault.
        notes: Things that are mentioned but do not decide.
        checked: ``False`` for a requirement whose check is not built.
    """

    verdict: Verdict
    message: str
    faults: tuple[Fault, ...] = ()
    evidence: tuple[Passage, ...] = ()
    fix: str | None = None
    searched: str | None = None
    rows: Sequence[Row] | None = None
    notes: tuple[str, ...] = ()
    checked: bool = True

    def noting(self, *notes: str | None) -> Outcome:
        """Returns the same outcome with more notes; empty ones are passed over."""
        return replace(self, notes=(*self.notes, *(note for note in notes if note)))


def passed(message: str, evidence: Iterable[Passage] = (), *, notes: Sequence[str] = ()) -> Outcome:
    """A pass, with the passages that show it."""
    return Outcome(Verdict.PASS, message, evidence=unique(evidence), notes=tuple(notes))


def failed(
    *faults: Fault, fix: str | None = None, searched: str | None = None, nearest: Iterable[Passage] = ()
) -> Outcome:
    """A failure made of one or more faults.

    Its level is that of its heaviest fault. A fault without a level takes the requirement's own; in a policy such
    a fault is silence, which weighs no more than ``guidance``, because no regulation makes a policy speak.

    Args:
        *faults: What is wrong, at least one.
        fix: What to do, where the requirement's own advice does not fit.
        searched: Where and for what the tool looked, for something missing.
        nearest: The passages that come closest to what is missing.
    """
    passages = [passage for fault in faults for passage in fault.passages]
    return Outcome(
        Verdict.FAIL,
        " ".join(dict.fromkeys(fault.message for fault in faults)),
        faults=faults,
        evidence=unique([*passages, *nearest]),
        fix=fix,
        searched=searched,
    )


def review(message: str, evidence: Iterable[Passage] = (), *, searched: str | None = None) -> Outcome:
    """Something bears on the requirement that reading cannot settle: a person must look."""
    return Outcome(Verdict.REVIEW, message, evidence=unique(evidence), searched=searched)


def not_applicable(message: str, evidence: Iterable[Passage] = ()) -> Outcome:
    """The requirement does not apply here, and why."""
    return Outcome(Verdict.NOT_APPLICABLE, message, evidence=unique(evidence))


def unique(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """Returns the passages in their order without repeats; a row stands for its cells."""
    kept: list[Passage] = []
    for passage in passages:
        if any(_within(passage, other) for other in kept):
            continue
        inner = next((at for at, other in enumerate(kept) if _within(other, passage)), len(kept))
        kept[inner : inner + 1] = [passage]
        kept = [other for at, other in enumerate(kept) if at <= inner or not _within(other, passage)]
    return tuple(kept)


def _within(inner: Passage, outer: Passage) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person's acceptance of a failure.

    Attributes:
        reason: Why it is accepted.
        owner: Who sees to it.
        approved_by: Who has accepted it.
        expires: The last day on which the waiver counts.
    """

    reason: str
    owner: str
    approved_by: str
    expires: dt.date


class Since(StrEnum):
    """What a finding is beside an earlier run's."""

    NEW = "new"
    UNCHANGED = "unchanged"
    FIXED = "fixed"


@dataclass(frozen=True)
class Finding:
    """One requirement's verdict on one subject: what every report shows.

    It stands elsewhere where it is the rule of an authority that nothing says is this school's.
    """

    requirement: Requirement
    verdict: Verdict
    level: Level
    message: str
    fix: str | None
    citations: tuple[Citation, ...]
    evidence: tuple[Passage, ...] = ()
    searched: str | None = None
    rows: Sequence[Row] | None = None
    checked: bool = True
    waiver: Waiver | None = None
    since: Since | None = None
    elsewhere: bool = False

    @property
    def count(self) -> int | None:
        """The number of rows at fault, however many are shown; ``None`` for a policy."""
        return None if self.rows is None else len(self.rows)
