"""SARIF 2.1.0, the exchange format of code scanning.

GitHub shows every result as an alert, whatever its kind. So the results are the failures alone, unless every verdict is
asked for; what waits for a person, what broke and what could not be read stand among the notifications, where they raise
no alert and are not lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from checker.catalogue import Requirement
from checker.findings import Finding, Passage, Since, Verdict
from checker.fingerprints import fingerprint
from checker.levels import Level
from checker.report import Report, Status, Subject
from checker.reports.json import row_as_values
from checker.reports.places import Place, places_of
from checker.reports.presentation import Presentation
from checker.reports.safe import as_json, for_terminal
from checker.reports.wording import cited, first, told, whereabouts, why_not_checked
from checker.version import VERSION

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Level.LAW: "error", Level.GUIDANCE: "warning", Level.LOCAL: "warning", Level.QUALITY: "note"}
KINDS = {
    Verdict.FAIL: "fail",
    Verdict.WAIVED: "fail",
    Verdict.PASS: "pass",
    Verdict.REVIEW: "review",
    Verdict.NOT_APPLICABLE: "notApplicable",
}
_BASELINE = {Since.NEW: "new", Since.UNCHANGED: "unchanged", Since.FIXED: "updated"}
Values = dict[str, Any]


def write(report: Report, presentation: Presentation) -> str:
    """Returns the report as a SARIF log of one run."""
    requirements = list(dict.fromkeys(finding.requirement for finding in _findings(report)))
    shown = set(KINDS) if presentation.include_passes else {Verdict.FAIL}
    places = {requirement.name: index for index, requirement in enumerate(requirements)}
    run = {
        "tool": {
            "driver": {
                "name": "attendance-checker",
                "version": VERSION,
                "semanticVersion": VERSION,
                "rules": [_rule(requirement) for requirement in requirements],
            },
            "extensions": [{"name": plugin.name, "version": plugin.version} for plugin in report.plugins],
        },
        "automationDetails": {"id": "attendance-checker/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.unreadable and not report.tally[Verdict.ERROR],
                "toolExecutionNotifications": list(_notifications(report, shown)),
            }
        ],
        "artifacts": [_artifact(subject) for subject in report.subjects],
        "results": [
            result
            for index, subject in enumerate(report.subjects)
            for result in _results(subject, index, places, shown, presentation)
        ],
        "properties": {"coverage": list(report.coverage), "limits": [_message(line) for line in report.limits]},
    }
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _findings(report: Report) -> Iterable[Finding]:
    return (finding for subject in report.subjects for finding in subject.findings)


def _rule(requirement: Requirement) -> Values:
    help_lines = [requirement.why, requirement.law, f"To put it right: {requirement.fix}" if requirement.fix else ""]
    sources = [(cited(citation), citation.url) for citation in requirement.citations]
    plain = [*filter(None, help_lines), *(f"See: {words}" for words, _ in sources)]
    linked = [
        *filter(None, help_lines),
        *(f"See: [{words}]({url})" if _is_web(url) else f"See: {words}" for words, url in sources),
    ]
    addresses = [url for _, url in sources if _is_web(url)]
    level = LEVELS[requirement.level]
    return {
        "id": requirement.name,
        "shortDescription": {"text": requirement.title},
        "fullDescription": {"text": requirement.asks or requirement.title},
        "help": {"text": "\n\n".join(plain), "markdown": "\n\n".join(linked)},
        **({"helpUri": addresses[0]} if addresses else {}),
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": [requirement.kind, requirement.level.value],
            "problem.severity": {"note": "recommendation"}.get(level, level),
        },
    }


def _is_web(url: str | None) -> bool:
    return bool(url and url.startswith(("https://", "http://")))


def _artifact(subject: Subject) -> Values:
    hashes = {"hashes": {"sha-256": subject.sha256}} if subject.sha256 else {}
    return {"location": {"uri": _uri(subject.path)}, **hashes}


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"), safe="/")


def _results(
    subject: Subject, index: int, rules: dict[str, int], shown: set[Verdict], presentation: Presentation
) -> Iterable[Values]:
    place = places_of(subject, presentation)
    for finding in subject.findings:
        if finding.verdict in shown:
            yield _result(subject, finding, index, rules, presentation.max_rows, place)


def _result(
    subject: Subject,
    finding: Finding,
    index: int,
    rules: dict[str, int],
    max_rows: int,
    place: Callable[[Passage], Place | None],
) -> Values:
    kind = KINDS[finding.verdict]
    name = fingerprint(subject.path, finding)
    head, *others = finding.evidence or (None,)
    rows = [row_as_values(row) for row in first(finding.rows or (), max_rows)]
    values: Values = {
        "ruleId": finding.requirement.name,
        "ruleIndex": rules[finding.requirement.name],
        "kind": kind,
        "level": LEVELS[finding.level] if kind == "fail" else "none",
        "message": {"text": _message("\n".join(told(finding)))},
        "locations": [_location(subject, index, head, place)],
        # GitHub knows a result again by the first of these alone, where it is given.
        "partialFingerprints": {"primaryLocationLineHash": f"{name[:16]}:1", "finding/v1": name},
        "properties": {"verdict": finding.verdict.value, "level": finding.level.value},
    }
    if others:
        values["relatedLocations"] = [
            {"id": number, **_location(subject, index, passage, place)} for number, passage in enumerate(others, 1)
        ]
    if finding.rows is not None:
        values["properties"] |= {"count": finding.count, "rows": rows}
    if finding.since is not None:
        values["baselineState"] = _BASELINE[finding.since]
    if finding.verdict is Verdict.WAIVED:
        values["suppressions"] = [_suppression(finding)]
    return values


def _suppression(finding: Finding) -> Values:
    waiver = finding.waiver
    reason = f"{waiver.reason} ({waiver.owner}; until {waiver.expires.isoformat()})" if waiver else finding.message
    return {"kind": "external", "status": "accepted", "justification": _message(reason)}


def _location(
    subject: Subject, index: int, passage: Passage | None, place: Callable[[Passage], Place | None]
) -> Values:
    """Returns where a passage stands; the page and the section of a file without lines are a logical location."""
    found = place(passage) if passage else None
    # GitHub takes no result without a line: in a file that has none, the first stands for the file as a whole.
    region: Values = {"startLine": 1}
    if found:
        region = {
            "startLine": found.line,
            "startColumn": found.column,
            "endLine": found.end_line,
            "endColumn": found.end_column,
        }
    location: Values = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(subject.path), "index": index}, "region": region}
    }
    if passage:
        region["snippet"] = {"text": for_terminal(passage.quote)}
        where = for_terminal(whereabouts(passage))
        if where:
            location["logicalLocations"] = [{"name": where, "kind": "section"}]
    return location


def _notifications(report: Report, shown: set[Verdict]) -> Iterable[Values]:
    """Yields what is no result but must not be lost: what could not be read, what broke, what waits for a person."""
    for index, subject in enumerate(report.subjects):
        reason = why_not_checked(subject)
        if reason:
            level = "error" if subject.status is Status.UNREADABLE else "warning"
            yield _notification(subject, index, level, subject.status.value, reason)
        for finding in subject.findings:
            unshown = finding.verdict is Verdict.REVIEW and Verdict.REVIEW not in shown
            if finding.verdict is Verdict.ERROR or unshown:
                level = "error" if finding.verdict is Verdict.ERROR else "note"
                told_of = f"{finding.requirement.title}: {finding.message}"
                yield {
                    **_notification(subject, index, level, finding.verdict.value, told_of),
                    "associatedRule": {"id": finding.requirement.name},
                }


def _notification(subject: Subject, index: int, level: str, name: str, words: str) -> Values:
    return {
        "descriptor": {"id": name},
        "level": level,
        "message": {"text": _message(words)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(subject.path), "index": index}}}],
    }


def _message(text: str) -> str:
    """Returns words as a SARIF message: brackets would make a link of them, and braces a gap to be filled."""
    text = for_terminal(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return text.replace("{", "{{").replace("}", "}}")
