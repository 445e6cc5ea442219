"""Finds what a document calls itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.documents.model import BlockKind
from checker.documents.pieces import Piece

_CALLS_ITSELF = re.compile(
    r"\b(?:policy|policies|procedures?|strategy|statement|handbook|guidance|guide|plan|menu|newsletter|prospectus|code)\b",
    re.IGNORECASE,
)
_FRONT = 25
_LONGEST = 120


def calls_itself(text: str) -> bool:
    """Whether a line names a kind of document, as titles do."""
    return bool(_CALLS_ITSELF.search(text))


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
        if piece.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH} and piece.text:
            front.append(piece.text)
        if piece.kind is BlockKind.HEADING:
            break
    named = next((line for line in front if calls_itself(line)), None)
    marked = next((piece.text for piece in pieces if piece.title), None)
    return named or marked or (given or "").strip() or (front[0] if front else None)
