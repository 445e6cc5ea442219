"""Tables whose columns are made of blanks, as programs that dump a page's layout write them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from checker.documents.draft import CellPart, Part, PartKind, Span
from checker.documents.markers import marker_of
from checker.documents.text_lines import Line, LineKind, may_number_a_page

_GAP = re.compile(r"[ \u00a0\u200b]{2,}")
_AFTER_SENTENCE = frozenset(".!?:;,")
_NEAR = 4  # columns: a bullet and the text under it begin so near to each other
_DRIFT = 9  # columns: the same column begins so far apart on two pages
_WIDEST = 12  # more columns than this are no table but a drawing
_LONGEST = 70
_MOST_AROUND = 3  # lines, one of which alone has gaps
_LONGEST_KEY = 3  # characters: "Y1", "C2"


@dataclass(frozen=True, slots=True)
class _Fragment:
    """What stands between two gaps of a line, and the column at which it begins."""

    column: int
    span: Span


@dataclass(slots=True)
class _Region:
    """Blocks one after the other that make one table, and the columns at which its cells begin."""

    blocks: list[list[Line]] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)


def rows_of_blanks(text: str, blocks: Sequence[list[Line]], at: int, table: int) -> tuple[list[Part], int]:
    """Returns the rows of a table that begins at a block, and how many blocks it takes.

    A page number or a running header that stands between its rows comes among them, as a paragraph.

    Args:
        text: The whole text.
        blocks: The blocks of lines between blank lines.
        at: The block to begin with.
        table: The number of the table.
    """
    region = _region(text, blocks, at)
    if region is None:
        return [], 0
    by_block = sum(block[0].kind is LineKind.TEXT for block in region.blocks) > 2
    parts: list[Part] = []
    for block in region.blocks:
        if block[0].kind is LineKind.RUNNING:
            number = may_number_a_page(text[block[0].start : block[0].end])  # whether it does is told by the others
            parts.append(Part(PartKind.TEXT if number else PartKind.RUNNING, block[0].start, block[0].end))
            continue
        announced = _announcing(text, block)
        if announced:
            parts.append(Part(PartKind.TEXT, block[0].start, block[announced - 1].end))
        titles = 0 if announced else _titles(text, block)
        parts += [Part(PartKind.TEXT, line.start, line.end) for line in block[:titles]]
        rows = block[announced or titles :]
        following = _paragraph_behind(text, rows)
        rows = rows[: len(rows) - following]
        if len(region.blocks) == 1 and (_are_pairs(text, rows) or _are_parted_alike(text, rows)):
            lines = list(_in_order(text, rows))
        else:
            own = _columns(text, rows)
            places = _matched(own, region.columns)
            lines = [_placed(_fragments(text, line), own, places, text) for line in rows]
        whole = by_block and not _lists_keys(text, rows)
        parts += [_part(row, table) for row in ([lines] if whole else _rows(lines))]
        if following:
            parts.append(Part(PartKind.TEXT, block[-following].start, block[-1].end))
    return parts, len(region.blocks)


def _region(text: str, blocks: Sequence[list[Line]], at: int) -> _Region | None:
    """Returns the blocks that make a table, from one on; ``None`` where no table begins."""
    columns = _columns(text, blocks[at])
    if not 2 <= len(columns) <= _WIDEST:
        return None
    region = _Region([blocks[at]], columns)
    waiting: list[list[Line]] = []
    for number in range(at + 1, len(blocks)):
        block = blocks[number]
        if block[0].kind is LineKind.RUNNING:
            waiting.append(block)
            continue
        starts = _columns(text, block)
        if not _fits(starts, region.columns):
            break
        if len(starts) > 1:
            region.blocks += [*waiting, block]
            waiting = []
            if len(starts) > _WIDEST:
                return None
            if len(starts) > len(region.columns):
                region.columns = starts
        elif _stands_in(text, block, starts[0], region.columns) and not _is_caption(text, blocks, number, at):
            waiting.append(block)
            if _nearest(starts[0], region.columns):
                region.blocks += waiting
                waiting = []
        else:
            break
    if (
        len(region.blocks) == 1
        and len(blocks[at]) > _MOST_AROUND
        and sum(is_row(text, line) for line in blocks[at]) == 1
    ):
        return None  # one line with gaps among many without
    rows = sum(len(block) if len(region.blocks) == 1 else 1 for block in region.blocks)
    return region if rows > 1 else None


def _columns(text: str, block: Sequence[Line]) -> list[int]:
    """Returns the columns at which the cells of a block begin; one alone where it has no gaps."""
    if any(line.tabbed or line.kind is not LineKind.TEXT for line in block):
        return []
    starts: list[int] = []
    gapped = False
    by_line = [_fragments(text, line) for line in block]
    parted = [fragments for fragments in by_line if len(fragments) > 1]
    if parted and all(_leads_to_page(text, fragments) for fragments in parted):
        return starts
    for fragments in by_line:
        gapped = gapped or any(after.span.start - before.span.end > 2 for before, after in pairwise(fragments))
        centred = fragments is parted[0] if parted else False
        starts += [one.column for one in fragments if not (centred and _is_over(one.column, parted[1:]))]
    starts.sort()
    if not gapped:
        return starts[:1]
    return [start for index, start in enumerate(starts) if not index or start - starts[index - 1] > _NEAR]


def _are_pairs(text: str, block: Sequence[Line]) -> bool:
    """Whether each line is a label and what belongs to it, wherever the latter begins: "Secretary   first day calls"."""
    return len(block) > 1 and all(len(_fragments(text, line)) == 2 for line in block)


def _are_parted_alike(text: str, block: Sequence[Line]) -> bool:
    """Whether as many blanks part all cells of a block, wherever these begin: "Morning     8.55am     9.20am"."""
    by_line = [fragments for line in block if len(fragments := _fragments(text, line)) > 1]
    gaps = {after.span.start - before.span.end for line in by_line for before, after in pairwise(line)}
    return len(by_line) > 1 and len(gaps) == 1 and max(gaps) > 2 and max(map(len, by_line)) < len(_columns(text, block))


def _in_order(text: str, block: Sequence[Line]) -> Iterator[dict[int, Span]]:
    """Yields for each line of a block its cells by their order; an indented line goes on with the last cell."""
    left = min(line.indent for line in block)
    last = 0
    for line in block:
        fragments = _fragments(text, line)
        goes_on = len(fragments) == 1 and line.indent > left
        yield {last if goes_on else place: one.span for place, one in enumerate(fragments)}
        last = last if goes_on else len(fragments) - 1


def _is_over(column: int, lines: Sequence[Sequence[_Fragment]]) -> bool:
    """Whether a column lies within what stands in all of some lines: a heading is centred over its column there."""
    return len(lines) > 1 and all(
        any(one.column < column < one.column + one.span.end - one.span.start for one in fragments)
        for fragments in lines
    )


def _leads_to_page(text: str, fragments: Sequence[_Fragment]) -> bool:
    """Whether a line is one of a contents list: a title and the number of its page."""
    last = text[fragments[-1].span.start : fragments[-1].span.end]
    return len(fragments) == 2 and len(last) < 4 and last.isdigit()


def _announcing(text: str, block: Sequence[Line]) -> int:
    """Returns how many lines at the head of a block are a paragraph that announces the table under it."""
    lines = next((number for number, line in enumerate(block) if is_row(text, line)), len(block))
    last = next((number for number in range(lines, 0, -1) if text[block[number - 1].end - 1] == ":"), 0)
    return last if last < len(block) else 0


def _titles(text: str, block: Sequence[Line]) -> int:
    """Returns how many lines at the head of a block are titles: above a list of keys, or numbered, or in capitals."""
    lines = next((number for number, line in enumerate(block) if is_row(text, line)), 0)
    if not lines or len(block) < lines + 2:
        return 0
    first = text[block[0].start : block[0].end]
    marker = marker_of(first)
    return lines if _lists_keys(text, block[lines:]) or (marker and marker.dotted) or first.isupper() else 0


def _paragraph_behind(text: str, block: Sequence[Line]) -> int:
    """Returns how many lines at the end of a block are a paragraph: a line as wide as all columns, and what follows it."""
    last = next((number for number in range(len(block), 0, -1) if is_row(text, block[number - 1])), 0)
    behind = len(block) - last
    if last < 2 or not behind:
        return 0
    second = min(_fragments(text, line)[-1].column for line in block[:last] if is_row(text, line))
    indent = min(line.indent for line in block[:last])
    return behind if block[last].indent == indent and block[last].length > second + _NEAR else 0


def is_row(text: str, line: Line) -> bool:
    """Whether gaps part a line into cells."""
    return len(_fragments(text, line)) > 1


def _lists_keys(text: str, block: Sequence[Line]) -> bool:
    """Whether each line of a block begins with a short word and what it stands for: each is a row of its own."""
    first = [_fragments(text, line) for line in block]
    keys = [fragments[0].span for fragments in first if len(fragments) > 1]
    return len(block) > 1 and len(keys) == len(block) and all(key.end - key.start <= _LONGEST_KEY for key in keys)


def _is_caption(text: str, blocks: Sequence[list[Line]], number: int, first: int) -> bool:
    """Whether a block stands above the next table: what follows it has the same headings as the table before it."""
    following = next((block for block in blocks[number + 1 : number + 3] if block[0].kind is LineKind.TEXT), None)
    if following is None:
        return False
    return (
        text[following[0].start : following[0].end].split()
        == text[blocks[first][0].start : blocks[first][0].end].split()
    )


def _fragments(text: str, line: Line) -> list[_Fragment]:
    """Returns what stands between the gaps of a line; a number and its title are one."""
    content = text[line.start : line.end]
    marker = marker_of(content.replace("\u200b", " "))
    begin = 0
    fragments = []
    search_from = marker.length if marker and marker.dotted else 0
    for gap in _GAP.finditer(content, search_from):
        if len(gap[0].replace("\u200b", "")) < 2 or (
            len(gap[0]) == 2 and gap.start() and content[gap.start() - 1] in _AFTER_SENTENCE
        ):
            continue
        fragments.append((begin, gap.start()))
        begin = gap.end()
    fragments.append((begin, len(content)))
    found = []
    at, before = line.indent, 0
    for start, end in fragments:
        at += start - before - content.count("\u200b", before, start)
        before = start
        if end > start:
            found.append(_Fragment(at, Span(line.start + start, line.start + end)))
    return found


def _fits(starts: Sequence[int], columns: Sequence[int]) -> bool:
    """Whether cells that begin at some columns can stand in a table with others."""
    if not starts or len(starts) > len(columns) + 2:
        return False
    if len(starts) == 1:
        return True
    shared = sum(min(abs(start - column) for column in columns) <= _DRIFT for start in starts)
    return shared * 3 >= len(starts) * 2 and abs(len(starts) - len(columns)) <= max(1, len(columns) // 2)


def _stands_in(text: str, block: Sequence[Line], start: int, columns: Sequence[int]) -> bool:
    """Whether a block without gaps is a row with one filled cell, as against a paragraph after the table."""
    if min(abs(start - column) for column in columns) > _DRIFT:
        return False
    if _nearest(start, columns):
        return len(block) < 4
    content = text[block[0].start : block[-1].end]
    return len(block) == 1 and len(content) <= _LONGEST and content[-1] not in ".:;" and marker_of(content) is None


def _nearest(start: int, columns: Sequence[int]) -> int:
    return min(range(len(columns)), key=lambda index: abs(columns[index] - start))


def _matched(own: Sequence[int], columns: Sequence[int]) -> Sequence[int]:
    """Returns for each column of a block the column of the table that it is: in order, and as near as can be."""
    if len(own) >= len(columns):
        return range(len(own))
    choices = combinations(range(len(columns)), len(own))
    return min(
        choices, key=lambda chosen: sum(abs(columns[index] - start) for index, start in zip(chosen, own, strict=True))
    )


def _placed(
    fragments: Sequence[_Fragment], columns: Sequence[int], places: Sequence[int], text: str
) -> dict[int, Span]:
    """Returns the fragments of a line by their columns, parted where one runs over the beginning of the next."""
    placed: dict[int, Span] = {}
    for fragment in fragments:
        for piece in _parted(fragment, columns, text):
            index = places[_nearest(piece.column, columns)]
            known = placed.get(index)
            placed[index] = Span(known.start, piece.span.end) if known else piece.span
    return placed


def _parted(fragment: _Fragment, columns: Sequence[int], text: str) -> list[_Fragment]:
    pieces = []
    at, begin = fragment.column, fragment.span.start
    for column in columns[bisect_left(columns, fragment.column + 1) :]:
        offset = begin + column - at
        if begin + 1 < offset < fragment.span.end and text[offset - 1] == " " and text[offset] != " ":
            pieces.append(_Fragment(at, Span(begin, offset - 1)))
            at, begin = column, offset
    return [*pieces, _Fragment(at, Span(begin, fragment.span.end))]


def _rows(lines: Sequence[dict[int, Span]]) -> list[list[dict[int, Span]]]:
    """Returns the lines of one dense block, row by row: a row begins where the first column is filled."""
    rows: list[list[dict[int, Span]]] = []
    for line in lines:
        if 0 in line or not rows:
            rows.append([])
        rows[-1].append(line)
    return rows


def _part(lines: Sequence[dict[int, Span]], table: int) -> Part:
    columns = max((column for line in lines for column in line), default=0) + 1
    cells = []
    for column in range(columns):
        spans = tuple(line[column] for line in lines if column in line)
        cells.append(CellPart(spans, column, wrapped=True))
    filled = [span for cell in cells for span in cell.paragraphs]
    start, end = min(span.start for span in filled), max(span.end for span in filled)
    return Part(PartKind.ROW, start, end, cells=tuple(cells), table=table)
