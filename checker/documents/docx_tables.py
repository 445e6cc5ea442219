"""The tables of a Word document: rows, and cells that span columns and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from checker.documents.docx_package import is_on, number_of, value_of, w
from checker.documents.draft import CellPart, Part, PartKind, Span

_MOST_COLUMNS = 60
_THROUGH = frozenset(w(name) for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml"))


@dataclass(slots=True)
class CellElement:
    """A cell: its element, where it stands, and whether it goes on from the cell above."""

    element: Any
    column: int
    columns: int
    continues: bool


@dataclass(slots=True)
class Row:
    """A row: its cells, and whether it is a heading that is repeated on each page."""

    cells: list[CellElement]
    header: bool


def is_layout(rows: Iterable[Row]) -> bool:
    """Whether a table only puts a frame around its content: no row has two cells."""
    return all(len(row.cells) < 2 for row in rows)


def rows_of(table: Any) -> Iterator[Row]:
    """Yields the rows of a table, without those that a tracked change deletes."""
    for element in _children(table, w("tr")):
        properties = element.find(w("trPr"))
        if properties is not None and properties.find(w("del")) is not None:
            continue
        header = properties is not None and is_on(properties.find(w("tblHeader")))
        column = number_of(value_of(properties.find(w("gridBefore")))) if properties is not None else 0
        cells: list[CellElement] = []
        for cell in _children(element, w("tc")):
            shape = cell.find(w("tcPr"))
            columns, continues = 1, False
            if shape is not None:
                columns = max(1, min(number_of(value_of(shape.find(w("gridSpan"))), 1), _MOST_COLUMNS))
                merged = shape.find(w("vMerge"))
                continues = merged is not None and value_of(merged) in {None, "continue"}
                across = shape.find(w("hMerge"))
                if across is not None and value_of(across) in {None, "continue"} and cells:
                    cells[-1].columns += columns
                    column += columns
                    continue
            cells.append(CellElement(cell, min(column, _MOST_COLUMNS), columns, continues))
            column += columns
        if cells:
            yield Row(cells, header)


def _children(element: Any, tag: str) -> Iterator[Any]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            yield from _children(child, tag)


def table_part(
    rows: Sequence[Row], read: Iterable[Sequence[tuple[tuple[Span, ...], bool]]], number: int
) -> Iterator[Part]:
    """Yields the parts of a table's rows.

    Args:
        rows: The rows.
        read: For each row its cells' paragraphs, and whether they are bold.
        number: The table's number.
    """
    heights = _heights(rows)
    for row, cells, height in zip(rows, read, heights, strict=True):
        made = tuple(
            CellPart(() if cell.continues else paragraphs, cell.column, cell.columns, tall)
            for cell, (paragraphs, _), tall in zip(row.cells, cells, height, strict=True)
        )
        spans = [span for cell in made for span in cell.paragraphs]
        filled = [bold for paragraphs, bold in cells if paragraphs]
        start, end = (spans[0].start, spans[-1].end) if spans else (0, 0)
        yield Part(
            PartKind.ROW, start, end, cells=made, table=number, header=row.header, bold=bool(filled) and all(filled)
        )


def _heights(rows: Sequence[Row]) -> list[list[int]]:
    """Returns how many rows each cell spans."""
    heights = [[1] * len(row.cells) for row in rows]
    above: dict[int, tuple[int, int]] = {}
    for index, row in enumerate(rows):
        for place, cell in enumerate(row.cells):
            if cell.continues and cell.column in above:
                top, at = above[cell.column]
                heights[top][at] += 1
            else:
                above[cell.column] = (index, place)
    return heights
