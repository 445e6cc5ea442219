"""Which notice a statement on penalty notices speaks of: a first, a second within the years of the limit, or one beyond it.

A stage is named in the sentence itself, else in the sentences before it in its paragraph, in its row, in the short
line that it stands under, or in its heading. The sums, their days and the limit are all read by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from checker.reading.english import english
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.words import Words, cut
from checker.recognise.money import money
from england_attendance.policy.penalties.cells import label_of
from england_attendance.policy.vocabulary import topic

LONGEST_TITLE = 16  # words of a line that names the stage of what stands below it
PARAGRAPHS_BELOW = 3  # that such a line still speaks for
FAR_BEFORE = 12  # statements
JUST_BEHIND = 12  # words
FAR_DENIED = 4  # words
REFERRING_BACK = frozenset({"of", "after", "since", "from", "following"})
COUNTS = frozenset({"one", "any", "two", "2"})
BEHIND_COUNT = frozenset({"in", "within", "during", "over", "before", "already", "for", "of", "is", "will", "inside"})
OPENING = frozenset({"the", "a", "an", "your", "their", "that", "any"})


class Stage(IntEnum):
    """A first notice, a second within the years of the limit, or one beyond the limit."""

    FIRST = 1
    SECOND = 2
    BEYOND = 3


class Naming(NamedTuple):
    """Where words name a stage, as word indexes."""

    start: int
    end: int
    stage: Stage


CONCEPTS = ((Stage.FIRST, "first"), (Stage.SECOND, "second"), (Stage.BEYOND, "beyond"))
HAD = ((Stage.SECOND, "had-one"), (Stage.BEYOND, "had-two"))


class Stages:
    """The stages of a document's statements, each worked out once."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._named: dict[int, tuple[Naming, ...]] = {}
        self._carried: dict[int, Stage | None] = {}

    def of(self, statement: Statement) -> Stage | None:
        """Returns the last stage that a statement names, else the one that is carried to it."""
        named = self.named(statement)
        own = [naming for naming in named if naming.end > statement.own_from]
        return (own or named)[-1].stage if named else self.carried(statement)

    def named(self, statement: Statement) -> tuple[Naming, ...]:
        """Returns the stages that a statement names, in order; what leads to a list counts if it names only one."""
        known = self._named.get(statement.index)
        if known is None:
            found = self._in(statement.words, statement)
            led = {naming.stage for naming in found if naming.end <= statement.own_from}
            in_prose = statement.follows_on or statement.answers
            if len(led) > 1 and not in_prose:
                found = [naming for naming in found if naming.end > statement.own_from]
            known = self._named[statement.index] = tuple(found)
        return known

    def of_place(self, statement: Statement, text: str, start: int, until: int | None) -> Stage:
        """Returns the stage of a sum in a text that is read for a statement: its own words, or a cell with its headings.

        Args:
            statement: The statement.
            text: The text.
            start: Where the sum begins.
            until: Where the next sum begins, which has what is named before it.
        """
        words = statement.words if text is statement.text else cut(text)
        named = self.named(statement) if text is statement.text else self._in(words, statement)
        at = next((index for index, begins in enumerate(words.starts) if begins >= start), len(words))
        begin, end = text.rfind(";", 0, start), text.find(";", start)
        part = [naming for naming in named if _stands(words, naming, begin, end if end >= 0 else len(text))]
        if begin >= 0 and len(stages := {naming.stage for naming in part}) == 1:
            return stages.pop()
        before = [naming for naming in named if naming.start < at]
        if before:
            return before[-1].stage
        next_sum = (
            at if text.endswith("?") else len(text) if until is None else until
        )  # what asks is of what comes next
        behind = [naming for naming in part if naming.start < at + JUST_BEHIND]
        behind = [naming for naming in behind if words.starts[naming.start] < next_sum]
        carried, ordinal = self.carried(statement), topic("penalties/notices")["ordinal"]
        if carried:  # "Each is fined £160 again and told that the next time …", below what tells of a third time
            behind = [naming for naming in behind if ordinal.first(words.forms[naming.start : naming.end])]
        if behind:
            return behind[0].stage
        return carried or Stage.FIRST

    def carried(self, statement: Statement) -> Stage | None:
        """Returns the stage that a statement has from what stands before and above it, where it names none itself."""
        if statement.index not in self._carried:
            found = self._from_rows(statement) if statement.block.cells else self._from_paragraph(statement)
            self._carried[statement.index] = found or self._from_above(statement)
        return self._carried[statement.index]

    def _in(self, words: Words, statement: Statement) -> list[Naming]:
        vocabulary, forms = topic("penalties/notices"), words.forms
        no_stage = {start for start, _ in vocabulary["no-stage"].places(forms)}
        found = [
            Naming(start, end, stage)
            for stage, name in CONCEPTS
            for start, end in vocabulary[name].places(forms)
            if start not in no_stage and not (stage is Stage.FIRST and _refers_back(forms, start))
        ]
        had = [(stage, place) for stage, name in HAD for place in vocabulary[name].places(forms)]
        for stage, (start, end) in had:
            denied = not english().negators.isdisjoint(forms[max(0, start - FAR_DENIED) : end])
            if not _counts_others(words, end):
                found.append(Naming(start, end, Stage.FIRST if denied else stage))
        openings = {0, statement.own_from}
        further = {place for place in vocabulary["after-that"].places(forms) if place[0] in openings}
        further.update(vocabulary["further"].places(forms))
        if further and self._is_behind_second(statement):
            found += [Naming(start, end, Stage.BEYOND) for start, end in further]
        return sorted(one for one in found if not any(_holds(other, one) for other in found))

    def _is_behind_second(self, statement: Statement) -> bool:
        """Whether the last sum before a statement is that of a second notice: what is further then lies beyond it."""
        for before in reversed(self._statements.all[max(0, statement.index - FAR_BEFORE) : statement.index]):
            if money(before.own) and not (statement.block.cells and before.block is statement.block):
                return self.of(before) is Stage.SECOND
        return False

    def _from_paragraph(self, statement: Statement) -> Stage | None:
        for before in reversed(self._statements.all[: statement.index]):
            if before.reading is not statement.reading:
                return None
            if named := self.named(before):
                return named[-1].stage
        return None

    def _from_rows(self, statement: Statement) -> Stage | None:
        """Returns the stage of a row: what another of its cells names, or the row above where its label is left out."""
        table = self._statements.document.tables[statement.block.table or 0]
        for row in reversed(table.rows[: table.rows.index(statement.block) + 1]):
            stages = {
                naming.stage
                for text in (label_of(row, table), *(cell.text for cell in row.cells[1:]))
                if not money(text)
                for naming in self._in(cut(text), statement)
            }
            if stages:
                return stages.pop() if len(stages) == 1 else None
            if row.cells and row.cells[0].text:
                return None
        return None

    def _from_above(self, statement: Statement) -> Stage | None:
        """Returns the stage of the short line or the heading that a statement stands under."""
        paragraphs = 0
        for before in self._before(statement):
            stages = {naming.stage for naming in self.named(before)}
            if len(stages) == 1 and _is_title(before):
                return stages.pop()
            paragraphs += not _is_line(before)
            if stages or paragraphs >= PARAGRAPHS_BELOW:
                break
        for heading in reversed(self._statements.headings(statement)):
            stages = {naming.stage for naming in self._in(heading, statement)}
            if stages:
                return stages.pop() if len(stages) == 1 else None
        return None

    def _before(self, statement: Statement) -> Iterator[Statement]:
        """Yields the last statement of each block before that of a statement in its section, nearest first."""
        block = statement.block
        for before in reversed(self._statements.all[max(0, statement.index - FAR_BEFORE) : statement.index]):
            if before.block.section != statement.block.section:
                return
            same_table = before.block.table is not None and before.block.table == statement.block.table
            if before.block is not block and not same_table:
                yield before
            block = before.block


