r"""Phrases: the many wordings of one thing, written so that a person can read and extend them.

A concept is a list of phrases; a phrase is words in order:

- ``inform~`` any regular form: inform, informs, informed, informing;
- ``attend*`` any word that begins so;
- ``parent~|carer~`` either;
- ``the?`` may be left out;
- ``..`` up to three words between, ``...`` up to eight;
- ``<number>`` any number;
- ``<time>`` a time of day in figures: 8.30am, 09:00, 9am;
- ``@tell`` any word of a class that the vocabulary defines, such as inform, tell and notify in all their forms.

Letter case, punctuation and the possessive 's are passed over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import repeat
from sys import intern

from checker.reading.words import inflected

SHORT_GAP = 3
LONG_GAP = 8
_NUMBER = re.compile(r"£?\d[\d.,:/]*(?:%|st|nd|rd|th)?$")
_TIME = re.compile(r"(?:[01]?\d|2[0-3])(?:[.:][0-5]\d(?:am|pm|hrs)?|am|pm)$|(?:0\d|1\d|2[0-3])[0-5]\d(?:hrs)$")


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a phrase: which words fit, whether it may be left out, and how many words may come before it.

    It is plain where only the words themselves fit, no parts of words, numbers or times. All elements with the same
    ``fitting`` fit the same words.
    """

    words: frozenset[str]
    prefixes: tuple[str, ...]
    number: bool = False
    time: bool = False
    optional: bool = False
    gap: int = 0
    fitting: str = ""
    plain: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", not (self.prefixes or self.number or self.time))

    def fits(self, word: str) -> bool:
        """Whether a word fits."""
        return (
            word in self.words
            or (bool(self.prefixes) and word.startswith(self.prefixes))
            or (self.number and is_number(word))
            or (self.time and is_time(word))
        )


def is_number(word: str) -> bool:
    """Whether a word is a number, a sum or an ordinal, in figures."""
    return _NUMBER.match(word) is not None


def is_time(word: str) -> bool:
    """Whether a word is a time of day in figures."""
    return _TIME.match(word) is not None


@dataclass(frozen=True)
class Phrase:
    """A phrase, ready to be looked for; its first element is never optional."""

    elements: tuple[Element, ...]

    @cached_property
    def needed(self) -> tuple[Element, ...]:
        """Its elements that are never left out."""
        return tuple(element for element in self.elements if not element.optional)

    @cached_property
    def _others(self) -> tuple[Element, ...]:
        return self.elements[1:]

    @cached_property
    def _is_run(self) -> bool:
        """Whether its words stand one right behind the other, and none may be left out."""
        return not any(element.gap or element.optional for element in self.elements)

    def end_from(self, forms: Sequence[str], start: int) -> int | None:
        """Returns the index after the last word of the phrase that begins at ``start``, or ``None``."""
        return self.end_after(forms, start) if self.elements[0].fits(forms[start]) else None

    def end_after(self, forms: Sequence[str], start: int) -> int | None:
        """Returns the index after its last word, of a phrase whose first word is known to stand at ``start``."""
        if not self._is_run:
            return self._rest(forms, start + 1, 1)
        position = start + 1
        if position + len(self._others) > len(forms):
            return None
        for element in self._others:
            if forms[position] not in element.words and (element.plain or not element.fits(forms[position])):
                return None
            position += 1
        return position

    def _rest(self, forms: Sequence[str], position: int, index: int) -> int | None:
        if index == len(self.elements):
            return position
        element = self.elements[index]
        for here in range(position, min(position + element.gap + 1, len(forms))):
            if forms[here] in element.words or (not element.plain and element.fits(forms[here])):
                end = self._rest(forms, here + 1, index + 1)
                if end is not None:
                    return end
        return self._rest(forms, position, index + 1) if element.optional else None


