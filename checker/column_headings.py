"""Rows of figures are shown with the headings of their columns: "8.50 | 9.20 | 1.10" says nothing without them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from checker.findings import Outcome, Passage, unique
from checker.recognise.spans import has_digit

if TYPE_CHECKING:
    from checker.documents.model import Block, Document

FEWEST_CELLS = 3  # of two, the first says what the second is
FEWEST_FIGURES = 2  # cells of figures in a row that says nothing without its headings
LONGEST_FIGURE = 3  # words
LONGEST_HEADINGS = 200
LONGEST_WITH_THEM = 320


def with_column_headings(outcome: Outcome, document: Document) -> Outcome:
    """Returns an outcome whose evidence shows the headings above the first row that it quotes of each table.

    Args:
        outcome: What a check found.
        document: The document that its evidence stands in.
    """
    if not document.tables or not outcome.evidence:
        return outcome
    headed: set[int] = set()
    shown = chain.from_iterable(_headed(passage, document, headed) for passage in outcome.evidence)
    return replace(outcome, evidence=unique(shown))


def _headed(passage: Passage, document: Document, headed: set[int]) -> Iterator[Passage]:
    """Yields a passage, with the headings of its columns where it is the first row of its table that needs them."""
    row = document.row_at(passage.start)
    if row is None or row.table is None or row.table in headed:
        yield passage
        return
    table = document.tables[row.table]
    if not table.header_rows or not _is_row_of_figures(passage, row):
        yield passage
        return
    heads = [head.reading for head in table.rows[: table.header_rows]]
    start, end = min(head.start for head in heads), max(head.end for head in heads)
    if passage.start < end or end - start > LONGEST_HEADINGS:
        yield passage
        return
    headed.add(row.table)
    if passage.end - start <= LONGEST_WITH_THEM and not document.text[end : passage.start].strip():
        yield document.passage(start, passage.end, passage.site)
    else:
        yield from (document.passage(start, end, passage.site), passage)


def _is_row_of_figures(passage: Passage, row: Block) -> bool:
    filled = [cell.text for cell in row.cells if cell.text]
    figures = [text for text in filled[1:] if has_digit(text) and len(text.split()) <= LONGEST_FIGURE]
    whole = passage.start == row.reading.start and passage.end == row.reading.end
    return whole and len(filled) >= FEWEST_CELLS and len(figures) >= FEWEST_FIGURES
