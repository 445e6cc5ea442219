"""The cells of a table that may speak of times, each with whose times they are.

A cell is read behind the labels of its row and the headings of its column; the headings may take two rows, a row with
one cell may head those below it, a blank cell may be merged with the one beside or above it, and two lists may stand
side by side.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from checker.documents.model import Block, Cell, Table
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from checker.recognise.times import times
from england_attendance.policy.day.marks import REGISTER, marks, names_a_happening, names_a_period
from england_attendance.policy.day.units import Unit, group_in, holds_time
from england_attendance.policy.schools.identity import Sites
from england_attendance.policy.vocabulary import topic

_TO = re.compile(r"to|until|till|–|-", re.IGNORECASE)
_ONLY_WHEN = re.compile(r"times?|when", re.IGNORECASE)
_STROKE = re.compile(r" ?/ ?")
# Somebody: "Mr Holt", "Mrs Day and Ms Lee"; "Miss Lee's class" is a group.
_PERSON = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr)\b\.?(?!.*['’]s?\b)")
_THOUGHTS = re.compile(r"[.;,](?!\d)\s*")
LONGEST_GROUP = 8
LONGEST_LABEL = 12
LONGEST_VERB = 2
PAIR = 2
ENOUGH_ROWS = 40  # to see what the labels of a column name
_OF_REGISTERS = frozenset([(False, "closes"), (False, "opens")])


def rows(
    statements: Statements, statement: Statement, sites: Sites, around: tuple[str, ...], context: tuple[str, ...]
) -> Iterator[Unit]:
    """Yields the cells of a row; with the table's first row those of headings that hold times and so are none."""
    table = statements.document.tables[statement.block.table or 0]
    above = cut(statement.lead).forms
    if table.rows[table.header_rows : table.header_rows + 1] == (statement.block,):
        for heading in table.rows[: table.header_rows]:
            if any(holds_time(cell.text) for cell in heading.cells):
                yield from _Row(statements, table, heading, sites).units(around, context)
    yield from _Row(statements, table, statement.block, sites).units(around, above + context)


