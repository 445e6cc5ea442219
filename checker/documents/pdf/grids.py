"""Tables as they are ruled: from edges to crossings to cells.

The geometry is pdfplumber's (edges, joined where they touch; crossings; cells), with one difference: a table is found as
one grid, so that a cell that spans columns or rows is known to span them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.documents.pdf.content import Drawings, Edge, Grid, GridCell, Words

SNAP = 3.0
"""Edges this near to one another are one edge, and edges this near to touching touch."""
MOST_EDGES = 4_000
"""A page with more joined edges than this is a drawing, not a table."""
_MOST_LINES = 400
_SHORTEST = 4.0
_INTO = 2.0
_STRUCK_LOW, _STRUCK_HIGH = 0.15, 0.5  # how high above its base line a word is struck out, in letter sizes
_NARROWEST = 6.0  # columns or rows that are narrower on average hold no text


@dataclass(slots=True)
class _Part:
    """Edges that hang together."""

    level: list[Edge]
    upright: list[Edge]


def grids(drawings: Drawings) -> tuple[list[Grid], list[Edge]]:
    """Returns the grids of a page, and the level lines that belong to none."""
    if not drawings.level:
        return [], []
    level, upright = joined(drawings.level), joined(drawings.upright)
    if len(level) + len(upright) > MOST_EDGES:
        return [], []
    found: list[Grid] = []
    loose: list[Edge] = []
    for part in _parts(level, upright):
        grid = _grid(part) if part.upright else None
        if grid is None:
            loose += part.level
        else:
            found.append(grid)
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0])), loose


def walls_through(grid: Grid, words: Words) -> Iterator[tuple[int, float]]:
    """Yields the words that an upright wall of the grid runs through: where they stand among the words, and the wall.

    No word is yielded twice.
    """
    crossed: dict[int, float] = {}
    for column, wall in enumerate(grid.xs[1:-1], 1):
        left, right = wall - _INTO, wall + _INTO
        for index, (begin, end) in enumerate(zip(words.lefts, words.rights, strict=True)):
            if begin < left and end > right and _is_wall(grid, column, words.bases[index] - _INTO):
                crossed.setdefault(index, wall)
    yield from sorted(crossed.items())


def words_through(edge: Edge, words: Words) -> Iterator[int]:
    """Yields the words that a level line is drawn through: a line that begins or ends with a word, as if to delete it."""
    hit = []
    for index, (base, style) in enumerate(zip(words.bases, words.styles, strict=True)):
        if _STRUCK_LOW * style.size < base - edge.at < _STRUCK_HIGH * style.size:
            left, right = words.lefts[index], words.rights[index]
            if min(right, edge.end) - max(left, edge.start) > min(SNAP, (right - left) / 2):
                hit.append(index)
    if hit and (abs(words.lefts[hit[0]] - edge.start) < SNAP or abs(words.rights[hit[-1]] - edge.end) < SNAP):
        yield from hit


def _is_wall(grid: Grid, column: int, y: float) -> bool:
    """Whether the upright line before a column is drawn at a height."""
    row = bisect_right(grid.ys, y) - 1
    if not 0 <= row < len(grid.ys) - 1:
        return False
    return not any(
        cell.row <= row < cell.row + cell.rows and cell.column < column < cell.column + cell.columns
        for cell in grid.cells
    )


def joined(edges: Iterable[Edge]) -> list[Edge]:
    """Returns the edges with those that lie on one line and touch made one."""
    result: list[Edge] = []
    for group in _snapped(sorted(edges)):
        at = sorted(edge.at for edge in group)[len(group) // 2]
        current: Edge | None = None
        for edge in sorted(group, key=lambda edge: (edge.start, edge.end)):
            if current is not None and edge.start <= current.end + SNAP:
                current = Edge(at, current.start, max(current.end, edge.end), current.ruled or edge.ruled)
                continue
            if current is not None:
                result.append(current)
            current = Edge(at, edge.start, edge.end, edge.ruled)
        if current is not None:
            result.append(current)
    return [edge for edge in result if edge.end - edge.start >= _SHORTEST]


def _snapped(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Returns sorted edges in groups that lie on one line."""
    groups: list[list[Edge]] = []
    for edge in edges:
        if groups and edge.at - groups[-1][0].at <= SNAP:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return groups


def _parts(level: Sequence[Edge], upright: Sequence[Edge]) -> list[_Part]:
    """Returns the edges in groups that touch one another, from the top of the page."""
    parents = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    heights = [edge.at for edge in level]
    for number, post in enumerate(upright, len(level)):
        for index in range(bisect_right(heights, post.start - SNAP), bisect_right(heights, post.end + SNAP)):
            if level[index].start - SNAP <= post.at <= level[index].end + SNAP:
                parents[root(index)] = root(number)
    parts: dict[int, _Part] = {}
    for index, edge in enumerate(level):
        parts.setdefault(root(index), _Part([], [])).level.append(edge)
    for number, edge in enumerate(upright, len(level)):
        parts.setdefault(root(number), _Part([], [])).upright.append(edge)
    return list(parts.values())


