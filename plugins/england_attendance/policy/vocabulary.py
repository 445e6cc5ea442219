"""The vocabularies of the topics: YAML files beside their readers, each loaded once and only when it is needed."""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from checker.reading.actors import Actors
from checker.reading.phrases import Concept
from checker.reading.vocabulary import Vocabulary, vocabulary
from checker.yaml_files import load_trusted

FOLDER: Traversable = resources.files("england_attendance.policy")


@cache
def common() -> Vocabulary:
    """Returns the words and things that many topics speak of."""
    return vocabulary(load_trusted(FOLDER / "common.yaml"))


@cache
def topic(name: str) -> Vocabulary:
    """Returns the vocabulary of ``NAME.yaml``; it may name what is common too."""
    return vocabulary(load_trusted(FOLDER / f"{name}.yaml"), common())


@cache
def actors() -> Actors:
    """Returns the actors that statements may name."""
    named: dict[str, list[str]] = load_trusted(FOLDER / "common.yaml")["actors"]
    return Actors(
        {
            actor: Concept(f"actor.{actor}", tuple(phrase for name in names for phrase in common()[name].phrases))
            for actor, names in named.items()
        }
    )
