"""Lines: the sentences, list items, rows and cells around which a policy says who is who."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from checker.documents.model import Block, Cell, Table
from checker.findings import Passage
from checker.lazy import lazy
from checker.reading.index import WordIndex
from checker.reading.leaning import is_label
from checker.reading.phrases import Concept
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from checker.recognise.people import Person, people
from checker.recognise.posts import Post, posts
from england_attendance.policy.contacts.details import Details, details_of, has_details, spans_of_details
from england_attendance.policy.schools.identity import Sites
from england_attendance.policy.vocabulary import topic

FEWEST_COLUMNS = 2
FAR = 200  # characters between the parts of one table
ANCHORS = (
    "champion",
    "in-charge",
    "answers-for",
    "attendance-lead",
    "day-to-day",
    "day-to-day-post",
    "detailed",
    "helper",
)
_SAME_NUMBER = re.compile(r"\((?:the )?same\b[^()]*\)?")  # "(same number to report an absence)"
OFFICE = "school office"
MOST_OTHER_WORDS = 3


@dataclass(frozen=True, eq=False)
class Line:
    """A sentence, a list item, a row or a cell of a table.

    Attributes:
        statements: The statements that stand in it.
        text: Its words.
        label: The heading of its column and the label of its row, where it is a cell.
        passage: Where it stands.
        block: Its block.
        beside: The details that the heading of its column gives, where it names somebody without any of its own.
    """

    statements: tuple[Statement, ...]
    text: str
    label: str
    passage: Passage
    block: Block
    beside: Details = Details()

    @lazy
    def people(self) -> tuple[Person, ...]:
        """The people that it names."""
        return people(self.text)

    @lazy
    def posts(self) -> tuple[Post, ...]:
        """The posts that it names."""
        return posts(self.text)

    @lazy
    def details(self) -> Details:
        """The first number and the first address in it."""
        return details_of(self.text, self.passage) or self.beside

    @property
    def part(self) -> str:
        """The heading of its column without the label of its row."""
        return self.label.partition(" ; ")[0]

    @property
    def in_table(self) -> bool:
        """Whether it stands in a table."""
        return self.block.table is not None


class Mentions:
    """Which of some lines name which concepts: each concept is looked for in all of them at once.

    Args:
        statements: The statements of the document.
        lines: The lines.
    """

    def __init__(self, statements: Statements, lines: Sequence[Line]) -> None:
        self.statements = statements
        self._known: dict[str, Set[Line]] = {}
        self._holding: defaultdict[int, list[Line]] = defaultdict(list)
        self._led: set[int] = set()  # the statements that stand under a caption
        self._beside: list[Line] = []  # the lines of the texts in which a concept is looked for beside the statements
        texts: list[str] = []
        for line in lines:
            for statement in line.statements:
                self._holding[statement.index].append(line)
                if line.in_table and statement.lead:
                    self._led.add(statement.index)
            own = [line.label, "" if line.statements else line.text]
            texts += filter(None, own)
            self._beside += [line] * (len(texts) - len(self._beside))
        self._index = WordIndex([cut(text) for text in texts])

    def of(self, concept: Concept) -> Set[Line]:
        """Returns the lines in whose own words or label a concept stands, not only in the caption of their table."""
        known = self._known.get(concept.name)
        if known is None:
            saying = self.statements.find(concept) & self._holding.keys()
            captioned = {index for index in saying & self._led if not self._is_own(index, concept)}
            known = {self._beside[text] for text in self._index.texts_with(concept)}
            known.update(*map(self._holding.__getitem__, saying - captioned))
            self._known[concept.name] = known
        return known

    def _is_own(self, index: int, concept: Concept) -> bool:
        """Whether a concept stands in a statement's own words."""
        statement = self.statements.all[index]
        return any(match.end > statement.own_from for match in self.statements.matches(statement, concept))


