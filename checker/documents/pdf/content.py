"""What a page of a PDF holds, before anything is made of it: words, ruling lines, panels and pictures.

All places are on the page as it is shown: in points from its upper left corner, after cropping and turning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol


class Placed(Protocol):
    """Anything that stands on a page."""

    @property
    def x0(self) -> float:
        """Left edge."""

    @property
    def top(self) -> float:
        """Upper edge."""

    @property
    def x1(self) -> float:
        """Right edge."""

    @property
    def bottom(self) -> float:
        """Lower edge."""


class Box(NamedTuple):
    """A rectangle on the page as it is shown; ``top`` is above ``bottom`` and so the smaller number."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def area(self) -> float:
        """Area in square points."""
        return self.width * self.height

    def holds(self, other: Placed, tolerance: float = 0.0) -> bool:
        """Whether the other stands wholly inside."""
        return (
            self.x0 - tolerance <= other.x0
            and other.x1 <= self.x1 + tolerance
            and self.top - tolerance <= other.top
            and other.bottom <= self.bottom + tolerance
        )

    def holds_middle_of(self, other: Placed) -> bool:
        """Whether the other's middle stands inside."""
        return (
            self.x0 <= (other.x0 + other.x1) / 2 <= self.x1
            and self.top <= (other.top + other.bottom) / 2 <= self.bottom
        )


def around(boxes: Sequence[Box]) -> Box:
    """Returns the smallest box that holds all of them."""
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


class Style(NamedTuple):
    """How letters look.

    Attributes:
        size: Their size in points as it is shown.
        bold: Whether they are bold.
        font: The name of the font, without the letters that mark it as a part.
        unseen: Whether they are drawn so that nobody sees them, as the text under a scanned page is.
        white: Whether they are white, so that they are seen only on something darker.
    """

    size: float
    bold: bool
    font: str
    unseen: bool = False
    white: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The level words of a page in the order in which they are drawn, as lists side by side.

    Attributes:
        tokens: Their characters.
        firsts: The index of the first character on the page.
        lefts: Left edges.
        rights: Right edges.
        bases: The heights of the lines that they stand on.
        styles: How they look.
    """

    tokens: list[str]
    firsts: list[int]
    lefts: list[float]
    rights: list[float]
    bases: list[float]
    styles: list[Style]

    def chosen(self, indices: Sequence[int]) -> Words:
        """Returns the words at some places of the lists."""
        return Words(*([part[index] for index in indices] for part in self._parts()))

    def __add__(self, other: Words) -> Words:
        return Words(*(mine + others for mine, others in zip(self._parts(), other._parts(), strict=True)))

    def cut(self, start: int, end: int) -> Words:
        """Returns the words from one place of the lists to before another."""
        return Words(*(part[start:end] for part in self._parts()))

    def _parts(self) -> tuple[list[Any], ...]:
        return self.tokens, self.firsts, self.lefts, self.rights, self.bases, self.styles


class Edge(NamedTuple):
    """A ruling line, or a side of a filled panel.

    Attributes:
        at: Where it stands: its height for a level one, its distance from the left for an upright one.
        start: Where it begins along its length.
        end: Where it ends.
        ruled: Whether it is drawn as a line; otherwise it is only where a panel's colour ends.
    """

    at: float
    start: float
    end: float
    ruled: bool


class Picture(NamedTuple):
    """A picture of a size that could hold text.

    Attributes:
        x0: Left edge.
        top: Upper edge.
        x1: Right edge.
        bottom: Lower edge.
        drawn: Whether it is drawn of lines and curves, not an image.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Drawings:
    """What is drawn on a page beside its text.

    Attributes:
        level: Level edges.
        upright: Upright edges.
        pictures: The pictures.
        panels: Boxes that are filled or framed in one go, with sharp or round corners.
        dots: Small filled shapes, as some programs draw the bullets of lists.
        dark: Panels and pictures on which white letters can be seen.
        cut: Whether there were more drawings than are looked at.
    """

    level: Sequence[Edge] = ()
    upright: Sequence[Edge] = ()
    pictures: Sequence[Picture] = ()
    panels: Sequence[Box] = ()
    dots: Sequence[Box] = ()
    dark: Sequence[Box] = ()
    cut: bool = False


class GridCell(NamedTuple):
    """A cell of a grid: where it begins, and how many columns and rows it spans."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table, or a frame, which is a grid of one cell.

    Attributes:
        xs: Where its columns begin, and where the last one ends.
        ys: Where its rows begin, and where the last one ends.
        cells: Its cells in the order of rows.
        ruled: Whether lines were drawn, not only panels coloured.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    ruled: bool

    @property
    def box(self) -> Box:
        """Where it stands."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box_of(self, cell: GridCell) -> Box:
        """Where a cell stands."""
        return Box(
            self.xs[cell.column],
            self.ys[cell.row],
            self.xs[cell.column + cell.columns],
            self.ys[cell.row + cell.rows],
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is shown: the part of it that is seen, and how it is turned.

    Attributes:
        left: Left edge of what is shown, in the page's own coordinates, which run up from the lower left.
        bottom: Its lower edge.
        right: Its right edge.
        top: Its upper edge.
        turn: By how many degrees the page is turned clockwise: 0, 90, 180 or 270.
    """

    left: float
    bottom: float
    right: float
    top: float
    turn: int = 0

    @property
    def width(self) -> float:
        """Width as shown."""
        return self.top - self.bottom if self.turn in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        """Height as shown."""
        return self.right - self.left if self.turn in (90, 270) else self.top - self.bottom

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """Returns where a point of the page stands when it is shown."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def own(self, box: Placed) -> tuple[float, float, float, float]:
        """Returns where something stands in the page's own coordinates: left, bottom, right, top."""
        if self.turn == 0:
            left, bottom, right, top = self.left + box.x0, self.top - box.bottom, self.left + box.x1, self.top - box.top
        elif self.turn == 90:
            left, bottom = self.left + box.top, self.bottom + box.x0
            right, top = self.left + box.bottom, self.bottom + box.x1
        elif self.turn == 180:
            left, bottom = self.right - box.x1, self.bottom + box.top
            right, top = self.right - box.x0, self.bottom + box.bottom
        else:
            left, bottom = self.right - box.bottom, self.top - box.x1
            right, top = self.right - box.top, self.top - box.x0
        return round(left, 2), round(bottom, 2), round(right, 2), round(top, 2)
