"""Deletion from the admission register: only on a ground of regulation 9, and never for poor attendance."""

from __future__ import annotations

from dataclasses import dataclass

from checker.facts import check, reader
from checker.findings import Fault, Level, Outcome, Passage, failed, passed
from checker.reading.sense import Sense, sense_of
from checker.reading.statements import Statement, Statements
from checker.recognise.durations import Unit, durations
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import topic

FEWEST = 3  # grounds that make a list of them


@dataclass(frozen=True)
class DeletionGrounds:
    """What a policy says of deleting names.

    Attributes:
        by_regulation: Where it refers to the grounds of the Regulations.
        listed: The grounds that it lists, where they are at least three.
        other_grounds: Where it deletes on a ground that the Regulations do not know.
        back_dated: Where it deletes from an earlier day.
        not_for_attendance: Where it says that a name is not deleted for poor attendance.
        spoken_of: The statements that speak of deletion at all.
    """

    by_regulation: tuple[Passage, ...] = ()
    listed: tuple[Passage, ...] = ()
    other_grounds: tuple[Passage, ...] = ()
    back_dated: tuple[Passage, ...] = ()
    not_for_attendance: tuple[Passage, ...] = ()
    spoken_of: tuple[Passage, ...] = ()


@reader
def deletion_grounds(statements: Statements) -> DeletionGrounds:
    """Reads what the policy says of deleting names."""
    words = topic("deletion_grounds")
    about = [
        statement
        for statement in statements
        if statements.says(statement, words["from-roll"]) or statements.under(statement, words["subject"])
    ]
    grounds = {
        name: [s for s in about if statements.says(s, words[name])]
        for name in words.concepts
        if name.startswith("ground-")
    }
    listed = [found[0] for found in grounds.values() if found]
    by_regulation = [s for s in about if statements.says(s, words["regulation"]) and _deletes(statements, s)]
    return DeletionGrounds(
        tuple(statements.passage(s) for s in by_regulation[:3]),
        tuple(statements.passage(s) for s in listed[:3]) if len(listed) >= FEWEST else (),
        tuple(statements.passage(s) for s in about if _on_another_ground(statements, s)),
        tuple(statements.passage(s) for s in about if _back_dates(statements, s)),
        tuple(statements.passage(s) for s in about if _not_for_attendance(statements, s)),
        tuple(statements.passage(s) for s in about if statements.says(s, words["from-roll"]))[:2],
    )


@check("policy.deletion-grounds")
def only_on_the_grounds(deletion: DeletionGrounds, gaps: Gaps) -> Outcome:
    """Names are deleted only on the grounds of regulation 9."""
    faults = []
    if deletion.other_grounds:
        message = "The policy deletes names on a ground that regulation 9 does not know."
        faults.append(Fault(message, Level.LAW, deletion.other_grounds))
    if deletion.back_dated:
        faults.append(Fault("The policy dates deletions back.", Level.LAW, deletion.back_dated))
    if faults:
        return failed(*faults)
    if deletion.by_regulation or deletion.listed:
        noted = (
            None
            if deletion.not_for_attendance
            else "the policy does not say that a name is never deleted for poor attendance"
        )
        return passed(
            "Names are deleted only on the grounds of regulation 9.", deletion.by_regulation or deletion.listed
        ).noting(noted)
    waiting = could_stand_in_a_gap(
        gaps, [topic("deletion_grounds")["subject"]], "does not say on what grounds names are deleted"
    )
    fault = Fault(
        "The policy does not say that names are deleted from the admission register only on the grounds of regulation 9.",
        None,
        deletion.spoken_of,
    )
    searched = "deleting or removing names from the register or roll, beside grounds, regulation 9 or the Regulations"
    return waiting or with_gaps(failed(fault, searched=searched), gaps)


def _deletes(statements: Statements, statement: Statement) -> bool:
    words = topic("deletion_grounds")
    return statements.says(statement, words["deletes"]) or statements.under(statement, words["subject"])


def _on_another_ground(statements: Statements, statement: Statement) -> bool:
    """Whether a name goes for poor attendance, after some days, or with somebody's leave: no ground of the Regulations."""
    words = topic("deletion_grounds")
    deleted = statements.matches(statement, words["deletes"])
    if not deleted or not statements.says(statement, words["from-roll"]):
        return False
    senses = {sense_of(statement, match) for match in deleted}
    if Sense.DENIED in senses or (Sense.AFFIRMED not in senses and Sense.PERMITTED not in senses):
        return False
    if statements.says(statement, words["joint"]) and not statements.says(statement, words["not-a-ground"]):
        return False
    if any(
        form in statement.words.forms
        for form in ("inform", "notify", "informed", "notified", "informing", "notifying", "return", "returns")
    ):
        return False
    if statements.says(statement, words["not-a-ground"]):
        denied = any(
            sense_of(statement, match) is Sense.DENIED for match in statements.matches(statement, words["not-a-ground"])
        )
        return (
            not denied
            and not statements.says(statement, words["regulation"])
            and "neither" not in statement.words.forms
        )
    days = [d for d in durations(statement.text) if d.unit in {Unit.DAY, Unit.WEEK, Unit.SESSION}]
    return bool(days) and bool(
        {"absence", "absent", "unauthorised", "attend", "attended", "leave", "holiday"} & set(statement.words.forms)
    )


def _back_dates(statements: Statements, statement: Statement) -> bool:
    matches = statements.matches(statement, topic("deletion_grounds")["back-dated"])
    return any(sense_of(statement, match) in {Sense.AFFIRMED, Sense.PERMITTED} for match in matches)


def _not_for_attendance(statements: Statements, statement: Statement) -> bool:
    words = topic("deletion_grounds")
    return statements.says(statement, words["not-a-ground"]) and any(
        sense_of(statement, match) is Sense.DENIED for match in statements.matches(statement, words["deletes"])
    )
