"""The four returns to the local authority of regulation 13: new pupil, deletion, attendance, sickness.

A careful reader looks for a statement that the school tells the authority, and of what: pupils whose names are entered
(within five days), names that are deleted (no later than the deletion), ten school days of absence without leave and
fifteen of sickness. The last two are known by their numbers of days.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.levels import Level
from checker.listing import listed
from checker.reading.english import english
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from england_attendance.policy.day_counts import DayCount, day_counts
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import actors, topic

NEW_PUPIL, DELETION, ATTENDANCE, SICKNESS = KINDS = ("new pupil", "deletion", "attendance", "sickness")
WHAT = {
    NEW_PUPIL: "the new pupil return (within five days of entering the name)",
    DELETION: "the deletion return (no later than the deletion of the name)",
    ATTENDANCE: "the attendance return (ten school days of absence without leave)",
    SICKNESS: "the sickness return (fifteen school days of illness)",
}
RIGHT = {NEW_PUPIL: 5, ATTENDANCE: 10, SICKNESS: 15}
_BEFORE_WE = frozenset(["that", "whom", "who", "which", "and", "or", "than", "as"])
_ON_DAY = re.compile(r"\bday (1[05])\b(?! (?:to|or|and)\b)", re.IGNORECASE)
LABEL = 30  # characters of a label with its dash or colon
PARTED = 10  # words: so much further are words that a stop, "and" or "or" parts
BESIDE = 2  # words: "within ten days, deletions"
CONCEPTS = {NEW_PUPIL: "added", DELETION: "deleted", ATTENDANCE: "absent", SICKNESS: "sick"}


@dataclass(frozen=True, slots=True)
class Return:
    """A return of which a policy speaks.

    Attributes:
        kind: ``new pupil``, ``deletion``, ``attendance`` or ``sickness``.
        days: The number of days that it gives, where it gives one.
        counted: What days they are: ``school``, ``working`` or empty.
        passage: Where it stands.
        firm: Whether it stands against any other statement: it is called a return, or made only so late.
        denied: Whether it says that the return is not made.
    """

    kind: str
    days: float | None
    counted: str
    passage: Passage
    firm: bool = False
    denied: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether it commits to its return: those of attendance and sickness are known by their number of days."""
        return not self.denied and (self.kind in {NEW_PUPIL, DELETION} or self.days is not None) and not self.is_wrong

    @property
    def is_wrong(self) -> bool:
        """Whether its number of days is not that of the Regulations; a deletion is told of before it, not days after."""
        return self.days is not None and self.days != RIGHT.get(self.kind)


@dataclass(frozen=True)
class Returns:
    """The returns of which a policy speaks."""

    found: tuple[Return, ...] = ()

    def of(self, kind: str) -> tuple[Return, ...]:
        """Returns those of a kind."""
        return tuple(one for one in self.found if one.kind == kind)

    def published(self) -> Iterator[PublishedFact]:
        """Shows kinds and days."""
        made = [one for one in self.found if one.is_enough or (one.firm and not one.denied)]
        value = [{"kind": one.kind, "days": one.days} for one in made]
        yield PublishedFact("returns", value, tuple(one.passage for one in made))


@reader
def returns(statements: Statements) -> Returns:
    """Reads the returns of which the policy speaks."""
    found: list[Return] = []
    words = topic("returns")
    kinds = [words[concept] for concept in CONCEPTS.values()]
    telling = statements.find(words["tells"]) | (statements.find(words["gives"]) & statements.find(words["authority"]))
    telling |= statements.find(words["return-column"]) | statements.in_sections_under(words["told-heading"])
    for statement in statements.at(telling & (statements.with_any(kinds) | statements.in_sections_under(*kinds))):
        sense = _told(statements, statement)
        if sense in {Sense.AFFIRMED, Sense.DENIED}:
            found.extend(_kinds(statements, statement, denied=sense is Sense.DENIED))
    return Returns(tuple(found))


