"""Turns the bytes of a text file into characters, whichever encoding they are in."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import NamedTuple

from checker.errors import UnreadableError

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\b"))


class Decoded(NamedTuple):
    """A text and what a user should know about how its bytes were read."""

    text: str
    notes: tuple[str, ...]


def decode(path: Path, data: bytes) -> Decoded:
    """Returns the text of a file: UTF-8, else UTF-16, else Windows-1252.

    Raises:
        UnreadableError: If the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(path, data.removeprefix(codecs.BOM_UTF8), encoding), _note(encoding))
    wide = _without_mark(data)
    if wide:
        return Decoded(_strict(path, data, wide), _note("utf-16"))
    if len(data.translate(None, _CONTROLS)) < len(data) * 0.98:
        raise _no_text(path)
    try:
        return Decoded(data.decode("utf-8"), ())
    except UnicodeDecodeError:
        pass
    try:
        return Decoded(data.decode("cp1252"), _note("Windows-1252"))
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1"), _note("Latin-1"))


def _strict(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end >= len(data) - 1:
            return data[: error.start].decode(encoding)
        raise _no_text(path) from error


def _without_mark(data: bytes) -> str | None:
    """Returns the kind of UTF-16 that stands without its mark: every other byte of English text is then zero."""
    head = data[:4000]
    if len(head) < 8 or head.count(0) < len(head) * 0.4:
        return None
    if head[1::2].count(0) > len(head) * 0.4 > head[0::2].count(0) * 4:
        return "utf-16-le"
    if head[0::2].count(0) > len(head) * 0.4 > head[1::2].count(0) * 4:
        return "utf-16-be"
    return None


def _note(encoding: str) -> tuple[str, ...]:
    if encoding == "utf-8":
        return ()
    return (f"The file is not in UTF-8; it was read as {encoding.upper() if encoding[0].islower() else encoding}.",)


def _no_text(path: Path) -> UnreadableError:
    return UnreadableError(
        "not-text",
        f"{path.name}: the file holds no readable text. Open it in the program that made it, save it as .docx or PDF "
        "and try again.",
    )
