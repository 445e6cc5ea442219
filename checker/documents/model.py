"""The Document: what every reader sees, whatever the file was.

``Document.text`` is the text that quotations stand in. Everything else points into it by offsets, so that each word
that is read leads back to the characters, the page and the section that it came from.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from checker.findings import Passage

BOLD = "**"


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of text as it is read, with the way back to the document's text.

    White space is one blank, quotation marks and apostrophes are straight, dashes between words are ``–``, marks of
    Markdown are gone, and words that were broken at a line's end are whole again.

    Attributes:
        text: The normalised text, without blanks at its ends.
        offsets: For each character of ``text`` its offset in the document's text, and one more for the end.
    """

    text: str
    offsets: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Returns the offsets in the document's text of the characters ``start`` to ``end`` of this reading."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        first, last = self.offsets[start], self.offsets[end - 1]
        if last < first:  # it runs over lines of two cells that stand side by side
            first, last = min(self.offsets[start:end]), max(self.offsets[start:end])
        return first, last + 1

    @property
    def start(self) -> int:
        """The offset in the document's text at which the reading begins."""
        return self.offsets[0]

    @property
    def end(self) -> int:
        """The offset in the document's text after the reading's last character."""
        return self.offsets[-1]

    def __bool__(self) -> bool:
        return bool(self.text)


