"""Entries: what a policy says of one person, post or office to turn to, with the ways to reach them.

A careful reader takes together what belongs together: a name, the post below it and the number below that; a row of a
table; a cell where each school has its column; a sentence and the next one that goes on with "she"; the labels of a
list of people and as many people below. A number belongs to the person beside whom it stands and to nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from checker.documents.model import Block, Cell, Table
from checker.facts import reader
from checker.findings import Passage
from checker.reading.phrases import Concept
from checker.reading.statements import Statement, Statements
from checker.reading.words import cut
from checker.recognise.people import Person, people
from checker.recognise.posts import Post, posts
from england_attendance.policy.contact_details import Details, details_of, has_details, spans_of_details
from england_attendance.policy.schools import Sites
from england_attendance.policy.vocabulary import topic

AROUND = 4
SHORT = 14
MOST_OTHER_WORDS = 3
FEWEST_COLUMNS = 2
FAR = 200  # characters between the parts of one table
ANCHORS = ("champion", "in-charge", "attendance-lead", "day-to-day", "day-to-day-post", "detailed", "helper")


@dataclass(frozen=True)
class Line:
    """A sentence, a list item, a row or a cell of a table.

    Attributes:
        statements: The statements that stand in it.
        text: Its words.
        label: The heading of its column and the label of its row, where it is a cell.
        passage: Where it stands.
        block: Its block.
        people: The people that it names.
        posts: The posts that it names.
        details: The first number and the first address in it.
    """

    statements: tuple[Statement, ...]
    text: str
    label: str
    passage: Passage
    block: Block
    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    details: Details

    @property
    def in_table(self) -> bool:
        """Whether it stands in a table."""
        return self.block.table is not None

    def says(self, statements: Statements, concept: Concept) -> bool:
        """Whether a concept stands in its own words, or in its label, not only in the caption of its table."""
        if self.label and concept.first(cut(self.label).forms) is not None:
            return True
        return any(
            match.end > statement.own_from or not self.in_table
            for statement in self.statements
            for match in statements.matches(statement, concept)
        )


@dataclass(frozen=True)
class Entry:
    """What a policy says of somebody to turn to.

    Attributes:
        lines: Its lines.
        heads: The lines above that announce it, and the heading above.
        sites: The schools that it is for; empty for all.
    """

    lines: tuple[Line, ...]
    heads: tuple[str, ...]
    sites: tuple[str, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        """The people that it names, else those whom its heading names."""
        own = tuple(person for line in self.lines for person in line.people)
        return own or tuple(person for head in self.heads for person in people(head))

    @property
    def led_by(self) -> tuple[str, ...]:
        """What announces it, and the labels of its cells."""
        return (*self.heads, *(line.label for line in self.lines if line.label))

    @property
    def posts(self) -> tuple[Post, ...]:
        """The posts that it names."""
        return tuple(post for line in self.lines for post in line.posts)

    @property
    def passage(self) -> Passage:
        """Its first line with somebody in it, else its first line."""
        return next((line.passage for line in self.lines if line.people or line.posts), self.lines[0].passage)

    @property
    def details(self) -> Details:
        """The first number and the first address in it."""
        return _first_of(line.details for line in self.lines)

    def details_of(self, person: Person) -> Details:
        """Returns the details that stand with one of its people: behind the name, up to the next name."""
        if all(same_name(named.name, person.name) for named in self.people):
            return self.details
        at = next(index for index, line in enumerate(self.lines) if person in line.people)
        line = self.lines[at]
        own = _first_of([_details_behind(line, person), *(_details_of_nobody(self.lines[at + 1 :]))])
        if own or len(line.people) < 2:
            return own
        after = line.people[line.people.index(person) + 1 :][:1]
        joined = bool(after) and cut(line.text[person.end : after[0].start]).forms in {("and",), ("or",)}
        return self.details_of(after[0]) if joined else own

    def says(self, statements: Statements, *concepts: Concept) -> bool:
        """Whether one of some concepts stands in its own lines."""
        return any(line.says(statements, concept) for concept in concepts for line in self.lines)

    def is_under(self, *concepts: Concept) -> bool:
        """Whether one of some concepts stands in what announces it."""
        return any(concept.first(cut(head).forms) is not None for concept in concepts for head in self.heads)


@dataclass(frozen=True)
class Entries:
    """The entries of a policy, in reading order."""

    all: tuple[Entry, ...]


@reader
def entries(statements: Statements, sites: Sites) -> Entries:
    """Reads the entries: around each number, address, and mention of a role."""
    words = topic("contacts")
    anchors = {index for name in ANCHORS for index in statements.find(words[name])}
    anchors |= {statement.index for statement in statements if has_details(statement.own)}
    wanted = {near for at in anchors for near in range(at - AROUND, at + AROUND + 1)}
    lines = list(_Lines(statements, sites).around(sorted(index for index in wanted if 0 <= index < len(statements))))
    return Entries(tuple(_Gatherer(statements, sites).gathered(lines)))


class _Lines:
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
        for index in wanted:
            statement = self._statements.all[index]
            table = statement.block.table
            if table is None:
                yield _line(
                    (statement,), statement.own, "", self._statements.passage(statement), statement.block
                )  # fmt: skip
            elif table not in done:
                done.add(table)
                yield from self._of_table(self._statements.document.tables[table])

    def _of_table(self, table: Table) -> Iterator[Line]:
        header = [row for row in table.rows[: table.header_rows] if not people(row.text)]
        by_role = sum(bool(cell.text) and _is_role(cell.text) for row in header for cell in row.cells) >= FEWEST_COLUMNS
        if self._last is None or table.rows[0].reading.start - self._last.reading.end > FAR:
            self._columns, self._label = {}, ""
        self._last = table.rows[-1]
        rows = []
        for row in table.rows:
            schools = {cell.column: cell.text for cell in row.cells if self._sites.in_words(cut(cell.text))}
            if len(schools) >= FEWEST_COLUMNS and not people(row.text):
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

    def _of_row(self, header: Sequence[Block], row: Block, inside: tuple[Statement, ...]) -> Iterator[Line]:
        """Yields a row; its cells where each is for a school, or names somebody of its own."""
        first = row.cells[0]
        goes_on = bool(self._label) and first.column == 0 and has_details(first.text) and not people(first.text)
        somebody = [cell for cell in row.cells[1:] if people(cell.text)]
        if not goes_on and not self._columns and len(somebody) < FEWEST_COLUMNS:
            passage = self._statements.document.passage(row.reading.start, row.reading.end)
            self._label = first.text if first.column == 0 else ""
            yield _line(inside, row.text, "", passage, row)
            return
        for cell in row.cells:
            if not cell.paragraphs:
                continue
            if cell is not first:
                self._column = self._column + 1 if goes_on else cell.column
            elif not goes_on:
                self._label = first.text
                continue
            yield self._cell(header, row, inside, cell, goes_on and cell is first)

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
        parts = [] if goes_on else [*headings, self._columns.get(self._column, ""), label]
        own = tuple(one for one in inside if not one.row and any(one.reading is part for part in cell.paragraphs))
        passage = self._statements.document.passage(cell.paragraphs[0].start, cell.paragraphs[-1].end)
        return _line(own, cell.text, " ; ".join(filter(None, parts)), passage, row)


def _line(inside: tuple[Statement, ...], text: str, label: str, passage: Passage, block: Block) -> Line:
    return Line(inside, text, label, passage, block, people(text), posts(text), details_of(text, passage))


def _statements_of(statements: Statements, rows: Sequence[Block]) -> dict[int, tuple[Statement, ...]]:
    found: dict[int, list[Statement]] = {id(row): [] for row in rows}
    sections = {row.section for row in rows}
    for section in sections:
        for statement in statements.in_section(section):
            if id(statement.block) in found:
                found[id(statement.block)].append(statement)
    return {row: tuple(inside) for row, inside in found.items()}


def _is_role(text: str) -> bool:
    words = topic("contacts")
    forms = cut(text).forms
    return any(words[name].first(forms) is not None for name in ANCHORS)


@dataclass
class _Gatherer:
    """Goes through the lines and puts together those that belong to one entry."""

    statements: Statements
    sites: Sites
    current: list[Line] = field(default_factory=list)
    announcing: list[Line] = field(default_factory=list)
    group: list[list[Line]] = field(default_factory=list)

    def gathered(self, lines: Sequence[Line]) -> Iterator[Entry]:
        previous: Line | None = None
        for line in lines:
            if previous is not None and not _same_place(previous, line):
                yield from self._closed_group()
            if self.current and self._joins(line):
                self.current.append(line)
            elif self._announces(line):
                self._close()
                if self.group:
                    yield from self._closed_group()
                self.announcing.append(line)
            else:
                self._close()
                self.current = [line]
            previous = line
        yield from self._closed_group()

    def _close(self) -> None:
        if self.current:
            self.group.append(self.current)
        self.current = []

    def _closed_group(self) -> Iterator[Entry]:
        """Yields the entries under some announcing lines: as many labels as entries belong to these one by one."""
        self._close()
        heads = [line.text for line in self.announcing]
        one_by_one = len(heads) == len(self.group) > 1
        for at, lines in enumerate(self.group):
            yield self._entry(lines, [heads[at]] if one_by_one else heads)
        if not self.group:
            for line in self.announcing:
                yield self._entry([line], [])
        self.announcing, self.group = [], []

    def _entry(self, lines: Sequence[Line], heads: Sequence[str]) -> Entry:
        headings = self.statements.document.path_to(lines[0].block.section)
        above = [section.title for section in headings]
        sites: tuple[str, ...] = ()
        if self.sites.names:
            texts = [" ".join(f"{line.label} {line.text}" for line in lines), *heads, *reversed(above)]
            sites = next((found for text in texts if (found := self.sites.in_words(cut(text)))), ())
        heading = [title for title in above[-1:] if not heads or people(title)]
        return Entry(tuple(lines), (*heads, *heading), sites)

    def _announces(self, line: Line) -> bool:
        """Whether a line only announces who comes below it."""
        if line.people or line.in_table or line.details or len(line.text.split()) > SHORT:
            return False
        return not line.text.endswith(".") or line.text.rstrip(".").endswith((" is", " are", ":"))

    def _joins(self, line: Line) -> bool:
        """Whether a line goes on with the entry before it."""
        last = self.current[-1]
        if line.in_table and (not last.in_table or line.label or _is_label(line)):
            return bool(line.details) and not line.label and not line.people and _is_bare(line)
        somebody = any(one.people or one.posts for one in self.current)
        if line.people:
            return not line.in_table and self._is_same_person(line)
        reached = any(one.details for one in self.current)
        if line.details:
            leans = not _pronouns().isdisjoint(cut(line.text).forms) and not line.posts
            return (somebody or bool(self.announcing)) and (_is_bare(line) or (leans and _near(last, line)))
        same_block = line.block is last.block and not line.in_table
        if same_block and (not line.posts or not _pronouns().isdisjoint(cut(line.text).forms[:3])):
            return not line.text.endswith("?")
        if line.in_table or len(line.text.split()) > SHORT or reached or line.text.endswith((".", ":", "?")):
            return False
        if self.current[0].in_table and not line.posts:
            return True
        named = any(one.people for one in self.current)
        return named and (not self.announcing or not _is_role(line.text)) and not any(post.team for post in line.posts)

    def _is_same_person(self, line: Line) -> bool:
        """Whether all whom a line names are named in the entry before it already, and it stands in the same paragraph."""
        known = [person.name for one in self.current for person in one.people]
        return line.block is self.current[-1].block and all(
            any(same_name(name, person.name) for name in known) for person in line.people
        )


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: "Ann Marlowe", "A Marlowe", "Marlowe" and "Ann"."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    if len(shorter) < 2:
        return set(shorter) <= set(longer)
    initials = shorter[0][0] == longer[0][0] and (len(shorter[0]) == 1 or len(longer[0]) == 1)
    return shorter[-1] == longer[-1] and (shorter[0] == longer[0] or initials)


def _same_place(one: Line, other: Line) -> bool:
    if one.block.section != other.block.section:
        return False
    if one.block.table is not None and one.block.table == other.block.table:
        return True
    return not (one.statements and other.statements) or other.statements[0].index - one.statements[-1].index <= 1


def _near(one: Line, other: Line) -> bool:
    return one.block is other.block or _same_place(one, other)


def _is_label(line: Line) -> bool:
    """Whether a row begins with a role: it begins an entry of its own."""
    return not line.label and bool(line.block.cells) and _is_role(line.block.cells[0].text)


def _is_bare(line: Line) -> bool:
    """Whether a line holds details and hardly a word beside: "Telephone: …"."""
    if line.posts:
        return False
    words = topic("contacts")
    rest, at = "", 0
    for start, end in spans_of_details(line.text):
        rest += line.text[at:start] + " "
        at = end
    forms = [form for form in cut(rest + line.text[at:]).forms if form not in words.words("beside-details")]
    return len(forms) <= MOST_OTHER_WORDS and words["reports-absence"].first(forms) is None


def _pronouns() -> frozenset[str]:
    return topic("contacts").words("person-pronouns")


def _details_behind(line: Line, person: Person) -> Details:
    after = line.people[line.people.index(person) + 1 :][:1]
    return details_of(line.text[person.end : after[0].start if after else len(line.text)], line.passage)


def _details_of_nobody(lines: Sequence[Line]) -> Iterator[Details]:
    """Yields the details of the lines up to the next one that names somebody."""
    for line in lines:
        if line.people:
            return
        yield line.details


def _first_of(found: Iterable[Details]) -> Details:
    telephone = email = passage = None
    for details in found:
        passage = passage or details.passage
        telephone, email = telephone or details.telephone, email or details.email
    return Details(telephone, email, passage)
