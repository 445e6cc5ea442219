"""A policy's own text as a page shows it: headings, paragraphs, lists and tables, with the passages marked.

Passages point into ``Document.text``; what is shown is the text as it is read, whose characters each know where they
stand. A stretch may belong to several passages, so a paragraph is cut where any of them begins or ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup, escape

from checker.documents.model import Block, BlockKind, Cell, Document, Reading, Table
from checker.findings import Passage, Verdict
from checker.reports.safe import for_page
from checker.reports.wording import IN_WORDS, SYMBOLS

DEEPEST_HEADING = 6
DEEPEST_LIST = 6
# Where passages of several verdicts meet, the one that asks most of the reader is seen.
_WEIGHT = (Verdict.FAIL, Verdict.ERROR, Verdict.REVIEW, Verdict.WAIVED, Verdict.PASS, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A finding that rests on a passage.

    Attributes:
        number: What the page calls it.
        anchor: Where it stands on the page.
        verdict: Its verdict.
        title: What it asks.
        nearest: Whether the passage is not at fault, but comes nearest to what is missing.
    """

    number: int
    anchor: str
    verdict: Verdict
    title: str
    nearest: bool = False

    @property
    def label(self) -> str:
        """What a passage shows of it: the symbol of its verdict, and its number."""
        return f"{SYMBOLS[self.verdict]}{self.number}"


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A document as markup.

    Attributes:
        markup: The text with its marks.
        anchors: For each passage that it shows the anchor at which it begins, by its offsets.
    """

    markup: Markup
    anchors: Mapping[Span, str]


def marked_text(document: Document, mentions: Mapping[Passage, Sequence[Mention]], prefix: str, top: int) -> MarkedText:
    """Returns a document's text with the passages marked.

    Args:
        document: The document, as it was read when the findings were made.
        mentions: The findings that rest on each passage.
        prefix: What the anchors begin with.
        top: The level of the document's highest headings on the page.
    """
    by_span: dict[Span, list[Mention]] = {}
    for passage, those in mentions.items():
        if passage.quote and document.text[passage.start : passage.end] == passage.quote:
            by_span.setdefault((passage.start, passage.end), []).extend(those)
    writer = _Writer(document, by_span, prefix, top)
    markup = Markup("\n").join(writer.blocks())
    return MarkedText(markup, writer.anchors)


@dataclass
class _Writer:
    """Writes the blocks one after the other, and keeps which passages have begun."""

    document: Document
    by_span: Mapping[Span, Sequence[Mention]]
    prefix: str
    top: int
    anchors: dict[Span, str] = field(default_factory=dict)
    last: dict[Span, Reading] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for reading in (reading for block in self.document.blocks for reading in _readings(block)):
            for span in self._in(reading):
                self.last[span] = reading
        self._open_headings: list[int] = []

    def blocks(self) -> Iterator[Markup]:
        """Yields the blocks as markup, each page announced where it begins."""
        page = None
        for (_, table), run in groupby(self._shown(), key=lambda block: (_sort(block), block.table)):
            members = list(run)
            if members[0].page != page and members[0].page is not None:
                page = members[0].page
                yield Markup('<p class="page">Page {}</p>').format(page)
            if table is not None:
                yield self._table(self.document.tables[table], members)
            elif members[0].kind is BlockKind.LIST_ITEM:
                yield self._list(members)
            else:
                for block in members:
                    yield self._block(block)

    def _shown(self) -> Iterator[Block]:
        """Yields what a reader of the policy reads; a running line only where something rests on it."""
        for block in self.document.blocks:
            if block.kind is not BlockKind.RUNNING or self._in(block.reading):
                yield block

    def _block(self, block: Block) -> Markup:
        if block.kind is BlockKind.PICTURE and not block.text:
            return Markup('<p class="picture">A picture: what it shows was not read.</p>')
        content = self._marker(block) + self._read(block.reading)
        if block.kind is BlockKind.HEADING:
            level = self._heading_level(block.level)
            return Markup("<h{0}>{1}</h{0}>").format(level, content)
        name = {BlockKind.PICTURE: "picture", BlockKind.CONTENTS: "contents", BlockKind.RUNNING: "running"}
        if block.kind in name:
            return Markup('<p class="{}">{}</p>').format(name[block.kind], content)
        return Markup("<p>{}</p>").format(content)

    def _heading_level(self, level: int) -> int:
        """Returns the level on the page: below the headings that are open, without a gap."""
        while self._open_headings and self._open_headings[-1] >= level:
            self._open_headings.pop()
        self._open_headings.append(level)
        return min(self.top + len(self._open_headings) - 1, DEEPEST_HEADING)

    def _list(self, items: Sequence[Block], depth: int = 0) -> Markup:
        """Returns items as a list, deeper ones as lists inside the item before them."""
        least = min(item.level for item in items)
        nested: list[tuple[Block, list[Block]]] = []
        for item in items:
            if not nested or item.level <= least or depth == DEEPEST_LIST:
                nested.append((item, []))
            else:
                nested[-1][1].append(item)
        lines = [
            Markup("<li>{}{}{}</li>").format(
                self._marker(item), self._read(item.reading), self._list(inner, depth + 1) if inner else ""
            )
            for item, inner in nested
        ]
        return Markup('<ul role="list">{}</ul>').format(Markup("").join(lines))

    def _table(self, table: Table, rows: Sequence[Block]) -> Markup:
        heads = {id(row) for row in table.rows[: table.header_rows]}
        lines = [self._row(row, id(row) in heads) for row in rows]
        return Markup('<div class="wide"><table>{}</table></div>').format(Markup("").join(lines))

    def _row(self, row: Block, head: bool) -> Markup:
        return Markup("<tr>{}</tr>").format(Markup("").join(self._cell(cell, head) for cell in row.cells))

    def _cell(self, cell: Cell, head: bool) -> Markup:
        spans = Markup(' colspan="{}"').format(cell.columns) if cell.columns > 1 else ""
        content = Markup("<br>").join(self._read(paragraph) for paragraph in cell.paragraphs)
        if head and content:
            return Markup('<th scope="col"{}>{}</th>').format(spans, content)
        return Markup("<td{}>{}</td>").format(spans, content)

    def _marker(self, block: Block) -> Markup:
        return Markup('<span class="marker">{}</span> ').format(for_page(block.marker)) if block.marker else Markup()

    def _read(self, reading: Reading) -> Markup:
        """Returns a reading with the passages in it marked, each followed by the numbers of its findings."""
        spans = self._in(reading)
        if not spans:
            return escape(for_page(reading.text))
        covers = [tuple(span for span in spans if span[0] <= offset < span[1]) for offset in reading.offsets[:-1]]
        parts: list[Markup] = []
        at = 0
        for inside, run in groupby(covers):
            length = len(list(run))
            parts.append(self._piece(reading.text[at : at + length], inside))
            at += length
            following = covers[at] if at < len(covers) else ()
            ended = [span for span in inside if span not in following and self._ends(span, reading, covers[at:])]
            parts.append(self._numbers(ended))
        return Markup("").join(parts)

    def _ends(self, span: Span, reading: Reading, rest: Iterable[tuple[Span, ...]]) -> bool:
        return self.last[span] is reading and not any(span in inside for inside in rest)

    def _piece(self, text: str, inside: Sequence[Span]) -> Markup:
        if not inside:
            return escape(for_page(text))
        begun = [span for span in inside if span not in self.anchors]
        for span in begun:
            self.anchors[span] = f"{self.prefix}t{len(self.anchors) + 1}"
        more = [Markup('<span class="at" id="{}"></span>').format(self.anchors[span]) for span in begun[1:]]
        anchor = Markup(' id="{}"').format(self.anchors[begun[0]]) if begun else ""
        mentions = [mention for span in inside for mention in self.by_span[span]]
        heaviest = min(mentions, key=lambda mention: (_WEIGHT.index(mention.verdict), mention.nearest))
        style = heaviest.verdict.value + " nearest" * heaviest.nearest + " several" * (len(inside) > 1)
        mark = Markup('<mark class="{}"{}>{}</mark>').format(style, anchor, for_page(text))
        return Markup("").join([*more, mark])

    def _numbers(self, spans: Sequence[Span]) -> Markup:
        """Returns the links from the end of passages back to their findings."""
        mentions = dict.fromkeys(mention for span in spans for mention in self.by_span[span])
        return Markup("").join(
            Markup('<a class="back {}" href="#{}" aria-label="{}: {}, {}">{}</a>').format(
                mention.verdict.value, mention.anchor, mention.label, for_page(mention.title),
                IN_WORDS[mention.verdict], mention.label,
            )
            for mention in mentions
        )  # fmt: skip

    def _in(self, reading: Reading) -> list[Span]:
        """Returns the passages of which the reading holds a part."""
        if not reading:
            return []
        first, last = min(reading.offsets[:-1]), max(reading.offsets[:-1])
        near = [span for span in self.by_span if span[0] <= last and span[1] > first]
        return [span for span in near if any(span[0] <= offset < span[1] for offset in reading.offsets[:-1])]


def _sort(block: Block) -> str:
    return "list" if block.kind is BlockKind.LIST_ITEM else "table" if block.table is not None else "alone"


def _readings(block: Block) -> list[Reading]:
    """Returns what is written of a block, in the order in which it is written."""
    if block.table is not None:
        return [paragraph for cell in block.cells for paragraph in cell.paragraphs]
    return [block.reading]
