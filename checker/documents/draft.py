"""What a loader hands over: a text and its parts in reading order, before anything is decided about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from checker.documents.model import LineBox


class PartKind(StrEnum):
    """What a loader can tell apart without thinking."""

    TEXT = "text"
    ROW = "row"
    PICTURE = "picture"
    RUNNING = "running"


class Span(NamedTuple):
    """A stretch of the draft's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CellPart:
    """A cell of a row: the stretches of its paragraphs, and what it spans.

    Attributes:
        paragraphs: Where its paragraphs stand.
        column: The column in which it begins, from 0.
        columns: How many columns it spans.
        rows: How many rows it spans.
        wrapped: Whether the stretches are lines that run on, with other cells' lines between them.
    """

    paragraphs: tuple[Span, ...]
    column: int
    columns: int = 1
    rows: int = 1
    wrapped: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, row, picture, or running header or footer, with what the format says about it.

    Attributes:
        kind: What it is.
        start: Offset of its first character in the draft's text.
        end: Offset after its last.
        page: The page on which it begins, from 1.
        heading: Its depth where the format marks it as a heading (a style, ``<h2>``, ``##``), else ``None``.
        item: Its depth from 0 where the format marks it as a list item, else ``None``.
        marker: Its number or bullet where the format counts it apart from the text.
        contents: Whether the format marks it as a line of the contents.
        bold: Whether all of it is bold.
        size: The size of its letters in points; 0 where unknown.
        cells: The cells of a row.
        table: A number that the rows of one table share.
        header: Whether the format marks the row as a heading of its table.
        ocr: Whether its text was read from a picture.
        alone: Whether blank lines part it from what stands before and behind it, in formats in which they may not.
    """

    kind: PartKind
    start: int
    end: int
    page: int | None = None
    heading: int | None = None
    item: int | None = None
    marker: str = ""
    contents: bool = False
    bold: bool = False
    size: float = 0.0
    cells: tuple[CellPart, ...] = ()
    table: int | None = None
    header: bool = False
    ocr: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class PageDraft:
    """A page: where its text begins, how many pictures it shows, and whether its text could be read."""

    number: int
    start: int
    pictures: int = 0
    legible: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """What a loader hands over.

    Attributes:
        format: ``pdf``, ``docx``, ``html``, ``markdown`` or ``text``.
        text: The text that quotations will stand in. For ``.txt`` and ``.md`` the file itself, decoded.
        parts: Its parts in reading order; they do not overlap.
        pages: The pages; empty where the format has none.
        title: The title in the file's properties or ``<title>``.
        marks: Whether the text holds marks of Markdown that are no part of what is read.
        lines: Where each line stands, for formats that are drawn on pages.
        notes: What a user should know about how the file was read.
        lost: Those of the notes that say that text is missing, nobody knows from where; a page that is known to be
            damaged is not legible instead.
    """

    format: str
    text: str
    parts: Sequence[Part]
    pages: Sequence[PageDraft] = ()
    title: str | None = None
    marks: bool = False
    lines: Sequence[LineBox] = ()
    notes: Sequence[str] = ()
    lost: Sequence[str] = ()


@dataclass
class DraftText:
    """Builds the text of a draft piece by piece, for formats that have no text of their own to point into."""

    _pieces: list[str] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str, end: str = "\n") -> Span:
        """Adds text and what ends it, and returns where the text stands (without its end)."""
        start, stop = self._length, self._length + len(text)
        self._pieces += (text, end)
        self._length = stop + len(end)
        return Span(start, stop)

    def __len__(self) -> int:
        return self._length

    def __str__(self) -> str:
        return "".join(self._pieces)
