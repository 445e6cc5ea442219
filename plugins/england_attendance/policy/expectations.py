"""What pupils and parents are told to do, about attendance and about punctuality.

A careful reader looks for four duties: parents see to it that the child comes, and on time; pupils come, and on time.
Who bears a duty decides: "Parents make sure that their children attend" tells pupils nothing. What happens to those
who come late, how absence is reported, and what others attend are no expectations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.facts import check, reader
from checker.findings import Outcome, Passage
from checker.reading.english import english
from checker.reading.said import Said
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from england_attendance.policy.duty_bearers import (
    AFTER,
    BESIDE,
    FAR,
    NEAR,
    PARENTS,
    PUPILS,
    bearers,
    calls_it,
    goes_on,
    heads_its_thought,
    is_order,
    say_it_themselves,
)
from england_attendance.policy.duty_labels import labels, titles
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import Part, explains_a_code, judge
from england_attendance.policy.vocabulary import actors, topic

ATTEND, PUNCTUAL = "attend", "punctual"
WHAT = {
    (PARENTS, ATTEND): "parents to make sure their child attends",
    (PARENTS, PUNCTUAL): "parents to make sure their child is on time",
    (PUPILS, ATTEND): "pupils to attend",
    (PUPILS, PUNCTUAL): "pupils to be on time",
}
DEEDS = {ATTEND: ("attend", "brings"), PUNCTUAL: ("punctual",)}
WITHOUT = {ATTEND: "never-absent", PUNCTUAL: "never-late"}  # deeds that are told by a negation
MOST = 3


@dataclass(frozen=True)
class Expectations:
    """What a policy expects: by who is to do it and what."""

    said: dict[tuple[str, str], Said]


@reader
def expectations(statements: Statements) -> Expectations:
    """Reads what pupils and parents are told to do."""
    found: dict[tuple[str, str], list[Passage]] = {each: [] for each in WHAT}
    nearest: dict[tuple[str, str], list[Passage]] = {each: [] for each in WHAT}
    words = topic("expectations")
    deeds = ("daily", *(name for names in DEEDS.values() for name in names), *WITHOUT.values(), "of-them", "the-same")
    for statement in statements.at(statements.with_any([words[name] for name in deeds])):
        if statement.is_question or explains_a_code(statement):
            continue
        for what in DEEDS:
            for match, is_done in _deeds(statements, statement, what):
                for who in bearers(statements, statement, match):
                    if _is_expected(statements, statement, match, who):
                        done = is_done or sense_of(statement, match) is Sense.AFFIRMED
                        (found if done else nearest)[who, what].append(statements.passage_about(statement, [match]))
        for who, what in _same_again(statements, statement):
            found[who, what].append(statements.passage(statement))
    return Expectations(
        {each: Said(_best(found[each]), nearest=tuple(dict.fromkeys(nearest[each]))[:1]) for each in WHAT}
    )


def _best(passages: list[Passage]) -> tuple[Passage, ...]:
    """Returns a few passages, those that speak of every day before those that speak of some occasion."""
    always = topic("expectations")["always"]
    ranked = sorted(dict.fromkeys(passages), key=lambda passage: always.first(cut(passage.quote).forms) is None)
    return tuple(ranked[:MOST])


@check("policy.expectations")
def all_four(expectations: Expectations, gaps: Gaps) -> Outcome:
    """Pupils and parents are told what is expected of them, for attendance and for punctuality."""
    parts = [Part(what, expectations.said[each]) for each, what in WHAT.items()]
    searched = "what parents and pupils must, should or are expected to do about attendance and about punctuality"
    met = "The policy tells parents to make sure their child attends and is on time, and pupils to attend and to be on time."
    return judge(parts, gaps, [topic("expectations")["subject"]], asks_for="tells", searched=searched, met=met)


def _deeds(statements: Statements, statement: Statement, what: str) -> Iterator[tuple[Match, bool]]:
    """Yields where a statement speaks of coming, or of being on time, and whether it is to be done whatever its sense."""
    words = topic("expectations")
    if statements.says(statement, words["reward"]):
        return
    if what is ATTEND:
        yield from (
            (match, True)
            for match in statements.matches(statement, words["daily"])
            if _is_all(statements, statement, match)
        )
    for concept in DEEDS[what]:
        for match in statements.matches(statement, words[concept]):
            if match.end > statement.own_from and not _is_something_else(statement, match, what):
                yield match, False
    for match in statements.matches(statement, words[WITHOUT[what]]):
        if match.end > statement.own_from and not _in_a_condition(statement, match):
            denied = sense_of(statement, Match(match.start, match.start)) is Sense.DENIED
            yield match, not denied  # "are not expected to arrive no later than 8.40"


def _is_all(statements: Statements, statement: Statement, match: Match) -> bool:
    """Whether a match is all that a label is followed by: "Families: every day, on time"."""
    words = statement.words
    begins = match.start == statement.own_from or statement.text[: words.starts[match.start]].rstrip().endswith(":")
    ends = match.end == len(words) or words.clauses[match.end] != words.clauses[match.start]
    return begins and ends and bool(labels(statements, statement))


def _is_something_else(statement: Statement, match: Match, what: str) -> bool:
    """Whether something else is attended ("a meeting") or done on time ("collected"), or it is only a condition."""
    words, forms = topic("expectations"), statement.words.forms
    since = statement.said_from if statement.follows_on else 0
    near = forms[max(since, match.start - BESIDE) : match.end]
    if _in_a_condition(statement, match) or "whether" in forms[: statement.own_from]:
        return True
    allowed = any(form in english().may and near[at + 1 : at + 2] != ("to",) for at, form in enumerate(near))
    if "late" in near or allowed:  # "each in the way that they can, to come" allows nothing
        return True
    if what is ATTEND:
        return words["other-event"].first(forms[match.end : match.end + AFTER]) is not None
    before = forms[max(statement.own_from, match.start - NEAR) : match.end]
    return (
        words["other-deed"].first(before) is not None
        and words["arrives"].first(forms[match.start - AFTER : match.end]) is None
    )


def _in_a_condition(statement: Statement, match: Match) -> bool:
    """Whether a deed is only thought of: "if they attend …"; "whenever we are open and on time" goes on behind "and"."""
    forms, clauses, at = statement.words.forms, statement.words.clauses, match.start
    orders = topic("expectations").words("orders")
    while at > 0 and clauses[at - 1] == clauses[match.start]:
        at -= 1
        if forms[at : at + 2] in {("so", "as"), ("so", "that")} or (
            forms[at] == "whenever" and "and" in forms[at : match.start]
        ):
            return False
        if forms[at] == "and" and forms[at - 1].endswith("s") and forms[at + 1] in orders:  # "when it comes and get …"
            return False
        if forms[at] in {"where", "wherever"} and forms[at + 1] == "possible":
            continue
        if forms[at] in english().conditions or forms[at] in {"who", "whose", "which", "whether"}:
            return True
    return False


def _same_again(statements: Statements, statement: Statement) -> Iterator[tuple[str, str]]:
    """Yields who is to do what the sentence before says of the pupils.

    "Parents must ensure both." asks it of parents; "We expect both of them." of the pupils themselves.
    """
    before = statements.all[statement.index - 1]
    if before.block is not statement.block:
        return
    if _affirms(statements, statement, "of-them"):
        yield from ((PUPILS, what) for what in DEEDS if _speaks_of_pupils(statements, before, what))
    for match in statements.matches(statement, topic("expectations")["the-same"]):
        if PARENTS in bearers(statements, statement, match) and _is_expected(statements, statement, match, PARENTS):
            yield from ((PARENTS, what) for what in DEEDS if _is_of_pupils(statements, before, what))


def _affirms(statements: Statements, statement: Statement, name: str) -> bool:
    matches = statements.matches(statement, topic("expectations")[name])
    return any(match.end > statement.own_from and sense_of(statement, match) is Sense.AFFIRMED for match in matches)


def _speaks_of_pupils(statements: Statements, statement: Statement, what: str) -> bool:
    """Whether a statement that names pupils and no parents speaks of coming or of being on time."""
    words = topic("expectations")
    named = statements.says(statement, words["pupils"]) and not statements.says(statement, words["parents"])
    return named and any(statements.says(statement, words[name]) for name in (*DEEDS[what], f"{what}-noun"))


def _is_of_pupils(statements: Statements, statement: Statement, what: str) -> bool:
    """Whether a statement speaks of pupils who come, or who are on time."""
    return any(PUPILS in bearers(statements, statement, deed) for deed, _ in _deeds(statements, statement, what))


def _is_expected(statements: Statements, statement: Statement, match: Match, who: str) -> bool:
    """Whether a deed is expected, and not only told of."""
    words = topic("expectations")
    if who == PUPILS and words["fosters"].first(statement.words.forms[match.start : match.start + 1]) is not None:
        return False
    if statement.is_item or labels(statements, statement) or match.start == statement.own_from:
        return True
    if _begins_with_coming(statements, statement):  # "In school every day, and there before the bell."
        return True
    if say_it_themselves(statement, match) and who in titles(statements, statement):  # "Pupils / We come every day."
        return True
    if is_order(statement) or any(calls_it(statements, statement, name) for name in ("of-parents", "of-pupils")):
        return True
    duties = statements.matches(statement, words["duty"])
    if any(0 <= match.start - duty.start <= FAR for duty in duties):
        return True
    forms, clauses = statement.words.forms, statement.words.clauses
    return any(
        0 <= match.start - subject.end < NEAR
        and (clauses[subject.start] == clauses[match.start] or goes_on(statement, match))
        and heads_its_thought(statement, subject)
        and words["arrives"].first(forms[subject.end : subject.end + BESIDE]) is not None
        for subject in statements.matches(statement, actors().concepts[who])
    )


def _begins_with_coming(statements: Statements, statement: Statement) -> bool:
    deeds = statements.matches(statement, topic("expectations")["attend"])
    return any(deed.start == statement.own_from for deed in deeds)
