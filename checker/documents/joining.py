"""Joins paragraphs that a page's end, or a program that knew only lines, broke in two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.documents.markers import begins_item, marker_of
from checker.documents.model import BlockKind
from checker.documents.normalise import Normaliser
from checker.documents.pieces import Piece

_ENDED = re.compile(r"[.:;!?…]['\")\]]*$")
_HANGING = frozenset(
    "a after also an and any are as at be been before by each for from has have if in into is it may must no of on or "
    "our see should than that the their these they this those to under until we when where which while who will with "
    "within your".split()
)
_HANGING_BEFORE_ANY = frozenset("a an and of or our the their to your".split())
_LAST_WORD = re.compile(r"([^\W\d_]+)$")


def join_broken(pieces: Sequence[Piece], normaliser: Normaliser) -> list[Piece]:
    """Returns the pieces with broken paragraphs whole; running lines and pictures that stood between come after.

    A lone bullet at a paragraph's end belongs to the paragraph after it.
    """
    joined: list[Piece] = []
    last: Piece | None = None
    for piece in pieces:
        if piece.apart:
            joined.append(piece)
            continue
        if last and _goes_on(last, piece):
            last.spans += piece.spans
            last.reading = normaliser.read(last.spans)
            continue
        joined.append(piece)
        last = piece if piece.kind is BlockKind.PARAGRAPH else None
    return joined


def _goes_on(before: Piece, piece: Piece) -> bool:
    """Whether a paragraph goes on with the one before it."""
    if piece.kind is not BlockKind.PARAGRAPH or not before.text or not piece.text:
        return False
    if piece.part.heading is not None or before.part.heading is not None or piece.part.marker:
        return False
    if piece.part.contents or before.part.contents or before.part.ocr != piece.part.ocr:
        return False
    if _lone_bullet(before):
        return not begins_item(piece.text)
    if piece.part.item is not None or begins_item(piece.text) or _ENDED.search(before.text):
        return False
    word = _LAST_WORD.search(before.text[-20:])
    hanging = word[1].lower() if word and len(before.text) > 12 else ""
    if not _begins_small(piece.text):
        return hanging in _HANGING_BEFORE_ANY and not before.part.bold
    if hanging in _HANGING or before.text[-1] in ",-–(/&" or before.part.page != piece.part.page:
        return True
    listed = before.part.item is None and _begins_small(before.text)
    return len(before.text) > 60 and not listed


def _begins_small(text: str) -> bool:
    """Whether it begins in the middle of a sentence: with a small letter, and no address."""
    first = text.split(None, 1)[0]
    return first[0].islower() and "@" not in first and "." not in first[:-1]


def _lone_bullet(piece: Piece) -> bool:
    marker = marker_of(piece.text + " ") if len(piece.text) < 4 else None
    return bool(marker and marker.length >= len(piece.text))
