"""``waivers.yaml``: the one way to accept a failure. Each waiver is for one passage, has a reason, and ends."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from checker.catalogue import Catalogue
from checker.configuration import as_date
from checker.findings import Finding, Verdict, Waiver
from checker.fingerprints import fingerprint
from checker.report import Report, Status, Subject
from checker.yaml_files import did_you_mean, load_entries

FILE = "waivers.yaml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A waiver and what it is for.

    Attributes:
        requirement: The requirement that is not met.
        document: The policy or register, from the folder of the file on.
        passage: The fingerprint of what is accepted.
        waiver: Who accepted it, why, and until when.
        line: The line of the file on which it begins.
    """

    requirement: str
    document: str
    passage: str
    waiver: Waiver
    line: int = 0


@dataclass(frozen=True, slots=True)
class Waivers:
    """The waivers of a file.

    Attributes:
        file: The file.
        entries: The waivers that are well formed.
        problems: What is wrong with the others, each with its line.
    """

    file: Path
    entries: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = ()


def find_waivers(folder: Path) -> Path | None:
    """Returns the ``waivers.yaml`` of a folder or of the nearest parent that has one."""
    return next((found for place in (folder, *folder.parents) if (found := place / FILE).is_file()), None)


def load_waivers(path: Path, catalogue: Catalogue) -> Waivers:
    """Reads a file of waivers. One that is not well formed is a problem, and does not count.

    Args:
        path: The file.
        catalogue: All requirements, whether selected or not.

    Raises:
        UsageError: If it cannot be read, is no YAML, or is no list of waivers.
    """
    read, problems = load_entries(path, "waivers", "waivers")
    names = [requirement.name for requirement in catalogue]
    entries = []
    for line, values in read:
        if values["requirement"] in names:
            entries.append(_entry(values, line))
        else:
            hint = did_you_mean(values["requirement"], names)
            problems.append(f"line {line}: there is no requirement {values['requirement']!r}.{hint}")
    return Waivers(path, tuple(entries), tuple(problems))


def _entry(values: Mapping[str, Any], line: int) -> Entry:
    waiver = Waiver(values["reason"], values["owner"], values["approved_by"], as_date(values["expires"]))
    return Entry(values["requirement"], values["document"], values["passage"], waiver, line)


def document_name(subject: Subject, folder: Path) -> str:
    """Returns a subject's name in the waivers of a folder: the same from wherever the command is run."""
    if subject.file is None:
        return subject.path
    try:
        return Path(os.path.relpath(subject.file.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on Windows, where it lies on another drive
        return subject.path


def waive(report: Report, waivers: Waivers, today: dt.date) -> Report:
    """Returns the report with the failures waived that a person has accepted.

    A waiver counts up to and including the day on which it expires, and only for the very words that it was written
    for. Those that do not count, or are no longer needed, are named.

    Args:
        report: What was found.
        waivers: The waivers.
        today: The day of the run.
    """
    run = _Run(waivers, today)
    subjects = tuple(run.subject(subject) for subject in report.subjects)
    return replace(report, subjects=subjects, remarks=(*report.remarks, *run.sentences(report)))


class _Run:
    """The waivers of a file while they are held against a report."""

    def __init__(self, waivers: Waivers, today: dt.date) -> None:
        self._waivers = waivers
        self._folder = waivers.file.parent
        self._today = today
        self._used = 0
        self._said: dict[Entry, str] = {}
        self._shown = _shown(waivers.file)

    def subject(self, subject: Subject) -> Subject:
        name = document_name(subject, self._folder)
        own = [entry for entry in self._waivers.entries if entry.document == name]
        if not own or subject.status is not Status.CHECKED:
            return subject
        return replace(subject, findings=tuple(self._finding(finding, name, own) for finding in subject.findings))

    def _finding(self, finding: Finding, document: str, entries: Iterable[Entry]) -> Finding:
        own = [entry for entry in entries if entry.requirement == finding.requirement.name]
        if not own:
            return finding
        if finding.verdict is not Verdict.FAIL:
            self._say(own, "is not used: the requirement does not fail. Take it out.")
            return finding
        mark = fingerprint(document, finding)
        fitting = [entry for entry in own if entry.passage == mark]
        stale = [entry for entry in own if entry.passage != mark]
        self._say(stale, "is stale: what the document says there has changed. Look at it again.")
        ended = [entry for entry in fitting if entry.waiver.expires < self._today]
        for entry in ended:
            self._say([entry], f"expired on {in_words(entry.waiver.expires)} and does not count.")
        valid = [entry for entry in fitting if entry not in ended]
        if valid:
            self._used += 1
            return _waived(finding, max(valid, key=lambda entry: entry.waiver.expires).waiver)
        last = ended[0] if ended else stale[0]
        what = f"expired on {in_words(last.waiver.expires)}" if ended else "was for other words than stand there now"
        noted = f"{finding.message} Noted: the waiver that {last.waiver.approved_by} approved {what}."
        return replace(finding, message=noted)

    def _say(self, entries: Iterable[Entry], what: str) -> None:
        self._said |= dict.fromkeys(entries, what)

    def sentences(self, report: Report) -> Iterable[str]:
        """Yields what became of the waivers."""
        if self._used:
            failures = "1 failure is" if self._used == 1 else f"{self._used} failures are"
            yield f"{failures} waived by {self._shown}."
        for problem in self._waivers.problems:
            yield f"{self._shown}, {problem} This waiver does not count."
        there = {document_name(subject, self._folder) for subject in report.subjects}
        for entry in self._waivers.entries:
            said = self._said.get(entry)
            if said is None and entry.document not in there and not (self._folder / entry.document).exists():
                said = "is stale: there is no such document."
            if said is None and entry.waiver.expires < self._today:
                said = f"expired on {in_words(entry.waiver.expires)} and does not count."
            if said is not None:
                yield f"{self._shown}, line {entry.line}: the waiver of {entry.requirement} for {entry.document} {said}"


def _waived(finding: Finding, waiver: Waiver) -> Finding:
    reason = waiver.reason.strip().rstrip(".")
    accepted = f"Accepted by {waiver.approved_by} until {in_words(waiver.expires)}: {reason}."
    return replace(
        finding, verdict=Verdict.WAIVED, message=f"{finding.message} {accepted}", fix=None, waiver=waiver
    )  # fmt: skip


def _shown(file: Path) -> str:
    """Returns the file's name as a report may show it: never where this machine keeps it."""
    try:
        return file.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return file.name


def in_words(day: dt.date) -> str:
    """Returns a day as people write it."""
    return f"{day.day} {day:%B %Y}"
