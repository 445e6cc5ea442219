"""Writes the draft: the text, its parts in the order of reading, and where each line stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from checker.documents.draft import CellPart, Draft, DraftText, PageDraft, Part, PartKind, Span
from checker.documents.model import LineBox
from checker.documents.pdf.blocks import PageLayout, Row, Table
from checker.documents.pdf.content import Box, Frame, Picture
from checker.documents.pdf.lines import Line
from checker.documents.pdf.paragraphs import Paragraph


class DraftWriter:
    """Writes one document's draft."""

    def __init__(self, layouts: Sequence[PageLayout], words_on: Callable[[int, Picture], list[str]]) -> None:
        """Takes the pages in order, and what reads the words on a page's picture."""
        self._words_on = words_on
        self._layouts = layouts
        self._frames: dict[int, Frame] = {layout.number: layout.frame for layout in layouts}
        self._text = DraftText()
        self._parts: list[Part] = []
        self._pages: list[PageDraft] = []
        self._lines: list[LineBox] = []
        self._starts: dict[int, int] = {}
        self._ocr = False

    def draft(self, title: str | None, notes: Sequence[str], lost: Sequence[str]) -> Draft:
        """Returns the draft."""
        for layout in self._layouts:
            self._ocr = layout.ocr
            start = self._starts.get(layout.number, len(self._text))
            self._pages.append(PageDraft(layout.number, start, layout.pictures, layout.legible))
            for line in layout.running:
                span = self._line(line, layout.number)
                self._parts.append(Part(PartKind.RUNNING, span.start, span.end, layout.number, size=line.size))
            for block in (block for flow in layout.flows for block in flow.blocks):
                if isinstance(block, Paragraph):
                    self._paragraph(block)
                elif isinstance(block, Table):
                    for row in block.rows:
                        self._row(row, block.number, layout.number)
                elif isinstance(block, Picture):
                    self._picture(block, layout.number)
        return Draft(
            "pdf",
            str(self._text),
            self._parts,
            self._in_order(),
            title,
            lines=sorted(self._lines, key=lambda line: line.start),
            notes=notes,
            lost=lost,
        )

    def _in_order(self) -> list[PageDraft]:
        """Returns the pages, blank ones in the midst of a paragraph beginning no later than the next."""
        pages = list(self._pages)
        for number in range(len(pages) - 2, -1, -1):
            if pages[number].start > pages[number + 1].start:
                pages[number] = replace(pages[number], start=pages[number + 1].start)
        return pages

    def _paragraph(self, paragraph: Paragraph) -> None:
        """Writes a paragraph; a page that begins in the midst of it begins there."""
        before = len(self._lines)
        span = self._written(paragraph)
        for line in self._lines[before:]:
            self._starts.setdefault(line.page, line.start)
        self._parts.append(
            Part(
                PartKind.TEXT,
                span.start,
                span.end,
                paragraph.page,
                item=paragraph.depth,
                bold=paragraph.bold,
                size=paragraph.size,
                ocr=self._ocr,
            )
        )

    def _picture(self, picture: Picture, page: int) -> None:
        words = self._words_on(page, picture)
        for paragraph in words:
            span = self._text.add(paragraph)
            self._starts.setdefault(page, span.start)
            self._parts.append(Part(PartKind.TEXT, span.start, span.end, page, ocr=True))
            self._lines.append(LineBox(span.start, span.end, page, self._frames[page].own(Box(*picture[:4]))))
        if not words:
            self._parts.append(Part(PartKind.PICTURE, len(self._text), len(self._text), page))

    def _row(self, row: Row, table: int, page: int) -> None:
        """Writes a row; one that runs over a page's end is written whole as if it stood on the page it begins on."""
        start = len(self._text)
        cells = []
        for cell in row.cells:
            spans = tuple(self._written(paragraph) for paragraph in cell.paragraphs)
            cells.append(CellPart(spans, cell.column, cell.columns, cell.rows))
        paragraphs = [paragraph for cell in row.cells for paragraph in cell.paragraphs]
        end = max((span.end for cell in cells for span in cell.paragraphs), default=start)
        self._parts.append(
            Part(
                PartKind.ROW,
                start,
                end,
                page,
                bold=bool(paragraphs) and paragraphs[0].bold and all(paragraph.bold for paragraph in paragraphs),
                size=max((paragraph.size for paragraph in paragraphs), default=0.0),
                cells=tuple(cells),
                table=table,
                header=row.header,
                ocr=self._ocr,
            )
        )

    def _written(self, paragraph: Paragraph) -> Span:
        """Writes a paragraph line by line."""
        spans = [self._line(line, page) for page, line in paragraph.lines]
        return Span(spans[0].start, spans[-1].end)

    def _line(self, line: Line, page: int) -> Span:
        span = start, end = self._text.add(line.text, "" if line.broken else "\n")
        self._lines.append(LineBox(start, end, page, self._frames[page].own(line)))
        return span
