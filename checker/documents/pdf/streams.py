"""Tells which pages of a PDF are damaged inside: pdfium shows what it can unpack of them, and says nothing of the rest."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from checker.documents.pdf.unshown import MOST_BYTES, silenced

MOST_PAGES = 300
"""In longer files nobody is told which pages are damaged."""

_MOST_UNPACKED = 10_000_000
_MOST_PACKED = 2_000_000
_MOST_STREAMS = 5_000
_DEEPEST = 4
_STREAM = re.compile(rb">>\s{0,4}stream\r?\n")
_OTHER = re.compile(rb"/Image|/XRef|/DecodeParms|\[\s*/(?!FlateDecode\s*\]|PDF)")
_REFERENCE = re.compile(rb"[ \[](\d{1,7}) \d{1,5} R\b")
_OBJECT = re.compile(rb"(?<!\d)(\d{1,7})\s+\d{1,5}\s+obj\b")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SAYS = 300  # bytes before a stream in which stands what it is


class State(Enum):
    """How a packed stream comes out."""

    WHOLE = "whole"
    WRONG_SUM = "wrong sum"
    BROKEN = "broken"


def is_damaged(path: Path) -> bool:
    """Whether something in a PDF that could hold text cannot be unpacked as it was packed.

    What is encrypted or a picture is not looked into; a font is, because letters that it cannot draw are not read. A
    program that writes wrong sums writes them all wrong.
    """
    if path.stat().st_size > MOST_BYTES:
        return False
    data = path.read_bytes()
    if b"/Encrypt" in data:
        return False
    found = {_state(packed) for packed in _packed(data)}
    return State.BROKEN in found or {State.WHOLE, State.WRONG_SUM} <= found


def lacks_objects(path: Path) -> bool:
    """Whether a PDF refers to an object that it does not hold; one in which objects are packed together is not asked."""
    if path.stat().st_size > MOST_BYTES:
        return False
    data = path.read_bytes()
    return b"/ObjStm" not in data and not set(_REFERENCE.findall(data)) <= {b"0", *_OBJECT.findall(data)}


def damaged_pages(path: Path) -> set[int]:
    """Returns the numbers of the pages that hold something that cannot be unpacked as it was packed."""
    with silenced():
        try:
            import pypdf

            pages = pypdf.PdfReader(path).pages
            return {number for number, page in enumerate(pages[:MOST_PAGES], 1) if _is_hit(page)}
        except Exception:  # a file that is damaged elsewhere too raises anything at all
            return set()


def _packed(data: bytes) -> Iterator[memoryview]:
    view = memoryview(data)
    for count, found in enumerate(_STREAM.finditer(data)):
        if count >= _MOST_STREAMS:
            return
        says = data[max(0, found.start() - _SAYS) : found.start()]
        says = says[says.rfind(b"obj") :]
        if b"/FlateDecode" in says and not _OTHER.search(says):
            yield view[found.end() : found.end() + _MOST_PACKED]


def _state(packed: memoryview | bytes) -> State:
    try:
        zlib.decompressobj().decompress(packed, _MOST_UNPACKED)
    except zlib.error as error:
        return State.WRONG_SUM if "data check" in str(error) else State.BROKEN
    return State.WHOLE


def _is_hit(page: Mapping[str, Any]) -> bool:
    try:
        return any(
            stream.get("/Filter") in ("/FlateDecode", ["/FlateDecode"])
            and "/DecodeParms" not in stream
            and _state(stream._data) is not State.WHOLE  # as it stands in the file
            for stream in _streams(page)
        )
    except Exception:  # a part of it that is not where the page says raises anything at all
        return True


def _streams(page: Mapping[str, Any]) -> Iterator[Any]:
    """Yields what a page draws, and its fonts."""
    contents = page.get("/Contents")
    contents = None if contents is None else contents.get_object()
    yield from (part.get_object() for part in contents) if isinstance(contents, list) else filter(None, [contents])
    yield from _drawn(page, 0)


def _drawn(drawing: Mapping[str, Any], depth: int) -> Iterator[Any]:
    resources = drawing.get("/Resources")
    if resources is None or depth > _DEEPEST:
        return
    resources = resources.get_object()
    for font in resources.get("/Font", {}).values():
        if "/Widths" in font and not isinstance(font["/Widths"], list):
            raise LookupError("the widths of its letters are not where the font says")
        if "/ToUnicode" in font:
            yield font["/ToUnicode"].get_object()
        for part in (font, *(below.get_object() for below in font.get("/DescendantFonts", ()))):
            descriptor = part.get("/FontDescriptor") or {}
            yield from (descriptor[name].get_object() for name in _FONT_FILES if name in descriptor)
    for form in (form.get_object() for form in resources.get("/XObject", {}).values()):
        if form.get("/Subtype") == "/Form":
            yield form
            yield from _drawn(form, depth + 1)
