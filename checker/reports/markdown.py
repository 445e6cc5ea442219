"""Markdown for a comment on a pull request: what fails and what waits for a person; the rest in numbers.

What comes from a document is written so that it makes no link, no picture, no mention of anybody and no mark-up. A comment
has a longest length; what does not fit is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.catalogue import Citation
from checker.findings import Finding
from checker.report import Report, Subject
from checker.reports.presentation import Presentation
from checker.reports.safe import for_terminal
from checker.reports.wording import (
    MOST_QUOTES,
    SYMBOLS,
    Group,
    cited,
    counted,
    groups,
    in_a_line,
    quoted,
    school_in_words,
    whereabouts,
    why_not_checked,
)

LONGEST = 60_000  # characters; GitHub takes 65,536, GitLab far more
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$!&]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)])")
_LINK = re.compile(r"(?i)(https?|ftp|mailto|xmpp):|(www)\.")
_MENTION = re.compile(r"(?<![\w.+-])@|#(?=\d)|(?<=[Gg][Hh])-(?=\d)")
_WORD_JOINER = "\u2060"  # nothing is seen of it, and no name begins with it


def write(report: Report, presentation: Presentation) -> str:
    """Returns the report as Markdown."""
    head = ["## Attendance check", "", *_table(report), ""]
    foot = ["---", "", *(f"- Checked: {_text(line)}." for line in report.coverage), *_limits(report)]
    room = LONGEST - sum(len(line) + 1 for line in [*head, *foot]) - 200
    body: list[str] = []
    left_out = 0
    for part in _parts(report):
        size = sum(len(line) + 1 for line in part)
        if left_out or size > room:
            left_out += part[0].startswith("#### ")
            continue
        room -= size
        body += part
    if left_out:
        body += [f"**{counted(left_out, 'finding does', 'findings do')} not fit here: see the whole report.**", ""]
    return "\n".join([*head, *body, *foot]) + "\n"


def _limits(report: Report) -> Iterable[str]:
    return (f"- {_text(line)}" for line in report.limits)


def _table(report: Report) -> Iterator[str]:
    yield "| Document or register | School | How it stands |"
    yield "| --- | --- | --- |"
    for subject in report.subjects:
        schools = "; ".join(filter(None, map(school_in_words, subject.schools)))
        stands = why_not_checked(subject) or in_a_line(subject)
        yield f"| {_text(subject.path)} | {_text(schools)} | {_text(stands)} |"


def _parts(report: Report) -> Iterator[list[str]]:
    """Yields what may be left out, piece by piece: a heading, or a finding."""
    for subject in report.subjects:
        asking = [group for group in groups(subject.findings) if not group.settled]
        if asking:
            yield [f"### {_text(subject.path)}", "", f"As at {subject.as_at.isoformat()}.", ""]
        for group in asking:
            yield [f"**{_heading(group)}** ({len(group.findings)})", ""]
            for finding in group.findings:
                yield list(_finding(finding))
        yield from _settled(subject)


def _heading(group: Group) -> str:
    return f"Fails: {group.heading}" if group.level else group.heading


def _finding(finding: Finding) -> Iterator[str]:
    yield f"#### {SYMBOLS[finding.verdict]} {_text(finding.requirement.title)} `{finding.requirement.name}`"
    yield ""
    yield _text(finding.message)
    yield ""
    for passage in finding.evidence[:MOST_QUOTES]:
        where = whereabouts(passage)
        yield f"> “{_text(quoted(passage))}”" + (f" ({_text(where)})" if where else "")
        yield ""
    if len(finding.evidence) > MOST_QUOTES:
        yield f"and {counted(len(finding.evidence) - MOST_QUOTES, 'more passage')}"
        yield ""
    if finding.count:
        yield f"{counted(finding.count, 'line')} of the register."
        yield ""
    if finding.searched:
        yield f"*Looked for:* {_text(finding.searched)}"
        yield ""
    if finding.fix:
        yield f"**To do:** {_text(finding.fix)}"
        yield ""
    if finding.citations:
        yield f"See: {'; '.join(map(_source, finding.citations))}"
        yield ""


def _settled(subject: Subject) -> Iterator[list[str]]:
    for group in groups(subject.findings):
        if group.settled:
            names = (
                f"- {SYMBOLS[f.verdict]} {_text(f.requirement.title)} `{f.requirement.name}`" for f in group.findings
            )
            summary = f"<summary>{group.heading} ({len(group.findings)})</summary>"
            yield ["<details>" + summary, "", *names, "", "</details>", ""]


def _source(citation: Citation) -> str:
    words = _text(cited(citation))
    address = citation.url or ""
    safe = re.fullmatch(r"https?://[^\s<>()\[\]\\]+", address)
    return f"[{words}](<{address}>)" if safe else words


def _text(text: str) -> str:
    """Returns text that a reader of Markdown sees as it is."""
    line = " ".join(for_terminal(text).split())
    line = _MARKUP.sub(r"\\\1", line)
    line = _LINK.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], line)
    return _MENTION.sub(lambda found: found[0] + _WORD_JOINER, line)