@dataclass(frozen=True)
class _Row:
    """A row of a table, read cell by cell."""

    statements: Statements
    table: Table
    row: Block
    sites: Sites

    def units(self, around: tuple[str, ...], context: tuple[str, ...]) -> Iterator[Unit]:
        """Yields its cells that hold times, each behind its labels and headings."""
        row = self.row
        ranges = self._ranges()
        labels = [cell for cell in row.cells if cell.text and not times(cell.text, doubtful=True)]
        labels = [cell for cell in labels if not _TO.fullmatch(cell.text)]
        short = [cell for cell in labels if len(cell.text.split()) <= LONGEST_LABEL]
        above = tuple(form for text in self._all_headings for form in cut(text).forms)
        for cell in row.cells:
            text = ranges.get(cell.column, cell.text) or self._merged_above(cell)
            if not holds_time(text) and not names_a_period(text):
                continue
            columns = self._span(cell)
            headings = list(dict.fromkeys(text for column in columns for text in self._headings(column)))
            half = self._half(cell.column)
            labelled = [
                label
                for label in short
                if label is not cell and label.column in half and (cell not in labels or label.column < 1)
            ]
            if any(mark.subject and mark.name == "register" for mark in marks(cut(text).forms)):
                labelled = [label for label in labelled if not names_a_period(label.text)]  # it names itself what it is
            beside = [self._whole_label(label) for label in labelled] or _mark_of_arrivals(cell, labels)
            whose = [label.text for label in labelled if self._says_whose(label.column)]
            groups = [label.text for label in labelled if label.text in whose and not _does_it(label)]
            told = [part for part in headings if part not in self._sides.values()]
            if any(mark.subject and mark.name == REGISTER for part in beside for mark in marks(cut(part).forms)):
                told = [
                    part for part in told if not _ONLY_WHEN.fullmatch(part)
                ]  # "Registers close | Time": no closing time
            parts = [part for part in (*beside, *told) if part not in whose and not self._names_whose(part)]
            pieces = side_by_side(parts, text)
            named = self.sites.in_words(cut(" | ".join([*beside, *headings, text]))) if self.sites.names else ()
            group = self._group(beside, columns) or self._of_whose(groups if not named else [])
            if group and named and (self._is_site_name(group) or self._speaks_of_site(group)):
                group = ""  # the heading of the column is the site's own name
            passage = self.statements.document.passage(row.reading.start, row.reading.end)
            for labelled_by, piece in pieces or [(parts, text)]:
                own = " | ".join([*labelled_by, piece])
                yield Unit(own, len(own) - len(piece), passage, named or around, group, above + context, cell=True)

    def _ranges(self) -> Mapping[int, str]:
        """Returns what cells hold whose range stands in three, by their columns: "8.45", "to", "9.05"; the last holds nothing.

        Under a heading of its own a dash is no "to", but says that there is nothing.
        """
        found: dict[int, str] = {}
        for first, between, last in zip(self.row.cells, self.row.cells[1:], self.row.cells[2:], strict=False):
            times_around = all(len(times(end.text, doubtful=True)) == 1 for end in (first, last))
            if (
                times_around
                and _TO.fullmatch(between.text)
                and not any(map(names_a_happening, self._headings(last.column)))
            ):
                found |= {first.column: f"{first.text} to {last.text}", last.column: ""}
        return found

    def _speaks_of_site(self, group: str) -> bool:
        return group_in(group) is None and bool(self.sites.in_words(cut(group)))

    def _is_site_name(self, group: str) -> bool:
        """Whether a group is a site's name and nothing else, though a phase is part of it: "Ashby Infant School"."""
        named = self.sites.in_words(cut(group))
        own = {form.rstrip("s") for form in cut(named[0]).forms} if len(named) == 1 else set()
        return bool(own) and all(form.rstrip("s") in own for form in cut(group).forms)

    def _says_whose(self, column: int) -> bool:
        """Whether a column says whose the times of its rows are: "School", "Site", "Year group", "Who"."""
        headings = [cut(text).forms for text in self._headings(column)]
        first = self.table.rows[:ENOUGH_ROWS]
        labels = (cell.text for row in first for cell in row.cells if cell.column == column)
        if sum(map(names_a_happening, labels)) > 1:  # "Academy", "Start of day", "Register taken": no heading is above
            return False
        if not headings and not column:
            return self._names_only
        return any(topic("day/register_events")["whose"].first(forms) == (0, len(forms)) for forms in headings if forms)

    @cached_property
    def _names_only(self) -> bool:
        """Whether the rows begin with names, under no heading, and the columns say what happens: "| Taken | Closed"."""
        heads = [cell.text for row in self._heading_rows for cell in row.cells if cell.text and cell.column]
        rows = self.table.rows[len(self._heading_rows) : ENOUGH_ROWS]
        names = [cell.text for row in rows for cell in row.cells[:1] if cell.text and not cell.column]
        plain = all(name[0].isupper() and len(name.split()) <= LONGEST_GROUP and not tells_what(name) for name in names)
        return 1 < len(set(names)) == len(rows) and plain and any(map(names_a_happening, heads))

    @staticmethod
    def _of_whose(labels: list[str]) -> str:
        """Returns whose the times of a row are by such labels, unless they are everybody's."""
        words = topic("day/register_events")
        cuts = ((label, cut(label).forms) for label in labels)
        return next(
            (
                label
                for label, forms in cuts
                if words["everybody"].first(forms) is None
                and words["any-people"].first(forms) != (0, len(forms))
                and (words["staff"].first(forms) is None or group_in(label) is not None)
            ),
            "",
        )

    def _names_whose(self, part: str) -> bool:
        """Whether a label or heading says whose the times are and nothing else."""
        whose = group_in(part) is not None or (self.sites.names and self.sites.in_words(cut(part)))
        return bool(whose) and not names_a_happening(part)

    @cached_property
    def _heading_rows(self) -> tuple[Block, ...]:
        """The rows that head the table: those before its first times that look like headings."""
        rows: list[Block] = []
        for index, row in enumerate(self.table.rows):
            if any(times(cell.text, doubtful=True) for cell in row.cells):
                break
            blank_first = not row.cells or row.cells[0].column > 0 or not row.cells[0].text
            several = sum(bool(cell.text) for cell in row.cells) > 1
            if index < self.table.header_rows or (several and (blank_first or index == 0)):
                rows.append(row)
            else:
                break
        return tuple(rows)

    @cached_property
    def _all_headings(self) -> tuple[str, ...]:
        texts = [cell.text for row in self._heading_rows for cell in row.cells if cell.text]
        return (*texts, self._row_heading) if self._row_heading else tuple(texts)

    @cached_property
    def _row_heading(self) -> str:
        """The words of the last row above that holds nothing but one cell without times, such as "Afternoon"."""
        heading = ""
        for row in self.table.rows[len(self._heading_rows) :]:
            if row is self.row:
                return heading
            filled = [cell for cell in row.cells if cell.text]
            if len(filled) == 1 and not holds_time(filled[0].text) and len(filled[0].text.split()) <= LONGEST_GROUP:
                heading = filled[0].text
        return heading

    def _headings(self, column: int) -> list[str]:
        """Returns the headings of a column; under a merged one the one that it is merged with."""
        found = [self._row_heading] if self._row_heading else []
        for index, row in enumerate(self._heading_rows):
            covering = [cell for cell in row.cells if cell.column <= column < cell.column + cell.columns and cell.text]
            if not covering and index < len(self._heading_rows) - 1:
                covering = [cell for cell in row.cells if 0 < cell.column <= column and cell.text][-1:]
            found.extend(self._whole_heading(row, cell) for cell in covering)
        return found

    @staticmethod
    def _whole_heading(row: Block, cell: Cell) -> str:
        """Returns a heading, behind that of the column before it where it is but a verb: "Afternoon register | Closes"."""
        before = [other.text for other in row.cells if other.column < cell.column and other.text]
        return _behind(cell.text, before[-1:])

    def _whole_label(self, label: Cell) -> str:
        """Returns the label of a row, behind that of the row before it where it is but a verb."""
        rows = self.table.rows
        before = (row.cells[0].text for row in rows[: rows.index(self.row)] if row.cells and row.cells[0].text)
        return label.text if label.column else _behind(label.text, [*before])

    def _span(self, cell: Cell) -> range:
        """Returns the columns for which a cell stands: its own, and blank ones beside it that its heading spans.

        What is blank because it is merged with the cell above stands for itself.
        """
        end = cell.column + cell.columns
        if len(self._heading_rows) > 1:
            top = {other.column for other in self._heading_rows[0].cells if other.text}
            blank = {other.column for other in self.row.cells if not other.text and not self._merged_above(other)}
            while end in blank and end not in top:
                end += 1
        return range(cell.column, end)

    def _merged_above(self, blank: Cell) -> str:
        """Returns what a blank cell is merged with: the text above it, where the column is that of one happening."""
        data = self.table.rows[len(self._heading_rows) :]
        column = [(row, cell) for row in data for cell in row.cells if cell.column == blank.column]
        filled = [cell for _, cell in column if cell.text]
        if not names_a_happening(" | ".join(self._headings(blank.column))) or len(filled) * 2 > len(column):
            return ""
        if any(one[1].text and one[1].text == other[1].text for one, other in pairwise(column)):
            return ""  # what is the same in two rows is written twice: nothing is merged
        text = ""
        for row, cell in column:
            if row is self.row:
                return text
            text = cell.text or text
        return ""

    def _group(self, labels: list[str], columns: range) -> str:
        """Returns the year group that the row's labels name, else the one heading that its columns share."""
        for label in reversed(labels):
            if group_in(label) and not names_a_happening(label):
                return _short_group(label)
        pairs = not self.table.header_rows and len(self.row.cells) == PAIR  # its first row is no heading
        groups = {
            tuple(text for text in self._headings(column) if group_in(text) and not names_a_happening(text))
            for column in (() if pairs else columns)
        }
        named = next(iter(groups)) if len(groups) == 1 else ()
        if named:
            return _short_group(named[-1])
        return self._sides.get(columns.start, "") or self._halves.get(self._half(columns.start).start, "")

    def _half(self, column: int) -> range:
        """Returns the columns of the list that a column belongs to, where several stand side by side; else all."""
        starts = [*self._halves, max((cell.column + cell.columns for cell in self.row.cells), default=0)]
        return next((range(start, end) for start, end in pairwise(starts) if start <= column < end), range(sys.maxsize))

    @cached_property
    def _halves(self) -> dict[int, str]:
        """The headings of lists of times that stand side by side, each as wide as the others, by their first columns.

        "Lower school | | Upper school" above "8.40 | Bell | 8.50 | Bell".
        """
        heads = [cell for row in self._heading_rows[-1:] for cell in row.cells if cell.text]
        starts = [head.column for head in heads]
        widths = {after - before for before, after in pairwise([*starts, len(self.row.cells)])}
        if len(heads) < 2 or starts[0] or len(widths) > 1 or min(widths) < 2 or any(tells_what(h.text) for h in heads):
            return {}
        return {head.column: head.text for head in heads}

    @cached_property
    def _sides(self) -> dict[int, str]:
        """The headings of the columns, where these set sites or parts of a school side by side, by their places.

        The row says what happens, and each of its times stands under a heading of its own that says only where.
        """
        cells = [cell for cell in self.row.cells if cell.column > 0 and cell.text]
        headings = {cell.column: self._headings(cell.column) for cell in cells}
        first = self.row.cells[0]
        if len(cells) < 2 or first.column or not names_a_happening(first.text) or times(first.text, doubtful=True):
            return {}
        plain = all(len(texts) == 1 and not tells_what(texts[0]) for texts in headings.values())
        distinct = len({texts[0] for texts in headings.values() if texts}) == len(cells)
        return {column: texts[0] for column, texts in headings.items()} if plain and distinct else {}


