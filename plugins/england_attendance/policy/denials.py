"""What contradicts a requirement that the policy meets elsewhere: ``denials.yaml``.

A pass is a promise that nothing in the document says otherwise. The checks look for what meets them; what flatly denies
it has a vocabulary of its own, and is looked for in the same way for every requirement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, wraps
from typing import Any

from checker.context import Context
from checker.facts import Check, Topic
from checker.findings import Fault, Outcome, Passage, Verdict, failed, unique
from checker.levels import Level
from checker.reading.sense import is_narrowed, is_plain
from checker.reading.senses import Sense
from checker.reading.statements import Statements
from checker.reading.wording import hits
from checker.reading.words import cut
from checker.yaml_files import load_trusted
from england_attendance.policy.vocabulary import FOLDER, actors, topic

MOST = 2


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What it means to deny a thing.

    Attributes:
        requirement: The requirement that it contradicts.
        what: What the policy says elsewhere, to stand after "says".
        level: The level of denying it; ``None`` for the requirement's own.
        state_only: Whether it concerns state-funded schools alone.
    """

    requirement: str
    what: str
    level: Level | None
    state_only: bool = False


@cache
def contradictions() -> Mapping[str, Contradiction]:
    """Returns the contradictions by name: that of a requirement, with a part of it where there are several."""
    entries: dict[str, dict[str, Any]] = load_trusted(FOLDER / "denials.yaml")["contradicts"]
    return {name: _contradiction(name, entry) for name, entry in entries.items()}


def _contradiction(name: str, entry: Mapping[str, Any]) -> Contradiction:
    level = Level(entry["level"]) if "level" in entry else None
    return Contradiction(f"policy.{name.partition('.')[0]}", entry["what"], level, entry.get("state_only", False))


def _denials(statements: Statements, name: str) -> tuple[Passage, ...]:
    """Returns where a policy flatly denies what it should say, by the name of the contradiction."""
    passages = []
    for wording in topic("denials").wordings[name]:
        for hit in hits(statements, wording, actors()):
            said = [place for part in wording.all for place in statements.matches(hit.statement, part)]
            own = hit.statement.answers or any(place.end > hit.statement.own_from for place in said)
            plain = own and is_plain(hit.statement, said) and not is_narrowed(hit.statement, said)
            if hit.sense is Sense.AFFIRMED and plain:
                passages.append(statements.passage_about(hit.statement, hit.matches))
    return unique(passages)[:MOST]


def contradicted(outcome: Outcome, requirement: str, statements: Statements, *, independent: bool) -> Outcome:
    """Returns an outcome, or a failure where it passes and the policy says the opposite in another place."""
    if outcome.verdict is not Verdict.PASS:
        return outcome
    faults = [
        Fault(
            f"The policy says {contradiction.what} in one place, and the opposite in another.",
            contradiction.level,
            (*_nearest(outcome.evidence, denied), *denied),
        )
        for name, contradiction in contradictions().items()
        if contradiction.requirement == requirement
        and not (independent and contradiction.state_only)
        and (denied := _denials(statements, name))
    ]
    return failed(*faults) if faults else outcome


def _nearest(said: Iterable[Passage], denied: Iterable[Passage]) -> tuple[Passage, ...]:
    """Returns the passage that is most like those that deny it, and is none of them."""
    words = {form for passage in denied for form in cut(passage.quote).forms}
    others = [passage for passage in said if passage not in denied]
    return tuple(sorted(others, key=lambda passage: -len(words.intersection(cut(passage.quote).forms)))[:1])


def with_denials(topic: Topic) -> Topic:
    """Returns a topic whose checks pass only where nothing in the policy contradicts them."""
    denied = {contradiction.requirement for contradiction in contradictions().values()}
    return replace(topic, checks=tuple(_guarded(one) if one.requirement in denied else one for one in topic.checks))


def _guarded(one: Check) -> Check:
    @wraps(one.function)
    def judge(policy: Statements, school: Context, **facts: Any) -> Outcome:
        return contradicted(one(**facts), one.requirement, policy, independent=school.independent)

    return Check(one.requirement, judge, {**one.needs, "policy": Statements, "school": Context})
