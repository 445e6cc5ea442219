"""Finds what a policy says happens at which time: registers open and close, the day begins and ends, late turns absent.

A time means what the nearest verb makes it ("closes at 9.15"), and that verb's subject decides whether a register is
meant, the school day, or doors, gates and the office. In tables the heading of the column and the label of the row
stand in for the sentence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from checker.documents.model import Block, Cell, Table
from checker.facts import reader
from checker.findings import Passage
from checker.reading.statements import LONGEST_ROW, Statement, Statements
from checker.reading.words import Words, cut
from checker.recognise.durations import Duration, Unit, durations
from checker.recognise.times import Time, TimeRange, time_ranges, times
from england_attendance.policy.schools import Sites
from england_attendance.policy.vocabulary import topic

NOON = dt.time(12, 0)
NEARLY_NOON = dt.time(11, 30)
LONGEST_MINUTES = 180
_GROUP = re.compile(
    r"(?:\b(?:Years?|Yrs?|Y)\.? ?(?:R|\d{1,2})(?: ?(?:–|-|/|,|&|and|to) ?(?:Years? |Yrs? |Y)?(?:R|\d{1,2}))*|\bReception\b|\bNursery\b|\bEYFS\b"
    r"|\bKey Stage \w+|\bKS ?\d(?:/\d)?|\bInfants?\b|\bJuniors?\b|\bSixth Form\b|\b(?:Upper|Lower) School\b|\bFoundation Stage\b|\bPre-?school\b)",
)


_BEGINS_WITH_TIME = re.compile(r"\d{1,2}[.:]\d\d\b(?! ?%)(?=[ ,:–-])")
_NOT_ARRIVING = frozenset(
    ["not", "hasn't", "haven't", "isn't", "aren't", "report", "contact", "call", "notify", "inform", "notified", "informed", "ring", "phone", "email", "late", "absent", "absence"]
)


class Happening(Enum):
    """What happens at a time."""

    REGISTER_OPENS = "register opens"
    REGISTER_CLOSES = "register closes"
    REGISTER_ENDS = "registration ends"  # the end of a range, which may be the end of the period and no closing
    DAY_STARTS = "day starts"
    DAY_ENDS = "day ends"
    LATE_UNTIL = "late until"
    ABSENT_FROM = "absent from"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens at a time of day.

    Attributes:
        what: What happens.
        at: When.
        session: ``AM`` or ``PM``.
        sites: The sites that are meant; empty for all.
        group: The year group that is meant, in the policy's words; empty for all.
        passage: Where it is said.
    """

    what: Happening
    at: dt.time
    session: str
    sites: tuple[str, ...]
    group: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Stay:
    """How long registers stay open.

    Attributes:
        minutes: For how many minutes; ``None`` where it is as long as the form time or lesson.
        sessions: The sessions that are meant.
        from_session: Whether it counts from the start of the session, not from when the register is taken.
        sites: The sites that are meant; empty for all.
        passage: Where it is said.
    """

    minutes: float | None
    sessions: tuple[str, ...]
    from_session: bool
    sites: tuple[str, ...]
    passage: Passage


@dataclass(frozen=True)
class DayEvents:
    """All that a policy says happens at times of the day."""

    events: tuple[Event, ...] = ()
    stays: tuple[Stay, ...] = ()

    def of(self, *what: Happening) -> list[Event]:
        """Returns the events of some kinds, in the order of the document."""
        return [event for event in self.events if event.what in what]


@dataclass(frozen=True)
class _Unit:
    """A sentence, or a cell with its headings and labels, and where it stands."""

    text: str
    words: Words
    statement: Statement
    passage: Passage
    sites: tuple[str, ...]
    context: tuple[str, ...]  # the forms of what stands before it and above it, for its subject
    cell: bool = False


@reader
def day_events(statements: Statements, sites: Sites) -> DayEvents:
    """Reads what happens at which time of the day."""
    events: list[Event] = []
    stays: list[Stay] = []
    for unit in _units(statements, sites):
        events.extend(_events(unit))
        stays.extend(_stays(unit))
    return DayEvents(tuple(events), tuple(stays))


