"""Words that a narrow column broke without a hyphen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.documents.pdf.blocks import PageLayout, Table
from checker.documents.pdf.lines import Line
from checker.documents.pdf.paragraphs import Paragraph

_ROOM = 1.3


def mend(layouts: Sequence[PageLayout]) -> None:
    """Marks in place the lines of table cells whose only word goes on in the next line.

    A word is broken so only where it is too long for its cell, and then not one letter more has room behind it. The
    document's other words decide: the two parts make one of them, or neither is one.
    """
    found = [pair for layout in layouts for pair in _suspects(layout)]
    if not found:
        return
    parts = {line for pair in found for line in pair}
    known = {
        token.lower().strip(".,;:()")
        for layout in layouts
        for line in _lines(layout)
        if line not in parts
        for token in line.tokens
    }
    for line, below in found:
        head, tail = line.tokens[-1].lower(), below.tokens[0].lower().strip(".,;:()")
        if head + tail in known or (head not in known and tail not in known):
            line.broken = True


def _suspects(layout: PageLayout) -> Iterator[tuple[Line, Line]]:
    for paragraph in _in_cells(layout):
        for (_, line), (_, below) in zip(paragraph.lines, paragraph.lines[1:], strict=False):
            letter = below.first_width / len(below.tokens[0])
            if (
                len(line.tokens) == 1
                and line.tokens[0].isalpha()
                and below.tokens[0][0].islower()
                and paragraph.right - line.x1 < _ROOM * letter
            ):
                yield line, below


def _in_cells(layout: PageLayout) -> Iterator[Paragraph]:
    for flow in layout.flows:
        for block in flow.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    for cell in row.cells:
                        yield from cell.paragraphs


def _lines(layout: PageLayout) -> Iterator[Line]:
    for flow in layout.flows:
        for block in flow.blocks:
            if isinstance(block, Paragraph):
                yield from (line for _, line in block.lines)
    for paragraph in _in_cells(layout):
        yield from (line for _, line in paragraph.lines)
