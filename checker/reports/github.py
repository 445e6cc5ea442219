"""Annotations of GitHub Actions: lines that the runner turns into marks on the files of a pull request.

The runner shows ten of each kind for a step, so the heaviest come first. Failures alone are annotated, unless every verdict
is asked for; the last line says how many verdicts wait for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from checker.findings import Finding, Passage, Verdict
from checker.levels import Level
from checker.report import Report, Status, Subject
from checker.reports.places import Place, places_of
from checker.reports.presentation import Presentation
from checker.reports.safe import for_terminal
from checker.reports.wording import IN_WORDS, told, why_not_checked

_COMMANDS = {Level.LAW: "error", Level.GUIDANCE: "warning", Level.LOCAL: "warning", Level.QUALITY: "notice"}
_ORDER = ("error", "warning", "notice")


def write(report: Report, presentation: Presentation) -> str:
    """Returns the annotations, one in a line."""
    lines = [line for subject in report.subjects for line in _subject(subject, presentation)]
    lines.sort(key=lambda line: _ORDER.index(line[0]))
    return "".join(f"{line}\n" for _, line in lines) + _closing(report)


def _subject(subject: Subject, presentation: Presentation) -> Iterable[tuple[str, str]]:
    """Yields the annotations of a subject, each with its command."""
    if reason := why_not_checked(subject):
        command = "error" if subject.status is Status.UNREADABLE or subject.named else "notice"
        yield command, _annotation(command, subject.path, "could not be checked", [reason])
    place = places_of(subject, presentation)
    for finding in subject.findings:
        if finding.verdict in {Verdict.FAIL, Verdict.ERROR} or presentation.include_passes:
            yield _finding(subject, finding, place)


def _finding(subject: Subject, finding: Finding, place: Callable[[Passage], Place | None]) -> tuple[str, str]:
    command = {Verdict.ERROR: "error", Verdict.FAIL: _COMMANDS[finding.level]}.get(finding.verdict, "notice")
    title = f"{finding.requirement.title} ({finding.requirement.name}): {IN_WORDS[finding.verdict]}"
    found = place(finding.evidence[0]) if finding.evidence else None
    return command, _annotation(command, subject.path, title, told(finding), found)


def _annotation(command: str, path: str, title: str, words: Iterable[str], place: Place | None = None) -> str:
    properties = {"file": path, "title": title}
    if place:
        properties |= {"line": str(place.line), "endLine": str(place.end_line)}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {written}::{_data(chr(10).join(words))}"


def _closing(report: Report) -> str:
    waiting = report.tally[Verdict.REVIEW]
    words = [*(f"Checked: {line}." for line in report.coverage), f"{waiting} for a person to decide."]
    return f"::notice title=attendance-checker::{_data(' '.join(words))}\n"


def _data(text: str) -> str:
    """Returns text as the runner wants it; whatever it holds, it stays one line that begins with our own command."""
    return for_terminal(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(" ".join(text.split())).replace(":", "%3A").replace(",", "%2C")
