"""What comes nearest to what a policy does not say: ``nearest.yaml``.

Whoever is told that something is missing wants to see where it would stand. The readers of the topics show what comes
near to saying it; where they have found nothing, this shows what is at least on the subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from checker.facts import Check, Topic, reader
from checker.findings import Outcome, Passage, Verdict
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.vocabulary import is_a_name
from checker.reading.wording import Wording, hits
from england_attendance.policy.judging import explains_a_code
from england_attendance.policy.vocabulary import actors, topic

OF_CODES = frozenset(["code-resolution", "late-codes"])  # to what these ask a code's own row comes near
DOTS = "...."  # between a heading and its page
SHORTEST = 4  # words of a statement that says something


@dataclass(frozen=True)
class Nearest:
    """Where a policy speaks of what requirements ask for: by requirement, the passage that comes nearest."""

    found: Mapping[str, Passage]


@reader
def nearest(statements: Statements) -> Nearest:
    """Reads where the policy speaks of the subject of each requirement."""
    found = {name: _nearest(statements, name, wordings) for name, wordings in topic("nearest").wordings.items()}
    return Nearest({f"policy.{name}": passage for name, passage in found.items() if passage is not None})


def _nearest(statements: Statements, name: str, wordings: Iterable[Wording]) -> Passage | None:
    """Returns the first sentence, or else row, in which the nearest of some wordings stands."""
    for wording in wordings:
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
    def judge(nearest: Nearest, **facts: Any) -> Outcome:
        outcome = one(**facts)
        passage = nearest.found.get(one.requirement)
        is_silent = outcome.verdict is Verdict.FAIL and outcome.searched and not outcome.evidence
        return replace(outcome, evidence=(passage,)) if is_silent and passage is not None else outcome

    return Check(one.requirement, judge, {**one.needs, "nearest": Nearest})
