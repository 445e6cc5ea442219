"""Where a policy lists attendance codes: each code with its meaning and with the class under which it stands.

Codes stand in tables (with classes as rows or in a column, the code before or behind its meaning, two code columns side
by side, all the codes of a class in one cell), in lines ("L – late", "Late (L)", "C, C1 and C2: leave"), glued to their
meaning ("LLate"), as ranges ("Y1–Y7"), or in running sentences ("Unauthorised absence: G (holiday), O (other), …").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from checker.documents.model import Block, BlockKind, Cell, Document, Reading, Table
from checker.findings import Passage
from checker.reading.sentences import sentence_spans
from checker.reading.words import cut
from england_attendance.codes import CodeList
from england_attendance.policy.codes.groups import (
    LONGEST_LINE,
    ONE,
    Group,
    codes_in,
    ever,
    groups_in,
    is_clause,
    is_prose,
)
from england_attendance.policy.codes.words import classes_of, subject

FEWEST = 5  # fewer codes than this are an example, no list
IN_A_LINE = 3  # codes that a run of lines or sentences holds at least to be a part of a list
LONGEST_LABEL = 5  # words before the codes of one more line: "Too young or too old: X (…)"
MANY = 20  # codes that make a list of a table whose codes stand behind what they mean
_SAYS_ALL = frozenset(["present", "unable"])  # classes whose name tells what their codes mean
_GLUED = re.compile(r"^(?P<code>[A-Z]\d?|[/\\#])~?(?P<meaning>(?:[A-Z][a-z]{2,}|(?:No|In|On|At)\b).*)$")
_LISTS = re.compile(r"(?:–|=|\b(?:are|is|includes?|comprises?|consists? of))(?: (?:the )?codes?)?$")
_SEPARATED = re.compile(rf"^{ONE}\s*[=:–]")
# A line that gives a meaning to what is not a national code: "7 = Ill at home".
_NO_CODE = re.compile(r"^(?:[Cc]ode )?(?P<code>[A-Z]?\d|[A-Z])\s*=\s*(?P<meaning>[A-Za-z].*)$")
_GLUED_WITHIN = re.compile(r"(?<=[a-z.)]) (?=(?:[A-Z]\d?|#)~?[A-Z][a-z]{2,})")


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code with what the policy says of it.

    Attributes:
        code: The code.
        meaning: The words beside it; empty where several codes share them.
        classes: The classes under which it stands, by their names in ``codes_list.yaml``; empty where none is given.
        passage: Where it stands.
        described: Whether words tell what it means, if only shared ones: the name of a class says that of few.
        classed: Where the first of its classes is named, for a code that cannot be of it.
    """

    code: str
    meaning: str
    classes: tuple[str, ...]
    passage: Passage
    described: bool
    classed: Passage | None = None


def code_entries(document: Document, known: CodeList) -> tuple[CodeEntry, ...]:
    """Returns the codes that the document lists, in reading order; nothing where there is no list."""
    tables = {index: _Table(document, known, index).entries() for index in range(len(document.tables))}
    of_codes = frozenset(index for index, entries in tables.items() if entries)
    entries = [*(entry for found in tables.values() for entry in found), *_Lines(document, known, of_codes).entries()]
    if len({entry.code for entry in entries}) < FEWEST:
        return ()
    return tuple(sorted(entries, key=lambda entry: entry.passage.start))


def class_named_at(document: Document, entry: CodeEntry) -> Passage | None:
    """Returns where the class is named under which a code stands: in its row, at the head of its column, or above it."""
    row = document.row_at(entry.passage.start)
    if row is not None and row.table is not None:
        table = document.tables[row.table]
        above = reversed(table.rows[: next(at for at, one in enumerate(table.rows) if one is row)])
        for other in (row, *above):
            if any(entry.classes[0] in classes_of(cell.text, of_cell=True) for cell in other.cells):
                return document.passage(other.reading.start, other.reading.end)
    for block in reversed([one for one in document.readable_blocks() if one.reading]):
        is_above = block.reading.start <= entry.passage.start and block.kind is not BlockKind.ROW
        if is_above and entry.classes[0] in classes_of(block.text.rstrip(":")):
            return document.passage(block.reading.start, block.reading.end)
    return None


