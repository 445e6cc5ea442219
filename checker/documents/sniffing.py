"""Looks at a file's first bytes: what it is, whatever its ending says."""

from __future__ import annotations

from pathlib import Path

from checker.errors import UnreadableError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "pdf", "a PDF"),
    (b"PK\x03\x04", "zip", "a Word document or another kind of ZIP archive"),
    (b"PK\x05\x06", "zip", "an empty ZIP archive"),
    (_OLE, "ole", "an old Word document (.doc) or one that is protected by a password"),
    (b"{\\rtf", "rtf", "a Rich Text document"),
    (b"\x89PNG", "picture", "a picture"),
    (b"\xff\xd8\xff", "picture", "a picture"),
    (b"GIF8", "picture", "a picture"),
    (b"II*\x00", "picture", "a picture"),
    (b"MM\x00*", "picture", "a picture"),
    (b"\x1f\x8b", "gzip", "a compressed file"),
    (b"7z\xbc\xaf", "7z", "a compressed file"),
    (b"Rar!", "rar", "a compressed file"),
    (b"SQLite format 3", "sqlite", "a database"),
    (b"\x7fELF", "program", "a program"),
    (b"MZ\x90\x00", "program", "a program"),
)
_WEB = (b"<!doctype html", b"<html", b"<?xml")
_ADVICE = {
    "pdf": "Give it the ending .pdf and try again.",
    "zip": "If it is a Word document, give it the ending .docx and try again.",
    "html": "Give it the ending .html and try again.",
    "ole": "Open it in Word, save it as .docx without a password and try again.",
}


def beginning_of(data: bytes) -> tuple[str, str] | None:
    """Returns what a file is by its first bytes, as a short word and in words; ``None`` where nothing gives it away."""
    for beginning, kind, words in _BEGINNINGS:
        if data.startswith(beginning):
            return kind, words
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_WEB[:2]) or (start.startswith(_WEB[2]) and b"<html" in data[:2048].lower()):
        return "html", "a web page"
    return None


MOST_PARTS = 250_000
"""How many lines or paragraphs a document may have: a hundred times as many as the longest policy."""


def refuse_endless(name: str, parts: int) -> None:
    """Refuses a document that has more lines or paragraphs than any policy.

    Raises:
        UnreadableError: If it is longer than that.
    """
    if parts > MOST_PARTS:
        raise UnreadableError(
            "too-large",
            f"{name}: has more than {MOST_PARTS:,} lines, far more than a policy can have. Check that it is the right "
            "file and try again.",
        )


def refuse_other(path: Path, data: bytes, expected: str) -> None:
    """Refuses a file that is empty, or that is something else than its ending says.

    Args:
        path: The file.
        data: Its first bytes, at least some hundred.
        expected: The kind that is right, as :func:`beginning_of` names it, or ``text``.

    Raises:
        UnreadableError: If the file is empty, or is not of that kind.
    """
    if not data.strip(b"\x00 \t\r\n\x0b\x0c\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("empty", f"{path.name}: the file is empty. Save the document again and try once more.")
    found = beginning_of(data)
    if found and found[0] != expected:
        kind, words = found
        advice = _ADVICE.get(kind, "Save the document as .docx or PDF and try again.")
        raise UnreadableError(
            "password-protected" if kind == "ole" and expected == "zip" else "wrong-ending",
            f"{path.name}: the ending says {path.suffix.lower() or 'nothing'}, but the file is {words}. {advice}",
        )
