"""Asks pdfium many things in few steps.

A call from Python into pdfium costs more than pdfium's own work, so nothing is asked for each letter: a page's text comes
in one call, and places come for the first and last letter of each word, written side by side into one stretch of memory.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any


class Buffer:
    """Memory that pdfium writes equal structures of floating point numbers into, one after another."""

    def __init__(self, structure: type[ctypes.Structure]) -> None:
        """Takes the structure that pdfium fills, such as ``FS_RECTF``."""
        self._structure = structure
        self._numbers = ctypes.sizeof(structure) // ctypes.sizeof(ctypes.c_float)
        self._grow(1024)

    def ask(self, question: Callable[..., int], handle: Any, indices: Sequence[int]) -> list[float]:
        """Asks a question of each of some characters and returns all answers in a row; a question that fails gives 0s."""
        count = len(indices)
        if count > len(self._references):
            self._grow(count)
        answered = list(map(question, repeat(handle), indices, self._references))
        values = memoryview(self._memory).cast("B").cast("f")[: count * self._numbers].tolist()
        if not all(answered):
            for place, answer in enumerate(answered):
                if not answer:
                    values[place * self._numbers : (place + 1) * self._numbers] = [0.0] * self._numbers
        return values

    def _grow(self, count: int) -> None:
        self._memory = (self._structure * count)()
        self._references = [ctypes.byref(item) for item in self._memory]


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


def addresses(pointers: Sequence[Any]) -> list[bytes]:
    """Returns something that tells pdfium's objects apart."""
    return list(map(bytes, pointers))
