"""The words of English that carry a statement's sense, loaded from ``english.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from checker.reading.phrases import Concept, concept
from checker.yaml_files import load_trusted


@dataclass(frozen=True)
class English:
    """Words that decide whether a statement affirms or denies, and whom it means. See ``english.yaml`` for each."""

    negators: frozenset[str]
    refusals: frozenset[str]
    negative_subjects: frozenset[str]
    conjunctions: frozenset[str]
    harmless: Mapping[str, frozenset[str]]
    qualifies: frozenset[str]
    narrows: frozenset[str]
    subjects: frozenset[str]
    ends_want: frozenset[str]
    prepositions: frozenset[str]
    resets: frozenset[str]
    bounds: frozenset[str]
    may: frozenset[str]
    weakeners: frozenset[str]
    others: frozenset[str]
    used_things: frozenset[str]
    past_words: frozenset[str]
    articles: frozenset[str]
    attributes: frozenset[str]
    places: frozenset[str]
    compounds: frozenset[str]
    owners: frozenset[str]
    before_objects: frozenset[str]
    heading_words: frozenset[str]
    asks_how: frozenset[str]
    asking: frozenset[str]
    conditions: frozenset[str]
    be: frozenset[str]
    received: frozenset[str]
    pronouns: frozenset[str]
    object_pronouns: frozenset[str]
    begins_fragment: frozenset[str]
    doing: frozenset[str]
    speakers: frozenset[str]
    asks_on: frozenset[str]
    announces: frozenset[str]
    ends_retraction: frozenset[str]
    carried_out: frozenset[str]
    list_verbs: frozenset[str]
    participles: tuple[str, ...]
    after_participles: frozenset[str]
    occasions: frozenset[str]
    leads_to_date: frozenset[str]
    beginning: frozenset[str]
    later: frozenset[str]
    begin: frozenset[str]
    points_back: frozenset[str]
    points_above: frozenset[str]
    doers: frozenset[str]
    never_taken_back: frozenset[str]
    says_little: frozenset[str]
    ends_it: Concept
    left_undone: Concept
    is_so: Concept
    undoes_it: Concept
    of_all_here: Concept
    intends: Concept
    undecided: Concept
    purpose: Concept
    exceptions: Concept
    this_text: Concept
    past: Concept
    over: Concept
    no_duty: Concept
    sees_to: Concept
    sets_aside: Concept
    tells_of_others: Concept
    at_best: Concept
    asked_of_others: frozenset[str]
    of_this_one: frozenset[str]
    of_this_one_too: frozenset[str]
    retracts: Concept
    at_present: Concept
    only_when_free: Concept
    when_convenient: Concept
    of_some_only: Concept
    who: Concept
    of_steps: Concept
    of_answers: Concept


@cache
def english() -> English:
    """Returns the words."""
    data: dict[str, Any] = load_trusted(resources.files("checker.reading") / "english.yaml")
    classes = data.pop("classes")
    parts: dict[str, Any] = {key: frozenset(str(value).split()) for key, value in data.items()}
    parts["harmless"] = {negator: frozenset(after.split()) for negator, after in data["harmless"].items()}
    parts["participles"] = tuple(str(data["participles"]).split())
    for name in (
        "ends_it",
        "left_undone",
        "is_so",
        "undoes_it",
        "of_all_here",
        "intends",
        "undecided",
        "purpose",
        "past",
        "over",
        "exceptions",
        "this_text",
        "no_duty",
        "sees_to",
        "sets_aside",
        "tells_of_others",
        "at_best",
        "retracts",
        "at_present",
        "only_when_free",
        "when_convenient",
        "of_some_only",
        "who",
        "of_steps",
        "of_answers",
    ):
        parts[name] = concept(f"english.{name}", data[name], classes)
    return English(**parts)