def _units(statements: Statements, sites: Sites) -> Iterator[_Unit]:
    previous: Statement | None = None
    block_sites: tuple[str, ...] = ()
    for statement in statements:
        same_block = previous is not None and previous.block is statement.block
        own = sites.in_words(statement.words) if sites.names else ()
        block_sites = own or (block_sites if same_block else _heading_sites(statements, statement, sites))
        if any(char.isdigit() for char in statement.own) or _spells_time(statement):
            context = (previous.words.forms if same_block and previous else ()) + tuple(
                form for heading in reversed(statements.headings(statement)) for form in heading.forms
            )
            if statement.row:
                yield from _cells(statements, statement, sites, block_sites, context)
            elif not statement.block.cells or not _is_whole_row(statement):
                yield _Unit(
                    statement.text, statement.words, statement, statements.passage(statement), block_sites, context
                )
        previous = statement


def _is_whole_row(statement: Statement) -> bool:
    """Whether a cell belongs to a row short enough to be a statement of its own, which is read cell by cell."""
    return sum(len(cell.text.split()) for cell in statement.block.cells) <= LONGEST_ROW


def _spells_time(statement: Statement) -> bool:
    return any(word in {"o'clock", "half", "quarter", "noon", "midday", "minutes"} for word in statement.words.forms)


def _heading_sites(statements: Statements, statement: Statement, sites: Sites) -> tuple[str, ...]:
    for heading in reversed(statements.headings(statement)):
        found = sites.in_words(heading) if sites.names else ()
        if found:
            return found
    return ()


def _cells(
    statements: Statements, statement: Statement, sites: Sites, around: tuple[str, ...], context: tuple[str, ...]
) -> Iterator[_Unit]:
    """Yields the cells of a row that hold times, each with the headings of its column and the labels of its row."""
    table = statements.document.tables[statement.block.table or 0]
    headers = table.rows[: table.header_rows]
    header_forms = tuple(form for row in headers for cell in row.cells for form in cut(cell.text).forms)
    labels = [cell.text for cell in statement.block.cells if cell.text and not times(cell.text, doubtful=True)]
    for cell in statement.block.cells:
        text = cell.text or _above(table, statement.block, cell)
        if not times(text, doubtful=True) and not durations(text):
            continue
        headings = [
            heading.text
            for row in headers
            for heading in row.cells
            if heading.column <= cell.column < heading.column + heading.columns and heading.text
        ]
        text = " ; ".join([*labels, *headings, text])
        words = cut(text)
        named = sites.in_words(words) if sites.names else ()
        yield _Unit(
            text,
            words,
            statement,
            statements.passage(statement),
            named or around,
            header_forms + cut(statement.lead).forms + context,
            cell=True,
        )


def _above(table: Table, row: Block, blank: Cell) -> str:
    """Returns what a blank cell is merged with: the text above it, where its column has a heading."""
    if not table.header_rows:
        return ""
    text = ""
    for other in table.rows[table.header_rows :]:
        if other is row:
            return text
        text = next((cell.text for cell in other.cells if cell.column == blank.column and cell.text), text)
    return ""


def _events(unit: _Unit) -> Iterator[Event]:
    found = times(unit.text, doubtful=unit.cell or _BEGINS_WITH_TIME.match(unit.statement.own) is not None)
    if not found:
        return
    ranges = {
        time.start: spread
        for spread in time_ranges(unit.text, doubtful=unit.cell)
        for time in (spread.first, spread.last)
    }
    late = list(_late_events(unit, found, ranges))
    yield from late
    taken = {event.at for event in late}
    for place, time in enumerate(found):
        spread = ranges.get(time.start)
        ends_range = spread is not None and spread.last.start == time.start
        what = _happening(
            unit, time, spread.first if spread is not None and ends_range else time, ends_range=ends_range
        )
        if what is not None and not (what is Happening.REGISTER_OPENS and time.resolve().value in taken and place):
            yield _event(unit, what, time)


def _event(unit: _Unit, what: Happening, time: Time) -> Event:
    session = _session(unit, time)
    value = time.resolve(session).value
    return Event(what, value, session, unit.sites, _group(unit, time), unit.passage)


def _session(unit: _Unit, time: Time) -> str:
    value = time.resolve().value
    if value >= NOON:
        return "PM"
    return "PM" if value >= NEARLY_NOON and topic("register_times")["afternoon"].first(unit.words.forms) else "AM"


