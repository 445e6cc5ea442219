"""Wordings: rules, written as data, that say which statements count as saying a thing.

A wording names concepts that must stand together in one statement. The one marked with ``!`` is the predicate: whether
it is affirmed, denied or only permitted decides what the statement does. In YAML::

    concepts:
      social-worker: [social worker~, virtual school]
      tells: [inform~, tell~, told, notify~, contact~]
      absence: [absen*, attendance]
    says:
      told:
        - all: [social-worker, tells!, absence]
          by: school
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from checker.reading.actors import Actors
from checker.reading.english import english
from checker.reading.past import clause_before
from checker.reading.phrases import Concept
from checker.reading.sense import sense_beside, sense_of
from checker.reading.senses import NOT_NOW, Sense
from checker.reading.stages import at_earlier_stages
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements

LONGEST_LABEL = 5


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a thing.

    Attributes:
        all: Concepts that must stand in the statement.
        predicate: Which of them does the work; ``None`` where none can be denied.
        none: Concepts that must not stand in it.
        none_before: Concepts that must not stand in or before the predicate; whatever is said behind it goes on from it.
        under: Concepts of which one must stand in a heading above; empty for anywhere.
        not_under: Concepts that must not stand in a heading above.
        about: Concepts of which the passage must be about one: it stands in the statement, in a heading above it, or a
            little before it; empty for anywhere.
        after: Concepts of which one must stand at an earlier stage of the same ladder, and the predicate at none before
            that one; empty for anywhere.
        by: The actor who must be meant, where the statement names one; empty for anyone.
        within: How many words all of it may take; 0 for the whole statement.
        row: Whether it must be a row of a table.
        item: Whether it must be an item of a list, or stand in a table; under a telling heading that may be enough.
        opens: Whether it must begin its paragraph, so that nothing before it is meant.
        note: Whether the predicate must be what it begins with: a note, whose subject is the heading above.
        senses: The senses that count as saying it; where the plain one is not among them, it is the opposite.
        strict: Whether a statement that does anything else with its predicate is none on the matter.
        beside: Whether all of it must stand in the row where its predicate does, and in no later clause: what a label
            denies it denies of what the label names, not of what the table is about or of what is done instead.
    """

    all: tuple[Concept, ...]
    predicate: Concept | None = None
    none: tuple[Concept, ...] = ()
    under: tuple[Concept, ...] = ()
    not_under: tuple[Concept, ...] = ()
    about: tuple[Concept, ...] = ()
    after: tuple[Concept, ...] = ()
    by: str = ""
    within: int = 0
    row: bool = False
    item: bool = False
    opens: bool = False
    note: bool = False
    senses: tuple[Sense, ...] = (Sense.AFFIRMED,)
    strict: bool = False
    beside: bool = False
    none_before: tuple[Concept, ...] = ()

    def reads(self, sense: Sense) -> Sense | None:
        """Returns what a statement does with the thing, by what it does with the predicate; ``None``: nothing."""
        if sense in self.senses:
            return Sense.AFFIRMED
        if self.strict:
            return None
        return Sense.DENIED if sense is Sense.AFFIRMED else sense


@dataclass(frozen=True)
class Hit:
    """A statement that fits a wording."""

    statement: Statement
    matches: tuple[Match, ...]
    sense: Sense

    @property
    def own_matches(self) -> int:
        """How many of its matches stand in the statement's own words."""
        return sum(match.start >= self.statement.own_from for match in self.matches)

    @property
    def leans(self) -> bool:
        """Whether what leads to it, the sentence before or the line of a list, does what is looked for."""
        return any(match.end <= self.statement.own_from for match in self.matches[:1])


def hits(
    statements: Statements, wording: Wording, actors: Actors, but: Set[int] = frozenset(), only: Set[int] | None = None
) -> list[Hit]:
    """Returns the statements that fit one wording, whatever they do with its predicate.

    Args:
        statements: The document.
        wording: The wording.
        actors: Who counts as whom.
        but: The indexes of statements to pass over.
        only: The indexes of the statements to look at; ``None`` for all.
    """
    open_to = _open_to(statements, wording, but, only)
    fitting = (_best(statements, statement, wording, actors) for statement in open_to)
    return [hit for hit in fitting if hit is not None]


def _open_to(statements: Statements, wording: Wording, but: Set[int], only: Set[int] | None) -> Iterator[Statement]:
    """Yields the statements with all that a wording names, of those looked at, and nothing that bars them."""
    having = statements.having(*wording.all) if wording.all else statements.all
    open_to = [one for one in having if one.index not in but and (only is None or one.index in only)]
    if not open_to:
        return
    asked = bool(wording.under)
    under, not_under = statements.sections_under(wording.under), statements.sections_under(wording.not_under)
    indexes = {statement.index for statement in open_to}
    barred = [unwanted for unwanted in wording.none if statements.among(indexes, unwanted)]
    for statement in open_to:
        section = statement.block.section
        if (asked and section not in under) or section in not_under:
            continue
        if (wording.row and not statement.row) or (wording.item and not statement.is_item):
            continue
        if wording.opens and statement.start:
            continue
        if statement.own_from == len(statement.words.forms):  # an empty bullet says nothing
            continue
        if any(_says_itself(statements, statement, unwanted) for unwanted in barred):
            continue
        if wording.about and not any(statements.is_about(statement, subject) for subject in wording.about):
            continue
        if wording.after and not _comes_after(statements, statement, wording):
            continue
        yield statement


