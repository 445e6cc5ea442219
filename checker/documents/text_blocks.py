"""The blocks of a text: the lines between blank ones, parted again where a table and numbered clauses stand in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.documents.markers import MarkerKind, marker_of
from checker.documents.text_columns import is_row
from checker.documents.text_lines import Line, LineKind


def blocks_of(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yields the blocks of a text; each running line is one by itself."""
    block: list[Line] = []
    for line in lines:
        if line.kind in {LineKind.BLANK, LineKind.RUNNING} and block:
            yield from _clauses(text, block)
            block = []
        if line.kind is LineKind.RUNNING:
            yield [line]
        elif line.kind is not LineKind.BLANK:
            block.append(line)
    if block:
        yield from _clauses(text, block)


def _clauses(text: str, block: list[Line]) -> Iterator[list[Line]]:
    """Yields a block, parted before each numbered clause where a table of blanks stands in it too.

    A dump of a page leaves no blank line between a table and the clauses above and below it: "4.2 Late arrivals …". A
    clause stands as far left as the block does, and has no second column.
    """
    rows = [is_row(text, line) for line in block]
    left = min(line.indent for line in block)
    begins = [0]
    for at, line in enumerate(block) if any(rows) else ():
        if at and not rows[at] and line.indent == left and _is_numbered(text[line.start : line.end]):
            begins.append(at)
    for begin, end in zip(begins, [*begins[1:], len(block)], strict=True):
        yield block[begin:end]


def _is_numbered(line: str) -> bool:
    marker = marker_of(line)
    return marker is not None and marker.kind in {MarkerKind.OUTLINE, MarkerKind.NUMBER} and marker.dotted