def _group(unit: _Unit, time: Time) -> str:
    """Returns the year group that a time is for: in a sentence the one beside it, in a table that of the row or column."""
    named = list(_GROUP.finditer(unit.text))
    if not named:
        return ""
    if unit.cell:
        return named[-1].group()
    after = [match for match in named if 0 <= match.start() - time.end <= 12]
    before = [match for match in named if 0 <= time.start - match.end() <= 14]
    beside = (after or before)[:1]
    return beside[0].group() if beside else ""


def _happening(unit: _Unit, time: Time, reference: Time, *, ends_range: bool) -> Happening | None:
    """Returns what happens at a time, by the nearest verb and its subject."""
    at = _word_at(unit.words, reference.start)
    trigger = _trigger(unit, at, _word_after(unit.words, reference.end))
    if trigger is None:
        return _arrival(unit, at) if not ends_range else None
    verb, position = trigger
    subject = _subject(unit, position)
    if subject == "register":
        if ends_range:
            return Happening.REGISTER_CLOSES if verb == "closes" else Happening.REGISTER_ENDS
        return Happening.REGISTER_CLOSES if verb == "closes" else Happening.REGISTER_OPENS
    if subject == "day":
        if ends_range:
            return Happening.DAY_ENDS
        return Happening.DAY_ENDS if verb == "closes" else Happening.DAY_STARTS
    return _arrival(unit, at) if not ends_range else None


def _word_at(words: Words, offset: int) -> int:
    return next((index for index, end in enumerate(words.ends) if end > offset), len(words))


def _word_after(words: Words, offset: int) -> int:
    return next((index for index, start in enumerate(words.starts) if start >= offset), len(words))


def _trigger(unit: _Unit, at: int, after: int) -> tuple[str, int] | None:
    """Returns the verb that goes with a time: before it in its clause, else after it, else before it."""
    words, forms = topic("register_times"), unit.words.forms
    clause = unit.words.clauses[min(at, len(forms) - 1)] if forms else 0

    def verb_at(index: int) -> str | None:
        for name in ("closes", "opens"):
            if any(phrase.end_from(forms, index) is not None for phrase in words[name].phrases):
                return name
        return None

    far: tuple[str, int] | None = None
    for index in range(at - 1, -1, -1):
        verb = verb_at(index)
        if verb is None:
            continue
        if verb == "opens" and forms[index] in {"open", "opened"} and "until" in forms[index:at]:
            verb = "closes"
        if unit.words.clauses[index] == clause or unit.cell:
            return verb, index
        far = far or (verb, index)
    for index in range(after, min(after + 9, len(forms))):
        if unit.words.clauses[index] != clause and not unit.cell and index > after + 4:
            break
        if forms[index][0].isdigit():
            break
        verb = verb_at(index)
        if verb is not None:
            return verb, index
    return far


def _subject(unit: _Unit, position: int) -> str | None:
    """Returns what opens or closes: the subject named nearest before the verb, else after it, else in the context."""
    words, forms = topic("register_times"), unit.words.forms
    best: tuple[int, str] | None = None
    for name in ("register", "day", "other"):
        for index in range(len(forms)):
            ends = [end for phrase in words[name].phrases if (end := phrase.end_from(forms, index)) is not None]
            if not ends:
                continue
            distance = position - index if index <= position else (index - position) * 2 + 1
            if best is None or distance < best[0] or (distance == best[0] and name == "register"):
                best = (distance, name)
    if best is not None:
        return best[1]
    for name in ("register", "day", "other"):
        if words[name].first(unit.context) is not None:
            return name
    return None


def _arrival(unit: _Unit, at: int) -> Happening | None:
    """Whether a time is the one by which pupils must be in school."""
    words, forms = topic("register_times"), unit.words.forms
    before = forms[max(0, at - 14) : at + 1]
    if words["arrive"].first(before) is None or words["arrive-by"].first(forms[max(0, at - 4) : at + 1]) is None:
        return None
    other = _NOT_ARRIVING & set(before[-10:]) or "after" in forms[max(0, at - 3) : at]
    return None if other else Happening.DAY_STARTS


