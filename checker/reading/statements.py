"""Statements: what a document says, sentence by sentence, each in its place.

A statement is a sentence, a list item or a row of a table. A list item is read together with the line that leads to
it ("The school will: …"), a cell together with the heading of its column. Headings, contents lines, running headers
and footers are no statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING

from checker.documents.model import Document
from checker.findings import Passage
from checker.lazy import lazy
from checker.reading.about import Surroundings
from checker.reading.index import WordIndex
from checker.reading.phrases import Concept
from checker.reading.short_names import ShortNames, short_names
from checker.reading.statement import Match, Statement
from checker.reading.words import Words, cut

if TYPE_CHECKING:
    pass

LONGEST_QUOTE = 400
LONGEST_LED = 280  # with the line that leads to it, and the items between
LONGEST_LINE = 90  # that leads to the first item of a list
LONGEST_SIGN = 3  # characters of a label that is a code: what stands beside it says nothing without it
SHORTEST_CELL = 8  # characters of a cell that says something by itself
LONGEST_LABEL = 7
LONGEST_TITLE = 9
LONGEST_MARK = len(". Answer: ")  # what stands between a sentence and what it leads to
FEW = 8  # statements that are sooner read for a concept than it is looked up in all
STOPS = (".", "!", "?", ":", ";", ",")


class Statements:
    """All statements of a document, with an index of their words."""

    def __init__(self, document: Document, statements: Sequence[Statement]) -> None:
        self.document = document
        self.all = tuple(statements)
        self._found: dict[str, dict[int, tuple[Match, ...] | None]] = {}
        self._read: dict[str, dict[int, tuple[Match, ...]]] = {}
        self._under: dict[str, Set[int]] = {}

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def find(self, concept: Concept) -> Set[int]:
        """Returns the indexes of the statements in which a concept stands."""
        return self._places_of(concept).keys()

    def with_any(self, concepts: Iterable[Concept]) -> Set[int]:
        """Returns the indexes of the statements in which one of some concepts stands."""
        return set().union(*[self._places_of(concept) for concept in concepts])

    def at(self, indexes: Iterable[int]) -> Iterator[Statement]:
        """Yields the statements at some indexes, in order."""
        return map(self.all.__getitem__, sorted(indexes))

    def having(self, *concepts: Concept) -> list[Statement]:
        """Returns the statements in which all the concepts stand, in order."""
        keys: Set[int] | None = None
        for concept in concepts:
            keys = self.find(concept) if keys is None else self.among(keys, concept)
            if not keys:
                return []
        return [*self.at(keys or ())]

    def among(self, indexes: Set[int], concept: Concept) -> Set[int]:
        """Returns those of some statements in which a concept stands: a few are read rather than all looked up."""
        if concept.name in self._found or len(indexes) > FEW:
            return indexes & self.find(concept)
        read = self._read.setdefault(concept.name, {})
        for index in indexes - read.keys():
            places = set(concept.places(self.all[index].words.forms))
            read[index] = self._in_order(places, index, concept)
        return {index for index in indexes if read[index]}

    def matches(self, statement: Statement, concept: Concept) -> tuple[Match, ...]:
        """Returns where a concept stands in a statement, in order."""
        found = self._found.get(concept.name)
        if found is None:
            read = self._read.get(concept.name)
            if read is not None and statement.index in read:
                return read[statement.index]
            found = self._places_of(concept)
        known = found.get(statement.index, ())
        if known is None:
            known = self._in_order(self._index.places(statement.index, concept), statement.index, concept)
            found[statement.index] = known
        return known

    def _in_order(self, places: set[tuple[int, int]], index: int, concept: Concept) -> tuple[Match, ...]:
        """Returns some places of a concept in a statement, and those of its short names, in order."""
        for name in self._short_names.of(concept):
            places.update(name.get(index, ()))
        return tuple([Match(*place) for place in sorted(places)])

    def says(self, statement: Statement, concept: Concept) -> bool:
        """Whether a concept stands in a statement."""
        return statement.index in self._places_of(concept)

    def _places_of(self, concept: Concept) -> dict[int, tuple[Match, ...] | None]:
        """Returns the statements in which a concept stands, each with its places once these are asked for."""
        known = self._found.get(concept.name)
        if known is None:
            known = dict.fromkeys(self._index.texts_with(concept))
            for name in self._short_names.of(concept):
                known |= dict.fromkeys(name)
            self._found[concept.name] = known
        return known

    def group(self, statement: Statement) -> tuple[Statement, ...]:
        """Returns the statements of the same list or table, in order."""
        return self._groups[statement.group]

    def labels_before(self, statement: Statement) -> Iterator[str]:
        """Yields the labels before a statement in its paragraph, nearest first: "Pupils: be here by nine. Be ready."."""
        for at in range(statement.index, -1, -1):
            other = self.all[at]
            if other.reading is not statement.reading:
                return
            label, colon, _ = other.own.partition(":")
            stands_alone = other is not statement and label.endswith(".")
            if (colon or stands_alone) and len(label.split()) <= LONGEST_LABEL:
                yield label.rstrip(".")

    def headings(self, statement: Statement) -> tuple[Words, ...]:
        """Returns the words of the headings that a statement stands under, outermost first."""
        return self._headings[statement.block.section]

    def under(self, statement: Statement, concept: Concept) -> bool:
        """Whether a concept stands in one of the headings above a statement."""
        return statement.block.section in self._sections_under(concept)

    def in_sections_under(self, *concepts: Concept) -> Set[int]:
        """Returns the indexes of the statements that stand under a heading in which one of some concepts stands."""
        return {statement.index for section in self.sections_under(concepts) for statement in self.in_section(section)}

    def sections_under(self, concepts: Iterable[Concept]) -> Set[int]:
        """Returns the sections in whose heading, or one above it, one of some concepts stands."""
        return set[int]().union(*[self._sections_under(concept) for concept in concepts])

    def _sections_under(self, concept: Concept) -> Set[int]:
        """Returns the sections in whose heading, or one above it, a concept stands."""
        known = self._under.get(concept.name)
        if known is None:
            titled = self._titles.texts_with(concept)
            sections = enumerate(self._lineage) if titled else ()
            known = {section for section, lineage in sections if not titled.isdisjoint(lineage)}
            self._under[concept.name] = known
        return known

    def is_about(self, statement: Statement, concept: Concept) -> bool:
        """Whether a passage is about a concept: see :mod:`checker.reading.about`."""
        saying = self._places_of(concept)
        if statement.index in saying or self.under(statement, concept):
            return True
        return self._surroundings.speak_of(statement, saying.keys(), self._titles.texts_with(concept))

    def cells_under(self, statement: Statement, heading: Concept) -> tuple[str, ...]:
        """Returns the cells of a statement's row that stand in a column with such a heading."""
        if statement.block.table is None:
            return ()
        table = self.document.tables[statement.block.table]
        headed = ((cell, cut(table.column_heading(cell)).forms) for cell in statement.block.cells)
        return tuple(cell.text for cell, words in headed if words and heading.first(words) == (0, len(words)))

    def column_of(self, statement: Statement, match: Match) -> str:
        """Returns the heading of the column in which a place in a row stands; empty where it has none."""
        words = statement.words
        at, _ = statement.span_of(words.starts[match.start], words.ends[match.end - 1])
        for cell in statement.block.cells if statement.block.table is not None else ():
            spans = [paragraph.span(0, len(paragraph.text)) for paragraph in cell.paragraphs]
            if any(start <= at < end for start, end in spans):
                return self.document.tables[statement.block.table or 0].column_heading(cell)
        return ""

    def in_section(self, section: int) -> tuple[Statement, ...]:
        """Returns the statements that stand directly in a section, not in one below it."""
        return self._by_section.get(section, ())

    def passage(self, statement: Statement, site: str | None = None) -> Passage:
        """Returns a statement as evidence: a very long one cut to its first part, a cell of a word or of a code with its row."""
        start, end = statement.span()
        cells = statement.block.cells
        if cells and not statement.row:
            row = statement.block.reading.span(0, len(statement.block.text))
            of_code = len(cells[0].text) <= LONGEST_SIGN and row[1] - row[0] <= LONGEST_QUOTE
            if end - start < SHORTEST_CELL or of_code:
                start, end = row
        if end - start > LONGEST_QUOTE:
            blank = self.document.text.rfind(" ", start, start + LONGEST_QUOTE)
            end = blank if blank > start else start + LONGEST_QUOTE
        return self.document.passage(start, end, site)

    def passage_about(self, statement: Statement, matches: Iterable[Match], site: str | None = None) -> Passage:
        """Returns the part of a statement around some places in it as evidence: all of it where it is short."""
        start, end = statement.span()
        matches = [*matches]
        places = [match for match in matches if match.end > statement.own_from]
        if end - start <= LONGEST_QUOTE or not places:
            return self.passage_led(statement, site, leans=len(places) < len(matches))
        words = statement.words
        first = min(max(match.start, statement.own_from) for match in places)
        last = max(match.end for match in places) - 1
        while first > statement.own_from and words.clauses[first - 1] == words.clauses[first]:
            first -= 1
        while last + 1 < len(words) and words.clauses[last + 1] == words.clauses[last]:
            last += 1
        return self.document.passage(*statement.span_of(words.starts[first], words.ends[last]), site)

    def passage_led(self, statement: Statement, site: str | None = None, *, leans: bool = True) -> Passage:
        """Returns a statement as evidence with the line that leads to it, and what goes on with it, where they are short.

        Args:
            statement: The statement.
            site: The school or site that it speaks of.
            leans: Whether a part of what it says stands in that line; an item that is no sentence leans too.
        """
        passage = self.passage(statement, site)
        start, end = passage.start, passage.end
        if statement.goes_on and statement.index + 1 < len(self) and self.all[statement.index + 1].is_item:
            end = self.all[statement.index + 1].span()[1]
        if statement.led is not None and (leans or statement.is_fragment or start - statement.led[0] <= LONGEST_LINE):
            start = statement.led[0]
        return passage if end - start > LONGEST_LED else self.document.passage(start, end, site)

    def passages_led(self, statement: Statement) -> tuple[Passage, ...]:
        """Returns a statement as evidence from the line on that leads to it; behind that line where it stands far from it."""
        passage = self.passage_led(statement)
        if statement.led is None or not statement.is_fragment or passage.start <= statement.led[0]:
            return (passage,)
        return self.document.passage(*statement.led), passage

    @lazy
    def _index(self) -> WordIndex:
        return WordIndex([statement.words for statement in self.all])

    @lazy
    def _short_names(self) -> ShortNames:
        return ShortNames(short_names(block.text for block in self.document.blocks), self.all, self._index)

    @lazy
    def _surroundings(self) -> Surroundings:
        return Surroundings(self)

    @lazy
    def _groups(self) -> dict[int, tuple[Statement, ...]]:
        groups: defaultdict[int, list[Statement]] = defaultdict(list)
        for statement in self.all:
            groups[statement.group].append(statement)
        return {number: tuple(members) for number, members in groups.items()}

    @lazy
    def _by_section(self) -> dict[int, tuple[Statement, ...]]:
        sections: defaultdict[int, list[Statement]] = defaultdict(list)
        for statement in self.all:
            sections[statement.block.section].append(statement)
        return {number: tuple(members) for number, members in sections.items()}

    @lazy
    def _headings(self) -> list[tuple[Words, ...]]:
        return [tuple(self._titles.texts[above] for above in lineage) for lineage in self._lineage]

    @lazy
    def _titles(self) -> WordIndex:
        return WordIndex([cut(section.title) for section in self.document.sections])

    @lazy
    def _lineage(self) -> list[tuple[int, ...]]:
        """For each section the indexes of the sections around it and of itself, outermost first."""
        found: list[tuple[int, ...]] = []
        for index, section in enumerate(self.document.sections):
            around = () if section.parent is None else found[section.parent]
            found.append((*around, index) if section.level else around)
        return found
