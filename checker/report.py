"""What a run found: subjects with their findings, from which every format is made."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from checker.catalogue import LawAsRead
from checker.facts import PublishedFact
from checker.findings import Finding, Verdict
from checker.schools import School

STOPPED = "stopped"  # the code of the trouble of what Ctrl-C left unchecked


class SubjectKind(StrEnum):
    """The kinds of thing that are checked."""

    POLICY = "policy"
    REGISTER = "register"


class Status(StrEnum):
    """What became of a subject."""

    CHECKED = "checked"
    UNREADABLE = "unreadable"
    NOT_A_POLICY = "not_a_policy"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a subject could not be read: a stable code, and a sentence with what to do."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A policy or a register, and what was found in it.

    Attributes:
        kind: Policy or register.
        path: Where it lies: relative to the current folder or to the argument, with ``/``.
        sha256: The hash of its bytes (for a register: of its files'); ``None`` where it could not be opened.
        title: Its title or the school's name.
        as_at: The day as at which it was judged.
        schools: The schools that it is about.
        status: Whether it was checked.
        trouble: Why it could not be read.
        notes: What a user should know about how it was read.
        facts: What it says, before any judgement.
        findings: One for each selected requirement of its kind, in catalogue order.
        named: Whether the user named it, rather than a folder in which it was found.
        file: Where it lies on this machine; for formats that need the document itself, and in no report.
    """

    kind: SubjectKind
    path: str
    sha256: str | None
    title: str | None
    as_at: dt.date
    schools: tuple[School, ...] = (School(),)
    status: Status = Status.CHECKED
    trouble: Trouble | None = None
    notes: tuple[str, ...] = ()
    facts: tuple[PublishedFact, ...] = ()
    findings: tuple[Finding, ...] = ()
    named: bool = True
    file: Path | None = None

    @property
    def tally(self) -> Mapping[Verdict, int]:
        """How many findings have each verdict."""
        return tally(self.findings)


def tally(findings: Iterable[Finding]) -> Mapping[Verdict, int]:
    """Returns how many findings have each verdict, all verdicts named."""
    counted = Counter(finding.verdict for finding in findings)
    return {verdict: counted[verdict] for verdict in Verdict}


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """A loaded plugin and its version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one run found.

    Attributes:
        subjects: Sorted by path.
        plugins: The plugins that were loaded.
        law: How far the law behind the catalogue was read.
        selected: How many requirements of each kind were selected.
        remarks: What became of waivers and of an earlier report's findings, as sentences.
    """

    subjects: tuple[Subject, ...]
    plugins: tuple[PluginInfo, ...]
    law: tuple[LawAsRead, ...]
    selected: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def findings(self) -> Iterable[Finding]:
        """All findings of all subjects."""
        return (finding for subject in self.subjects for finding in subject.findings)

    @property
    def tally(self) -> Mapping[Verdict, int]:
        """How many findings of all subjects have each verdict."""
        return tally(self.findings)

    @property
    def judged_nothing(self) -> bool:
        """Whether something was read, but no selected requirement concerns it."""
        checked = [subject for subject in self.subjects if subject.status is Status.CHECKED]
        return bool(checked) and not any(subject.findings for subject in checked)

    @property
    def unreadable(self) -> int:
        """How many subjects could not be read."""
        return sum(subject.status is Status.UNREADABLE for subject in self.subjects)

    @property
    def stopped(self) -> int:
        """How many subjects a stopped run left unchecked."""
        return sum(subject.trouble is not None and subject.trouble.code == STOPPED for subject in self.subjects)

    @property
    def coverage(self) -> tuple[str, ...]:
        """For each kind of subject, what was checked of how many, as a sentence."""
        return tuple(self._coverage_of(kind) for kind in SubjectKind if any(s.kind is kind for s in self.subjects))

    def _coverage_of(self, kind: SubjectKind) -> str:
        subjects = [subject for subject in self.subjects if subject.kind is kind]
        checked = [subject for subject in subjects if subject.status is Status.CHECKED]
        names = {finding.requirement.name for subject in checked for finding in subject.findings if finding.checked}
        plural = {SubjectKind.POLICY: "policies", SubjectKind.REGISTER: "registers"}[kind]
        noun = plural if len(subjects) != 1 else kind.value
        unbuilt = self.selected.get(kind, 0) - len(names) if checked else 0
        return (
            f"{len(names)} of {self.selected.get(kind, 0)} requirements on {len(checked)} of {len(subjects)} {noun}"
            + (f" ({unbuilt} have no check yet: see their reviews)" if unbuilt else "")
        )

    @property
    def limits(self) -> tuple[str, ...]:
        """What was accepted, and what was and was not checked: the words at the end of every report."""
        law = (
            f"{law.jurisdiction} The law as last read on {law.read_on.isoformat()}; not read: "
            + ("; ".join(law.not_read) or "nothing that is cited")
            + "."
            for law in self.law
        )
        reviews = self.tally[Verdict.REVIEW]
        return (
            *self.remarks,
            *law,
            "This is a reading aid, not legal advice. A pass says that the document says so, not that it is done.",
            f"{reviews} verdict{'' if reviews == 1 else 's'} {'needs' if reviews == 1 else 'need'} a person.",
        )
