"""Tables without any lines, found by the blank strips between their rows, wherever in its row the text of a cell stands.

Cells whose text stands in the middle of the row share no line of letters with their neighbours. What they do share:
a strip as wide as the table parts each row from the next, and is wider than the gaps inside any cell; and their text
begins, or has its middle, at one height. A row or two at the end of a page, or at the beginning, keep to the columns of
the table on the next page or the one before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from operator import attrgetter

from checker.documents.pdf.aligned import (
    Aligned,
    begins_of,
    column_of,
    edges_between,
    is_contents,
    is_list,
    merged,
    parted,
)
from checker.documents.pdf.columns import flows_on
from checker.documents.pdf.lines import Line, rows, whole
from checker.documents.pdf.symbols import BULLETS
from checker.documents.pdf.unruled_rows import (
    SLACK,
    Fields,
    Part,
    Strip,
    in_rows,
    is_crooked,
    leading_of,
    parts_of,
)

_NEAR = 2.5
_TOUCHING = 0.12
_USUAL_LEADING = 1.3
_FARTHEST = 3.2
_FARTHEST_ALONE = 2.0
_FARTHEST_BULLET = 2.2
_FEWEST_ROWS = 3
_WORDS_IN_PROSE = 5
_MOST_LINES_BESIDE = 12
_COLUMNS_OF_TABLE = 4
_MOST_PIECES = 1500
_MOST_STRIPS = 400
_MOST_TRIED = 4  # pieces in stretches that turn out to be no table, for each piece on the page: ordinary pages need 3
_MOST_GAPPED = 0.5
_ALIKE = 0.85
_FEWEST_LINES = 2
_MOST_HEADS = 3


def unruled_tables(lines: Sequence[Line], leading: float, above: Sequence[float] = ()) -> list[Aligned]:
    """Returns the tables without any lines that stand among lines, from the top.

    The search ends where it has been in vain for long, as on pages on which words are strewn.

    Args:
        lines: The pieces of lines of a page, column or frame.
        leading: The document's usual distance of lines in letter sizes; 0 where it is unknown.
        above: Where the columns begin of a table at the end of the page before, which may go on here.
    """
    apart = _parted(_at_columns(lines))
    if not above and sum(len(pieces) > 1 for pieces in apart) < _FEWEST_ROWS - 1:
        return []
    strips = _strips(apart)
    usual = leading or _USUAL_LEADING
    found: list[Aligned] = []
    index = begin = tried = 0
    if above and strips:
        last = _rest(strips, above) or _rest_below_heads(strips, above)
        table = _table(strips[:last], _fields(above, strips[:last]), usual, True) if last else None
        if table is not None:
            found.append(table)
            index = begin = last
    while index < len(strips) and tried <= _MOST_TRIED * len(lines):
        if len(strips[index].stretches) < 2:
            index += 1
            continue
        first, last, fields = _region(strips, index, begin, usual)
        table = _table(strips[first:last], fields, usual, alike=any(_is_alike(fields, other) for other in found))
        if table is None:
            tried += sum(len(strip.pieces) for strip in strips[first:last])
            index += 1
            continue
        found.append(table)
        index = begin = last
    return [table for table in found if not _is_page_of_columns(table, found, lines)]


def _at_columns(lines: Sequence[Line]) -> list[Line]:
    """Returns the pieces with those in two whose gap, too narrow to part a line, stands at a column of the next row."""
    turned = [line for line in lines if line.turned]
    level = parted(rows(line for line in lines if not line.turned), _FARTHEST, 0)
    return [*turned, *(piece for row in level for piece in row)]


def table_at_end(
    lines: Sequence[Line], leading: float, below: Sequence[float], found: Sequence[Aligned]
) -> Aligned | None:
    """Returns the table without lines at the end of a page that goes on on the next; ``None`` where there is none.

    Args:
        lines: The pieces of lines of the page.
        leading: The document's usual distance of lines in letter sizes; 0 where it is unknown.
        below: Where the columns begin of the table at the beginning of the next page.
        found: The tables without lines that were found on the page.
    """
    end = max((piece.bottom for table in found for line in table.rows[-1] for piece in line), default=0.0)
    strips = [strip for strip in _strips(_parted(lines)) if strip.top >= end - _NEAR]
    strips = strips[_beginning(strips, below) :]
    if not strips:
        return None
    table = _table(strips, _fields(below, strips), leading or _USUAL_LEADING, True)
    return None if table is None or _is_page_of_columns(table, [*found, table], lines) else table


def _is_page_of_columns(table: Aligned, found: Sequence[Aligned], lines: Sequence[Line]) -> bool:
    """Whether the text outside the tables keeps to a table's columns too, so that it is the page that has columns."""
    spans = [(made.rows[0][0][0].top, made.rows[-1][-1][0].bottom) for made in found]
    outside = [line for line in lines if not any(top - _NEAR < line.top < bottom for top, bottom in spans)]
    for begin in begins_of(table.edges)[1:]:
        beside = sum(abs(line.x0 - begin) <= _NEAR and len(line.tokens) >= _WORDS_IN_PROSE for line in outside)
        if beside > len(table.rows) and beside > sum(line.x0 < begin - _NEAR and line.x1 > begin for line in outside):
            return True
    return False


