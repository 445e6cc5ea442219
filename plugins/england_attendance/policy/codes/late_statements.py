"""What a sentence makes of an arrival before the register closes, and of one after.

A sentence holds conditions ("before the register closes", "after that") and marks ("late", "U"). Each condition goes with
the marks behind it, or, where the sentence begins with a mark ("L is used while …"), with those before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from checker.reading.phrases import is_time
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from england_attendance.codes import national_codes
from england_attendance.policy.codes.late_left_out import (
    Token,
    goes_on_being_late,
    otherwise,
)
from england_attendance.policy.codes.late_tokens import CODED, DENIED, MARKS, PEOPLE, concept, tokens_of, words_of

REMEMBERED = 3
MANY_CODES = 6
_OF_ARRIVALS = frozenset(["L", "U"])  # the codes of those who come late
_AND = frozenset(["and", "but"])
SURE = {"late_before", "absent_after"}
CONDITIONS = {"before", "after", "long-after", "after-opening"}
CONDITIONAL = (
    "before-close",
    "after-close",
    "before-ref",
    "after-ref",
    "left-out",
    "otherwise",
)  # the wordings of these
DENIALS = {("after", "no-absent"): "absent_denied", ("before", "no-late"): "late_denied"}
# The letter decides, whatever is said beside it: "is marked U: late, but present", "is absent, and is marked L".
WRONG_LETTERS = {("before", "u"): "absent_before", ("after", "l"): "late_after"}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a statement says of arrivals.

    Attributes:
        kind: ``late_before``, ``absent_after``, ``late_after``, ``absent_before``, ``absent_long_after`` where it is
            absent only some time after the closing, or ``late_any`` for lateness without a word on the closing.
        statement: Where it is said.
    """

    kind: str
    statement: Statement


def late_claims(statements: Statements) -> Iterator[Claim]:
    """Yields what the statements say of arrivals before and after the register closes."""
    last_closing: Statement | None = None
    opened = False
    told: tuple[int, Set[str]] = (-1, frozenset())  # the conditions of the statement before
    about = {statement.index for statement in statements.having(concept("arrival"))}
    about |= {
        statement.index
        for row in statements.having(concept("arrival"))
        if row.row
        for statement in statements.group(row)
        if statement.block is row.block
    }
    marked = {index for mark in MARKS for index in statements.find(concept(f"{mark}-mark"))}
    marked |= statements.find(concept("before-close")) & statements.find(concept("lateness"))
    marked &= about | statements.with_any(map(concept, CONDITIONAL))
    closings = statements.find(concept("closing"))
    for statement in statements.at(marked | closings):
        refers = (
            last_closing is not None
            and statement.index - last_closing.index <= REMEMBERED
            and statement.block.section == last_closing.block.section
        )
        lists = _lists_codes(statement) or _explains_another(statement) or _puts_right(statements, statement)
        if statement.index in marked and not statement.row and not lists:
            since = statement.own_from if statement.follows_on else 0
            near = last_closing.words.forms if refers and last_closing is not None else ()
            tokens = tokens_of(statements, statement, near, refers=refers, since=since)
            tokens = [*otherwise(statement, told), *tokens]
            told = (statement.index, {token.what for token in tokens})
            tokens = [_from_opening(token, statement, opened) for token in tokens]
            if any(token.what == "before" for token in tokens):  # "while it is open but after it has been called"
                tokens = [token for token in tokens if token.what != "after-opening"]
            given = {token.what for token in tokens}
            if statement.index in about and (
                _is_whenever(statements, statement, given) or _gives_way(statements, statement, tokens)
            ):
                yield Claim("late_after", statement)
            elif given & CONDITIONS:
                for kind in _kinds(statements, statement, tokens):
                    if kind in SURE or statement.index in about or statements.says(statement, concept("given-l")):
                        yield Claim(kind, statement)
            elif statement.index in about and "late" in given:
                yield Claim("late_any", statement)
        if statement.index in closings:
            last_closing = statement
            opened = _only_opens(statement.words.forms)


def _lists_codes(statement: Statement) -> bool:
    """Whether a line is a list of codes with their meanings: "I illness J interview L late M medical …"."""
    return len({form for form in statement.words.forms if len(form) == 1 and form.isalpha()}) >= MANY_CODES


def _explains_another(statement: Statement) -> bool:
    """Whether a cell beside another code than L and U says when that is used, and speaks of nobody who comes."""
    cells = statement.block.cells
    label = cells[0].text.strip(" .") if cells else ""
    if label in _OF_ARRIVALS or label not in national_codes().by_code:
        return False
    return concept("arrives").first(statement.words.forms[statement.own_from :]) is None


def _only_opens(forms: Sequence[str]) -> bool:
    """Whether a register is said to be begun and nothing to be closed."""
    return words_of("over").isdisjoint(forms) and not words_of("opens").isdisjoint(forms)


