"""Settling an unexplained absence: code N becomes the right code within five school days, else O (regulation 10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Level, Outcome, Passage, failed, passed
from checker.reading.sense import Sense, sense_of
from checker.reading.statements import Statement, Statements
from checker.recognise.durations import Duration, Qualifier, Unit, durations
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import topic

DAYS = 5
NEAR = 170


@dataclass(frozen=True, slots=True)
class Limit:
    """A time within which an unexplained absence is settled.

    Attributes:
        days: The number of days; a week is five school days.
        unit: ``school``, ``working`` or empty for plain days.
        passage: Where it is said.
    """

    days: float
    unit: str
    passage: Passage


@dataclass(frozen=True)
class CodeResolution:
    """What the policy says on settling code N.

    Attributes:
        limits: The times that it gives.
        outcome: Where it says that O follows when no reason is found.
        vague: Where it gives a vaguer time.
    """

    limits: tuple[Limit, ...] = ()
    outcome: tuple[Passage, ...] = ()
    vague: tuple[Passage, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows the times."""
        value = [{"days": limit.days, "unit": limit.unit} for limit in self.limits]
        yield PublishedFact("code_n_limits", value, tuple(limit.passage for limit in self.limits))


@reader
def code_resolution(statements: Statements) -> CodeResolution:
    """Reads within what time an unexplained absence is settled."""
    words = topic("code_resolution")
    limits: list[Limit] = []
    vague: list[Passage] = []
    for statement in statements.having(words["unexplained"], words["settles"], words["code-word"]):
        settled = [
            m for m in statements.matches(statement, words["settles"]) if sense_of(statement, m) is not Sense.DENIED
        ]
        if not settled:
            continue
        if not statements.says(statement, words["about-else"]):
            for length in _days(statement):
                limits.append(Limit(_in_days(length), _unit(length), statements.passage(statement)))
        if statements.says(statement, words["vaguer"]) and statements.says(statement, words["outcome-o"]):
            vague.append(statements.passage(statement))
    outcome = [
        statements.passage(statement)
        for statement in statements.having(words["outcome-o"], words["settles"], words["unexplained"])
        if not statement.row
    ]
    return CodeResolution(tuple(limits), tuple(outcome[:2]), tuple(vague))


@check("policy.code-resolution")
def within_five_school_days(resolution: CodeResolution, gaps: Gaps) -> Outcome:
    """An unexplained absence is settled within five school days."""
    if not resolution.limits:
        subject = [topic("code_resolution")["subject"]]
        waiting = could_stand_in_a_gap(gaps, subject, "does not say when an unexplained absence is settled")
        fault = Fault(
            "The policy does not say within how many days an unexplained absence (code N) is settled.",
            None,
            resolution.vague,
        )
        return waiting or with_gaps(
            failed(fault, searched="code N, a reason or the correct code, beside a number of days"), gaps
        )
    wrong = [limit for limit in resolution.limits if limit.days != DAYS]
    if wrong:
        return failed(
            *(
                Fault(
                    f"The policy settles an unexplained absence within {limit.days:g} days; it must be {DAYS} school days.",
                    Level.LAW,
                    (limit.passage,),
                )
                for limit in wrong
            )
        )
    working = any(limit.unit == "working" for limit in resolution.limits)
    return passed(
        f"An unexplained absence is settled within {DAYS} {resolution.limits[0].unit or 'school'} days.",
        [limit.passage for limit in resolution.limits],
    ).noting(
        "the law counts school days, not working days" if working else None,
        None if resolution.outcome else "the policy does not say that code O follows where no reason is found",
        "a vaguer limit stands beside it" if resolution.vague else None,
    )


def _days(statement: Statement) -> list[Duration]:
    found = [length for length in durations(statement.text) if length.unit in {Unit.DAY, Unit.WEEK}]
    text = statement.text
    return [
        length
        for length in found
        if length.amount is not None
        and not text[: length.start].endswith(("every ", "each "))
        and text[length.start :][:2].lower() != "a "
    ]


def _in_days(length: Duration) -> float:
    return length.high * (DAYS if length.unit is Unit.WEEK else 1)


def _unit(length: Duration) -> str:
    for qualifier in (Qualifier.SCHOOL, Qualifier.WORKING):
        if length.counted(qualifier):
            return qualifier.value
    return ""
