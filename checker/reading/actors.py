"""Who is meant to do a thing: the school, the parents, the pupils, an authority.

The actor of a predicate is the last one named before it as a subject ("parents must inform …", not "to parents"), or
the one after "by" ("is informed by the school"); else the one that the line leading to it, the heading of its column,
or the heading above names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.reading.english import english
from checker.reading.phrases import Concept
from checker.reading.statements import Match, Statement, Statements
from checker.reading.words import Words, cut

NEAR = 6


@dataclass(frozen=True)
class Actors:
    """The actors that a topic's statements may name, as concepts by name."""

    concepts: Mapping[str, Concept]

    def may_be(self, wanted: str, statements: Statements, statement: Statement, predicate: Match) -> bool:
        """Whether the actor of a predicate is the wanted one, or nobody is named."""
        actor = self.of(statements, statement, predicate)
        return actor is None or actor in wanted.split("|")

    def of(self, statements: Statements, statement: Statement, predicate: Match) -> str | None:
        """Returns the name of the actor of a predicate, or ``None`` where nobody is named."""
        named = [
            (place, name) for name, actor in self.concepts.items() for place in statements.matches(statement, actor)
        ]
        by = [name for place, name in named if _after_by(statement.words, place, predicate)]
        if by:
            return by[0]
        if statement.block.cells:
            return self._of_cell(statements, statement, predicate, named)
        ahead = [(place, name) for place, name in named if place.end <= predicate.start]
        before = [(place.start, name) for place, name in ahead if _is_subject(statement, place)]
        if _is_passive(statement.words, predicate):
            before = [] if any(start >= statement.own_from for start, _ in before) else before
            return max(before)[1] if before else None
        return max(before)[1] if before else self._of_headings(statements, statement)

    def _of_cell(
        self, statements: Statements, statement: Statement, predicate: Match, named: list[tuple[Match, str]]
    ) -> str | None:
        """Returns the actor in a table: one in the cell itself, else the heading or label that names nobody else."""
        if not statement.row:
            own = [(place.start, name) for place, name in named if statement.own_from <= place.start < predicate.start]
            own = [(start, name) for start, name in own if _is_subject(statement, _place_at(named, start))]
            if own and not _is_passive(statement.words, predicate):
                return max(own)[1]
        labels = [statement.block.cells[0].text] if statement.row else statement.lead.split(" : ")
        for label in reversed(labels):
            actor = self._only_actor(cut(label).forms)
            if actor is not None:
                return actor
        return None if statement.row else self._of_headings(statements, statement)

    def _only_actor(self, forms: Sequence[str]) -> str | None:
        """Returns the actor that a heading or label names and says no more of than that these are their duties."""
        for name, actor in self.concepts.items():
            place = actor.first(forms)
            if place and english().heading_words.issuperset((*forms[: place[0]], *forms[place[1] :])):
                return name
        return None

    def _of_headings(self, statements: Statements, statement: Statement) -> str | None:
        """Returns the actor whom the nearest heading names and says no more of than that these are their duties."""
        for heading in reversed(statements.headings(statement)):
            actor = self._only_actor(heading.forms)
            if actor is not None:
                return actor
        return None


def _place_at(named: list[tuple[Match, str]], start: int) -> Match:
    return next(place for place, _ in named if place.start == start)


def _is_subject(statement: Statement, place: Match) -> bool:
    """Whether a mention could be the subject of what follows: it is neither owner nor object."""
    words = statement.words
    end = words.ends[place.end - 1]
    if statement.text[end - 2 : end].lower() == "'s" or statement.text[end : end + 1] == "'":
        return False
    at = place.start - 1
    while at > 0 and words.forms[at] in english().articles:
        at -= 1
    same_clause = at >= 0 and words.clauses[at] == words.clauses[place.start]
    return not (same_clause and words.forms[at] in english().before_objects)


def _is_passive(words: Words, predicate: Match) -> bool:
    """Whether the predicate is suffered rather than done: "are informed", "receive a copy"."""
    if words.forms[predicate.start] in english().received:
        return True
    for at in range(predicate.start - 1, max(predicate.start - 4, -1), -1):
        if words.forms[at] in english().be:
            return words.forms[predicate.start].endswith(english().participles)
        if not words.forms[at].endswith("ly") and words.forms[at] not in english().articles | {
            "also",
            "always",
            "then",
        }:
            return False
    return False


def _after_by(words: Words, place: Match, predicate: Match) -> bool:
    between = words.forms[predicate.end : place.start]
    same_clause = words.clauses[place.start] == words.clauses[predicate.start]
    return same_clause and 0 < len(between) <= NEAR and "by" in between[-3:]
