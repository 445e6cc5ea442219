"""The short names by which a document calls things: abbreviations that it explains, councils by their places and people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from checker.reading.english import english
from checker.reading.index import WordIndex
from checker.reading.phrases import Concept
from checker.reading.words import cut

if TYPE_CHECKING:
    from checker.reading.statement import Statement

_EXPLAINED = re.compile(
    r"(?P<full>(?:[A-Z][\w'-]*|of|the|and|for|&)(?: (?:[A-Z][\w'-]*|of|the|and|for|&)){1,7}) \((?P<short>[A-Z]{2,6})s?\)"
)
_SHORT = re.compile(r" \([A-Z]{2,6}s?\)")
_COUNCIL = re.compile(r"\b(?P<place>[A-Z][a-z]+)(?: (?:Metropolitan|County|Borough|City|District)){1,2} Council\b")
_NAME = r"(?P<title>Mr|Mrs|Miss|Ms|Mx|Dr)\.? (?:[A-Z][\w'-]*\.? )?(?P<name>[A-Z][\w'-]+)"
_POST = r"(?:[A-Z][\w-]+ ){1,4}?"
_BODY = r"(?:[Cc]ouncil|[Ll]ocal [Aa]uthority)"
_OFFICERS = (  # "Mrs Pike, the Attendance Officer that Elmshire Council sends us"; "the council's Attendance Officer, Mrs Pike"
    re.compile(rf"{_NAME}(?:,| is| \(|,? who is) ?(?:the|our|an?) {_POST}(?:[a-z]+ ){{1,3}}(?:[A-Z][\w-]+ )*{_BODY}\b"),
    re.compile(rf"{_BODY}'s (?:[A-Z][\w-]+ ){{0,3}}[A-Z][\w-]+(?:,| is|:| \() ?{_NAME}"),
)


class ShortNames:
    """Where the short names of a document stand by themselves.

    Args:
        names: The short names with their full words.
        statements: The document's statements.
        index: The words of these.
    """

    def __init__(self, names: Mapping[str, tuple[str, ...]], statements: Sequence[Statement], index: WordIndex) -> None:
        self._names = names
        self._statements = statements
        self._index = index
        self._known: dict[str, list[Mapping[int, Sequence[tuple[int, int]]]]] = {}

    def of(self, concept: Concept) -> Sequence[Mapping[int, Sequence[tuple[int, int]]]]:
        """Returns for each short name of a concept where it stands: by index of the statement, as word indexes."""
        known = self._known.get(concept.name)
        if known is None:
            names = [name for name, full in self._names.items() if concept.ends(full)]
            known = self._known[concept.name] = [self._places_of(name) for name in names]
        return known

    def _places_of(self, name: str) -> dict[int, list[tuple[int, int]]]:
        found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        title, _, last = name.rpartition(" ")
        for index, position in self._index.of_word(last):
            before = self._statements[index].words.forms[max(0, position - 2) : position]
            stands = title in before if title else english().places.isdisjoint(before[-1:])
            if stands and not self._in_an_address(index, position):
                start = position - len(before) + before.index(title) if title else position
                found[index].append((start, position + 1))
        return found

    def _in_an_address(self, index: int, position: int) -> bool:
        """Whether a word is only a part of an address: "office@school.elmshire.sch.example"."""
        text, words = self._statements[index].text, self._statements[index].words
        return text[max(0, words.starts[position] - 1) : words.starts[position]] in {".", "@", "-", "/"}


def short_names(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Returns the short names of some texts in small letters, with their full words.

    They are the places by which councils go, "Elmshire" for "Elmshire County Council", and the abbreviations that are
    explained: "Local Academy Committee (LAC)". An officer whom a council sends is the council: "Mrs Pike".
    """
    councils: dict[str, tuple[str, ...]] = {}
    explained: dict[str, tuple[str, ...]] = {}
    for text in texts:
        for match in _COUNCIL.finditer(text) if "Council" in text else ():
            place = match["place"].lower()
            if not any(place in words for words in _no_names()):
                councils.setdefault(place, cut(match.group()).forms)
        for match in _EXPLAINED.finditer(text) if _SHORT.search(text) else ():
            full = _full_name(match["full"].split(), match["short"])
            if full:
                explained.setdefault(match["short"].lower(), cut(full).forms)
        if "ouncil" in text or "uthority" in text:
            found = (match for pattern in _OFFICERS for match in pattern.finditer(text))
            councils |= {f"{match['title']} {match['name']}".lower(): ("council",) for match in found}
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