@check("policy.returns")
def all_four(returns: Returns, gaps: Gaps) -> Outcome:
    """The policy commits to the four returns, with the right numbers of days."""
    enough = {kind: [one for one in returns.of(kind) if one.is_enough] for kind in KINDS}
    wrong = [one for kind in KINDS for one in returns.of(kind) if one.is_wrong and (one.firm or not enough[kind])]
    denied = [one for kind in KINDS for one in returns.of(kind) if one.denied and (one.firm or not enough[kind])]
    missing = [kind for kind in KINDS if not enough[kind] and kind not in {one.kind for one in (*wrong, *denied)}]
    faults = [Fault(_in_words(one), Level.LAW, (one.passage,)) for one in wrong]
    faults += [
        Fault(f"The policy says that {WHAT[one.kind]} is not made.", Level.LAW, (one.passage,)) for one in denied
    ]
    lacks = listed((WHAT[kind] for kind in missing), last=" or to ", between=", to ")
    if missing and not faults:
        waiting = could_stand_in_a_gap(gaps, [topic("returns")["place"]], f"does not commit the school to {lacks}")
        if waiting is not None:
            return waiting
    if missing:
        nearest = tuple(dict.fromkeys(one.passage for one in returns.found if one.is_enough or one.firm))[:2]
        faults.append(Fault(f"The policy does not commit the school to {lacks}.", None, nearest))
    if faults:
        searched = (
            "telling the local authority of new pupils, of deletions, of ten days' absence and of fifteen days' illness"
        )
        return with_gaps(failed(*faults, searched=searched if missing else None), gaps)
    school_days = enough[NEW_PUPIL][0].counted == "school"
    return passed(
        "The policy commits the school to the four returns to the local authority.",
        [min(enough[kind], key=_how_plain).passage for kind in KINDS],
    ).noting("the five days of the new pupil return are days of any kind, not school days" if school_days else None)


def _how_plain(one: Return) -> tuple[bool, bool]:
    """Returns what goes first of statements that make the same return: those with their days, and those by name."""
    return one.days is None, not one.firm


def _in_words(one: Return) -> str:
    if one.kind == DELETION:
        return (
            f"The policy makes the deletion return within {one.days:g} days after the deletion; it must be made no"
            " later than the deletion."
        )
    what = {
        NEW_PUPIL: f"makes the new pupil return within {one.days:g} days; it must be {RIGHT[NEW_PUPIL]}",
        ATTENDANCE: f"makes the attendance return after {one.days:g} school days of absence; it must be"
        f" {RIGHT[ATTENDANCE]}",
        SICKNESS: f"makes the sickness return for {one.days:g} school days of illness; it must be {RIGHT[SICKNESS]}",
    }
    return f"The policy {what[one.kind]}."


def _told(statements: Statements, statement: Statement) -> Sense | None:
    """Returns what the first thought in which the school tells the authority does with that; ``None``: none does."""
    words = topic("returns")
    if statements.says(statement, words["from-authority"]) or _asks_only_for_leave(statements, statement):
        return None
    tells = [*statements.matches(statement, words["tells"])]
    if statement.row and words["return-column"].first(cut(statement.lead).forms) == (0, 1):
        return Sense.AFFIRMED
    if not tells and (statement.is_item or _is_labelled(statement)):
        heading = statements.headings(statement)[-1:]
        if heading and words["told-heading"].first(heading[0].forms) and not _does_else(statements, statement):
            return Sense.AFFIRMED
    named = statements.says(statement, words["authority"])
    if named:
        tells += statements.matches(statement, words["gives"])
    elif not _goes_without_saying(statements, statement):
        return None
    told = [cut(cell).forms for cell in statements.cells_under(statement, words["told-column"])]
    if told and not any(words["authority"].first(cell) for cell in told):
        return None
    comes = any(statements.says(statement, words[name]) for name in ("from-school", "receives"))
    by = "school|governors|authority" if comes else "school|governors"
    by += "|pupils" if statements.says(statement, words["kinds"]) else ""  # "Pupil starts: new pupil return to LA"
    tells = [match for match in tells if actors().may_be(by, statements, statement, match)]
    clauses = statement.words.clauses
    tells = [match for match in tells if not _in_a_condition(statement, match)] or [
        match for match in tells if clauses[match.start] == clauses[-1]
    ]
    others = {match.start for match in statements.matches(statement, words["given"])}
    tells = [match for match in tells if match.end not in others]  # "are sent work"
    led = all(match.end <= statement.own_from for match in tells)
    if led and (
        _does_else(statements, statement) or _gives_otherwise(statements, statement) or _denies(statements, statement)
    ):
        return None
    if not tells or statements.says(statement, words["aims"]):
        return None
    first = min(clauses[match.start] for match in tells)
    senses = [sense_of(statement, match) for match in tells if clauses[match.start] == first]
    return next((sense for sense in senses if sense is not Sense.AFFIRMED), Sense.AFFIRMED)


def _does_else(statements: Statements, statement: Statement) -> bool:
    """Whether an entry begins with a deed that is no return: "Supporting pupils who are ill for fifteen days"."""
    given = statements.matches(statement, topic("returns")["given"])
    return any(match.start == statement.own_from for match in given)