class BlockKind(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    ROW = "row"
    PICTURE = "picture"
    CONTENTS = "contents"
    RUNNING = "running"


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes:
        paragraphs: What stands in it, paragraph by paragraph or item by item; empty for a blank cell.
        column: The column in which it begins, from 0.
        columns: How many columns it spans.
        rows: How many rows it spans; a row below that it covers holds a blank cell there.
    """

    paragraphs: tuple[Reading, ...]
    column: int
    columns: int = 1
    rows: int = 1

    @cached_property
    def text(self) -> str:
        """The normalised text of the whole cell."""
        return " ".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, row, picture, contents line, or running header or footer.

    Attributes:
        kind: What it is.
        reading: Its text; for a row all cells in order, for a picture its alternative text (often empty).
        section: Index into ``Document.sections`` of the section that it stands in.
        page: The page on which it begins, from 1; ``None`` where the format has none.
        level: For a heading its depth from 1; for a list item its depth from 0.
        marker: The number or bullet of a heading, clause or list item, as written or as counted by the format, such as
            ``4.1``, ``(a)``, ``Appendix 2`` or ``•``; it is no part of ``reading``.
        cells: The cells of a row.
        table: Index into ``Document.tables`` for a row.
        ocr: Whether the text was read from a picture.
    """

    kind: BlockKind
    reading: Reading
    section: int
    page: int | None = None
    level: int = 0
    marker: str = ""
    cells: tuple[Cell, ...] = ()
    table: int | None = None
    ocr: bool = False

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.reading.text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of the same or a higher level.

    The first section has no heading: it holds what stands before the first one.

    Attributes:
        title: The heading's words without its number.
        number: The number as written, such as ``4.1`` or ``Appendix 2``; empty where there is none.
        level: Depth from 1; 0 for the first section.
        start: Offset of the heading in the document's text.
        end: Offset after the section's last character, its subsections included.
        parent: Index of the section around it; ``None`` for the first section.
    """

    title: str
    number: str
    level: int
    start: int
    end: int
    parent: int | None

    @property
    def label(self) -> str:
        """Number and title, as a person would name it."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Table:
    """A table, rejoined where it ran over pages.

    Attributes:
        rows: Its rows as blocks, heading rows first and once.
        header_rows: How many of them are headings.
    """

    rows: tuple[Block, ...]
    header_rows: int

    @property
    def columns(self) -> int:
        """The number of columns."""
        return max((cell.column + cell.columns for row in self.rows for cell in row.cells), default=0)

    def column_heading(self, cell: Cell) -> str:
        """Returns the heading of the column that a cell stands in, without a colon; empty where it has none."""
        for row in reversed(self.rows[: self.header_rows]):
            for heading in row.cells:
                if heading.column <= cell.column < heading.column + heading.columns and heading.text:
                    return heading.text.rstrip(":")
        return ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document that has pages.

    Attributes:
        number: From 1, as a person would open it.
        start: Offset of its first character in the document's text.
        end: Offset after its last.
        pictures: How many pictures of a size that could hold text it shows.
        legible: Whether its text could be read well enough to rely on.
    """

    number: int
    start: int
    end: int
    pictures: int = 0
    legible: bool = True


class LineBox(NamedTuple):
    """Where a line of text stands on its page.

    Attributes:
        start: Offset of its first character in the document's text.
        end: Offset after its last.
        page: The page, from 1.
        box: Left, lower, right and upper edge in the page's own coordinates, as a highlight needs them: in points,
            upwards from the page's origin, before the page is cropped or turned.
    """

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Document:
    """A document as it is read.

    Attributes:
        name: The file's name.
        format: ``pdf``, ``docx``, ``html``, ``markdown`` or ``text``.
        text: The text that quotations stand in.
        blocks: Everything in reading order.
        sections: The sections in order; the first has no heading.
        tables: The tables in order.
        pages: The pages; empty where the format has none.
        title: The document's own title, where it has one.
        lines: Where each line stands, for formats that are drawn on pages.
        notes: What a user should know about how it was read.
        lost: Those of the notes that say that text is missing, nobody knows from where.
    """

    name: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...] = ()
    pages: tuple[Page, ...] = ()
    title: str | None = None
    lines: tuple[LineBox, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    def passage(self, start: int, end: int, site: str | None = None) -> Passage:
        """Returns the passage that stands at these offsets of the text, with the marks of Markdown that open or end in it."""
        if self.text[start:end].count(BOLD) % 2:
            if self.text[max(0, start - len(BOLD)) : start] == BOLD:
                start -= len(BOLD)
            elif self.text.startswith(BOLD, end):
                end += len(BOLD)
        section = self.section_at(start)
        return Passage(self.text[start:end], start, end, self.page_at(start), section.label or None, site)

    def page_at(self, offset: int) -> int | None:
        """Returns the number of the page that holds this offset; ``None`` where there are no pages."""
        if not self.pages:
            return None
        index = bisect_right(self._page_starts, offset) - 1
        return self.pages[max(index, 0)].number

    def section_at(self, offset: int) -> Section:
        """Returns the innermost section that holds this offset."""
        index = bisect_right(self._section_starts, offset) - 1
        return self.sections[max(index, 0)]

    def path_to(self, section: int) -> tuple[Section, ...]:
        """Returns a section and those around it, outermost first, without the one that has no heading."""
        path: list[Section] = []
        index: int | None = section
        while index is not None:
            if self.sections[index].level:
                path.append(self.sections[index])
            index = self.sections[index].parent
        return tuple(reversed(path))

    def readable_blocks(self) -> Iterator[Block]:
        """Yields the blocks that can carry a statement: no contents lines, running headers, footers or pictures."""
        apart = {BlockKind.CONTENTS, BlockKind.RUNNING, BlockKind.PICTURE}
        return (block for block in self.blocks if block.kind not in apart)

    def row_at(self, offset: int) -> Block | None:
        """Returns the row of a table that holds this offset; ``None`` where none does."""
        index = bisect_right(self._row_starts, offset) - 1
        row = self._rows[index] if index >= 0 else None
        return row if row is not None and offset < row.reading.end else None

    @cached_property
    def _rows(self) -> list[Block]:
        rows = (row for table in self.tables for row in table.rows if row.reading)
        return sorted(rows, key=lambda row: row.reading.start)

    @cached_property
    def _row_starts(self) -> list[int]:
        return [row.reading.start for row in self._rows]

    @cached_property
    def holds_ocr(self) -> bool:
        """Whether a part of it was read from a picture."""
        return any(block.ocr for block in self.blocks)

    @cached_property
    def _page_starts(self) -> list[int]:
        return [page.start for page in self.pages]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]
