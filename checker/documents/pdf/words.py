"""The words of a page from pdfium's characters."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import repeat
from typing import Any, NamedTuple

from checker.documents.pdf import symbols
from checker.documents.pdf.content import Box, Frame, Style, Word
from checker.documents.pdf.pdfium import Buffer, addresses, text_of

MOST_CHARACTERS = 100_000
"""More characters on one page are not read."""
ASCENT, DESCENT = 0.78, 0.22
"""How far ordinary letters reach above and below their line, in parts of their size: fonts themselves often lie."""

_FARTHEST = 20_000.0
_WORD = re.compile(r"[^\s\x00\x02\ufffe]+[\x02\ufffe]?")
_LINE_END_HYPHEN = "\x02\ufffe"
_BOLD_NAME = re.compile(r"bold|black|heavy|demi(?!light)", re.IGNORECASE)
_UNSEEN_MODES = (3, 7)
_NEARLY_WHITE = 245
_FONT_NAME_LENGTH = 128


class _Run(NamedTuple):
    """Where a stretch of text that is drawn in one go begins, how it runs and how it looks."""

    x: float
    y: float
    angle: float
    style: Style


class WordReader:
    """Reads the words of a document's pages, one page after another."""

    def __init__(self, raw: Any) -> None:
        """Takes ``pypdfium2.raw``."""
        self._raw = raw
        self._boxes = Buffer(raw.FS_RECTF)
        self._matrices = Buffer(raw.FS_MATRIX)
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._colour_references = [ctypes.byref(part) for part in self._colour]
        self._font_name = ctypes.create_string_buffer(_FONT_NAME_LENGTH)

    def read(self, textpage: Any, frame: Frame) -> tuple[list[Word], Frame, str]:
        """Reads a page.

        Args:
            textpage: pdfium's handle of the page's text.
            frame: How the page is shown.

        Returns:
            The words in the order in which they are drawn, the page as its text wants it to be held (a page whose text
            runs up its side is turned), and the page's text as pdfium gives it.
        """
        text = symbols.plain(text_of(self._raw, textpage, MOST_CHARACTERS))
        found = list(_WORD.finditer(text))
        if not found:
            return [], frame, text
        starts = [match.start() for match in found]
        ends = [match.end() - 1 for match in found]
        places = self._boxes.ask(self._raw.FPDFText_GetLooseCharBox, textpage, starts + ends)
        keys = addresses(list(map(self._raw.FPDFText_GetTextObject, repeat(textpage), starts)))
        runs = self._runs(textpage, keys, starts)
        frame = _upright(frame, Counter(round(runs[key].angle) for key in keys))
        tokens = [match.group() for match in found]
        words = list(_words(tokens, starts, places, keys, runs, frame))
        return words, frame, text

    def split(self, textpage: Any, frame: Frame, word: Word, at: float) -> tuple[Word, Word] | None:
        """Splits a level word where a ruling line crosses it; ``None`` where it cannot be split."""
        indices = range(word.first, word.first + len(word.text))
        places = self._boxes.ask(self._raw.FPDFText_GetLooseCharBox, textpage, list(indices))
        boxes = [_shown(places[4 * index : 4 * index + 4], frame) for index in range(len(indices))]
        count = sum((box.x0 + box.x1) / 2 < at for box in boxes)
        if not 0 < count < len(boxes):
            return None
        return (
            word._replace(text=word.text[:count], x1=boxes[count - 1].x1),
            word._replace(text=word.text[count:], x0=boxes[count].x0, first=word.first + count),
        )

    def _runs(self, textpage: Any, keys: Sequence[bytes], starts: Sequence[int]) -> dict[bytes, _Run]:
        raw = self._raw
        first = dict(zip(reversed(keys), reversed(starts), strict=True))
        indices = list(first.values())
        matrices = self._matrices.ask(raw.FPDFText_GetMatrix, textpage, indices)
        sizes = list(map(raw.FPDFText_GetFontSize, repeat(textpage), indices))
        objects = list(map(raw.FPDFText_GetTextObject, repeat(textpage), indices))
        modes = list(map(raw.FPDFTextObj_GetTextRenderMode, objects))
        fonts = addresses(list(map(raw.FPDFTextObj_GetFont, objects)))
        named: dict[bytes, tuple[str, bool]] = {}
        styles: dict[tuple[Any, ...], Style] = {}
        runs: dict[bytes, _Run] = {}
        for place, (key, index) in enumerate(first.items()):
            a, b, c, d, x, y = matrices[6 * place : 6 * place + 6]
            font = fonts[place]
            if font not in named:
                named[font] = self._font(textpage, index)
            white, clear = self._ink(objects[place])
            size = round(abs(sizes[place]) * math.hypot(c, d), 1)
            angle = math.degrees(math.atan2(b, a)) % 360 if b else (0.0 if a >= 0 else 180.0)
            unseen = clear or modes[place] in _UNSEEN_MODES
            name, bold = named[font]
            look = (size, bold or modes[place] == 2, name, unseen, white)
            if look not in styles:
                styles[look] = Style(size, look[1], 0, name, unseen, white)
            runs[key] = _Run(x, y, angle, styles[look])
        return runs

    def _font(self, textpage: Any, index: int) -> tuple[str, bool]:
        flags = ctypes.c_int()
        length = self._raw.FPDFText_GetFontInfo(textpage, index, self._font_name, _FONT_NAME_LENGTH, flags)
        name = self._font_name.value.decode("utf-8", "replace") if 0 < length <= _FONT_NAME_LENGTH else ""
        name = name.split("+", 1)[-1] if name[6:7] == "+" else name
        return name, bool(_BOLD_NAME.search(name)) or self._raw.FPDFText_GetFontWeight(textpage, index) >= 650

    def _ink(self, text_object: Any) -> tuple[bool, bool]:
        """Returns whether the letters are white, and whether they are clear as glass."""
        if not self._raw.FPDFPageObj_GetFillColor(text_object, *self._colour_references):
            return False, False
        red, green, blue, opacity = (part.value for part in self._colour)
        return min(red, green, blue) >= _NEARLY_WHITE, opacity == 0


