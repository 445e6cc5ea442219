"""Asks pdfium many things in few steps.

A call from Python into pdfium costs more than pdfium's own work, so nothing is asked for each letter: a page's text
comes in one call, and places come for the first and last letter of each word, written side by side into one stretch of
memory.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any

class Buffer:
    """Memory that pdfium writes equal structures of numbers into, one after another."""

    def __init__(self, structure: type[ctypes.Structure]) -> None:
        """Takes the structure of floating point numbers that pdfium fills, such as ``FS_RECTF``."""
        self._structure = structure
        self._count = ctypes.sizeof(structure) // ctypes.sizeof(ctypes.c_float)
        self._grow(1024)

    def ask(self, question: Callable[..., int], handle: Any, indices: Sequence[int]) -> list[float]:
        """Asks a question of each of some characters; returns all answers in a row, and 0s where there is none."""
        count = len(indices)
        if count > len(self._references):
            self._grow(count)
        answered = list(map(question, repeat(handle), indices, self._references))
        values: list[float] = memoryview(self._memory).cast("B").cast("f")[: count * self._count].tolist()
        if 0 in answered:
            for place, answer in enumerate(answered):
                if not answer:
                    values[place * self._count : (place + 1) * self._count] = [0.0] * self._count
        return values

    def _grow(self, count: int) -> None:
        self._memory = (self._structure * count)()
        self._references = [ctypes.byref(item) for item in self._memory]


class Colours:
    """Memory that pdfium writes the colours of things on the page into."""

    def __init__(self) -> None:
        """Takes no more memory than a page usually needs."""
        self._grow(256)

    def ask(self, question: Callable[..., int], things: Sequence[Any]) -> list[tuple[int, int, int, int]]:
        """Returns red, green, blue and opacity of each thing, from 0 to 255; black where it has no colour."""
        count = len(things)
        if count > len(self._references[0]):
            self._grow(count)
        answered = list(map(question, things, *self._references))
        red, green, blue, opacity = (memoryview(part).cast("B").cast("I")[:count].tolist() for part in self._memory)
        colours = zip(red, green, blue, opacity, strict=True)
        return [colour if known else (0, 0, 0, 255) for colour, known in zip(colours, answered, strict=True)]

    def _grow(self, count: int) -> None:
        self._memory = [(ctypes.c_uint * count)() for _ in range(4)]
        size = ctypes.sizeof(ctypes.c_uint)
        self._references = [
            [ctypes.byref(ctypes.c_uint.from_buffer(part, size * place)) for place in range(count)]
            for part in self._memory
        ]


def text_of(raw: Any, textpage: Any, limit: int) -> str:
    """Returns a page's text with one character for each of pdfium's, so that indices agree.

    Args:
        raw: ``pypdfium2.raw``.
        textpage: The page's text.
        limit: How many characters to read at most.
    """
    count = min(raw.FPDFText_CountChars(textpage), limit)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    codes = map(raw.FPDFText_GetUnicode, repeat(textpage), range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


def addresses(pointers: Iterable[Any]) -> list[bytes]:
    """Returns something that tells pdfium's objects apart."""
    return list(map(bytes, pointers))
