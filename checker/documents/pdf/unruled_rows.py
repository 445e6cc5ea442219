"""The rows of a table without lines: strips between blanks, put together so that each row's cells keep one height."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from checker.documents.pdf.aligned import column_of, merged
from checker.documents.pdf.lines import Line

SLACK = 0.12
"""How much further apart than usual, in letter sizes, two lines of one paragraph may stand."""

_WRAPPED = 1.12
_MOST_IN_ROW = 16
_BLANK = 0.4
_BLANK_FIRST = 0.3
_WITHIN = 0.1
_HEADING = 1.0
_CROOKED = 0.12

Fields = list[tuple[float, float]]
"""From where to where the words of each column go."""


@dataclass(slots=True)
class Strip:
    """Pieces of lines that stand beside each other, with nothing but blank above and below.

    Attributes:
        pieces: The pieces, by their upper edges.
        top: Its upper edge.
        bottom: Its lower edge.
        ordered: The pieces by the lines that their letters stand on.
        stretches: From where to where the pieces go.
    """

    pieces: Sequence[Line]
    top: float
    bottom: float
    ordered: Sequence[Line] = field(init=False)
    stretches: Fields = field(init=False)

    def __post_init__(self) -> None:
        """Works out once what is asked for again and again."""
        self.ordered = sorted(self.pieces, key=attrgetter("base"))
        self.stretches = merged((piece.x0, piece.x1) for piece in self.pieces)


@dataclass(slots=True)
class _Cell:
    """Where the text of a cell stands."""

    first: float
    last: float


@dataclass(slots=True)
class Part:
    """Strips that surely stand in one row, and where they fill its columns."""

    strips: list[Strip]
    cells: dict[int, _Cell] = field(default_factory=dict)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(piece.bold for strip in self.strips for piece in strip.pieces)


def leading_of(strips: Sequence[Strip], fields: Fields, usual: float) -> float:
    """Returns from line to line inside the cells, in letter sizes."""
    last: dict[int, Line] = {}
    distances = []
    for piece in sorted((piece for strip in strips for piece in strip.ordered), key=attrgetter("base")):
        column = column_of(piece, fields)
        above = last.get(column)
        if above is not None and abs(above.size - piece.size) < 0.5 and piece.base - above.base > 0.8 * piece.size:
            distances.append((piece.base - above.base) / piece.size)
        last[column] = piece
    least = min(distances, default=usual)
    return least if least <= _WRAPPED * usual else usual


def parts_of(strips: Sequence[Strip], fields: Fields, leading: float) -> list[Part]:
    """Returns the strips with those put together between which the lines of a cell go on."""
    parts: list[Part] = []
    last: dict[int, float] = {}
    for strip in strips:
        placed = [(column_of(piece, fields), piece) for piece in strip.ordered]
        goes_on = False
        for column, piece in placed:
            goes_on = goes_on or piece.base - last.get(column, -1e9) <= (leading + SLACK) * piece.size
        if not parts or not goes_on:
            parts.append(Part([]))
        part = parts[-1]
        part.strips.append(strip)
        for column, piece in placed:
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
    rows: list[Part]


def in_rows(parts: Sequence[Part], width: int, goes_on: bool = False) -> list[Part]:
    """Returns parts in rows, as the cells stand at the top of their rows or in the middle, whichever fits better.

    Args:
        parts: What surely stands in one row each.
        width: How many columns there are.
        goes_on: Whether the table begins on the page before, so that the first row may be the rest of one.
    """
    rests = 1 + parts[0].bold if goes_on else 0
    return min((_in_rows(parts, width, rests, middle) for middle in (False, True)), key=attrgetter("cost")).rows


def _in_rows(parts: Sequence[Part], width: int, rests: int, middle: bool) -> _Rows:
    """Returns parts in rows so that the cells of each row begin, or have their middle, at one height.

    A part with blank cells is a row of its own, or a further paragraph of a cell of the row above or below.
    """
    costs, begins = [0.0], [0]
    for end in range(1, len(parts) + 1):
        best = (float("inf"), end - 1)
        row: Part | None = None
        within = 0.0
        for begin in range(end - 1, max(-1, end - 1 - _MOST_IN_ROW), -1):
            if row is not None:
                within += _against(parts[begin], parts[begin + 1], row)
            row = parts[begin] if row is None else _together(parts[begin], row)
            cost = costs[begin] + within + _stray(row, middle)
            if end > rests:
                cost += _BLANK * (width - len(row.cells)) + (_BLANK_FIRST if 0 not in row.cells else 0.0)
            if cost < best[0]:
                best = cost, begin
            if within >= width:
                break
        costs.append(best[0])
        begins.append(best[1])
    result: list[Part] = []
    end = len(parts)
    while end:
        row = parts[begins[end]]
        for part in parts[begins[end] + 1 : end]:
            row = _together(row, part)
        result.append(row)
        end = begins[end]
    return _Rows(costs[-1], result[::-1])


def _against(upper: Part, lower: Part, row: Part) -> float:
    """Returns what speaks against a part in the row of those below it: several cells that go on, a heading.

    Args:
        upper: The part.
        lower: The one right below it.
        row: All those below it that are in the row.
    """
    shared = upper.cells.keys() & row.cells.keys()
    cost = _WITHIN if len(shared) < 2 else len(shared) - 1.0
    if lower.bold != upper.bold or (upper.bold and len(upper.cells) > 1 and lower.cells.keys() == {0}):
        cost += _HEADING
    return cost


def _together(upper: Part, lower: Part) -> Part:
    cells = dict(upper.cells)
    for column, cell in lower.cells.items():
        cells[column] = _Cell(cells[column].first, cell.last) if column in cells else cell
    return Part([*upper.strips, *lower.strips], cells)


def is_crooked(row: Part) -> bool:
    """Whether the cells of a row neither begin nor have their middle at one height."""
    return min(_stray(row, middle) for middle in (False, True)) > _CROOKED * (len(row.cells) - 1)


def _stray(row: Part, middle: bool) -> float:
    """Returns how far the cells of a row stand from where the others do, in letter sizes."""
    if len(row.cells) < 2:
        return 0.0
    size = row.strips[0].pieces[0].size
    places = [(cell.first + cell.last) / 2 if middle else cell.first for cell in row.cells.values()]
    usual = sorted(places)[len(places) // 2] if middle else min(places)
    return sum(abs(place - usual) for place in places) / size
