"""The lines of a text: where each stands, what it is, and whether the text was wrapped by hand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

_EDGE = " \t\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_RULE = re.compile(r"([-=*~─═])(?:[ \t]*\1){2,}$")
_GRID_RULE = re.compile(r"\+(?:[-=]+\+)+$")
_IN_BOX = re.compile(r"\|[^|\n]*\|$")
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?$|[-–]\s*\d{1,3}\s*[-–]$|\d{1,3}\s*\|\s*p ?a ?g ?e$|p ?a ?g ?e\s*\|\s*\d{1,3}$",
    re.IGNORECASE,
)
_NUMBERED_PAGE = re.compile(r"\bpage\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
REPEATED = 3
LONGEST_NUMBER = 16
LONGEST_RUNNING = 120


class LineKind(Enum):
    """What a line is; a running one is a page number, or what every page repeats beside its number."""

    BLANK = auto()
    RULE = auto()
    RUNNING = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text.

    Attributes:
        begin: Offset at which the line begins, its indentation included.
        start: Offset of its first character that is no blank.
        end: Offset after the last such character.
        stop: Offset of the line's end.
        kind: What it is.
        indent: How many columns it is indented.
        tabbed: Whether a tab parts it.
        rule: The character of which a ruled line is made; empty for other lines.
    """

    begin: int
    start: int
    end: int
    stop: int
    kind: LineKind
    indent: int = 0
    tabbed: bool = False
    rule: str = ""

    @property
    def length(self) -> int:
        """The number of columns to the line's last character."""
        return self.indent + self.end - self.start

    def underlines(self, line: Line) -> bool:
        """Whether it is a line of ``===`` or ``---`` that makes a heading of the line above it."""
        return bool(self.rule) and self.rule in "=-" and self.end - self.start >= max(3, (line.end - line.start) // 2)


def lines_of(text: str) -> list[Line]:
    """Returns the lines of a text."""
    lines = []
    begin = 0
    for raw in text.splitlines(keepends=True):
        stop = begin + len(raw)
        shown = raw.lstrip(_EDGE)
        start = stop - len(shown)
        content = shown.rstrip(_EDGE)
        if not content:
            lines.append(Line(begin, begin, begin, stop, LineKind.BLANK))
        else:
            indent = len(raw[: start - begin].expandtabs(4).replace("\u200b", ""))
            ruled = _RULE.match(content) if len(content) >= 3 else None
            kind = LineKind.TEXT
            if ruled or _GRID_RULE.match(content):
                kind = LineKind.RULE
            elif may_number_a_page(content):
                kind = LineKind.RUNNING
            tabbed = "\t" in raw.strip(" \r\n")
            lines.append(
                Line(begin, start, start + len(content), stop, kind, indent, tabbed, ruled[1] if ruled else "")
            )
        begin = stop
    return _with_running(text, lines)


def may_number_a_page(content: str) -> bool:
    """Whether a line could be a page's number: whether it is one is told by those of the other pages."""
    return len(content) <= LONGEST_NUMBER and _PAGE_NUMBER.match(content) is not None


def _with_running(text: str, lines: list[Line]) -> list[Line]:
    """Returns the lines with those marked as running that stand beside the page numbers of several pages."""
    written = [line for line in lines if line.kind is not LineKind.BLANK]
    beside: Counter[str] = Counter()
    for before, line, after in zip([None, *written], written, [*written[1:], None], strict=False):
        if line.kind is LineKind.RUNNING:
            near = (one for one in (before, after) if one is not None and one.kind is LineKind.TEXT)
            beside.update({_content(text, one) for one in near})
    numbered = [_content(text, line) for line in written if _NUMBERED_PAGE.search(text, line.start, line.end)]
    repeated = {content for content, times in beside.items() if times >= REPEATED and len(content) <= LONGEST_RUNNING}
    repeated |= {content for content in numbered if len(numbered) >= REPEATED and len(content) <= LONGEST_RUNNING}
    at_edges = _at_page_edges(text, lines)
    return [
        replace(line, kind=LineKind.RUNNING)
        if line.kind is LineKind.TEXT and (line.begin in at_edges or _content(text, line) in repeated)
        else line
        for line in lines
    ]


def _at_page_edges(text: str, lines: Sequence[Line]) -> set[int]:
    """Returns where the lines begin that several pages, parted by form feeds, begin or end with, but for numbers."""
    edges: defaultdict[str, list[int]] = defaultdict(list)
    last: Line | None = None
    begins = False
    for line in lines:
        fed = "\f" in text[line.begin : line.stop]
        if line.kind is not LineKind.BLANK:
            if begins or (fed and text[line.begin : line.start].count("\f")):
                edges["begins " + _pattern(text, line)].append(line.begin)
            last, begins = line, False
        if fed:
            if last is not None and last is not line:
                edges["ends " + _pattern(text, last)].append(last.begin)
            begins = line.kind is LineKind.BLANK or text[line.end : line.stop].count("\f") > 0
    return {begin for found in edges.values() if len(found) >= REPEATED for begin in found}


def _pattern(text: str, line: Line) -> str:
    return _NUMBER.sub("#", _content(text, line))


def _content(text: str, line: Line) -> str:
    return " ".join(text[line.start : line.end].split()).lower()


def without_boxes(text: str, lines: Sequence[Line]) -> list[Line]:
    """Returns the lines without the bars of boxes: a box drawn around lines makes no table of them."""
    plain = list(lines)
    at = 0
    while at < len(plain):
        end = at
        while end < len(plain) and _IN_BOX.match(text, plain[end].start, plain[end].end):
            end += 1
        edges = [plain[edge] for edge in (at - 1, end) if 0 <= edge < len(plain)]
        if end > at and any(edge.kind is LineKind.RULE and not edge.rule for edge in edges):
            plain[at:end] = [_unboxed(text, line) for line in plain[at:end]]
        at = max(end, at + 1)
    return plain


def _unboxed(text: str, line: Line) -> Line:
    inner = text[line.start + 1 : line.end - 1]
    content = inner.strip(_EDGE)
    start = line.start + 1 + len(inner) - len(inner.lstrip(_EDGE))
    if not content:
        return replace(line, end=line.start, kind=LineKind.BLANK)
    return replace(line, begin=line.start + 1, start=start, end=start + len(content), stop=line.end - 1)


def wrap_width(lines: Sequence[Line]) -> int:
    """Returns the width at which the text was wrapped by hand or by a program; 0 where a line is a paragraph."""
    lengths = sorted(
        line.length
        for line, following in pairwise(lines)
        if line.kind is LineKind.TEXT and not line.tabbed and following.kind is LineKind.TEXT
    )
    if len(lengths) < 4:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    longer = sum(line.length > width * 1.25 for line in lines if line.kind is LineKind.TEXT and not line.tabbed)
    return width if 40 <= width <= 140 and longer <= len(lines) * 0.02 else 0