@dataclass(frozen=True)
class _Table:
    """Reads a table of a document."""

    document: Document
    known: CodeList
    index: int

    def entries(self) -> list[CodeEntry]:
        """Returns the codes that it lists; none where it is no list of codes."""
        found = list(self._of_rows())
        headed = any(subject().first(cut(cell.text).forms) for row in self._table.rows[:1] for cell in row.cells)
        first = 0 in self._code_columns
        least = 1 if headed and first else 2 if first or headed else MANY
        return found if len({entry.code for entry in found}) >= least else []

    @property
    def _table(self) -> Table:
        return self.document.tables[self.index]

    def _of_rows(self) -> Iterator[CodeEntry]:
        columns, table = self._code_columns, self._table
        current = () if self._class_columns else self._class_above()
        head = table.rows[0].text if table.header_rows else None
        merged, page = self._is_merged, table.rows[0].page
        for row in self._rows_and_heads():
            turned, page = page != row.page, row.page
            if row is not table.rows[0] and row.text == head:
                current = current if turned else ()  # a head that is repeated over a new group ends the one above it
                continue
            filled = [cell for cell in row.cells if cell.text]
            places = [cell for cell in filled if cell.column in columns and self._codes(cell)]
            if not places:
                if len(filled) == 1:
                    current = classes_of(filled[0].text)
                elif not any(self._codes(cell) for cell in filled):
                    yield from self._of_cells(filled, current)
                continue
            for number, cell in enumerate(places):
                if cell.column == min(columns) and min(columns) > 0 and len(places) == 1:
                    beside = [other for other in filled if other is not cell]
                else:
                    until = places[number + 1].column if number + 1 < len(places) else 1 << 16
                    beside = [other for other in filled if cell.column < other.column < until]
                if merged:
                    current = self._class_in(beside) or current
                yield from self._of_code_cell(cell, beside, current)

    def _rows_and_heads(self) -> Iterator[Block]:
        """Yields the rows with what runs between them, among which stand the heads repeated on further pages."""
        begun = False
        for block in self.document.blocks:
            own = block.table == self.index
            begun = begun or own
            if own or (begun and block.kind is BlockKind.RUNNING):
                yield block

    def _of_code_cell(self, cell: Cell, beside: Sequence[Cell], current: tuple[str, ...]) -> Iterator[CodeEntry]:
        codes, glued = self._codes(cell) or ((), "")
        several = len(codes) > 1
        current = classes_of(self._table.column_heading(cell), of_cell=True) or current
        named = [other for other in beside if other.column in self._class_columns]
        if named and (len(beside) > 1 or several):
            current = self._class_in(beside) or current
            beside = [other for other in beside if other is not named[0]]
        meaning = "" if several else " ".join([glued, *(other.text for other in beside)]).strip()
        spans = [(part.start, part.end) for other in (cell, *beside) for part in other.paragraphs]
        passage = self.document.passage(min(start for start, _ in spans), max(end for _, end in spans))
        described = bool(glued or beside)
        for code in codes:
            yield CodeEntry(code, meaning, current, passage, described)

    def _class_in(self, cells: Sequence[Cell]) -> tuple[str, ...]:
        """Returns the classes that the first of some cells in a column of classes names."""
        named = next((cell for cell in cells if cell.column in self._class_columns), None)
        return classes_of(named.text, of_cell=True) if named else ()

    def _of_cells(self, cells: Sequence[Cell], current: tuple[str, ...]) -> Iterator[CodeEntry]:
        """Yields the codes that a cell lists with their meanings, beside a label that names their class."""
        named = classes_of(cells[0].text) if cells else ()
        for cell in cells[1:] if named else cells:
            for paragraph in cell.paragraphs:
                for group in groups_in(paragraph.text, self.known):
                    yield from _entries(self.document, paragraph, group, named or current)

    @cached_property
    def _code_columns(self) -> frozenset[int]:
        """The columns that hold codes: at least a third of their filled cells do."""
        codes: Counter[int] = Counter()
        filled: Counter[int] = Counter()
        for cell in self._own_cells():
            filled[cell.column] += 1
            codes[cell.column] += self._codes(cell) is not None
        return frozenset(column for column, count in codes.items() if count and count * 3 >= filled[column])

    @cached_property
    def _class_columns(self) -> frozenset[int]:
        """The columns of which most cells name a class."""
        columns: Counter[int] = Counter()
        for cell in self._own_cells():
            columns[cell.column] += 1 if classes_of(cell.text, of_cell=True) else -1
        return frozenset(column for column, count in columns.items() if count > 0)

    @property
    def _is_merged(self) -> bool:
        """Whether a class stands once for all codes below it, up to the next: its cells are few, the first at the top."""
        rows = [
            row for row in self._table.rows[self._table.header_rows :] if sum(bool(cell.text) for cell in row.cells) > 1
        ]
        named = [any(cell.text and cell.column in self._class_columns for cell in row.cells) for row in rows]
        return bool(named) and named[0] and sum(named) * 2 < len(named)

    def _own_cells(self) -> Iterator[Cell]:
        """Yields the filled cells below the headings that do not span the whole table."""
        table, width = self._table, self._table.columns
        for row in table.rows[table.header_rows :] or table.rows:
            yield from (cell for cell in row.cells if cell.columns < width and cell.text)

    def _codes(self, cell: Cell) -> tuple[tuple[str, ...], str] | None:
        """Returns the codes of a cell and what is glued to them, or ``None`` where it is no code."""
        codes = codes_in(cell.text)
        if codes and all(ever(self.known, code) or len(code) <= 2 for code in codes):
            return codes, ""
        glued = _GLUED.match(cell.text)
        if glued and ever(self.known, glued["code"]):
            return (glued["code"],), glued["meaning"]
        return None

    def _class_above(self) -> tuple[str, ...]:
        """Returns the classes that the paragraph or heading just above the table names."""
        first = self._table.rows[0]
        before: Block | None = None
        for block in self.document.blocks:
            if block is first:
                break
            if block.kind is not BlockKind.RUNNING:
                before = block
        return classes_of(before.text.rstrip(":")) if before is not None and before.kind is not BlockKind.ROW else ()


