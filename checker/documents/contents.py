"""Knows the lines of a contents page, which are no headings and say nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from checker.documents.markers import MarkerKind, marker_of
from checker.documents.model import BlockKind
from checker.documents.pieces import Piece
from checker.documents.wording import is_substantial, like_a_title, words_in

_HEADING = re.compile(r"(?:table of )?contents(?: page| list)?:?$|index$", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,}|(?:[·‧․] ?){4,})\s*(?:(?:page\s*)?\d{1,3})?$", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[\s.…:–-](?:(?:page|p\.?)\s*)?(\d{1,3}|[ivx]{1,4})$", re.IGNORECASE)
_ENDED = re.compile(r"(?<!\.\.\.)[.;!]$")
_BEFORE_PAGES = frozenset(".…·‧․ivxIVX")
_LONGEST = 200
_FEWEST = 4  # fewer lines with page numbers may be anything
_LINES = frozenset({BlockKind.PARAGRAPH, BlockKind.ROW})
_POINTS = str.maketrans(dict.fromkeys("!\"#%&'()*+,-./:;<=>?@[\\]^_`{|}~–…", " "))


def set_contents_apart(pieces: Sequence[Piece]) -> None:
    """Marks the contents heading, the lines under it, and lines with leaders wherever they stand."""
    flow = [piece for piece in pieces if not piece.apart]
    for piece in flow:
        if piece.part.contents or (piece.kind is not BlockKind.ROW and _leads_to_a_page(piece)):
            _mark(piece)
    headings = [at for at, piece in enumerate(flow) if piece.prose and _is_contents_heading(piece.text)]
    runs = list(_runs_to_pages(flow))
    if not headings and not runs:
        return
    names = Counter(
        name for other in flow if len(other.text) <= _LONGEST for name in (_key(other), _number(other)) if name
    )
    for at in headings:
        _mark_list(flow, at, names)
    for run in runs:
        if sum(names[_key(piece)] > 1 for piece in run) * 2 > len(run):
            for piece in run:
                _mark(piece)


def listed_in_contents(pieces: Sequence[Piece]) -> frozenset[int]:
    """Returns the ids of the numbered lines that a line of the contents names with their number: headings."""
    named = {(_key(piece), _number(piece)) for piece in pieces if piece.kind is BlockKind.CONTENTS}
    return frozenset(
        id(piece)
        for piece in pieces
        if piece.kind is BlockKind.PARAGRAPH and piece.candidate is not None and (_key(piece), _number(piece)) in named
    )


def _is_contents_heading(text: str) -> bool:
    return len(text) < 40 and bool(_HEADING.match(text))


def _runs_to_pages(flow: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yields lines one after the other that all end with page numbers, which never go back."""
    run: list[Piece] = []
    last = 0
    for piece in flow:
        page = _page_of(piece)
        if not page or page < last:
            if len(run) >= _FEWEST:
                yield run
            run = []
        last = page
        if page:
            run.append(piece)
    if len(run) >= _FEWEST:
        yield run


def _page_of(piece: Piece) -> int:
    """Returns the page to which a line may lead; 0 where it leads to none."""
    if len(piece.text) > _LONGEST or not piece.text[-1:].isdigit() or piece.kind not in _LINES:
        return 0
    found = _PAGE_NUMBER.search(piece.text)
    return int(found[1]) if found and _numbered_page(piece) else 0


def _mark_list(flow: Sequence[Piece], start: int, keys: Counter[str]) -> None:
    """Marks a contents heading and the lines under it, where there are any."""
    entries: list[Piece] = []
    doubtful: list[Piece] = []
    seen: set[str] = set()
    for at in range(start + 1, len(flow)):
        piece = flow[at]
        if len(piece.text) > _LONGEST and not _leads_to_pages(piece):
            break
        key, number = _key(piece), _number(piece)
        if (key in seen or number in seen) and not _numbered_page(piece) and piece.kind is not BlockKind.CONTENTS:
            break
        if (
            piece.kind is BlockKind.CONTENTS
            or _is_entry(piece, (key, number), keys)
            or (number and entries and _counts_on(entries[-1], piece, flow[at + 1 : at + 2]))
        ):
            entries += [*doubtful, piece]
            doubtful = []
            seen.update(known for known in (key, number) if known)
        elif len(doubtful) < 2 and len(piece.text) < 120 and not _ENDED.search(piece.text):
            doubtful.append(piece)
        else:
            break
    if entries:
        for piece in (flow[start], *entries):
            _mark(piece)


def _is_entry(piece: Piece, names: tuple[str, str], keys: Counter[str]) -> bool:
    """Whether it is a line of contents: it ends with a page number, or its title or number comes again."""
    if _leads_to_pages(piece) or (piece.text.isdigit() and len(piece.text) < 4):
        return True
    if not piece.text or len(piece.text) > 160 or len([cell for cell in piece.cells if cell.text]) > 1:
        return False
    comes_again = any(keys[name] > 1 for name in names if name)
    return _numbered_page(piece) or (comes_again and not _ENDED.search(piece.text) and words_in(piece.text) <= 16)


def _leads_to_pages(piece: Piece) -> bool:
    """Whether a row is one of a contents list: titles, and in its last cell the number of a page."""
    filled = [cell.text for cell in piece.cells if cell.text]
    return 1 < len(filled) <= 3 and len(piece.text) < 1000 and filled[-1].isdigit() and len(filled[-1]) < 4


def _counts_on(before: Piece, piece: Piece, following: Sequence[Piece]) -> bool:
    """Whether a line goes on with the numbering of the line before it, and nothing is said under it."""
    last, new = marker_of(before.text), marker_of(piece.text)
    if last is None or new is None or not like_a_title(piece.text[new.length :], 16):
        return False
    if any(is_substantial(each.text) or each.text.endswith(":") for each in following if each.text):
        return False
    child = (*last.numbers, 1)
    siblings = [(*last.numbers[:depth], last.numbers[depth] + 1) for depth in range(len(last.numbers))]
    return new.numbers in [child, *siblings]


def _leads_to_a_page(piece: Piece) -> bool:
    """Whether leaders and a page number end it, as against the dots of a form to fill in."""
    if len(piece.text) > _LONGEST or not piece.text[-1:].isdigit():
        return False
    found = _LEADERS.search(piece.text)
    return bool(found and found.start())


def _numbered_page(piece: Piece) -> bool:
    """Whether it ends with a page number, as against a line that is nothing but a number with a title."""
    found = _PAGE_NUMBER.search(piece.text)
    return bool(found and any(character.isalpha() for character in piece.text[: found.start()]))


def _key(piece: Piece) -> str:
    """Returns the words of a line, without its number, its leaders and its page number."""
    text = piece.text
    if text[-1:].isdigit() or text[-1:] in _BEFORE_PAGES:
        shorter = _LEADERS.sub("", text)
        text = (_PAGE_NUMBER.sub("", text) if shorter == text else shorter).rstrip(" .…")
    marker = marker_of(text)
    if marker and marker.length < len(text):
        text = text[marker.length :]
    return " ".join(text.lower().translate(_POINTS).split())


def _number(piece: Piece) -> str:
    """Returns the number of a line, where it has one of a kind that headings have."""
    marker = marker_of(f"{piece.part.marker} {piece.text}" if piece.part.marker else piece.text)
    if marker is None or marker.kind not in {MarkerKind.NAMED, MarkerKind.OUTLINE, MarkerKind.NUMBER}:
        return ""
    return f"#{marker.number.lower()}"


def _mark(piece: Piece) -> None:
    piece.kind = BlockKind.CONTENTS
    piece.table = None
    piece.cells = ()
