"""Groups rows into tables, joins tables that ran over pages, and finds their headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile, zip_longest

from checker.documents.draft import Span
from checker.documents.model import Block, BlockKind, Cell, Reading, Table
from checker.documents.normalise import Normaliser, joined
from checker.documents.pieces import Piece
from checker.documents.wording import words_in
from checker.documents.words import words

_VALUE = re.compile(r"\d{1,2}[.:]\d{2}|[£@%]|\d{3,}|\d+ |https?:|www\.|[.;]$")
_PARTED = re.compile(r"[,;]")
_WORD = re.compile(r"[a-z-]+")
_CODE = re.compile(r"[A-Z]\d?$|[\W\d]{1,4}$")
LONGEST_HEADING = 8  # words of a heading that asks nothing
_OPEN = (
    ":",
    "…",
    "...",
    " will",
    " must",
    " should",
    " shall",
    " please",
    " to",
)  # how a label ends that the cells below it go on with


@dataclass(slots=True)
class TableDraft:
    """A table in the making.

    Attributes:
        rows: Its rows.
        header_rows: How many of them are headings.
        columns: The number of columns.
        follows: Whether nothing but running lines and pictures stands between it and the table before it.
    """

    rows: list[Piece] = field(default_factory=list)
    header_rows: int = 0
    columns: int = 0
    follows: bool = False

    def made_of(self, blocks: Mapping[int, Block]) -> Table:
        """Returns the table, made of the blocks of its rows."""
        return Table(tuple(blocks[id(row)] for row in self.rows), self.header_rows)


def find_tables(pieces: Sequence[Piece], normaliser: Normaliser) -> list[TableDraft]:
    """Returns the tables in order; each row is told to which it belongs.

    A heading that is repeated where the table goes on is set apart as a running line, so that it stands in the table
    once; a row that a page's end broke in two is made whole.
    """
    tables: list[TableDraft] = []
    for table in _grouped(pieces):
        table.header_rows = _header_rows(table)
        if tables and table.follows and _goes_on(tables[-1], table):
            _join(tables[-1], table, normaliser)
        else:
            tables.append(table)
    for index, table in enumerate(tables):
        _set_repeats_apart(table)
        for row in table.rows:
            row.table = index
    return tables


def _grouped(pieces: Sequence[Piece]) -> list[TableDraft]:
    """Returns the rows as their format groups them."""
    tables: list[TableDraft] = []
    open_ = follows = False
    for piece in pieces:
        if piece.apart:
            continue
        if piece.kind is not BlockKind.ROW:
            open_ = follows = False
            continue
        if not open_ or tables[-1].rows[-1].table != piece.table:
            tables.append(TableDraft(follows=follows))
        tables[-1].rows.append(piece)
        columns = max((cell.column + cell.columns for cell in piece.cells), default=0)
        tables[-1].columns = max(tables[-1].columns, columns)
        open_ = follows = True
    return tables


def _goes_on(before: TableDraft, table: TableDraft) -> bool:
    """Whether a table is the rest of the one before it: as many columns, and the same headings or none."""
    if before.columns != table.columns:
        return False
    if not table.header_rows:
        return True
    return _texts(table.rows[: table.header_rows]) == _texts(before.rows[: table.header_rows])


def _texts(rows: Sequence[Piece]) -> list[list[str]]:
    return [[cell.text.lower() for cell in row.cells] for row in rows]


def _join(before: TableDraft, table: TableDraft, normaliser: Normaliser) -> None:
    for row in table.rows[: table.header_rows]:
        row.kind, row.cells, row.table = BlockKind.RUNNING, (), None
    rows = table.rows[table.header_rows :]
    if rows and _is_rest(before.rows[-1], rows[0]):
        _mend(before.rows[-1], rows[0], normaliser)
        rows.pop(0).merged = True
    before.rows += rows


def _set_repeats_apart(table: TableDraft) -> None:
    """Sets headings apart that come again further down, as where a page begins."""
    if table.header_rows != 1:
        return
    heading = _texts(table.rows[:1])
    for row in table.rows[1:]:
        if _texts([row]) == heading:
            row.kind, row.cells, row.table = BlockKind.RUNNING, (), None
    table.rows = [row for row in table.rows if row.kind is BlockKind.ROW]


def _is_rest(above: Piece, row: Piece) -> bool:
    """Whether a row is the rest of the one above it, which a page's end broke in two."""
    if above.part.page == row.part.page or len(above.cells) != len(row.cells) or row.cells[0].text:
        return False
    filled = [(upper.text, cell.text) for upper, cell in zip(above.cells, row.cells, strict=True) if cell.text]
    return bool(filled) and all(upper and upper[-1] not in ".!?" and text[0].islower() for upper, text in filled)


