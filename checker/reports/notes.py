"""What is written beside a passage of the school's own document: the same words in Word comments and in PDF notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.documents.model import Document
from checker.findings import Finding, Verdict
from checker.report import Report, Subject
from checker.reports.placing import Places
from checker.reports.safe import for_page
from checker.reports.wording import LEVEL_HEADINGS, cited, in_a_line

AUTHOR = "attendance-checker"
INITIALS = "ac"


@dataclass(frozen=True, slots=True)
class Note:
    """A note beside a passage.

    Attributes:
        start: Offset of the passage in the document's text.
        end: Offset after it.
        heading: The first line.
        lines: The other lines.
        finding: The finding that it is about; ``None`` for the note on the whole document.
        missing: Whether the passage is only the place where something missing belongs.
    """

    start: int
    end: int
    heading: str
    lines: tuple[str, ...]
    finding: Finding | None = None
    missing: bool = False


def notes(subject: Subject, document: Document, report: Report) -> Iterator[Note]:
    """Yields the notes on a document: one on the whole, then those on what fails or needs a person, passage by passage.

    Args:
        subject: The policy.
        document: Its text, as it was read when the policy was checked.
        report: The run, whose limits the first note states.
    """
    places = Places(document, [finding.requirement for finding in subject.findings])
    as_at = f"As at {subject.as_at.isoformat()}: {in_a_line(subject)}"
    yield Note(*places.beginning, f"Checked by {AUTHOR}", _harmless([as_at, *report.limits]))
    for finding in subject.findings:
        if finding.verdict is Verdict.FAIL or (finding.verdict is Verdict.REVIEW and finding.checked):
            yield from _on(finding, document, places)


def _on(finding: Finding, document: Document, places: Places) -> Iterator[Note]:
    requirement = finding.requirement
    first = heading(finding)
    said = [finding.message]
    if finding.fix:
        said.append(f"To do: {finding.fix}")
    if finding.citations:
        said.append("See: " + "; ".join(cited(citation) for citation in finding.citations))
    said.append(requirement.name)
    passages = [passage for passage in finding.evidence if document.text[passage.start : passage.end] == passage.quote]
    if not passages:
        yield Note(*places.of(requirement), first, _harmless(said), finding, missing=True)
    for number, passage in enumerate(passages):
        words = said if number == 0 else ["See the first comment on this.", requirement.name]
        yield Note(passage.start, passage.end, first, _harmless(words), finding)


def heading(finding: Finding) -> str:
    """Returns what a finding is about in one line, with the weight of what it rests on."""
    what = LEVEL_HEADINGS[finding.level] if finding.verdict is Verdict.FAIL else "For a person to decide"
    return for_page(f"{what}: {finding.requirement.title}")


def _harmless(lines: list[str]) -> tuple[str, ...]:
    return tuple(for_page(line) for line in lines)