def _from_opening(token: Token, statement: Statement, opened: bool) -> Token:
    """Returns a condition that counts from the opening as such: "registration begins at 8:45; after this time …".

    So does one that counts from a time of its own: "The bell goes at 8.35, and whoever comes after this is late".
    """
    own = statement.words.forms[token.start : token.end]
    if token.what != "after" or concept("after-ref").first(own) is None or not words_of("over").isdisjoint(own):
        return token
    before = statement.words.forms[: token.start]
    tells = concept("closing").first(before) is not None
    timed = any(map(is_time, before[statement.own_from :]))
    return replace(token, what="after-opening") if (_only_opens(before) if tells else opened or timed) else token


def _is_whenever(statements: Statements, statement: Statement, given: set[str]) -> bool:
    """Whether an arrival is late or present "whether or not the register is still open"."""
    return (
        bool(given & {"late", "present"}) and "absent" not in given and statements.says(statement, concept("whenever"))
    )


def _puts_right(statements: Statements, statement: Statement) -> bool:
    """Whether a wrong U is put right, which says nothing of when it is given."""
    return statements.says(statement, concept("turned")) and statements.says(statement, concept("put-right"))


def _gives_way(statements: Statements, statement: Statement, tokens: Sequence[Token]) -> bool:
    """Whether an absence after the closing gives way to L: "U, unless the office is busy, in which case L is used"."""
    places = [
        match for match in statements.matches(statement, concept("gives-way")) if match.start >= statement.own_from
    ]
    after = any(token.what == "after" and token.end <= place.start for token in tokens for place in places)
    before = any(token.what == "before" and token.end > place.start for token in tokens for place in places)
    return after and not before and statements.says(statement, concept("absent-mark"))


def _kinds(statements: Statements, statement: Statement, tokens: Sequence[Token]) -> Iterator[str]:
    for when, given in _claims(statement, tokens):
        marks = {token.what for token in given}
        letters = {form for token in given for form in statement.words.forms[token.start : token.end]} & CODED
        by_letter = WRONG_LETTERS.get((when, "".join(letters))) if "absent" in marks else None
        kind = by_letter or _kind(statements, statement, tokens, when, marks)
        if kind:
            yield kind


def _kind(statements: Statements, statement: Statement, tokens: Sequence[Token], when: str, marks: Set[str]) -> str:
    """Returns what is claimed where some marks go with a condition; empty for nothing."""
    if when == "before" and (
        "late" in marks or ("present" in marks and statements.says(statement, concept("lateness")))
    ):
        return "late_before"
    if when == "before" and "absent" in marks:
        return "absent_before"
    if when == "after" and {"late", "absent"} <= marks and goes_on_being_late(statement, tokens):
        return "late_after"
    if when in {"after", "after-opening"} and "absent" in marks:
        return "absent_after"
    if when == "after-opening":
        return "late_any" if "late" in marks else ""
    if when == "long-after" and "absent" in marks:
        return "absent_long_after"
    if (when, "".join(marks)) in DENIALS:
        return "" if _is_excepted(statement, tokens) else DENIALS[when, "".join(marks)]
    of_l = when != "before" and not marks.isdisjoint(MARKS) and statements.says(statement, concept("code-l"))
    return "late_after" if of_l else ""


def _is_excepted(statement: Statement, tokens: Sequence[Token]) -> bool:
    """Whether a sentence denies a mark of some only: "… is not marked U if the bus was late"."""
    forms, clauses = statement.words.forms, statement.words.clauses
    conditions = [token for token in tokens if token.what in CONDITIONS]
    of_arrivals = {clauses[token.start] for token in conditions}
    excepts = (place for place in range(statement.own_from, len(forms)) if forms[place] in words_of("excepts"))
    return any(place >= conditions[0].end or clauses[place] not in of_arrivals for place in excepts)


def _claims(statement: Statement, tokens: Sequence[Token]) -> Iterator[tuple[str, list[Token]]]:
    """Yields each condition with the marks that go with it."""
    conditions = [token for token in tokens if token.what in CONDITIONS]
    marks = [token for token in tokens if token.what in MARKS]
    marks_first = bool(marks) and marks[0].start < conditions[0].start
    for place, condition in enumerate(conditions):
        since = conditions[place - 1].end if place else 0
        until = conditions[place + 1].start if place + 1 < len(conditions) else 1 << 30
        anew = _begins_anew(statement, condition)
        before = [mark for mark in marks if max(since, anew) <= mark.start < condition.start]
        behind = [mark for mark in marks if condition.end <= mark.start < until]
        denials = [token for token in tokens if token.what in DENIED and condition.end <= token.start < until]
        if any(token.what == "no-late" for token in denials) and all(mark.what != "late" for mark in behind):
            behind = [mark for mark in behind if mark.what != "present"]  # "is not marked L; this counts as present"
        if denials and not behind and not marks_first:
            yield condition.what, denials
        else:
            yield condition.what, before if marks_first and before else behind or before


def _begins_anew(statement: Statement, condition: Token) -> int:
    """Returns where a clause begins that names those who come: "A late mark is bad, and children who come after …"."""
    begin = statement.words.clauses.index(statement.words.clauses[condition.start])
    ahead = statement.words.forms[begin : condition.start]
    named = not PEOPLE.isdisjoint(ahead) and concept("arrives").first(ahead) is not None
    return begin if named and statement.words.forms[begin] in _AND else 0
