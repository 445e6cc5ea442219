"""What a page is made of: as it was read, and once its lines are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.documents.pdf.content import Box, Edge, Frame, Grid, Picture
from checker.documents.pdf.lines import Line
from checker.documents.pdf.paragraphs import Paragraph


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page as it was read.

    Attributes:
        number: From 1, as a person would open it.
        frame: How it is shown.
        lines: Its pieces of lines in the order in which they are drawn.
        slanting: Lines that are neither level nor upright, such as a watermark.
        grids: Its ruled tables and frames.
        loose: Level lines that belong to no table or frame.
        panels: Its panels.
        pictures: Its pictures.
        legible: Whether the text could be read well enough to rely on.
        ocr: Whether the text is the unseen layer that a program laid under a scanned page.
        notes: What a user should know about how it was read.
    """

    number: int
    frame: Frame
    lines: Sequence[Line] = ()
    slanting: Sequence[Line] = ()
    grids: Sequence[Grid] = ()
    loose: Sequence[Edge] = ()
    panels: Sequence[Box] = ()
    pictures: Sequence[Picture] = ()
    legible: bool = True
    ocr: bool = False
    notes: Sequence[str] = ()


@dataclass(eq=False, slots=True)
class Cell:
    """A cell of a table with its paragraphs."""

    paragraphs: list[Paragraph]
    column: int
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """Its text on one line."""
        return " ".join(line.text for paragraph in self.paragraphs for _, line in paragraph.lines)


@dataclass(eq=False, slots=True)
class Row:
    """A row of a table.

    Attributes:
        cells: Its cells, with a blank one where a cell above reaches down.
        header: Whether it looks like a heading of its table.
    """

    cells: list[Cell]
    header: bool = False


@dataclass(eq=False, slots=True)
class Table:
    """A table, or as much of one as stands on a page.

    Attributes:
        box: Where it stands.
        edges: Where its columns begin, and where the last ends.
        rows: Its rows.
        is_ruled: Whether its columns are where lines are drawn, not where its words happen to end.
        number: What its rows share in the draft.
    """

    box: Box
    edges: tuple[float, ...]
    rows: list[Row]
    is_ruled: bool = True
    number: int = 0

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.box.x0

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.box.top

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.box.x1

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.box.bottom


@dataclass(eq=False, slots=True)
class Framed:
    """What stands in a frame and is read together."""

    box: Box
    items: list[Line | Table | Picture | Framed]

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.box.x0

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.box.top

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.box.x1

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.box.bottom


Item = Line | Table | Picture | Framed
Block = Paragraph | Table | Picture


@dataclass(slots=True)
class Flow:
    """What is read from top to bottom: a column, or a frame.

    Attributes:
        blocks: Its paragraphs, tables and pictures.
        apart: Whether it stands in a frame, so that its text goes on nowhere else.
    """

    blocks: list[Block]
    apart: bool = False


@dataclass(slots=True)
class PageLayout:
    """A page in the order of reading.

    Attributes:
        number: The page.
        frame: How it is shown.
        flows: Its columns and frames in the order of reading.
        running: Its running headers, footers and page number.
        pictures: How many pictures of a size that could hold text it shows.
        legible: Whether its text could be read.
        ocr: Whether its text was read from a picture by whoever made the file.
    """

    number: int
    frame: Frame
    flows: list[Flow]
    running: Sequence[Line] = ()
    pictures: int = 0
    legible: bool = True
    ocr: bool = False
