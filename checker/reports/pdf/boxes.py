"""Where a passage stands on the pages of a PDF."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from checker.documents.model import Document, LineBox

Box = tuple[float, float, float, float]
_FONT = "Helvetica"  # whatever the document's own: what counts is how wide its letters are beside each other


@dataclass(frozen=True)
class Boxes:
    """The boxes of a document's lines."""

    document: Document

    def of(self, start: int, end: int) -> dict[int, list[Box]]:
        """Returns the boxes of a passage by page, line by line; empty where nothing says where its lines stand."""
        found: dict[int, list[Box]] = {}
        for line in self._lines(start, end):
            found.setdefault(line.page, []).append(self._part(line, start, end))
        return found

    def first_line(self, start: int, end: int) -> tuple[int, Box]:
        """Returns the page and the box of the whole line in which a passage begins that :meth:`of` can place."""
        line = next(self._lines(start, end))
        return line.page, line.box

    def _lines(self, start: int, end: int) -> Iterator[LineBox]:
        at = max(bisect_right(self._starts, start) - 1, 0)
        for line in self._sorted[at:]:
            if line.start >= max(end, start + 1):
                return
            if line.end > start:
                yield line

    def _part(self, line: LineBox, start: int, end: int) -> Box:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        left, lower, right, upper = line.box
        if upper - lower > right - left:  # the page is turned, and its lines run upwards
            return line.box
        text = self.document.text[line.start : line.end]
        whole = stringWidth(text, _FONT, 1) or 1.0
        before = stringWidth(text[: max(start - line.start, 0)], _FONT, 1) / whole
        upto = stringWidth(text[: max(end - line.start, 0)], _FONT, 1) / whole
        return left + (right - left) * before, lower, left + (right - left) * max(upto, before), upper

    @cached_property
    def _sorted(self) -> list[LineBox]:
        return sorted(self.document.lines, key=lambda line: line.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self._sorted]
