"""Paragraphs and list items from lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from dataclasses import dataclass

from checker.documents.pdf.lines import Line
from checker.documents.pdf.symbols import BULLETS

_NUMBER = re.compile(
    r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|\(\d{1,2}\)|\d{1,2}(?:\.\d{1,2}){1,4}\.?|[A-Z][.)]", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"\d{1,2}|\*{1,3}|[†‡§]")
_ENDED = re.compile(r"[.!?:;…][\"'’”)\]]*$")
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
    """

    lines: list[tuple[int, Line]]
    right: float

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
        words = [word for _, line in self.lines for word in line.words]
        letters = [word for word in words if any(map(str.isalnum, word.text))]
        return bool(letters) and all(word.style.bold for word in letters)

    @property
    def size(self) -> float:
        """The size of most of its letters."""
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


def goes_on_elsewhere(paragraph: Paragraph, following: Paragraph) -> bool:
    """Whether a paragraph at the end of a column or page goes on at the beginning of the next."""
    last, first = paragraph.last, following.first
    if _differs(last, first) or last.turned or first.turned:
        return False
    if is_item(first) or _ENDED.search(last.text):
        return False
    if (last.bold or first.bold) and not _begins_small(first):
        return False
    return _begins_small(first) or (len(last.words) >= _WORDS_IN_PROSE and _is_full(last, first, paragraph.right))


def is_item(line: Line) -> bool:
    """Whether a line begins with a bullet or number, so that it could begin a list item."""
    return len(line.words) > 1 and (line.words[0].text in BULLETS or bool(_NUMBER.fullmatch(line.words[0].text)))


def usual_leading(lines: Sequence[Line], right: float) -> list[float]:
    """Returns the distances of lines that surely belong to one paragraph, in letter sizes."""
    return [
        (below.base - line.base) / line.size
        for line, below in pairwise(lines)
        if line.size > 0 and line.base < below.base < line.base + 3 * line.size and _surely_goes_on(line, below, right)
    ]


def _leading(lines: Sequence[Line], right: float) -> float:
    distances = sorted(usual_leading(lines, right))
    return distances[len(distances) // 2] if distances else 0.0


def _surely_goes_on(line: Line, below: Line, right: float) -> bool:
    return (
        not _differs(line, below)
        and _begins_small(below)
        and not is_item(below)
        and not _ENDED.search(line.text)
        and _is_full(line, below, right)
    )


def _goes_on(paragraph: Paragraph, line: Line, right: float, leading: float) -> bool:  # noqa: PLR0911
    """Whether a line belongs to the paragraph above it."""
    last = paragraph.last
    if line.turned or last.turned:
        return line.turned and last.turned and abs(line.size - last.size) < 0.5
    if _differs(last, line) or _begins_item(paragraph, line, right):
        return False
    distance = (line.base - last.base) / last.size
    small, ended = _begins_small(line), bool(_ENDED.search(last.text))
    if distance > leading * 1.2 + 0.08 and not (small and not ended and distance < 1.6 * leading):
        return False
    if _changes_weight(last, line) and (ended or not small):
        return False
    if not ended and _hangs(paragraph, line):
        return True
    if not _is_full(last, line, right):
        room = right - last.x1
        return small and not ended and room < 0.35 * (right - paragraph.first.x0)
    return _is_in_line(paragraph, line)


def _differs(line: Line, other: Line) -> bool:
    return abs(line.size - other.size) > _SAME * max(line.size, other.size)


def _changes_weight(line: Line, below: Line) -> bool:
    """Whether a bold line and an ordinary one meet, and not in the middle of a bold phrase."""
    return line.bold != below.bold and line.words[-1].style.bold != below.words[0].style.bold


def _begins_small(line: Line) -> bool:
    first = line.words[0].text.lstrip("(\"'‘“")
    return first[:1].islower() and not _NUMBER.fullmatch(line.words[0].text)


def _is_full(line: Line, below: Line, right: float) -> bool:
    """Whether the next line's first word had no room at the end of this one."""
    first = below.words[0]
    return line.x1 + _BLANK * line.size + (first.x1 - first.x0) + _SLACK * line.size > right


def _begins_item(paragraph: Paragraph, line: Line, right: float) -> bool:
    """Whether a line begins a list item.

    A bullet always does. A number may have come to the beginning of a line by chance: it begins an item only where the
    line before ended its paragraph, or where it stands further left than that paragraph's text.
    """
    if len(line.words) < 2:
        return False
    mark, last = line.words[0].text, paragraph.last
    ended = bool(_ENDED.search(last.text)) or not _is_full(last, line, right)
    outside = line.x0 < _text_begin(paragraph) - _NEAR
    if mark in BULLETS:
        return mark not in _DASHES or ended or outside
    if _NUMBER.fullmatch(mark):
        return ended or outside
    return bool(_FOOTNOTE.fullmatch(mark)) and line.words[0].style.size < 0.8 * line.size and ended


def _text_begin(paragraph: Paragraph) -> float:
    """Returns where a paragraph's text begins, after its bullet or number."""
    first = paragraph.first
    if len(paragraph.lines) > 1:
        return paragraph.last.x0
    return first.words[1].x0 if is_item(first) else first.x0


def _hangs(paragraph: Paragraph, line: Line) -> bool:
    """Whether a line stands under the text of a list item, further in than its bullet or number."""
    first = paragraph.first
    begin = first.words[1].x0 if is_item(first) else first.x0
    return begin - first.x0 > _NEAR and abs(line.x0 - begin) <= _NEAR


def _is_in_line(paragraph: Paragraph, line: Line) -> bool:
    """Whether a line stands where the next line of the paragraph would."""
    first, last = paragraph.first, paragraph.last
    begin = _text_begin(paragraph)
    centred = abs((line.x0 + line.x1) - (last.x0 + last.x1)) <= 2 * _NEAR
    if centred or min(abs(line.x0 - begin), abs(line.x0 - last.x0)) <= _NEAR:
        return True
    if len(paragraph.lines) > 1:
        return _begins_small(line) and not _ENDED.search(last.text)
    if is_item(first):
        return first.x0 - _NEAR <= line.x0 < begin + 2 * line.size
    return line.x0 <= begin
