"""What comes nearest to what a policy does not say: ``nearest.yaml``.

Whoever is told that something is missing wants to see where it would stand. The readers of the topics show what comes
near to saying it; where they have found nothing, this shows what is at least on the subject.
"""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import Any

from checker.facts import Check, Topic
from checker.findings import Outcome, Passage, Verdict
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.vocabulary import is_a_name
from checker.reading.wording import hits
from england_attendance.policy.judging import explains_a_code
from england_attendance.policy.vocabulary import actors, topic

OF_CODES = frozenset(["code-resolution", "late-codes"])  # to what these ask a code's own row comes near
DOTS = "...."  # between a heading and its page
SHORTEST = 4  # words of a statement that says something


def _nearest(statements: Statements, name: str) -> Passage | None:
    """Returns the first sentence, or else row, that comes nearest to what a requirement asks for."""
    for wording in topic("nearest").wordings.get(name, ()):
        said = (hit for hit in hits(statements, wording, actors()) if hit.own_matches == len(hit.matches))
        fitting = [hit.statement for hit in said]
        telling = [one for one in fitting if _tells(one) and (name in OF_CODES or not explains_a_code(one))]
        if telling:
            return statements.passage_led(
                min(telling, key=lambda one: (one.row, one.is_question, one.index)), leans=False
            )
    return None


def _tells(statement: Statement) -> bool:
    """Whether a statement says something: no few words, no title or name, no line of contents."""
    is_short = len(statement.words) - statement.own_from < SHORTEST
    return not (is_short or statement.looks_like_a_title or DOTS in statement.own or is_a_name(statement.own))


def with_nearest(topic: Topic) -> Topic:
    """Returns a topic whose checks show what comes nearest to what is missing, where they have nothing to show."""
    return replace(topic, checks=tuple(map(_showing, topic.checks)))


def _showing(one: Check) -> Check:
    @wraps(one.function)
    def judge(whole: Statements, **facts: Any) -> Outcome:
        outcome = one(**facts)
        if outcome.verdict is not Verdict.FAIL or not outcome.searched or outcome.evidence:
            return outcome
        passage = _nearest(whole, one.requirement.removeprefix("policy."))
        return outcome if passage is None else replace(outcome, evidence=(passage,))

    return Check(one.requirement, judge, {**one.needs, "whole": Statements})
