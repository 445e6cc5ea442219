"""Tables in text whose cells stand one to a line, as word processors save them as plain text.

Nothing marks such a table. It shows by its shape: short lines that head columns, and below them lines that come in turn
as names and figures do, or as letters of codes and their meanings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from checker.documents.draft import Part, Span
from checker.documents.text_lines import Line, LineKind
from checker.documents.text_tables import Rows, row_part

_KEY = re.compile(r"(?:[/\\#~]|[A-Z]\d?)(?:\W{1,3}(?:[/\\#~]|[A-Z]\d?))*")
_FIGURES = re.compile(
    r"[(£]?\d[\d.,:]*(?:%| ?[ap]\.?m\b| ?(?=[-–—/(])| (?=to\b|and\b|or\b)| \d| (?:days|minutes|weeks|sessions|hours)$| (?:noon|midday)\b|$)"
    r"|[^\s@]+@[^\s@]+$",
    re.IGNORECASE,
)
_NO_HEADING = re.compile(r"^\d|[;%£]")
_OF_FIGURES = re.compile(
    r"(?:version|issue|edition|date|when|time|year|number|no|step|stage|days|minutes)(?: \w+)?$", re.IGNORECASE
)
_IN_FIGURES = re.compile(r"\S{0,40}(?: \S{1,40}){0,3} ?\d|[-–—]$|(?:n/?a|none|closed)$", re.IGNORECASE)
_LONGEST_KEY = 8  # characters: "Y1 – Y7"
_STOPS = (".", ":", "?", "!", ";", ",")
_MOST_COLUMNS = 9
_FEWEST_ROWS = 3
_FEWEST_CLEAR_ROWS = 2  # below headings, where all but names is figures, or each begins with a code
_LONGEST_HEADING = 6  # words
_LONGEST_FIGURES = 6  # words: "8.45am to 8.55am (infants)"


class _Shape(Enum):
    """What a line looks like."""

    KEY = auto()
    FIGURES = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class _Table:
    """A table that may begin at some line.

    Attributes:
        used: How many lines it takes.
        cells: How many of them each row takes.
        headings: How many head its columns: none, all, or all but that of the first column, which has no name.
        columns: How many it has.
    """

    used: int = 0
    cells: tuple[int, ...] = ()
    headings: int = 0
    columns: int = 0


def cell_rows(text: str, block: Sequence[Line], at: int, table: int) -> Rows:
    """Returns the rows that begin at a line and whose cells stand one to a line, and how many lines they take."""
    lines = _Lines(text, block)
    found = lines.table(at)
    # A title above the headings of columns is none of them: the table that begins below it is as long.
    if not found.used or found.used <= lines.table(at + 1).used:
        return [], 0
    rows: list[Part] = []
    place = at
    for taken in found.cells:
        heads = place == at and found.headings > 0
        spans = [Span(line.start, line.end) for line in block[place : place + taken]]
        if heads and taken < found.columns:
            spans.insert(0, Span(spans[0].start, spans[0].start))
        rows.append(row_part(text, spans, Span(spans[0].start, spans[-1].end), table, header=heads))
        place += taken
    return rows, found.used


class _Lines:
    """The lines of a block, by their shapes."""

    def __init__(self, text: str, block: Sequence[Line]) -> None:
        self._text = text
        self._block = block

    def table(self, at: int) -> _Table:
        """Returns the table that begins at a line: of those that may, the one of the most lines, with few columns."""
        if not self._heads(at) or not self._are_mixed(at):
            return _Table()
        found = [
            self._below(at, columns, headings)
            for columns in range(2, _MOST_COLUMNS + 1)
            for headings in (columns, *((columns - 1,) if not at and columns > 2 else ()), 0)
        ]
        return max(found, key=lambda table: table.used)

    def _are_mixed(self, at: int) -> bool:
        """Whether figures or codes stand among the next lines, as they do in headings and a row."""
        shapes = [self._shape(place) for place in range(at, at + 2 * _MOST_COLUMNS)]
        until = shapes.index(None) if None in shapes else len(shapes)
        return set(shapes[:until]) > {_Shape.WORDS}

    def _below(self, at: int, columns: int, headings: int) -> _Table:
        """Returns the table whose rows begin below some lines that head its columns."""
        first = at + headings
        if not all(map(self._heads, range(at, first))):
            return _Table()
        over_all = int(self._heads(first) and self._shape(first + 1) is _Shape.KEY)
        row = self._row(first + over_all, columns)
        if not self._may_be_a_row(row, of_figures=headings == columns and self._names_figures(at)):
            return _Table()
        cells = [*([headings] if headings else []), *([1] if over_all else [])]
        rows = self._rows_from(first + over_all, row, alike=not headings)
        # Only one such cell, above all rows, is the last of the headings: a title stands above the first.
        if over_all and 1 not in rows:
            return _Table()
        clear = headings and (row[0] is _Shape.KEY or set(row[1:]) == {_Shape.FIGURES})
        enough = rows.count(columns) >= (_FEWEST_CLEAR_ROWS if clear else _FEWEST_ROWS)
        cells += rows
        return _Table(sum(cells), tuple(cells), headings, columns) if enough else _Table()

    def _rows_from(self, at: int, row: Sequence[_Shape | None], *, alike: bool) -> list[int]:
        """Returns how many lines each of the rows takes that go on as the first does.

        Args:
            at: Where the first begins.
            row: The shapes of its cells.
            alike: Whether the others must be of just these shapes, as where no headings say that it is a table.
        """
        cells: list[int] = []
        while True:
            if self._row(at, len(row)) == row and self._heads(at) if alike else self._fits(at, row):
                cells.append(len(row))
            elif cells and self._heads(at) and self._fits(at + 1, row):
                cells.append(1)  # a cell over all columns: "Authorised absence"
            else:
                return cells
            at += cells[-1]

    @staticmethod
    def _may_be_a_row(row: Sequence[_Shape | None], *, of_figures: bool) -> bool:
        if None in row or set(row) == {_Shape.WORDS} or _Shape.KEY in row[1:]:
            return False
        return of_figures or row[0] is not _Shape.FIGURES

    def _fits(self, at: int, row: Sequence[_Shape | None]) -> bool:
        """Whether a row begins at a line: "Infants 3.15, juniors 3.20" may stand below "3.20", and a letter for words."""
        found = self._row(at, len(row))
        if None in found or found[0] is not row[0]:
            return False
        return all(
            shape is expected
            or (expected is _Shape.FIGURES and _IN_FIGURES.match(self._content(at + place)) is not None)
            or (expected is _Shape.WORDS and shape is _Shape.KEY)
            for place, (shape, expected) in enumerate(zip(found, row, strict=True))
        )

    def _row(self, at: int, columns: int) -> list[_Shape | None]:
        return [self._shape(place) for place in range(at, at + columns)]

    def _content(self, at: int) -> str:
        """Returns what a line holds that may be a cell; nothing for others, and behind the last."""
        if at >= len(self._block) or self._block[at].kind is not LineKind.TEXT or self._block[at].tabbed:
            return ""
        return self._text[self._block[at].start : self._block[at].end]

    def _shape(self, at: int) -> _Shape | None:
        return _shape_of(self._content(at))

    def _names_figures(self, at: int) -> bool:
        return _OF_FIGURES.match(self._content(at)) is not None

    def _heads(self, at: int) -> bool:
        """Whether a line may head a column, or some rows."""
        content = self._content(at)
        few = len(content.split(maxsplit=_LONGEST_HEADING)) <= _LONGEST_HEADING
        plain = not content.endswith(_STOPS) and _NO_HEADING.search(content) is None
        return few and plain and self._shape(at) is _Shape.WORDS


@lru_cache(maxsize=1024)
def _shape_of(content: str) -> _Shape | None:
    if not content:
        return None
    if len(content) <= _LONGEST_KEY and _KEY.fullmatch(content):
        return _Shape.KEY
    short = len(content.split(maxsplit=_LONGEST_FIGURES)) <= _LONGEST_FIGURES
    return _Shape.FIGURES if short and _FIGURES.match(content) else _Shape.WORDS
