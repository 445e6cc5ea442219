"""How far back a sentence reaches that takes back what stands before it.

One within a paragraph takes back the sentence before it, and those that it names; one that begins a paragraph the list,
the table or the paragraph before; "the calls described above" are sought in all of the section.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from checker.documents.model import Block, BlockKind, Document, Reading
from checker.reading.retracting import Retraction, stems
from checker.reading.sentences import sentence_spans
from checker.reading.words import cut

Spans = Iterator[tuple[int, int]]


def within(reading: Reading, before: Sequence[tuple[int, int]], found: Retraction) -> Spans:
    """Yields what a retraction takes back of the sentences before it in its own paragraph, as offsets of the document.

    What it names and none of them does, as in "This limit has ended", may be in any of them.
    """
    named = [span for span in before if _names(reading.text[slice(*span)], found)]
    every = found.all or (found.names and not named)
    for span in before if every else {*named, *before[-1:]}:
        yield reading.span(*span)


def above(document: Document, blocks: Sequence[Block], at: int, found: Retraction, *, begins: bool) -> Spans:
    """Yields what a retraction takes back of the blocks before its own, as offsets of the document.

    Args:
        document: The document.
        blocks: Its readable blocks.
        at: Which of them the retraction stands in.
        found: The retraction.
        begins: Whether nothing stands before it in its block.
    """
    before = blocks[at - 1] if at and begins else None
    if before is not None and before.kind is BlockKind.ROW:
        yield from _of_table(document, before, found)
        return
    section = blocks[:at] if found.far and found.names and not found.count else ()
    taken = [span for block in section if block.section == blocks[at].section for span in _named(block, found)]
    yield from taken
    if before is not None and not taken:
        yield from _right_above(blocks, at, found)


def list_behind(blocks: Sequence[Block], at: int) -> Spans:
    """Yields where the items stand of the list that a block leads to."""
    for item in takewhile(_is_item, blocks[at + 1 :]):
        yield _whole(item.reading)


def _right_above(blocks: Sequence[Block], at: int, found: Retraction) -> Spans:
    before = blocks[at - 1]
    if before.kind is BlockKind.LIST_ITEM and _is_item(blocks[at]):
        yield _whole(before.reading)
    elif before.kind is BlockKind.LIST_ITEM:
        yield from _of_list(blocks, at, found)
    elif before.kind is BlockKind.PARAGRAPH:
        yield from within(before.reading, sentence_spans(before.text), found)


def _of_table(document: Document, row: Block, found: Retraction) -> Spans:
    """Yields the columns of a table that are named, or else all of it: "The closing times in this table no longer apply"."""
    assert row.table is not None
    table = document.tables[row.table]
    rows = table.rows[table.header_rows :]
    headings = {cell.column: table.column_heading(cell) for one in rows for cell in one.cells}
    alike = {column: len(stems(cut(heading).forms) & found.names) for column, heading in headings.items()}
    most = max(alike.values(), default=0)
    for one in rows:
        if not most:
            yield _whole(one.reading)
            continue
        named = (cell for cell in one.cells if alike[cell.column] == most)
        yield from (_whole(paragraph) for cell in named for paragraph in cell.paragraphs)


def _of_list(blocks: Sequence[Block], at: int, found: Retraction) -> Spans:
    items = [*takewhile(_is_item, reversed(blocks[:at]))]
    named = items[: found.count] if found.count else [item for item in items if _names(item.text, found)]
    for item in named or items:
        yield _whole(item.reading)
    lead = blocks[at - len(items) - 1] if at > len(items) else None
    if not named and lead is not None and lead.kind is BlockKind.PARAGRAPH and lead.text.endswith(":"):
        yield lead.reading.span(*sentence_spans(lead.text)[-1])


def _named(block: Block, found: Retraction) -> Spans:
    apart = block.kind in {BlockKind.HEADING, BlockKind.ROW}
    for span in sentence_spans(block.text) if not apart else ():
        if _names(block.text[slice(*span)], found):
            yield block.reading.span(*span)


def _names(text: str, found: Retraction) -> bool:
    return bool(found.names) and not found.names.isdisjoint(stems(cut(text).forms))


def _is_item(block: Block) -> bool:
    return block.kind is BlockKind.LIST_ITEM


def _whole(reading: Reading) -> tuple[int, int]:
    return reading.span(0, len(reading.text))
