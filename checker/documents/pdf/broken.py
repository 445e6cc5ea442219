"""Words that a narrow column broke without a hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from checker.documents.pdf.blocks import PageLayout, Table
from checker.documents.pdf.lines import Line
from checker.documents.pdf.paragraphs import Paragraph

_ROOM = 1.3
_DOMAIN = re.compile(r"\.[a-z]")


def mend(layouts: Sequence[PageLayout]) -> None:
    """Marks in place the lines whose only word goes on in the next line.

    A word is broken so only where it is too long for its cell or box, and then not one letter more has room behind it.
    The document's other words decide: the two parts make one of them, or neither is one (which says nothing where the
    longest word of a column makes its edge). An e-mail or web address that
    fills its line goes on, and so does an e-mail address before a full stop.
    """
    for layout in layouts:
        for paragraph, _ in _paragraphs(layout):
            for (_, line), (_, below) in pairwise(paragraph.lines):
                line.broken = "@" in line.tokens[-1] and _DOMAIN.match(below.tokens[0]) is not None
    found = [pair for layout in layouts for pair in _suspects(layout)]
    if not found:
        return
    parts = {line for first, below, _ in found for line in (first, below)}
    known = {
        _plain(token)
        for layout in layouts
        for paragraph, _ in _paragraphs(layout)
        for _, line in paragraph.lines
        if line not in parts
        for token in line.tokens
    }
    for line, below, is_edge in found:
        head, tail = line.tokens[0].lower(), _plain(below.tokens[0])
        if head + tail in known or line.begins_with_address or (is_edge and head not in known and tail not in known):
            line.broken = True


def _plain(token: str) -> str:
    return token.lower().strip(".,;:()")


def _suspects(layout: PageLayout) -> Iterator[tuple[Line, Line, bool]]:
    for paragraph, is_edge in _paragraphs(layout):
        for (_, line), (_, below) in pairwise(paragraph.lines):
            if len(line.tokens) > 1 or not (line.tokens[0].isalpha() or line.begins_with_address):
                continue
            letter = below.first_width / max(len(below.tokens[0]), 1)
            if below.tokens[0][:1].islower() and paragraph.right - line.x1 < _ROOM * letter:
                yield line, below, is_edge


def _paragraphs(layout: PageLayout) -> Iterator[tuple[Paragraph, bool]]:
    """Yields a page's paragraphs, and whether it is known how far to the right their text could run."""
    for flow in layout.flows:
        for block in flow.blocks:
            if isinstance(block, Paragraph):
                yield block, True
            elif isinstance(block, Table):
                yield from (
                    (paragraph, block.is_ruled)
                    for row in block.rows
                    for cell in row.cells
                    for paragraph in cell.paragraphs
                )
