"""Sets running headers, footers and page numbers apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from checker.documents.draft import PageDraft
from checker.documents.model import BlockKind
from checker.documents.pieces import Piece

_EDGE = 3  # a header or footer of more lines than this is none
_LONGEST = 160
_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(r"(?:page\s*)?[-–]?\s*(\d{1,3})\s*[-–]?(?:\s*(?:of|/)\s*\d{1,3})?$", re.IGNORECASE)
_PAGE_WORDS = re.compile(r"\bpage\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?$", re.IGNORECASE)


def set_running_apart(pieces: Sequence[Piece], pages: Sequence[PageDraft]) -> None:
    """Marks what is repeated at the edges of pages, and the numbers of the pages."""
    if pages:
        _at_the_edges(pieces, len(pages))
    else:
        _in_a_dump(pieces)


def _at_the_edges(pieces: Sequence[Piece], pages: int) -> None:
    by_page: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.kind is BlockKind.PARAGRAPH and piece.part.page is not None and piece.text:
            by_page[piece.part.page].append(piece)
    for outermost in (_first, _last):
        seen: dict[str, list[Piece]] = defaultdict(list)
        for on_page in by_page.values():
            keys = set()
            for piece in outermost(on_page):
                key = _key(piece)
                if key and key not in keys:
                    seen[key].append(piece)
                    keys.add(key)
        for key, found in seen.items():
            enough = max(2, pages // 2) if "#" in key or pages < 5 else 3
            if len(found) >= enough:
                _set_apart(found)


def _first(pieces: list[Piece]) -> Iterable[Piece]:
    return pieces[:_EDGE]


def _last(pieces: list[Piece]) -> Iterable[Piece]:
    return pieces[-_EDGE:]


def _key(piece: Piece) -> str:
    """Returns the text with the page's own number as ``#``: what is the same on each page."""
    if len(piece.text) > _LONGEST or piece.part.heading:
        return ""
    page = piece.part.page or 0
    near = {str(page + shift) for shift in (-2, -1, 0, 1, 2)}
    return _NUMBER.sub(lambda found: "#" if found[0] in near else found[0], piece.text.lower())


def _in_a_dump(pieces: Sequence[Piece]) -> None:
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
            number = int(alone[1])
            if last < number <= last + 3:
                last = number
                yield piece
        elif _PAGE_WORDS.search(piece.text) and len(piece.text) < 80:
            yield piece


def _set_apart(pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        piece.kind = BlockKind.RUNNING
