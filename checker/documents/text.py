"""Reads plain text: finds paragraphs, list items and rows in lines, and points into the file by offsets.

Text comes from many hands: typed with one line a paragraph, hard-wrapped, pasted with bits of Markdown or HTML, or
dumped from a PDF with its layout made of blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.documents.decoding import decode
from checker.documents.draft import Draft, Part, PartKind
from checker.documents.markers import begins_item, bullet_of
from checker.documents.sniffing import refuse_endless, refuse_other
from checker.documents.text_blocks import blocks_of
from checker.documents.text_cells import cell_rows
from checker.documents.text_columns import rows_of_blanks
from checker.documents.text_lines import Line, LineKind, lines_of, may_number_a_page, without_boxes, wrap_width
from checker.documents.text_ruled import ruled_rows
from checker.documents.text_tables import pipe_rows, tab_rows

_HEADING = re.compile(r"(#{1,6})[ \t]+(?=[^\s=:.–—-])")  # "# – planned closure" is an entry of a list of codes
_HEADING_END = re.compile(r"[ \t]+#+$")
_DECORATED = re.compile(r"([*=~_+#-]{2,})[ \t]+(?P<title>\S.{0,60}?)[ \t]+\1$")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+(?<=\S)\1:?$")
_SHORT_LABEL = re.compile(r"[^\s:]{1,3}:\s")  # "C1: leave …": an entry of a list of codes
# "Who decides: the head": one of several
_LABELLED = re.compile(r"(?:\*\*|__)?(?:[A-Z]|\d{1,2}(?:st|nd|rd|th)\b)[^:.]{0,40}:(?:\*\*|__)? ")
_PICTURE = re.compile(r"!\[([^\]\n]{0,500})\]\([^()\n]*\)(?:\{[^{}]{0,200}\})?$")
_PICTURE_WORD = re.compile(r"\[(?:image|picture|photo|diagram|figure)\b[^\]\n]{0,200}\]$|\ufffc$", re.IGNORECASE)
_SHORT = 60
_UNFINISHED = re.compile(r"[^.:;!?…]$")


def load(path: Path) -> Draft:
    """Reads a text file.

    Raises:
        UnreadableError: If it is empty or no text.
    """
    data = path.read_bytes()
    refuse_other(path, data, "text")
    text, notes = decode(path, data)
    refuse_endless(path.name, max(text.count("\n"), text.count("\r")))
    return draft_of(text, notes)


def draft_of(text: str, notes: Sequence[str] = ()) -> Draft:
    """Returns the draft of a text."""
    lines = without_boxes(text, lines_of(text))
    return Draft("text", text, tuple(_Reader(text, lines).parts()), marks=True, notes=notes)


class _Reader:
    """Walks over the lines of one text."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self._text = text
        self._lines = lines
        self._width = wrap_width(lines)
        self._headed = any(_HEADING.match(text, line.start) and text.startswith("##", line.start) for line in lines)
        self._decorated = sum(bool(_DECORATED.match(text, line.start, line.end)) for line in lines) > 1
        self._levels = _Levels(self._width)
        self._tables = 0

    def parts(self) -> Iterator[Part]:
        """Yields the parts, block by block."""
        blocks = list(blocks_of(self._text, self._lines))
        at = 0
        while at < len(blocks):
            rows, used = ruled_rows(self._text, blocks, at, self._tables)
            if not used:
                rows, used = rows_of_blanks(self._text, blocks, at, self._tables)
            if used:
                self._tables += 1
                self._levels.end_list()
                yield from rows
            else:
                yield from self._parts_of(blocks[at])
            at += used or 1

    def _parts_of(self, block: list[Line]) -> Iterator[Part]:
        at = 0
        while at < len(block):
            if block[at].kind is LineKind.RULE:
                at += 1
                continue
            for rows_of in (pipe_rows, tab_rows) if self._width else (pipe_rows, tab_rows, cell_rows):
                rows, used = rows_of(self._text, block, at, self._tables)
                if used:
                    self._tables += 1
                    yield from rows
                    at += used
                    break
            else:
                part, at = self._paragraph(block, at)
                yield part

    def _paragraph(self, block: list[Line], at: int) -> tuple[Part, int]:
        first = block[at]
        heading = self._heading(first)
        if heading:
            return heading, at + 1
        underline = block[at + 1] if at + 1 < len(block) else None
        if underline and underline.underlines(first):
            level = 1 if self._text[underline.start] == "=" else 2
            return Part(PartKind.TEXT, first.start, first.end, heading=level), at + 2
        content = self._text[first.start : first.end]
        if first.kind is LineKind.RUNNING and not may_number_a_page(content):
            return Part(PartKind.RUNNING, first.start, first.end), at + 1
        picture = _PICTURE.match(content) or _PICTURE_WORD.match(content)
        if picture:
            start, end = picture.span(1) if picture.lastindex else picture.span()
            return Part(PartKind.PICTURE, first.start + start, first.start + end), at + 1
        bullet = bullet_of(content)
        end = at + 1
        while end < len(block) and self._continues(block[end - 1], block[end], first, bullet):
            end += 1
        stop = block[end - 1].end
        bold = end == at + 1 and bool(_BOLD.match(content))
        depth = self._levels.depth(first) if bullet else None
        if not bullet:
            self._levels.end_list()
        alone = not at and end == len(block)
        return Part(PartKind.TEXT, first.start, stop, item=depth, bold=bold, alone=alone), end

    def _heading(self, line: Line) -> Part | None:
        decorated = _DECORATED.match(self._text, line.start, line.end) if self._decorated else None
        if decorated:  # "*** Times ***"
            return Part(PartKind.TEXT, *decorated.span("title"), heading=2, bold=True)
        found = _HEADING.match(self._text, line.start, line.end)
        if not found or not self._headed:
            return None
        closing = _HEADING_END.search(self._text, found.end(), line.end)
        return Part(
            PartKind.TEXT, found.end(), closing.start() if closing else line.end, heading=len(found[1]), bold=True
        )

    def _continues(self, before: Line, line: Line, first: Line, bullet: str) -> bool:
        """Whether a line goes on with the paragraph of the line before it."""
        content = self._text[line.start : line.end]
        if (
            line.kind is LineKind.RULE
            or line.tabbed
            or begins_item(content)
            or _SHORT_LABEL.match(content)
            or _HEADING.match(content)
            or _DECORATED.match(content)
            or _BOLD.match(content)
        ):
            return False
        if content[0].isupper() and _SHORT_LABEL.match(self._text, first.start, first.end):
            return False
        if _LABELLED.match(content) and _LABELLED.match(self._text, before.start, before.end):
            return False
        if bullet and line.indent > first.indent and self._width:
            return True
        if bullet and content[0].isupper() and content.endswith(":") and self._text[before.end - 1] in ".;":
            return False  # what leads to the next list: "We expect all parents to:"
        unfinished = bool(_UNFINISHED.search(self._text, before.end - 1, before.end))
        if content[0].islower() and unfinished and not self._is_small_line(before):
            return True
        if not self._width:
            return False
        word = len(content.split(None, 1)[0])
        return before.length + 1 + word > self._width * 0.85

    def _is_small_line(self, line: Line) -> bool:
        """Whether it is one of several short lines that begin small, as items without bullets do."""
        return not self._width and line.length < _SHORT and self._text[line.start].islower()


class _Levels:
    """How deep a list item stands, by its indentation against the items before it."""

    def __init__(self, width: int) -> None:
        self._step = 3 if width else 1  # layouts wander by a blank or two
        self._stack: list[int] = []

    def end_list(self) -> None:
        """A paragraph that is no item stands here: a list after it begins anew."""
        self._stack = []

    def depth(self, line: Line) -> int:
        while self._stack and line.indent < self._stack[-1]:
            self._stack.pop()
        if not self._stack or line.indent >= self._stack[-1] + self._step:
            self._stack.append(line.indent)
        return len(self._stack) - 1
