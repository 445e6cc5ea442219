"""The sums that a policy makes the price of a penalty notice for absence, each with its days.

Court fines, notices for an excluded pupil in a public place, worked examples and what the sum used to be are something
else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checker.documents.model import Block, Cell, Table
from checker.findings import Passage
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.values import is_unsaid_at
from checker.reading.words import Words, cut
from checker.recognise.durations import durations
from checker.recognise.money import Money, money
from checker.recognise.numbers import numbers
from england_attendance.policy.penalties.days import Days, lengths_of
from england_attendance.policy.vocabulary import topic

LARGEST_NOTICE = 250
BACK = 3
BELOW_TABLE = 40
LONGEST_HEADING = 8  # words
JOINS = frozenset({"and", "or", "/"})
SUMS_IN_WORDS = frozenset({60, 80, 120, 160})
FIRST = frozenset({"first", "1st"})
SECOND = frozenset({"second", "2nd"})
REFERRING_BACK = (("of", "the"), ("after", "the"), ("since", "the"), ("from", "the"))
"""Words before "first" that name no first notice: "within three years of the first"."""
_WITHDRAWN = re.compile(  # "the £80 option is removed"
    r" (?:early |lower |reduced |payment )*(?:option|rate|offer|discount|amount|sum|charge|price)? ?"
    r"(?:is|has been|has|will be|will|does|do|can) ?(?:(?:then|now|also) )?(?:be )?"
    r"(?:removed|withdrawn|lost|gone|unavailable|no longer|not|never|taken away)\b"
)
_COUNTED = re.compile(r"\b(?:offence|notice|fine)(?=s?\b)", re.IGNORECASE)
_TO_PAY = re.compile(r"(?:to be |must be |must |to )?(?:pay|paid|payable|due)\b[^.]*\bdays\b", re.IGNORECASE)
_STOP = re.compile(r"[.?!:] ")
_BEFORE_A_DAY = re.compile(r"\bbefore (?:the |day )?\d{2}\w*")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum that a policy makes the price of a penalty notice for absence.

    Attributes:
        pounds: The sum.
        days: The days within which it is to be paid, where they are given.
        second: Whether it is the price of a second notice.
        passage: Where it stands.
    """

    pounds: int
    days: int | None
    second: bool
    passage: Passage


@dataclass(frozen=True)
class _Unit:
    """A stretch of text to read sums from, with what stands around it."""

    text: str
    statement: Statement
    passage: Passage


def sums_of(statements: Statements, about: Sequence[Statement]) -> tuple[Amount, ...]:
    """Returns the prices of a notice for absence that the statements about notices give."""
    return tuple(amount for unit in _units(statements, about) for amount in _amounts(statements, unit))


def _units(statements: Statements, about: Sequence[Statement]) -> Iterator[_Unit]:
    """Yields each statement; of a row each cell with the headings of its columns and the label of the row."""
    rows = {id(statement.block) for statement in about if statement.row}
    for statement in about:
        if not statement.row:
            if id(statement.block) in rows:
                continue  # read below, with the headings of all the columns that the cell is merged of
            yield _Unit(statement.text, statement, statements.passage(statement))
            continue
        table = statements.document.tables[statement.block.table or 0]
        label = _label(statement.block, table)
        headers = table.rows[: table.header_rows] or [row for row in table.rows[:1] if _could_head(row)]
        for cell in statement.block.cells:
            if money(cell.text):
                headings = [
                    heading.text
                    for row in headers
                    for heading in row.cells
                    if heading.column < cell.column + cell.columns and cell.column < heading.column + heading.columns
                ]
                lead = "" if cell is statement.block.cells[0] else label
                days = [heading for heading in headings if durations(heading)]
                if len(days) > 1:  # a cell merged below "within 21 days" and "within 28 days" is for the last
                    headings = [heading for heading in headings if heading not in days[:-1]]
                for price in _prices(table, statement.block, cell, dated=bool(days)):
                    text = " : ".join(part for part in (lead, *headings, price) if part)
                    yield _Unit(text, statement, statements.passage(statement))


def _label(row: Block, table: Table) -> str:
    """Returns the first cell of a row; a bare number with what it counts: "offence 2" below "Number of offences"."""
    label = row.cells[0].text if row.cells else ""
    counted = _COUNTED.search(table.column_heading(row.cells[0])) if label.isdecimal() else None
    return f"{counted[0]} {label}" if counted else label


def _prices(table: Table, row: Block, cell: Cell, *, dated: bool) -> list[str]:
    """Returns what a cell of a row says of sums, each line with the days that stand beside it in a cell of their own.

    Or they stand below it, where each column is for one notice: "£160" above "Reduced to £80 …" and "Pay within 28 days".
    """
    beside = [other for other in row.cells[1:] if not money(other.text) and durations(other.text)]
    below = [other for later in table.rows for other in later.cells if other.column == cell.column]
    below = [other for other in below if _TO_PAY.match(other.text) and not money(other.text)]
    if len(below) == 1 and not (dated or durations(row.text)):
        return [f"{cell.text} {below[0].text}"]
    if dated or durations(cell.text) or len(beside) != 1:
        return [cell.text]
    lines, days = _parts(cell), _parts(beside[0])
    if len(lines) != len(days):
        return [f"{cell.text} {beside[0].text}"]
    return [f"{line} {day}" for line, day in zip(lines, days, strict=True)]


