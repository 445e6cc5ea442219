"""Tables without upright lines: level lines or stripes part their rows, and their words keep to columns."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from checker.documents.pdf.aligned import Lines, columns, edges_between, parted
from checker.documents.pdf.content import Edge, Grid, GridCell
from checker.documents.pdf.lines import Line, rows
from checker.documents.pdf.unruled import unruled_tables

_NEAR = 3.0
_MOST_LINES_IN_ROW = 14
_MOST_BANDS = 3  # between the lines round a head, a body and sums
_MANY_ROWS = 1.5  # to a band
_SHORTEST_RULE = 0.3
_FARTHEST = 4.0
_LONG = 0.6


def ruled_across(loose: Iterable[Edge], width: float) -> list[Grid]:
    """Returns what could be tables whose rows are parted by level lines alone, as grids of one column.

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


def with_columns(grid: Grid, found: Sequence[Line], leading: float) -> list[Grid]:
    """Returns the tables that a grid of one column makes, with the columns that the words in it keep to.

    A grid that is ruled on all sides stays a table of one column where they keep to none; others are no table then.
    Running text between two level lines parts one table from the next. Where lines are drawn only round the head and
    the body of a table, they do not part its rows: it is none then, and is looked for as one without lines.

    Args:
        grid: A grid of one column.
        found: The pieces of lines inside it.
        leading: The document's usual distance of lines in letter sizes; 0 where it is unknown.
    """
    by_row: dict[int, Lines] = defaultdict(list)
    for line in parted(rows(found), _FARTHEST):
        row = bisect_right(grid.ys, (line[0].top + line[0].bottom) / 2) - 1
        if 0 <= row < len(grid.ys) - 1:
            by_row[row].append(line)
    if grid.ruled:
        return [_table(grid, by_row, 0, len(grid.ys) - 1) or grid] if len(by_row) > 1 else []
    if _holds_rows(by_row, found, leading):
        return []
    breaks = [-1, *(row for row in sorted(by_row) if _is_prose(by_row[row], grid)), len(grid.ys) - 1]
    made = (_table(grid, by_row, before + 1, row) for before, row in pairwise(breaks))
    return [table for table in made if table is not None]


def _holds_rows(by_row: dict[int, Lines], found: Sequence[Line], leading: float) -> bool:
    """Whether rows stand between two level lines, as lines only round the head and the body leave them."""
    rows_of = [len(table.rows) for table in unruled_tables(found, leading)]
    if len(by_row) <= _MOST_BANDS:
        return any(count > len(by_row) for count in rows_of)
    bands = sum(any(len(line) > 1 for line in lines) for lines in by_row.values())
    return sum(rows_of) >= _MANY_ROWS * bands  # several tables of one width, one below the other


def _is_prose(lines: Lines, grid: Grid) -> bool:
    """Whether what stands between two level lines is running text, not the cells of a row."""
    if any(len(line) > 1 for line in lines):
        return False
    return len(lines) > 1 and any(line[0].x1 - line[0].x0 > _LONG * (grid.xs[-1] - grid.xs[0]) for line in lines)


def _table(grid: Grid, by_row: dict[int, Lines], begin: int, end: int) -> Grid | None:
    """Returns the rows from one to before another as a table with columns; ``None`` where there are none."""
    inside = {row: lines for row, lines in by_row.items() if begin <= row < end}
    if not inside:
        return None
    fields = columns([line for lines in inside.values() for line in lines])
    wide = [row for row, lines in inside.items() if any(len(line) > 1 for line in lines)]
    crossing = [row for row in wide if any(len(line) == 1 and _crosses(line[0], fields) for line in inside[row])]
    if len(fields) < 2 or len(wide) < max(2, 0.5 * len(inside)) or len(crossing) > 0.2 * len(wide):
        return None
    if max(map(len, inside.values())) > _MOST_LINES_IN_ROW:
        return None
    cells: list[GridCell] = []
    for row in range(begin, end):
        if row in inside and row not in wide and any(_crosses(line[0], fields) for line in inside[row]):
            cells.append(GridCell(row - begin, 0, 1, len(fields)))
        else:
            cells += [GridCell(row - begin, column) for column in range(len(fields))]
    return Grid(edges_between(fields, *grid.xs), grid.ys[begin : end + 1], tuple(cells), grid.ruled)


def _crosses(piece: Line, fields: Sequence[tuple[float, float]]) -> bool:
    return any(piece.x0 < begin - _NEAR and piece.x1 > begin + _NEAR for begin, _ in fields[1:])
