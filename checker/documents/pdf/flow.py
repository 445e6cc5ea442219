"""Puts together what a page break parted: paragraphs, tables, and the rows of tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.documents.pdf.blocks import Block, PageLayout, Row, Table
from checker.documents.pdf.paragraphs import Paragraph, goes_on_elsewhere
from checker.documents.pdf.symbols import BULLETS

_NEAR = 4.0
# With these no cell ends: "Afternoon registration, in".
_TIME = re.compile(r"\d ?(?:[ap]\.?m\.?)?$")
_OPEN = re.compile(r"(?:,|\b(?:in|of|and|or|the|an?|to|for|with|by|at|from|is|are|will))$")
_ENDED = re.compile(r"[.!?:;][\"'’”)\]]*$")
_MOST_SHIFT = 20.0
_MOST_HEADS = 3


def joined(layouts: Sequence[PageLayout]) -> None:
    """Joins in place what goes on in the next column or on the next page.

    A paragraph that goes on is kept whole where it begins; so is a row of a table.
    """
    number = 0
    last_table: Table | None = None
    last_text: Paragraph | None = None
    last_left = 0.0
    beginning: list[list[str]] = []
    for layout in layouts:
        small = _small_print(layout)
        for flow in layout.flows:
            kept: list[Block] = []
            left = min((block.first.x0 for block in flow.blocks if isinstance(block, Paragraph)), default=0.0)
            for place, block in enumerate(flow.blocks):
                if isinstance(block, Paragraph):
                    begins = place == 0 and not flow.apart
                    if begins and last_text is not None:
                        is_hung = len(last_text.lines) > 1
                        shift = block.first.x0 - left - (last_text.last.x0 - last_left) if is_hung else 0.0
                        if goes_on_elsewhere(last_text, block, shift):
                            last_text.lines += block.lines
                            last_left = left
                            continue
                    if block.size > small and not flow.apart:
                        last_text, last_table, last_left = block, None, left
                elif isinstance(block, Table):
                    number += 1
                    block.number = number
                    if last_table is not None and place == 0 and _goes_on(last_table, block):
                        _join_rows(last_table, block, beginning)
                    else:
                        beginning = [_texts(row) for row in block.rows[:_MOST_HEADS]]
                    if not block.rows:
                        continue
                    last_table, last_text = block, None
                kept.append(block)
            flow.blocks = kept


def nested(layouts: Sequence[PageLayout]) -> None:
    """Tells in place the paragraphs with a bullet how deep they stand, by how far in they begin."""
    begins: list[float] = []
    for layout in layouts:
        for number, flow in enumerate(layout.flows):
            if number:
                begins.clear()
            for paragraph in flow.blocks:
                if not isinstance(paragraph, Paragraph):
                    continue
                first = paragraph.first
                while begins and begins[-1] > first.x0 + _NEAR:
                    begins.pop()
                if first.is_item and first.tokens[0] in BULLETS:
                    if not begins or begins[-1] < first.x0 - _NEAR:
                        begins.append(first.x0)
                    paragraph.depth = len(begins) - 1
                elif begins and begins[-1] >= first.x0 - _NEAR:
                    begins.clear()


def _small_print(layout: PageLayout) -> float:
    """Returns the size up to which a page's last paragraphs are footnotes."""
    sizes: dict[float, int] = {}
    for block in (block for flow in layout.flows for block in flow.blocks):
        if isinstance(block, Paragraph):
            size = block.size
            sizes[size] = sizes.get(size, 0) + sum(len(line.text) for _, line in block.lines)
    if not sizes:
        return 0.0
    return 0.93 * max(sizes, key=lambda size: (sizes[size], size))


def _goes_on(last: Table, following: Table) -> bool:
    """Whether a table at the top of a page has the columns of the one at the end of the page before."""
    if len(last.edges) != len(following.edges):
        return False
    edges, others = last.edges, following.edges
    if not (last.is_ruled and following.is_ruled):
        edges, others = edges[1:-1], others[1:-1]
    shift = others[0] - edges[0]
    return abs(shift) <= _MOST_SHIFT and all(
        abs(other - shift - edge) <= _NEAR for edge, other in zip(edges, others, strict=True)
    )


def _join_rows(last: Table, following: Table, beginning: Sequence[list[str]]) -> None:
    """Moves the rest of a row that a page break parted to where the row begins.

    Args:
        last: The table's part on the page before.
        following: Its part on this page.
        beginning: The table's first rows, which may be repeated on each page.
    """
    heads = 0
    while heads < min(len(beginning), len(following.rows)) and beginning[heads] == _texts(following.rows[heads]):
        heads += 1
    if heads == len(following.rows) or not last.rows:
        return
    row, rest = last.rows[-1], following.rows[heads]
    if not _is_rest(row, rest):
        return
    for cell, more in zip(row.cells, rest.cells, strict=True):
        if cell.paragraphs and more.paragraphs and goes_on_elsewhere(cell.paragraphs[-1], more.paragraphs[0], 0.0):
            cell.paragraphs[-1].lines += more.paragraphs.pop(0).lines
        cell.paragraphs += more.paragraphs
    del following.rows[heads]


def _is_rest(row: Row, rest: Row) -> bool:
    """Whether a row is what a page break left over of another."""
    if [cell.column for cell in row.cells] != [cell.column for cell in rest.cells]:
        return False
    pairs = [(cell, more) for cell, more in zip(row.cells, rest.cells, strict=True) if more.paragraphs]
    if not pairs or not all(cell.paragraphs for cell, _ in pairs):
        return False
    named = bool(rest.cells[0].paragraphs) and not _begins_small(rest.cells[0].text)
    if any(
        _begins_small(more.text) and not _begins_small(cell.text) and not _ENDED.search(cell.text)
        for cell, more in pairs
        if not (named and _TIME.search(cell.text))  # "School day begins | 9.00am", "Morning register | taken at …"
    ):
        return True
    if len(pairs) < len(row.cells) and any(_OPEN.search(cell.text) for cell, _ in pairs):
        return True
    if rest.cells[0].paragraphs or not row.cells[0].paragraphs:
        return False
    return any(not _ENDED.search(cell.text) for cell, _ in pairs)


def _begins_small(text: str) -> bool:
    return text.lstrip("(\"'‘“")[:1].islower()


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]
