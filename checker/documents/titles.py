"""Finds what a document calls itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.documents.model import BlockKind
from checker.documents.pieces import Piece
from checker.documents.wording import labelled, like_a_title
from checker.documents.words import words

_WORD = re.compile(r"[a-z]+")
_FRONT = 25
_LONGEST = 120


def calls_itself(text: str) -> bool:
    """Whether a line names a kind of document, as titles do; "Approval of this policy" only speaks of one."""
    found = _WORD.findall(text.lower())
    spoken_of = words().before_documents
    return any(
        word in words().kinds_of_document and spoken_of.isdisjoint(found[at - 1 : at]) for at, word in enumerate(found)
    )


def _could_be_title(text: str) -> bool:
    return like_a_title(text, 20) and not labelled(text)


def title_of(pieces: Sequence[Piece], given: str | None) -> str | None:
    """Returns the title: a line before the first section that names a kind of document, else the first line.

    Args:
        pieces: The pieces of the document.
        given: The title in the file's properties; it counts only where the document shows none.
    """
    front: list[str] = []
    for piece in pieces[:_FRONT]:
        if piece.kind in {BlockKind.CONTENTS, BlockKind.ROW, BlockKind.LIST_ITEM} or len(piece.text) > _LONGEST:
            break
        if piece.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH} and _could_be_title(piece.text):
            front.append(piece.text)
        if piece.kind is BlockKind.HEADING:
            break
    named = next((line for line in front if calls_itself(line)), None)
    marked = next((piece.text for piece in pieces if piece.title), None)
    given = (given or "").strip()
    return named or (given if calls_itself(given) else None) or marked or given or (front[0] if front else None)
