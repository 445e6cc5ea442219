"""Asks pdfium many things in few and cheap steps.

A call from Python into pdfium costs more than pdfium's own work. So nothing is asked for each letter: a page's text
comes in one call, and places come for the first and last letter of each word, written side by side into one stretch of
memory. And what is called often is called with plain numbers for handles and addresses, which halves the cost; indices
and counts go as if they were addresses too, because ctypes hands these over the quickest. A function that wants a smaller
number takes it from the lower part.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import Any

_Int, _Address, _Double = ctypes.c_int, ctypes.c_void_p, ctypes.c_double

# What each function returns, and how many arguments it takes, as pdfium's headers fpdf_text.h and fpdf_edit.h say.
_SIGNATURES: dict[str, tuple[Any, int]] = {
    "FPDFText_CountChars": (_Int, 1),
    "FPDFText_GetText": (_Int, 4),
    "FPDFText_IsGenerated": (_Int, 2),
    "FPDFText_GetUnicode": (ctypes.c_uint, 2),
    "FPDFText_GetLooseCharBox": (_Int, 3),
    "FPDFText_GetMatrix": (_Int, 3),
    "FPDFText_GetFontSize": (_Double, 2),
    "FPDFText_GetFontInfo": (ctypes.c_ulong, 5),
    "FPDFText_GetFontWeight": (_Int, 2),
    "FPDFText_GetTextObject": (_Address, 2),
    "FPDFTextObj_GetTextRenderMode": (_Int, 1),
    "FPDFTextObj_GetFont": (_Address, 1),
    "FPDFPage_CountObjects": (_Int, 1),
    "FPDFPage_GetObject": (_Address, 2),
    "FPDFPageObj_GetType": (_Int, 1),
    "FPDFPageObj_GetFillColor": (_Int, 5),
    "FPDFPageObj_GetBounds": (_Int, 5),
    "FPDFPageObj_GetMatrix": (_Int, 2),
    "FPDFFormObj_CountObjects": (_Int, 1),
    "FPDFFormObj_GetObject": (_Address, 2),
    "FPDFPath_GetDrawMode": (_Int, 3),
    "FPDFPath_CountSegments": (_Int, 1),
    "FPDFPath_GetPathSegment": (_Address, 2),
    "FPDFPathSegment_GetPoint": (_Int, 3),
    "FPDFPathSegment_GetType": (_Int, 1),
    "FPDFPathSegment_GetClose": (_Int, 1),
}


class Pdfium:
    """The functions of pdfium that are called often, by their own names."""

    def __init__(self, raw: Any) -> None:
        """Takes ``pypdfium2.raw``."""
        for name, (result, arguments) in _SIGNATURES.items():
            address = address_of(getattr(raw, name))
            setattr(self, name, ctypes.PYFUNCTYPE(result, *[_Address] * arguments)(address))

    def __getattr__(self, name: str) -> Callable[..., Any]:
        raise AttributeError(f"{name} is not among the functions that are called often")


def address_of(handle: Any) -> int:
    """Returns a handle of ``pypdfium2.raw`` as a number."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


class Buffer:
    """Memory that pdfium writes equal groups of numbers into, one group after another."""

    def __init__(self, numbers: int, kind: str = "f") -> None:
        """Takes how many numbers a group has, and of which kind: ``f`` floating point, ``I`` whole."""
        self._numbers, self._kind = numbers, kind
        self._grow(1024)

    def ask(self, question: Callable[..., int], handle: int, indices: Sequence[int]) -> list[float]:
        """Asks a question of each of some characters; returns all answers in a row, and 0s where there is none."""
        answered = list(map(question, repeat(handle), indices, self.places(len(indices))))
        values = self.values(len(indices))
        if 0 in answered:
            for place, answer in enumerate(answered):
                if not answer:
                    values[place * self._numbers : (place + 1) * self._numbers] = [0] * self._numbers
        return values

    def places(self, count: int, number: int = 0) -> range:
        """Returns the addresses at which a number of each group is written."""
        if count > self._count:
            self._grow(count)
        begin = ctypes.addressof(self._memory) + 4 * number
        return range(begin, begin + 4 * self._numbers * count, 4 * self._numbers)

    def values(self, count: int) -> list[Any]:
        """Returns what was written, all numbers in a row."""
        written: list[Any] = memoryview(self._memory).cast("B").cast(self._kind)[: count * self._numbers].tolist()  # type: ignore[call-overload]
        return written

    def groups(self, count: int) -> Iterator[tuple[Any, ...]]:
        """Returns what was written, group by group."""
        written = iter(self.values(count))
        return zip(*repeat(written, self._numbers), strict=True)

    def _grow(self, count: int) -> None:
        self._count = count
        self._memory = (ctypes.c_uint32 * (self._numbers * count))()


def colours_of(pdfium: Pdfium, things: Sequence[int], buffer: Buffer) -> list[tuple[int, int, int, int]]:
    """Returns the red, green, blue and opacity that things are filled with, from 0 to 255; black where it is not known.

    Args:
        pdfium: The functions.
        things: Handles of text or paths.
        buffer: A buffer of groups of four whole numbers.
    """
    count = len(things)
    answered = list(map(pdfium.FPDFPageObj_GetFillColor, things, *(buffer.places(count, part) for part in range(4))))
    groups = zip(buffer.groups(count), answered, strict=True)
    return [(red, green, blue, opacity) if known else (0, 0, 0, 255) for (red, green, blue, opacity), known in groups]


def text_of(pdfium: Pdfium, textpage: int, limit: int) -> str:
    """Returns a page's text with one character for each of pdfium's, so that indices agree.

    Args:
        pdfium: The functions.
        textpage: The page's text.
        limit: How many characters to read at most.
    """
    count = min(pdfium.FPDFText_CountChars(textpage), limit)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, ctypes.addressof(buffer))
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    codes = map(pdfium.FPDFText_GetUnicode, repeat(textpage), range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)
