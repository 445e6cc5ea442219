"""Kent's words, loaded once and only when they are needed."""

from __future__ import annotations

from functools import cache
from importlib import resources

from checker.reading.actors import Actors
from checker.reading.phrases import Concept
from checker.reading.vocabulary import Vocabulary, vocabulary
from checker.yaml_files import load_trusted


@cache
def words() -> Vocabulary:
    """Returns the concepts and wordings of ``policy.yaml``."""
    return vocabulary(load_trusted(resources.files("kent_attendance") / "policy.yaml"))


@cache
def actors() -> Actors:
    """Returns who may be meant to act."""
    named: dict[str, list[str]] = load_trusted(resources.files("kent_attendance") / "policy.yaml")["actors"]
    return Actors(
        {
            actor: Concept(f"kent.actor.{actor}", tuple(phrase for name in names for phrase in words()[name].phrases))
            for actor, names in named.items()
        }
    )
