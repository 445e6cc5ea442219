"""What the templates show: each subject and each finding, numbered, with its places on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from checker.catalogue import Citation, Requirement
from checker.documents.model import BlockKind, Document
from checker.errors import UnreadableError
from checker.findings import Finding, Passage, Row, Since, Verdict
from checker.levels import Level
from checker.listing import listed
from checker.report import Subject, SubjectKind
from checker.reports.html.facts import FactView, fact_view
from checker.reports.html.text import MarkedText, Mention, marked_text
from checker.reports.presentation import Presentation
from checker.reports.wording import (
    IN_WORDS,
    SYMBOLS,
    Group,
    cited,
    counted,
    day_in_words,
    first,
    groups,
    in_a_line,
    quoted,
    school_in_words,
    whereabouts,
    why_not_checked,
)

LONGEST_QUOTE = 600
MOST_QUOTES = 4
ROWS_OPEN = 12  # a longer table is folded
_COLUMNS = {
    "pupil": "Pupil",
    "name": "Name",
    "date": "Date",
    "session": "Session",
    "code": "Code",
    "detail": "What is wrong",
}
_BADGES = {
    Level.LAW: "Against the law",
    Level.GUIDANCE: "Against guidance, or missing",
    Level.LOCAL: "Against local rules",
    Level.QUALITY: "Quality of the document",
}


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A passage as a finding quotes it, with the place on the page where it stands in the text."""

    words: str
    where: str
    site: str | None
    anchor: str | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """A citation in words, and where it can be read."""

    words: str
    address: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class RowsView:
    """The lines of a register at fault: what the table shows, and of how many."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int

    @property
    def folded(self) -> bool:
        """Whether the table is too long to stand open."""
        return len(self.rows) > ROWS_OPEN

    @property
    def caption(self) -> str:
        """What the table holds, in words."""
        if len(self.rows) == self.count:
            return counted(self.count, "line", "lines") + " of the register"
        return f"{len(self.rows)} of {self.count} lines of the register (--max-rows sets how many are shown)"


@dataclass(frozen=True)
class FindingView:
    """A finding to show.

    Attributes:
        finding: The finding.
        number: What the page calls it.
        anchor: Where it stands on the page.
        quotes: The passages under it.
        rows: Its lines of a register.
    """

    finding: Finding
    number: int
    anchor: str
    quotes: tuple[QuoteView, ...]
    rows: RowsView | None

    @property
    def requirement(self) -> Requirement:
        """What is asked."""
        return self.finding.requirement

    @property
    def label(self) -> str:
        """The symbol of its verdict, and its number."""
        return f"{SYMBOLS[self.finding.verdict]}{self.number}"

    @property
    def badge(self) -> str:
        """Its verdict in words; for a failure, what it goes against."""
        verdict = self.finding.verdict
        words = _BADGES[self.finding.level] if verdict is Verdict.FAIL else IN_WORDS[verdict]
        return words[0].upper() + words[1:]

    @property
    def missing(self) -> bool:
        """Whether it says that something is missing."""
        return _is_missing(self.finding)

    @property
    def since(self) -> str | None:
        """What it is beside an earlier run's, where that matters to the reader."""
        return {Since.NEW: "new", Since.FIXED: "fixed"}.get(self.finding.since) if self.finding.since else None

    @property
    def style(self) -> str:
        """The class by which the page colours it."""
        return f"{self.finding.verdict.value} {self.finding.level.value}"

    @property
    def first_quotes(self) -> tuple[QuoteView, ...]:
        """The passages that stand open."""
        return self.quotes[:MOST_QUOTES]

    @property
    def more_quotes(self) -> tuple[QuoteView, ...]:
        """The passages that are folded."""
        return self.quotes[MOST_QUOTES:]

    @property
    def sources(self) -> tuple[SourceView, ...]:
        """Its citations."""
        return tuple(map(_source, self.finding.citations))


@dataclass(frozen=True)
class GroupView:
    """Findings under one heading."""

    group: Group
    anchor: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True)