class Lines:
    """Cuts a document into lines, remembering which school each column of a table is for.

    A table that was written out as plain text loses its cells: what stood in the last cell goes on in lines below, and
    the next cell begins behind a bare number. Such a cell is still read under its label and its column.
    """

    def __init__(self, statements: Statements, sites: Sites) -> None:
        self._statements = statements
        self._sites = sites
        self._last: Block | None = None
        self._columns: dict[int, str] = {}
        self._label = ""
        self._column = 0

    def around(self, wanted: Sequence[int]) -> Iterator[Line]:
        """Yields the lines of some statements, of a table all of them."""
        done: set[int] = set()
        joined = -1
        for index in wanted:
            statement = self._statements.all[index]
            table = statement.block.table
            if table is None and index != joined:
                behind = self._behind_label(statement)
                joined = behind.index if behind else -1
                yield self._of_statements((statement, behind) if behind else (statement,))
            elif table is not None and table not in done:
                done.add(table)
                yield from self._of_table(self._statements.document.tables[table])

    def _behind_label(self, statement: Statement) -> Statement | None:
        """Returns the sentence that a label with a full stop is of: "Telephone. 01632 960111"."""
        if statement.start or not is_label(statement.own):
            return None
        behind = self._statements.all[statement.index + 1 : statement.index + 2]
        return next((other for other in behind if other.reading is statement.reading), None)

    def _of_statements(self, inside: tuple[Statement, ...]) -> Line:
        first, last = inside[0], inside[-1]
        passage = self._statements.passage(first)
        if first is not last:
            passage = self._statements.document.passage(first.span()[0], last.span()[1])
        return Line(inside, first.reading.text[first.start : last.end], "", passage, first.block)

    def _of_table(self, table: Table) -> Iterator[Line]:
        header = [row for row in table.rows[: table.header_rows] if not people(row.text)]
        by_role = sum(bool(cell.text) and is_role(cell.text) for row in header for cell in row.cells) >= FEWEST_COLUMNS
        if self._last is None or table.rows[0].reading.start - self._last.reading.end > FAR:
            self._columns, self._label = {}, ""
        self._last = table.rows[-1]
        rows = []
        for row in table.rows:
            schools = {cell.column: cell.text for cell in row.cells if self._sites.in_text(cell.text)}
            if len(schools) >= FEWEST_COLUMNS and not any(self._names_somebody(cell.text) for cell in row.cells):
                self._columns = schools
            elif not any(row is heading for heading in header):
                rows.append(row)
        inside = _statements_of(self._statements, rows)
        if by_role:
            for column in sorted({cell.column for row in rows for cell in row.cells}):
                for row in rows:
                    cells = [cell for cell in row.cells if cell.column == column and cell.paragraphs]
                    yield from (self._cell(header, row, inside[id(row)], cell) for cell in cells)
            return
        for row in rows:
            yield from self._of_row(header, row, inside[id(row)])

    def _names_somebody(self, text: str) -> bool:
        """Whether a cell names a person; "Penn Lane" is none where a school is called so."""
        return any(not self._sites.in_words(cut(person.name)) for person in people(text))

    def _of_row(self, header: Sequence[Block], row: Block, inside: tuple[Statement, ...]) -> Iterator[Line]:
        """Yields a row; its cells where each is for a school, or names somebody of its own."""
        first = row.cells[0]
        goes_on = bool(self._label) and first.column == 0 and has_details(first.text) and not people(first.text)
        if not goes_on and not self._columns and not _names_several(row.cells[1:]):
            passage = self._statements.document.passage(row.reading.start, row.reading.end)
            self._label = first.text if first.column == 0 else ""
            named = [cell.column for cell in row.cells if people(cell.text)] if header else []
            headings = [cell.text for line in header for cell in line.cells if cell.column in named or _is_title(line)]
            yield Line(inside, row.text, " ; ".join(headings), passage, row)
            return
        for cell in row.cells:
            if not cell.paragraphs:
                continue
            if cell is not first:
                self._column = self._column + 1 if goes_on else cell.column
            elif not goes_on:
                self._label = first.text
                continue
            line = self._cell(header, row, inside, cell, goes_on and cell is first)
            shared = Details() if goes_on or self._columns or not line.people else self._details_for_all(row)
            yield replace(line, beside=shared) if shared else line

    def _details_for_all(self, row: Block) -> Details:
        """Returns the details of a row of which no cell that names somebody has any: "Ms Pell | Mr Aldous | 01632 960111"."""
        if any(has_details(cell.text) and people(cell.text) for cell in row.cells):
            return Details()
        passage = self._statements.document.passage(row.reading.start, row.reading.end)
        return details_of(" ; ".join(cell.text for cell in row.cells), passage)

    def _cell(
        self, header: Sequence[Block], row: Block, inside: tuple[Statement, ...], cell: Cell, goes_on: bool = False
    ) -> Line:
        """Returns a cell with the headings of its column and the label of its row."""
        headings = [
            heading.text
            for line in header
            for heading in line.cells
            if heading.column <= cell.column < heading.column + heading.columns and not self._columns
        ]
        label = self._label if self._columns or self._label else ""
        if cell.column and row.cells[0].column == 0 and not self._columns and not self._label:
            label = row.cells[0].text
        spanned = [text for at, text in self._columns.items() if cell.column <= at < cell.column + cell.columns]
        school = " ; ".join(spanned) if len(spanned) > 1 and not goes_on else self._columns.get(self._column, "")
        parts = [] if goes_on else [*headings, school, label]
        own = tuple(one for one in inside if not one.row and any(one.reading is part for part in cell.paragraphs))
        passage = self._statements.document.passage(cell.paragraphs[0].start, cell.paragraphs[-1].end)
        line = Line(own, cell.text, " ; ".join(filter(None, parts)), passage, row)
        beside = Details() if goes_on else details_of(school, passage)  # "Mill Lane, 01632 …"
        return replace(line, beside=beside) if beside and (line.people or line.posts) else line