def _does_it(label: Cell) -> bool:
    """Whether a label behind what happens names who sees to it; one with which a row begins may name a teacher's class."""
    return label.column > 0 and _PERSON.match(label.text) is not None


def side_by_side(parts: Sequence[str], text: str) -> list[tuple[list[str], str]]:
    """Returns each of several times with its label, where both are parted by strokes: "Register called / closed"."""
    values = [value for value in _STROKE.split(text) if times(value, doubtful=True)]
    for at, part in enumerate(parts):
        labels = _STROKE.split(part)
        if len(labels) < 2 or len(labels) != len(values) or not all(labels):
            continue
        shared = labels[0].rpartition(" ")[0]
        full = [labels[0], *(f"{shared} {label}" if len(label.split()) == 1 else label for label in labels[1:])]
        if any(names_a_happening(" ".join([*parts[:at], label])) for label in full):
            return [([*parts[:at], one, *parts[at + 1 :]], value) for one, value in zip(full, values, strict=True)]
    return []


def _mark_of_arrivals(arrivals: Cell, others: Sequence[Cell]) -> list[str]:
    """Returns what a long cell beside "Arriving after 9.15" says of the mark: the first thought that names one."""
    words = topic("day/register_events")
    if words["arrives"].first(cut(arrivals.text).forms) is None:
        return []
    thoughts = (thought for cell in others if cell is not arrivals for thought in _THOUGHTS.split(cell.text))
    named = (thought for thought in thoughts if len(thought.split()) <= LONGEST_LABEL)
    marked = (
        thought
        for thought in named
        if any(words[name].first(cut(thought).forms) is not None for name in ("late-mark", "absent-mark"))
    )
    return [*marked][:1]