def _parts(cell: Cell) -> list[str]:
    """Returns the lines of a cell, or what semicolons part in its one line: "28 days; 21 days for the early rate"."""
    lines = [paragraph.text for paragraph in cell.paragraphs]
    return lines[0].split("; ") if len(lines) == 1 else lines


def _could_head(row: Block) -> bool:
    """Whether the first row of a table without headings could hold them: no sums, and nothing explained at length."""
    return not money(row.text) and all(len(cell.text.split()) <= LONGEST_HEADING for cell in row.cells)


def _amounts(statements: Statements, unit: _Unit) -> Iterator[Amount]:
    words, text = topic("penalties/notices"), unit.text
    sums = _sums(text)
    named = any(
        statements.says(unit.statement, words[name]) or _is_headed(statements, unit.statement, name)
        for name in ("penalty", "price")
    )
    if not sums or not (named or _goes_on_from_second(statements, unit.statement)):
        return
    if _is_excluded(statements, unit.statement):
        return
    cut_words = cut(text)
    if words["court"].first(cut_words.forms) and all((one.pounds or 0) > LARGEST_NOTICE for one in sums):
        return
    lengths, over = lengths_of(text)
    since = (
        unit.statement.own_offset if unit.statement.follows_on else 0
    )  # the sums before it were read where they stand
    present = _without_past(text, [one for one in sums if one.start >= since])
    if since and (sums[0].start < since or any(one.start >= since for one in lengths)):
        lengths = [one for one in lengths if one.start >= since]
    given = [_days_of(present, place, lengths) for place in range(len(present))]
    for place, one in enumerate(present[1:], 1):  # "£80, rising to £160 if not paid within 21 days"
        ended = next((length.days for length in over if one.end <= length.start), None)
        given[place - 1] = given[place - 1] or ended
    later = [length.days for length in lengths if length.start > sums[-1].end and length.days not in given]
    if later and given.count(None) == 1:  # "£160, or £80 within 21 days; otherwise the full sum is due by day 28"
        given[given.index(None)] = later[-1]
    for place, one in enumerate(present):
        pounds = one.pounds or 0
        second = _is_second(statements, unit, cut_words, one)
        unfit = (pounds > LARGEST_NOTICE and not second) or _is_example(text, one) or _WITHDRAWN.match(text, one.end)
        # "They were £60. They are now £80": what is past in the sentence before is none of this one's
        said = (cut(text[since:]), one.start - since) if since and one.start >= since else (cut_words, one.start)
        if unfit or is_unsaid_at(*said):
            continue
        yield Amount(pounds, given[place] or _days_of_full_sum(statements, unit.statement), second, unit.passage)


def _is_headed(statements: Statements, statement: Statement, name: str) -> bool:
    """Whether the heading right above a statement says something of notices: "Second notice" above "£160"."""
    concept = topic("penalties/notices")[name]
    return any(concept.first(heading.forms) is not None for heading in statements.headings(statement)[-1:])


def _days_of_full_sum(statements: Statements, statement: Statement) -> int | None:
    """Returns the days that a later sentence of the paragraph gives: "The full sum is due within 28 days".

    Below a table a sentence of its own may give them: "The first charge is to be paid by day 28".
    """
    words, following = topic("penalties/notices"), statements.all[statement.index + 1 :]
    if statement.block.cells:
        table = statement.block.table
        behind = [later for later in following[:BELOW_TABLE] if later.block.table != table]
        for later in behind[:BACK]:
            if later.block.section == statement.block.section and statements.says(later, words["first-charge"]):
                return next((length.days for length in lengths_of(later.own)[0]), None)
    for later in following[:BACK]:
        if later.block is statement.block and statements.says(later, words["full-sum"]):
            within, over = lengths_of(later.own)
            return max((length.days for length in within or over), default=None)
    for later in following[: 2 * BACK]:
        of_first = later.block.section == statement.block.section and (
            statements.says(later, words["first-charge"]) or statements.says(later, words["time-to-pay"])
        )
        if of_first and not money(later.own):
            return next((length.days for length in lengths_of(later.own)[0]), None)
    return None


def _sums(text: str) -> list[Money]:
    """Returns the sums in whole pounds; beside one with its pounds, a notice's sum in words may stand without them."""
    found = [one for one in money(text) if one.pounds is not None]
    bare = [
        Money(one.start, one.end, Decimal(one.value))
        for one in (numbers(text) if found else ())
        if one.value in SUMS_IN_WORDS and text[one.start].isalpha() and not one.ordinal
    ]
    apart = [one for one in bare if all(one.end <= other.start or other.end <= one.start for other in found)]
    return sorted([*found, *apart], key=lambda one: one.start)