def _comes_after(statements: Statements, statement: Statement, wording: Wording) -> bool:
    """Whether an earlier stage says what must come before, and none before that one what the wording does."""
    for earlier in at_earlier_stages(statements, statement):
        if wording.predicate is not None and statements.says(earlier, wording.predicate):
            return False
        barred = any(statements.says(earlier, unwanted) for unwanted in wording.none)
        if not barred and any(statements.says(earlier, concept) for concept in wording.after):
            return True
    return False


def _says_itself(statements: Statements, statement: Statement, concept: Concept) -> bool:
    """Whether a concept stands in a statement; where the sentence before leads to it, in its own words.

    A question or a label, "Notice to improve. A last chance …", is no sentence.
    """
    matches = statements.matches(statement, concept)
    if not matches:
        return False
    sentence = statement.follows_on and not statement.answers and statement.own_from > LONGEST_LABEL
    since = statement.own_from if sentence else 0
    return any(match.end > since for match in matches)


def _rests_on_another(statements: Statements, statement: Statement, wording: Wording, matches: Sequence[Match]) -> bool:
    """Whether what it takes from the sentence before is part of what bars: "The Attendance Champion … It is put to …"."""
    leant_on = [match for match in matches if match.end <= statement.own_from]
    return any(
        other.start < match.end and match.start < other.end
        for unwanted in (wording.none if leant_on else ())
        for other in statements.matches(statement, unwanted)
        for match in leant_on
    )


def _best(statements: Statements, statement: Statement, wording: Wording, actors: Actors) -> Hit | None:
    """Returns the reading of a statement that fits best: an affirmed one before any other."""
    if wording.predicate is None:
        matches = tuple(statements.matches(statement, needed)[-1] for needed in wording.all)
        return Hit(statement, matches, Sense.AFFIRMED) if _own(statement, matches) or not matches else None
    best: Hit | None = None
    for predicate in statements.matches(statement, wording.predicate):
        named = [statements.matches(statement, needed) for needed in wording.all if needed is not wording.predicate]
        upheld = [_upheld(statement, places, predicate) for places in named]
        others = [_closest(statement, left or places, predicate) for left, places in zip(upheld, named, strict=True)]
        matches = (predicate, *others)
        if statement.is_parted(predicate) or (wording.note and not _begins_a_note(statement, predicate)):
            continue
        if wording.beside and _is_apart(statement, predicate, others):
            continue
        if not _own(statement, matches) or (wording.within and _width(matches) > wording.within):
            continue
        if _has_before(statements, statement, wording, predicate):
            continue
        if wording.by and not actors.may_be(wording.by, statements, statement, predicate):
            continue
        if statement.follows_on and _rests_on_another(statements, statement, wording, matches):
            continue
        sense = wording.reads(sense_beside(statement, predicate, others) if all(upheld) else Sense.DENIED)
        if sense is Sense.AFFIRMED:
            return Hit(statement, matches, sense)
        if sense is not None:
            best = best or Hit(statement, matches, sense)
    return best


def _has_before(statements: Statements, statement: Statement, wording: Wording, predicate: Match) -> bool:
    """Whether something stands before a place, or in it, that must not."""
    return any(
        match.start < predicate.end
        for unwanted in wording.none_before
        for match in statements.matches(statement, unwanted)
    )


def _begins_a_note(statement: Statement, place: Match) -> bool:
    """Whether a place is the first of a statement's own words, or of those behind a semicolon."""
    before = statement.text[statement.own_offset : statement.words.starts[place.start]]
    return place.start == statement.own_from or (place.start > statement.own_from and before.rstrip().endswith(";"))


def _is_apart(statement: Statement, predicate: Match, others: Sequence[Match]) -> bool:
    """Whether a place stands above the table of its predicate, or in a later clause: "Not issued, prosecution"."""
    own = statement.own_from if statement.block.cells else 0
    above = predicate.start >= own and any(match.start < own for match in others)
    clauses = statement.words.clauses
    return above or any(
        match.start >= predicate.end and clauses[match.start] != clauses[predicate.start] for match in others
    )


def _upheld(statement: Statement, places: Sequence[Match], predicate: Match) -> Sequence[Match]:
    """Leaves out the places that another thought than that of the predicate denies: "…, and we do not send it each year"."""
    return [place for place in places if not _is_in_a_denied_thought(statement, place, predicate)]


def _is_in_a_denied_thought(statement: Statement, place: Match, predicate: Match) -> bool:
    forms, clauses = statement.words.forms, statement.words.clauses
    if clauses[place.start] == clauses[predicate.start]:
        return False
    begins = clause_before(clauses, place.start)
    joins = forms[begins] in english().conjunctions | english().speakers
    conditional = not english().conditions.isdisjoint(forms[begins : place.start])
    return joins and not conditional and sense_of(statement, place) in {Sense.DENIED, *NOT_NOW}


def _own(statement: Statement, matches: Sequence[Match]) -> bool:
    return any(match.end > statement.own_from for match in matches)


def _closest(statement: Statement, places: Sequence[Match], to: Match) -> Match:
    """Returns the place next to another; where that one stands in what leads to the statement, one of its own words."""
    own = [place for place in places if place.end > statement.own_from] if to.end <= statement.own_from else ()
    return min(own or places, key=lambda place: (max(place.start - to.end, to.start - place.end), place.start))


def _width(matches: Sequence[Match]) -> int:
    return max(match.end for match in matches) - min(match.start for match in matches)
