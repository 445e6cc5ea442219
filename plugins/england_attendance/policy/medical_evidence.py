"""Medical evidence of illness: only where there is genuine doubt, or to plan support. It is not asked for as a rule."""

from __future__ import annotations

from dataclasses import dataclass

from checker.facts import check, reader
from checker.findings import Fault, Outcome, Passage, failed, not_applicable, passed
from checker.reading.sense import Sense, sense_of
from checker.reading.statements import Statement, Statements
from checker.recognise.durations import Unit, durations
from checker.recognise.percentages import percentages
from england_attendance.policy.vocabulary import topic


@dataclass(frozen=True)
class MedicalEvidence:
    """When a policy asks for medical evidence of illness.

    Attributes:
        sparing: Where it asks only in doubt, to plan support, or in a few cases.
        by_rule: Where it asks routinely, or by a rule of days, sessions or percentages.
        other: Where it speaks of medical evidence without either.
    """

    sparing: tuple[Passage, ...] = ()
    by_rule: tuple[Passage, ...] = ()
    other: tuple[Passage, ...] = ()


@reader
def medical_evidence(statements: Statements) -> MedicalEvidence:
    """Reads when the policy asks for medical evidence of illness."""
    words = topic("medical_evidence")
    sparing, by_rule, other = [], [], []
    for statement in statements.having(words["evidence"], words["illness"], words["asks"]):
        if not _is_about_illness(statements, statement):
            continue
        passage = statements.passage(statement)
        if _is_rule(statements, statement):
            by_rule.append(passage)
        elif any(
            statements.says(statement, words[name]) for name in ("doubt", "sparing", "plan-support")
        ) or _follows_doubt(statements, statement):
            sparing.append(passage)
        else:
            other.append(passage)
    return MedicalEvidence(tuple(sparing[:3]), tuple(by_rule[:3]), tuple(other[:3]))


@check("policy.medical-evidence")
def only_in_doubt(evidence: MedicalEvidence) -> Outcome:
    """Medical evidence is asked for only in genuine doubt or to plan support."""
    if evidence.by_rule:
        return failed(
            Fault(
                "The policy asks for medical evidence by a rule, not only where there is genuine doubt.",
                None,
                evidence.by_rule,
            )
        )
    if evidence.sparing:
        return passed("Medical evidence is asked for only where there is doubt, or in few cases.", evidence.sparing)
    if evidence.other:
        return failed(
            Fault(
                "The policy asks for medical evidence without saying that it is only where there is genuine doubt.",
                None,
                evidence.other,
            )
        )
    return not_applicable("The policy does not speak of medical evidence of illness.")


def _is_about_illness(statements: Statements, statement: Statement) -> bool:
    """Whether it is evidence of illness that is asked of parents: not of appointments, leave, or fitness for games."""
    words = topic("medical_evidence")
    forms = set(statement.words.forms)
    if statements.says(statement, words["other-evidence"]) and not forms & {
        "illness",
        "ill",
        "sick",
        "sickness",
        "unwell",
        "authenticity",
    }:
        return False
    medical = forms & {
        "medical",
        "doctor",
        "doctors",
        "gp",
        "illness",
        "ill",
        "sick",
        "sickness",
        "unwell",
        "authenticity",
        "prescription",
    }
    return bool(medical)


def _is_rule(statements: Statements, statement: Statement) -> bool:
    words = topic("medical_evidence")
    asked = [
        match
        for match in statements.matches(statement, words["asks"])
        if sense_of(statement, match) is not Sense.DENIED
    ]
    if not asked or all(
        sense_of(statement, match) is Sense.DENIED for match in statements.matches(statement, words["evidence"])
    ):
        return False
    if any(statements.says(statement, words[name]) for name in ("sparing",)) and not _has_number(statement):
        return False
    if _has_number(statement):
        return True
    forms = statement.words.forms
    routinely = {"routine", "routinely", "always", "every", "all"} & set(forms)
    return bool(routinely) and not statements.says(statement, words["doubt"])


def _has_number(statement: Statement) -> bool:
    lengths = [d for d in durations(statement.text) if d.unit in {Unit.DAY, Unit.SESSION, Unit.WEEK}]
    lengths = [d for d in lengths if "working" not in d.written(statement.text)]
    return (
        bool(lengths)
        or bool(percentages(statement.text))
        or any(word in statement.words.forms for word in ("third", "fourth", "fifth"))
    )


def _follows_doubt(statements: Statements, statement: Statement) -> bool:
    before = statements.all[statement.index - 1] if statement.index else None
    return (
        before is not None
        and before.block is statement.block
        and statements.says(before, topic("medical_evidence")["doubt"])
    )
