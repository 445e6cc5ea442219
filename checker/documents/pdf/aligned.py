"""Tables without upright lines: columns that the words themselves keep to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.documents.counting import in_figures
from checker.documents.pdf.lines import Line, whole
from checker.documents.pdf.symbols import BULLETS

_FEWEST_ROWS = 3
_NEAR = 4.0
_MARK = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\(\d{1,2}\)|\d{1,2}(?:\.\d{1,2}){1,4}\.?|[A-Z][.)]")
_E_MAIL = re.compile(r"\w@\w")
_TELEPHONE = re.compile(r"\b0\d{2,4}[ )]\s?\d{3,4}")
_PAGE = re.compile(r"\d{1,3}|[ivxl]{1,5}")
_FARTHEST = 1.9
_SHORT = 8
_WIDE = 0.5
_JUST = 0.6
_GUTTER = 2.0

Lines = list[list[Line]]
"""Lines of pieces with wide gaps between them."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Lines that make a table.

    Attributes:
        edges: Where its columns begin, and where the last ends.
        rows: For each row its lines.
    """

    edges: tuple[float, ...]
    rows: tuple[Lines, ...]


def columns(lines: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """Returns from where to where the columns go that lines of several pieces keep to; one or none if they do not."""
    return merged([(piece.x0, piece.x1) for line in lines if len(line) > 1 for piece in line])


def merged(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Returns stretches with those that overlap, or nearly, made one."""
    result: list[tuple[float, float]] = []
    for begin, end in sorted(stretches):
        if result and begin < result[-1][1] + _GUTTER:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((begin, end))
    return result


def edges_between(stretches: Sequence[tuple[float, float]], left: float, right: float) -> tuple[float, ...]:
    """Returns where columns begin and where the last ends, given from where to where their words go."""
    return (left, *(begin - _NEAR / 2 for begin, _ in stretches[1:]), right)


def begins_of(edges: Sequence[float]) -> tuple[float, ...]:
    """Returns where the words of columns begin, given their edges as :func:`edges_between` tells them."""
    return (edges[0], *(edge + _NEAR / 2 for edge in edges[1:-1]))


def aligned_tables(lines: Lines) -> list[Lines | Aligned]:
    """Returns lines with those that make tables without ruling lines as tables.

    Cards side by side, such as those of two people to write to, are read one after the other.

    Args:
        lines: The lines of one column of the page, from top to bottom.
    """
    lines = parted(_with_marks(lines))
    result: list[Lines | Aligned] = []
    loose: Lines = []
    index = 0
    while index < len(lines):
        stretch = _stretch(lines, index) if len(lines[index]) > 1 else []
        table = _table(stretch) if len(stretch) >= _FEWEST_ROWS else None
        if table is None:
            loose.append(lines[index])
            index += 1
            continue
        if loose:
            result.append(loose)
            loose = []
        result += _cards(table) if _are_cards(table) else [table]
        index += len(stretch)
    if loose:
        result.append(loose)
    return result


def parted(lines: Lines, farthest: float = _FARTHEST, shortest: int = _SHORT) -> Lines:
    """Returns lines with short ones in pieces where a word begins just under or over a column of the next line.

    The widest word of a column often leaves no more than a blank before the next column.

    Args:
        lines: The lines from top to bottom.
        farthest: How far apart two lines may stand, in letter sizes.
        shortest: Of how many words a piece is short, so that no gap need be seen in it.
    """
    result = [list(line) for line in lines]
    indices = range(len(lines))
    for index, other in (*pairwise(indices), *pairwise(reversed(indices))):
        guide, line = result[index], result[other]
        if len(guide) == 1 or guide[0].is_item or line[0].is_item or abs(guide[0].x0 - line[0].x0) > _NEAR:
            continue
        if abs(guide[0].base - line[0].base) > farthest * guide[0].size:
            continue
        for column in guide[1:]:
            for place, piece in enumerate(line):
                at = next((word for word, left in enumerate(piece.lefts) if abs(left - column.x0) <= _JUST), 0)
                if at and (
                    len(piece.tokens) <= shortest or piece.lefts[at] - piece.rights[at - 1] > _WIDE * piece.size
                ):
                    line[place : place + 1] = piece.parted(at)
                    break
    return result


def _with_marks(lines: Lines) -> Lines:
    """Returns the lines of lists with their bullet or number in one piece with the text."""
    wide = [line for line in lines if len(line) > 1]
    marked = [line[0].text in BULLETS or bool(_MARK.fullmatch(line[0].text)) for line in wide]
    listed = {
        id(line)
        for index, line in enumerate(wide)
        if marked[index] and any(marked[near] for near in (index - 1, index + 1) if 0 <= near < len(wide))
    }
    return [[whole(line[:2]), *line[2:]] if id(line) in listed else line for line in lines]


def _are_cards(table: Aligned) -> bool:
    """Whether columns hold addresses or numbers of the same kind side by side, which no table of one subject does."""
    return any(
        len([piece for line in row for piece in line if kind.search(piece.text)]) > 1
        for row in table.rows
        for kind in (_E_MAIL, _TELEPHONE)
    )


