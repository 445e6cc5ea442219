"""The words of a page from pdfium's characters."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from operator import le
from typing import Any

from checker.documents.pdf import symbols
from checker.documents.pdf.content import Box, Frame, Style, Words, around
from checker.documents.pdf.lines import Line
from checker.documents.pdf.pdfium import Buffer, Pdfium, colours_of, text_of

MOST_CHARACTERS = 100_000
"""More characters on one page are not read."""

_FARTHEST = 20_000.0
_WORD = re.compile(r"[^\s\x00\x02\ufffe]+[\x02\ufffe]?")
_BOLD_NAME = re.compile(r"bold|black|heavy|demi(?!light)", re.IGNORECASE)
_UNSEEN_MODES = (3, 7)
_FILLED_AND_STROKED = 2
_NEARLY_WHITE = 245
_FONT_NAME_LENGTH = 128
_SLANT = 3.0
_SMALLEST = 1.0  # smaller letters cannot be seen
_SMALL, _RAISED = 0.9, 0.1
_DIGITS = frozenset("0123456789")
_CURRENCY = frozenset("£$€")
_SAME_LINE = 2.0


# Plain tuples, because there are hundreds of both on a page. A run is a stretch of text that is drawn in one go: how it
# looks, where it begins (x, y) and its angle. Seen on the page as it is shown: how it looks, the height of the line under
# it, and its angle; -1 where it slants.
_Run = tuple[Style, float, float, float]
_Look = tuple[Style, float, int]


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page.

    Attributes:
        frame: The page as its text wants it to be held: a page whose text runs up its side is turned.
        words: Its level words.
        turned: Lines that run up, down or over head.
        slanting: Lines that are neither level nor upright, such as a watermark.
        plain: All its characters as pdfium gives them.
        styles: How its letters look.
        objects: pdfium's handles of what is drawn as text.
    """

    frame: Frame
    words: Words
    turned: Sequence[Line] = ()
    slanting: Sequence[Line] = ()
    plain: str = ""
    styles: Collection[Style] = ()
    objects: Collection[int] = ()


