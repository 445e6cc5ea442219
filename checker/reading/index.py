"""An index of the words of many texts, so that a phrase is looked for only where all its words stand."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from checker.reading.phrases import Concept, Element, Phrase
from checker.reading.words import Words


class _Standing(NamedTuple):
    """Where words stand: in which texts, and for each of them at which places."""

    texts: frozenset[int]
    positions: Mapping[int, Sequence[int]]


class WordIndex:
    """Where words stand in some texts.

    Args:
        texts: The texts; each is known by its place among them.
    """

    def __init__(self, texts: Sequence[Words]) -> None:
        self.texts = texts
        self._standing: dict[str, _Standing] = {}

    def places(self, concept: Concept) -> dict[int, set[tuple[int, int]]]:
        """Returns where a concept stands: by text, its places as word indexes."""
        found: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
        for phrase in concept.phrases:
            firsts = self._where(phrase.elements[0])
            for text in self._texts_with(phrase):
                forms = self.texts[text].forms
                for position in firsts.positions[text]:
                    end = phrase.end_after(forms, position)
                    if end is not None:
                        found[text].add((position, end))
        return found

    def count(self, concept: Concept) -> int:
        """Returns how often a concept stands in all texts."""
        return sum(len({start for start, _ in places}) for places in self.places(concept).values())

    def of_word(self, word: str) -> Sequence[tuple[int, int]]:
        """Returns where a word stands: pairs of text and place."""
        return self._index.get(word, ())

    def _texts_with(self, phrase: Phrase) -> Collection[int]:
        """Returns the texts in which all words that a phrase needs stand."""
        standing = []
        for element in phrase.needed:
            texts = self._where(element).texts
            if not texts:
                return ()
            standing.append(texts)
        if len(standing) == 1:
            return standing[0]
        standing.sort(key=len)
        return standing[0].intersection(*standing[1:])

    def _where(self, element: Element) -> _Standing:
        """Returns where the words of an element stand; many phrases share them."""
        known = self._standing.get(element.fitting)
        if known is None:
            positions: defaultdict[int, list[int]] = defaultdict(list)
            for word in self._fitting(element):
                for text, position in self._index[word]:
                    positions[text].append(position)
            known = self._standing[element.fitting] = _Standing(frozenset(positions), positions)
        return known

    def _fitting(self, element: Element) -> set[str]:
        """Returns the words of the texts that fit an element."""
        words = self._index.keys() & element.words
        for prefix in element.prefixes:
            at = bisect_left(self._vocabulary, prefix)
            while at < len(self._vocabulary) and self._vocabulary[at].startswith(prefix):
                words.add(self._vocabulary[at])
                at += 1
        if element.number or element.time:
            words.update(word for word in self._vocabulary if word[0] in "£0123456789" and element.fits(word))
        return words

    @cached_property
    def _index(self) -> dict[str, list[tuple[int, int]]]:
        index: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for text, words in enumerate(self.texts):
            for position, word in enumerate(words.forms):
                index[word].append((text, position))
        return dict(index)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._index)
