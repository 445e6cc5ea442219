"""Leave of absence: only in the circumstances of regulation 11 or exceptional ones, each request on its own facts."""

from __future__ import annotations

from dataclasses import dataclass

from checker.context import Context
from checker.facts import check, reader
from checker.findings import Fault, Level, Outcome, Passage, failed, passed
from checker.reading.sense import Sense, sense_of
from checker.reading.statements import Statement, Statements
from checker.recognise.durations import Unit, durations
from checker.schools import SchoolType
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import topic


@dataclass(frozen=True)
class LeaveOfAbsence:
    """What a policy says on granting leave.

    Attributes:
        exceptional: Where it limits leave to exceptional circumstances or those of regulation 11.
        own_facts: Where it has each request considered on its own facts.
        allowances: Where it allows a number of days, or leave as a matter of course.
        refusals: Where it refuses leave whatever the circumstances.
    """

    exceptional: tuple[Passage, ...] = ()
    own_facts: tuple[Passage, ...] = ()
    allowances: tuple[Passage, ...] = ()
    refusals: tuple[Passage, ...] = ()


@reader
def leave_of_absence(statements: Statements) -> LeaveOfAbsence:
    """Reads what the policy says on granting leave."""
    words = topic("leave_exceptional")
    about = [s for s in statements if statements.says(s, words["leave"]) or statements.under(s, words["subject"])]
    exceptional = [s for s in about if statements.says(s, words["exceptional"]) and statements.says(s, words["grants"])]
    own_facts = [s for s in about if statements.says(s, words["own-facts"]) and not _denied(statements, s)]
    return LeaveOfAbsence(
        _passages(statements, exceptional),
        _passages(statements, own_facts),
        _passages(statements, [s for s in about if _is_allowance(statements, s)]),
        _passages(statements, [s for s in about if _is_refusal(statements, s)]),
    )


@check("policy.leave-exceptional")
def exceptional_and_on_its_facts(leave: LeaveOfAbsence, gaps: Gaps, context: Context) -> Outcome:
    """Leave is granted only in exceptional circumstances, each request on its own facts."""
    level = _level(context)
    faults = []
    if leave.allowances:
        faults.append(
            Fault(
                "The policy allows leave as of right or as a matter of course; there is no such allowance.",
                level,
                leave.allowances,
            )
        )
    if leave.refusals:
        faults.append(
            Fault(
                "The policy refuses leave whatever the circumstances; each request is to be considered.",
                level,
                leave.refusals,
            )
        )
    missing = []
    if not leave.exceptional:
        missing.append("that leave is granted only in exceptional circumstances (or those of regulation 11)")
    if not leave.own_facts and not leave.refusals:
        missing.append("that each request is considered on its own facts")
    if missing and not faults:
        waiting = could_stand_in_a_gap(
            gaps, [topic("leave_exceptional")["subject"]], f"does not say {' nor '.join(missing)}"
        )
        if waiting is not None:
            return waiting
    if missing:
        faults.append(Fault(f"The policy does not say {' nor '.join(missing)}.", None, leave.exceptional[:1]))
    if faults:
        searched = "leave, holidays or term time beside “exceptional”, and each request considered" if missing else None
        return with_gaps(failed(*faults, searched=searched), gaps)
    return passed(
        "Leave is granted only in exceptional circumstances, each request on its own facts.",
        [*leave.exceptional[:1], *leave.own_facts[:1]],
    )


def _level(context: Context) -> Level:
    """Regulation 11 binds maintained schools and special schools; others are expected to follow it."""
    bound = {SchoolType.MAINTAINED, SchoolType.SPECIAL} & set(context.types)
    others = {SchoolType.ACADEMY, SchoolType.INDEPENDENT} & set(context.types)
    return Level.LAW if (bound and not others) or context.type_unknown else Level.GUIDANCE


def _denied(statements: Statements, statement: Statement) -> bool:
    words = topic("leave_exceptional")
    senses = [sense_of(statement, match) for match in statements.matches(statement, words["own-facts"])]
    return bool(senses) and all(sense is Sense.DENIED for sense in senses)


def _is_allowance(statements: Statements, statement: Statement) -> bool:
    words = topic("leave_exceptional")
    if statements.says(statement, words["no-entitlement"]) or statements.says(statement, words["exceptional"]):
        return False
    if statements.says(statement, words["as-of-course"]) and statements.says(statement, words["holiday"]):
        return _affirmed(statements, statement, "as-of-course")
    days = [d for d in durations(statement.text) if d.unit in {Unit.DAY, Unit.WEEK, Unit.SESSION}]
    return (
        bool(days)
        and statements.says(statement, words["leave"])
        and _affirmed(statements, statement, "entitled")
        and statements.says(statement, words["entitled"])
        and statements.says(statement, words["grants"])
        and _speaks_of_leave(statements, statement)
    )


def _speaks_of_leave(statements: Statements, statement: Statement) -> bool:
    forms = set(statement.words.forms)
    return bool(forms & {"holiday", "holidays", "leave"}) and not forms & {
        "notice",
        "advance",
        "before",
        "prior",
        "penalty",
        "suspension",
        "illness",
    }


def _affirmed(statements: Statements, statement: Statement, name: str) -> bool:
    matches = statements.matches(statement, topic("leave_exceptional")[name])
    return any(sense_of(statement, match) in {Sense.AFFIRMED, Sense.PERMITTED} for match in matches)


def _is_refusal(statements: Statements, statement: Statement) -> bool:
    words = topic("leave_exceptional")
    if statements.says(statement, words["blanket"]) and statements.says(statement, words["leave"]):
        return not statements.says(statement, words["exceptional"])
    refused = any(
        sense_of(statement, match) is Sense.DENIED for match in statements.matches(statement, words["grants"])
    ) or bool({"refused", "declined", "rejected"} & set(statement.words.forms))
    return (
        refused
        and statements.says(statement, words["below-target"])
        and bool({"leave", "holiday", "holidays"} & set(statement.words.forms))
    )


def _passages(statements: Statements, found: list[Statement]) -> tuple[Passage, ...]:
    return tuple(statements.passage(statement) for statement in found[:3])
