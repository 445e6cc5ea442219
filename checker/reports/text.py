"""The text report, made for reading: what fails first, heaviest first, each with its quotation and what to do."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from checker.findings import Finding, Passage, Row, Since, Verdict
from checker.report import Report, Subject
from checker.reports.presentation import Presentation
from checker.reports.safe import for_terminal
from checker.reports.wording import (
    MOST_QUOTES,
    SYMBOLS,
    Group,
    cited,
    first,
    groups,
    in_a_line,
    quoted,
    school_in_words,
    shortened,
    whereabouts,
    why_not_checked,
)
from checker.reports.wrapping import is_narrow, wrapped

ROWS_SHOWN = 12
STYLES = {
    Verdict.FAIL: "bold red",
    Verdict.ERROR: "bold red",
    Verdict.REVIEW: "bold yellow",
    Verdict.PASS: "green",
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.WAIVED: "cyan",
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
        text = for_terminal(text)
        if self._show.colour or not is_narrow(text):
            self._console.print(Padding(Text(text, style=style), (0, 0, 0, indent)))
            return
        for part in wrapped(text, self._show.width - indent):
            self._buffer.write(f"{' ' * indent}{part}\n")

    def subject(self, subject: Subject) -> None:
        self._console.print(Rule(Text(for_terminal(subject.path), style="bold"), align="left", characters="═"))
        for line in _heading(subject):
            self.line(line)
        for note in subject.notes:
            self.line(note, style="dim")
        reason = why_not_checked(subject)
        if reason:
            self.line(reason, style="bold red" if subject.trouble else "bold yellow")
        else:
            self.line(in_a_line(subject))
            for group in groups(subject.findings):
                self.group(group)
        self.line()

    def group(self, group: Group) -> None:
        if group.settled and group.verdict is not Verdict.REVIEW and self._show.quiet:
            return
        heading = f"FAILS · {group.heading}" if group.level else group.heading
        if not group.settled and not group.level:
            heading = heading.upper()
        self.line()
        self.line(f"{heading} ({len(group.findings)})", style=STYLES[group.verdict])
        for finding in group.findings:
            if group.settled:
                self.settled(finding)
            else:
                self.finding(finding)

    def finding(self, finding: Finding) -> None:
        self.line()
        mark = SYMBOLS[finding.verdict]
        new = "   (new)" if finding.since is Since.NEW else ""
        self.line(f"{mark} {finding.requirement.title}   {finding.requirement.name}{new}", style="bold", indent=2)
        self.line(finding.message, indent=4)
        self.passages(finding.evidence)
        self.rows(finding.rows or ())
        if finding.searched:
            self.line(f"Looked for: {finding.searched}", style="dim", indent=4)
        if finding.fix:
            self.line(f"To do: {finding.fix}", indent=4)
        if finding.citations:
            sources = "; ".join(cited(citation, note=self._show.verbose) for citation in finding.citations)
            self.line(f"See: {sources}", style="dim", indent=4)

    def passages(self, passages: tuple[Passage, ...]) -> None:
        for passage in passages[:MOST_QUOTES]:
            where = whereabouts(passage)
            self.line(f"“{quoted(passage)}”{where and f'  ({where})'}", style="italic", indent=4)
        if len(passages) > MOST_QUOTES:
            self.line(f"and {len(passages) - MOST_QUOTES} more", style="dim", indent=4)

    def rows(self, rows: Sequence[Row]) -> None:
        limit = self._show.max_rows if self._show.verbose else min(ROWS_SHOWN, self._show.max_rows or ROWS_SHOWN)
        shown = first(rows, limit)
        for row in shown:
            parts = [row.pupil, row.name, row.date, row.session, row.code, row.detail]
            self.line(" · ".join(part for part in parts if part), indent=6)
        if len(rows) > len(shown):
            self.line(f"and {len(rows) - len(shown)} more (--verbose shows them; --max-rows sets how many)", indent=6)

    def settled(self, finding: Finding) -> None:
        """Writes a finding that asks nothing of the reader: in a line, or with its evidence where that is wished."""
        if self._show.verbose and finding.checked:
            mark = SYMBOLS[finding.verdict]
            self.line(f"{mark} {finding.requirement.title}   {finding.requirement.name}", indent=2)
            self.line(finding.message, indent=4)
            self.passages(finding.evidence)
        else:
            self.one_line(finding)

    def one_line(self, finding: Finding) -> None:
        """Writes a finding in one line: its title, and its name behind it where both fit."""
        room = self._show.width - len(finding.requirement.name) - 8
        title = shortened(finding.requirement.title, room)
        if finding.since is Since.FIXED:
            title = shortened(f"(fixed) {finding.requirement.title}", room)
        self.line(f"{SYMBOLS[finding.verdict]} {title:<{room}} {finding.requirement.name}", indent=2)

    def close(self, report: Report) -> None:
        self._console.print(Rule(characters="═"))
        for line in report.coverage:
            self.line(f"Checked: {line}.")
        for line in report.limits:
            self.line(line)


def _heading(subject: Subject) -> Iterable[str]:
    if subject.title:
        yield subject.title
    schools = "; ".join(filter(None, map(school_in_words, subject.schools)))
    if schools:
        yield schools
    yield f"As at {subject.as_at.isoformat()}"