def _cards(table: Aligned) -> list[Lines | Aligned]:
    """Returns each column of a table as lines of its own."""
    fields: list[Lines] = [[] for _ in table.edges[1:]]
    for row in table.rows:
        for line in row:
            for piece in line:
                column = max(bisect_right(table.edges, piece.x0 + _NEAR) - 1, 0)
                fields[min(column, len(fields) - 1)].append([piece])
    return [lines for lines in fields if lines]


def _stretch(lines: Lines, start: int) -> Lines:
    """Returns the lines from one on that keep to the same columns."""
    taken: Lines = []
    fields: list[tuple[float, float]] = []
    for line in lines[start:]:
        if taken:
            above = taken[-1][0]
            size = max(above.size, line[0].size)
            far = line[0].base - above.base > (3.2 if len(line) > 1 else _FARTHEST) * size
            if far or any(piece.turned for piece in line):
                break
        if len(line) > 1:
            together = merged([*fields, *((piece.x0, piece.x1) for piece in line)])
            if len(together) < 2 or (
                len(together) < len(fields) and sum(len(row) > len(together) for row in taken) > 1
            ):
                break
            fields = together
        elif not _within(line[0], fields):
            break
        taken.append(line)
    while taken and len(taken[-1]) == 1 and column_of(taken[-1][0], fields) == 0:
        taken.pop()
    return taken


def _within(piece: Line, fields: Sequence[tuple[float, float]]) -> bool:
    """Whether a line of one piece keeps to a column: the rest of a cell, or a row whose other cells are blank."""
    column = column_of(piece, fields)
    after = fields[column + 1][0] if column + 1 < len(fields) else float("inf")
    return piece.x0 >= fields[column][0] - _NEAR and piece.x1 < after - _NEAR


def column_of(piece: Line, fields: Sequence[tuple[float, float]]) -> int:
    """Returns in which column a piece begins."""
    for index in range(len(fields) - 1, 0, -1):
        if piece.x0 >= fields[index][0] - _NEAR:
            return index
    return 0


def _table(lines: Lines) -> Aligned | None:
    fields = columns(lines)
    if len(fields) < 2:
        return None
    found = _rows(lines, fields)
    full = [row for row in found if len({column_of(piece, fields) for line in row for piece in line}) > 1]
    enough = _FEWEST_ROWS if len(fields) == 2 else _FEWEST_ROWS - 1
    if len(full) < enough or 3 * len(full) < 2 * len(found):
        return None
    if is_list(full, fields) or is_contents(full, fields):
        return None
    left = min(piece.x0 for line in lines for piece in line)
    right = max(piece.x1 for line in lines for piece in line)
    return Aligned(edges_between(fields, left, right), tuple(found))


def _rows(lines: Lines, fields: Sequence[tuple[float, float]]) -> list[Lines]:
    """Returns the lines in rows: apart where the gaps say so, else where the first column begins anew."""
    by_gap = _by_gaps(lines)
    if all(sum(column_of(line[0], fields) == 0 for line in row) >= 1 for row in by_gap) and len(by_gap) >= _FEWEST_ROWS:
        return by_gap
    found: list[Lines] = []
    for line in lines:
        alone = len(line) == 1 and line[0].text[:1].islower()
        is_new = column_of(line[0], fields) == 0 and not alone
        if not found or is_new or (_is_bold(found[-1]) and not _is_bold([line])):
            found.append([line])
        else:
            found[-1].append(line)
    return found


def _is_bold(lines: Lines) -> bool:
    return all(piece.bold for line in lines for piece in line)


def _by_gaps(lines: Lines) -> list[Lines]:
    steps = [below[0].base - line[0].base for line, below in pairwise(lines)]
    usual = min(steps)
    if sum(step > 1.3 * usual for step in steps) < 2 or not any(step <= 1.1 * usual for step in steps):
        return []
    found = [[lines[0]]]
    for step, line in zip(steps, lines[1:], strict=True):
        if step > 1.3 * usual or (_is_bold(found[-1]) and not _is_bold([line])):
            found.append([line])
        else:
            found[-1].append(line)
    return found


def is_list(found: Sequence[Lines], fields: Sequence[tuple[float, float]]) -> bool:
    """Whether the first column holds nothing but bullets and numbers, so that the rows are list items."""
    first = [row[0][0].text for row in found if column_of(row[0][0], fields) == 0]
    marks = sum(text in BULLETS or bool(_MARK.fullmatch(text)) for text in first)
    return len(fields) == 2 and 3 * marks >= 2 * len(first)


def is_contents(found: Sequence[Lines], fields: Sequence[tuple[float, float]]) -> bool:
    """Whether the last column holds nothing but page numbers that count on."""
    last = [line[-1].text for row in found for line in row if len(line) > 1]
    numbers = [number for number in map(in_figures, last) if number is not None]
    pages = sum(bool(_PAGE.fullmatch(text)) for text in last)
    return len(fields) <= 3 and pages >= 0.8 * len(last) and numbers == sorted(numbers)