def _strips(apart: Sequence[Sequence[Line]]) -> list[Strip]:
    return [Strip(_with_bullets(pieces), pieces[0].top, max(piece.bottom for piece in pieces)) for pieces in apart]


def _parted(lines: Sequence[Line]) -> list[list[Line]]:
    """Returns the lines of each strip from the top; a blank right across parts each strip from the next.

    There are none where more stands on the page than on any that a person could read.
    """
    if len(lines) > _MOST_PIECES:
        return []
    strips: list[list[Line]] = []
    bottom = 0.0
    for line in sorted((line for line in lines if not line.turned), key=attrgetter("top", "x0")):
        if strips and line.top < bottom - _TOUCHING * line.size:
            strips[-1].append(line)
            bottom = max(bottom, line.bottom)
        else:
            strips.append([line])
            bottom = line.bottom
    return strips


def _with_bullets(pieces: Sequence[Line]) -> list[Line]:
    """Returns the pieces of a strip with the bullets of list items in one piece with their text."""
    if len(pieces) == 1 or not any(piece.text in BULLETS for piece in pieces):
        return list(pieces)
    result: list[Line] = []
    for row in rows(pieces):
        mark: Line | None = None
        for piece in row:
            if mark is not None and piece.x0 - mark.x1 < _FARTHEST_BULLET * piece.size:
                result[-1] = whole([result[-1], piece])
            else:
                result.append(piece)
            mark = piece if piece.text in BULLETS else None
    return result


def _region(strips: Sequence[Strip], seed: int, begin: int, leading: float) -> tuple[int, int, Fields]:
    """Returns from which to before which strip a table could go, and where its columns stand."""
    fields = strips[seed].stretches
    wide = 1
    last = seed + 1
    while last < min(len(strips), seed + _MOST_STRIPS):
        strip, above = strips[last], strips[last - 1]
        several = strip.stretches
        if not _is_near(above, strip):
            break
        together = _with_stretches(fields, several)
        if len(together) < max(2, len(several)):
            break
        if len(together) < len(fields) and wide > 1 and not _parted_by_head(strips[seed:last], fields, together):
            break
        if len(several) == 1 and _stands_apart(strip.pieces[0], above.pieces[0], fields):
            break
        wide += len(several) > 1
        fields = together
        last += 1
    while last > seed + 1 and _is_alone(strips[last - 1], fields):
        last -= 1
    first = seed
    while first > begin:
        strip, below = strips[first - 1], strips[first]
        together = _with_stretches(fields, strip.stretches)
        if len(together) < len(fields) or not _is_of_one_cell(strip, below, fields, leading):
            break
        fields = together
        first -= 1
    return first, last, fields


