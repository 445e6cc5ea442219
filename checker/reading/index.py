"""An index of the words of many texts, so that a phrase is looked for in all of them at once."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from checker.reading.phrases import LONG_GAP, Concept, Element, Phrase, is_number, is_time
from checker.reading.words import Words

# No phrase reaches from one text into the next: so many places between them are empty.
_BETWEEN_TEXTS = LONG_GAP + 1
_LONG_NUMBER = 1 << 16  # bits: those of some twenty pages


class _Standing(NamedTuple):
    """Where a concept stands: which words say it by themselves, where its longer phrases begin, and all the texts."""

    words: Set[str]
    phrases: Mapping[int, Sequence[tuple[int, Phrase]]]
    texts: Set[int]


class WordIndex:
    """Where words stand in some texts.

    The words of all texts stand in one row. Where those stand that fit an element of a phrase is a number whose bits
    are the places of the row, so that to move and join such numbers finds a phrase everywhere at once.

    Args:
        texts: The texts; each is known by its place among them.
    """

    def __init__(self, texts: Sequence[Words]) -> None:
        self.texts = texts
        self._known: dict[str, _Standing] = {}
        self._rows: dict[str, int] = {}
        self._word_rows: dict[str, int] = {}

    def texts_with(self, concept: Concept) -> Set[int]:
        """Returns the texts in which a concept stands."""
        return self._standing(concept).texts

    def places(self, text: int, concept: Concept) -> set[tuple[int, int]]:
        """Returns where a concept stands in a text, as word indexes."""
        words, phrases, _ = self._standing(concept)
        forms = self.texts[text].forms
        found: set[tuple[int, int]] = set()
        if not words.isdisjoint(forms):
            found.update([(at, at + 1) for at, form in enumerate(forms) if form in words])
        for start, phrase in phrases.get(text, ()):
            found.add((start, phrase.end_after(forms, start) or start))
        return found

    def count(self, concept: Concept) -> int:
        """Returns how often a concept stands in all texts."""
        beginnings = 0
        for phrase in concept.phrases:
            beginnings |= self._beginnings(phrase)
        return beginnings.bit_count()

    def kinds(self, concept: Concept) -> int:
        """Returns how many of the phrases of a concept stand in the texts."""
        return sum(self._beginnings(phrase) > 0 for phrase in concept.phrases)

    def of_word(self, word: str) -> Iterator[tuple[int, int]]:
        """Yields where a word stands: pairs of text and place."""
        for place in self._places_of.get(word, ()):
            text = self._text_at[place]
            yield text, place - self._begins[text]

    def _standing(self, concept: Concept) -> _Standing:
        known = self._known.get(concept.name)
        if known is None:
            words: set[str] = set()
            phrases: defaultdict[int, list[tuple[int, Phrase]]] = defaultdict(list)
            for phrase in concept.phrases:
                if len(phrase.elements) == 1:
                    words |= self._words_fitting(phrase.elements[0])
                elif beginnings := self._beginnings(phrase):
                    for place in _bits(beginnings):
                        text = self._text_at[place]
                        phrases[text].append((place - self._begins[text], phrase))
            texts = set(phrases).union(*[self._texts_of[word] for word in words])
            known = self._known[concept.name] = _Standing(words, phrases, texts)
        return known

    def _beginnings(self, phrase: Phrase) -> int:
        """Returns the places at which a phrase begins, as the bits of a number.

        From its last element to its first: ``rest`` are the places at which what follows may go on. Most phrases stand
        nowhere, as one of their words is in no text.
        """
        for element in phrase.needed:
            if not self._row_of(element):
                return 0
        rest = -1  # everywhere
        for element in reversed(phrase.elements):
            here = self._row_of(element) & (rest >> 1)
            if not (here or element.optional):
                return 0
            before = _spread(here, element.gap)
            rest = before | rest if element.optional else before
        return rest

    def _row_of(self, element: Element) -> int:
        """Returns the places whose words fit an element, as the bits of a number."""
        row = self._rows.get(element.fitting)
        if row is None:
            row = 0
            for word in self._words & element.words if element.plain else self._words_fitting(element):
                row |= self._word_rows.get(word) or self._row_of_word(word)
            self._rows[element.fitting] = row
        return row

    def _row_of_word(self, word: str) -> int:
        """Returns the places at which a word stands, as the bits of a number; most words are never asked for."""
        places = self._places_of[word]
        bits = bytearray((places[-1] >> 3) + 1)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        row = self._word_rows[word] = int.from_bytes(bits, "little")
        return row

    def _words_fitting(self, element: Element) -> Set[str]:
        """Returns the words of the texts that fit an element."""
        words = self._words & element.words
        for prefix in element.prefixes:
            at = bisect_left(self._vocabulary, prefix)
            while at < len(self._vocabulary) and self._vocabulary[at].startswith(prefix):
                words.add(self._vocabulary[at])
                at += 1
        if element.number:
            words.update(self._numbers)
        if element.time:
            words.update(self._times)
        return words

    @cached_property
    def _begins(self) -> list[int]:
        """For each text the place of its first word in the row."""
        lengths = (len(words.forms) + _BETWEEN_TEXTS for words in self.texts)
        return list(accumulate(lengths, initial=0))

    @cached_property
    def _text_at(self) -> list[int]:
        """For each place of the row its text; those after the words of a text are its own."""
        return [text for text, words in enumerate(self.texts) for _ in range(len(words.forms) + _BETWEEN_TEXTS)]

    @cached_property
    def _places_of(self) -> Mapping[str, list[int]]:
        """For each word its places in the row."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for words, begin in zip(self.texts, self._begins, strict=False):
            for place, word in enumerate(words.forms, begin):
                found[word].append(place)
        return dict(found)

    @cached_property
    def _texts_of(self) -> Mapping[str, Set[int]]:
        """For each word the texts in which it stands."""
        return {word: {self._text_at[place] for place in places} for word, places in self._places_of.items()}

    @cached_property
    def _words(self) -> set[str]:
        """All words of the texts; to meet two sets looks at no word that is not in both."""
        return set(self._places_of)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._places_of)

    @cached_property
    def _numbers(self) -> list[str]:
        """The words that are numbers: they begin with a figure or a sum."""
        return [word for word in self._figures if is_number(word)]

    @cached_property
    def _times(self) -> list[str]:
        """The words that are times: they begin with a figure."""
        return [word for word in self._figures if is_time(word)]

    @cached_property
    def _figures(self) -> list[str]:
        return [word for word in self._vocabulary if word[0] in "£0123456789"]


def _bits(number: int, below: int = 0) -> Iterator[int]:
    """Yields which bits of a number are set, highest first; a long number in halves, as each step costs its length.

    Args:
        number: The number.
        below: How many bits of a longer number stand below it.
    """
    length = number.bit_length()
    if length > _LONG_NUMBER:
        half = length // 2
        yield from _bits(number >> half, below + half)
        number &= (1 << half) - 1
        yield from _bits(number, below)
        return
    while number:
        highest = number.bit_length() - 1
        yield below + highest
        number ^= 1 << highest


def _spread(row: int, gap: int) -> int:
    """Returns a row with each of its places and as many before it as a gap may take."""
    done = 1
    while done <= gap:
        step = min(done, gap + 1 - done)
        row |= row >> step
        done += step
    return row