class WordReader:
    """Reads the words of a document's pages, one page after another."""

    def __init__(self, pdfium: Pdfium) -> None:
        """Takes the functions of pdfium."""
        self._pdfium = pdfium
        self._boxes, self._matrices, self._colours = Buffer(4), Buffer(6), Buffer(4, "I")
        self._font_name = ctypes.create_string_buffer(_FONT_NAME_LENGTH)

    def read(self, textpage: int, frame: Frame) -> PageText:
        """Returns the text of a page.

        Args:
            textpage: pdfium's handle of the page's text.
            frame: How the page is shown.
        """
        text = symbols.plain(text_of(self._pdfium, textpage, MOST_CHARACTERS))
        spans = list(map(re.Match.span, _WORD.finditer(text)))
        if not spans:
            return PageText(frame, Words([], [], [], [], [], []), plain=text)
        starts = [start for start, _ in spans]
        places = self._boxes.ask(
            self._pdfium.FPDFText_GetLooseCharBox, textpage, starts + [end - 1 for _, end in spans]
        )
        tokens = self._without_marks(textpage, [text[start:end] for start, end in spans], starts, places)
        keys = list(map(self._pdfium.FPDFText_GetTextObject, repeat(textpage), starts))
        runs, styles = self._runs(textpage, keys, starts)
        if any(angle for _, _, _, angle in runs.values()):
            frame = _upright(frame, Counter(round(runs[key][3]) for key in keys))
        looks = {key: _look(run, frame) for key, run in runs.items()}
        is_level = not any(angle for _, _, angle in looks.values())
        all_looks = list(map(looks.__getitem__, keys))
        found = [style for style, _, _ in all_looks]
        tokens = [
            token if token.isascii() and len(token) > 1 else symbols.readable(token, style.font)
            for token, style in zip(tokens, found, strict=True)
        ]
        lefts, rights, boxes = _sides(places, frame, is_level)
        words = _on_page(Words(tokens, starts, lefts, rights, [base for _, base, _ in all_looks], found), frame, styles)
        if is_level:
            return PageText(frame, words, plain=text, styles=styles, objects=runs.keys())
        angles = dict(zip(starts, (angle for _, _, angle in all_looks), strict=True))
        turned, slanting = _turned_lines(words, angles, dict(zip(starts, boxes, strict=True)))
        level = words.chosen([index for index, first in enumerate(words.firsts) if not angles[first]])
        return PageText(frame, level, turned, slanting, text, styles, runs.keys())

    def split(self, textpage: int, frame: Frame, words: Words, index: int, at: float) -> Words | None:
        """Splits one of the words in two where a ruling line crosses it; ``None`` where it cannot be split."""
        token, first = words.tokens[index], words.firsts[index]
        places = self._boxes.ask(self._pdfium.FPDFText_GetLooseCharBox, textpage, range(first, first + len(token)))
        boxes = [_shown(places[4 * letter : 4 * letter + 4], frame) for letter in range(len(token))]
        count = sum((box.x0 + box.x1) / 2 < at for box in boxes)
        if not 0 < count < len(boxes):
            return None
        return Words(
            [token[:count], token[count:]],
            [first, first + count],
            [words.lefts[index], boxes[count].x0],
            [boxes[count - 1].x1, words.rights[index]],
            [words.bases[index]] * 2,
            [words.styles[index]] * 2,
        )

    def _runs(
        self, textpage: int, keys: Sequence[int], starts: Sequence[int]
    ) -> tuple[dict[int, _Run], Collection[Style]]:
        pdfium = self._pdfium
        first = dict(zip(reversed(keys), reversed(starts), strict=True))
        indices = list(first.values())
        matrices = iter(self._matrices.ask(pdfium.FPDFText_GetMatrix, textpage, indices))
        sizes = list(map(pdfium.FPDFText_GetFontSize, repeat(textpage), indices))
        modes = map(pdfium.FPDFTextObj_GetTextRenderMode, first)
        fonts = map(pdfium.FPDFTextObj_GetFont, first)
        colours = colours_of(pdfium, list(first), self._colours)
        named: dict[int, tuple[str, bool]] = {}
        styles: dict[tuple[Any, ...], Style] = {}
        runs: dict[int, _Run] = {}
        last: tuple[Any, ...] = ()
        for key, index, (a, b, c, d, x, y), size, mode, font, colour in zip(
            first, indices, zip(*repeat(matrices, 6), strict=True), sizes, modes, fonts, colours, strict=True
        ):
            look = (size, c, d, font, mode, colour)
            if look != last:
                last = look
                if look not in styles:
                    if font not in named:
                        named[font] = self._font(textpage, index)
                    styles[look] = _style(size * math.hypot(c, d), mode, colour, *named[font])
                style = styles[look]
            runs[key] = style, x, y, 0.0 if b == 0 <= a else math.degrees(math.atan2(b, a)) % 360
        return runs, styles.values()

    def _without_marks(
        self, textpage: int, tokens: list[str], starts: Sequence[int], places: Sequence[float]
    ) -> list[str]:
        """Returns words without the small raised number at their end that leads to a footnote."""
        result = list(tokens)
        half = 4 * len(tokens)
        for index, token in enumerate(tokens):
            if token[-1] not in _DIGITS or len(token) == 1 or not (token[0].isalnum() or token[0] in _CURRENCY):
                continue
            _, top, _, bottom = places[4 * index : 4 * index + 4]
            _, last_top, _, last_bottom = places[half + 4 * index : half + 4 * index + 4]
            if last_top - last_bottom >= _SMALL * (top - bottom) or last_bottom - bottom <= _RAISED * (top - bottom):
                continue
            letters = self._boxes.ask(
                self._pdfium.FPDFText_GetLooseCharBox, textpage, range(starts[index], starts[index] + len(token))
            )
            while token and token[-1] in _DIGITS:
                _, letter_top, _, letter_bottom = letters[4 * len(token) - 4 : 4 * len(token)]
                if letter_top - letter_bottom >= _SMALL * (top - bottom):
                    break
                token = token[:-1]  # noqa: PLW2901
            result[index] = token or result[index]
        return result

    def _font(self, textpage: int, index: int) -> tuple[str, bool]:
        flags = ctypes.c_int()
        length = self._pdfium.FPDFText_GetFontInfo(
            textpage, index, ctypes.addressof(self._font_name), _FONT_NAME_LENGTH, ctypes.addressof(flags)
        )
        name = self._font_name.value.decode("utf-8", "replace") if 0 < length <= _FONT_NAME_LENGTH else ""
        name = name.split("+", 1)[-1] if name[6:7] == "+" else name
        return name, bool(_BOLD_NAME.search(name)) or self._pdfium.FPDFText_GetFontWeight(textpage, index) >= 650


