"""Paragraphs and list items from lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.documents.pdf.lines import Line
from checker.documents.pdf.symbols import BULLETS

_FOOTNOTE = re.compile(r"\d{1,2}|\*{1,3}|[†‡§]")
_DASHES = frozenset("-–—*")
_BLANK = 0.25
_SLACK = 1.0
_SAME = 0.08
_NEAR = 3.0
_USUAL_LEADING = 1.2
_WORDS_IN_PROSE = 5


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together.

    Attributes:
        lines: The lines, with the page that each stands on.
        right: Where the text's right edge is.
        depth: How deep it stands among the items of a list, from 0, where a bullet begins it; else ``None``.
    """

    lines: list[tuple[int, Line]]
    right: float
    depth: int | None = None

    @property
    def first(self) -> Line:
        """The first line."""
        return self.lines[0][1]

    @property
    def last(self) -> Line:
        """The last line."""
        return self.lines[-1][1]

    @property
    def page(self) -> int:
        """The page on which it begins."""
        return self.lines[0][0]

    @property
    def bold(self) -> bool:
        """Whether all of it is bold, whatever its bullet is."""
        first = self.first
        if first.bold and all(line.bold for _, line in self.lines):
            return True
        if len(first.tokens) < 2 or any(map(str.isalnum, first.tokens[0])):
            return False
        return all(style.bold for style in first.styles[1:]) and all(line.bold for _, line in self.lines[1:])

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        first = self.lines[0][1].size
        if all(line.size == first for _, line in self.lines):
            return first
        sizes: Counter[float] = Counter()
        for _, line in self.lines:
            sizes[line.size] += len(line.text)
        return max(sizes, key=lambda size: (sizes[size], size))


def paragraphs(lines: Sequence[Line], page: int, right: float, leading: float) -> Iterator[Paragraph]:
    """Yields the paragraphs that lines from top to bottom make.

    Args:
        lines: The lines of one column or cell.
        page: The page that they stand on.
        right: The right edge to which the text could run.
        leading: From line to line within a paragraph, in letter sizes; 0 where the lines themselves must tell.
    """
    if len(lines) > 1:
        leading = _leading(lines, right) or leading or _USUAL_LEADING
    current: Paragraph | None = None
    for line in lines:
        if current is not None and _goes_on(current, line, right, leading):
            current.lines.append((page, line))
            continue
        if current is not None:
            yield current
        current = Paragraph([(page, line)], right)
    if current is not None:
        yield current


def goes_on_elsewhere(paragraph: Paragraph, following: Paragraph, shift: float) -> bool:
    """Whether a paragraph at the end of a column or page goes on at the beginning of the next.

    Args:
        paragraph: The paragraph at the end.
        following: The one at the beginning of the next column.
        shift: How much further in that one begins than a further line of an item would.
    """
    last, first = paragraph.last, following.first
    if _differs(last, first) or last.turned or first.turned:
        return False
    if first.is_item or last.has_ended:
        return False
    if (last.bold or first.bold) and not first.begins_small:
        return False
    if paragraph.first.is_item and abs(shift) > 2 * _NEAR and not first.begins_small:
        return False
    return first.begins_small or (len(last.tokens) >= _WORDS_IN_PROSE and _is_full(last, first, paragraph.right))


def usual_leading(lines: Sequence[Line], right: float) -> list[float]:
    """Returns the distances of lines that surely belong to one paragraph, in letter sizes."""
    return [
        (below.base - line.base) / line.size
        for line, below in pairwise(lines)
        if below.begins_small
        and not line.has_ended
        and line.base < below.base < line.base + 3 * line.size
        and _is_full(line, below, right)
        and not _differs(line, below)
    ]


def _leading(lines: Sequence[Line], right: float) -> float:
    distances = sorted(usual_leading(lines, right))
    return distances[len(distances) // 2] if distances else 0.0


def _goes_on(paragraph: Paragraph, line: Line, right: float, leading: float) -> bool:
    """Whether a line belongs to the paragraph above it."""
    last = paragraph.last
    if line.turned or last.turned:
        return line.turned and last.turned and abs(line.size - last.size) < 0.5
    is_full = _is_full(last, line, right)
    if _differs(last, line) or _begins_item(paragraph, line, is_full) or last.is_gapped or line.is_gapped:
        return False
    if line.begins_with_address and len(last.tokens) < _WORDS_IN_PROSE and last.tokens[-1][-1:].isalnum():
        return False
    distance = (line.base - last.base) / last.size
    small, ended = line.begins_small, last.has_ended
    if distance > leading * 1.2 + 0.08 and not (small and not ended and distance < 1.6 * leading):
        return False
    if _changes_weight(last, line) and (ended or not small):
        return False
    if not ended and _hangs(paragraph, line):
        return True
    if not is_full:
        room = right - last.x1
        return small and not ended and room < 0.35 * (right - paragraph.first.x0)
    return _is_in_line(paragraph, line)


def _differs(line: Line, other: Line) -> bool:
    return line.size != other.size and abs(line.size - other.size) > _SAME * max(line.size, other.size)


def _changes_weight(line: Line, below: Line) -> bool:
    """Whether a bold line and an ordinary one meet, and not in the middle of a bold phrase."""
    return line.bold != below.bold and line.styles[-1].bold != below.styles[0].bold


def _is_full(line: Line, below: Line, right: float) -> bool:
    """Whether the next line's first word had no room at the end of this one."""
    return line.x1 + (_BLANK + _SLACK) * line.size + below.first_width > right


def _begins_item(paragraph: Paragraph, line: Line, is_full: bool) -> bool:
    """Whether a line begins a list item.

    A bullet always does. A number may have come to the beginning of a line by chance: it begins an item only where the
    line before ended its paragraph, or where it stands further left than that paragraph's text.
    """
    if len(line.tokens) < 2:
        return False
    mark = line.tokens[0]
    ended = not is_full or paragraph.last.has_ended
    if mark in BULLETS:
        return mark not in _DASHES or ended or line.x0 < _text_begin(paragraph) - _NEAR
    if line.is_numbered:
        return ended or line.x0 < _text_begin(paragraph) - _NEAR
    return ended and line.styles[0].size < 0.8 * line.size and bool(_FOOTNOTE.fullmatch(mark))


def _text_begin(paragraph: Paragraph) -> float:
    """Returns where a paragraph's text begins, after its bullet or number."""
    first = paragraph.first
    if len(paragraph.lines) > 1:
        return paragraph.last.x0
    return first.text_x0


def _hangs(paragraph: Paragraph, line: Line) -> bool:
    """Whether a line stands under the text of a list item, further in than its bullet or number."""
    first = paragraph.first
    begin = first.text_x0
    return begin - first.x0 > _NEAR and abs(line.x0 - begin) <= _NEAR


def _is_in_line(paragraph: Paragraph, line: Line) -> bool:
    """Whether a line stands where the next line of the paragraph would."""
    first, last = paragraph.first, paragraph.last
    begin = _text_begin(paragraph)
    centred = abs((line.x0 + line.x1) - (last.x0 + last.x1)) <= 2 * _NEAR
    if centred or min(abs(line.x0 - begin), abs(line.x0 - last.x0)) <= _NEAR:
        return True
    if len(paragraph.lines) > 1:
        return line.begins_small and not last.has_ended
    if first.is_item:
        indented = first.is_numbered and not last.has_ended and first.x0 - line.x0 < 4 * line.size
        return indented or first.x0 - _NEAR <= line.x0 < begin + 2 * line.size
    return line.x0 <= begin