def _parted_by_head(strips: Sequence[Strip], fields: Fields, together: Fields) -> bool:
    """Whether columns that have become one were two only because a head stands in the middle of its column.

    Then the head fills one of the two, and what is below it nothing but the other.
    """
    for begin, end in together:
        inside = {column for column, field in enumerate(fields) if begin <= field[0] and field[1] <= end}
        head = inside & {column_of(piece, fields) for piece in strips[0].pieces}
        body = inside & {column_of(piece, fields) for strip in strips[1:] for piece in strip.pieces}
        if len(inside) > 1 and (len(head) > 1 or len(body) > 1):
            return False
    return True


def _under_their_heads(fields: Fields, strips: Sequence[Strip]) -> Fields:
    """Returns the columns with those made one of which the head alone stands in the one, and the rest in the other."""
    result = list(fields)
    for at in range(len(fields) - 2, -1, -1):
        together = [*result[:at], (result[at][0], result[at + 1][1]), *result[at + 2 :]]
        if len(together) > 1 and _stands_over(strips, result, at) and _parted_by_head(strips, result, together):
            result = together
    return result


def _stands_over(strips: Sequence[Strip], fields: Fields, at: int) -> bool:
    """Whether the first strip alone fills one of two columns, and others the other one."""
    head = {column_of(piece, fields) for piece in strips[0].pieces} & {at, at + 1}
    body = {column_of(piece, fields) for strip in strips[1:] for piece in strip.pieces} & {at, at + 1}
    return len(head) == len(body) == 1 and head != body


def _with_stretches(fields: Fields, several: Fields) -> Fields:
    """Returns columns that hold the words of one more strip."""
    for begin, end in several:
        if not any(left <= begin and end <= right for left, right in fields):
            return merged([*fields, *several])
    return fields


def _stands_apart(piece: Line, above: Line, fields: Fields) -> bool:
    """Whether a line of its own is the heading of what follows a table."""
    return column_of(piece, fields) == 0 and piece.size > 1.08 * above.size


def _is_alone(strip: Strip, fields: Fields) -> bool:
    """Whether nothing but the first column is filled, as it is where text goes on below a table."""
    return all(column_of(piece, fields) == 0 for piece in strip.pieces)


def _is_of_one_cell(strip: Strip, below: Strip, fields: Fields, leading: float) -> bool:
    """Whether a strip holds the first lines of a cell that reaches higher than the others of its row."""
    columns = {column_of(piece, fields) for piece in strip.pieces}
    if len(columns) > 1:
        return False
    under = [piece for piece in below.pieces if column_of(piece, fields) in columns]
    piece = strip.pieces[-1]
    return bool(under) and min(line.base for line in under) - piece.base <= (leading + SLACK) * piece.size


def _is_alike(fields: Fields, table: Aligned) -> bool:
    """Whether columns begin at the left edge of another table and are as many."""
    return len(table.edges) == len(fields) + 1 and abs(table.edges[0] - fields[0][0]) <= _NEAR


def _rest(strips: Sequence[Strip], begins: Sequence[float]) -> int:
    """Returns before which strip the rest of a table from the page before ends; 0 where there is none."""
    last = 0
    while last < min(len(strips), _MOST_STRIPS) and _keeps_to(strips[last], begins):
        if last and not _is_near(strips[last - 1], strips[last]):
            break
        last += 1
    while last and _is_first(strips[last - 1], begins) and not (last == 1 and strips[0].pieces[0].begins_small):
        last -= 1
    return last


def _rest_below_heads(strips: Sequence[Strip], begins: Sequence[float]) -> int:
    """Returns before which strip the rest of a table ends whose heads are said again, each in the middle of its column."""
    for heads in range(1, _MOST_HEADS + 1):
        rest = _rest(strips[heads:], begins)
        if rest >= _FEWEST_LINES and len(_fields(begins, strips[: heads + rest])) == len(begins):
            return heads + rest
    return 0


def _beginning(strips: Sequence[Strip], begins: Sequence[float]) -> int:
    """Returns from which strip on a table begins that goes on on the next page; their number where there is none."""
    first = len(strips)
    while first and _keeps_to(strips[first - 1], begins):
        if first < len(strips) and not _is_near(strips[first - 1], strips[first]):
            break
        first -= 1
    while first < len(strips) and len(strips[first].stretches) < 2:
        first += 1
    return first


