"""Lines of text from words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count, islice
from operator import attrgetter, sub
from typing import Any, Generic, TypeVar

from checker.documents.pdf.content import Box, Style, Words
from checker.documents.pdf.symbols import BULLETS

GAP = 0.7
"""A gap of this many letter sizes parts two pieces of a line: a column, a cell or a tab may stand between them."""
ASCENT, DESCENT = 0.78, 0.22
"""How far ordinary letters reach above and below their line, in parts of their size: fonts themselves often lie."""

Kept = TypeVar("Kept")

_OVERLAP = 0.5
_BACKWARDS = 0.6
_WIDE_GAP = 3.0
_FARTHEST_DOT = 3.0
_NUMBER = re.compile(
    r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|\(\d{1,2}\)|\d{1,2}(?:\.\d{1,2}){1,4}\.?|[A-Z][.)]", re.IGNORECASE
)
_ADDRESS = re.compile(r"@|://|^www\.")
_ENDED = re.compile(r"[.!?:;…][\"'’”)\]]*$")


class _Kept(Generic[Kept]):
    """A property that is worked out once; ``functools.cached_property`` takes a lock each time before Python 3.12."""

    def __init__(self, work_out: Callable[[Any], Kept]) -> None:
        self._work_out, self.__doc__ = work_out, work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, line: Any, owner: type) -> Kept:
        value = line.__dict__[self._name] = self._work_out(line)
        return value


@dataclass(eq=False)
class Line:
    """Words that stand on one line without a wide gap; or the pieces of one line, put together.

    Attributes:
        tokens: The words' characters, from left to right.
        lefts: Where each word begins.
        rights: Where each word ends.
        styles: How each word looks.
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

    tokens: list[str]
    lefts: list[float]
    rights: list[float]
    styles: list[Style]
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    turned: bool = False
    pieces: int = 1
    broken: bool = False

    @property
    def box(self) -> Box:
        """Where it stands."""
        return Box(self.x0, self.top, self.x1, self.bottom)

    @_Kept
    def text(self) -> str:
        """Its words with blanks between them."""
        return " ".join(filter(None, self.tokens))

    @_Kept
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return self.styles[0].bold and all(style.bold for style in self.styles)

    @_Kept
    def is_item(self) -> bool:
        """Whether it begins with a bullet or number, so that it could begin a list item."""
        return len(self.tokens) > 1 and (self.tokens[0] in BULLETS or self.is_numbered)

    @_Kept
    def is_numbered(self) -> bool:
        """Whether its first word is a number or letter as list items have."""
        token = self.tokens[0]
        return not token.isalpha() and bool(_NUMBER.fullmatch(token))

    @_Kept
    def begins_small(self) -> bool:
        """Whether it begins as the middle of a sentence does."""
        token = self.tokens[0]
        if not token.lstrip("(\"'‘“")[:1].islower():
            return False
        return token.isalpha() or not (self.is_numbered or self.begins_with_address)

    @_Kept
    def begins_with_address(self) -> bool:
        """Whether it begins with an e-mail or web address."""
        return bool(_ADDRESS.search(self.tokens[0]))

    @_Kept
    def has_ended(self) -> bool:
        """Whether it ends as a sentence does."""
        return not self.tokens[-1].isalpha() and bool(_ENDED.search(self.tokens[-1]))

    @_Kept
    def is_gapped(self) -> bool:
        """Whether a gap stands in it that is too wide for running text, other than after a bullet or number."""
        if self.pieces == 1:
            return False
        begin = 1 if self.is_item else 0
        gaps = (left - right for left, right in zip(self.lefts[begin + 1 :], self.rights[begin:], strict=False))
        return any(gap > _WIDE_GAP * self.size for gap in gaps)

    @property
    def text_x0(self) -> float:
        """Where its text begins, after a bullet or number."""
        return self.lefts[1] if self.is_item else self.x0

    @_Kept
    def first_width(self) -> float:
        """The width of its first word."""
        return self.rights[0] - self.lefts[0]

    def parted(self, index: int) -> tuple[Line, Line]:
        """Returns the words before one, and those from it on, as lines of their own."""
        return (
            line_of(self.tokens[:index], self.lefts[:index], self.rights[:index], self.styles[:index], self.base),
            line_of(self.tokens[index:], self.lefts[index:], self.rights[index:], self.styles[index:], self.base),
        )


