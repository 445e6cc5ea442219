"""What a sentence makes of an arrival before the register closes, and of one after.

A sentence holds conditions ("before the register closes", "after that") and marks ("late", "U"). Each condition goes with
the marks behind it, or, where the sentence begins with a mark ("L is used while …"), with those before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from checker.reading.english import english
from checker.reading.phrases import Concept, is_time
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.values import goes_on
from england_attendance.codes import national_codes
from england_attendance.policy.codes.late_left_out import (
    Token,
    goes_on_being_late,
    left_out,
    otherwise,
    refers_to_closing,
)
from england_attendance.policy.vocabulary import topic

REMEMBERED = 3
MANY_CODES = 6
COUNTED = 3
_OF_ARRIVALS = frozenset(["L", "U"])  # the codes of those who come late
_BEING = frozenset(["is", "are", "be", "was", "were", "being"])
_ARRIVALS = {("arrival",), ("arrivals",)}  # "the marks for late arrival are these: …"
_CODED = frozenset(["l", "u"])
_JOINING = frozenset(["and", "or", "not", "otherwise", "instead"])
_STILL = frozenset(["still", "also", "simply", "either"])
_PEOPLE = frozenset(
    ["pupil", "pupils", "child", "children", "student", "students", "learner", "learners", "anyone", "those"]
)
_RELATIVE = frozenset(["who", "if", "when", "where", "whenever", "that", "should"])
_AND = frozenset(["and", "but"])
_BEFORE_REFERENCE = frozenset(["than", "after", "before", "until", "by", "from", "past"])
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
MARKS = ("late", "present", "absent")
DENIED = {f"no-{mark}" for mark in MARKS}
DENIALS = {("after", "no-absent"): "absent_denied", ("before", "no-late"): "late_denied"}
NEAR = 5
_EVENTS = ("arrives", "closing")


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
    about = {statement.index for statement in statements.having(_words("arrival"))}
    about |= {
        statement.index
        for row in statements.having(_words("arrival"))
        if row.row
        for statement in statements.group(row)
        if statement.block is row.block
    }
    marked = {index for mark in MARKS for index in statements.find(_words(f"{mark}-mark"))}
    marked |= statements.find(_words("before-close")) & statements.find(_words("lateness"))
    marked &= about | statements.with_any(map(_words, CONDITIONAL))
    closings = statements.find(_words("closing"))
    for statement in statements.at(marked | closings):
        refers = (
            last_closing is not None
            and statement.index - last_closing.index <= REMEMBERED
            and statement.block.section == last_closing.block.section
        )
        lists = _lists_codes(statement) or _explains_another(statement)
        if statement.index in marked and not statement.row and not lists:
            since = statement.own_from if statement.follows_on else 0
            near = last_closing.words.forms if refers and last_closing is not None else ()
            tokens = _tokens(statements, statement, near, refers=refers, since=since)
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
                    if kind in SURE or statement.index in about or statements.says(statement, _words("given-l")):
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
    return _words("arrives").first(statement.words.forms[statement.own_from :]) is None


def _only_opens(forms: Sequence[str]) -> bool:
    """Whether a register is said to be begun and nothing to be closed."""
    return _words_of("over").isdisjoint(forms) and not _words_of("opens").isdisjoint(forms)


def _from_opening(token: Token, statement: Statement, opened: bool) -> Token:
    """Returns a condition that counts from the opening as such: "registration begins at 8:45; after this time …".

    So does one that counts from a time of its own: "The bell goes at 8.35, and whoever comes after this is late".
    """
    own = statement.words.forms[token.start : token.end]
    if token.what != "after" or _words("after-ref").first(own) is None or not _words_of("over").isdisjoint(own):
        return token
    before = statement.words.forms[: token.start]
    tells = _words("closing").first(before) is not None
    timed = any(map(is_time, before[statement.own_from :]))
    return replace(token, what="after-opening") if (_only_opens(before) if tells else opened or timed) else token


def _is_whenever(statements: Statements, statement: Statement, given: set[str]) -> bool:
    """Whether an arrival is late or present "whether or not the register is still open"."""
    return (
        bool(given & {"late", "present"}) and "absent" not in given and statements.says(statement, _words("whenever"))
    )


def _gives_way(statements: Statements, statement: Statement, tokens: Sequence[Token]) -> bool:
    """Whether an absence after the closing gives way to L: "U, unless the office is busy, in which case L is used"."""
    places = [
        match for match in statements.matches(statement, _words("gives-way")) if match.start >= statement.own_from
    ]
    after = any(token.what == "after" and token.end <= place.start for token in tokens for place in places)
    before = any(token.what == "before" and token.end > place.start for token in tokens for place in places)
    return after and not before and statements.says(statement, _words("absent-mark"))


def _kinds(statements: Statements, statement: Statement, tokens: Sequence[Token]) -> Iterator[str]:
    for when, marks in _claims(statement, tokens):
        if when == "before" and (
            "late" in marks or ("present" in marks and statements.says(statement, _words("lateness")))
        ):
            yield "late_before"
        elif when == "before" and "absent" in marks:
            yield "absent_before"
        elif when == "after" and {"late", "absent"} <= marks and goes_on_being_late(statement, tokens):
            yield "late_after"
        elif when in {"after", "after-opening"} and "absent" in marks:
            yield "absent_after"
        elif when == "after-opening":
            if "late" in marks:
                yield "late_any"
        elif when == "long-after" and "absent" in marks:
            yield "absent_long_after"
        elif (when, "".join(marks)) in DENIALS:
            if not _is_excepted(statement, tokens):
                yield DENIALS[when, "".join(marks)]
        elif when != "before" and not marks.isdisjoint(MARKS) and statements.says(statement, _words("code-l")):
            yield "late_after"


def _is_excepted(statement: Statement, tokens: Sequence[Token]) -> bool:
    """Whether a sentence denies a mark of some only: "… is not marked U if the bus was late"."""
    forms, clauses = statement.words.forms, statement.words.clauses
    conditions = [token for token in tokens if token.what in CONDITIONS]
    of_arrivals = {clauses[token.start] for token in conditions}
    excepts = (place for place in range(statement.own_from, len(forms)) if forms[place] in _words_of("excepts"))
    return any(place >= conditions[0].end or clauses[place] not in of_arrivals for place in excepts)


def _claims(statement: Statement, tokens: Sequence[Token]) -> Iterator[tuple[str, set[str]]]:
    """Yields each condition with the marks that go with it."""
    conditions = [token for token in tokens if token.what in CONDITIONS]
    marks = [token for token in tokens if token.what in MARKS]
    marks_first = bool(marks) and marks[0].start < conditions[0].start
    for place, condition in enumerate(conditions):
        since = conditions[place - 1].end if place else 0
        until = conditions[place + 1].start if place + 1 < len(conditions) else 1 << 30
        anew = _begins_anew(statement, condition)
        before = {mark.what for mark in marks if max(since, anew) <= mark.start < condition.start}
        behind = {mark.what for mark in marks if condition.end <= mark.start < until}
        denials = {token.what for token in tokens if token.what in DENIED and condition.end <= token.start < until}
        if "no-late" in denials and "late" not in behind:
            behind.discard("present")  # "is not marked L; this counts as present"
        if denials and not behind and not marks_first:
            yield condition.what, denials
        else:
            yield condition.what, before if marks_first and before else behind or before


def _begins_anew(statement: Statement, condition: Token) -> int:
    """Returns where a clause begins that names those who come: "A late mark is bad, and children who come after …"."""
    begin = statement.words.clauses.index(statement.words.clauses[condition.start])
    ahead = statement.words.forms[begin : condition.start]
    named = not _PEOPLE.isdisjoint(ahead) and _words("arrives").first(ahead) is not None
    return begin if named and statement.words.forms[begin] in _AND else 0


def _tokens(
    statements: Statements, statement: Statement, forms_before: Sequence[str], *, refers: bool, since: int
) -> list[Token]:
    """Returns the conditions and marks of a statement in order, those that overlap a longer one left out."""
    found = [
        Token("long-after" if when == "after" and _counts_from(statement, match) else when, match.start, match.end)
        for when in ("before", "after")
        for match in statements.matches(statement, _words(f"{when}-close"))
        if not _is_told(statement, match) and not _is_of_session(statement, match)
    ]
    long_after = [token for token in found if token.what == "long-after"]
    found = [one for one in found if one in long_after or not any(_overlap(one, other) for other in long_after)]
    found += left_out(statements, statement, forms_before)
    found = [one for one in found if not any(_overlap(one, other) and _longer(other, one) for other in found)]
    known = [token.start for token in found]
    found += [
        Token(when, match.start, match.end)
        for when in ("before", "after")
        for match in statements.matches(statement, _words(f"{when}-ref"))
        if any(place < match.start for place in known)
        or refers_to_closing(statements, statement, match.start, refers=refers)
    ]
    marks = list(_marks(statements, statement, found))
    marks += [Token("late", place, place + 1) for place in _alone(statement, "late")]
    marks = [one for one in marks if not any(_is_of_denied(statement, one, other) for other in marks)]
    marks = [one for one in marks if not any(_is_coded_otherwise(statement, one, other) for other in marks)]
    kept: list[Token] = []
    for token in sorted([*found, *marks], key=lambda one: (one.start, -one.end)):
        if not kept or token.start >= kept[-1].end or token.what in MARKS or token.what in DENIED:
            kept.append(token)
    return [token for token in kept if token.start >= since]


def _marks(statements: Statements, statement: Statement, conditions: Sequence[Token]) -> Iterator[Token]:
    """Yields the marks of a statement, those that it denies as such."""
    for mark in MARKS:
        for match in statements.matches(statement, _words(f"{mark}-mark")):
            if _describes(statements, statement, match):
                continue
            if _holds(statements, statement, match, conditions):
                yield Token(mark, match.start, match.end)
            elif sense_of(statement, match) is Sense.DENIED:
                yield Token(f"no-{mark}", match.start, match.end)


def _is_of_denied(statement: Statement, mark: Token, denied: Token) -> bool:
    """Whether a mark goes on from the same one, which is denied: "not marked as absent, using the code (U)"."""
    same = denied.what == f"no-{mark.what}" and denied.start <= mark.start
    return same and goes_on(statement.words.forms, denied.end, mark.start)


def _is_coded_otherwise(statement: Statement, word: Token, code: Token) -> bool:
    """Whether a code says otherwise than the word that it goes on from, and so counts: "marked as late, code (U)"."""
    forms = statement.words.forms
    said = _CODED.isdisjoint(forms[word.start : word.end]) and not _CODED.isdisjoint(forms[code.start : code.end])
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
        return "to" in forms[match.end : match.end + 1] and not _words_of("whole-session").isdisjoint(
            forms[: match.start]
        )
    return forms[match.end - 1] == "end" and not behind.isdisjoint(_words_of("whole-session"))


def _counts_from(statement: Statement, match: Match) -> bool:
    """Whether a length of time is counted from the closing: "half an hour after the register has closed"."""
    forms, clauses = statement.words.forms, statement.words.clauses
    begin = clauses.index(clauses[match.start])
    passed = _words("time-passed").first(forms[max(begin, match.start - COUNTED) : match.start])
    return passed is not None and forms[match.start + 1 : match.start + 2] != ("which",)


def _words_of(*names: str) -> frozenset[str]:
    return frozenset[str]().union(*(topic("codes/late_codes").words(name) for name in names))


def _alone(statement: Statement, word: str) -> Iterator[int]:
    """Yields where a word stands alone between two marks of punctuation: "before it shuts: late."; no label does."""
    forms, clauses = statement.words.forms, statement.words.clauses
    for place, form in enumerate(forms):
        if form == word and place > statement.own_from and clauses.count(clauses[place]) == 1:
            yield place


def _overlap(one: Token, other: Token) -> bool:
    return one.start < other.end and other.start < one.end


def _longer(one: Token, other: Token) -> bool:
    return one.end - one.start > other.end - other.start


def _is_told(statement: Statement, match: Match) -> bool:
    """Whether it is a report, a letter or a call that comes before or after the closing, and no arrival."""
    words = statement.words
    clause = [words.forms[index] for index in range(match.start) if words.clauses[index] == words.clauses[match.start]]
    return _words("told-of").first(clause) is not None and _words("arrival").first(clause) is None


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
    given = [verb for verb in statements.matches(statement, _words("given")) if verb.start <= mark.start]
    return sense is Sense.AFFIRMED and (not given or sense_of(statement, given[-1]) in {Sense.AFFIRMED, Sense.DENIED})


def _describes(statements: Statements, statement: Statement, match: Match) -> bool:
    """Whether a mark only describes somebody: "absent pupils", "a child who is late", "arrives late but before …".

    Nor is a mark given behind "unless": "unless another absence code fits better".
    """
    forms, clauses = statement.words.forms, statement.words.clauses
    arrivals = [place for place in statements.matches(statement, _words("arrives")) if place.start <= match.start]
    if any(place.end >= match.start for place in arrivals):
        return True
    if forms[match.end - 2 : match.end - 1] == ("for",) and forms[match.end : match.end + 1] in _ARRIVALS:
        return True
    begins = clauses.index(clauses[match.start])
    if forms[begins] == "unless" and _words("over").first(forms[begins : match.start]) is None:
        return True
    first = forms[match.start]
    if match.start and forms[match.start - 1] in _PEOPLE and first not in _BEING and len(first) > 1:
        return True
    at = match.start
    while at > 0 and forms[at - 1] in _BEING | _STILL:
        at -= 1
    if first in _BEING or at < match.start:
        clause = [form for form, number in zip(forms[:at], clauses, strict=False) if number == clauses[match.start]]
        told = next((place for place in range(len(clause) - 1, -1, -1) if _begins_a_relative(clause, place)), None)
        between = clause[told + 1 :] if told is not None else clause
        return told is not None and len(between) < NEAR and not any(_words(w).first(between) for w in _EVENTS)
    return _words("absent-pupils").first(forms[match.start : match.end + 1]) == (0, 2)


def _begins_a_relative(clause: Sequence[str], place: int) -> bool:
    """Whether a word begins a relative clause or a condition; in "later than that" it begins none."""
    return clause[place] in _RELATIVE and clause[max(0, place - 1)] not in _BEFORE_REFERENCE


@cache
def _words(name: str) -> Concept:
    return topic("codes/late_codes")[name]
