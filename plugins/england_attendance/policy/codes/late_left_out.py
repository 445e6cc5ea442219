"""Conditions of late arrivals that leave out what has been said: "U when it has", "Otherwise the pupil is absent"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.recognise.durations import Unit, durations
from england_attendance.policy.vocabulary import topic

_NOT_YET = frozenset(["not", "yet"])
_LATER = frozenset(["after", "later", "past", "than", "then", "that", "this", "already", "yet"])
_OF_DAYS = frozenset([Unit.DAY, Unit.WEEK])
_OTHER = {"before": "after", "after": "before"}


@dataclass(frozen=True, slots=True)
class Token:
    """A condition or a mark in a statement, by its words."""

    what: str
    start: int
    end: int


def overlap(one: Token, other: Token) -> bool:
    """Whether two places have words in common."""
    return one.start < other.end and other.start < one.end


def longer(one: Token, other: Token) -> bool:
    """Whether a place has more words than another."""
    return one.end - one.start > other.end - other.start


def left_out(statements: Statements, statement: Statement, forms_before: Sequence[str]) -> Iterator[Token]:
    """Yields the conditions that leave out what has been said: "L when the register has not closed and U when it has".

    Args:
        statements: All statements.
        statement: The statement.
        forms_before: The words of the statement before it on the closing, where that is near.
    """
    words = topic("codes/late_codes")
    forms, clauses = statement.words.forms, statement.words.clauses
    shut = words.words("shut")
    told = shut | words.words("open")
    for match in statements.matches(statement, words["left-out"]):
        end = match.end
        while end < len(forms) and clauses[end] == clauses[match.start] and forms[end] in _NOT_YET:
            end += 1
        states = [form in shut for form in (*forms_before, *forms[: match.start]) if form in told]
        if states and (end == len(forms) or clauses[end] != clauses[match.start]):
            denied = not _NOT_YET.isdisjoint(forms[match.end : end]) or forms[match.end - 1].endswith("n't")
            yield Token("after" if states[-1] != denied else "before", match.start, end)


def refers_to_closing(statements: Statements, statement: Statement, start: int, *, refers: bool) -> bool:
    """Whether "after that" means the closing: not where a number of days is nearer: "… five school days. After that it is O".

    Args:
        statements: All statements.
        statement: The statement.
        start: The index of the reference's first word.
        refers: Whether a statement on the closing stands shortly before.
    """
    starts = statement.words.starts
    days = [sum(place <= at for place in starts) - 1 for at in _days(statement.text)]
    last = max((place for place in days if place < start), default=-1)
    closings = statements.matches(statement, topic("codes/late_codes")["closing"])
    if any(last < match.start < start for match in closings):
        return True
    before = statements.all[statement.index - 1] if statement.index else None
    told = before is not None and before.block is statement.block and any(_days(before.text))
    return refers and last < 0 and not told


def _days(text: str) -> Iterator[int]:
    return (length.start for length in durations(text) if length.unit in _OF_DAYS)


def otherwise(statement: Statement, told: tuple[int, Set[str]]) -> Iterator[Token]:
    """Yields what "otherwise" and "if not" mean at the beginning of a statement: not the condition of the one before.

    Args:
        statement: The statement.
        told: The index of the last statement on arrivals, and its conditions and marks.
    """
    words, own = topic("codes/late_codes"), statement.words.forms[statement.own_from :]
    begins = words["otherwise"].first(own)
    if begins is None or begins[0] or statement.index - told[0] != 1:
        return
    clauses = statement.words.clauses[statement.own_from :]
    rest = {form for form, clause in zip(own, clauses, strict=True) if clause == clauses[0]} - {*own[: begins[1]]}
    if own[0] == "if" and not rest <= words.words("shut") | _LATER:  # "If it is a holiday, …"
        return
    given = [when for when in _OTHER if when in told[1]]
    if len(given) == 1:
        yield Token(_OTHER[given[0]], statement.own_from, statement.own_from + begins[1])


def goes_on_being_late(statement: Statement, tokens: Sequence[Token]) -> bool:
    """Whether an arrival after the closing is L for a while, and absent only then: "L up to 10am, and U from then on"."""
    closed = next(token.end for token in tokens if token.what == "after")
    late = [token.end for token in tokens if token.what == "late" and token.start >= closed]
    behind = [topic("codes/late_codes")["for-a-while"].first(statement.words.forms[end:]) for end in late]
    return any(place is not None and place[0] == 0 for place in behind)