def _style(size: float, mode: int, colour: tuple[int, int, int, int], font: str, bold: bool) -> Style:
    red, green, blue, opacity = colour
    unseen = mode in _UNSEEN_MODES or opacity == 0
    white = min(red, green, blue) >= _NEARLY_WHITE
    return Style(round(abs(size), 1), bold or mode == _FILLED_AND_STROKED, font, unseen, white)


def _sides(places: Sequence[float], frame: Frame, level: bool) -> tuple[list[float], list[float], list[Box]]:
    """Returns words' left and right edges as they are shown; and the boxes around them where these need to be known.

    Args:
        places: The boxes of all words' first letters, then of their last ones, in the page's own coordinates.
        frame: How the page is shown.
        level: Whether all words are level.
    """
    half = len(places) // 2
    if frame.turn == 0 and level:
        lefts, rights = list(places[:half:4]), list(places[half + 2 :: 4])
        if frame.left:
            lefts, rights = [left - frame.left for left in lefts], [right - frame.left for right in rights]
        return lefts, rights, []
    begins = [_shown(places[at : at + 4], frame) for at in range(0, half, 4)]
    ends = [_shown(places[at : at + 4], frame) for at in range(half, 2 * half, 4)]
    lefts = [min(begin.x0, end.x0) for begin, end in zip(begins, ends, strict=True)]
    rights = [max(begin.x1, end.x1) for begin, end in zip(begins, ends, strict=True)]
    return lefts, rights, [around([begin, end]) for begin, end in zip(begins, ends, strict=True)]


def _on_page(words: Words, frame: Frame, styles: Collection[Style]) -> Words:
    """Returns the words that stand on the page, at places that make sense."""
    width, height = frame.width, frame.height
    lefts, rights, bases = words.lefts, words.rights, words.bases
    if not lefts:
        return words
    if (
        min(lefts) >= 0
        and max(rights) <= width
        and min(bases) >= 0
        and max(bases) <= height
        and all(map(le, lefts, rights))
        and all(style.size >= _SMALLEST for style in styles)
    ):
        return words
    return words.chosen(
        [
            index
            for index, (left, right, base) in enumerate(zip(lefts, rights, bases, strict=True))
            if -_FARTHEST < left <= right < _FARTHEST
            and right > 0
            and left < width
            and 0 < base < height
            and words.styles[index].size >= _SMALLEST
        ]
    )


def _turned_lines(words: Words, angles: dict[int, int], boxes: dict[int, Box]) -> tuple[list[Line], list[Line]]:
    """Returns the lines that are not level: upright ones, and slanting ones."""
    turned: list[Line] = []
    slanting: list[Line] = []
    run: list[int] = []

    def finish() -> None:
        if not run:
            return
        tokens = [words.tokens[index] for index in run]
        box = around([boxes[words.firsts[index]] for index in run])
        styles = [words.styles[index] for index in run]
        sides = [box.x0] * len(run), [box.x1] * len(run)
        line = Line(tokens, *sides, styles, *box, base=box.bottom, size=styles[0].size, turned=True)
        (turned if angles[words.firsts[run[0]]] > 0 else slanting).append(line)
        run.clear()

    for index, first in enumerate(words.firsts):
        if run:
            last = run[-1]
            same_angle = angles[first] == angles[words.firsts[last]]
            if index != last + 1 or not same_angle or abs(words.bases[index] - words.bases[last]) > _SAME_LINE:
                finish()
        if angles[first]:
            run.append(index)
    finish()
    return turned, slanting


def _look(run: _Run, frame: Frame) -> _Look:
    style, x, y, angle = run
    if angle == frame.turn == 0:
        return style, frame.top - y, 0
    x, y = frame.shown(x, y)
    angle = (angle - frame.turn) % 360
    quarter = round(angle / 90) * 90
    if abs(angle - quarter) > _SLANT:
        return style, y, -1
    return style, x if quarter % 180 else y, quarter % 360


def _upright(frame: Frame, angles: Counter[int]) -> Frame:
    """Returns the frame turned so that most of the text is level."""
    angle, count = angles.most_common(1)[0]
    if angle % 90 or 2 * count <= sum(angles.values()):
        return frame
    return replace(frame, turn=angle % 360)


def _shown(place: Sequence[float], frame: Frame) -> Box:
    left, top, right, bottom = place
    x0, y0 = frame.shown(left, top)
    x1, y1 = frame.shown(right, bottom)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