class _Lines:
    """Reads the lines and sentences of a document: runs of them that hold codes with their meanings.

    A run may be short where it begins with its class and stands beside a table of codes, of which it is one more group.
    """

    def __init__(self, document: Document, known: CodeList, tables: frozenset[int]) -> None:
        self._document = document
        self._known = known
        self._tables = tables
        self._runs: list[list[CodeEntry]] = [[]]
        self._grouped: set[int] = set()
        self._current: tuple[str, ...] = ()

    def entries(self) -> Iterator[CodeEntry]:
        before: Block | None = None
        for block in self._document.blocks:
            if block.kind is BlockKind.RUNNING:
                continue
            if not self._runs[-1] and before is not None and before.table in self._tables:
                self._begin_beside(block)
            before = block
            if block.kind is BlockKind.HEADING and not self._goes_on(block):
                title = self._document.sections[block.section].title
                self._current = classes_of(block.text) or classes_of(title)
            elif block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING}:
                self._read(block)
            else:
                self._runs.append([])
        for number, run in enumerate(self._runs):
            if len({entry.code for entry in run}) >= (1 if number in self._grouped else IN_A_LINE):
                yield from run

    def _begin_beside(self, block: Block) -> None:
        """Notes that the run that begins here is one more group of the table before it: "Unauthorised: G (…), O (…)"."""
        label, colon, _ = block.text.partition(":")
        if colon and classes_of(label):
            self._grouped.add(len(self._runs) - 1)

    def _goes_on(self, block: Block) -> bool:
        """Whether what looks like a heading is one more line of a run: "E = Excluded"."""
        return bool(self._runs[-1]) and _SEPARATED.match(block.text) is not None

    def _read(self, block: Block) -> None:
        found = list(self._of_line(block))
        if found:
            self._runs[-1].extend(found)
            return
        short = len(block.text.split()) <= LONGEST_LINE
        if short and not block.text.endswith("."):
            self._current = classes_of(block.text.rstrip(":"))
        elif not short:
            self._runs.append([])

    def _of_line(self, block: Block) -> Iterator[CodeEntry]:
        reading = block.reading
        marker = block.marker.strip("().:")
        whole = Group((marker,), 0, len(reading.text), reading.text.lstrip("–-:= "), len(reading.text))
        if ever(self._known, marker) and not codes_in(reading.text[:2]):
            if is_clause(reading.text):
                return
            yield from _entries(self._document, reading, whole, self._current)
            return
        unknown = _NO_CODE.match(reading.text)
        if unknown and not ever(self._known, unknown["code"]) and self._is_about_codes(block):
            called = Group((unknown["code"],), 0, len(reading.text), unknown["meaning"].rstrip(" .;,"))
            yield from _entries(self._document, reading, called, self._current)
            return
        for start, end in self._pieces(reading.text):
            piece = reading.text[start:end]
            above = () if is_prose(piece) else self._current
            for group, named in self._of_piece(piece):
                moved = replace(group, start=group.start + start, end=group.end + start, until=group.until + start)
                yield from _entries(self._document, reading, moved, named or above)

    def _is_about_codes(self, block: Block) -> bool:
        """Whether a line stands in a passage headed as one on codes: grades and stages are lettered and numbered too."""
        return subject().first(cut(self._document.sections[block.section].title).forms) is not None

    def _pieces(self, text: str) -> list[tuple[int, int]]:
        """Returns a text whole, or cut before each sentence that begins with a class and its colon.

        In a run of lines with codes it is cut where a code is glued to its meaning within, too.
        """
        starts = {0, *(match.end() for match in _GLUED_WITHIN.finditer(text))} if self._runs[-1] else {0}
        if text.count(":") > 1:
            starts |= {start for start, end in sentence_spans(text) if classes_of(text[start:end].partition(":")[0])}
        places = sorted(starts)
        return list(zip(places, [*places[1:], len(text)], strict=True))

    def _of_piece(self, text: str) -> Iterator[tuple[Group, tuple[str, ...]]]:
        """Yields the codes of a line or sentence, each with the classes that the words before all of them name."""
        glued = _GLUED.match(text)
        if glued and ever(self._known, glued["code"]):
            yield Group((glued["code"],), 0, len(text), glued["meaning"].strip(), len(text)), ()
            return
        groups = groups_in(text, self._known)
        if not groups:
            return
        count = len({code for group in groups for code in group.codes})
        lead = text[: groups[0].start].strip(" \"'(")
        leads = not lead or lead.lower() in {"code", "codes"} or (len(groups) == 1 and lead in groups[0].meaning)
        labelled = lead.endswith(":") and len(lead.split()) <= LONGEST_LABEL
        of_codes = count >= IN_A_LINE and subject().first(cut(lead).forms) is not None
        goes_on = labelled and (bool(self._runs[-1]) or of_codes)
        named = classes_of(_label_of(lead), of_sentence=True) if count > 1 or goes_on else ()
        if count >= (1 if leads or goes_on else 2 if named else FEWEST):
            yield from ((group, named) for group in groups)


def _label_of(lead: str) -> str:
    """Returns the words before the codes of a sentence that stand for all of them: "Unauthorised absence: …"."""
    label, colon, _ = lead.partition(":")
    return label if colon or _LISTS.search(lead) else ""


def _entries(document: Document, reading: Reading, group: Group, classes: tuple[str, ...]) -> Iterator[CodeEntry]:
    passage = document.passage(*reading.span(group.start, max(group.end, group.until)))
    for code in group.codes:
        meaning = group.meaning if len(group.codes) == 1 else ""
        named = (*classes, *classes_of(group.meaning))
        described = bool(meaning or (group.meaning and not named)) or not _SAYS_ALL.isdisjoint(named)
        yield CodeEntry(code, meaning, classes, passage, described)
