"""Tables without any lines, found by the blank strips between their rows, wherever in its row the text of a cell stands.

Cells whose text stands in the middle of the row share no line of letters with their neighbours. What they do share:
a strip as wide as the table parts each row from the next, and is wider than the gaps inside any cell; and their text
begins, or has its middle, at one height.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from checker.documents.pdf.aligned import Aligned, is_list, column_of, edges_between, is_contents, merged
from checker.documents.pdf.columns import flows_on
from checker.documents.pdf.lines import Line, rows, whole
from checker.documents.pdf.symbols import BULLETS

_NEAR = 4.0
_TOUCHING = 0.12
_SLACK = 0.12
_USUAL_LEADING = 1.3
_MOST_LEADING = 1.75
_WRAPPED = 1.12
_FARTHEST = 3.2
_FARTHEST_ALONE = 2.0
_FARTHEST_BULLET = 2.2
_FEWEST_ROWS = 3
_MOST_STRIPS = 400
_MOST_TRIES = 30
_MOST_IN_ROW = 16
_BLANK = 0.4
_BLANK_FIRST = 0.3
_WITHIN = 0.1
_CROOKED = 0.12
_MOST_GAPPED = 0.5
_ALIKE = 0.85


@dataclass(slots=True)
class _Strip:
    """Pieces of lines that stand beside each other, with nothing but blank above and below."""

    pieces: list[Line]
    top: float
    bottom: float


@dataclass(slots=True)
class _Cell:
    """Where the text of a cell stands."""

    first: float
    last: float


@dataclass(slots=True)
class _Part:
    """Strips that surely stand in one row, and where they fill its columns."""

    strips: list[_Strip]
    cells: dict[int, _Cell] = field(default_factory=dict)


def unruled_tables(lines: Sequence[Line], leading: float) -> list[Aligned]:
    """Returns the tables without any lines that stand among lines.

    Args:
        lines: The pieces of lines of a page, column or frame.
        leading: The document's usual distance of lines in letter sizes; 0 where it is unknown.
    """
    level = [line for line in lines if not line.turned]
    strips = _strips(level)
    if sum(len(strip.pieces) > 1 for strip in strips) < _FEWEST_ROWS - 1:
        return []
    strips = [_Strip(_with_bullets(strip.pieces), strip.top, strip.bottom) for strip in strips]
    found: list[Aligned] = []
    index = begin = tries = 0
    while index < len(strips) and tries < _MOST_TRIES:
        if len(merged((piece.x0, piece.x1) for piece in strips[index].pieces)) < 2:
            index += 1
            continue
        tries += 1
        first, last, fields = _region(strips, index, begin, leading or _USUAL_LEADING)
        table = _table(strips[first:last], fields, leading or _USUAL_LEADING)
        if table is None:
            index += 1
            continue
        found.append(table)
        index = begin = last
    return found


def _strips(lines: Sequence[Line]) -> list[_Strip]:
    """Returns lines in strips from the top, each parted from the next by a blank right across."""
    strips: list[_Strip] = []
    for line in sorted(lines, key=attrgetter("top", "x0")):
        if strips and line.top < strips[-1].bottom - _TOUCHING * line.size:
            strips[-1].pieces.append(line)
            strips[-1].bottom = max(strips[-1].bottom, line.bottom)
        else:
            strips.append(_Strip([line], line.top, line.bottom))
    return strips


def _with_bullets(pieces: Sequence[Line]) -> list[Line]:
    """Returns the pieces of a strip with the bullets of list items in one piece with their text."""
    if not any(piece.text in BULLETS for piece in pieces):
        return list(pieces)
    result: list[Line] = []
    for row in rows(pieces):
        mark: Line | None = None
        for piece in row:
            if mark is not None and piece.x0 - mark.x1 < _FARTHEST_BULLET * piece.size:
                result[-1] = whole([mark, piece])
            else:
                result.append(piece)
            mark = piece if piece.text in BULLETS else None
    return result


def _region(
    strips: Sequence[_Strip], seed: int, begin: int, leading: float
) -> tuple[int, int, list[tuple[float, float]]]:
    """Returns from which to before which strip a table could go, and where its columns stand."""
    fields = merged((piece.x0, piece.x1) for piece in strips[seed].pieces)
    wide = 1
    last = seed + 1
    while last < min(len(strips), seed + _MOST_STRIPS):
        strip, above = strips[last], strips[last - 1]
        several = merged((piece.x0, piece.x1) for piece in strip.pieces)
        size = max(strip.pieces[0].size, above.pieces[0].size)
        if strip.top - above.bottom > (_FARTHEST if len(several) > 1 else _FARTHEST_ALONE) * size:
            break
        together = merged([*fields, *several])
        if len(together) < max(2, len(several)) or (len(together) < len(fields) and wide > 1):
            break
        if len(several) == 1 and _stands_apart(strip.pieces[0], above.pieces[0], fields):
            break
        wide += len(several) > 1
        fields = together
        last += 1
    while last > seed + 1 and _is_alone(strips[last - 1], fields):
        last -= 1
    first = seed
    while first > begin:
        strip, below = strips[first - 1], strips[first]
        together = merged([*fields, *((piece.x0, piece.x1) for piece in strip.pieces)])
        if len(together) < len(fields) or not _is_of_one_cell(strip, below, fields, leading):
            break
        fields = together
        first -= 1
    return first, last, fields


def _stands_apart(piece: Line, above: Line, fields: Sequence[tuple[float, float]]) -> bool:
    """Whether a line of its own is the heading of what follows a table."""
    return column_of(piece, fields) == 0 and piece.size > 1.08 * above.size


def _is_alone(strip: _Strip, fields: Sequence[tuple[float, float]]) -> bool:
    """Whether nothing but the first column is filled, as it is where text goes on below a table."""
    return all(column_of(piece, fields) == 0 for piece in strip.pieces)


def _is_of_one_cell(strip: _Strip, below: _Strip, fields: Sequence[tuple[float, float]], leading: float) -> bool:
    """Whether a strip holds the first lines of a cell that reaches higher than the others of its row."""
    columns = {column_of(piece, fields) for piece in strip.pieces}
    if len(columns) > 1:
        return False
    under = [piece for piece in below.pieces if column_of(piece, fields) in columns]
    piece = strip.pieces[-1]
    return bool(under) and min(line.base for line in under) - piece.base <= (leading + _SLACK) * piece.size


def _table(strips: Sequence[_Strip], fields: Sequence[tuple[float, float]], usual: float) -> Aligned | None:
    if len(strips) < _FEWEST_ROWS - 1 or len(fields) < 2:
        return None
    leading = _leading(strips, fields, usual)
    parts = _parts(strips, fields, leading)
    found = min((_in_rows(parts, len(fields), middle) for middle in (False, True)), key=attrgetter("cost"))
    full = sum(len(row.cells) > 1 for row in found.rows)
    enough = _FEWEST_ROWS if len(fields) == 2 else _FEWEST_ROWS - 1
    if full < enough or 3 * full < 2 * len(found.rows):
        return None
    if 3 * sum(map(_is_crooked, found.rows)) > full or _are_columns(found.rows, fields, leading):
        return None
    made = tuple(_lines(row) for row in found.rows)
    if is_list(made, fields) or is_contents(made, fields):
        return None
    pieces = [piece for strip in strips for piece in strip.pieces]
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    return Aligned(edges_between(fields, left, right), made)


def _are_columns(found: Sequence[_Part], fields: Sequence[tuple[float, float]], leading: float) -> bool:
    """Whether what stands side by side is running text in columns: it has gaps of its own on both sides of a gutter."""
    columns: dict[int, list[Line]] = defaultdict(list)
    gapped = 0
    for row in found:
        gaps = set()
        last: dict[int, float] = {}
        for piece in (piece for strip in row.strips for piece in strip.pieces):
            column = column_of(piece, fields)
            columns[column].append(piece)
            if piece.base - last.get(column, piece.base) > (leading + _SLACK) * piece.size:
                gaps.add(column)
            last[column] = piece.base
        gapped += len(gaps) > 1
    if gapped > _MOST_GAPPED * len(found):
        return True
    widths = [end - begin for begin, end in fields]
    return min(widths) > _ALIKE * max(widths) and all(map(flows_on, columns.values()))


def _lines(row: _Part) -> list[list[Line]]:
    return rows(piece for strip in row.strips for piece in strip.pieces)


def _leading(strips: Sequence[_Strip], fields: Sequence[tuple[float, float]], usual: float) -> float:
    """Returns from line to line inside the cells, in letter sizes."""
    last: dict[int, Line] = {}
    distances = []
    for piece in sorted((piece for strip in strips for piece in strip.pieces), key=attrgetter("base")):
        column = column_of(piece, fields)
        above = last.get(column)
        if above is not None and abs(above.size - piece.size) < 0.5 and piece.base - above.base > 0.8 * piece.size:
            distances.append((piece.base - above.base) / piece.size)
        last[column] = piece
    least = min(distances, default=usual)
    return least if least <= _WRAPPED * usual else usual


def _parts(strips: Sequence[_Strip], fields: Sequence[tuple[float, float]], leading: float) -> list[_Part]:
    """Returns the strips with those put together between which the lines of a cell go on."""
    parts: list[_Part] = []
    last: dict[int, float] = {}
    for strip in strips:
        ordered = sorted(strip.pieces, key=attrgetter("base"))
        goes_on = False
        for piece in ordered:
            column = column_of(piece, fields)
            distance = piece.base - last.get(column, -1e9)
            goes_on = goes_on or distance <= (leading + _SLACK) * piece.size
        if not parts or not goes_on:
            parts.append(_Part([]))
        part = parts[-1]
        part.strips.append(strip)
        for piece in ordered:
            column = column_of(piece, fields)
            cell = part.cells.setdefault(column, _Cell(piece.top, piece.bottom))
            cell.last = max(cell.last, piece.bottom)
            last[column] = piece.base
    return parts


@dataclass(frozen=True, slots=True)
class _Rows:
    """Parts put together to rows.

    Attributes:
        cost: How much speaks against it.
        rows: The rows.
    """

    cost: float
    rows: list[_Part]


def _in_rows(parts: Sequence[_Part], width: int, middle: bool) -> _Rows:
    """Returns parts in rows so that the cells of each row begin, or have their middle, at one height.

    A part with blank cells is a row of its own, or a further paragraph of a cell of the row above or below.
    """
    costs, begins = [0.0], [0]
    for end in range(1, len(parts) + 1):
        best = (float("inf"), end - 1)
        row: _Part | None = None
        within = 0.0
        for begin in range(end - 1, max(-1, end - 1 - _MOST_IN_ROW), -1):
            if row is not None:
                shared = len(parts[begin].cells.keys() & row.cells.keys())
                within += _WITHIN if shared < 2 else shared - 1.0
            row = parts[begin] if row is None else _together(parts[begin], row)
            blank = width - len(row.cells)
            cost = (
                costs[begin]
                + within
                + _stray(row, middle)
                + _BLANK * blank
                + (_BLANK_FIRST if 0 not in row.cells else 0.0)
            )
            if cost < best[0]:
                best = cost, begin
            if within >= width:
                break
        costs.append(best[0])
        begins.append(best[1])
    result: list[_Part] = []
    end = len(parts)
    while end:
        row = parts[begins[end]]
        for part in parts[begins[end] + 1 : end]:
            row = _together(row, part)
        result.append(row)
        end = begins[end]
    return _Rows(costs[-1], result[::-1])


def _together(upper: _Part, lower: _Part) -> _Part:
    cells = dict(upper.cells)
    for column, cell in lower.cells.items():
        cells[column] = _Cell(cells[column].first, cell.last) if column in cells else cell
    return _Part([*upper.strips, *lower.strips], cells)


def _is_crooked(row: _Part) -> bool:
    """Whether the cells of a row neither begin nor have their middle at one height."""
    return min(_stray(row, middle) for middle in (False, True)) > _CROOKED * (len(row.cells) - 1)


def _stray(row: _Part, middle: bool) -> float:
    """Returns how far the cells of a row stand from where the others do, in letter sizes."""
    if len(row.cells) < 2:
        return 0.0
    size = row.strips[0].pieces[0].size
    places = [(cell.first + cell.last) / 2 if middle else cell.first for cell in row.cells.values()]
    usual = sorted(places)[len(places) // 2] if middle else min(places)
    return sum(abs(place - usual) for place in places) / size