def _is_near(above: Strip, below: Strip) -> bool:
    size = max(above.pieces[0].size, below.pieces[0].size)
    return below.top - above.bottom <= (_FARTHEST if len(below.stretches) > 1 else _FARTHEST_ALONE) * size


def _keeps_to(strip: Strip, begins: Sequence[float]) -> bool:
    """Whether each piece of a strip begins where a column does and ends before the next."""
    for piece in strip.pieces:
        column = bisect_right(begins, piece.x0 + _NEAR) - 1
        if column < 0 or abs(piece.x0 - begins[column]) > _NEAR:
            return False
        if column + 1 < len(begins) and piece.x1 > begins[column + 1] - _NEAR:
            return False
    return True


def _is_first(strip: Strip, begins: Sequence[float]) -> bool:
    """Whether nothing but the first column is filled."""
    return all(piece.x0 <= begins[0] + _NEAR for piece in strip.pieces)


def _fields(begins: Sequence[float], strips: Sequence[Strip]) -> Fields:
    """Returns the columns of strips that keep to those of another page."""
    return merged([*((begin, begin + 1) for begin in begins), *(part for strip in strips for part in strip.stretches)])


def _table(
    strips: Sequence[Strip], fields: Fields, usual: float, known: bool = False, alike: bool = False
) -> Aligned | None:
    """Returns the table that strips make; ``None`` where they make none.

    Args:
        strips: The strips from top to bottom.
        fields: Its columns.
        usual: The document's usual distance of lines in letter sizes.
        known: Whether the page before or the next tells that it is one.
        alike: Whether a table above it has as many columns, as parts of a list of codes under headings of their own do.
    """
    if len(fields) < 2 or (len(strips) < _FEWEST_ROWS - 1 and not known):
        return None
    if not known:
        fields = _under_their_heads(fields, strips)
    leading = leading_of(strips, fields, usual)
    found = in_rows(parts_of(strips, fields, leading), len(fields), known)
    full = sum(len(row.tops) > 1 for row in found)
    if not known:
        if full < _FEWEST_ROWS - (len(fields) > 2 or alike or _has_head(found)) or 3 * full < 2 * len(found):
            return None
        if 3 * sum(map(is_crooked, found)) > full:
            return None
    if _are_columns(found, fields, leading):
        return None
    made = tuple(_lines(row) for row in found)
    if is_list(made, fields) or is_contents(made, fields):
        return None
    pieces = [piece for strip in strips for piece in strip.pieces]
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    return Aligned(edges_between(fields, left, right), made)


def _are_columns(found: Sequence[Part], fields: Fields, leading: float) -> bool:
    """Whether what stands side by side is running text in columns: it has gaps of its own on both sides of a gutter."""
    columns: dict[int, list[Line]] = defaultdict(list)
    gapped = 0
    for row in found:
        gaps = set()
        last: dict[int, float] = {}
        heights: Counter[int] = Counter()
        for piece in (piece for strip in row.strips for piece in strip.pieces):
            column = column_of(piece, fields)
            columns[column].append(piece)
            heights[column] += 1
            if piece.base - last.get(column, piece.base) > (leading + SLACK) * piece.size:
                gaps.add(column)
            last[column] = piece.base
        gapped += len(gaps) > 1
        if len(fields) < _COLUMNS_OF_TABLE and sum(height > _MOST_LINES_BESIDE for height in heights.values()) > 1:
            return True
    if gapped > _MOST_GAPPED * len(found):
        return True
    widths = [end - begin for begin, end in fields]
    if min(widths) <= _ALIKE * max(widths) or max(map(len, columns.values())) <= _FEWEST_LINES * len(found):
        return False
    return all(map(flows_on, columns.values()))


def _has_head(found: Sequence[Part]) -> bool:
    """Whether nothing but the first row is bold throughout."""
    return found[0].bold and len(found[0].tops) > 1 and not any(row.bold for row in found[1:])


def _lines(row: Part) -> list[list[Line]]:
    return rows(piece for strip in row.strips for piece in strip.pieces)