def _without_past(text: str, sums: list[Money]) -> list[Money]:
    """Returns the sums without those that used to be; "from £60 to £80" becomes £80, beginning where £60 stood."""
    present: list[Money] = []
    start: int | None = None
    for one in sums:
        if _is_past(text, one, sums):
            start = one.start if start is None else start
            continue
        present.append(Money(one.start if start is None else start, one.end, one.amount))
        start = None
    return present


def _days_of(sums: list[Money], place: int, lengths: list[Days]) -> int | None:
    """Returns the days that go with a sum: those after it, or those before it where the sentence begins with days."""
    start = sums[place - 1].end if place else 0
    end = sums[place + 1].start if place + 1 < len(sums) else 1 << 30
    ahead = [length for length in lengths if start <= length.start and length.end <= sums[place].start]
    behind = [length for length in lengths if sums[place].end <= length.start and length.end <= end]
    days_first = bool(lengths) and lengths[0].start < sums[0].start
    # "£80 inside 21 days; from then to the 28th it is £160": the first days are those of the sum before.
    chosen = (ahead or behind) if days_first else (behind or ahead[min(place, 1) :])
    if not chosen:
        return None
    return max(length.days for length in chosen) if days_first else chosen[0].days


def _is_second(statements: Statements, unit: _Unit, words: Words, one: Money) -> bool:
    """Whether a sum is that of a second notice: by the only ordinal between semicolons around it, else the last before it."""
    vocabulary, forms = topic("penalties/notices"), words.forms
    at = next((index for index, start in enumerate(words.starts) if start >= one.start), len(words))
    seconds = [start for start, _ in vocabulary["second"].places(forms)]
    firsts = [
        start
        for start, _ in vocabulary["first"].places(forms)
        if forms[max(0, start - 2) : start] not in REFERRING_BACK
    ]
    begin, end = unit.text.rfind(";", 0, one.start), unit.text.find(";", one.end)
    part = [at for at, start in enumerate(words.starts) if begin < start and (end < 0 or start < end)]
    near = [not part_of.isdisjoint(part) for part_of in (set(seconds), set(firsts))]
    if begin >= 0 and near[0] != near[1]:
        return near[0]
    seconds, firsts = [start for start in seconds if start < at], [start for start in firsts if start < at]
    if seconds or firsts:
        return bool(seconds) and (not firsts or seconds[-1] > firsts[-1])
    after = [forms[index] for index in part if at <= index < at + 12]
    if not SECOND.isdisjoint(after) and FIRST.isdisjoint(after):
        return True
    if vocabulary["had-one"].first(after):
        return True
    return _is_headed(statements, unit.statement, "second") or _goes_on_from_second(statements, unit.statement)


def _goes_on_from_second(statements: Statements, statement: Statement) -> bool:
    """Whether the sentence before tells of a second notice: "It happens again. The sum is fixed at £160"."""
    words, before = topic("penalties/notices"), statements.all[max(0, statement.index - 1)]
    if before is statement or before.block is not statement.block or statement.row or money(before.own):
        return False
    first_named = [start for start, _ in words["first"].places(statement.words.forms)]
    return statements.says(before, words["happens-again"]) and not first_named


def _is_past(text: str, one: Money, sums: list[Money]) -> bool:
    """Whether a sum is what it used to be: "from £60 to £80", "previously £60 and £120"."""
    last = max((other for other in sums if other.end <= one.start), key=lambda other: other.end, default=None)
    if last is not None and text[last.end : one.start].strip() in JOINS:
        return _is_past(text, last, sums)
    before = text[max(0, one.start - 40) : one.start].lower()
    since = max((other.end for other in sums if other.end <= one.start), default=0)
    before = before[max(0, since - max(0, one.start - 40)) :] if since > one.start - 40 else before
    before = _BEFORE_A_DAY.sub("", before)
    before = _STOP.split(before)[-1]  # "What do I pay before I go to court? £80" is no sum of the past
    if before.endswith("from "):
        return True
    return topic("penalties/notices")["past-amounts"].first(cut(before).forms) is not None and "to " not in before[-4:]


def _is_example(text: str, one: Money) -> bool:
    around = cut(text[max(0, one.start - 90) : one.end + 50]).forms
    return topic("penalties/notices")["example"].first(around) is not None and (one.pounds or 0) not in SUMS_IN_WORDS


def _is_excluded(statements: Statements, statement: Statement) -> bool:
    """Whether a statement speaks of notices for an excluded pupil: it says so, or what goes before it does."""
    words = topic("penalties/notices")
    if statements.says(statement, words["excluded"]):
        return not statements.says(statement, words["second"])
    for back in range(1, BACK + 1):
        index = statement.index - back
        if index < 0 or statements.all[index].block.section != statement.block.section:
            return False
        earlier = statements.all[index]
        if statements.says(earlier, words["excluded"]):
            return True
        if money(earlier.own):
            return False
    return False
