"""Lines of text from words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from dataclasses import dataclass, field

from checker.documents.pdf.content import Box, Word
from checker.documents.pdf.words import ASCENT, DESCENT

GAP = 0.9
"""A gap of this many letter sizes parts two pieces of a line: a column, a cell or a tab may stand between them."""

_OVERLAP = 0.5
_BACKWARDS = 0.6
_NO_BLANK = 0.04
_SPACED_OUT = 5


@dataclass(slots=True)
class Line:
    """Words that stand on one line without a wide gap; or the pieces of one line, put together.

    Attributes:
        words: The words from left to right.
        x0: Left edge.
        top: Upper edge.
        x1: Right edge.
        bottom: Lower edge.
        base: The line that its letters stand on.
        size: The size of most of its letters.
        turned: Whether the text runs up or down the page.
        pieces: How many pieces with wide gaps between them it is made of.
        broken: Whether its last word goes on in the next line without a hyphen.
    """

    words: list[Word]
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    turned: bool = False
    pieces: int = 1
    broken: bool = False
    _text: str = field(default="", repr=False)

    @property
    def box(self) -> Box:
        """Where it stands."""
        return Box(self.x0, self.top, self.x1, self.bottom)

    @property
    def text(self) -> str:
        """Its words with blanks between them."""
        if not self._text:
            self._text = _text(self.words)
        return self._text

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.style.bold for word in self.words)


def line_of(words: list[Word], pieces: int = 1) -> Line:
    """Returns the line that words from left to right make."""
    first = words[0]
    size, base = first.style.size, first.base
    if any(word.style is not first.style or word.base != base for word in words):
        weights: Counter[tuple[float, float]] = Counter()
        for word in words:
            weights[word.style.size, word.base] += len(word.text)
        size, base = max(weights, key=lambda key: (weights[key], key[0]))
    x0, x1 = min(word.x0 for word in words), max(word.x1 for word in words)
    return Line(words, x0, base - ASCENT * size, x1, base + DESCENT * size, base, size, pieces=pieces)


def pieces(words: Sequence[Word]) -> tuple[list[Line], list[Line]]:
    """Returns the pieces of lines that words make in the order in which they are drawn, and the slanting text apart.

    Text that runs up or down the page makes turned lines.
    """
    found: list[Line] = []
    slanting: list[Line] = []
    current: list[Word] = []
    for word in words:
        if current and not _follows(current[-1], word):
            _finish(current, found, slanting)
            current = []
        current.append(word)
    if current:
        _finish(current, found, slanting)
    return found, slanting


def rows(parts: Iterable[Line]) -> list[list[Line]]:
    """Returns pieces of lines in rows from the top, each from left to right."""
    result: list[list[Line]] = []
    for piece in sorted(parts, key=lambda piece: (piece.base, piece.x0)):
        for row in result[:-4:-1]:
            if _beside(row[0], piece) and not any(_covers(other, piece) for other in row):
                row.append(piece)
                break
        else:
            result.append([piece])
    for row in result:
        row.sort(key=lambda piece: piece.x0)
    return sorted(result, key=lambda row: min(piece.base for piece in row))


def whole(row: Sequence[Line]) -> Line:
    """Returns the pieces of one row as one line."""
    if len(row) == 1:
        return row[0]
    return line_of([word for piece in row for word in piece.words], len(row))


def _follows(last: Word, word: Word) -> bool:
    angle = word.style.angle
    if angle != last.style.angle:
        return False
    size = max(last.style.size, word.style.size)
    if angle:
        return abs(word.base - last.base) < 0.3 * size if angle > 0 else True
    gap = word.x0 - last.x1
    if not -_BACKWARDS * size < gap < GAP * size:
        return False
    return abs(word.base - last.base) <= 0.5 * min(last.style.size, word.style.size) + 0.1 * size


def _finish(words: list[Word], found: list[Line], slanting: list[Line]) -> None:
    angle = words[0].style.angle
    if angle == 0:
        found.append(line_of(words))
        return
    x0, x1 = min(word.x0 for word in words), max(word.x1 for word in words)
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    line = Line(words, x0, top, x1, bottom, bottom, words[0].style.size, turned=True)
    (found if angle > 0 else slanting).append(line)


def _beside(first: Line, second: Line) -> bool:
    """Whether two pieces stand on one line."""
    if first.turned or second.turned:
        return False
    shared = min(first.bottom, second.bottom) - max(first.top, second.top)
    return shared >= _OVERLAP * min(first.bottom - first.top, second.bottom - second.top)


def _covers(first: Line, second: Line) -> bool:
    shared = min(first.x1, second.x1) - max(first.x0, second.x0)
    return shared > 0.5 * min(first.x1 - first.x0, second.x1 - second.x0)


def _text(words: Sequence[Word]) -> str:
    parts = [words[0].text]
    for last, word in pairwise(words):
        touching = word.x0 - last.x1 < _NO_BLANK * word.style.size and word.style.angle == 0
        if touching and last.text[-1].isalnum() and word.text[0].isalnum() and word.x0 >= last.x0:
            parts.append(word.text)
        else:
            parts.append(" " + word.text)
    text = "".join(parts)
    if len(words) < _SPACED_OUT or sum(len(word.text) for word in words) > 2 * len(words):
        return text
    return _closed_up(words) or text


def _closed_up(words: Sequence[Word]) -> str:
    """Returns a heading whose letters are spaced out as words; nothing where single letters stand for themselves."""
    letters = [word.text for word in words]
    if sum(len(letter) == 1 and letter.isalpha() for letter in letters) < 0.8 * len(letters):
        return ""
    gaps = [word.x0 - last.x1 for last, word in pairwise(words)]
    usual = sorted(gaps)[len(gaps) // 2]
    text = letters[0]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        text += (" " if gap > 1.6 * usual else "") + letter
    longest = max(text.split(), key=len)
    in_order = list(longest.lower()) == sorted(longest.lower())
    return text if len(longest) >= _SPACED_OUT and re.search("[aeiouy]", longest, re.I) and not in_order else ""