def _is_line(statement: Statement) -> bool:
    """Whether a statement is a line of its own rather than prose: a label, a price, an item."""
    text = statement.block.text
    return len(text.split()) <= LONGEST_TITLE and not text.endswith((".", "?", "!"))


def _is_title(statement: Statement) -> bool:
    """Whether a statement is a line that only names what stands below it: "2nd notice (within three years)"."""
    return _is_line(statement) and not statement.block.cells and not money(statement.block.text)


def _stands(words: Words, naming: Naming, begin: int, end: int) -> bool:
    return begin < words.starts[naming.start] < end


def _counts_others(words: Words, end: int) -> bool:
    """Whether words end in a number that counts what stands behind them: "has been sent two letters"."""
    if end == len(words) or words.forms[end - 1] not in COUNTS or words.clauses[end] != words.clauses[end - 1]:
        return False
    return words.forms[end] not in BEHIND_COUNT


def _refers_back(forms: Sequence[str], start: int) -> bool:
    """Whether "first" names what something else is counted from: "within three years of the first"."""
    before = start - 1 if start and forms[start - 1] in OPENING else start
    return before > 0 and forms[before - 1] in REFERRING_BACK


def _holds(one: Naming, other: Naming) -> bool:
    """Whether a naming stands within another's words, which say more: "further" in "no further notice"."""
    return one.stage > other.stage and one.start <= other.start and other.end <= one.end
