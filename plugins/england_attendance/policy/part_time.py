"""Part-time timetables: exceptional, temporary, agreed with the parent, reviewed, with an end, and never for behaviour."""

from __future__ import annotations

from dataclasses import dataclass

from checker.facts import check, reader
from checker.findings import Fault, Outcome, Passage, failed, not_applicable, passed
from checker.reading.sense import Sense, sense_of
from checker.reading.statements import Statement, Statements
from england_attendance.policy.vocabulary import topic

FEWEST_WORDS = 9
PARTS = {
    "exceptional": "that they are exceptional",
    "ends": "that they have an end date",
    "parents-agree": "that the parent agrees",
    "reviewed": "that they are reviewed",
    "c2": "that they are recorded as C2",
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
        left_out: The conditions that it does not mention.
    """

    said: tuple[Passage, ...] = ()
    listed: tuple[Passage, ...] = ()
    for_behaviour: tuple[Passage, ...] = ()
    without_end: tuple[Passage, ...] = ()
    without_agreement: tuple[Passage, ...] = ()
    left_out: tuple[str, ...] = ()


@reader
def part_time_timetables(statements: Statements) -> PartTimeTimetables:
    """Reads what the policy says of part-time timetables."""
    words = topic("part_time")
    about = [s for s in statements if statements.says(s, words["part-time"]) or statements.under(s, words["part-time"])]
    said = [s for s in about if _says_how(statements, s)]
    kept = {id(s) for s in said}
    return PartTimeTimetables(
        tuple(statements.passage(s) for s in said[:3]),
        tuple(statements.passage(s) for s in about if id(s) not in kept)[:2],
        tuple(statements.passage(s) for s in said if _for_behaviour(statements, s)),
        tuple(statements.passage(s) for s in said if _affirms(statements, s, "no-end")),
        tuple(statements.passage(s) for s in said if _affirms(statements, s, "no-agreement")),
        tuple(what for name, what in PARTS.items() if not any(statements.says(s, words[name]) for s in said)),
    )


@check("policy.part-time-timetables")
def nothing_against_the_conditions(timetables: PartTimeTimetables) -> Outcome:
    """Where the policy says how part-time timetables are used, nothing is against the conditions."""
    if not timetables.said:
        return not_applicable("The policy does not say how part-time timetables are used.", timetables.listed)
    faults = [
        Fault(message, None, passages)
        for message, passages in (
            ("The policy uses part-time timetables to manage behaviour.", timetables.for_behaviour),
            ("The policy lets part-time timetables run without an end.", timetables.without_end),
            ("The policy does not need the parent's agreement to a part-time timetable.", timetables.without_agreement),
        )
        if passages
    ]
    if faults:
        return failed(*faults)
    left_out = f"the policy does not say {', '.join(timetables.left_out)}" if timetables.left_out else None
    return passed(
        "Nothing that the policy says of part-time timetables is against the conditions.", timetables.said
    ).noting(left_out)


def _says_how(statements: Statements, statement: Statement) -> bool:
    """Whether a statement says how they are used: it is no entry of a list of codes or of kinds of leave."""
    words = topic("part_time")
    if statement.row and len(statement.block.cells) and len(statement.block.cells[0].text) <= 3:
        return False
    if statements.says(statement, words["kinds-of-leave"]):
        return False
    own = statement.words.forms[statement.own_from :]
    if len(own) < FEWEST_WORDS and not any(
        form in own for form in ("agreed", "reviewed", "behaviour", "will", "must", "only", "never")
    ):
        return False
    if statement.block.cells or (
        statement.lead
        and len(own) < 2 * FEWEST_WORDS
        and not statements.under(statement, words["part-time"])
        and "leave" in statement.words.forms
    ):
        return False
    return statements.says(statement, words["speaks"])


def _for_behaviour(statements: Statements, statement: Statement) -> bool:
    words = topic("part_time")
    if not (statements.says(statement, words["behaviour"]) and statements.says(statement, words["manage"])):
        return False
    uses = [*statements.matches(statement, words["manage"]), *statements.matches(statement, words["behaviour"])]
    return all(sense_of(statement, match) in {Sense.AFFIRMED, Sense.PERMITTED, Sense.WEAKENED} for match in uses)


def _affirms(statements: Statements, statement: Statement, name: str) -> bool:
    matches = statements.matches(statement, topic("part_time")[name])
    if name == "no-agreement":
        negated = {"not", "never", "no"} & set(statement.words.forms)
        return (
            bool(matches)
            and not (negated and "without" in statement.words.forms)
            and not statements.says(statement, topic("part_time")["parents-agree"])
        )
    return any(sense_of(statement, match) in {Sense.AFFIRMED, Sense.PERMITTED} for match in matches)