class SubjectView:
    """A subject to show.

    Attributes:
        subject: The subject.
        anchor: Where it stands on the page.
        groups: Its findings.
        text: Its text with the passages marked; ``None`` where there is none to show.
        unread: What could not be read of it.
    """

    subject: Subject
    anchor: str
    groups: tuple[GroupView, ...]
    text: MarkedText | None
    unread: tuple[str, ...]

    @cached_property
    def name(self) -> str:
        """What a person calls it: the names of its schools, else its title, else its file."""
        names = [school.name for school in self.subject.schools if school.name]
        return listed(names) or self.subject.title or self.subject.path

    @property
    def schools(self) -> list[str]:
        """Its schools in words."""
        return [words for words in map(school_in_words, self.subject.schools) if words]

    @property
    def line(self) -> str:
        """How it stands, in one sentence."""
        return why_not_checked(self.subject) or in_a_line(self.subject)

    @property
    def as_at(self) -> str:
        """The day as at which it was judged."""
        return day_in_words(self.subject.as_at)

    @property
    def is_policy(self) -> bool:
        """Whether it is a policy."""
        return self.subject.kind is SubjectKind.POLICY

    @property
    def facts(self) -> list[FactView]:
        """What the tool read in it."""
        return [fact_view(fact) for fact in self.subject.facts]

    @property
    def findings(self) -> Iterator[FindingView]:
        """All its findings, in the order of the page."""
        return (view for group in self.groups for view in group.findings)

    def count(self, name: str) -> int:
        """How many findings have a verdict."""
        return self.subject.tally[Verdict(name)]

    def places(self, fact: FactView) -> list[QuoteView]:
        """Where the document states a fact, each place once; empty where the document has no pages and sections."""
        found = (_quote(passage, self.text) for passage in fact.passages)
        places = {view.where: view for view in found if view.where}
        return list(places.values())


def subject_view(subject: Subject, index: int, top: int, presentation: Presentation, *, texts: bool) -> SubjectView:
    """Returns a subject as it is shown.

    Args:
        subject: The subject.
        index: Its place among the subjects, from 1.
        top: The level of the highest headings in its text.
        presentation: How it is to be shown.
        texts: Whether its text is to stand beside the findings.
    """
    prefix = f"s{index}-"
    numbered = dict(enumerate((f for group in groups(subject.findings) for f in group.findings), 1))
    text, unread = None, subject.notes
    if texts and subject.kind is SubjectKind.POLICY and subject.findings:
        document, gaps = _document(subject, presentation.load)
        unread += gaps
        text = marked_text(document, _mentions(numbered, prefix), prefix, top) if document else None
    views = iter(
        FindingView(
            finding, number, f"{prefix}f{number}", tuple(_quote(passage, text) for passage in finding.evidence),
            _rows(finding.rows, presentation.max_rows),
        )
        for number, finding in numbered.items()
    )  # fmt: skip
    shown = tuple(
        GroupView(group, f"{prefix}g{place}", tuple(next(views) for _ in group.findings))
        for place, group in enumerate(groups(subject.findings), 1)
    )
    return SubjectView(subject, f"s{index}", shown, text, unread)


def _document(subject: Subject, load: Callable[[Path], Document] | None) -> tuple[Document | None, tuple[str, ...]]:
    """Returns the document of a policy, and what could not be read of it."""
    if load is None or subject.file is None:
        return None, ()
    try:
        document = load(subject.file)
    except UnreadableError:
        return None, ("The text could not be read a second time, so it does not stand here.",)
    pages = [str(page.number) for page in document.pages if not page.legible]
    pictures = sum(block.kind is BlockKind.PICTURE and not block.text for block in document.blocks)
    gaps = (
        f"The text of {counted(len(pages), 'page')} cannot be relied on: {', '.join(pages)}." if pages else None,
        f"What {counted(pictures, 'picture shows', 'pictures show')} was not read." if pictures else None,
    )
    return document, tuple(filter(None, gaps))


def _mentions(numbered: Mapping[int, Finding], prefix: str) -> dict[Passage, list[Mention]]:
    mentions: dict[Passage, list[Mention]] = {}
    for number, finding in numbered.items():
        for passage in finding.evidence:
            mention = Mention(
                number, f"{prefix}f{number}", finding.verdict, finding.requirement.title, _is_missing(finding)
            )
            mentions.setdefault(passage, []).append(mention)
    return mentions


def _is_missing(finding: Finding) -> bool:
    """Whether a finding says that something is missing, so that its passages are only those that come nearest."""
    return finding.verdict is Verdict.FAIL and finding.searched is not None


def _quote(passage: Passage, text: MarkedText | None) -> QuoteView:
    anchor = text.anchors.get((passage.start, passage.end)) if text else None
    return QuoteView(quoted(passage, LONGEST_QUOTE), whereabouts(passage), passage.site, anchor)


def _source(citation: Citation) -> SourceView:
    address = citation.url if citation.url and citation.url.startswith(("https://", "http://")) else None
    return SourceView(cited(citation), address, citation.note)


def _rows(rows: Sequence[Row] | None, most: int) -> RowsView | None:
    if not rows:
        return None
    shown = first(rows, most)
    columns = [key for key in _COLUMNS if any(getattr(row, key) is not None for row in shown)]
    lines = tuple(tuple(getattr(row, key) or "" for key in columns) for row in shown)
    return RowsView(tuple(_COLUMNS[key] for key in columns), lines, len(rows))
