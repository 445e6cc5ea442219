"""Statements: what a document says, sentence by sentence, each in its place.

A statement is a sentence, a list item or a row of a table. A list item is read together with the line that leads to
it ("The school will: …"), a cell together with the heading of its column. Headings, contents lines, running headers
and footers are no statements.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from checker.documents.model import Block, BlockKind, Cell, Document, Reading, Table
from checker.findings import Passage
from checker.reading.english import english
from checker.reading.index import WordIndex
from checker.reading.phrases import Concept
from checker.reading.sentences import sentence_spans
from checker.reading.words import Words, cut

_EXPLAINED = re.compile(
    r"(?P<full>(?:[A-Z][\w'-]*|of|the|and|for|&)(?: (?:[A-Z][\w'-]*|of|the|and|for|&)){1,7}) \((?P<short>[A-Z]{2,6})s?\)"
)
_COUNCIL = re.compile(r"\b(?P<place>[A-Z][a-z]+)(?: (?:Metropolitan|County|Borough|City|District)){1,2} Council\b")
LONGEST_LABEL = 14
LONGEST_ROW = 90
LONGEST_CAPTION = 18
LONGEST_BEFORE = 45
PRONOUN_WITHIN = 4
LONGEST_QUOTE = 400
SHORTEST_LEAD = 4
NEAR_BEFORE = 2
FAR_BEFORE = 30
LONGEST_TITLE = 9
_STOPS = (".", "!", "?", ":", ";", ",")
LEADING = (
    ":",
    " to",
    " will",
    " must",
    " should",
    " include",
    " including",
    " includes",
    " by",
    " when",
    " where",
    " are",
)


class Match(NamedTuple):
    """Where a concept stands in a statement, as word indexes."""

    start: int
    end: int


@dataclass(frozen=True)
class Statement:
    """One thing that a document says.

    Attributes:
        index: Its place among the document's statements.
        reading: The reading that its own words are a part of.
        start: Offset of its first character in the reading's text.
        end: Offset after its last.
        lead: The words that lead to it: the line before a list, the heading of a column; may be empty.
        block: The block that it stands in.
        group: A number that the items of one list, with the line that leads to it, or the rows of one table share.
        row: Whether it is a whole row of a table, its cells joined by ``|``.
    """

    index: int
    reading: Reading
    start: int
    end: int
    lead: str
    block: Block
    group: int
    row: bool = False

    @property
    def own(self) -> str:
        """Its own words, without what leads to it."""
        return self.reading.text[self.start : self.end]

    @cached_property
    def text(self) -> str:
        """Its words, with what leads to it in front."""
        return f"{self.lead} {self.own}" if self.lead else self.own

    @cached_property
    def words(self) -> Words:
        """Its words, with what leads to it in front."""
        return cut(self.text)

    @property
    def own_offset(self) -> int:
        """The offset in ``text`` at which its own words begin."""
        return len(self.lead) + 1 if self.lead else 0

    @cached_property
    def own_from(self) -> int:
        """The index of the first of its own words."""
        return bisect_left(self.words.starts, self.own_offset)

    @cached_property
    def follows_on(self) -> bool:
        """Whether what leads to it is the sentence before it, not the line of a list or the headings of a cell."""
        before = self.reading.text[: self.start].rstrip(" .")
        return bool(self.lead) and before.endswith(self.lead.rstrip(" .:"))

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list, or stands in a table."""
        return self.block.kind is BlockKind.LIST_ITEM or bool(self.block.cells)

    @property
    def is_question(self) -> bool:
        """Whether it asks instead of saying."""
        return self.own.endswith("?")

    def span(self) -> tuple[int, int]:
        """Where its own words stand in the document's text."""
        return self.reading.span(self.start, self.end)

    def span_of(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of ``text`` stands in the document's text; what leads to it counts as its beginning."""
        shift = self.start - self.own_offset
        return self.reading.span(max(start + shift, self.start), max(end + shift, self.start))


class Statements:
    """All statements of a document, with an index of their words."""

    def __init__(self, document: Document, statements: Sequence[Statement]) -> None:
        self.document = document
        self.all = tuple(statements)
        self._found: dict[str, dict[int, tuple[Match, ...]]] = {}
        self._under: dict[str, frozenset[int]] = {}

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def find(self, concept: Concept) -> dict[int, tuple[Match, ...]]:
        """Returns where a concept stands: by index of the statement, its places in order."""
        if concept.name not in self._found:
            found = self._index.places(concept)
            for short, full in self._abbreviations.items():
                if _is_headed_by(full, concept):
                    for index, position in self._index.of_word(short):
                        if self.all[index].words.forms[max(0, position - 1)] in english().places:
                            continue
                        found.setdefault(index, set()).add((position, position + 1))
            self._found[concept.name] = {
                index: tuple(Match(*place) for place in sorted(places)) for index, places in sorted(found.items())
            }
        return self._found[concept.name]

    def having(self, *concepts: Concept) -> list[Statement]:
        """Returns the statements in which all the concepts stand, in order."""
        keys: set[int] | None = None
        for concept in concepts:
            found = self.find(concept).keys()
            keys = set(found) if keys is None else keys & found
            if not keys:
                return []
        return [self.all[index] for index in sorted(keys or ())]

    def matches(self, statement: Statement, concept: Concept) -> tuple[Match, ...]:
        """Returns where a concept stands in a statement."""
        return self.find(concept).get(statement.index, ())

    def says(self, statement: Statement, concept: Concept) -> bool:
        """Whether a concept stands in a statement."""
        return statement.index in self.find(concept)

    def group(self, statement: Statement) -> tuple[Statement, ...]:
        """Returns the statements of the same list or table, in order."""
        return self._groups[statement.group]

    def headings(self, statement: Statement) -> tuple[Words, ...]:
        """Returns the words of the headings that a statement stands under, outermost first."""
        return self._headings[statement.block.section]

    def under(self, statement: Statement, concept: Concept) -> bool:
        """Whether a concept stands in one of the headings above a statement."""
        if concept.name not in self._under:
            self._under[concept.name] = frozenset(self._titles.places(concept))
        return not self._under[concept.name].isdisjoint(self._lineage[statement.block.section])

    def is_about(self, statement: Statement, concept: Concept) -> bool:
        """Whether a passage is about a concept.

        It stands in the statement, in a heading above it, in one of the two sentences before it, earlier in the same
        paragraph, or in the nearest line before it that looks like a heading.
        """
        if self.says(statement, concept) or self.under(statement, concept):
            return True
        for at in range(statement.index - 1, max(statement.index - FAR_BEFORE, 0) - 1, -1):
            before = self.all[at]
            if before.block.section != statement.block.section:
                return False
            titles = _looks_like_a_title(before)
            near = titles or before.block is statement.block or statement.index - at <= NEAR_BEFORE
            if near and self.says(before, concept):
                return True
            if titles:
                return False
        return False

    def cells_under(self, statement: Statement, heading: Concept) -> tuple[str, ...]:
        """Returns the cells of a statement's row that stand in a column with such a heading."""
        if statement.block.table is None:
            return ()
        table = self.document.tables[statement.block.table]
        headed = ((cell, cut(_column_heading(table, cell)).forms) for cell in statement.block.cells)
        return tuple(cell.text for cell, words in headed if words and heading.first(words) == (0, len(words)))

    def in_section(self, section: int) -> tuple[Statement, ...]:
        """Returns the statements that stand directly in a section, not in one below it."""
        return self._by_section.get(section, ())

    def passage(self, statement: Statement, site: str | None = None) -> Passage:
        """Returns a statement as evidence; a very long one is cut to its first part."""
        start, end = statement.span()
        if end - start > LONGEST_QUOTE:
            blank = self.document.text.rfind(" ", start, start + LONGEST_QUOTE)
            end = blank if blank > start else start + LONGEST_QUOTE
        return self.document.passage(start, end, site)

    def passage_about(self, statement: Statement, matches: Iterable[Match], site: str | None = None) -> Passage:
        """Returns the part of a statement around some places in it as evidence: all of it where it is short."""
        start, end = statement.span()
        if end - start <= LONGEST_QUOTE:
            return self.passage(statement, site)
        places = [match for match in matches if match.end > statement.own_from]
        if not places:
            return self.passage(statement, site)
        words = statement.words
        first = min(max(match.start, statement.own_from) for match in places)
        last = max(match.end for match in places) - 1
        while first > statement.own_from and words.clauses[first - 1] == words.clauses[first]:
            first -= 1
        while last + 1 < len(words) and words.clauses[last + 1] == words.clauses[last]:
            last += 1
        return self.document.passage(*statement.span_of(words.starts[first], words.ends[last]), site)

    @cached_property
    def _index(self) -> WordIndex:
        return WordIndex([statement.words for statement in self.all])

    @cached_property
    def _abbreviations(self) -> dict[str, tuple[str, ...]]:
        """The short names that the document uses, with their full words.

        They are the abbreviations that it explains, "Local Academy Committee (LAC)", and the places by which councils
        go: "Elmshire" for "Elmshire County Council".
        """
        found: dict[str, tuple[str, ...]] = {}
        for block in self.document.blocks:
            for match in _COUNCIL.finditer(block.text) if "Council" in block.text else ():
                found.setdefault(match["place"].lower(), cut(match.group()).forms)
        for block in self.document.blocks:
            for match in _EXPLAINED.finditer(block.text) if "(" in block.text else ():
                words, letters = match["full"].split(), match["short"]
                for start in range(len(words)):
                    capitals = "".join(word[0] for word in words[start:] if word[0].isupper())
                    if capitals == letters:
                        found.setdefault(letters.lower(), cut(" ".join(words[start:])).forms)
                        break
        return found

    @cached_property
    def _groups(self) -> dict[int, tuple[Statement, ...]]:
        groups: defaultdict[int, list[Statement]] = defaultdict(list)
        for statement in self.all:
            groups[statement.group].append(statement)
        return {number: tuple(members) for number, members in groups.items()}

    @cached_property
    def _by_section(self) -> dict[int, tuple[Statement, ...]]:
        sections: defaultdict[int, list[Statement]] = defaultdict(list)
        for statement in self.all:
            sections[statement.block.section].append(statement)
        return {number: tuple(members) for number, members in sections.items()}

    @cached_property
    def _headings(self) -> list[tuple[Words, ...]]:
        return [tuple(self._titles.texts[above] for above in lineage) for lineage in self._lineage]

    @cached_property
    def _titles(self) -> WordIndex:
        return WordIndex([cut(section.title) for section in self.document.sections])

    @cached_property
    def _lineage(self) -> list[tuple[int, ...]]:
        """For each section the indexes of the sections around it and of itself, outermost first."""
        found: list[tuple[int, ...]] = []
        for index, section in enumerate(self.document.sections):
            around = () if section.parent is None else found[section.parent]
            found.append((*around, index) if section.level else around)
        return found


def read_statements(document: Document) -> Statements:
    """Returns the statements of a document in reading order."""
    return Statements(document, list(_Splitter(document).statements()))


class _Splitter:
    """Goes through the blocks, remembering what leads to a list."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._count = 0
        self._group = 0
        self._caption = ""
        self._question = ""  # the last sentence of a paragraph that asks: what follows answers it
        self._leads: list[tuple[int, str]] = []  # depth and words of the lines that lead to what follows

    def statements(self) -> Iterator[Statement]:
        table: int | None = None
        previous: Block | None = None
        for block in self._document.readable_blocks():
            if block.kind is BlockKind.ROW:
                if block.table != table or previous is None or previous.kind is not BlockKind.ROW:
                    self._group += 1
                    self._caption = _caption(previous)
                yield from self._of_row(block)
                table = block.table
            elif block.kind is BlockKind.HEADING:
                self._leads, self._question = [], ""
                self._group += 1
            elif block.kind is BlockKind.LIST_ITEM:
                yield from self._of_item(block)
            else:
                self._group += 1
                yield from self._of_paragraph(block)
            previous = block

    def _make(self, reading: Reading, start: int, end: int, lead: str, block: Block, *, row: bool = False) -> Statement:
        statement = Statement(self._count, reading, start, end, lead, block, self._group, row)
        self._count += 1
        return statement

    def _sentences(self, reading: Reading, lead: str, block: Block) -> Iterator[Statement]:
        """Yields the sentences of a reading; an answer, or one that begins with a pronoun, is led by the one before."""
        before, self._question = self._question, ""
        for start, end in sentence_spans(reading.text):
            sentence = reading.text[start:end]
            leads = before.endswith("?") or (before and _leans_back(sentence))
            yield self._make(reading, start, end, f"{before.rstrip('.')}:" if leads else lead, block)
            before = sentence if len(sentence.split()) <= LONGEST_BEFORE else ""
        if block.kind is BlockKind.PARAGRAPH and before.endswith("?"):
            self._question = before

    def _of_paragraph(self, block: Block) -> Iterator[Statement]:
        yield from self._sentences(block.reading, "", block)
        sentences = [block.text[start:end] for start, end in sentence_spans(block.text)]
        last = sentences[-1].rstrip(" –-") if sentences else ""
        if len(sentences) > 1 and _leans_back(last) and len(sentences[-2].split()) <= LONGEST_BEFORE:
            last = f"{sentences[-2].rstrip('.')}: {last}"
        self._leads = [(-1, last)] if last.endswith(LEADING) or _is_left_open(last) else []

    def _of_item(self, block: Block) -> Iterator[Statement]:
        while self._leads and self._leads[-1][0] >= block.level:
            self._leads.pop()
        lead = " ".join(f"{words.rstrip(' :–-')}:" for _, words in self._leads)
        yield from self._sentences(block.reading, lead, block)
        if block.text.rstrip(" –-").endswith(LEADING):
            self._leads.append((block.level, block.text))

    def _of_row(self, block: Block) -> Iterator[Statement]:
        """Yields a row as a whole where it is short, and its cells, each led by caption, heading and label."""
        assert block.table is not None
        table = self._document.tables[block.table]
        headers = table.rows[: table.header_rows]
        if any(block is header for header in headers):
            return
        caption = self._caption
        if sum(len(cell.text.split()) for cell in block.cells) <= LONGEST_ROW:
            headings = [_short(cell.text) for header in headers for cell in header.cells]
            yield self._make(
                block.reading, 0, len(block.text), _lead(caption, ", ".join(filter(None, headings))), block, row=True
            )
        label = _short(block.cells[0].text) if block.cells and block.cells[0].column == 0 else ""
        for cell in block.cells:
            heading = _column_heading(table, cell)
            is_label = cell is block.cells[0] and bool(label)
            if is_label and len(block.cells) > 1:
                continue
            lead = _lead(caption, heading, "" if cell is block.cells[0] else label)
            for paragraph in cell.paragraphs:
                yield from self._sentences(paragraph, lead, block)


def _is_headed_by(words: Sequence[str], concept: Concept) -> bool:
    """Whether a name ends in a concept: an "education welfare officer" is an officer, a "school council" no school."""
    return any(phrase.end_from(words, start) == len(words) for start in range(len(words)) for phrase in concept.phrases)


def _looks_like_a_title(statement: Statement) -> bool:
    """Whether a statement is a short line without a full stop: a heading that the format does not show as one."""
    text = statement.block.text
    if len(text.split()) > LONGEST_TITLE or statement.row:
        return False
    return text.isupper() or (statement.block.kind is BlockKind.PARAGRAPH and not text.endswith(_STOPS))


def _is_left_open(sentence: str) -> bool:
    """Whether a sentence lacks its stop, so that a list after it goes on with it: "We also tell the council"."""
    return not sentence.endswith(_STOPS) and len(sentence.split()) >= SHORTEST_LEAD


def _leans_back(sentence: str) -> bool:
    """Whether a sentence begins with a pronoun, or a word such as "then", that leans on the sentence before it."""
    return not english().pronouns.isdisjoint(cut(sentence[:40]).forms[:PRONOUN_WITHIN])


def _lead(*parts: str) -> str:
    joined = " : ".join(part.rstrip(" :.–-") for part in parts if part)
    return f"{joined}:" if joined else ""


def _caption(before: Block | None) -> str:
    """Returns the line above a table where it announces the table; a whole sentence does so only in words."""
    if before is None or before.kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING}:
        return ""
    if len(before.text.split()) > LONGEST_CAPTION:
        return ""
    if before.text.endswith(".") and english().announces.isdisjoint(cut(before.text).forms):
        return ""
    return before.text


def _column_heading(table: Table, cell: Cell) -> str:
    for row in reversed(table.rows[: table.header_rows]):
        for heading in row.cells:
            if heading.column <= cell.column < heading.column + heading.columns and heading.text:
                return heading.text.rstrip(":")
    return ""


def _short(label: str) -> str:
    return label.rstrip(":") if len(label.split()) <= LONGEST_LABEL else ""