def _gives_otherwise(statements: Statements, statement: Statement) -> bool:
    """Whether a sentence that leans on the one before gives pupils something: "Those who are ill are sent work"."""
    given = statements.matches(statement, topic("returns")["given"])
    return statement.follows_on and not statement.answers and any(match.start >= statement.own_from for match in given)


def _denies(statements: Statements, statement: Statement) -> bool:
    """Whether a sentence that leans on the one before says what is never done: "Names are never taken off for that"."""
    kinds = (topic("returns")[concept] for concept in CONCEPTS.values())
    own = [m for kind in kinds for m in statements.matches(statement, kind) if m.start >= statement.own_from]
    leans = statement.follows_on and not statement.answers
    return leans and bool(own) and all(sense_of(statement, match) is Sense.DENIED for match in own)


def _asks_only_for_leave(statements: Statements, statement: Statement) -> bool:
    """Whether an authority is named only as the one whose leave there must be: "until we have its permission"."""
    leave = statements.matches(statement, topic("returns")["leave-of-authority"])
    named = statements.matches(statement, topic("returns")["authority"]) if leave else ()
    return bool(named) and all(any(one.start <= place.start <= one.end for one in leave) for place in named)


def _is_labelled(statement: Statement) -> bool:
    """Whether it begins with a label: "Leavers – before the name is deleted."."""
    return any(sign in statement.own[:LABEL] for sign in (" – ", ": "))


def _goes_without_saying(statements: Statements, statement: Statement) -> bool:
    """Whether it is the authority that is told though it is not named: a return is, or all the passage is about it."""
    words = topic("returns")
    return statements.says(statement, words["kinds"]) or (
        not statements.says(statement, words["others-told"]) and statements.is_about(statement, words["subject"])
    )


def _in_a_condition(statement: Statement, match: Match) -> bool:
    forms, clauses, at = statement.words.forms, statement.words.clauses, match.start
    if statement.answers and match.end <= statement.own_from:
        return False  # "When do you tell the council?" asks
    while at > 0 and clauses[at - 1] == clauses[match.start]:
        at -= 1
        if forms[at] in english().conditions:
            return True
        if forms[at] == "we" and forms[at - 1] not in _BEFORE_WE | english().conditions:
            return False  # "when a pupil comes off roll we send …"
    return False


def _kinds(statements: Statements, statement: Statement, *, denied: bool) -> Iterator[Return]:
    words, passage = topic("returns"), statements.passage(statement)
    firm = statements.says(statement, words["kinds"])
    said = statement.words.forms[statement.own_from if statement.block.cells else 0 :]  # no caption of a table
    named = firm or not {"return", "returns"}.isdisjoint(said)
    if denied:
        if not statements.says(statement, words["exception"]):
            kinds = [kind for kind in _spoken_of(statements, statement) if kind in {NEW_PUPIL, DELETION} or named]
            yield from (Return(kind, None, "", passage, firm, denied=True) for kind in kinds)
        return
    spoken_of = _spoken_of(statements, statement)
    counts = _by_kind(statement, spoken_of)
    for kind in spoken_of:
        count = counts.get(kind)
        if kind is ATTENDANCE and (
            not _is_attendance(statements, statement, count)
            or (SICKNESS in spoken_of and counts.get(SICKNESS) == count)
        ):
            continue
        late = count is not None and _is_late(statements, statement, kind, count)
        other = kind is SICKNESS and count is not None and count.days != RIGHT[SICKNESS]
        if other and not late and not statements.says(statement, words["expected"]):
            continue
        if other and statement.follows_on and max(spoken_of[kind]) < statement.own_from:
            continue  # the days are of what the sentence goes on to
        yield Return(kind, count.days if count else None, count.counted if count else "", passage, named or late)


def _is_late(statements: Statements, statement: Statement, kind: str, count: DayCount) -> bool:
    """Whether a return is said to be made later than the Regulations ask: "told of illness once 25 days are missed"."""
    words = topic("returns")
    if kind == DELETION:
        return True
    if count.days <= RIGHT[kind]:
        return False
    if kind == SICKNESS:
        return not statements.says(statement, words["given"])
    return kind == NEW_PUPIL or statements.says(statement, words["only-then"])


