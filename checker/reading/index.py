"""An index of the words of many texts, so that a phrase is looked for only where its first word stands."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from checker.reading.phrases import Concept, Element
from checker.reading.words import Words


class WordIndex:
    """Where words stand in some texts.

    Args:
        texts: The texts; each is known by its place among them.
    """

    def __init__(self, texts: Sequence[Words]) -> None:
        self.texts = texts

    def places(self, concept: Concept) -> dict[int, set[tuple[int, int]]]:
        """Returns where a concept stands: by text, its places as word indexes."""
        found: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
        for phrase in concept.phrases:
            if any(self._words.isdisjoint(words) for words in phrase.needed):
                continue
            second = phrase.second
            for text, position in self._starts(phrase.elements[0]):
                forms = self.texts[text].forms
                if second and (position + 1 == len(forms) or forms[position + 1] not in second):
                    continue
                if phrase.has_gaps and any(self._words_of[text].isdisjoint(words) for words in phrase.needed):
                    continue
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

    def _starts(self, element: Element) -> Iterator[tuple[int, int]]:
        for word in element.words:
            yield from self._index.get(word, ())
        for prefix in element.prefixes:
            at = bisect_left(self._vocabulary, prefix)
            while at < len(self._vocabulary) and self._vocabulary[at].startswith(prefix):
                if self._vocabulary[at] not in element.words:
                    yield from self._index[self._vocabulary[at]]
                at += 1
        if element.number or element.time:
            for word in self._vocabulary:
                if word[0] in "£0123456789" and element.fits(word):
                    yield from self._index[word]

    @cached_property
    def _index(self) -> dict[str, list[tuple[int, int]]]:
        index: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for text, words in enumerate(self.texts):
            for position, word in enumerate(words.forms):
                index[word].append((text, position))
        return index

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._index)

    @cached_property
    def _words_of(self) -> list[frozenset[str]]:
        return [frozenset(words.forms) for words in self.texts]

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._index)
