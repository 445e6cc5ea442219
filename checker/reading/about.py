"""What a passage is about.

A concept is what it is about where it stands in the statement, in a heading above it, in one of the two sentences
before it, earlier in its paragraph or in that of the question it answers, or in the nearest line before it that looks
like a heading.
"""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from checker.reading.statement import Statement
    from checker.reading.statements import Statements

NEAR_BEFORE = 2
FAR_BEFORE = 30
LONGEST_FOLLOW_UP = 5  # words of a heading that leans on the one before it


class _Before(NamedTuple):
    """The statements before a statement that tell what it is about, and whether a line like a heading is the first."""

    telling: tuple[int, ...]
    titled: bool


class Surroundings:
    """What stands around the statements of a document, each looked at once however many concepts are asked for."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._known: dict[int, _Before] = {}

    def speak_of(self, statement: Statement, saying: Set[int], titled: Set[int]) -> bool:
        """Whether what stands before a statement tells that it is about a concept.

        Args:
            statement: The statement.
            saying: The indexes of the statements in which the concept stands.
            titled: The indexes of the sections in whose own heading it stands.
        """
        before = self._known.get(statement.index)
        if before is None:
            before = self._known[statement.index] = self._before(statement)
        if not saying.isdisjoint(before.telling):
            return True
        return not before.titled and self._is_asked_further(statement.block.section, saying, titled)

    def _before(self, statement: Statement) -> _Before:
        telling: list[int] = []
        asked = None
        first = max(statement.index - FAR_BEFORE, 0)
        for before in reversed(self._statements.all[first : statement.index]):
            if before.block.section != statement.block.section:
                break
            titles = before.looks_like_a_title
            asked = asked or (before.reading if statement.answers and before.is_question else None)
            near = before.reading is statement.reading or before.reading is asked
            if near or titles or statement.index - before.index <= NEAR_BEFORE:
                telling.append(before.index)
            if titles:
                return _Before(tuple(telling), True)
        return _Before(tuple(telling), False)

    def _is_asked_further(self, section: int, saying: Set[int], titled: Set[int]) -> bool:
        """Whether headings ask further about what one before names: "A holiday in term time? / How do I ask? / When?"."""
        sections = self._statements.document.sections
        while section and (title := sections[section].title.removeprefix("Q: ")).endswith("?"):
            section, level = section - 1, sections[section].level
            if len(title.split()) > LONGEST_FOLLOW_UP or sections[section].level not in {level, 0}:
                return False
            if section in titled:
                return True
            if not section:
                return any(before.index in saying for before in self._statements.in_section(0)[-NEAR_BEFORE:])
        return False
