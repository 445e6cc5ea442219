"""Places the cells of rows in columns, where cells span columns and rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """Where a cell of a row stands.

    Attributes:
        source: Its index among the cells that the row holds; ``None`` for one that a cell above covers.
        column: Its column, from 0.
        columns: How many columns it spans.
    """

    source: int | None
    column: int
    columns: int


class Grid:
    """Remembers which columns the cells of the rows above still cover."""

    def __init__(self) -> None:
        self._covered: dict[int, int] = {}

    def place(self, spans: Sequence[tuple[int, int]]) -> list[Place]:
        """Returns where the cells of the next row stand, those that are covered from above among them.

        Args:
            spans: How many columns and rows each cell spans.
        """
        places: list[Place] = []
        below = {column: rows - 1 for column, rows in self._covered.items() if rows > 1}
        column = 0
        for index, (columns, rows) in enumerate(spans):
            column = self._skip(places, column)
            places.append(Place(index, column, columns))
            if rows > 1:
                below.update(dict.fromkeys(range(column, column + columns), rows - 1))
            column += columns
        self._skip(places, column)
        self._covered = below
        return places

    def _skip(self, places: list[Place], column: int) -> int:
        while column in self._covered:
            places.append(Place(None, column, 1))
            column += 1
        return column
