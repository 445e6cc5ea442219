"""The pieces of a document while it is being assembled: each becomes one block."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from checker.documents.draft import Part, PartKind, Span
from checker.documents.markers import Marker
from checker.documents.model import BlockKind, Cell, Reading

_KINDS = {
    PartKind.TEXT: BlockKind.PARAGRAPH,
    PartKind.ROW: BlockKind.ROW,
    PartKind.PICTURE: BlockKind.PICTURE,
    PartKind.RUNNING: BlockKind.RUNNING,
}


@dataclass(slots=True, eq=False)
class Piece:
    """A block in the making. What is decided about it is written into it, step by step.

    Attributes:
        part: The part that it began as, with the hints of its format.
        spans: Where its text stands; more than one where it was broken by a page's end.
        reading: Its text, its marker included until :func:`take_marker`.
        kind: What it is, as far as is known.
        level: A heading's or an item's depth.
        marker: Its number or bullet as it is shown.
        numbers: The value of a heading's number, one number a level.
        candidate: What may be a number or bullet at its beginning, before it is known whether it is one.
        cells: The cells of a row.
        table: The table that a row belongs to.
        header: Whether the row is a heading of its table.
        title: Whether it is the title of the document.
        listed: Whether its number stands among others one under the other, as in a list.
        indent: How far from the page's left edge it begins, in points; ``None`` where nothing is drawn.
        merged: Whether another piece has taken its text.
        closes: Whether it is a clause that ends the section of the heading before it.
    """

    part: Part
    spans: list[Span]
    reading: Reading
    kind: BlockKind
    level: int = 0
    marker: str = ""
    numbers: tuple[int, ...] = ()
    candidate: Marker | None = None
    cells: tuple[Cell, ...] = ()
    table: int | None = None
    header: bool = False
    title: bool = False
    listed: bool = False
    indent: float | None = None
    merged: bool = False
    closes: bool = False

    @property
    def text(self) -> str:
        """The text as it is read."""
        return self.reading.text

    @property
    def prose(self) -> bool:
        """Whether it is a paragraph as far as is known: neither row, picture, contents line nor running line."""
        return self.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING}

    @property
    def apart(self) -> bool:
        """Whether it stands outside the flow of the text."""
        return self.kind in {BlockKind.RUNNING, BlockKind.PICTURE}


def piece_of(part: Part, reading: Reading) -> Piece:
    """Returns the piece of a part."""
    return Piece(part, [Span(part.start, part.end)], reading, _KINDS[part.kind], marker=part.marker)


def without_beginning(reading: Reading, length: int) -> Reading:
    """Returns a reading without its first characters."""
    while length < len(reading.text) and reading.text[length] == " ":
        length += 1
    return Reading(reading.text[length:], array("I", reading.offsets[length:]))


def take_marker(piece: Piece, marker: str | None = None) -> None:
    """Takes the candidate out of the piece's text and shows it as its marker."""
    if piece.candidate and not piece.part.marker:
        piece.marker = piece.candidate.text if marker is None else marker
        piece.reading = without_beginning(piece.reading, piece.candidate.length)
