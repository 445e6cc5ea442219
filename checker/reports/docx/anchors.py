"""Sets the marks of comments around passages of a Word file's text, word for word where Word allows it."""

from __future__ import annotations

from bisect import bisect_right
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from checker.documents.docx_origins import Origins

_SOFT_HYPHEN = "\u00ad"  # it is no part of what is read
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_INLINE = frozenset(
    ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "bdo", "dir")
)  # what may stand between a paragraph and a run, and may hold a mark


@dataclass(slots=True, eq=False)
class _Piece:
    """Text that one element stands for.

    Attributes:
        start: Offset of its first character in the document's text.
        end: Offset after its last.
        element: The element.
        first: How many of the element's characters stand before the first one.
        order: Where the element stood among all elements.
    """

    start: int
    end: int
    element: Any
    first: int
    order: int


class Anchors:
    """The text part of a Word file, into which marks are set.

    Args:
        root: The part with everything in it.
        origins: Where each piece of the text stands in it.
    """

    def __init__(self, root: Any, origins: Origins) -> None:
        from lxml import etree

        self._etree = etree
        self._namespace = f"{{{etree.QName(root).namespace}}}"
        elements = list(root.iter("*"))
        self._pieces = [
            _Piece(origin.start, origin.end, elements[origin.element], origin.first, origin.element)
            for origin in origins.pieces
        ]

    def mark(self, start: int, end: int, number: str) -> None:
        """Marks a passage as what a comment is about.

        Args:
            start: Offset of the passage in the document's text.
            end: Offset after it.
            number: The comment.
        """
        first, last = self._around(start, end)
        if first is None or last is None:
            return
        if last.order < first.order:  # a note or a table in a cell is read elsewhere than it stands
            last, end = first, first.end
        if first.end <= start or end <= first.start:  # what the passage says is written elsewhere: beside it, then
            start, end = first.start, first.end
        opening = self._element("commentRangeStart", number)
        closing = self._element("commentRangeEnd", number)
        self._open(first, start, opening)
        if last is first:  # which may be two now
            last = self._around(start, end)[1] or last
        self._close(last, end, closing, number)

    def _around(self, start: int, end: int) -> tuple[_Piece | None, _Piece | None]:
        """Returns the first and the last piece of a passage; the one before it where it is written nowhere in the text."""
        at = bisect_right(self._pieces, start, key=lambda piece: piece.start) - 1
        if at >= 0 and self._pieces[at].end <= start:
            at += 1
        stop = at
        while stop < len(self._pieces) and self._pieces[stop].start < end:
            stop += 1
        at = max(at, 0)
        if stop > at:
            return self._pieces[at], self._pieces[stop - 1]
        near = self._pieces[max(at - 1, 0)] if self._pieces else None
        return near, near

    def _open(self, piece: _Piece, start: int, mark: Any) -> None:
        run = self._run_of(piece)
        if run is None:
            paragraph = self._outermost_paragraph(piece.element)
            properties = paragraph.find(f"{self._namespace}pPr")
            paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, mark)
            return
        if start > piece.start:
            piece = self._split(piece, start)
            run = piece.element.getparent()
        else:
            run = self._cut_before(run, piece)
        run.addprevious(mark)

    def _close(self, piece: _Piece, end: int, mark: Any, number: str) -> None:
        reference = self._etree.Element(f"{self._namespace}r")
        reference.append(self._element("commentReference", number))
        run = self._run_of(piece)
        if run is None:
            paragraph = self._outermost_paragraph(piece.element)
            paragraph.append(mark)
            paragraph.append(reference)
            return
        if piece.start < end < piece.end:
            self._split(piece, end)
        else:
            self._cut_after(run, piece)
        run = piece.element.getparent()
        run.addnext(mark)
        top = mark
        while top.getparent().tag != f"{self._namespace}p":
            top = top.getparent()
        top.addnext(reference)

    def _run_of(self, piece: _Piece) -> Any:
        """Returns the run of a piece; ``None`` where no mark may stand beside it: in a text box, a formula, a choice."""
        run = piece.element.getparent()
        if run is None or run.tag != f"{self._namespace}r":
            return None
        above = run.getparent()
        while above.tag.removeprefix(self._namespace) in _INLINE:
            above = above.getparent()
        if above.tag != f"{self._namespace}p":
            return None
        inside = any(outer.tag == f"{self._namespace}r" for outer in above.iterancestors())
        return None if inside else run

    def _outermost_paragraph(self, element: Any) -> Any:
        return [outer for outer in element.iterancestors() if outer.tag == f"{self._namespace}p"][-1]

    def _split(self, piece: _Piece, offset: int) -> _Piece:
        """Splits a piece of text in two, each in its own run, and returns the second."""
        element = piece.element
        if not self._divisible(piece):
            return piece
        whole = element.text or ""
        at = _raw_index(whole, piece.first + offset - piece.start)
        self._cut_after(element.getparent(), piece)
        run = element.getparent()
        rest = deepcopy(element)
        element.text, rest.text = whole[:at], whole[at:]
        for text in (element, rest):
            text.set(_XML_SPACE, "preserve")
        new = self._empty_copy(run)
        new.append(rest)
        run.addnext(new)
        second = _Piece(offset, piece.end, rest, 0, piece.order)
        piece.end = offset
        self._pieces.insert(self._pieces.index(piece) + 1, second)
        return second

    def _divisible(self, piece: _Piece) -> bool:
        return piece.element.tag == f"{self._namespace}t" and not len(piece.element)

    def _cut_before(self, run: Any, piece: _Piece) -> Any:
        """Returns the run that begins with a piece, cut off from what stands before it in the same run."""
        return self._cut(run, run.index(piece.element))

    def _cut_after(self, run: Any, piece: _Piece) -> None:
        """Cuts a run after a piece, where more stands in it."""
        at = run.index(piece.element) + 1
        if at < len(run):
            self._cut(run, at)

    def _cut(self, run: Any, at: int) -> Any:
        """Cuts a run before one of its elements and returns the second part; the run itself where nothing is before it."""
        properties = run.find(f"{self._namespace}rPr")
        if at <= (0 if properties is None else 1):
            return run
        new = self._empty_copy(run)
        for element in list(run)[at:]:
            new.append(element)
        run.addnext(new)
        return new

    def _empty_copy(self, run: Any) -> Any:
        new = self._etree.Element(run.tag, dict(run.attrib), nsmap=run.nsmap)
        properties = run.find(f"{self._namespace}rPr")
        if properties is not None:
            new.append(deepcopy(properties))
        return new

    def _element(self, name: str, number: str) -> Any:
        element = self._etree.Element(f"{self._namespace}{name}")
        element.set(f"{self._namespace}id", number)
        return element


def _raw_index(text: str, kept: int) -> int:
    """Returns where a character stands that has so many before it, soft hyphens not counted."""
    for index, char in enumerate(text):
        if kept == 0 and char != _SOFT_HYPHEN:
            return index
        kept -= char != _SOFT_HYPHEN
    return len(text)
