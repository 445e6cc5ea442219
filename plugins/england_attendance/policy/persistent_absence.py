"""Persistent and severe absence: what the school does about it, and whether it defines them rightly."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate, islice

from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.recognise.percentages import Percentage, percentages
from england_attendance.policy.absence_definitions import BELOW, MISSED, Definition, definitions_in, labelled_kind
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.missed_shares import shares_missed
from england_attendance.policy.vocabulary import actors, topic

CLOSE = 4
MOST_SHOWN, FEWER_SHOWN = 3, 2
GOES_ON = 16
CLAUSE = re.compile(r"[A-Z]?\d+(?:\.\d+)+\s")
ONE_ALONE = re.compile(r"(?: of)? (?:an?|one|the) (?:lesson|session|day|morning|afternoon)\b")  # "half of a lesson"
LABEL = 2  # cells of a row that name the kind of absence and define it


@dataclass(frozen=True)
class PersistentAbsence:
    """What a policy says of persistent and severe absence.

    Attributes:
        strategy: What the school does about it.
        wider: Where wider support comes in.
        severe: Where severe absence is spoken of.
        definitions: The figures that define it.
    """

    strategy: tuple[Passage, ...] = ()
    wider: tuple[Passage, ...] = ()
    severe: tuple[Passage, ...] = ()
    definitions: tuple[Definition, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows the definitions."""
        value = [{"kind": one.kind, "figure": one.words, "right": one.right} for one in self.definitions]
        yield PublishedFact("absence_definitions", value, tuple(one.passage for one in self.definitions))


