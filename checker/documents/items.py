"""Finds list items: their bullets and numbers, and how deep they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from checker.documents.markers import MarkerKind
from checker.documents.model import BlockKind
from checker.documents.pieces import Piece, take_marker

_FULL_LINE = 60


@dataclass(slots=True)
class _List:
    """The kinds of marker that are open at this place, outermost first."""

    open: list[tuple[MarkerKind, str]] = field(default_factory=list)

    def depth(self, kind: MarkerKind, style: str) -> int:
        """Returns how deep an item with such a marker stands."""
        key = (kind, style)
        if key in self.open:
            del self.open[self.open.index(key) + 1 :]
        else:
            self.open.append(key)
        return len(self.open) - 1


def find_items(pieces: Sequence[Piece]) -> None:
    """Marks the list items among the paragraphs and takes their markers out of their text."""
    lists = _List()
    before: dict[MarkerKind, int] = {}
    flow = [piece for piece in pieces if not piece.apart]
    for at, piece in enumerate(flow):
        if piece.kind is not BlockKind.PARAGRAPH or piece.numbers or _is_footnote(flow, at):
            lists, before = _List(), {}
            continue
        found = piece.candidate
        if found and found.kind in {MarkerKind.NUMBER, MarkerKind.LETTER, MarkerKind.ROMAN} and not piece.closes:
            kind = _kind(piece, before)
            if kind is None:
                continue
            before[kind] = found.numbers[0]
            counted = lists.depth(kind, _style(found.text))
            _make_item(piece, counted if piece.part.item is None else piece.part.item)
        elif (found and found.kind is MarkerKind.BULLET) or piece.part.item is not None:
            style = found.text if found else piece.marker
            depth = piece.part.item
            if depth is None or (depth == 0 and lists.open and lists.open[0][0] is not MarkerKind.BULLET):
                depth = lists.depth(MarkerKind.BULLET, style)
            elif not lists.open:
                lists.open.append((MarkerKind.BULLET, style))
            _make_item(piece, depth)
        else:
            lists = _List()


def _is_footnote(flow: Sequence[Piece], at: int) -> bool:
    """Whether an asterisk begins a note rather than an item: no other such item stands beside it."""
    found = flow[at].candidate
    if found is None or found.text != "*" or flow[at].part.marker:
        return False
    beside = [flow[near].candidate for near in (at - 1, at + 1) if 0 <= near < len(flow)]
    if any(other is not None and other.text == "*" for other in beside):
        return False
    take_marker(flow[at])
    return True


def _kind(piece: Piece, before: dict[MarkerKind, int]) -> MarkerKind | None:
    """Returns what a number or letter is here; ``None`` where it only looks like one."""
    found = piece.candidate
    assert found is not None
    value = found.numbers[0]
    if piece.part.marker:
        return found.kind
    if found.kind is MarkerKind.ROMAN:
        letter = ord(found.number.lower()[0]) - 96
        if len(found.number) == 1 and before.get(MarkerKind.LETTER) == letter - 1:
            return MarkerKind.LETTER
        return MarkerKind.ROMAN if value == 1 or before.get(MarkerKind.ROMAN, 0) else None
    if found.kind is MarkerKind.LETTER:
        bracketed = ")" in found.text
        return MarkerKind.LETTER if bracketed or value == before.get(MarkerKind.LETTER, 0) + 1 else None
    return MarkerKind.NUMBER if found.dotted or piece.part.item is not None else None


def _style(marker: str) -> str:
    return "".join("#" if character.isalnum() else character for character in marker)


def _make_item(piece: Piece, depth: int) -> None:
    piece.kind = BlockKind.LIST_ITEM
    piece.level = depth
    take_marker(piece)
