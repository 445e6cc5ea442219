"""Sets apart the running headers, footers and page numbers that the text of a paged document still holds.

Formats that are drawn on pages know them by where they stand; this is for texts that lost their pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from checker.documents.model import BlockKind
from checker.documents.pieces import Piece

_LONGEST = 160
_PAGE = re.compile(
    r"(?:p ?a ?g ?e[\s|]*)?[-–]?\s*(?P<number>\d{1,3})\s*[-–]?(?:\s*(?:of|/)\s*\d{1,3}|\s*\|\s*p ?a ?g ?e)?$",
    re.IGNORECASE,
)
_PAGE_WORDS = re.compile(r"\bpage\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?$", re.IGNORECASE)


def set_running_apart(pieces: Sequence[Piece]) -> None:
    """Marks the page numbers that a dump of a paged document left in its text, and what is repeated beside them."""
    numbers = list(_lone_numbers(pieces))
    if len(numbers) < 2:
        return
    _set_apart(numbers)
    neighbours: dict[str, list[Piece]] = defaultdict(list)
    chosen = {id(piece) for piece in numbers}
    for at, piece in enumerate(pieces):
        if id(piece) in chosen:
            for near in (*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2]):
                if near.kind is BlockKind.PARAGRAPH and len(near.text) <= _LONGEST:
                    neighbours[near.text.lower()].append(near)
    for found in neighbours.values():
        if len(found) >= 3:
            _set_apart(found)


def _lone_numbers(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yields lines that hold a page number alone and count up."""
    last = 0
    for piece in pieces:
        if piece.kind is not BlockKind.PARAGRAPH or len(piece.text) > _LONGEST:
            continue
        alone = _PAGE.match(piece.text)
        if alone:
            number = int(alone["number"])
            if last < number <= last + 3:
                last = number
                yield piece
        elif _PAGE_WORDS.search(piece.text) and len(piece.text) < 80:
            yield piece


def _set_apart(pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        piece.kind = BlockKind.RUNNING
