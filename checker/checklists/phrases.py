"""Phrases as an officer writes them: plain words, each in any of its forms."""

from __future__ import annotations

from collections.abc import Iterable

from checker.reading.phrases import Concept, concept

_SIGNS = set("|~*?<@") | {".."}


def concept_of(name: str, phrases: Iterable[str]) -> Concept:
    """Returns the concept of some phrases.

    A plain phrase is found in all regular forms of its words: "breakfast club" finds "breakfast clubs" too. One that
    uses the signs of :mod:`checker.reading.phrases` is taken as it stands.

    Raises:
        ValueError: If a phrase is empty or misuses the signs.
    """
    return concept(name, [_in_all_forms(phrase) for phrase in phrases])


def _in_all_forms(phrase: str) -> str:
    if any(sign in phrase for sign in _SIGNS):
        return phrase
    words = phrase.lower().replace("-", " ").replace("’", "'").split()
    return " ".join(f"{word}~" if word.isalpha() else word for word in words)


def quoted(phrases: Iterable[str]) -> str:
    """Returns phrases as words for a message: what was looked for."""
    return ", ".join(f"“{phrase}”" for phrase in phrases)
