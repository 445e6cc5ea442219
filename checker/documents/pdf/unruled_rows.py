"""The rows of a table without lines: strips between blanks, put together so that each row's cells keep one height."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
class Part:
    """Strips that surely stand in one row.

    Attributes:
        strips: The strips.
        tops: For each column that they fill, where its text begins.
        bottoms: Where it ends.
        bold: Whether all of it is bold.
    """

    strips: list[Strip]
    tops: dict[int, float]
    bottoms: dict[int, float]
    bold: bool


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
            parts.append(Part([], {}, {}, True))
        part = parts[-1]
        part.strips.append(strip)
        part.bold = part.bold and all(piece.bold for piece in strip.pieces)
        for column, piece in placed:
            part.tops.setdefault(column, piece.top)
            part.bottoms[column] = max(part.bottoms.get(column, piece.bottom), piece.bottom)
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
        best, best_begin = float("inf"), end - 1
        lower = parts[end - 1]
        tops, bottoms, within = dict(lower.tops), lower.bottoms, 0.0
        least = min(costs[-_MOST_IN_ROW:])
        for begin in range(end - 1, max(-1, end - 1 - _MOST_IN_ROW), -1):
            upper = parts[begin]
            if begin < end - 1:
                within += _against(upper, parts[begin + 1], tops)
                if least + within >= best:
                    break
                tops.update(upper.tops)
                bottoms = upper.bottoms | bottoms
            cost = costs[begin] + within
            if end > rests:
                cost += _BLANK * (width - len(tops)) + (_BLANK_FIRST if 0 not in tops else 0.0)
            if cost < best:
                cost += _stray(tops, bottoms, upper.strips[0].pieces[0].size, middle)
                if cost < best:
                    best, best_begin = cost, begin
            if within >= width:
                break
        costs.append(best)
        begins.append(best_begin)
    result: list[Part] = []
    end = len(parts)
    while end:
        result.append(_together(parts[begins[end] : end]))
        end = begins[end]
    return _Rows(costs[-1], result[::-1])


def _against(upper: Part, lower: Part, row: Mapping[int, float]) -> float:
    """Returns what speaks against a part in the row of those below it: several cells that go on, a heading.

    Args:
        upper: The part.
        lower: The one right below it.
        row: What all those below it that are in the row fill.
    """
    shared = len(upper.tops.keys() & row.keys())
    cost = _WITHIN if shared < 2 else shared - 1.0
    if lower.bold != upper.bold or (upper.bold and len(upper.tops) > 1 and lower.tops.keys() == {0}):
        cost += _HEADING
    return cost


def _together(parts: Sequence[Part]) -> Part:
    strips = [strip for part in parts for strip in part.strips]
    tops: dict[int, float] = {}
    bottoms: dict[int, float] = {}
    for part in parts:
        tops = part.tops | tops
        bottoms.update(part.bottoms)
    return Part(strips, tops, bottoms, all(part.bold for part in parts))


def is_crooked(row: Part) -> bool:
    """Whether the cells of a row neither begin nor have their middle at one height."""
    size = row.strips[0].pieces[0].size
    return min(_stray(row.tops, row.bottoms, size, middle) for middle in (False, True)) > _CROOKED * (len(row.tops) - 1)


def _stray(tops: Mapping[int, float], bottoms: Mapping[int, float], size: float, middle: bool) -> float:
    """Returns how far the cells of a row stand from where the others do, in letter sizes."""
    if len(tops) < 2:
        return 0.0
    if middle:
        places = sorted([(top + bottoms[column]) / 2 for column, top in tops.items()])
        usual = places[len(places) // 2]
        return sum([abs(place - usual) for place in places]) / size
    usual = min(tops.values())
    return sum([top - usual for top in tops.values()]) / size
