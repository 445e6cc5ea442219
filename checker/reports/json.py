"""The JSON report: the machine's truth, as ``schemas/report.schema.json`` describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.catalogue import Citation
from checker.facts import PublishedFact
from checker.findings import Finding, Passage, Row, Verdict
from checker.report import Report, Subject
from checker.reports.presentation import Presentation
from checker.reports.safe import as_json
from checker.reports.wording import first
from checker.schools import School
from checker.version import VERSION


def write(report: Report, presentation: Presentation) -> str:
    """Returns the report as JSON text with a final newline."""
    return as_json(as_values(report, presentation.max_rows))


def as_values(report: Report, max_rows: int = 0) -> dict[str, Any]:
    """Returns the report as plain values.

    Args:
        report: The report.
        max_rows: How many rows a finding shows; 0 for all.
    """
    return {
        "format": "checker-report",
        "version": 1,
        "tool": {
            "name": "attendance-checker",
            "version": VERSION,
            "plugins": [{"name": plugin.name, "version": plugin.version} for plugin in report.plugins],
        },
        "law": {
            "read_on": max((law.read_on.isoformat() for law in report.law), default=None),
            "not_read": [line for law in report.law for line in law.not_read],
        },
        "subjects": [_subject(subject, max_rows) for subject in report.subjects],
        "summary": {
            "subjects": len(report.subjects),
            "unreadable": report.unreadable,
            **_tally(report.tally),
        },
        "coverage": list(report.coverage),
        "limits": list(report.limits),
    }


def facts_as_values(facts: tuple[PublishedFact, ...]) -> dict[str, Any]:
    """Returns facts by name, each with its value and its passages."""
    return {
        fact.name: {"value": fact.value, "passages": [_passage(passage) for passage in fact.passages]} for fact in facts
    }


def _subject(subject: Subject, max_rows: int) -> dict[str, Any]:
    return {
        "kind": subject.kind.value,
        "path": subject.path,
        "sha256": subject.sha256,
        "title": subject.title,
        "as_at": subject.as_at.isoformat(),
        "schools": [_school(school) for school in subject.schools],
        "status": subject.status.value,
        "error": None
        if subject.trouble is None
        else {"code": subject.trouble.code, "message": subject.trouble.message},
        "notes": list(subject.notes),
        "facts": facts_as_values(subject.facts),
        "summary": _tally(subject.tally),
        "findings": [_finding(finding, max_rows) for finding in subject.findings],
    }


def _school(school: School) -> dict[str, Any]:
    return {
        "name": school.name,
        "types": [kind.value for kind in school.types],
        "urn": school.urn,
        "local_authority": school.local_authority,
    }


def _tally(counts: Mapping[Verdict, int]) -> dict[str, int]:
    return {verdict.value: count for verdict, count in counts.items()}


def _finding(finding: Finding, max_rows: int) -> dict[str, Any]:
    values: dict[str, Any] = {
        "requirement": finding.requirement.name,
        "title": finding.requirement.title,
        "level": finding.level.value,
        "verdict": finding.verdict.value,
        "checked": finding.checked,
        "message": finding.message,
        "fix": finding.fix,
        "citations": [_citation(citation) for citation in finding.citations],
        "evidence": [_passage(passage) for passage in finding.evidence],
        "searched": finding.searched,
    }
    if finding.requirement.number:
        values["number"], values["section"] = finding.requirement.number, finding.requirement.section
    if finding.since is not None:
        values["change"] = finding.since.value
    if finding.waiver is not None:
        values["waiver"] = {
            "reason": finding.waiver.reason,
            "owner": finding.waiver.owner,
            "approved_by": finding.waiver.approved_by,
            "expires": finding.waiver.expires.isoformat(),
        }
    if finding.rows is not None:
        values["count"] = finding.count
        values["rows"] = [row_as_values(row) for row in first(finding.rows, max_rows)]
    return values


def _citation(citation: Citation) -> dict[str, Any]:
    values = {
        "instrument": citation.instrument,
        "edition": citation.edition,
        "provision": citation.provision,
        "url": citation.url,
        "certainty": citation.certainty,
    }
    return values | ({"note": citation.note} if citation.note else {})


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "page": passage.page,
        "section": passage.section,
        "quote": passage.quote,
        "start": passage.start,
        "end": passage.end,
        "site": passage.site,
    }


def row_as_values(row: Row) -> dict[str, str]:
    """Returns a row as plain values, without the keys that do not apply."""
    keys = ("pupil", "name", "date", "session", "code", "detail")
    return {key: value for key in keys if (value := getattr(row, key)) is not None}