def _spoken_of(statements: Statements, statement: Statement) -> dict[str, list[int]]:
    """Returns the kinds of return that a statement speaks of, with the indexes of the words that do.

    What leads to it counts only where its own words speak of none, the heading above only where neither does.
    """
    words = topic("returns")
    places = {
        kind: [
            m for m in statements.matches(statement, words[concept]) if not _told_to_others(statements, statement, m)
        ]
        for kind, concept in CONCEPTS.items()
        if kind not in {NEW_PUPIL, DELETION}
        or not any(statements.says(statement, words[name]) for name in ("other-register", "other-group"))
    }
    own = {kind: [m for m in matches if m.end > statement.own_from] for kind, matches in places.items()}
    for found in (own, places):
        spoken_of = {kind: [match.start for match in matches] for kind, matches in found.items() if matches}
        if spoken_of:
            return spoken_of
    heading = statements.headings(statement)[-1:]
    kinds = {kind: [0] for kind, concept in CONCEPTS.items() if heading and words[concept].first(heading[0].forms)}
    return kinds if len(kinds) == 1 or statements.says(statement, words["both"]) else {}


def _told_to_others(statements: Statements, statement: Statement, match: Match) -> bool:
    """Whether somebody else is told, "… and informs the social worker when …", or told of: "staff who are sick"."""
    words = topic("returns")
    if statements.says(statement, words["of-staff"]):
        return True
    others = [other.start for other in statements.matches(statement, words["others-told"]) if other.end <= match.start]
    authorities = statements.matches(statement, words["authority"])
    return bool(others) and not any(others[-1] < authority.start < match.start for authority in authorities)


def _by_kind(statement: Statement, spoken_of: dict[str, list[int]]) -> dict[str, DayCount]:
    """Returns the number of days of each kind: the right one where it stands there, else the nearest to its words."""
    found: dict[str, DayCount] = {}
    counts = [count for count in _days_in(statement.text) if count.end > statement.own_offset]
    kinds = [_nearest(statement, spoken_of, count) for count in counts if spoken_of]
    if len(counts) == 1 and SICKNESS in spoken_of and kinds == [ATTENDANCE] and counts[0].days not in RIGHT.values():
        kinds = [SICKNESS]  # "told of sickness once 25 days are missed": those who are ill miss days too
    for kind, count in zip(kinds, counts, strict=False):
        if _bounds(kind, statement, count, spoken_of) and kind not in found:
            found[kind] = count
    given = {(kind, count.days) for kind, count in zip(kinds, counts, strict=False)}
    if {(SICKNESS, RIGHT[ATTENDANCE]), (ATTENDANCE, RIGHT[SICKNESS])} <= given:
        return found
    for kind in spoken_of:
        right = [count for count in counts if count.days == RIGHT.get(kind)]
        if right:
            found[kind] = right[0]
    return found


def _days_in(text: str) -> list[DayCount]:
    """Returns the numbers of days in a text, with the days on which an absence is told of: "Day 10: attendance return"."""
    on_day = [DayCount(*one.span(), float(one[1]), "", False) for one in _ON_DAY.finditer(text)]
    return sorted([*day_counts(text), *on_day], key=lambda count: count.start)


def _nearest(statement: Statement, spoken_of: dict[str, list[int]], count: DayCount) -> str:
    return min(spoken_of, key=lambda kind: min(_distance(statement, place, count) for place in spoken_of[kind]))


def _distance(statement: Statement, place: int, count: DayCount) -> int:
    """Returns how far some words are from a number of days; each stop, "and" or "or" between them parts them more."""
    words = statement.words
    at = bisect_left(words.starts, count.start)
    first, last = sorted((place, at))
    parted = words.clauses[min(last, len(words) - 1)] - words.clauses[first]
    parted += sum(words.forms[between] in english().conjunctions for between in range(first + 1, last))
    return last - first + PARTED * parted


def _bounds(kind: str, statement: Statement, count: DayCount, spoken_of: dict[str, list[int]]) -> bool:
    """Whether a number of days can be that of a kind: of a new pupil as a limit, of a deletion as one after it."""
    other = {NEW_PUPIL: DELETION, DELETION: NEW_PUPIL}.get(kind)
    if other is None:
        return True
    apart = other not in spoken_of or (
        min(_distance(statement, place, count) for place in spoken_of[other])
        >= min(_distance(statement, place, count) for place in spoken_of[kind]) + PARTED - BESIDE
    )
    following = statement.text[count.end :].split()[:1]
    return count.limit and apart and (kind is NEW_PUPIL or following in (["of"], ["after"], ["following"]))


def _is_attendance(statements: Statements, statement: Statement, count: DayCount | None) -> bool:
    """Whether absence is told of as the Regulations ask, and not in a search for the child or for a penalty."""
    words = topic("returns")
    if statements.says(statement, words["penalty"]):
        return False
    if count is None:
        return statements.says(statement, words["irregular"])
    formal = statements.says(statement, words["formal"])
    if statements.says(statement, words["search"]) and not formal:
        return False
    return formal or count.days == RIGHT[ATTENDANCE]