def _late_events(unit: _Unit, found: Sequence[Time], ranges: dict[int, TimeRange]) -> Iterator[Event]:
    """Yields from when, and until when, an arrival is late, and from when it is absent."""
    words, forms = topic("register_times"), unit.words.forms
    if words["arrives"].first(forms) is None:
        return
    for time in found:
        at, after = _word_at(unit.words, time.start), _word_after(unit.words, time.end)
        spread = ranges.get(time.start)
        mark = _mark_after(unit, after, at)
        if mark is None:
            continue
        if (spread is not None and spread.last.start == time.start and mark == "late") or (
            spread is None
            and mark == "late"
            and forms[max(0, at - 1) : at] == ("before",)
            and "after" in forms[max(0, at - 8) : at]
        ):
            yield _event(unit, Happening.LATE_UNTIL, time)
        elif spread is None and mark == "absent" and _comes_after(forms, at):
            yield _event(unit, Happening.ABSENT_FROM, time)


def _comes_after(forms: Sequence[str], at: int) -> bool:
    before = forms[max(0, at - 4) : at]
    if {"after", "past", "beyond", "from"} & set(before):
        return True
    return "by" in before and bool({"not", "hasn't", "haven't", "fail", "fails"} & set(forms[max(0, at - 9) : at]))


def _mark_after(unit: _Unit, after: int, at: int) -> str | None:
    """Returns what an arrival at a time is: the first of "late" and "absent" behind it, else the last before it."""
    words, forms = topic("register_times"), unit.words.forms
    stop = next(
        (index for index in range(after, len(forms)) if forms[index][0].isdigit() and len(forms[index]) > 2), len(forms)
    )
    ahead = {name: words[f"{name}-mark"].first(forms[after:stop]) for name in ("late", "absent")}
    placed = [(place[0], name) for name, place in ahead.items() if place is not None]
    if any(name == "absent" for _, name in placed):
        return "absent" if "but" not in forms[after:stop] else min(placed)[1]
    if placed:
        return min(placed)[1]
    behind = [
        (place, name)
        for name in ("late", "absent")
        for place in range(at)
        if words[f"{name}-mark"].first(forms[place : place + 2]) == (0, 1)
    ]
    return max(behind)[1] if behind else None


def _stays(unit: _Unit) -> Iterator[Stay]:
    words, forms = topic("register_times"), unit.words.forms
    about_register = words["register"].first(forms) is not None or words["register"].first(unit.context) is not None
    if not about_register or words["stays"].first(forms) is None:
        return
    sessions = _sessions(unit)
    for length in durations(unit.text):
        if length.unit not in {Unit.MINUTE, Unit.HOUR} or not _is_stay(unit, length):
            continue
        minutes = length.high * (60 if length.unit is Unit.HOUR else 1)
        if minutes <= LONGEST_MINUTES:
            from_session = words["start-of-session"].first(forms) is not None
            yield Stay(minutes, sessions, from_session, unit.sites, unit.passage)
    if (
        words["form-time"].first(forms)
        and words["whole-of"].first(forms)
        and not any(True for _ in durations(unit.text))
    ):
        yield Stay(None, sessions, False, unit.sites, unit.passage)


def _sessions(unit: _Unit) -> tuple[str, ...]:
    words, forms = topic("register_times"), unit.words.forms
    morning, afternoon = words["morning"].first(forms) is not None, words["afternoon"].first(forms) is not None
    if morning == afternoon:
        return ("AM", "PM")
    return ("AM",) if morning else ("PM",)


def _is_stay(unit: _Unit, length: Duration) -> bool:
    """Whether a length is that for which a register is open: a verb of opening or closing stands near, no lateness."""
    words = unit.words
    at = _word_at(words, length.start)
    near = words.forms[max(0, at - 12) : at + 10]
    if (
        topic("register_times")["stays"].first(near) is None
        or topic("register_times")["register"].first(words.forms + unit.context) is None
    ):
        return False
    first = words.forms[max(0, at - 4) : at]
    return not ("first" in first or ("within" in first and "close" not in "".join(near))) and not {
        "late",
        "detention",
        "missed",
    } & set(words.forms[max(0, at - 3) : at + 5])
