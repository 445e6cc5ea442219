"""Joins paragraphs that a page's end, or a program that knew only lines, broke in two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.documents.markers import begins_item, marker_of
from checker.documents.model import BlockKind
from checker.documents.normalise import Normaliser
from checker.documents.pieces import Piece
from checker.documents.wording import asks_when, words_in
from checker.documents.words import words

_ENDED = re.compile(r"[.:;!?…]['\")\]]*$")
LONGEST_TITLE = 8  # words, with the number
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
    if piece.kind is not BlockKind.PARAGRAPH or not before.text or not piece.text or piece.part.marker:
        return False
    for part in (before.part, piece.part):
        if part.heading is not None or part.contents:
            return False
    if before.part.ocr != piece.part.ocr or begins_item(piece.text):
        return False
    if _lone_bullet(before):
        return True
    return piece.part.item is None and not _ENDED.search(before.text) and _is_one_sentence(before, piece)


def _is_one_sentence(before: Piece, piece: Piece) -> bool:
    """Whether the words of two paragraphs, the first of which has no full stop, make one sentence."""
    if before.text.isupper() and not piece.text.isupper():
        return False
    word = _LAST_WORD.search(before.text[-20:])
    hanging = word[1].lower() if word and len(before.text) > 12 else ""
    if not _begins_small(piece.text):
        known = words().hanging if piece.text[0] in "£0123456789" else words().hanging_before_any
        return hanging in known and not before.part.bold and not _is_title(before, piece)
    if hanging in words().hanging or before.text[-1] in ",-–(/&" or before.part.page != piece.part.page:
        return True
    listed = before.part.item is None and _begins_small(before.text)
    return len(before.text) > 60 and not listed


def _is_title(before: Piece, piece: Piece) -> bool:
    """Whether a line right above a paragraph may well end so: "4.2 The office to speak to", "Who to talk to"."""
    same_page = before.part.page == piece.part.page
    heads = begins_item(before.text) or (before.text.endswith(" to") and asks_when(before.text))
    return same_page and words_in(before.text) <= LONGEST_TITLE and heads


def _begins_small(text: str) -> bool:
    """Whether it begins in the middle of a sentence: with a small letter, and no address."""
    first = text.split(None, 1)[0]
    return first[0].islower() and "@" not in first and "." not in first[:-1]


def _lone_bullet(piece: Piece) -> bool:
    marker = marker_of(piece.text + " ") if len(piece.text) < 4 else None
    return bool(marker and marker.length >= len(piece.text))
