"""The pages in front of a marked PDF: how the policy stands, and each finding with a link to its page."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from checker.findings import Finding, Verdict
from checker.report import Report, Subject
from checker.reports.notes import heading
from checker.reports.safe import for_page
from checker.reports.wording import cited, counted, in_a_line, quoted, school_in_words, shortened

_LONGEST = 900


@dataclass(frozen=True, slots=True)
class Linked:
    """A place on a summary page that leads to a page of the document.

    Attributes:
        sheet: The summary page, from 0.
        box: Left, lower, right and upper edge in points.
        page: The page of the document, from 1.
    """

    sheet: int
    box: tuple[float, float, float, float]
    page: int


def summary(subject: Subject, report: Report) -> tuple[bytes, list[Linked]]:
    """Returns the summary as a PDF, and the places in it that lead to the document's pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    links: list[Linked] = []
    buffer = io.BytesIO()
    pages = SimpleDocTemplate(
        buffer, pagesize=A4, invariant=1, leftMargin=57, rightMargin=57, topMargin=57, bottomMargin=57,
        title="Summary of the check", author="attendance-checker", lang="en-GB",
    )  # fmt: skip
    pages.build(list(_content(subject, report, links)))
    return buffer.getvalue(), links


def _content(subject: Subject, report: Report, links: list[Linked]) -> Iterator[Any]:
    write = _Writer(links)
    yield write(subject.title or subject.path, "Title")
    for line in (*filter(None, map(school_in_words, subject.schools)), f"As at {subject.as_at.isoformat()}"):
        yield write(line, "Plain")
    yield write(in_a_line(subject), "Lead")
    yield write(
        "The passages are highlighted in the pages that follow, each with a note. Page numbers are those of the document "
        "itself; each leads to its page.",
        "Plain",
    )
    asked = [finding for finding in subject.findings if finding.verdict is Verdict.FAIL]
    asked.sort(key=lambda finding: -finding.level.weight)
    asked += [finding for finding in subject.findings if finding.verdict is Verdict.REVIEW and finding.checked]
    for finding in asked:
        yield from write.finding(finding)
    if not asked:
        yield write("Nothing is to be put right, and nothing waits for a person.", "Heading")
    rest = subject.tally[Verdict.WAIVED] + subject.tally[Verdict.ERROR]
    if rest:
        yield write(f"{counted(rest, 'further verdict')} (waived, or the tool broke): see another report.", "Plain")
    yield write("What was and was not checked", "Heading")
    for line in (*(f"Checked: {line}." for line in report.coverage), *report.limits, *subject.notes):
        yield write(line, "Small")


class _Writer:
    """Makes paragraphs, and notes where those stand that lead to a page."""

    def __init__(self, links: list[Linked]) -> None:
        from reportlab.lib.colors import HexColor
        from reportlab.lib.styles import ParagraphStyle

        plain = ParagraphStyle("Plain", fontName="Helvetica", fontSize=9.5, leading=13, spaceAfter=3)
        dark, blue = HexColor("#1f3864"), HexColor("#0b5394")
        bold = "Helvetica-Bold"
        self._links = links
        self._styles = {
            "Plain": plain,
            "Title": ParagraphStyle(
                "Title", plain, fontName=bold, fontSize=17, leading=21, textColor=dark, spaceAfter=8
            ),
            "Lead": ParagraphStyle("Lead", plain, fontName=bold, fontSize=11, leading=15, spaceBefore=6, spaceAfter=6),
            "Heading": ParagraphStyle("Heading", plain, fontName=bold, textColor=dark, spaceBefore=9, keepWithNext=1),
            "Link": ParagraphStyle("Link", plain, textColor=blue),
            "Small": ParagraphStyle("Small", plain, fontSize=8, leading=10.5),
        }

    def __call__(self, text: str, style: str, page: int | None = None) -> Any:
        """Returns a paragraph; one with a page leads to it."""
        from reportlab.platypus import Paragraph

        links = self._links

        class Leading(Paragraph):  # type: ignore[misc]
            """A paragraph that says where it was drawn."""

            def draw(self) -> None:
                super().draw()
                left, lower = self.canv.absolutePosition(0, 0)
                if page is not None:
                    sheet = self.canv.getPageNumber() - 1
                    links.append(Linked(sheet, (left, lower, left + self.width, lower + self.height), page))

        return Leading(escape(_printable(shortened(text, _LONGEST))), self._styles[style])

    def finding(self, finding: Finding) -> Iterator[Any]:
        """Yields the paragraphs of a finding."""
        yield self(heading(finding), "Heading")
        yield self(finding.message, "Plain")
        if finding.fix:
            yield self(f"To do: {finding.fix}", "Plain")
        if finding.citations:
            yield self("See: " + "; ".join(cited(citation) for citation in finding.citations), "Small")
        for page in dict.fromkeys(passage.page for passage in finding.evidence if passage.page):
            passage = next(passage for passage in finding.evidence if passage.page == page)
            yield self(f"Page {page}: “{quoted(passage, 160)}”", "Link", page)


def _printable(text: str) -> str:
    """Returns the text in the letters that every PDF reader has: others without their accents, or as a question mark."""
    return "".join(_letter(char) for char in for_page(text).replace("\u00ad", ""))


def _letter(char: str) -> str:
    for form in (char, unicodedata.normalize("NFKC", char), unicodedata.normalize("NFKD", char)[:1]):
        if form.encode("cp1252", "ignore").decode("cp1252") == form:
            return form
    return "?"