def _is_title(row: Block) -> bool:
    """Whether only the first cell of a row holds anything: it is what the whole table is about."""
    return bool(row.cells[0].text) and not any(cell.text for cell in row.cells[1:])


def _names_several(cells: Sequence[Cell]) -> bool:
    """Whether several of some cells name somebody."""
    return len(cells) >= FEWEST_COLUMNS and sum(bool(people(cell.text)) for cell in cells) >= FEWEST_COLUMNS


def _statements_of(statements: Statements, rows: Sequence[Block]) -> dict[int, tuple[Statement, ...]]:
    found: dict[int, list[Statement]] = {id(row): [] for row in rows}
    sections = {row.section for row in rows}
    for section in sections:
        for statement in statements.in_section(section):
            if id(statement.block) in found:
                found[id(statement.block)].append(statement)
    return {row: tuple(inside) for row, inside in found.items()}


def is_role(text: str) -> bool:
    """Whether a heading or label names one of the parts that people play."""
    return _role().first(cut(text).forms) is not None


@cache
def _role() -> Concept:
    return Concept("any part", tuple(phrase for name in ANCHORS for phrase in topic("contacts/contacts")[name].phrases))


def is_row_of_a_post(line: Line) -> bool:
    """Whether a row says which post somebody holds, and no more: "Position | Vice Principal"."""
    begins = not topic("contacts/contacts").words("post-labels").isdisjoint(cut(line.text).forms[:1])
    return line.in_table and begins and bool(line.posts) and not (line.people or line.details)


def is_bare(line: Line) -> bool:
    """Whether a line holds details and hardly a word beside: "Telephone: …"."""
    if any(post.key != OFFICE for post in line.posts):
        return False
    words = topic("contacts/contacts")
    rest, at = "", 0
    for start, end in spans_of_details(line.text):
        rest += line.text[at:start] + " "
        at = end
    beside = _SAME_NUMBER.sub("", rest + line.text[at:])
    forms = [form for form in cut(beside).forms if form not in words.words("beside-details")]
    if not words.words("outside").isdisjoint(forms):
        return False
    if not words.words("elsewhere").isdisjoint(forms) and words.words("attending").isdisjoint(forms):
        return False
    if words["office"].first(forms) is not None and words["by-way-of"].first(cut(rest).forms) is None:
        return False
    return len(forms) <= MOST_OTHER_WORDS and words["reports-absence"].first(forms) is None
