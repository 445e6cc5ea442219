"""What every recogniser returns: a stretch of the text that it was given, with a typed value.

The recognisers read the text of a :class:`~checker.documents.model.Reading`: one blank between words, straight quotes,
``–`` for a dash between words, capitals as written. Each is one scan whose every step looks at a bounded stretch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text.

    Attributes:
        start: Offset of its first character in the text that was given.
        end: Offset after its last.
    """

    start: int
    end: int

    def written(self, text: str) -> str:
        """Returns the words as they stand in the text."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


S = TypeVar("S", bound=Span)


def without_overlaps(found: Iterable[S]) -> tuple[S, ...]:
    """Returns the spans in order; of two that overlap the one that begins first, or the longer, stays."""
    kept: list[S] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def mentions(text: str, parts: Iterable[str]) -> bool:
    """Whether a text holds one of some parts of words, in small letters, in any case: far faster than a pattern."""
    return holds_any(text.lower(), parts)


def holds_any(text: str, signs: Iterable[str]) -> bool:
    """Whether a text holds one of some signs as they are written."""
    return any(map(text.__contains__, signs))


@lru_cache(maxsize=4096)
def has_digit(text: str) -> bool:
    """Whether a digit stands in a text; many readers ask it of the same sentences."""
    return _DIGIT.search(text) is not None


def any_of(words: Iterable[str]) -> str:
    """Returns a pattern of some words, longest first, for a pattern that ignores case.

    Only words with the right first letter are tried: that is what a long list of them costs.
    """
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(
        f"(?-i:[{letter}{letter.upper()}])(?:{'|'.join(rest)})" for letter, rest in sorted(by_letter.items())
    )


def before(text: str, start: int, length: int = 40) -> str:
    """Returns the few characters before an offset in lower case."""
    return text[max(0, start - length) : start].lower()


def after(text: str, end: int, length: int = 40) -> str:
    """Returns the few characters after an offset in lower case."""
    return text[end : end + length].lower()
