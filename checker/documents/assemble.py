"""Makes a Document of a draft, in the same way for every format."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checker.documents.contents import set_contents_apart
from checker.documents.draft import CellPart, Draft, Part, PartKind, Span
from checker.documents.headings import find_headings
from checker.documents.items import find_items
from checker.documents.joining import join_broken
from checker.documents.markers import bullet_of, inline_bullets
from checker.documents.model import Block, BlockKind, Cell, Document, LineBox, Page, Reading
from checker.documents.normalise import Normaliser, joined
from checker.documents.pieces import Piece, piece_of
from checker.documents.running import set_running_apart
from checker.documents.sections import sections_of
from checker.documents.sniffing import refuse_endless
from checker.documents.tables import find_tables
from checker.documents.titles import title_of


def assemble(draft: Draft, name: str) -> Document:
    """Returns the document of a draft: what each part is, the sections, the tables and the pages.

    Args:
        draft: What a loader handed over.
        name: The file's name.

    Raises:
        UnreadableError: If it has more paragraphs than any policy.
    """
    refuse_endless(name, len(draft.parts))
    normaliser = Normaliser(draft.text, draft.marks)
    pieces = list(_pieces(draft, normaliser))
    if not draft.pages:
        set_running_apart(pieces)
    pieces = join_broken(pieces, normaliser)
    set_contents_apart(pieces)
    find_headings(pieces)
    _set_indents(pieces, draft.lines)
    find_items(pieces)
    pieces = [piece for piece in pieces if piece.text or piece.marker or piece.kind is BlockKind.PICTURE]
    tables = find_tables(pieces, normaliser)
    pieces = [piece for piece in pieces if not piece.merged]
    sections, section_of = sections_of(pieces, len(draft.text))
    blocks = tuple(_block(piece, section) for piece, section in zip(pieces, section_of, strict=True))
    by_piece = {id(piece): block for piece, block in zip(pieces, blocks, strict=True)}
    return Document(
        name,
        draft.format,
        draft.text,
        blocks,
        sections,
        tuple(table.made_of(by_piece) for table in tables),
        tuple(_pages(draft)),
        title_of(pieces, draft.title),
        tuple(draft.lines),
        tuple(draft.notes),
        tuple(draft.lost),
    )


def _pieces(draft: Draft, normaliser: Normaliser) -> Iterator[Piece]:
    for part in draft.parts:
        if part.kind is PartKind.TEXT:
            for piece in _split_at_bullets(part, draft.text):
                yield piece_of(piece, normaliser.read([Span(piece.start, piece.end)]))
        elif part.kind is PartKind.ROW:
            yield _row(part, normaliser)
        else:
            yield piece_of(part, normaliser.read([Span(part.start, part.end)]))


def _set_indents(pieces: Sequence[Piece], lines: Sequence[LineBox]) -> None:
    """Notes how far in each piece begins, where the format draws its lines."""
    starts = [line.start for line in lines]
    for piece in pieces if lines else ():
        at = bisect_right(starts, piece.spans[0].start) - 1
        if at >= 0 and piece.spans[0].start < lines[at].end:
            piece.indent = lines[at].box[0]


def _split_at_bullets(part: Part, text: str) -> Iterator[Part]:
    """Yields a part, item by item where bullets stand inside it."""
    at = part.start
    for offset in inline_bullets(text, part.start, part.end):
        if text[at:offset].strip():
            yield replace(part, start=at, end=offset, bold=False, marker="" if at > part.start else part.marker)
            at = offset
    if at > part.start:
        part = replace(part, start=at, heading=None, item=part.item or 0, bold=False, marker="")
    yield part


def _row(part: Part, normaliser: Normaliser) -> Piece:
    cells = tuple(
        Cell(
            tuple(reading for reading in _paragraphs(cell, normaliser) if reading),
            cell.column,
            cell.columns,
            cell.rows,
        )
        for cell in part.cells
    )
    piece = piece_of(part, joined((reading for cell in cells for reading in cell.paragraphs), part.start))
    piece.cells, piece.table, piece.header = cells, part.table, part.header
    return piece


def _paragraphs(cell: CellPart, normaliser: Normaliser) -> Iterator[Reading]:
    """Yields what is read in a cell; lines that run on are one paragraph, up to the next bullet."""
    spans: list[Span] = []
    for span in cell.paragraphs:
        if spans and (not cell.wrapped or bullet_of(normaliser.text[span.start : span.end])):
            yield normaliser.read(spans)
            spans = []
        spans.append(span)
    if spans:
        yield normaliser.read(spans)


def _block(piece: Piece, section: int) -> Block:
    return Block(
        piece.kind, piece.reading, section, piece.part.page, piece.level, piece.marker, piece.cells, piece.table,
        piece.part.ocr,
    )  # fmt: skip


def _pages(draft: Draft) -> Iterator[Page]:
    ends = [page.start for page in draft.pages[1:]] + [len(draft.text)]
    for page, end in zip(draft.pages, ends, strict=False):
        yield Page(page.number, page.start, end, page.pictures, page.legible)