def _behind(label: str, before: Sequence[str]) -> str:
    """Returns a label that is but a verb behind the nearest one before it that names what it is of: "closes"."""
    if topic("day/register_events")["going-home"].first(cut(label).forms) == (0, len(cut(label).forms)):
        return f"{label} time"
    if len(label.split()) > LONGEST_VERB or not _is_of_registers(label):
        return label
    subjects = [text for text in before if not _is_of_registers(text)][-1:]
    named = [mark for text in subjects for mark in marks(cut(text).forms)]
    verbs = {mark.name for mark in marks(cut(label).forms)}
    if any(not mark.subject and mark.name in verbs for mark in named):
        return f"School {label}"  # "Registers close | Closes": the register's closing has been told
    if len(named) == 1 and named[0].subject:
        return f"{subjects[0]} {label}"
    told = [mark for mark in named if mark.subject]  # "AM register taken | AM closes"
    whose = " ".join(cut(subjects[0]).forms[told[0].start : told[0].end]) if len(told) == 1 else ""
    return f"{whose} {label}" if whose else label


def _is_of_registers(label: str) -> bool:
    """Whether all that a label tells is that something opens or closes."""
    own = {(mark.subject, mark.name) for mark in marks(cut(label).forms)}
    return bool(own) and own <= _OF_REGISTERS


def tells_what(heading: str) -> bool:
    """Whether a heading says what stands below it, or when, and not only where."""
    told = topic("day/register_events")["tells-what"].first(cut(heading).forms) is not None
    return told or names_a_happening(heading) or names_a_period(heading)


def _short_group(text: str) -> str:
    match = group_in(text)
    return text if len(text.split()) <= LONGEST_GROUP or match is None else match.group()
