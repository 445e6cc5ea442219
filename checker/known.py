"""An earlier run, as far as it is needed to compare with: read from its JSON report, or taken from a report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.errors import UsageError
from checker.findings import Passage, Verdict
from checker.levels import Level
from checker.report import Report, Status

LARGEST = 500_000_000


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """A requirement's verdict in a run."""

    requirement: str
    title: str
    level: Level
    verdict: Verdict
    message: str
    evidence: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact as a run read it."""

    value: Any
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownSubject:
    """A policy or register as a run found it.

    Attributes:
        kind: ``policy`` or ``register``.
        path: Where it lay.
        status: What became of it.
        trouble: Why it could not be read.
        findings: Its findings by requirement, in catalogue order.
        facts: Its facts by name.
    """

    kind: str
    path: str
    status: Status
    trouble: str | None = None
    findings: Mapping[str, KnownFinding] = field(default_factory=dict)
    facts: Mapping[str, KnownFact] = field(default_factory=dict)


def known(report: Report) -> tuple[KnownSubject, ...]:
    """Returns the subjects of a report."""
    return tuple(
        KnownSubject(
            subject.kind.value,
            subject.path,
            subject.status,
            subject.trouble.message if subject.trouble else None,
            {
                finding.requirement.name: KnownFinding(
                    finding.requirement.name, finding.requirement.title, finding.level, finding.verdict,
                    finding.message, finding.evidence,
                )
                for finding in subject.findings
            },
            {fact.name: KnownFact(fact.value, fact.passages) for fact in subject.facts},
        )
        for subject in report.subjects
    )  # fmt: skip


def read_report(path: Path) -> tuple[KnownSubject, ...]:
    """Returns the subjects of a JSON report.

    Raises:
        UsageError: If it cannot be read, or is no report of this checker.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path}: this is far larger than a report can be.")
        content = json.loads(path.read_bytes())
        if (content["format"], content["version"]) != ("checker-report", 1):
            raise UsageError(
                f"{path}: this is no JSON report of version 1: make it anew with --format json={path.name}."
            )
        return tuple(_subject(subject) for subject in content["subjects"])
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{path}: this is no JSON report of the checker: make it with --format json=FILE.") from error


def _subject(values: Mapping[str, Any]) -> KnownSubject:
    return KnownSubject(
        str(values["kind"]),
        str(values["path"]),
        Status(values["status"]),
        str(values["error"]["message"]) if values["error"] else None,
        {str(finding["requirement"]): _finding(finding) for finding in values["findings"]},
        {str(name): KnownFact(fact["value"], _passages(fact["passages"])) for name, fact in values["facts"].items()},
    )


def _finding(values: Mapping[str, Any]) -> KnownFinding:
    return KnownFinding(
        str(values["requirement"]),
        str(values["title"]),
        Level(values["level"]),
        Verdict(values["verdict"]),
        str(values["message"]),
        _passages(values["evidence"]),
    )


def _passages(listed: Iterable[Mapping[str, Any]]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            str(passage["quote"]), int(passage["start"]), int(passage["end"]), passage["page"], passage["section"],
            passage["site"],
        )
        for passage in listed
    )  # fmt: skip
