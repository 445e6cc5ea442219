"""Finds the heading under which a missing item belongs, by the words that the requirement shares with each section."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from checker.catalogue import Requirement
from checker.documents.model import Block, BlockKind, Document

_WORD = re.compile(r"[a-z]{4,}")
_STEM = 6  # letters: enough to tell words apart, few enough to let "register" and "registration" meet
_HEADING_WEIGHT, _LEAST = 4.0, 3.0


class Places:
    """The headings of a document, and what belongs under them.

    Args:
        document: The document.
        requirements: All requirements that it was held against: a word that many of them share says little.
    """

    def __init__(self, document: Document, requirements: Iterable[Requirement]) -> None:
        self._document = document
        self._asked = {requirement.name: _stems(_text_of(requirement)) for requirement in requirements}
        self._shared = Counter(stem for stems in self._asked.values() for stem in stems)
        self._bodies = _bodies(document)
        self._titles = [_stems(section.title) for section in document.sections]
        self._headings = {block.section: block for block in document.blocks if block.kind is BlockKind.HEADING}

    def of(self, requirement: Requirement) -> tuple[int, int]:
        """Returns where the heading stands in the text; of the first words of the document where none fits."""
        scores = [self._score(index, self._asked[requirement.name]) for index in range(len(self._titles))]
        best = max(range(len(scores)), key=lambda index: (scores[index], -index), default=0)
        heading = self._headings.get(best)
        return self.beginning if heading is None or scores[best] < _LEAST else _span(heading)

    @property
    def beginning(self) -> tuple[int, int]:
        """The first words of the document."""
        return next((_span(block) for block in self._document.readable_blocks() if block.text), (0, 0))

    def _score(self, index: int, asked: frozenset[str]) -> float:
        """Weighs a section: words in its heading more, and those in a long text less, for it holds many words."""
        title, body = self._titles[index], self._bodies[index]
        if index not in self._headings:
            return 0.0
        crowded = 1 + math.log1p(len(body) / 40)
        return sum(
            self._weight(stem) * (_HEADING_WEIGHT * (stem in title) + (stem in body) / crowded) for stem in asked
        )

    def _weight(self, stem: str) -> float:
        return math.log((1 + len(self._asked)) / self._shared[stem]) / math.log(1 + len(self._asked))


def _text_of(requirement: Requirement) -> str:
    return " ".join([requirement.name.partition(".")[2].replace("-", " "), requirement.title, requirement.fix])


def _bodies(document: Document) -> Sequence[frozenset[str]]:
    texts: list[list[str]] = [[] for _ in document.sections]
    for block in document.readable_blocks():
        texts[block.section].append(block.text)
    return [_stems(" ".join(text)) for text in texts]


@cache
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()))


def _span(block: Block) -> tuple[int, int]:
    return block.reading.start, block.reading.end