@reader
def persistent_absence(statements: Statements) -> PersistentAbsence:
    """Reads what the policy says of persistent and severe absence."""
    words = topic("persistent_absence")
    labelled = {one.index: named for one in statements if one.block.cells and (named := labelled_kind(one))}
    headed = statements.in_sections_under(words["either"])
    either = headed | statements.find(words["either"])  # what goes on from these says less
    about = sorted(
        _about(statements, labelled.keys()), key=lambda one: (one.index not in headed, one.index not in either)
    )
    strategy = islice((one for one in about if _does(statements, one)), MOST_SHOWN)
    wider = [*islice((one for one in about if _brings_in_wider_support(statements, one)), FEWER_SHOWN)]
    listed = (one for one in statements if one.is_item and _is_listed_help(statements, one))
    severe = statements.with_any([words["severe"], words["both"]]) | statements.in_sections_under(words["severe"])
    severe |= {at for at, named in labelled.items() if named["severe"]}
    severe |= {one.index for one in about if "severe" in _reaches(one)}
    defining = statements.with_any([words[name] for name in (*MISSED, "both")]) | labelled.keys()
    return PersistentAbsence(
        tuple(map(statements.passage, strategy)),
        tuple(map(statements.passage, wider or islice(listed, FEWER_SHOWN))),
        tuple(map(statements.passage, islice(statements.at(severe), FEWER_SHOWN))),
        tuple(found for statement in statements.at(defining) for found in definitions_in(statements, statement)),
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
        missing.append("how wider support (other services, early help, the local authority) comes in")
    if absence.strategy and not absence.severe:
        missing.append("what the school does about severe absence")
    if missing and not faults:
        waiting = could_stand_in_a_gap(
            gaps, [topic("persistent_absence")["subject"]], f"does not say {' nor '.join(missing)}"
        )
        if waiting is not None:
            return waiting
    if missing:
        faults.append(Fault(f"The policy does not say {' nor '.join(missing)}.", None, absence.strategy[:1]))
    if faults:
        searched = "persistent or severe absence beside what is done, and wider support" if missing else None
        return with_gaps(failed(*faults, fix=_advice(wrong, missing), searched=searched), gaps)
    passages = [
        *absence.strategy[:1],
        *absence.wider[:1],
        *(definition.passage for definition in absence.definitions[:2]),
    ]
    return passed("The policy says what is done about persistent and severe absence, with wider support.", passages)


def _advice(wrong: Sequence[Definition], missing: Sequence[str]) -> str | None:
    """Returns what to do where a definition is wrong, and what is missing beside it; ``None`` for the usual advice."""
    kinds = dict.fromkeys(definition.kind for definition in wrong)
    right = [f"Define {kind} absence as missing {MISSED[kind]:g}% or more of possible sessions." for kind in kinds]
    return " ".join([*right, *(f"Say {what}." for what in missing)]) if right else None


def _about(statements: Statements, labelled: Set[int]) -> Iterator[Statement]:
    """Yields the statements that speak of persistent or severe absence, and those that go on from them.

    A numbered clause begins something new; the item of a list is followed by other items, not by its own passage, unless
    it is a whole sentence.
    """
    either = topic("persistent_absence")["either"]
    naming, headed = statements.find(either), statements.in_sections_under(either)
    last: Statement | None = None
    for statement in statements:
        named = statement.index in naming or statement.index in headed
        if named:
            ends_there = statement.is_item and not statement.block.text.endswith(".")
            if not ends_there or statement.index in headed:
                last = statement
            elif last is None or last.block.section != statement.block.section:
                last = None  # an item behind a passage on such absence goes on from that, with the items behind it
        elif last is not None and (
            statement.index - last.index > GOES_ON
            or statement.block.section != last.block.section
            or (statement.block is not last.block and CLAUSE.match(statement.block.text))
        ):
            last = None
        if _is_a_source(statement):
            continue
        if named or last is not None or statement.index in labelled or _reaches(statement):
            yield statement


def _is_a_source(statement: Statement) -> bool:
    """Whether it only says where words come from: "*Taken from the Department's guidance on …"."""
    place = topic("persistent_absence")["source"].first(statement.words.forms[statement.own_from :])
    return place is not None and place[0] == 0


def _brings_in_wider_support(statements: Statements, statement: Statement) -> bool:
    """Whether others help: that an authority is told, or fines, is no support."""
    words = topic("persistent_absence")
    if statements.says(statement, words["no-support"]):
        return False
    return any(
        match.end > statement.own_from
        and sense_of(statement, match) in {Sense.AFFIRMED, Sense.PERMITTED}
        and (actors().of(statements, statement, match) != "parents" or _is_given(statement, match))
        for match in statements.matches(statement, words["wider"])
    )


def _is_given(statement: Statement, match: Match) -> bool:
    """Whether a family is given what stands there: "Parents are offered wider help"."""
    before = statement.words.forms[max(0, match.start - CLOSE) : match.start]
    return topic("persistent_absence")["given"].first(before) is not None


def _is_listed_help(statements: Statements, statement: Statement) -> bool:
    """Whether it is an item of a list of outside agencies in a part on attendance: "Outside agencies: school nurse, …"."""
    words, headings = topic("persistent_absence"), statements.headings(statement)
    return (
        statement.is_item
        and len(headings) > 1
        and words["agencies"].first(headings[-1].forms) is not None
        and any(words["attendance"].first(heading.forms) is not None for heading in headings)
        and statements.says(statement, words["wider"])
    )


def _reaches(statement: Statement) -> set[str]:
    """Returns the kinds of absence that a statement means by their line: "attends below 90%", "misses half or more"."""
    attended = [one for one in percentages(statement.text) if one.comparison in BELOW]
    shares = (one for one in shares_missed(statement) if not ONE_ALONE.match(statement.text, one.end))
    missed = [*shares, *_percentages_missed(statement)]
    lines = {100 - one.low for one in attended} | {one.low for one in missed}
    return {kind for kind, line in MISSED.items() if line in lines}


def _percentages_missed(statement: Statement) -> Iterator[Percentage]:
    """Yields the percentages that are missed: "misses 10% or more"."""
    words, missed = statement.words, topic("persistent_absence")["missed"]
    for one in percentages(statement.text):
        at = bisect_left(words.starts, one.start)
        if one.comparison not in BELOW and missed.first(words.forms[max(0, at - CLOSE) : at]) is not None:
            yield one


def _does(statements: Statements, statement: Statement) -> bool:
    """Whether a statement says what is done about it by others than the family, or what a pupil is given."""
    words = topic("persistent_absence")
    aims = statements.says(statement, words["aims"]) and not statements.says(statement, words["by-deed"])
    return not (aims or statements.says(statement, words["refers"])) and any(
        sense_of(statement, match) is Sense.AFFIRMED
        and (actors().may_be(by, statements, statement, match) or _is_for_the_absent(statements, statement, match))
        for name, by in (("strategy", "school|governors"), ("gets", "pupils"))
        for match in statements.matches(statement, words[name])
    )


def _is_for_the_absent(statements: Statements, statement: Statement, deed: Match) -> bool:
    """Whether a row tells what is done for whom: "Targeted | Persistently absent pupils | Key worker, weekly review"."""
    if not statement.row:
        return False
    lengths = (sum(len(paragraph.text) + 1 for paragraph in cell.paragraphs) for cell in statement.block.cells)
    edges, starts = list(accumulate(lengths, initial=statement.own_offset)), statement.words.starts
    own = bisect_right(edges, starts[deed.start])
    whom = statements.matches(statement, topic("persistent_absence")["either"])
    if own > LABEL and any(
        labelled_kind(statement).values()
    ):  # "Persistent | Pupils missing 10% | Meeting, early help"
        parents = statements.matches(statement, actors().concepts["parents"])
        ahead = (match.start for match in parents if match.end <= deed.start)
        return all(bisect_right(edges, starts[at]) != own for at in ahead)  # not what "Parents …" are to do
    return any(0 < bisect_right(edges, starts[match.start]) < own for match in whom)
