"""The texts from which sums are read: each statement; of a row each cell with its label and the headings of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.documents.model import Block, Cell, Table
from checker.findings import Passage
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.recognise.durations import durations
from checker.recognise.money import money
from checker.recognise.numbers import numbers
from england_attendance.policy.penalties.days import lengths_of

LONGEST_HEADING = 8  # words
_COUNTED = re.compile(r"\b(?:offence|notice|fine)(?=s?\b)", re.IGNORECASE)
_TO_PAY = re.compile(r"(?:to be |must be |must |to )?(?:pay|paid|payable|due)\b[^.]*\bdays\b", re.IGNORECASE)
_LATER = re.compile(r"\b(?:not|un)(?: been)? ?paid\b|\b(?:other|there)wise\b|\bafter (?:this|that)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Unit:
    """A stretch of text to read sums from, with what stands around it."""

    text: str
    statement: Statement
    passage: Passage


def units(statements: Statements, about: Sequence[Statement]) -> Iterator[Unit]:
    """Yields each statement; of a row each cell with the headings of its columns and the label of the row."""
    rows = {id(statement.block) for statement in about if statement.row}
    for statement in about:
        if not statement.row:
            if id(statement.block) in rows:
                continue  # read below, with the headings of all the columns that the cell is merged of
            yield Unit(statement.text, statement, statements.passage(statement))
            continue
        table = statements.document.tables[statement.block.table or 0]
        label = label_of(statement.block, table)
        headers = table.rows[: table.header_rows] or [row for row in table.rows[:1] if _could_head(row)]
        for cell in statement.block.cells:
            if money(cell.text):
                headings = [
                    heading.text
                    for row in headers
                    for heading in row.cells
                    if heading.column < cell.column + cell.columns and cell.column < heading.column + heading.columns
                ]
                lead = "" if cell is statement.block.cells[0] else label
                days = [heading for heading in headings if lengths_of(heading)[0]]
                if len(days) > 1:  # a cell merged below "within 21 days" and "within 28 days" is for the last
                    headings = [heading for heading in headings if heading not in days[:-1]]
                for price in _prices(table, statement.block, cell, dated=bool(days)):
                    text = " : ".join(part for part in (lead, *headings, price) if part)
                    yield Unit(text, statement, statements.passage(statement))


def label_of(row: Block, table: Table) -> str:
    """Returns the first cell of a row; a bare number with what it counts: "offence 2" below "Number of offences"."""
    label = row.cells[0].text if row.cells else ""
    bare = any((one.start, one.end) == (0, len(label.partition(" (")[0])) for one in numbers(label))
    counted = _COUNTED.search(table.column_heading(row.cells[0])) if bare else None
    return f"{counted[0]} {label}" if counted else label


def _prices(table: Table, row: Block, cell: Cell, *, dated: bool) -> list[str]:
    """Returns what a cell of a row says of sums, each line with the days that stand beside it in a cell of their own.

    Or they stand below it, where each column is for one notice: "£160" above "Reduced to £80 …" and "Pay within 28 days".
    """
    beside = [other for other in row.cells[1:] if not money(other.text) and durations(other.text)]
    below = [other for later in table.rows for other in later.cells if other.column == cell.column]
    below = [other for other in below if _TO_PAY.match(other.text) and not money(other.text)]
    if len(below) == 1 and not (dated or durations(row.text)):
        return [f"{cell.text} {below[0].text}"]
    if dated or durations(cell.text) or len(beside) != 1 or _LATER.search(cell.text):
        return [cell.text]
    lines, days = _parts(cell), _parts(beside[0])
    if len(lines) != len(days):
        return [f"{cell.text} {beside[0].text}"]
    return [f"{line} {day}" for line, day in zip(lines, days, strict=True)]


def _parts(cell: Cell) -> list[str]:
    """Returns the lines of a cell, or what semicolons part in its one line: "28 days; 21 days for the early rate"."""
    lines = [paragraph.text for paragraph in cell.paragraphs]
    return lines[0].split("; ") if len(lines) == 1 else lines


def _could_head(row: Block) -> bool:
    """Whether the first row of a table without headings could hold them: no sums, and nothing explained at length."""
    return not money(row.text) and all(len(cell.text.split()) <= LONGEST_HEADING for cell in row.cells)
