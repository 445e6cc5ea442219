"""The text report, made for reading: what fails first, heaviest first, each with its quotation and what to do."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from checker.findings import Finding, Level, Passage, Row, Verdict
from checker.report import Report, Status, Subject
from checker.reports.presentation import Presentation
from checker.reports.safe import for_terminal

LONGEST_QUOTE = 320
MOST_QUOTES = 4
ROWS_SHOWN = 12
STYLES = {
    Verdict.FAIL: "bold red",
    Verdict.ERROR: "bold red",
    Verdict.REVIEW: "bold yellow",
    Verdict.PASS: "green",
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.WAIVED: "cyan",
}
SURE = {"seen": "", "seed": " (as other documents quote it)", "recall": " (not verified)"}
LEVEL_HEADINGS = {
    Level.LAW: "Against the law",
    Level.GUIDANCE: "Against statutory guidance, or missing",
    Level.LOCAL: "Against the local authority's rules",
    Level.QUALITY: "Accuracy and soundness of the document",
}


def write(report: Report, presentation: Presentation) -> str:
    """Returns the report as text for a person."""
    page = _Page(presentation)
    for subject in report.subjects:
        page.subject(subject)
    page.close(report)
    return page.text()


class _Page:
    """Text that grows downwards."""

    def __init__(self, presentation: Presentation) -> None:
        self._show = presentation
        self._buffer = io.StringIO()
        self._console = Console(
            file=self._buffer, width=presentation.width, force_terminal=presentation.colour, highlight=False,
            color_system="standard" if presentation.colour else None, legacy_windows=False, emoji=False, markup=False,
        )  # fmt: skip

    def text(self) -> str:
        """Returns what was written, without blanks at the ends of lines."""
        return "\n".join(line.rstrip() for line in self._buffer.getvalue().split("\n"))

    def line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        self._console.print(Padding(Text(for_terminal(text), style=style), (0, 0, 0, indent)))

    def subject(self, subject: Subject) -> None:
        self._console.print(Rule(Text(for_terminal(subject.path), style="bold"), align="left", characters="═"))
        for line in _heading(subject):
            self.line(line)
        for note in subject.notes:
            self.line(note, style="dim")
        if subject.trouble:
            self.line(f"Not read: {subject.trouble.message}", style="bold red")
        elif subject.status is Status.NOT_A_POLICY:
            self.line("Not checked: this is not an attendance policy of a school in England.", style="bold yellow")
        else:
            self.findings(subject)
        self.line()

    def findings(self, subject: Subject) -> None:
        self.line(_in_a_line(subject))
        broken = [finding for finding in subject.findings if finding.verdict is Verdict.ERROR]
        self.group("The tool broke on these", broken)
        for level, heading in LEVEL_HEADINGS.items():
            failed = [f for f in subject.findings if f.verdict is Verdict.FAIL and f.level is level]
            self.group(f"FAILS · {heading}", failed)
        waiting = [f for f in subject.findings if f.verdict is Verdict.REVIEW]
        self.group("FOR A PERSON TO DECIDE", [finding for finding in waiting if finding.checked])
        self.group("WAIVED", [f for f in subject.findings if f.verdict is Verdict.WAIVED])
        self.folded("Not yet checked", [finding for finding in waiting if not finding.checked])
        if not self._show.quiet:
            self.folded("Passes", [f for f in subject.findings if f.verdict is Verdict.PASS])
            self.folded("Does not apply", [f for f in subject.findings if f.verdict is Verdict.NOT_APPLICABLE])

    def group(self, heading: str, findings: list[Finding]) -> None:
        if findings:
            self.line()
            self.line(f"{heading} ({len(findings)})", style=STYLES[findings[0].verdict])
        for finding in findings:
            self.finding(finding)

    def finding(self, finding: Finding) -> None:
        self.line()
        mark = {"fail": "✗", "review": "?", "error": "!", "waived": "~"}[finding.verdict.value]
        self.line(f"{mark} {finding.requirement.title}   {finding.requirement.name}", style="bold", indent=2)
        self.line(finding.message, indent=4)
        self.passages(finding.evidence)
        self.rows(finding.rows or ())
        if finding.searched:
            self.line(f"Looked for: {finding.searched}", style="dim", indent=4)
        if finding.fix:
            self.line(f"To do: {finding.fix}", indent=4)
        if finding.citations:
            self.line("See: " + "; ".join(cited(finding, notes=self._show.verbose)), style="dim", indent=4)

    def passages(self, passages: tuple[Passage, ...]) -> None:
        for passage in passages[:MOST_QUOTES]:
            self.line(f"“{shortened(passage.quote)}”{_whereabouts(passage)}", style="italic", indent=4)
        if len(passages) > MOST_QUOTES:
            self.line(f"and {len(passages) - MOST_QUOTES} more", style="dim", indent=4)

    def rows(self, rows: Sequence[Row]) -> None:
        limit = self._show.max_rows if self._show.verbose else min(ROWS_SHOWN, self._show.max_rows or ROWS_SHOWN)
        shown = rows[:limit] if limit else rows
        for row in shown:
            parts = [row.pupil, row.name, row.date, row.session, row.code, row.detail]
            self.line(" · ".join(part for part in parts if part), indent=6)
        if len(rows) > len(shown):
            self.line(f"and {len(rows) - len(shown)} more (--verbose shows them; --max-rows sets how many)", indent=6)

    def folded(self, heading: str, findings: list[Finding]) -> None:
        if not findings:
            return
        self.line()
        self.line(f"{heading} ({len(findings)})", style=STYLES[findings[0].verdict])
        for finding in findings:
            if self._show.verbose and finding.checked:
                self.line(f"✓ {finding.requirement.title}   {finding.requirement.name}", indent=2)
                self.line(finding.message, indent=4)
                self.passages(finding.evidence)
            else:
                self.one_line(finding)

    def one_line(self, finding: Finding) -> None:
        """Writes a finding in one line: its title, and its name behind it where both fit."""
        room = self._show.width - len(finding.requirement.name) - 8
        title = shortened(finding.requirement.title, room)
        mark = "✓" if finding.verdict is Verdict.PASS else "·"
        self.line(f"{mark} {title:<{room}} {finding.requirement.name}", indent=2)

    def close(self, report: Report) -> None:
        self._console.print(Rule(characters="═"))
        for line in report.coverage:
            self.line(f"Checked: {line}.")
        for line in report.limits:
            self.line(line)


def _heading(subject: Subject) -> Iterable[str]:
    if subject.title:
        yield subject.title
    schools = "; ".join(
        ", ".join(
            filter(
                None,
                [school.name, " and ".join(school.types), school.local_authority, school.urn and f"URN {school.urn}"],
            )
        )
        for school in subject.schools
    )
    if schools.strip("; "):
        yield schools
    yield f"As at {subject.as_at.isoformat()}"


def _in_a_line(subject: Subject) -> str:
    counts = subject.tally
    words = {
        Verdict.FAIL: "to put right",
        Verdict.REVIEW: "for a person to decide",
        Verdict.NOT_APPLICABLE: "that do not apply",
        Verdict.WAIVED: "waived",
        Verdict.ERROR: "on which the tool broke",
    }
    rest = [f"{counts[verdict]} {phrase}" for verdict, phrase in words.items() if counts[verdict]]
    return f"{counts[Verdict.PASS]} of {len(subject.findings)} met" + "".join(f"; {part}" for part in rest) + "."


def cited(finding: Finding, *, notes: bool = False) -> list[str]:
    """Returns the citations of a finding, each in a line, with how sure they are."""
    lines = []
    for citation in finding.citations:
        edition = f" ({citation.edition})" if citation.edition else ""
        note = f" – {citation.note}" if notes and citation.note else ""
        lines.append(f"{citation.instrument}{edition}, {citation.provision}{SURE[citation.certainty]}{note}")
    return lines


def shortened(quote: str, longest: int = LONGEST_QUOTE) -> str:
    """Returns a quotation in one line, cut at a word where it is long."""
    line = " ".join(quote.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


def _whereabouts(passage: Passage) -> str:
    parts = [f"page {passage.page}" if passage.page else "", passage.section or ""]
    where = ", ".join(part for part in parts if part)
    return f"  ({where})" if where else ""
