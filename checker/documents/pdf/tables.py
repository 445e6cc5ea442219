"""Tables with their cells filled, from grids, from level lines alone, and from aligned words."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from checker.documents.pdf.aligned import Aligned, Lines, columns, edges_between
from checker.documents.pdf.blocks import Cell, Row, Table
from checker.documents.pdf.content import Box, Edge, Grid, GridCell
from checker.documents.pdf.lines import Line, rows, whole
from checker.documents.pdf.paragraphs import paragraphs

_NEAR = 3.0
_MOST_PADDING = 12.0
_MOST_LINES_IN_ROW = 14
_SHORTEST_RULE = 0.3
_LEAST_HEIGHT = 18.0


def filled(grid: Grid, inside: Sequence[Line], page: int, leading: float) -> Table | None:
    """Returns the table that a grid of several cells makes with the text in it; ``None`` where it is none.

    Args:
        grid: Where its cells stand.
        inside: The pieces of lines inside the grid.
        page: The page.
        leading: The usual distance of lines in letter sizes.
    """
    if len(grid.xs) == 2:
        parted = _parted(grid, inside)
        if parted is None:
            return None
        grid = parted
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
    made: list[Row] = []
    for number in range(len(grid.ys) - 1):
        cells = [_cell(grid, cell, contents[cell], page, leading) for cell in grid.cells if cell.row == number]
        cells += [
            Cell([], column, cell.columns)
            for column in range(len(grid.xs) - 1)
            if (cell := places.get((number, column))) is not None and cell.row < number and cell.column == column
        ]
        outermost = number in (0, len(grid.ys) - 2)
        is_blank = not any(cell.paragraphs for cell in cells)
        if is_blank and outermost and grid.ys[number + 1] - grid.ys[number] < _LEAST_HEIGHT:
            continue
        if cells:
            made.append(Row(sorted(cells, key=lambda cell: cell.column)))
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
    made = []
    for lines in found.rows:
        fields: dict[int, list[Line]] = defaultdict(list)
        for line in lines:
            for piece in line:
                column = max(bisect_right(found.edges, piece.x0 + _NEAR) - 1, 0)
                fields[min(column, len(found.edges) - 2)].append(piece)
        made.append(
            Row(
                [
                    Cell(list(paragraphs(_lines(fields[column]), page, found.edges[column + 1], leading)), column)
                    for column in range(len(found.edges) - 1)
                ]
            )
        )
    pieces_of = [piece for lines in found.rows for line in lines for piece in line]
    box = Box(
        found.edges[0], min(piece.top for piece in pieces_of), found.edges[-1], max(piece.bottom for piece in pieces_of)
    )
    return _with_header(Table(box, found.edges, made))


def ruled_across(loose: Iterable[Edge], width: float) -> list[Grid]:
    """Returns what could be tables whose rows are parted by level lines alone.

    Args:
        loose: Level lines that meet no upright one.
        width: The width of the page.
    """
    groups: dict[tuple[int, int], list[Edge]] = defaultdict(list)
    for edge in sorted(loose):
        if edge.end - edge.start < _SHORTEST_RULE * width:
            continue
        for group in groups.values():
            if abs(group[0].start - edge.start) <= _NEAR and abs(group[0].end - edge.end) <= _NEAR:
                group.append(edge)
                break
        else:
            groups[round(edge.start), round(edge.end)] = [edge]
    return [
        Grid(
            (group[0].start, group[0].end),
            tuple(edge.at for edge in group),
            tuple(GridCell(row, 0) for row in range(len(group) - 1)),
            False,
        )
        for group in groups.values()
        if len(group) > 2
    ]


def _parted(grid: Grid, found: Sequence[Line]) -> Grid | None:
    """Returns a grid of one column with the columns that its words keep to.

    A grid that is ruled on all sides stays a table of one column where they keep to none; others are no table.
    """
    lines = rows(found)
    by_row: dict[int, Lines] = defaultdict(list)
    for line in lines:
        row = bisect_right(grid.ys, (line[0].top + line[0].bottom) / 2) - 1
        if 0 <= row < len(grid.ys) - 1:
            by_row[row].append(line)
    fields = columns(lines)
    wide = [row for row, found in by_row.items() if any(len(line) > 1 for line in found)]
    crossing = [
        row
        for row, found in by_row.items()
        if any(len(line) == 1 and _crosses(line[0], fields) for line in found) and row in wide
    ]
    plain = grid if grid.ruled and len(by_row) > 1 else None
    if len(fields) < 2 or len(wide) < max(2, 0.5 * len(by_row)) or len(crossing) > 0.2 * len(wide):
        return plain
    if max(len(found) for found in by_row.values()) > _MOST_LINES_IN_ROW:
        return plain
    xs = edges_between(fields, *grid.xs)
    cells = []
    for row in range(len(grid.ys) - 1):
        if row in by_row and row not in wide and any(_crosses(line[0], fields) for line in by_row[row]):
            cells.append(GridCell(row, 0, 1, len(fields)))
        else:
            cells += [GridCell(row, column) for column in range(len(fields))]
    return Grid(xs, grid.ys, tuple(cells), grid.ruled)


def _crosses(piece: Line, fields: Sequence[tuple[float, float]]) -> bool:
    return any(piece.x0 < begin - _NEAR and piece.x1 > begin + _NEAR for begin, _ in fields[1:])


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
