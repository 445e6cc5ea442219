"""The words by which lines are told apart, loaded from ``words.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from checker.yaml_files import load_trusted


@dataclass(frozen=True, slots=True)
class Words:
    """Words in lower case; ``words.yaml`` says what each is for."""

    hanging: frozenset[str]
    hanging_before_any: frozenset[str]
    one_word: frozenset[str]
    keeps_hyphen: frozenset[str]
    no_heading: frozenset[str]
    column_names: frozenset[str]
    asks: frozenset[str]
    kinds_of_document: frozenset[str]
    before_documents: frozenset[str]


@cache
def words() -> Words:
    """Returns the words."""
    lists = load_trusted(resources.files("checker.documents") / "words.yaml")
    return Words(**{name: frozenset(written.split()) for name, written in lists.items()})
