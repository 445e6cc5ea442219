"""Topics that are settled by whether the policy says something: all of them data, in ``stated/``.

Each file names its requirement, the parts that it asks for, and the wordings that count as saying each part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from checker.context import Context
from checker.facts import Check, Topic, reader
from checker.findings import Fault, Outcome, Verdict, failed, review
from checker.levels import Level
from checker.listing import listed
from checker.reading.phrases import Concept
from checker.reading.said import Said
from checker.reading.statements import Statements
from checker.reading.vocabulary import Vocabulary, vocabulary
from checker.yaml_files import load_trusted
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import Part, judge
from england_attendance.policy.vocabulary import FOLDER, actors, common


@dataclass(frozen=True)
class StatedTopic:
    """A topic as its file describes it.

    Attributes:
        requirement: The requirement that it settles.
        parts: What is asked for, by name, in words that stand after "does not say".
        noted: What is mentioned where it is missing, but does not decide.
        noted_when: What is mentioned where it is said.
        pointer: The name of a wording that only points to another place; a policy with no more is for a person.
        contradicts: Wordings that contradict the requirement, with what to say of them.
        state_only: Parts that concern state-funded schools alone.
        asks_for: Whether the policy is to say, name or record these things.
        place: The names of the concepts that name the subject.
        searched: For what the tool looks.
        denied_level: The level of saying the opposite.
        words: Its vocabulary.
    """

    requirement: str
    parts: Mapping[str, str]
    noted: Mapping[str, str]
    noted_when: Mapping[str, str]
    pointer: str
    contradicts: Mapping[str, str]
    state_only: tuple[str, ...]
    asks_for: str
    place: tuple[str, ...]
    searched: str
    denied_level: Level | None
    words: Vocabulary

    @property
    def subject(self) -> tuple[Concept, ...]:
        """The concepts that name the subject."""
        return tuple(self.words[name] for name in self.place)


@dataclass(frozen=True)
class StatedThings:
    """What a policy says on the things of every stated topic: by requirement, then by part."""

    said: Mapping[str, Mapping[str, Said]]


@cache
def stated_topics() -> Mapping[str, StatedTopic]:
    """Returns the stated topics by requirement."""
    files = sorted((FOLDER / "stated").iterdir(), key=lambda file: file.name)
    topics = (_topic(load_trusted(file)) for file in files if file.name.endswith(".yaml"))
    return {topic.requirement: topic for topic in topics}


def _topic(data: Mapping[str, Any]) -> StatedTopic:
    return StatedTopic(
        data["requirement"],
        data["parts"],
        data.get("noted", {}),
        data.get("noted_when", {}),
        data.get("pointer", ""),
        data.get("contradicts", {}),
        tuple(data.get("state_only", ())),
        data.get("asks_for", "says"),
        tuple(data["place"]),
        data["searched"],
        Level(data["denied_level"]) if "denied_level" in data else None,
        vocabulary(data, common()),
    )


@reader
def stated_things(statements: Statements) -> StatedThings:
    """Reads what the policy says on every stated topic."""
    return StatedThings(
        {
            name: {part: topic.words.said(statements, actors(), part, topic.subject) for part in topic.words.wordings}
            for name, topic in stated_topics().items()
        }
    )


def judge_stated(requirement: str, things: StatedThings, gaps: Gaps, context: Context) -> Outcome:
    """Judges one stated topic."""
    topic, said = stated_topics()[requirement], things.said[requirement]
    asked = {part: what for part, what in topic.parts.items() if not (context.independent and part in topic.state_only)}
    parts = [Part(what, said[part], topic.denied_level) for part, what in asked.items()]
    against = [(message, said[name].best) for name, message in topic.contradicts.items() if said[name]]
    if against:
        return failed(*(Fault(message, topic.denied_level, passages) for message, passages in against))
    outcome = judge(
        parts, gaps, topic.subject,
        asks_for=topic.asks_for, searched=topic.searched, met=_met(topic.asks_for, list(asked.values())),
    )  # fmt: skip
    if outcome.verdict is Verdict.FAIL and topic.pointer and said[topic.pointer]:
        message = (
            f"The policy only points to another place for {' and '.join(asked.values())}: a person must look there."
        )
        return review(message, said[topic.pointer].best, searched=topic.searched)
    missing = [f"the policy does not say {what}" for name, what in topic.noted.items() if not said[name]]
    present = [what for name, what in topic.noted_when.items() if said[name]]
    return outcome.noting(*(missing if outcome.verdict is Verdict.PASS else ()), *present)


def _met(asks_for: str, parts: list[str]) -> str:
    what = listed(parts, last=", and ")
    return f"The policy says that {what} are recorded." if asks_for == "records" else f"The policy {asks_for} {what}."


def _judge_of(requirement: str) -> Callable[[StatedThings, Gaps, Context], Outcome]:
    def judge_topic(things: StatedThings, gaps: Gaps, context: Context) -> Outcome:
        return judge_stated(requirement, things, gaps, context)

    return judge_topic


def stated_topic_checks() -> Topic:
    """Returns the reader of all stated topics, and a check for each."""
    needs = {"things": StatedThings, "gaps": Gaps, "context": Context}
    checks = tuple(Check(name, _judge_of(name), needs) for name in stated_topics())
    return Topic((stated_things,), checks)