def _words(
    tokens: Sequence[str],
    starts: Sequence[int],
    places: Sequence[float],
    keys: Sequence[bytes],
    runs: dict[bytes, _Run],
    frame: Frame,
) -> Iterator[Word]:
    """Yields the words that stand on the page as it is shown."""
    half = 4 * len(tokens)
    width, height = frame.width, frame.height
    looks = {key: _look(run, frame) for key, run in runs.items()}
    for place, (token, first, key) in enumerate(zip(tokens, starts, keys, strict=True)):
        style, base, top, bottom = looks[key]
        four = 4 * place
        if frame.turn == 0:
            x0, x1 = places[four] - frame.left, places[half + four + 2] - frame.left
            box = Box(x0, top, x1, bottom)
        if frame.turn or style.angle:
            begin, end = (_shown(places[at : at + 4], frame) for at in (four, half + four))
            box = Box(min(begin.x0, end.x0), top, max(begin.x1, end.x1), bottom)
            if style.angle:
                box = box._replace(top=min(begin.top, end.top), bottom=max(begin.bottom, end.bottom))
        if not (-_FARTHEST < box.x0 <= box.x1 < _FARTHEST and -_FARTHEST < box.top <= box.bottom < _FARTHEST):
            continue
        if box.x1 <= 0 or box.x0 >= width or box.bottom <= 0 or box.top >= height:
            continue
        if token[-1] in _LINE_END_HYPHEN:
            token = token[:-1] + "-"
        yield Word(symbols.readable(token, style.font), *box, base, style, first)


def _look(run: _Run, frame: Frame) -> tuple[Style, float, float, float]:
    """Returns the style of a run as the page is shown, its base line, and the upper and lower edge of its letters."""
    x, y = frame.shown(run.x, run.y)
    angle = (run.angle - frame.turn + 360) % 360
    quarter = round(angle / 90) * 90
    if abs(angle - quarter) > 3:
        return run.style._replace(angle=-1), y, y, y
    size = run.style.size
    if quarter % 360 == 0:
        return run.style, y, y - ASCENT * size, y + DESCENT * size
    return run.style._replace(angle=quarter % 360), y if quarter == 180 else x, y, y


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