@dataclass(frozen=True)
class Concept:
    """A thing that can be said in many ways.

    Attributes:
        name: Its name in the vocabulary.
        phrases: Its wordings.
    """

    name: str
    phrases: tuple[Phrase, ...]

    def first(self, forms: Sequence[str]) -> tuple[int, int] | None:
        """Returns the first place in a short list of words that says it, as word indexes, or ``None``."""
        return next(self._places(forms), None) if self._may_begin_in(forms) else None

    def places(self, forms: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Returns the places in a short list of words that say it, as word indexes, in order."""
        return self._places(forms) if self._may_begin_in(forms) else iter(())

    def _may_begin_in(self, forms: Sequence[str]) -> bool:
        """Whether a word stands in a list with which one of its phrases may begin: mostly there is none."""
        if not self._first_words.isdisjoint(forms):
            return True
        _, others, beginnings = self._by_first_word
        return bool(others) and any(map(str.startswith, forms, repeat(beginnings)))

    def _places(self, forms: Sequence[str]) -> Iterator[tuple[int, int]]:
        by_word, others, beginnings = self._by_first_word
        begins = [at for at, form in enumerate(forms) if form in by_word or (others and form.startswith(beginnings))]
        for start in begins:
            for phrase in by_word.get(forms[start], ()):
                end = phrase.end_after(forms, start)
                if end is not None:
                    yield start, end
            for phrase in others:
                end = phrase.end_from(forms, start)
                if end is not None:
                    yield start, end

    def ends(self, forms: Sequence[str]) -> bool:
        """Whether a name ends in it: an "education welfare officer" is an officer, a "school council" no school."""
        words, beginnings = self._last_words
        may_end = forms[-1] in words or forms[-1].startswith(beginnings)
        return may_end and any(end == len(forms) for _, end in self.places(forms))

    @cached_property
    def _last_words(self) -> tuple[Set[str], tuple[str, ...]]:
        """The words with which its phrases may end, and how other such words begin."""
        words: set[str] = set()
        beginnings: set[str] = set()
        for phrase in self.phrases:
            for element in reversed(phrase.elements):
                words |= element.words
                beginnings.update(element.prefixes, [""] if element.number or element.time else ())
                if not element.optional:
                    break
        return words, tuple(beginnings)

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(self._by_first_word[0])

    @cached_property
    def _by_first_word(self) -> tuple[Mapping[str, Sequence[Phrase]], Sequence[Phrase], tuple[str, ...]]:
        """The phrases by their first words; those that begin with a part of a word, a number or a time; how they do."""
        by_word: defaultdict[str, list[Phrase]] = defaultdict(list)
        others = []
        beginnings: set[str] = set()
        for phrase in self.phrases:
            first = phrase.elements[0]
            if not first.plain:
                others.append(phrase)
                beginnings.update(first.words, first.prefixes, [""] if first.number or first.time else ())
                continue
            for word in first.words:
                by_word[word].append(phrase)
        return dict(by_word), others, tuple(sorted(beginnings))


def concept(name: str, wordings: Iterable[str], classes: Mapping[str, str] | None = None) -> Concept:
    """Returns the concept of these wordings.

    Args:
        name: Its name.
        wordings: Its phrases.
        classes: The words of each class that the phrases name with ``@``, parted by blanks.

    Raises:
        ValueError: If a wording is empty, begins with something that may be left out, or names an unknown class.
    """
    return Concept(name, tuple(phrase(wording, classes or {}) for wording in wordings))


def phrase(wording: str, classes: Mapping[str, str]) -> Phrase:
    """Returns a phrase of its wording.

    Raises:
        ValueError: If it is empty, begins with a gap or something that may be left out, names an unknown class, or
            holds quotes that YAML took for a part of it.
    """
    elements: list[Element] = []
    gap = 0
    for part in wording.split():
        if part in {"..", "..."}:
            gap = SHORT_GAP if part == ".." else LONG_GAP
            continue
        elements.append(_element(part, gap, classes))
        gap = 0
    if '"' in wording:
        raise ValueError(f"the phrase {wording!r} must stand in quotes as a whole")
    if not elements or elements[0].optional or elements[0].gap or gap:
        raise ValueError(f"the phrase {wording!r} must begin and end with a word")
    return Phrase(tuple(elements))


def _element(part: str, gap: int, classes: Mapping[str, str]) -> Element:
    optional = part.endswith("?") and len(part) > 1
    choices = tuple(_expanded((part[:-1] if optional else part).lower().split("|"), classes))
    words, prefixes, number, time = _fitting(choices)
    return Element(words, prefixes, number, time, optional, gap, "|".join(choices))


@cache
def _fitting(choices: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...], bool, bool]:
    """Returns the words and beginnings that fit any of some choices, and whether a number and a time do.

    The same choices stand in many phrases, and the same words in many choices: to keep each but once makes them quick
    to look through.
    """
    words: set[str] = set()
    prefixes: list[str] = []
    number = time = False
    for choice in choices:
        if choice == "<number>":
            number = True
        elif choice == "<time>":
            time = True
        elif choice.endswith("~"):
            words |= inflected(choice[:-1])
        elif choice.endswith("*"):
            prefixes.append(choice[:-1])
        else:
            words.add(choice)
    return frozenset(map(intern, words)), tuple(prefixes), number, time


def _expanded(choices: Iterable[str], classes: Mapping[str, str]) -> Iterator[str]:
    for choice in choices:
        if not choice.startswith("@"):
            yield choice
        elif choice[1:] in classes:
            yield from _expanded(classes[choice[1:]].split(), classes)
        else:
            raise ValueError(f"there is no class of words {choice!r}")
