"""The order in which a page is read: what stands in columns is read column by column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple, TypeVar

from checker.documents.pdf.aligned import columns
from checker.documents.pdf.content import Box, Placed
from checker.documents.pdf.lines import Line, rows
from checker.documents.pdf.symbols import BULLETS

_NEAR = 3.0
_NARROWEST_GUTTER = 6.0
_FEWEST_LINES = 3
_NARROWEST = 0.2
_MOST_CANDIDATES = 10
_MOST_PIECES = 600
_DEEPEST = 12
_ALIKE = 0.85
_FAR = 40.0
_MOST_BESIDE = 0.85
_MOST_APART = 0.4
_FROM_ABOVE = attrgetter("top", "x0")


Item = TypeVar("Item", bound=Placed)


class _Split(NamedTuple):
    """Where a gutter parts a page: at ``at``, from ``top`` to ``bottom``."""

    at: float
    top: float
    bottom: float
    weight: int


def flows(items: Sequence[Item], depth: int = 0) -> list[list[Item]]:
    """Returns what stands on a page in the order of reading.

    Args:
        items: Pieces of lines, tables, pictures.
        depth: How often the page was parted already.

    Returns:
        Stretches that are read from top to bottom, one after another: what stands above two columns, the left one, the
        right one, what stands below.
    """
    if not items:
        return []
    split = _split(items) if len(items) <= _MOST_PIECES and depth < _DEEPEST else None
    if split is None:
        return [sorted(items, key=_FROM_ABOVE)]
    parts: tuple[list[Item], ...] = ([], [], [], [])
    for item in items:
        middle = (item.top + item.bottom) / 2
        if middle < split.top:
            parts[0].append(item)
        elif middle > split.bottom:
            parts[3].append(item)
        else:
            parts[1 if item.x1 <= split.at + 1 else 2].append(item)
    if sum(map(bool, parts)) < 2:
        return [sorted(items, key=_FROM_ABOVE)]
    return [flow for part in parts for flow in flows(part, depth + 1)]


def _split(items: Sequence[Item]) -> _Split | None:
    """Returns the gutter that parts most lines; ``None`` where the page is one column."""
    left, right = min(item.x0 for item in items), max(item.x1 for item in items)
    found = []
    ordered = sorted(items, key=_middle)
    for at in _candidates(items, left, right):
        across = sorted((item for item in items if item.x0 < at - 1 and item.x1 > at + 1), key=lambda item: item.top)
        beside = [item for item in ordered if not (item.x0 < at - 1 and item.x1 > at + 1)]
        middles = list(map(_middle, beside))
        for top, bottom in pairwise([-1e9, *map(_middle, across), 1e9]):
            inside = beside[bisect_right(middles, top) : bisect_left(middles, bottom)]
            split = _judged(inside, at, right - left, top + 0.01, bottom - 0.01)
            if split is not None:
                found.append(split)
    return max(found, key=lambda split: (split.weight, -split.top, -split.at)) if found else None


def _middle(item: Item) -> float:
    return (item.top + item.bottom) / 2


def _candidates(items: Sequence[Item], left: float, right: float) -> list[float]:
    """Returns where right-hand columns could begin, the likeliest first."""
    starts = sorted(
        (item.x0, 1 if isinstance(item, Line) else 3) for item in items if item.x0 > left + _NARROWEST * (right - left)
    )
    groups: list[tuple[float, int]] = []
    for start, weight in starts:
        if groups and start - groups[-1][0] <= _NEAR:
            groups[-1] = (groups[-1][0], groups[-1][1] + weight)
        else:
            groups.append((start, weight))
    groups.sort(key=lambda group: (-group[1], group[0]))
    return [start - 0.5 for start, weight in groups[:_MOST_CANDIDATES] if weight > 1 or len(items) < 8]


def _judged(inside: Sequence[Item], at: float, width: float, highest: float, lowest: float) -> _Split | None:
    """Returns the stretch beside which two columns stand; ``None`` where it is one column or a table."""
    sides = _sides(inside, at)
    if not all(sides) or min(item.x0 for item in sides[1]) - max(item.x1 for item in sides[0]) < _NARROWEST_GUTTER:
        return None
    begin, end = _stretch(*sides)
    top, bottom = max(begin, highest), min(end, lowest)
    sides = _sides([item for item in inside if top <= (item.top + item.bottom) / 2 <= bottom], at)
    if not all(sides) or min(map(_width, sides)) < _NARROWEST * width:
        return None
    lines = [_lines(side) for side in sides]
    weight = min(map(_count, sides, lines))
    if weight < _FEWEST_LINES or (all(lines) and _is_table(*lines)):
        return None
    return _Split(at, top, bottom, weight)


def _sides(items: Sequence[Item], at: float) -> tuple[list[Item], list[Item]]:
    """Returns what stands on the left and on the right of a gutter."""
    return [item for item in items if item.x1 <= at + 1], [item for item in items if item.x1 > at + 1]


def _stretch(left: Sequence[Item], right: Sequence[Item]) -> tuple[float, float]:
    """Returns from where to where both columns go; what stands far above or below one of them belongs to neither."""
    sides = [sorted(side, key=lambda item: item.top) for side in (left, right)]
    begin, end = -1e9, 1e9
    for side, other in (sides, reversed(sides)):
        highest, lowest = min(item.top for item in other), max(item.bottom for item in other)
        reach = side[0].bottom
        for item in side:
            if item.top - reach > _FAR:
                if reach <= highest:
                    begin = max(begin, reach)
                elif item.top >= lowest:
                    end = min(end, item.top)
            reach = max(reach, item.bottom)
    return begin, end


def _width(items: Sequence[Item]) -> float:
    return max(item.x1 for item in items) - min(item.x0 for item in items)


def _lines(items: Sequence[Item]) -> list[list[Line]]:
    return rows(item for item in items if isinstance(item, Line) and not item.turned)


def _count(items: Sequence[Item], lines: Sequence[object]) -> int:
    """Returns how many lines a column has, a table or box counted by its height."""
    others = sum((item.bottom - item.top) / 14 for item in items if not isinstance(item, Line))
    return len(lines) + int(others)


def _is_table(left: Sequence[list[Line]], right: Sequence[list[Line]]) -> bool:
    """Whether lines beside one another are rows of a table without ruling lines, not columns to read one by one."""
    if _are_labels(left, right):
        return True
    if _beside(left, right) < _MOST_BESIDE:
        starts = [_starts(left), _starts(right)]
        if min(map(len, starts)) < _FEWEST_LINES or _beside(*starts) < _MOST_BESIDE:
            return False
    if _is_listed(left) and _is_listed(right):
        return False
    sides = [[row[-1] for row in left], [row[0] for row in right]]
    if not all(map(flows_on, sides)) or not (_is_even(left) and _is_even(right)):
        return True
    widths = [box_of(side).width for side in sides]
    if min(widths) > _ALIKE * max(widths):
        return False
    gaps = [_gaps(left), _gaps(right)]
    shared = sum(any(other < end and begin < after for other, after in gaps[1]) for begin, end in gaps[0])
    return shared >= 2 and shared >= 0.8 * max(map(len, gaps))


def _are_labels(left: Sequence[list[Line]], right: Sequence[list[Line]]) -> bool:
    """Whether one column holds labels that stand apart, each on the height of the first line of what it is a label of.

    What stands above or below all of the other column, such as a heading, belongs to neither.
    """
    fewer, more = sorted((left, right), key=len)
    near = 0.25 * more[0][0].size
    labels = [row for row in fewer if more[0][0].base - near <= row[0].base <= more[-1][0].base + near]
    if len(labels) < _FEWEST_LINES or len(labels) >= len(more) or _beside(labels, more) < _MOST_BESIDE:
        return False
    leading = min(below[0].base - row[0].base for row, below in pairwise(more))
    apart = sum(below[0].base - row[0].base > 1.5 * leading for row, below in pairwise(labels))
    return apart >= _MOST_APART * (len(labels) - 1)


def _beside(left: Sequence[list[Line]], right: Sequence[list[Line]]) -> float:
    """Returns which share of the lines of the shorter column stand on the same height as one of the other."""
    fewer, more = sorted((left, right), key=len)
    bases = sorted(row[0].base for row in more)
    beside = 0
    for row in fewer:
        near = 0.25 * row[0].size
        place = bisect_left(bases, row[0].base - near)
        beside += place < len(bases) and bases[place] <= row[0].base + near
    return beside / len(fewer)


def _starts(lines: Sequence[list[Line]]) -> list[list[Line]]:
    """Returns the lines that stand below a gap that is wider than usual, and the first."""
    tops = {top for _, top in _gaps(lines)}
    return [row for number, row in enumerate(lines) if number == 0 or row[0].top in tops]


def _gaps(lines: Sequence[list[Line]]) -> list[tuple[float, float]]:
    """Returns the gaps between lines that are wider than usual, each from where to where."""
    steps = sorted(below[0].base - row[0].base for row, below in pairwise(lines))
    if not steps:
        return []
    usual = steps[len(steps) // 4]
    return [
        (row[0].bottom, below[0].top) for row, below in pairwise(lines) if below[0].base - row[0].base > 1.25 * usual
    ]


def flows_on(pieces: Sequence[Line]) -> bool:
    """Whether lines are running text: most go to the end of the column and hold several words."""
    box = box_of(pieces)
    long = sum(piece.x1 - box.x0 >= 0.75 * box.width for piece in pieces)
    words = sorted(len(piece.tokens) for piece in pieces)
    return 2 * long >= len(pieces) and words[len(words) // 2] >= 4


def _is_listed(lines: Sequence[list[Line]]) -> bool:
    """Whether lines are the items of a list."""
    return 3 * sum(row[0].tokens[0] in BULLETS for row in lines) >= len(lines)


def _is_even(lines: Sequence[list[Line]]) -> bool:
    """Whether further columns beside this one are about as wide, as in a leaflet and not in a table."""
    widths = [end - begin for begin, end in columns(lines)]
    return len(widths) < 2 or min(widths) >= 0.5 * max(widths)


def box_of(items: Sequence[Item]) -> Box:
    """Returns the smallest box around things on a page."""
    return Box(
        min(item.x0 for item in items),
        min(item.top for item in items),
        max(item.x1 for item in items),
        max(item.bottom for item in items),
    )
