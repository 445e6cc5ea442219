"""Part-time timetables: exceptional, temporary, agreed with the parent, reviewed, with an end, and never for behaviour.

A careful reader looks for what is against the conditions: behaviour as the reason, no end (or only the school's own
feeling as the end), no need of the parent's agreement, part-time timetables for everybody, no review, another code than
C2. An entry in a list of codes or of kinds of leave does not say how they are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.facts import check, reader
from checker.findings import Fault, Outcome, Passage, failed, not_applicable, passed
from checker.reading.denial import is_harmless
from checker.reading.english import english
from checker.reading.sense import sense_of
from checker.reading.senses import NOT_NOW, Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.values import is_unsaid_at
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import explains_a_code, only_in_what_was_read
from england_attendance.policy.vocabulary import topic

FEWEST_WORDS = 5
LONGEST_KIND = 20  # words of an entry that only names a kind of leave
SHORTEST = ("behaviour", "parents-agree", "reviewed", "no-agreement", "endless")  # what a few words can say
BACK = 3
NEAR = 10
FOR = frozenset(["as", "for", "to", "because"])
UNSAID = {Sense.DENIED, Sense.ASKED, *NOT_NOW}
PARTS = {
    "exceptional": "that they are exceptional",
    "temporary": "that they are temporary",
    "ends": "that they have an end date",
    "parents-agree": "that the parent agrees",
    "reviewed": "that they are reviewed",
    "c2": "that they are recorded as C2",
}
CONDITIONS = (*PARTS, "behaviour", "endless", "no-agreement")  # what is said of part-time timetables by any name
AGAINST = {
    "for_behaviour": "The policy uses part-time timetables to manage behaviour, which they must never be used for.",
    "without_end": "The policy lets part-time timetables run without an end date.",
    "without_agreement": "The policy lets a part-time timetable be set without the parent's agreement.",
    "routine": "The policy uses part-time timetables as a matter of course; they are for exceptional circumstances only.",
    "unreviewed": "The policy leaves part-time timetables without a review.",
    "miscoded": "The policy records part-time timetables with another code; the code for them is C2.",
}


@dataclass(frozen=True)
class PartTimeTimetables:
    """What a policy says of part-time timetables.

    Attributes:
        said: The statements that say how they are used.
        listed: Where they stand only in a list of codes or of kinds of leave.
        for_behaviour: Where they are used to manage behaviour.
        without_end: Where they have no end.
        without_agreement: Where they do not need the parent's agreement.
        routine: Where they are used as a matter of course.
        unreviewed: Where they are not reviewed.
        miscoded: Where they get another code than C2, which is named nowhere beside them.
        left_out: The conditions that it does not mention.
    """

    said: tuple[Passage, ...] = ()
    listed: tuple[Passage, ...] = ()
    for_behaviour: tuple[Passage, ...] = ()
    without_end: tuple[Passage, ...] = ()
    without_agreement: tuple[Passage, ...] = ()
    routine: tuple[Passage, ...] = ()
    unreviewed: tuple[Passage, ...] = ()
    miscoded: tuple[Passage, ...] = ()
    left_out: tuple[str, ...] = ()


@reader
def part_time_timetables(statements: Statements) -> PartTimeTimetables:
    """Reads what the policy says of part-time timetables."""
    about = list(_about(statements))
    said = [s for s in about if _says_how(statements, s)]
    if not said:
        return PartTimeTimetables(listed=tuple(statements.passage(s) for s in about)[:2])
    said = [*said, *_going_on(statements, said)]

    def states(name: str) -> list[Statement]:
        return [s for s in said if any(_stands(s, match) for match in _places(s, name))]

    ends = [s for s in states("ends") if not _denies_end(s)]
    without_end = states("endless") or ([] if ends else [s for s in said if _denies_end(s)] or states("until-better"))
    told = states("parents-only-told")
    agreed = states("parents-agree") or [s for s in states("agreed") if s not in told]
    denied = [s for s in said if any(_is_unsaid(s, m) and not _is_purpose(s, m) for m in _places(s, "agreed-with"))]
    without = [s for s in states("no-agreement") if not _places(s, "none-without")]
    without_agreement = without or denied or ([] if agreed else told)
    found = {
        "for_behaviour": [s for s in said if _for_behaviour(s)],
        "without_end": without_end,
        "without_agreement": without_agreement,
        "routine": [s for s in states("routine") if not _places(s, "of-those-on")],
        "unreviewed": states("never-reviewed"),
        "miscoded": [] if states("c2") else states("other-code"),
    }
    return PartTimeTimetables(
        tuple(statements.passage(s) for s in sorted(said, key=lambda s: s.looks_like_a_title)[:3]),
        left_out=tuple(what for name, what in PARTS.items() if not states(name)),
        **{name: tuple(statements.passage(s) for s in against[:2]) for name, against in found.items()},
    )


@check("policy.part-time-timetables")
def nothing_against_the_conditions(timetables: PartTimeTimetables, gaps: Gaps) -> Outcome:
    """Where the policy says how part-time timetables are used, nothing is against the conditions."""
    if not timetables.said:
        unsaid = "The policy does not say how part-time timetables are used."
        return only_in_what_was_read(not_applicable(unsaid, timetables.listed), gaps)
    against = {message: getattr(timetables, name) for name, message in AGAINST.items()}
    faults = [Fault(message, None, passages) for message, passages in against.items() if passages]
    if faults:
        return failed(*faults)
    left_out = f"the policy does not say {', '.join(timetables.left_out)}" if timetables.left_out else None
    met = passed("Nothing that the policy says of part-time timetables is against the conditions.", timetables.said)
    return only_in_what_was_read(met, gaps).noting(left_out)


def _about(statements: Statements) -> Iterator[Statement]:
    """Yields the statements that name part-time timetables or stand under them; of a short row the row alone."""
    words = topic("part_time")
    rows = {id(s.block) for s in statements if s.row}
    labelled = {  # "Part-time timetables. These are rare. One is agreed only …"
        id(s.block) for s in statements.having(words["part-time"]) if len(s.own.split()) < FEWEST_WORDS
    }
    naming = statements.find(words["part-time"]) | statements.in_sections_under(words["part-time"])
    naming |= {s.index for s in statements if id(s.block) in labelled and not s.block.cells}
    in_part = statements.find(words["attends-part"]) | statements.in_sections_under(words["attends-part"])
    for statement in statements.at(naming | in_part):
        if not statement.row and statement.block.cells and id(statement.block) in rows:
            continue
        if _places(statement, "staff"):
            continue
        if statement.index in naming or _is_conditional(statements, statement):
            yield statement


def _is_conditional(statements: Statements, statement: Statement) -> bool:
    """Whether the passage of a statement gives conditions of part-time timetables, or what is against them, unnamed."""
    block = [s for s in statements.in_section(statement.block.section) if s.block is statement.block]
    return sum(any(_stands(s, match) for s in block for match in _places(s, name)) for name in CONDITIONS) > 1


def _says_how(statements: Statements, statement: Statement) -> bool:
    """Whether a statement says how they are used: it is no entry of a list of codes or of kinds of leave."""
    words, own = topic("part_time"), statement.words.forms[statement.own_from :]
    if _was_before(statement) or statement.is_question or explains_a_code(statement) or (own and own[:2] == ("c", "2")):
        return False
    if _places(statement, "kinds-of-leave") or statements.under(statement, words["codes-heading"]):
        return False
    if not statements.under(statement, words["part-time"]) and _is_kind_of_leave(statements, statement):
        return False
    if len(own) < FEWEST_WORDS and not statement.row:
        return any(_places(statement, name) for name in SHORTEST)
    return bool(_places(statement, "speaks"))


def _is_kind_of_leave(statements: Statements, statement: Statement) -> bool:
    """Whether a statement is an entry of a list of kinds of leave, and gives no conditions behind the name."""
    words, forms = topic("part_time"), statement.words.forms
    if len(forms) - statement.own_from > LONGEST_KIND and _is_conditional(statements, statement):
        return False
    if words["requests"].first(forms[: statement.own_from]) is not None:
        return True
    own = forms[statement.own_from :]
    tells = [start for start, _ in words["tells"].places(own) if own[start - 1 : start] not in (("who",), ("that",))]
    return not tells and statement.is_item and statements.under(statement, words["requests"])


def _going_on(statements: Statements, said: list[Statement]) -> Iterator[Statement]:
    """Yields the sentences that go on about them in the paragraph of one that names them."""
    known = {s.index for s in said}
    for statement in said:
        if statement.block.cells:
            continue
        for after in statements.all[statement.index + 1 : statement.index + 1 + BACK]:
            if after.block is not statement.block:
                break
            if after.index not in known:
                known.add(after.index)
                yield after


def _stands(statement: Statement, match: Match) -> bool:
    """Whether a statement says of part-time timetables what stands at a place; a negator in the place belongs to it."""
    clauses = statement.words.clauses
    if match.end <= statement.own_from or clauses[match.start] != clauses[match.end - 1]:
        return False
    return sense_of(statement, Match(match.start, match.start)) not in UNSAID


def _is_unsaid(statement: Statement, match: Match) -> bool:
    """Whether a statement denies plainly what stands at a place; what it denies in a condition it does not."""
    own = match.start >= statement.own_from and not statement.is_question
    return own and is_unsaid_at(statement.words, statement.words.starts[match.start])


def _is_purpose(statement: Statement, match: Match) -> bool:
    """Whether what stands behind a place says what something is for: "never agreed with parents as a punishment"."""
    return not FOR.isdisjoint(statement.words.forms[match.end : match.end + 1])


def _denies_end(statement: Statement) -> bool:
    """Whether a statement says that there is no end: "it has a date on which it will not end"."""
    forms, negators = statement.words.forms, english().negators
    return any(
        _is_unsaid(statement, match)
        or any(forms[at] in negators and not is_harmless(forms, at) for at in range(match.start, match.end))
        for match in _places(statement, "ends")
        if match.start >= statement.own_from
    )


def _places(statement: Statement, name: str) -> list[Match]:
    """Returns where a thing stands in a statement; only the few statements about the matter are searched."""
    return [Match(start, end) for start, end in topic("part_time")[name].places(statement.words.forms)]


def _for_behaviour(statement: Statement) -> bool:
    """Whether behaviour is a reason for a part-time timetable."""
    own = [match for match in _places(statement, "behaviour") if match.end > statement.own_from]
    if not own or _places(statement, "no-behaviour") or _is_past(statement):
        return False
    reasons = _places(statement, "because")
    unable = _places(statement, "cannot-behave")
    never = [*_places(statement, "never-used"), *_places(statement, "never-because")]
    for match in own:
        near = any(abs(reason.start - match.start) <= NEAR for reason in reasons)
        failing = [place for place in unable if place.start <= match.start <= place.end + 2]
        denied = any(_reaches(statement, place, match) for place in never if place.start not in _starts(failing))
        if not near or denied:
            continue
        if failing or sense_of(statement, Match(match.start, match.start)) not in UNSAID:
            return True
    return False


def _is_past(statement: Statement) -> bool:
    """Whether they were used once: "We used to put pupils on part-time timetables because …"."""
    places = _places(statement, "part-time")
    return any(sense_of(statement, Match(match.start, match.start)) in NOT_NOW for match in places)


def _was_before(statement: Statement) -> bool:
    """Whether it tells what pupils went through before they came: "Many have been on a part-time timetable elsewhere"."""
    named = _places(statement, "part-time")
    return bool(named and _places(statement, "elsewhere")) and all(
        any(perfect.end - 1 <= place.start <= perfect.end + 1 for perfect in _places(statement, "perfect"))
        for place in named
    )


def _starts(places: Iterable[Match]) -> set[int]:
    return {place.start for place in places}


def _reaches(statement: Statement, never: Match, match: Match) -> bool:
    """Whether what is never done is said of the behaviour that stands after it, or of the one that begins it."""
    if never.start <= match.end - 1 < never.end:
        return True
    between = statement.words.forms[never.end : match.start]
    return never.end <= match.start <= never.end + NEAR and {"unless", "except", "but"}.isdisjoint(between)
