"""A subject as plain values that a store can keep, and back. Nothing that is read back is ever run."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from checker.catalogue import Catalogue
from checker.discovery import Source
from checker.facts import PublishedFact
from checker.findings import Finding, Passage, Row, Verdict
from checker.levels import Level
from checker.report import Status, Subject, SubjectKind, Trouble
from checker.schools import School, SchoolType

COMPRESSION = 1  # the quickest: policies quote themselves, so even that makes a fifth of it


def packed(subject: Subject) -> bytes:
    """Returns a subject as bytes."""
    values = {
        "kind": subject.kind,
        "sha256": subject.sha256,
        "title": subject.title,
        "as_at": subject.as_at.isoformat(),
        "schools": [asdict(school) for school in subject.schools],
        "status": subject.status,
        "trouble": subject.trouble and asdict(subject.trouble),
        "notes": subject.notes,
        "facts": [asdict(fact) for fact in subject.facts],
        "findings": [_finding_values(finding) for finding in subject.findings],
    }
    return zlib.compress(json.dumps(values, ensure_ascii=False).encode(), COMPRESSION)


def unpacked(data: bytes, source: Source, catalogue: Catalogue) -> Subject:
    """Returns the subject of a source from its bytes.

    Args:
        data: What :func:`packed` gave.
        source: The source, which gives the path: the same content may lie elsewhere today.
        catalogue: The requirements of the run.

    Raises:
        ValueError: If the bytes are no such subject.
    """
    try:
        values = json.loads(zlib.decompress(data))
        day = dt.date.fromisoformat(values["as_at"])
        return Subject(
            SubjectKind(values["kind"]), source.shown, values["sha256"], values["title"], day,
            tuple(_school(school) for school in values["schools"]), Status(values["status"]),
            Trouble(**values["trouble"]) if values["trouble"] else None, tuple(values["notes"]),
            tuple(_fact(fact) for fact in values["facts"]),
            tuple(_finding(finding, day, catalogue) for finding in values["findings"]),
            source.named, source.path,
        )  # fmt: skip
    except (zlib.error, KeyError, TypeError) as error:
        raise ValueError("this is no kept result") from error


def _finding_values(finding: Finding) -> dict[str, Any]:
    return {
        "requirement": finding.requirement.name,
        "verdict": finding.verdict,
        "level": finding.level,
        "message": finding.message,
        "fix": finding.fix,
        "evidence": [_values(passage, Passage) for passage in finding.evidence],
        "searched": finding.searched,
        "rows": None if finding.rows is None else [_values(row, Row) for row in finding.rows],
        "checked": finding.checked,
        "elsewhere": finding.elsewhere,
    }


def _finding(values: Mapping[str, Any], day: dt.date, catalogue: Catalogue) -> Finding:
    requirement = catalogue[values["requirement"]]
    return Finding(
        requirement,
        Verdict(values["verdict"]),
        Level(values["level"]),
        values["message"],
        values["fix"],
        requirement.cited_on(day),
        tuple(Passage(*passage) for passage in values["evidence"]),
        values["searched"],
        None if values["rows"] is None else tuple(Row(*row) for row in values["rows"]),
        values["checked"],
        elsewhere=values["elsewhere"],
    )


def _values(thing: Passage | Row, kind: type[Passage | Row]) -> list[Any]:
    return [getattr(thing, name) for name in kind.__match_args__]


def _school(values: Mapping[str, Any]) -> School:
    return School(**{**values, "types": tuple(SchoolType(kind) for kind in values["types"])})


def _fact(values: Mapping[str, Any]) -> PublishedFact:
    return PublishedFact(values["name"], values["value"], tuple(Passage(**passage) for passage in values["passages"]))
