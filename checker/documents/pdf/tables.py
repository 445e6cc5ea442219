"""Tables with their cells filled, from grids, from level lines alone, and from aligned words."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from checker.documents.pdf.aligned import Aligned
from checker.documents.pdf.blocks import Cell, Row, Table
from checker.documents.pdf.content import Box, Grid, GridCell
from checker.documents.pdf.lines import Line, rows, whole
from checker.documents.pdf.paragraphs import paragraphs

_NEAR = 3.0
_MOST_PADDING = 12.0
_LEAST_HEIGHT = 18.0


def filled(grid: Grid, inside: Sequence[Line], page: int, leading: float) -> Table | None:
    """Returns the table that a grid of several cells makes with the text in it; ``None`` where it is none.

    Args:
        grid: Where its cells stand.
        inside: The pieces of lines inside the grid.
        page: The page.
        leading: The usual distance of lines in letter sizes.
    """
    places = _places(grid)
    contents: dict[GridCell, list[Line]] = defaultdict(list)
    for piece in inside:
        row = bisect_right(grid.ys, (piece.top + piece.bottom) / 2) - 1
        for part in _by_column(piece, grid, row, places):
            column = bisect_right(grid.xs, (part.x0 + part.x1) / 2) - 1
            cell = places.get((row, column))
            if cell is not None:
                contents[cell].append(part)
    if not contents:
        return None
    by_row: dict[int, list[Cell]] = defaultdict(list)
    for cell in grid.cells:
        by_row[cell.row].append(_cell(grid, cell, contents.get(cell, ()), page, leading))
        for below in range(cell.row + 1, cell.row + cell.rows):
            by_row[below].append(Cell([], cell.column, cell.columns))
    made: list[Row] = []
    for number in range(len(grid.ys) - 1):
        cells = by_row[number]
        outermost = number in (0, len(grid.ys) - 2)
        is_blank = not any(cell.paragraphs for cell in cells)
        if is_blank and outermost and grid.ys[number + 1] - grid.ys[number] < _LEAST_HEIGHT:
            continue
        if cells:
            made.append(Row(sorted(cells, key=attrgetter("column"))))
    return _with_header(Table(grid.box, grid.xs, made))


def _by_column(piece: Line, grid: Grid, row: int, places: Mapping[tuple[int, int], GridCell]) -> Iterator[Line]:
    """Yields a piece of a line, in parts where its words stand in several cells."""
    if piece.turned or len(piece.tokens) == 1:
        yield piece
        return
    first, last = (bisect_right(grid.xs, x) - 1 for x in (piece.x0 + 1, piece.x1 - 1))
    if first == last or places.get((row, first)) == places.get((row, last)):
        yield piece
        return
    start, cell = 0, None
    for index, (left, right) in enumerate(zip(piece.lefts, piece.rights, strict=True)):
        here = places.get((row, bisect_right(grid.xs, (left + right) / 2) - 1))
        if index and here != cell:
            before, piece = piece.parted(index - start)
            start = index
            yield before
        cell = here
    yield piece


def of_aligned(found: Aligned, page: int, leading: float) -> Table:
    """Returns the table that aligned lines make."""
    count = len(found.edges) - 1
    rights = [0.0] * count
    filled_rows: list[list[list[Line]]] = []
    for lines in found.rows:
        fields: list[list[Line]] = [[] for _ in range(count)]
        for piece in (piece for line in lines for piece in line):
            column = min(max(bisect_right(found.edges, piece.x0 + _NEAR) - 1, 0), count - 1)
            fields[column].append(piece)
            rights[column] = max(rights[column], piece.x1)
        filled_rows.append(fields)
    made = [
        Row(
            [
                Cell(list(paragraphs(_lines(inside), page, right, leading)), column)
                for column, (inside, right) in enumerate(zip(fields, rights, strict=True))
            ]
        )
        for fields in filled_rows
    ]
    pieces_of = [piece for lines in found.rows for line in lines for piece in line]
    box = Box(
        found.edges[0], min(piece.top for piece in pieces_of), found.edges[-1], max(piece.bottom for piece in pieces_of)
    )
    return _with_header(Table(box, found.edges, made, is_ruled=False))


def _places(grid: Grid) -> dict[tuple[int, int], GridCell]:
    return {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }


def _cell(grid: Grid, cell: GridCell, found: Sequence[Line], page: int, leading: float) -> Cell:
    if not found:
        return Cell([], cell.column, cell.columns, cell.rows)
    lines = _lines(found)
    box = grid.box_of(cell)
    padding = min(line.x0 for line in lines) - box.x0
    right = box.x1 - min(max(padding, 0.0), _MOST_PADDING)
    return Cell(list(paragraphs(lines, page, right, leading)), cell.column, cell.columns, cell.rows)


def _lines(found: Sequence[Line]) -> Sequence[Line]:
    return found if len(found) == 1 else [whole(row) for row in rows(found)]


def _with_header(table: Table) -> Table:
    """Marks the rows at the top of a table that are bold where the rows below are not."""
    heads = 0
    while heads < len(table.rows) and _is_bold(table.rows[heads]):
        heads += 1
    if 0 < heads < len(table.rows) and heads <= 3:
        for row in table.rows[:heads]:
            row.header = True
    return table


def _is_bold(row: Row) -> bool:
    filled_cells = [paragraph for cell in row.cells for paragraph in cell.paragraphs]
    return len(filled_cells) > 1 and all(paragraph.bold for paragraph in filled_cells)
