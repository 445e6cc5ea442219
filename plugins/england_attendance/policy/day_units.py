"""The sentences and cells of a policy that may speak of times, each with whose times they are: which site, which year.

A cell is read behind the labels of its row and the headings of its column; in tables the headings may take two rows, a
row with one cell may head those below it, and a blank cell may be merged with the one beside or above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from checker.documents.model import Block, BlockKind, Cell, Table
from checker.findings import Passage
from checker.reading.english import english
from checker.reading.splitting import LONGEST_ROW
from checker.reading.statements import Statement, Statements
from checker.reading.words import Words, cut
from checker.recognise.durations import durations
from checker.recognise.times import times
from england_attendance.policy.day_marks import names_a_happening, names_a_period
from england_attendance.policy.schools import Sites
from england_attendance.policy.vocabulary import topic

LONGEST_GROUP = 8
LONGEST_LABEL = 12
FAR = 8
_YEAR = r"(?:\d{1,2}|R)(?![\d.:])"
_GROUP = re.compile(
    rf"(?:\b(?:Years?|Yrs?|Y)\.? ?{_YEAR}(?: ?(?:–|-|/|,|&|and|to|,? and) ?(?:Years? |Yrs? |Y)?{_YEAR})*|\bReception\b|\bNursery\b"
    r"|\bEYFS\b|\bKey Stages? \w+|\bKS ?\d(?:/\d)?|\bInfants?\b|\bJuniors?\b|\bSixth Form\b|\b(?:Upper|Lower|Middle|Senior|Prep) School\b"
    r"|\bFoundation Stage\b|\bPre-?school\b)",
)
_PARTS = re.compile(r"[,;.:(](?!\d)|\b(?:and|or|but|while|others?|rest)\b")
_LEADS = re.compile(r"(?:^|[;.:] )(?:and |but )?(?:[Ff]or|[Ii]n) (?:pupils in |children in |the )?$")
_STOPS = re.compile(r"[;.](?!\d)")
_TIME_WORDS = frozenset(["o'clock", "half", "quarter", "noon", "midday", "minutes", "hour", "hours", "past", "to"])


@dataclass(frozen=True)
class Unit:
    """A sentence, or a cell with the labels and headings that it stands under.

    Attributes:
        text: What leads to it (a list's line, labels, headings) and its own words.
        own_offset: Where in ``text`` its own words begin.
        passage: Where it stands.
        sites: The sites that it speaks of; empty for all.
        group: The year group of a cell; empty for all.
        context: The words of what stands before and above it.
        cell: Whether it is a cell.
    """

    text: str
    own_offset: int
    passage: Passage
    sites: tuple[str, ...]
    group: str
    context: tuple[str, ...]
    cell: bool = False

    @cached_property
    def words(self) -> Words:
        """Its words, with what leads to it in front."""
        return cut(self.text)

    @cached_property
    def own_from(self) -> int:
        """The index of the first of its own words."""
        return self.word_at(self.own_offset)

    def word_at(self, offset: int) -> int:
        """Returns the index of the first word that ends after an offset."""
        return next((index for index, end in enumerate(self.words.ends) if end > offset), len(self.words))

    def word_after(self, offset: int) -> int:
        """Returns the index of the first word that begins at an offset or after it."""
        return next((index for index, start in enumerate(self.words.starts) if start >= offset), len(self.words))

    def group_at(self, start: int, end: int) -> str:
        """Returns the year group that a time is for: in a cell that of its row or column, else the one beside it.

        That is the one with which the thought begins ("For Year 7 it opens at 1.00 and closes at 1.20"), the one right
        behind it in its clause, or the last one before it: "Years 1 and 2 are registered from 1pm".
        """
        if self.cell:
            return self.group
        named = list(_GROUP.finditer(self.text))
        after = [match for match in named if 0 <= match.start() - end <= 12]
        before = [match for match in named if match.end() <= start][-1:]
        if (
            before
            and _LEADS.search(self.text[: before[0].start()])
            and not _STOPS.search(self.text, before[0].end(), start)
        ):
            return before[0].group()
        if before and _PARTS.search(self.text, before[0].end(), start) is None:
            after = [match for match in after if _PARTS.search(self.text, end, match.start()) is None]
        else:
            before = [match for match in before if start - match.end() <= 14]
        return (after or before)[0].group() if after or before else ""


def units(statements: Statements, sites: Sites) -> Iterator[Unit]:
    """Yields the sentences and cells that hold figures or words of time, in reading order."""
    previous: Statement | None = None
    block_sites: tuple[str, ...] = ()
    title_sites: tuple[str, ...] = ()  # those of the last line that is a title, though the format does not show it
    words = topic("register_events")
    untimed = {index for name in ("at-start", "period", "open-all-session") for index in statements.find(words[name])}
    for statement in statements:
        same_block = previous is not None and previous.block is statement.block
        own = sites.in_words(statement.words) if sites.names else ()
        if previous is None or previous.block.section != statement.block.section:
            title_sites = ()
        if own and _looks_like_a_title(statement):
            title_sites = own
        above = block_sites if same_block else title_sites or _heading_sites(statements, statement, sites)
        block_sites = own or above
        if (
            any(map(str.isdigit, statement.own))
            or not _TIME_WORDS.isdisjoint(statement.words.forms)
            or statement.index in untimed
        ):
            context = _context(statements, statement)
            if statement.row:
                yield from _rows(statements, statement, sites, block_sites, context)
            elif not statement.block.cells or not _is_whole_row(statement):
                passage = statements.passage(statement)
                yield Unit(statement.text, statement.own_offset, passage, block_sites, "", context)
        previous = statement


def _context(statements: Statements, statement: Statement) -> tuple[str, ...]:
    """Returns the words before and above a statement that tell of what it speaks.

    They are the sentence before it in its paragraph, or the one that a pronoun in it or in the question that it answers
    leans on; a line before it that looks like a heading; and the headings.
    """
    before = [
        other
        for other in statements.all[max(0, statement.index - FAR) : statement.index]
        if other.block.section == statement.block.section
    ]
    own, words = statement.words.forms[statement.own_from :][:2], []
    if before and (before[-1].block is statement.block or not english().pronouns.isdisjoint(own)):
        words.append(before[-1])
        words.extend(other for other in reversed(before[:-1]) if other.block is statement.block)
    if len(before) > 1 and before[-1].is_question and not english().pronouns.isdisjoint(before[-1].words.forms):
        words.extend(before[-3:-1][::-1])
    titles = [other for other in before if _looks_like_a_title(other)]
    words.extend(titles[-1:])
    return tuple(form for other in words for form in other.words.forms) + tuple(
        form for heading in reversed(statements.headings(statement)) for form in heading.forms
    )


def _looks_like_a_title(statement: Statement) -> bool:
    """Whether a statement is a short line without a stop or a time: a heading that the format does not show as one."""
    text = statement.block.text
    plain = statement.block.kind is BlockKind.PARAGRAPH and not text.endswith((".", "!", "?", ",", ";"))
    return plain and len(text.split()) <= LONGEST_GROUP and not _holds_time(text)


def _is_whole_row(statement: Statement) -> bool:
    """Whether a cell belongs to a row short enough to be a statement of its own, which is read cell by cell."""
    return sum(len(cell.text.split()) for cell in statement.block.cells) <= LONGEST_ROW


def _heading_sites(statements: Statements, statement: Statement, sites: Sites) -> tuple[str, ...]:
    for heading in reversed(statements.headings(statement)):
        found = sites.in_words(heading) if sites.names else ()
        if found:
            return found
    return ()


def _holds_time(text: str) -> bool:
    return bool(times(text, doubtful=True)) or any(duration.unit.value == "minute" for duration in durations(text))


def _rows(
    statements: Statements, statement: Statement, sites: Sites, around: tuple[str, ...], context: tuple[str, ...]
) -> Iterator[Unit]:
    """Yields the cells of a row; with the table's first row those of headings that hold times and so are none."""
    table = statements.document.tables[statement.block.table or 0]
    above = cut(statement.lead).forms
    if table.rows.index(statement.block) == table.header_rows:
        for heading in table.rows[: table.header_rows]:
            if any(_holds_time(cell.text) for cell in heading.cells):
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
        labels = [cell for cell in row.cells if cell.text and not times(cell.text, doubtful=True)]
        short = [cell for cell in labels if len(cell.text.split()) <= LONGEST_LABEL]
        above = tuple(form for text in self._all_headings for form in cut(text).forms)
        for cell in row.cells:
            text = cell.text or self._merged_above(cell)
            if not _holds_time(text) and not names_a_period(text):
                continue
            columns = self._span(cell)
            headings = list(dict.fromkeys(text for column in columns for text in self._headings(column)))
            labelled = [label for label in short if label is not cell and (cell not in labels or label.column < 1)]
            beside = [label.text for label in labelled]
            whose = [label.text for label in labelled if self._says_whose(label.column)]
            told = [part for part in headings if part not in self._sides.values()]
            parts = [part for part in (*beside, *told) if part not in whose and not self._names_whose(part)]
            own = " | ".join([*parts, text])
            named = self.sites.in_words(cut(" | ".join([*beside, *headings, text]))) if self.sites.names else ()
            group = self._group(beside, columns) or self._of_whose(whose if not named else [])
            if group and named and _GROUP.search(group) is None and self.sites.in_words(cut(group)):
                group = ""  # the heading of the column is the site's own name
            passage = self.statements.document.passage(row.reading.start, row.reading.end)
            yield Unit(own, len(own) - len(text), passage, named or around, group, above + context, cell=True)

    def _says_whose(self, column: int) -> bool:
        """Whether a column says whose the times of its rows are: "School", "Site", "Year group", "Who"."""
        headings = [cut(text).forms for text in self._headings(column)]
        return any(topic("register_events")["whose"].first(forms) == (0, len(forms)) for forms in headings if forms)

    @staticmethod
    def _of_whose(labels: list[str]) -> str:
        """Returns whose the times of a row are by such labels, unless they are everybody's."""
        words = topic("register_events")
        cuts = ((label, cut(label).forms) for label in labels)
        return next(
            (
                label
                for label, forms in cuts
                if words["everybody"].first(forms) is None and words["any-people"].first(forms) != (0, len(forms))
            ),
            "",
        )

    def _names_whose(self, part: str) -> bool:
        """Whether a label or heading says whose the times are and nothing else."""
        whose = _GROUP.search(part) is not None or (self.sites.names and self.sites.in_words(cut(part)))
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
            if len(filled) == 1 and not _holds_time(filled[0].text) and len(filled[0].text.split()) <= LONGEST_GROUP:
                heading = filled[0].text
        return heading

    def _headings(self, column: int) -> list[str]:
        """Returns the headings of a column; under a merged one the one that it is merged with."""
        found = [self._row_heading] if self._row_heading else []
        for index, row in enumerate(self._heading_rows):
            covering = [cell for cell in row.cells if cell.column <= column < cell.column + cell.columns and cell.text]
            if not covering and index < len(self._heading_rows) - 1:
                covering = [cell for cell in row.cells if 0 < cell.column <= column and cell.text][-1:]
            found.extend(cell.text for cell in covering)
        return found

    def _span(self, cell: Cell) -> range:
        """Returns the columns for which a cell stands: its own, and blank ones beside it that its heading spans."""
        end = cell.column + cell.columns
        if len(self._heading_rows) > 1:
            top = {other.column for other in self._heading_rows[0].cells if other.text}
            blank = {other.column for other in self.row.cells if not other.text}
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
            if _GROUP.search(label) and not names_a_happening(label):
                return _short_group(label)
        groups = {
            tuple(text for text in self._headings(column) if _GROUP.search(text) and not names_a_happening(text))
            for column in columns
        }
        named = next(iter(groups)) if len(groups) == 1 else ()
        return _short_group(named[-1]) if named else self._sides.get(columns.start, "")

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
        plain = all(len(texts) == 1 and not _tells_what(texts[0]) for texts in headings.values())
        distinct = len({texts[0] for texts in headings.values() if texts}) == len(cells)
        return {column: texts[0] for column, texts in headings.items()} if plain and distinct else {}


def _tells_what(heading: str) -> bool:
    """Whether a heading says what stands below it, or when, and not only where."""
    told = topic("register_events")["tells-what"].first(cut(heading).forms) is not None
    return told or names_a_happening(heading) or names_a_period(heading)


def _short_group(text: str) -> str:
    match = _GROUP.search(text)
    return text if len(text.split()) <= LONGEST_GROUP or match is None else match.group()
