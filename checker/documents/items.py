"""Finds list items: their bullets and numbers, and how deep they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from checker.documents.markers import MarkerKind
from checker.documents.model import BlockKind
from checker.documents.pieces import Piece, take_marker

_FEWEST_LINES = 3
_MOST_LINES = 20
_SHORT = 60  # characters
_STOPS = re.compile(r"[\d@:?!]|\.$")
_NEAR = 4.0  # points: the items of one level begin so near to each other
_LETTERS = re.compile(r"[^\W_]+")


class _Open(NamedTuple):
    """A level of a list: how its items begin, and how far in they stand where that is known."""

    kind: MarkerKind
    style: str
    indent: float | None


@dataclass(slots=True)
class _List:
    """The levels that are open at this place, outermost first."""

    open: list[_Open] = field(default_factory=list)

    def depth(self, kind: MarkerKind, style: str, indent: float | None) -> int:
        """Returns how deep an item stands: by how far in it begins where that is known, else by its marker."""
        level = _Open(kind, style, indent)
        known = [(each.kind, each.style) for each in self.open]
        if indent is not None:
            while self.open and indent < (self.open[-1].indent or 0) - _NEAR:
                self.open.pop()
            if self.open and indent <= (self.open[-1].indent or 0) + _NEAR:
                self.open[-1] = level
            else:
                self.open.append(level)
        elif (kind, style) in known:
            del self.open[known.index((kind, style)) + 1 :]
        else:
            self.open.append(level)
        return len(self.open) - 1


def find_items(pieces: Sequence[Piece]) -> None:
    """Marks the list items among the paragraphs and takes their markers out of their text."""
    lists = _List()
    before: dict[MarkerKind, int] = {}
    second = any(_is_second(piece) for piece in pieces)
    flow = [piece for piece in pieces if not piece.apart]
    for at, piece in enumerate(flow):
        if piece.kind is not BlockKind.PARAGRAPH or piece.numbers or _is_footnote(flow, at):
            lists, before = _List(), {}
            continue
        found = piece.candidate
        if found and found.kind in {MarkerKind.NUMBER, MarkerKind.LETTER, MarkerKind.ROMAN} and not piece.closes:
            kind = _kind(piece, before, second)
            if kind is None:
                continue
            before[kind] = found.numbers[0]
            counted = lists.depth(kind, _style(found.text), piece.indent)
            _make_item(piece, counted if piece.part.item is None else piece.part.item)
        elif (found and found.kind is MarkerKind.BULLET) or piece.part.item is not None:
            style = _style(found.text if found else piece.marker)
            depth = piece.part.item
            if depth is None or (depth == 0 and lists.open and lists.open[0].kind is not MarkerKind.BULLET):
                depth = lists.depth(MarkerKind.BULLET, style, piece.indent)
            elif not lists.open:
                lists.open.append(_Open(MarkerKind.BULLET, style, None))
            _make_item(piece, depth)
        else:
            lists = _List()
    _find_led_clauses(flow)
    _find_led_lines(flow)


def _find_led_clauses(flow: Sequence[Piece]) -> None:
    """Makes items of the clauses that a clause leads to: ``3.2.1`` below a ``3.2`` that ends in a colon."""
    leading: dict[tuple[int, ...], int] = {}
    for piece in flow:
        if piece.kind is BlockKind.HEADING:
            leading = {}
        if piece.kind is not BlockKind.PARAGRAPH or len(piece.numbers) < 2:
            continue
        level = leading.get(piece.numbers[:-1])
        if level is not None:
            piece.kind, piece.level = BlockKind.LIST_ITEM, level
        if piece.text.endswith(":"):
            leading[piece.numbers] = 0 if level is None else level + 1


def _find_led_lines(flow: Sequence[Piece]) -> None:
    """Makes items of several short lines below a line that ends in a colon: a list that lost its bullets."""
    for at, piece in enumerate(flow):
        if piece.kind is BlockKind.PARAGRAPH and piece.text.endswith(":"):
            lines = list(takewhile(_is_short_line, flow[at + 1 : at + 1 + _MOST_LINES]))
            if len(lines) >= _FEWEST_LINES:
                for line in lines:
                    line.kind, line.level = BlockKind.LIST_ITEM, 0


def _is_short_line(piece: Piece) -> bool:
    """Whether a paragraph is a few words without a stop, and neither a label, a figure nor set in bold."""
    plain = piece.kind is BlockKind.PARAGRAPH and not (piece.numbers or piece.part.bold or piece.closes)
    return plain and len(piece.text) <= _SHORT and _STOPS.search(piece.text) is None


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


def _is_second(piece: Piece) -> bool:
    """Whether it begins with ``II.``: where none does, ``I.`` is an initial."""
    found = piece.candidate
    return found is not None and found.kind is MarkerKind.ROMAN and found.number == "II"


def _kind(piece: Piece, before: dict[MarkerKind, int], second: bool) -> MarkerKind | None:
    """Returns what a number or letter is here; ``None`` where it only looks like one.

    Args:
        piece: A paragraph that begins with it.
        before: The last number or letter of each kind.
        second: Whether the document has a ``II.``.
    """
    found = piece.candidate
    assert found is not None
    value = found.numbers[0]
    if piece.part.marker:
        return found.kind
    if found.kind is MarkerKind.ROMAN:
        letter = ord(found.number.lower()[0]) - 96
        if len(found.number) == 1 and before.get(MarkerKind.LETTER) == letter - 1:
            return MarkerKind.LETTER
        if found.text == "I." and not second:
            return None
        return MarkerKind.ROMAN if value == 1 or before.get(MarkerKind.ROMAN, 0) else None
    if found.kind is MarkerKind.LETTER:
        bracketed = ")" in found.text
        return MarkerKind.LETTER if bracketed or value == before.get(MarkerKind.LETTER, 0) + 1 else None
    return MarkerKind.NUMBER if found.dotted or piece.part.item is not None else None


def _style(marker: str) -> str:
    return _LETTERS.sub("#", marker)


def _make_item(piece: Piece, depth: int) -> None:
    piece.kind = BlockKind.LIST_ITEM
    piece.level = depth
    take_marker(piece)
