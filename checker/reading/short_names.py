"""The short names by which a document calls things: abbreviations that it explains, and councils by their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from checker.reading.english import english
from checker.reading.words import cut

_EXPLAINED = re.compile(
    r"(?P<full>(?:[A-Z][\w'-]*|of|the|and|for|&)(?: (?:[A-Z][\w'-]*|of|the|and|for|&)){1,7}) \((?P<short>[A-Z]{2,6})s?\)"
)
_COUNCIL = re.compile(r"\b(?P<place>[A-Z][a-z]+)(?: (?:Metropolitan|County|Borough|City|District)){1,2} Council\b")


def short_names(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Returns the short names of some texts in small letters, with their full words.

    They are the places by which councils go, "Elmshire" for "Elmshire County Council", and the abbreviations that are
    explained: "Local Academy Committee (LAC)".
    """
    councils: dict[str, tuple[str, ...]] = {}
    explained: dict[str, tuple[str, ...]] = {}
    for text in texts:
        for match in _COUNCIL.finditer(text) if "Council" in text else ():
            place = match["place"].lower()
            if not any(place in words for words in _no_names()):
                councils.setdefault(place, cut(match.group()).forms)
        for match in _EXPLAINED.finditer(text) if "(" in text else ():
            full = _full_name(match["full"].split(), match["short"])
            if full:
                explained.setdefault(match["short"].lower(), cut(full).forms)
    return {**explained, **councils}


def _full_name(words: list[str], letters: str) -> str:
    """Returns the last of some words, of which the letters are the capitals; empty where they are not."""
    for start in range(len(words)):
        if "".join(word[0] for word in words[start:] if word[0].isupper()) == letters:
            return " ".join(words[start:])
    return ""


def _no_names() -> tuple[Set[str], ...]:
    """Returns the words that begin a sentence and name no place: "Where County Council officers call …"."""
    words = english()
    return words.articles, words.owners, words.conditions, words.before_objects, words.pronouns, words.conjunctions
