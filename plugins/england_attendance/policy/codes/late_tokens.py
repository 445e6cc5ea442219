"""Where a sentence holds conditions ("before the register closes", "after that") and marks ("late", "U") of arrivals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from checker.reading.english import english
from checker.reading.phrases import Concept
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.values import goes_on
from england_attendance.policy.codes.late_left_out import Token, left_out, longer, overlap, refers_to_closing
from england_attendance.policy.vocabulary import topic

COUNTED = 3
_BEING = frozenset(["is", "are", "be", "was", "were", "being"])
_ARRIVALS = {("arrival",), ("arrivals",)}  # "the marks for late arrival are these: …"
_JOINING = frozenset(["and", "or", "not", "otherwise", "instead"])
_STILL = frozenset(["still", "also", "simply", "either"])
_RELATIVE = frozenset(["who", "if", "when", "where", "whenever", "that", "should"])
_BEFORE_REFERENCE = frozenset(["than", "after", "before", "until", "by", "from", "past"])
_EVENTS = ("arrives", "closing")
NEAR = 5
CODED = frozenset(["l", "u"])
PEOPLE = frozenset(
    ["pupil", "pupils", "child", "children", "student", "students", "learner", "learners", "anyone", "those"]
)
MARKS = ("late", "present", "absent")
DENIED = {f"no-{mark}" for mark in MARKS}


def tokens_of(
    statements: Statements, statement: Statement, forms_before: Sequence[str], *, refers: bool, since: int
) -> list[Token]:
    """Returns the conditions and marks of a statement in order, those that overlap a longer one left out."""
    found = [
        Token("long-after" if when == "after" and _counts_from(statement, match) else when, match.start, match.end)
        for when in ("before", "after")
        for match in statements.matches(statement, concept(f"{when}-close"))
        if not _is_told(statement, match) and not _is_of_session(statement, match)
    ]
    long_after = [token for token in found if token.what == "long-after"]
    found = [one for one in found if one in long_after or not any(overlap(one, other) for other in long_after)]
    found += left_out(statements, statement, forms_before)
    found = [one for one in found if not any(overlap(one, other) and longer(other, one) for other in found)]
    known = [token.start for token in found]
    found += [
        Token(when, match.start, match.end)
        for when in ("before", "after")
        for match in statements.matches(statement, concept(f"{when}-ref"))
        if any(place < match.start for place in known)
        or refers_to_closing(statements, statement, match.start, refers=refers)
    ]
    marks = list(_marks(statements, statement, found))
    marks += [Token("late", place, place + 1) for place in _alone(statement, "late")]
    marks = [one for one in marks if not any(_is_of_denied(statement, one, other) for other in marks)]
    marks = [one for one in marks if not one.what.startswith("may-")]
    marks = [one for one in marks if not any(_is_coded_otherwise(statement, one, other) for other in marks)]
    kept: list[Token] = []
    for token in sorted([*found, *marks], key=lambda one: (one.start, -one.end)):
        if not kept or token.start >= kept[-1].end or token.what in MARKS or token.what in DENIED:
            kept.append(token)
    return [token for token in kept if token.start >= since]


def _marks(statements: Statements, statement: Statement, conditions: Sequence[Token]) -> Iterator[Token]:
    """Yields the marks of a statement, those that it denies as such."""
    for mark in MARKS:
        for match in statements.matches(statement, concept(f"{mark}-mark")):
            if _describes(statements, statement, match):
                continue
            if _holds(statements, statement, match, conditions):
                yield Token(mark, match.start, match.end)
            elif sense_of(statement, match) is Sense.DENIED:
                yield Token(f"no-{mark}", match.start, match.end)
            elif sense_of(statement, match) is Sense.PERMITTED:
                yield Token(f"may-{mark}", match.start, match.end)


def _is_of_denied(statement: Statement, mark: Token, denied: Token) -> bool:
    """Whether a mark goes on from the same one, which is denied: "not marked as absent, using the code (U)".

    So it does from one that is only allowed: "may be marked as late, using the code (L)".
    """
    same = denied.what in {f"no-{mark.what}", f"may-{mark.what}"} and denied.start <= mark.start
    return same and goes_on(statement.words.forms, denied.end, mark.start)


def _is_coded_otherwise(statement: Statement, word: Token, code: Token) -> bool:
    """Whether a code says otherwise than the word that it goes on from, and so counts: "marked as late, code (U)"."""
    forms = statement.words.forms
    said = CODED.isdisjoint(forms[word.start : word.end]) and not CODED.isdisjoint(forms[code.start : code.end])
    apart = word.what in MARKS and code.what in MARKS and word.what != code.what and word.end <= code.start
    near = (
        apart
        and code.start - word.end <= NEAR
        and statement.words.clauses[code.end - 1] - 2 <= statement.words.clauses[word.start]
    )
    return said and near and goes_on(forms, word.end, code.start) and _JOINING.isdisjoint(forms[word.end : code.start])


def _is_of_session(statement: Statement, match: Match) -> bool:
    """Whether the session ends or is open, no register: "before the end of the session", "when it is open to that child"."""
    forms = statement.words.forms
    behind = set(forms[match.end : match.end + 4])
    if forms[match.end - 1] == "open":
        return "to" in forms[match.end : match.end + 1] and not words_of("whole-session").isdisjoint(
            forms[: match.start]
        )
    return forms[match.end - 1] == "end" and not behind.isdisjoint(words_of("whole-session"))


def _counts_from(statement: Statement, match: Match) -> bool:
    """Whether a length of time is counted from the closing: "half an hour after the register has closed"."""
    forms, clauses = statement.words.forms, statement.words.clauses
    begin = clauses.index(clauses[match.start])
    passed = concept("time-passed").first(forms[max(begin, match.start - COUNTED) : match.start])
    return passed is not None and forms[match.start + 1 : match.start + 2] != ("which",)


def _alone(statement: Statement, word: str) -> Iterator[int]:
    """Yields where a word stands alone between two marks of punctuation: "before it shuts: late."; no label does."""
    forms, clauses = statement.words.forms, statement.words.clauses
    for place, form in enumerate(forms):
        if form == word and place > statement.own_from and clauses.count(clauses[place]) == 1:
            yield place


def _is_told(statement: Statement, match: Match) -> bool:
    """Whether it is a report, a letter or a call that comes before or after the closing, and no arrival."""
    words = statement.words
    clause = [words.forms[index] for index in range(match.start) if words.clauses[index] == words.clauses[match.start]]
    return concept("told-of").first(clause) is not None and concept("arrival").first(clause) is None


def _holds(statements: Statements, statement: Statement, mark: Match, conditions: Sequence[Token]) -> bool:
    """Whether a mark is given: not denied, only permitted or of the past.

    "Not present" is a mark, no denial of one, and "when it has not closed" denies the closing.
    """
    sense, forms, clauses = sense_of(statement, mark), statement.words.forms, statement.words.clauses
    if sense is Sense.DENIED:
        same = (place for place in range(mark.start) if clauses[place] == clauses[mark.start])
        denials = [place for place in same if forms[place] in english().negators]
        of_closing = bool(denials) and all(any(c.start <= place < c.end for c in conditions) for place in denials)
        if of_closing or forms[mark.start] in english().negators:
            sense = Sense.AFFIRMED
    given = [verb for verb in statements.matches(statement, concept("given")) if verb.start <= mark.start]
    return sense is Sense.AFFIRMED and (not given or sense_of(statement, given[-1]) in {Sense.AFFIRMED, Sense.DENIED})


def _describes(statements: Statements, statement: Statement, match: Match) -> bool:
    """Whether a mark only describes somebody: "absent pupils", "a child who is late", "arrives late but before …".

    Nor is a mark given behind "unless": "unless another absence code fits better".
    """
    forms, clauses = statement.words.forms, statement.words.clauses
    arrivals = [place for place in statements.matches(statement, concept("arrives")) if place.start <= match.start]
    if any(place.end >= match.start for place in arrivals):
        return True
    if forms[match.end - 2 : match.end - 1] == ("for",) and forms[match.end : match.end + 1] in _ARRIVALS:
        return True
    begins = clauses.index(clauses[match.start])
    if forms[begins] == "unless" and concept("over").first(forms[begins : match.start]) is None:
        return True
    first = forms[match.start]
    if match.start and forms[match.start - 1] in PEOPLE and first not in _BEING and len(first) > 1:
        return True
    at = match.start
    while at > 0 and forms[at - 1] in _BEING | _STILL:
        at -= 1
    if first in _BEING or at < match.start:
        clause = [form for form, number in zip(forms[:at], clauses, strict=False) if number == clauses[match.start]]
        told = next((place for place in range(len(clause) - 1, -1, -1) if _begins_a_relative(clause, place)), None)
        between = clause[told + 1 :] if told is not None else clause
        return told is not None and len(between) < NEAR and not any(concept(w).first(between) for w in _EVENTS)
    return concept("absent-pupils").first(forms[match.start : match.end + 1]) == (0, 2)


def _begins_a_relative(clause: Sequence[str], place: int) -> bool:
    """Whether a word begins a relative clause or a condition; in "later than that" it begins none."""
    return clause[place] in _RELATIVE and clause[max(0, place - 1)] not in _BEFORE_REFERENCE


def words_of(*names: str) -> frozenset[str]:
    """Returns the words of some classes of this topic."""
    return frozenset[str]().union(*(topic("codes/late_codes").words(name) for name in names))


@cache
def concept(name: str) -> Concept:
    """Returns a concept of this topic."""
    return topic("codes/late_codes")[name]