def _grid(part: _Part) -> Grid | None:
    """Returns the grid that edges which hang together draw; ``None`` where they enclose nothing."""
    if len(part.level) < 2:
        return None
    ys = _lines(part.level)
    left, right = min(edge.start for edge in part.level), max(edge.end for edge in part.level)
    xs = _lines(part.upright)
    if xs[0] - left > 3 * SNAP:
        xs.insert(0, left)
    if right - xs[-1] > 3 * SNAP:
        xs.append(right)
    if len(xs) < 2 or len(xs) > _MOST_LINES or len(ys) > _MOST_LINES:
        return None
    part.level += _open_ends(part, xs, ys)
    ys = _lines(part.level)
    if xs[-1] - xs[0] < _NARROWEST * (len(xs) - 1) or ys[-1] - ys[0] < _NARROWEST * (len(ys) - 1):
        return None
    walls = _Walls(part, xs, ys)
    cells = walls.cells()
    if not cells:
        return None
    ruled = sum(edge.ruled for edge in part.level + part.upright) * 2 >= len(part.level) + len(part.upright)
    return _trimmed(xs, ys, cells, ruled)


def _open_ends(part: _Part, xs: Sequence[float], ys: Sequence[float]) -> list[Edge]:
    """Returns the lines that close a table above and below where a page break left it open."""
    posts = [[edge for edge in part.upright if abs(edge.at - x) <= SNAP] for x in (xs[0], xs[-1])]
    if not all(posts):
        return []
    top = max(min(edge.start for edge in post) for post in posts)
    bottom = min(max(edge.end for edge in post) for post in posts)
    ends = [at for at, outside in ((top, ys[0] - top), (bottom, bottom - ys[-1])) if outside > 2 * SNAP]
    return [Edge(at, xs[0], xs[-1], True) for at in ends]


def _lines(edges: Sequence[Edge]) -> list[float]:
    places: list[float] = []
    for at in sorted(edge.at for edge in edges):
        if not places or at - places[-1] > SNAP:
            places.append(at)
    return places


class _Walls:
    """Which walls stand between the smallest fields of a grid."""

    def __init__(self, part: _Part, xs: Sequence[float], ys: Sequence[float]) -> None:
        self._columns, self._rows = len(xs) - 1, len(ys) - 1
        self._beside = [[False] * self._rows for _ in xs]
        self._above = [[False] * self._columns for _ in ys]
        for edge in part.upright:
            column = _nearest(xs, edge.at)
            for row in range(self._rows):
                if edge.start - SNAP <= (ys[row] + ys[row + 1]) / 2 <= edge.end + SNAP:
                    self._beside[column][row] = True
        for edge in part.level:
            line = _nearest(ys, edge.at)
            for column in range(self._columns):
                if edge.start - SNAP <= (xs[column] + xs[column + 1]) / 2 <= edge.end + SNAP:
                    self._above[line][column] = True
        self._close_ends()

    def cells(self) -> list[GridCell]:
        """Returns the cells: fields without a wall between them belong together."""
        taken = [[False] * self._columns for _ in range(self._rows)]
        found: list[GridCell] = []
        for row in range(self._rows):
            for column in range(self._columns):
                if taken[row][column]:
                    continue
                cell = self._grown(row, column, taken)
                for y in range(cell.row, cell.row + cell.rows):
                    for x in range(cell.column, cell.column + cell.columns):
                        taken[y][x] = True
                if self._is_closed(cell):
                    found.append(cell)
        return found

    def _grown(self, row: int, column: int, taken: Sequence[Sequence[bool]]) -> GridCell:
        columns = 1
        while (
            column + columns < self._columns
            and not self._beside[column + columns][row]
            and not taken[row][column + columns]
        ):
            columns += 1
        rows = 1
        while (
            row + rows < self._rows
            and all(
                not self._above[row + rows][x] and not taken[row + rows][x] for x in range(column, column + columns)
            )
            and not any(self._beside[x][row + rows] for x in range(column + 1, column + columns))
        ):
            rows += 1
        return GridCell(row, column, rows, columns)

    def _is_closed(self, cell: GridCell) -> bool:
        right, below = cell.column + cell.columns, cell.row + cell.rows
        return all(self._above[cell.row][x] and self._above[below][x] for x in range(cell.column, right)) and all(
            self._beside[cell.column][y] and self._beside[right][y] for y in range(cell.row, below)
        )

    def _close_ends(self) -> None:
        """Closes rows whose lines run out to the left or right without an upright line at their ends."""
        for row in range(self._rows):
            for outer, column in ((0, 0), (self._columns, self._columns - 1)):
                if self._above[row][column] and self._above[row + 1][column]:
                    self._beside[outer][row] = True


def _nearest(places: Sequence[float], at: float) -> int:
    return min(range(len(places)), key=lambda index: abs(places[index] - at))


def _trimmed(xs: Sequence[float], ys: Sequence[float], cells: Sequence[GridCell], ruled: bool) -> Grid:
    """Returns the grid without lines at which no cell begins or ends."""
    columns = sorted({edge for cell in cells for edge in (cell.column, cell.column + cell.columns)})
    rows = sorted({edge for cell in cells for edge in (cell.row, cell.row + cell.rows)})
    return Grid(
        tuple(xs[index] for index in columns),
        tuple(ys[index] for index in rows),
        tuple(
            GridCell(
                rows.index(cell.row),
                columns.index(cell.column),
                rows.index(cell.row + cell.rows) - rows.index(cell.row),
                columns.index(cell.column + cell.columns) - columns.index(cell.column),
            )
            for cell in cells
        ),
        ruled,
    )
