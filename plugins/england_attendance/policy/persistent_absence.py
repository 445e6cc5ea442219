"""Persistent and severe absence: what the school does about it, and whether it defines them rightly.

Persistent is 10% or more of the sessions missed, severe 50% or more: attendance of 90% or less, 50% or less. "Below 90%"
leaves out the pupil with exactly 90%.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.reading.sense import Sense, sense_of
from checker.reading.statements import Match, Statement, Statements
from checker.reading.words import Words
from checker.recognise.comparisons import Comparison
from checker.recognise.percentages import Percentage, percentages
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import actors, topic

MISSED = {"persistent": 10.0, "severe": 50.0}
FAR = 14
LIKELY = {80, 85, 90}  # attendance at which policies of one year or another drew the line


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure by which a policy defines persistent or severe absence.

    Attributes:
        kind: ``persistent`` or ``severe``.
        right: Whether it says 10% (50%) or more missed.
        words: The figure as written.
        passage: Where it stands.
    """

    kind: str
    right: bool
    words: str
    passage: Passage


@dataclass(frozen=True)
class PersistentAbsence:
    """What a policy says of persistent and severe absence.

    Attributes:
        strategy: What the school does about it.
        wider: Where wider support comes in.
        definitions: The figures that define it.
    """

    strategy: tuple[Passage, ...] = ()
    wider: tuple[Passage, ...] = ()
    definitions: tuple[Definition, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows the definitions."""
        value = [{"kind": one.kind, "figure": one.words, "right": one.right} for one in self.definitions]
        yield PublishedFact("absence_definitions", value, tuple(one.passage for one in self.definitions))


@reader
def persistent_absence(statements: Statements) -> PersistentAbsence:
    """Reads what the policy says of persistent and severe absence."""
    words = topic("persistent_absence")
    about = [
        statement
        for statement in statements
        if statements.says(statement, words["either"])
        or statements.under(statement, words["either"])
        or _at_the_line(statement)
    ]
    strategy = [statement for statement in about if _does(statements, statement, "strategy")]
    wider = [statement for statement in strategy if statements.says(statement, words["wider"])]
    definitions = [definition for statement in statements for definition in _definitions(statements, statement)]
    return PersistentAbsence(
        tuple(statements.passage(statement) for statement in strategy[:3]),
        tuple(statements.passage(statement) for statement in wider[:2]),
        tuple(definitions),
    )


@check("policy.persistent-absence")
def strategy_and_right_lines(absence: PersistentAbsence, gaps: Gaps) -> Outcome:
    """There is a strategy with wider support, and the definitions are right."""
    wrong = [definition for definition in absence.definitions if not definition.right]
    faults = [
        Fault(
            f"The policy defines {definition.kind} absence as “{definition.words}”; it is {MISSED[definition.kind]:g}% or more "
            f"of sessions missed, which is attendance of {100 - MISSED[definition.kind]:g}% or less.",
            None,
            (definition.passage,),
        )
        for definition in wrong
    ]
    missing = []
    if not absence.strategy:
        missing.append("what the school does about persistent and severe absence")
    elif not absence.wider:
        missing.append("how wider support comes in")
    if missing and not faults:
        waiting = could_stand_in_a_gap(gaps, [topic("persistent_absence")["subject"]], f"does not say {missing[0]}")
        if waiting is not None:
            return waiting
    if missing:
        faults.append(Fault(f"The policy does not say {missing[0]}.", None, absence.strategy[:1]))
    if faults:
        searched = "persistent or severe absence beside what is done, and wider support" if missing else None
        return with_gaps(failed(*faults, searched=searched), gaps)
    passages = [
        *absence.strategy[:1],
        *absence.wider[:1],
        *(definition.passage for definition in absence.definitions[:2]),
    ]
    return passed("The policy says what is done about persistent and severe absence, with wider support.", passages)


def _at_the_line(statement: Statement) -> bool:
    """Whether a statement says what happens when attendance is about where absence becomes persistent or severe."""
    if "%" not in statement.text and "cent" not in statement.text:
        return False
    below = {Comparison.LESS_THAN, Comparison.AT_MOST}
    return any(figure.low in {90, 50} and figure.comparison in below for figure in percentages(statement.text))


def _does(statements: Statements, statement: Statement, what: str) -> bool:
    words = topic("persistent_absence")
    return any(
        sense_of(statement, match) is Sense.AFFIRMED
        and actors().may_be("school|authority|governors", statements, statement, match)
        for match in statements.matches(statement, words[what])
    )


def _definitions(statements: Statements, statement: Statement) -> Iterator[Definition]:
    words = topic("persistent_absence")
    for kind in MISSED:
        named = statements.matches(statement, words[kind])
        if not named or ("%" not in statement.text and "per" not in statement.words.forms):
            continue
        for figure in percentages(statement.text):
            if _defines(statements, statement, named, figure, kind):
                words_of = figure.written(statement.text)
                yield Definition(
                    kind, _is_right(statements, statement, figure, kind), words_of, statements.passage(statement)
                )


def _defines(
    statements: Statements, statement: Statement, named: tuple[Match, ...], figure: Percentage, kind: str
) -> bool:
    """Whether a figure says what the word means: it stands near the word, and nearer to it than to the other word."""
    words, vocabulary = statement.words, topic("persistent_absence")
    at = next((index for index, start in enumerate(words.starts) if start >= figure.start), len(words) - 1)
    other = "severe" if kind == "persistent" else "persistent"
    closest = min(named, key=lambda match: _far(words, match, at))
    rivals = [_far(words, match, at) for match in statements.matches(statement, vocabulary[other])]
    if abs(at - closest.start) > FAR or any(rival < _far(words, closest, at) for rival in rivals):
        return False
    low, high = sorted((at, closest.start))
    between = words.forms[low : high + 1]
    around = words.forms[max(0, low - 4) : low]
    if vocabulary["triggers"].first(between) is not None or vocabulary["triggers"].first(around) is not None:
        return False
    return 1 <= figure.low <= MISSED["severe"] or figure.low in LIKELY


def _far(words: Words, match: Match, at: int) -> tuple[bool, int]:
    """How far a word is from a figure: in another clause first, then in words."""
    return words.clauses[match.start] != words.clauses[at], abs(at - match.start)


def _is_right(statements: Statements, statement: Statement, figure: Percentage, kind: str) -> bool:
    line = MISSED[kind]
    present = _speaks_of_presence(statement, figure)
    if present:
        return figure.low == 100 - line and figure.comparison in {Comparison.AT_MOST, Comparison.EXACTLY}
    return figure.low == line and figure.comparison in {Comparison.AT_LEAST, Comparison.EXACTLY}


def _speaks_of_presence(statement: Statement, figure: Percentage) -> bool:
    """Whether a figure counts sessions attended, not missed."""
    if figure.low > 50:
        return True
    if figure.low < 50:
        return False
    return figure.comparison in {Comparison.AT_MOST, Comparison.LESS_THAN}
