"""An index of the words of many texts, so that a phrase is looked for only where all its words stand."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from checker.reading.phrases import Concept, Element, Phrase
from checker.reading.words import Words


class _Standing(NamedTuple):
    """Which words of the texts fit an element, and in which texts they stand, as the bits of a number."""

    words: tuple[str, ...]
    texts: int


class WordIndex:
    """Where words stand in some texts.

    Args:
        texts: The texts; each is known by its place among them.
    """

    def __init__(self, texts: Sequence[Words]) -> None:
        self.texts = texts
        self._known: dict[str, _Standing] = {}

    def places(self, concept: Concept) -> dict[int, set[tuple[int, int]]]:
        """Returns where a concept stands: by text, its places as word indexes."""
        found: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
        for phrase in concept.phrases:
            texts, is_a_word = self._texts_with(phrase), len(phrase.elements) == 1
            for word in self._standing(phrase.elements[0]).words if texts else ():
                positions = self._index[word]
                for text in _bits(texts & self._texts_of[word]):
                    forms = self.texts[text].forms
                    for position in positions[text]:
                        end = position + 1 if is_a_word else phrase.end_after(forms, position)
                        if end is not None:
                            found[text].add((position, end))
        return found

    def count(self, concept: Concept) -> int:
        """Returns how often a concept stands in all texts."""
        return sum(len({start for start, _ in places}) for places in self.places(concept).values())

    def of_word(self, word: str) -> Iterator[tuple[int, int]]:
        """Yields where a word stands: pairs of text and place."""
        for text, positions in self._index.get(word, {}).items():
            for position in positions:
                yield text, position

    def _texts_with(self, phrase: Phrase) -> int:
        """Returns the texts in which all words that a phrase needs stand, as the bits of a number."""
        texts = -1  # all of them
        for element in phrase.needed:
            texts &= self._standing(element).texts
            if not texts:
                break
        return texts

    def _standing(self, element: Element) -> _Standing:
        """Returns where the words of an element stand; many phrases share them."""
        known = self._known.get(element.fitting)
        if known is None:
            words = sorted(self._fitting(element))
            texts = 0
            for word in words:
                texts |= self._texts_of[word]
            known = self._known[element.fitting] = _Standing(tuple(words), texts)
        return known

    def _fitting(self, element: Element) -> set[str]:
        """Returns the words of the texts that fit an element."""
        words = set(self._words & element.words)
        for prefix in element.prefixes:
            at = bisect_left(self._vocabulary, prefix)
            while at < len(self._vocabulary) and self._vocabulary[at].startswith(prefix):
                words.add(self._vocabulary[at])
                at += 1
        if element.number or element.time:
            words.update(word for word in self._vocabulary if word[0] in "£0123456789" and element.fits(word))
        return words

    @cached_property
    def _index(self) -> Mapping[str, Mapping[int, list[int]]]:
        """For each word its places, by text."""
        index: defaultdict[str, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for text, words in enumerate(self.texts):
            for position, word in enumerate(words.forms):
                index[word][text].append(position)
        return dict(index)

    @cached_property
    def _texts_of(self) -> dict[str, int]:
        """For each word the texts in which it stands, as the bits of a number."""
        return {word: sum(1 << text for text in places) for word, places in self._index.items()}

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._index)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._index)


def _bits(number: int) -> Iterator[int]:
    """Yields which bits of a number are set, lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
