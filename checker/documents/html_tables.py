"""Reads the tables and definition lists of HTML row by row."""

from __future__ import annotations

from typing import Any

from checker.documents.counting import in_figures
from checker.documents.draft import CellPart, Part, PartKind, Span
from checker.documents.grid import Grid

_MOST = 60  # a cell that claims to span more rows or columns than this is a trick or a mistake


def is_layout(table: Any) -> bool:
    """Whether a table only lays out the page: it holds tables, headings or one column."""
    if table.get("role") in {"presentation", "none"} or table.find(".//table") is not None:
        return True
    if any(table.find(f".//{heading}") is not None for heading in ("h1", "h2", "h3")):
        return True
    return all(len(row.xpath("./td|./th")) < 2 for row in table.iter("tr"))


class TableReader:
    """Collects the rows of one table, or of one definition list, while a page is walked over."""

    def __init__(self, number: int, top: Any) -> None:
        self.top = top
        self._number = number
        self._grid = Grid()
        self._cells: list[tuple[list[Span], int, int, bool]] = []
        self._paragraphs: list[Span] | None = None
        self._bold: list[bool] = []
        self._in_head = False

    @property
    def open(self) -> bool:
        """Whether a cell is open that takes paragraphs."""
        return self._paragraphs is not None

    def add(self, span: Span, bold: bool) -> None:
        """Adds a paragraph to the open cell."""
        if self._paragraphs is not None:
            self._paragraphs.append(span)
            self._bold.append(bold)

    def enter(self, element: Any) -> None:
        """Goes into an element of the table."""
        tag = element.tag
        if tag == "tr":
            self._cells, self._bold = [], []
        elif tag in {"td", "th", "dd", "dt"}:
            if tag == "dd" and len(self._cells) == 2:
                self._paragraphs = self._cells[1][0]
                return
            self._paragraphs = []
            self._cells.append((self._paragraphs, _span(element, "colspan"), _span(element, "rowspan"), tag == "th"))
        elif tag == "thead":
            self._in_head = True

    def leave(self, element: Any) -> Part | None:
        """Leaves an element of the table; returns the row that ends with it, if any."""
        tag = element.tag
        if tag in {"td", "th", "dd", "dt"}:
            self._paragraphs = None
            if tag == "dd" and _next_tag(element) != "dd":
                return self._row()
        elif tag in {"dl", "tr"}:
            return self._row()
        elif tag == "thead":
            self._in_head = False
        return None

    def _row(self) -> Part | None:
        if not self._cells:
            return None
        placed = self._grid.place([(columns, rows) for _, columns, rows, _ in self._cells])
        cells = []
        for place in placed:
            if place.source is None:
                cells.append(CellPart((), place.column, place.columns))
            else:
                paragraphs, columns, rows, _ = self._cells[place.source]
                cells.append(CellPart(tuple(paragraphs), place.column, columns, rows))
        spans = [span for cell in cells for span in cell.paragraphs]
        header = self._in_head or all(head for *_, head in self._cells)
        bold = bool(self._bold) and all(self._bold)
        self._cells, self._bold = [], []
        start, end = (spans[0].start, spans[-1].end) if spans else (0, 0)
        return Part(PartKind.ROW, start, end, cells=tuple(cells), table=self._number, header=header, bold=bold)


def _span(element: Any, name: str) -> int:
    return max(1, min(in_figures(element.get(name) or "1") or 1, _MOST))


def _next_tag(element: Any) -> str | None:
    following = element.getnext()
    return following.tag if following is not None else None
