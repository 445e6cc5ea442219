"""Knows the lines of a contents page, which are no headings and say nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from checker.documents.markers import marker_of
from checker.documents.model import BlockKind
from checker.documents.pieces import Piece

_HEADING = re.compile(r"(?:table of )?contents(?: page| list)?:?$|index$", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|_{4,}|(?:\. ){4,}|(?:[·‧․] ?){4,})\s*(?:(?:page\s*)?\d{1,3})?$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[\s.…:–-](?:(?:page|p\.?)\s*)?(\d{1,3}|[ivx]{1,4})$", re.IGNORECASE)
_ENDED = re.compile(r"[.;!]$")
_NOT_WORDS = re.compile(r"[^\w]+")


def set_contents_apart(pieces: Sequence[Piece]) -> None:
    """Marks the contents heading, the lines under it, and lines with leaders wherever they stand."""
    flow = [piece for piece in pieces if not piece.apart]
    keys = Counter(key for piece in flow if len(piece.text) < 200 and (key := _key(piece)))
    for piece in flow:
        if piece.part.contents or (piece.kind is not BlockKind.ROW and _LEADERS.search(piece.text)):
            _mark(piece)
    for at, piece in enumerate(flow):
        if piece.kind is BlockKind.PARAGRAPH and len(piece.text) < 40 and _HEADING.match(piece.text):
            _mark_list(piece, flow[at + 1 :], keys)


def _mark_list(heading: Piece, following: Sequence[Piece], keys: Counter[str]) -> None:
    """Marks a contents heading and the lines under it, where there are any."""
    entries: list[Piece] = []
    doubtful: list[Piece] = []
    seen: set[str] = set()
    for piece in following:
        key = _key(piece)
        if key in seen and not _numbered_page(piece) and piece.kind is not BlockKind.CONTENTS:
            break
        if piece.kind is BlockKind.CONTENTS or _is_entry(piece, key, keys):
            entries += [*doubtful, piece]
            doubtful = []
            seen.add(key)
        elif len(doubtful) < 2 and len(piece.text) < 120 and not _ENDED.search(piece.text):
            doubtful.append(piece)
        else:
            break
    if entries:
        for piece in (heading, *entries):
            _mark(piece)


def _is_entry(piece: Piece, key: str, keys: Counter[str]) -> bool:
    if not piece.text or len(piece.text) > 160:
        return False
    if piece.kind is BlockKind.ROW:
        filled = [cell.text for cell in piece.cells if cell.text]
        return 0 < len(filled) <= 3 and (
            filled[-1].isdigit() if len(filled) > 1 else keys[key] > 1 or _numbered_page(piece)
        )
    return _numbered_page(piece) or (not _ENDED.search(piece.text) and keys[key] > 1)


def _numbered_page(piece: Piece) -> bool:
    """Whether it ends with a page number, as against a line that is nothing but a number with a title."""
    found = _PAGE_NUMBER.search(piece.text)
    return bool(found and any(character.isalpha() for character in piece.text[: found.start()]))


def _key(piece: Piece) -> str:
    """Returns the words of a line, without its number, its leaders and its page number."""
    text = _LEADERS.sub("", piece.text)
    if text == piece.text:
        text = _PAGE_NUMBER.sub("", text)
    text = text.rstrip(" .…")
    marker = marker_of(text)
    if marker and marker.length < len(text):
        text = text[marker.length :]
    return _NOT_WORDS.sub(" ", text).strip().lower()


def _mark(piece: Piece) -> None:
    piece.kind = BlockKind.CONTENTS
    piece.table = None
    piece.cells = ()
