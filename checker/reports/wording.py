"""How reports speak: the headings, sentences and shortenings that several formats share."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.catalogue import Citation
from checker.findings import Finding, Passage, Row, Verdict
from checker.levels import Level
from checker.report import Status, Subject, SubjectKind
from checker.schools import School

LONGEST_QUOTE = 320
MOST_QUOTES = 4
# Signs of Markdown, and what stands before an item or a heading: a reader of a quotation wants the words alone.
_SIGNS = re.compile(r"\*\*|\\(?=[!-/:-@\[-`{-~])|^\s*(?:[-*+•‣▪●○◦·–]|#{1,6})\s+")
SYMBOLS = {
    Verdict.PASS: "✓",
    Verdict.FAIL: "✗",
    Verdict.REVIEW: "?",
    Verdict.NOT_APPLICABLE: "·",
    Verdict.WAIVED: "~",
    Verdict.ERROR: "!",
}
IN_WORDS = {
    Verdict.PASS: "met",
    Verdict.FAIL: "to put right",
    Verdict.REVIEW: "for a person to decide",
    Verdict.NOT_APPLICABLE: "does not apply",
    Verdict.WAIVED: "waived",
    Verdict.ERROR: "the tool broke",
}
SURE = {"seen": "", "seed": " (as other documents quote it)", "recall": " (not verified)"}
LEVEL_HEADINGS = {
    Level.LAW: "Against the law",
    Level.GUIDANCE: "Against statutory guidance, or missing",
    Level.LOCAL: "Against the local authority's rules",
    Level.QUALITY: "Accuracy and soundness of the document",
}
BROKEN = "The tool broke on these"
FOR_A_PERSON = "For a person to decide"
WAIVED = "Waived"
UNCHECKED = "Not yet checked"
PASSES = "Passes"
DOES_NOT_APPLY = "Does not apply"
ELSEWHERE = "Rules of an authority that is not known to be this school's"


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that stand under one heading.

    Attributes:
        heading: The heading.
        verdict: The verdict that they share.
        findings: The findings, at least one.
        level: The level that they share, for failures.
        settled: Whether nothing is asked of the reader, so that the group may be shown in short.
    """

    heading: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    level: Level | None = None
    settled: bool = False


def groups(findings: Iterable[Finding]) -> Iterator[Group]:
    """Yields the findings in the order of reports: what asks most of the reader first, heaviest first."""
    every = tuple(findings)
    of = {verdict: tuple(finding for finding in every if finding.verdict is verdict) for verdict in Verdict}
    failed, waiting = of[Verdict.FAIL], of[Verdict.REVIEW]
    elsewhere = [finding for finding in every if finding.elsewhere]
    found = (
        Group(BROKEN, Verdict.ERROR, of[Verdict.ERROR]),
        *(
            Group(heading, Verdict.FAIL, tuple(finding for finding in failed if finding.level is level), level)
            for level, heading in LEVEL_HEADINGS.items()
        ),
        Group(FOR_A_PERSON, Verdict.REVIEW, tuple(finding for finding in waiting if finding.checked)),
        Group(WAIVED, Verdict.WAIVED, of[Verdict.WAIVED]),
        Group(UNCHECKED, Verdict.REVIEW, tuple(finding for finding in waiting if not finding.checked), settled=True),
        Group(PASSES, Verdict.PASS, of[Verdict.PASS], settled=True),
        Group(DOES_NOT_APPLY, Verdict.NOT_APPLICABLE, tuple(here(of[Verdict.NOT_APPLICABLE])), settled=True),
        Group(ELSEWHERE, Verdict.NOT_APPLICABLE, tuple(elsewhere), settled=True),
    )
    return (group for group in found if group.findings)


def here(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yields the findings without those on the rules of an authority that is not the school's."""
    return (finding for finding in findings if not finding.elsewhere)


def in_a_line(subject: Subject) -> str:
    """Returns how a subject stands, in one sentence; the rules of other authorities do not count."""
    counts = Counter(finding.verdict for finding in here(subject.findings))
    ratified = " before ratification" if subject.kind is SubjectKind.POLICY else ""
    words = {
        Verdict.FAIL: f"to put right{ratified}",
        Verdict.REVIEW: "for a person to decide",
        Verdict.NOT_APPLICABLE: f"{'does' if counts[Verdict.NOT_APPLICABLE] == 1 else 'do'} not apply",
        Verdict.WAIVED: "waived",
        Verdict.ERROR: "on which the tool broke",
    }
    rest = [f"{counts[verdict]} {phrase}" for verdict, phrase in words.items() if counts[verdict]]
    return f"{counts[Verdict.PASS]} of {counts.total()} met" + "".join(f"; {part}" for part in rest) + "."


def told(finding: Finding) -> Iterator[str]:
    """Yields all that a reader needs of a finding, line by line: what was found, quoted and sought, and what to do."""
    yield finding.message
    for passage in finding.evidence[:MOST_QUOTES]:
        where = whereabouts(passage)
        yield f"“{quoted(passage)}”" + (f" ({where})" if where else "")
    if len(finding.evidence) > MOST_QUOTES:
        yield f"and {counted(len(finding.evidence) - MOST_QUOTES, 'more passage')}"
    if finding.searched:
        yield f"Looked for: {finding.searched}"
    if finding.fix:
        yield f"To do: {finding.fix}"
    if finding.citations:
        yield f"See: {'; '.join(map(cited, finding.citations))}"


def why_not_checked(subject: Subject) -> str | None:
    """Returns why a subject has no findings, in one sentence; ``None`` where it was checked."""
    if subject.trouble:
        return f"Not read: {subject.trouble.message}"
    if subject.status is Status.NOT_A_POLICY:
        return "Not checked: this is not an attendance policy of a school in England."
    return None


def school_in_words(school: School) -> str:
    """Returns what is known of a school in one line; empty where nothing is."""
    urn = f"URN {school.urn}" if school.urn else None
    return ", ".join(filter(None, [school.name, " and ".join(school.types), school.local_authority, urn]))


def cited(citation: Citation, *, note: bool = False) -> str:
    """Returns a citation in one line, with how sure it is."""
    edition = f" ({citation.edition})" if citation.edition else ""
    more = f" – {citation.note}" if note and citation.note else ""
    return f"{citation.instrument}{edition}, {citation.provision}{SURE[citation.certainty]}{more}"


def shortened(quote: str, longest: int = LONGEST_QUOTE) -> str:
    """Returns a quotation in one line, cut at a word where it is long."""
    line = " ".join(quote.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


def quoted(passage: Passage, longest: int = LONGEST_QUOTE) -> str:
    """Returns the words of a passage for a person, in one line, cut at a word where they are long."""
    return shortened(_SIGNS.sub("", passage.quote), longest)


def whereabouts(passage: Passage) -> str:
    """Returns the page and the section of a passage; empty where the document has neither."""
    return ", ".join(filter(None, [f"page {passage.page}" if passage.page else "", passage.section or ""]))


def day_in_words(day: dt.date) -> str:
    """Returns a day as 3 July 2026."""
    return f"{day.day} {day:%B} {day.year}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Returns a number with its noun: 1 policy, 2 policies."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def first(rows: Sequence[Row], most: int) -> Sequence[Row]:
    """Returns the rows that a report shows; 0 for all."""
    return rows[:most] if most else rows