def _mend(above: Piece, row: Piece, normaliser: Normaliser) -> None:
    above.cells = tuple(
        replace(upper, paragraphs=_mended(upper.paragraphs, cell.paragraphs, normaliser))
        for upper, cell in zip(above.cells, row.cells, strict=True)
    )
    above.spans += row.spans
    paragraphs = (reading for cell in above.cells for reading in cell.paragraphs)
    above.reading = joined(paragraphs, above.reading.start)


def _mended(upper: tuple[Reading, ...], lower: tuple[Reading, ...], normaliser: Normaliser) -> tuple[Reading, ...]:
    """Returns the paragraphs of a cell that was broken in two."""
    if not upper or not lower:
        return upper or lower
    last, first = upper[-1], lower[0]
    whole = normaliser.read([Span(last.start, last.end), Span(first.start, first.end)])
    return (*upper[:-1], whole, *lower[1:])


def _header_rows(table: TableDraft) -> int:
    """Returns how many of the first rows are headings: as marked, as bold, or as labels."""
    marked = len(list(takewhile(lambda row: row.header, table.rows)))
    if 0 < marked < len(table.rows):
        return 0 if marked == 1 and _is_pair_after_all(table.rows[0].cells) else marked
    if len(table.rows) < 2:
        return 0
    first, second = table.rows[:2]
    if first.part.bold and not second.part.bold and len(_filled(first)) > 1:
        return 1
    return 1 if _are_labels(table) else 0


def _is_pair_after_all(cells: Sequence[Cell]) -> bool:
    """Whether a row marked as heading is a label with its sentence or value; in Markdown the first row must be marked."""
    if any("@" in cell.text for cell in cells):  # somebody's address, with what they are asked about
        return True
    if len(cells) != 2 or not cells[1].text or cells[1].text.endswith("?"):
        return False
    says = _PARTED.search(cells[1].text) or _VALUE.search(cells[1].text) or words_in(cells[1].text) > LONGEST_HEADING
    return bool(says) and cells[1].text.split()[0].lower() not in words().asks


def _filled(row: Piece) -> list[Cell]:
    return [cell for cell in row.cells if cell.text]


def _are_labels(table: TableDraft) -> bool:
    """Whether the first row names the columns."""
    cells = table.rows[0].cells
    pair = len(cells) == 2
    if not pair and cells and not cells[0].text:  # the corner of a table with names on two sides
        cells = cells[1:]
    if len(cells) < 2 or not all(cell.text and words_in(cell.text) <= 9 for cell in cells):
        return False
    if any(_VALUE.search(cell.text) or _CODE.match(cell.text) for cell in cells):
        return False
    if all(cell.text.endswith(_OPEN) for cell in cells):
        return not all(cell.text.endswith(_OPEN) for cell in table.rows[1].cells)
    names = words().column_names
    known = sum(not names.isdisjoint(_WORD.findall(cell.text.lower())) for cell in cells)
    below = [row.cells for row in table.rows[1:] if len(_filled(row)) > 1]
    coded = sum(bool(_CODE.match(row[0].text)) for row in below) * 2 > len(below)
    if pair:
        return coded or _name_two_columns(table, known)
    columns = list(zip_longest(*below))[-len(cells) :]
    return coded or known * 2 >= len(cells) or any(map(_is_unlike, cells, columns))


def _name_two_columns(table: TableDraft, known: int) -> bool:
    """Whether a row of two cells names the columns; a label with its value stands like it in a list of particulars."""
    first, second = (cell.text for cell in table.rows[0].cells)
    asks = second.split()[0].lower() in words().asks and not second.endswith("?")
    return (known == 2 and words_in(first) <= 4 and words_in(second) <= 4) or (asks and len(table.rows) > 2)


def _is_unlike(label: Cell, column: Sequence[Cell | None]) -> bool:
    """Whether most of what stands under a label is of another kind: a time, a sum, a sentence."""
    longest = 2 * words_in(label.text) + 2
    filled = [cell for cell in column if cell is not None]
    other = sum(bool(_VALUE.search(cell.text)) or words_in(cell.text) > longest for cell in filled)
    return other * 2 > len(column)
