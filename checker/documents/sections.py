"""Builds the tree of sections from the headings."""

from __future__ import annotations

from collections.abc import Sequence

from checker.documents.model import BlockKind, Section
from checker.documents.pieces import Piece


def sections_of(pieces: Sequence[Piece], end: int) -> tuple[tuple[Section, ...], list[int]]:
    """Returns the sections in order, and for each piece the index of the section in which it stands.

    Args:
        pieces: The pieces in reading order, headings with their levels.
        end: The length of the document's text.
    """
    made: list[tuple[Piece | None, int, int | None]] = [(None, 0, None)]
    ends: list[int] = [end]
    open_: list[int] = [0]
    section_of: list[int] = []
    for piece in pieces:
        if piece.kind is BlockKind.HEADING or piece.closes:
            start = piece.reading.start if not piece.spans else piece.spans[0].start
            level = piece.level if piece.kind is BlockKind.HEADING else len(piece.numbers)
            while made[open_[-1]][1] >= level:
                ends[open_.pop()] = start
            if open_ == [0]:
                ends[0] = min(ends[0], start)
            made.append((piece, level, open_[-1]))
            ends.append(end)
            open_.append(len(made) - 1)
        section_of.append(open_[-1])
    sections = tuple(
        Section(
            piece.text if piece and piece.kind is BlockKind.HEADING else "",
            piece.marker if piece and piece.numbers else "",
            level,
            piece.spans[0].start if piece else 0,
            ends[index],
            parent,
        )
        for index, (piece, level, parent) in enumerate(made)
    )
    return sections, section_of