def with_bullets(lines: Sequence[Line], dots: Iterable[Box]) -> list[Line]:
    """Returns lines with the bullets before them that are drawn as shapes, not as letters."""
    result = list(lines)
    for dot in dots:
        middle = (dot.top + dot.bottom) / 2
        beside = [
            (line.x0 - dot.x1, index)
            for index, line in enumerate(result)
            if line.top <= middle <= line.bottom and 0 < line.x0 - dot.x1 <= _FARTHEST_DOT * line.size
        ]
        if not beside:
            continue
        _, index = min(beside)
        line = result[index]
        if line.tokens[0] in BULLETS or line.turned:
            continue
        result[index] = line_of(
            ["•", *line.tokens],
            [dot.x0, *line.lefts],
            [dot.x1, *line.rights],
            [line.styles[0], *line.styles],
            line.base,
        )
    return result


def line_of(
    tokens: list[str], lefts: list[float], rights: list[float], styles: list[Style], base: float, *, pieces: int = 1
) -> Line:
    """Returns the line that words from left to right make."""
    size = styles[0].size
    if styles.count(styles[0]) < len(styles):
        weights: Counter[float] = Counter()
        for token, style in zip(tokens, styles, strict=True):
            weights[style.size] += len(token)
        size = max(weights, key=lambda size: (weights[size], size))
    top, bottom = base - ASCENT * size, base + DESCENT * size
    return Line(tokens, lefts, rights, styles, min(lefts), top, max(rights), bottom, base, size, pieces=pieces)


def pieces(words: Words) -> list[Line]:
    """Returns the pieces of lines that words make in the order in which they are drawn."""
    bases, styles, lefts, rights = words.bases, words.styles, words.lefts, words.rights
    gaps = zip(count(1), map(sub, islice(lefts, 1, None), rights), styles[1:], bases[1:], bases, strict=False)
    ends = [
        index
        for index, gap, style, base, last in gaps
        if (base != last or not -_BACKWARDS * style.size < gap < GAP * style.size)
        and not _follows(gap, base - last, styles[index - 1].size, style.size)
    ]
    found: list[Line] = []
    start = 0
    for end in (*ends, len(bases)) if bases else ():
        tokens, base = words.tokens[start:end], bases[start]
        if bases[end - 1] != base:
            heights: Counter[float] = Counter()
            for token, height in zip(tokens, bases[start:end], strict=True):
                heights[height] += len(token)
            base = max(heights, key=lambda height: (heights[height], height))
        found.append(line_of(tokens, lefts[start:end], rights[start:end], styles[start:end], base))
        start = end
    return found


def rows(parts: Iterable[Line]) -> list[list[Line]]:
    """Returns pieces of lines in rows from the top, each from left to right."""
    ordered = sorted(parts, key=attrgetter("base", "x0"))
    result: list[list[Line]] = []
    for piece in ordered:
        for row in result[:-4:-1]:
            first = row[0]
            if piece.top >= first.bottom or not _beside(first, piece):
                continue
            if not (_covers(first, piece) or any(_covers(other, piece) for other in row[1:])):
                row.append(piece)
                break
        else:
            result.append([piece])
    if len(result) < len(ordered):
        for row in result:
            row.sort(key=attrgetter("x0"))
        result.sort(key=lambda row: min(piece.base for piece in row))
    return result


def whole(row: Sequence[Line]) -> Line:
    """Returns the pieces of one row as one line."""
    if len(row) == 1:
        return row[0]
    longest = max(row, key=lambda piece: sum(map(len, piece.tokens)))
    return line_of(
        [token for piece in row for token in piece.tokens],
        [left for piece in row for left in piece.lefts],
        [right for piece in row for right in piece.rights],
        [style for piece in row for style in piece.styles],
        longest.base,
        pieces=len(row),
    )


def _follows(gap: float, drop: float, last: float, size: float) -> bool:
    """Whether a word on another height goes on with the line, as a raised letter does."""
    larger = max(last, size)
    return -_BACKWARDS * larger < gap < GAP * larger and abs(drop) <= 0.5 * min(last, size) + 0.1 * larger


def _beside(first: Line, second: Line) -> bool:
    """Whether two pieces stand on one line."""
    if first.turned or second.turned:
        return False
    shared = min(first.bottom, second.bottom) - max(first.top, second.top)
    return shared >= _OVERLAP * min(first.bottom - first.top, second.bottom - second.top)


def _covers(first: Line, second: Line) -> bool:
    if first.x1 <= second.x0 or second.x1 <= first.x0:
        return False
    shared = min(first.x1, second.x1) - max(first.x0, second.x0)
    return shared > 0.5 * min(first.x1 - first.x0, second.x1 - second.x0)
