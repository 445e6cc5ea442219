"""Tables in text whose columns are ruled: dashes with gaps stand below the headings, or a grid around all cells.

As converters write them: the rule tells where each column begins. Blank lines part rows of several lines, or rules do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from checker.documents.draft import CellPart, Part, PartKind, Span
from checker.documents.text_blocks import blocks_of
from checker.documents.text_lines import Line, LineKind, lines_of

_RUN = re.compile(r"-+|=+")
_GAPS = re.compile(r"(?=.*(?:---|===))(?:(?:-+|=+) +)+(?:-+|=+)")
_ANY_RULE = re.compile(r"^[ \t]*(?:\+[-=:]+\+|(?:-{2,}|={2,}) +[-=])", re.MULTILINE)
_GRID = re.compile(r"\+(?:[-=:]+\+)+")
RULED = re.compile(r"[ \t]*(?:\+[-=:+]+\+|(?:-{2,}|={2,})(?: +(?:-+|=+))*)[ \t]*(?=\r?\n|\r|$)")
"""A line that rules a table."""
_MOST_HEADING_LINES = 8
_BLANK = " \u00a0\u200b|"  # a grid has bars between its cells


def ruled_tables(text: str) -> list[list[Part]]:
    """Returns the ruled tables of a text, numbered in order: the rows of each."""
    if _ANY_RULE.search(text) is None:
        return []
    blocks, tables, at = list(blocks_of(text, lines_of(text))), list[list[Part]](), 0
    while at < len(blocks):
        rows, used = ruled_rows(text, blocks, at, len(tables))
        if rows:
            tables.append(rows)
        at += used or 1
    return tables


def ruled_rows(text: str, blocks: Sequence[list[Line]], at: int, table: int) -> tuple[list[Part], int]:
    """Returns the rows of a table that begins at a block, and how many blocks it takes.

    Args:
        text: The whole text.
        blocks: The blocks of lines between blank lines.
        at: The block to begin with.
        table: The number of the table.
    """
    block = blocks[at]
    if _is_grid(text, block[0]):
        return _in_grid(text, block, table)
    ruled = next((place for place, line in enumerate(block[:_MOST_HEADING_LINES]) if _is_ruled(text, line)), None)
    if ruled is None:
        return [], 0
    columns = [block[ruled].indent + run.start() for run in _RUN.finditer(text[block[ruled].start : block[ruled].end])]
    heading = [line for line in block[:ruled] if line.kind is not LineKind.RULE]
    rest = block[ruled + 1 :]
    by_block = _closes(rest) is None if not ruled else block[0].kind is LineKind.RULE
    groups = _up_to_a_rule([rest, *blocks[at + 1 :]]) if by_block else [[line] for line in rest[: _closes(rest)]]
    if not groups or not _keep_to(text, [heading, *groups], columns):
        return [], 0
    rows = [_row(text, heading, columns, table, header=True)] if heading else []
    rows += [_row(text, group, columns, table) for group in groups if group]
    return rows, len(groups) if by_block else 1


def _is_grid(text: str, line: Line) -> bool:
    return line.kind is LineKind.RULE and _GRID.fullmatch(text, line.start, line.end) is not None


def _in_grid(text: str, block: Sequence[Line], table: int) -> tuple[list[Part], int]:
    """Returns the rows of a grid that takes a whole block, and that it takes one; a box around lines is no table."""
    first = text[block[0].start : block[0].end]
    columns = [block[0].indent + place + 1 for place, sign in enumerate(first) if sign == "+"][:-1]
    if len(columns) < 2 or not _is_grid(text, block[-1]):
        return [], 0
    rows: list[Part] = []
    group: list[Line] = []
    for line in block[1:]:
        if not _is_grid(text, line):
            group.append(line)
        elif group:
            shared = [column for column in columns if all(_bar_before(text, one, column) for one in group)]
            headed = not rows and "=" in text[line.start : line.end]
            rows.append(_row(text, group, shared or columns[:1], table, header=headed))
            group = []
    return rows, 1


def _bar_before(text: str, line: Line, column: int) -> bool:
    return text[line.start + column - line.indent - 1 :][:1] == "|"


def _is_ruled(text: str, line: Line) -> bool:
    return line.kind is LineKind.RULE and _GAPS.fullmatch(text, line.start, line.end) is not None


def _keep_to(text: str, groups: Iterable[Sequence[Line]], columns: Sequence[int]) -> bool:
    """Tells whether a blank stands before each column, as no line does that runs below a row of dashes by chance."""
    before = [(line, line.start + column - line.indent - 1) for group in groups for line in group for column in columns]
    return all(not line.start <= place < line.end or text[place] in _BLANK for line, place in before)


def _closes(lines: Sequence[Line]) -> int | None:
    """Returns which line is the rule that ends a table."""
    return next((place for place, line in enumerate(lines) if line.kind is LineKind.RULE), None)


def _up_to_a_rule(blocks: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """Returns the blocks up to the one that a rule ends; none where no rule does."""
    groups: list[Sequence[Line]] = []
    for block in blocks:
        closing = _closes(block)
        groups.append(block[:closing])
        if closing is not None:
            return groups if closing == len(block) - 1 else []
    return []


def _row(text: str, lines: Sequence[Line], columns: Sequence[int], table: int, *, header: bool = False) -> Part:
    cells = [
        CellPart(tuple(span for line in lines for span in _cell(text, line, begin, end)), column, wrapped=True)
        for column, (begin, end) in enumerate(zip(columns, [*columns[1:], None], strict=True))
    ]
    return Part(PartKind.ROW, lines[0].start, lines[-1].end, cells=tuple(cells), table=table, header=header)


def _cell(text: str, line: Line, begin: int, end: int | None) -> Iterator[Span]:
    """Yields what stands in a line between two columns."""
    first = max(line.start, line.start + begin - line.indent)
    last = line.end if end is None else max(first, min(line.end, line.start + end - line.indent))
    while first < last and text[first] in _BLANK:
        first += 1
    while first < last and text[last - 1] in _BLANK:
        last -= 1
    if first < last:
        yield Span(first, last)
