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

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from checker.findings import Passage, unique
from checker.reading.actors import Actors
from checker.reading.phrases import Concept, concept
from checker.reading.said import MOST_PASSAGES, Said
from checker.reading.sense import denies_plainly, sense_beside
from checker.reading.senses import Sense
from checker.reading.stages import at_earlier_stages
from checker.reading.statements import LONGEST_SIGN, Match, Statement, Statements

MOST_AFFIRMED = 8
LONGEST_LABEL = 5
SMALL = frozenset(["a", "an", "the", "of", "and", "or", "in", "on", "for", "to", "with", "s"])


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a thing.

    Attributes:
        all: Concepts that must stand in the statement.
        predicate: Which of them does the work; ``None`` where none can be denied.
        none: Concepts that must not stand in it.
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
        """Whether it is the sentence before that does what is looked for."""
        return self.statement.follows_on and any(match.start < self.statement.own_from for match in self.matches[:1])


class Vocabulary(dict[str, Concept]):
    """The concepts of a topic by their names, and the wordings made of them, as its YAML file holds them.

    Attributes:
        wordings: The wordings of each thing that can be said.
        classes: The words of each class that phrases name, parted by blanks.
    """

    def __init__(
        self,
        concepts: Mapping[str, Concept],
        wordings: Mapping[str, tuple[Wording, ...]] | None = None,
        classes: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(concepts)
        self.wordings = wordings or {}
        self.classes = classes or {}

    def words(self, name: str) -> frozenset[str]:
        """Returns the words of a class as they stand, for readings that go word by word."""
        return frozenset(self.classes[name].split())

    def hits(self, statements: Statements, actors: Actors, name: str) -> list[Hit]:
        """Returns the statements that fit the wordings of a thing, in reading order, each once."""
        found: dict[int, Hit] = {}
        affirmed: dict[int, Hit] = {}  # no other wording could make more of these
        for wording in self.wordings[name]:
            for hit in hits(statements, wording, actors, but=affirmed.keys()):
                (affirmed if hit.sense is Sense.AFFIRMED else found).setdefault(hit.statement.index, hit)
        found |= affirmed
        return [found[index] for index in sorted(found)]

    def said(self, statements: Statements, actors: Actors, name: str, subject: Sequence[Concept] = ()) -> Said:
        """Returns what a document says on a thing.

        Args:
            statements: The document.
            actors: Who counts as whom.
            name: The thing, among the wordings.
            subject: What a passage must be about to come near, and under which the best ones stand; empty for anything.
        """
        hits = self.hits(statements, actors, name)
        if not hits:
            return Said(nearest=tuple(self._nearest(statements, name, subject)))
        headed = statements.sections_under(subject)

        def passages(sense: Sense) -> tuple[Passage, ...]:
            return _passages(statements, [hit for hit in hits if hit.sense is sense], headed)

        denied = (hit for hit in hits if hit.sense is Sense.DENIED and hit.matches)
        plain = [hit for hit in denied if denies_plainly(hit.statement, hit.matches)]
        return Said(
            passages(Sense.AFFIRMED), passages(Sense.WEAKENED), passages(Sense.PERMITTED), passages(Sense.PAST),
            passages(Sense.FUTURE), passages(Sense.DENIED), against=_passages(statements, plain, headed),
        )  # fmt: skip

    def _nearest(self, statements: Statements, name: str, subject: Sequence[Concept]) -> Iterable[Passage]:
        """Returns the passage on the subject in which most of a wording's concepts stand, where that is more than one.

        Two of them stand in its own words; a heading on the subject counts as one more.
        """
        best: tuple[int, int] | None = None
        headed, on_it = statements.sections_under(subject), statements.with_any(subject)
        for wording in (one for one in self.wordings[name] if not one.note):  # what is no note is not near to one
            counts: Counter[int] = Counter()
            for needed in wording.all:
                counts.update(statements.find(needed))
            for index, count in counts.items():
                if count < 2 or (best is not None and (count + 1, -index) <= best):
                    continue
                statement = statements.all[index]
                under = statement.block.section in headed
                is_on = not subject or under or index in on_it
                if is_on and not _tells_of_a_sign(statement) and _tells(statements, statement, wording):
                    rank = (count + under, -index)
                    best = rank if best is None else max(best, rank)
        return [] if best is None else [statements.passage(statements.all[-best[1]])]


def _tells(statements: Statements, statement: Statement, wording: Wording) -> bool:
    """Whether two of a wording's concepts stand in a statement's own words, and these are more than a name."""
    own = sum(
        any(match.end > statement.own_from for match in statements.matches(statement, needed)) for needed in wording.all
    )
    return own > 1 and not _is_a_name(statement.own)


def _is_a_name(text: str) -> bool:
    """Whether some words are only the name of something: "School Trips (England) Regulations 2019"."""
    return all(word[0].isupper() or word.lower() in SMALL for word in re.findall(r"[^\W\d_]+", text))


def _tells_of_a_sign(statement: Statement) -> bool:
    """Whether a statement stands in a row that says what a sign stands for, and so is on nothing else."""
    cells = statement.block.cells
    return bool(cells) and len(cells[0].text) <= LONGEST_SIGN


def hits(statements: Statements, wording: Wording, actors: Actors, but: Set[int] = frozenset()) -> list[Hit]:
    """Returns the statements that fit one wording, but for some of them, whatever they do with its predicate."""
    fitting = (_best(statements, statement, wording, actors) for statement in _open_to(statements, wording, but))
    return [hit for hit in fitting if hit is not None]


def _open_to(statements: Statements, wording: Wording, but: Set[int]) -> Iterator[Statement]:
    """Yields the statements with all that a wording names, but for some of them, and nothing that bars them."""
    having = statements.having(*wording.all) if wording.all else statements.all
    open_to = [statement for statement in having if statement.index not in but]
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


def _best(statements: Statements, statement: Statement, wording: Wording, actors: Actors) -> Hit | None:
    """Returns the reading of a statement that fits best: an affirmed one before any other."""
    if wording.predicate is None:
        matches = tuple(statements.matches(statement, needed)[-1] for needed in wording.all)
        return Hit(statement, matches, Sense.AFFIRMED) if _own(statement, matches) or not matches else None
    best: Hit | None = None
    for predicate in statements.matches(statement, wording.predicate):
        others = [
            _closest(statement, statements.matches(statement, needed), predicate)
            for needed in wording.all
            if needed is not wording.predicate
        ]
        matches = (predicate, *others)
        if statement.is_parted(predicate) or (wording.note and not _begins_a_note(statement, predicate)):
            continue
        if wording.beside and _is_apart(statement, predicate, others):
            continue
        if not _own(statement, matches) or (wording.within and _width(matches) > wording.within):
            continue
        if wording.by and not actors.may_be(wording.by, statements, statement, predicate):
            continue
        sense = wording.reads(sense_beside(statement, predicate, others))
        if sense is Sense.AFFIRMED:
            return Hit(statement, matches, sense)
        if sense is not None:
            best = best or Hit(statement, matches, sense)
    return best


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


def _own(statement: Statement, matches: Sequence[Match]) -> bool:
    return any(match.end > statement.own_from for match in matches)


def _closest(statement: Statement, places: Sequence[Match], to: Match) -> Match:
    """Returns the place next to another; where that one stands in what leads to the statement, one of its own words."""
    own = [place for place in places if place.end > statement.own_from] if to.end <= statement.own_from else ()
    return min(own or places, key=lambda place: (max(place.start - to.end, to.start - place.end), place.start))


def _width(matches: Sequence[Match]) -> int:
    return max(match.end for match in matches) - min(match.start for match in matches)


def _passages(statements: Statements, found: list[Hit], headed: Set[int]) -> tuple[Passage, ...]:
    """Returns the best statements: those in headed sections first, then those that say most themselves.

    Args:
        statements: The document.
        found: The statements, all of one sense.
        headed: The sections under a heading on the subject.
    """
    if not found:
        return ()

    def rank(hit: Hit) -> tuple[bool, bool, bool, int, int]:
        is_headed = hit.statement.block.section in headed
        return hit.statement.row, not is_headed, hit.leans, -hit.own_matches, hit.statement.index

    most = MOST_AFFIRMED if found[0].sense is Sense.AFFIRMED else MOST_PASSAGES
    shown: dict[str, Passage] = {}
    for hit in sorted(found, key=rank)[: 2 * most]:
        passage = statements.passage_about(hit.statement, hit.matches)
        shown.setdefault(passage.quote, passage)
    return unique(shown.values())[:most]


def vocabulary(data: Mapping[str, Any], shared: Vocabulary | None = None) -> Vocabulary:
    """Returns a topic's vocabulary of its YAML file's content.

    Args:
        data: ``words``: classes of words by name; ``concepts``: phrases by name; ``says``: wordings of things by
            name, where a list of names stands for ``{all: [...]}``.
        shared: A vocabulary whose classes and concepts this one may name too.

    Raises:
        ValueError: If a wording names a concept that is not there, or a phrase a class that is not there.
    """
    classes = {**(shared.classes if shared else {}), **data.get("words", {})}
    concepts = dict(shared) if shared else {}
    topic = data.get("topic", "")
    for name, phrases in data.get("concepts", {}).items():
        concepts[name] = concept(f"{topic}.{name}", phrases, classes)
    wordings = {
        name: tuple(_wording(entry, concepts) for entry in entries) for name, entries in data.get("says", {}).items()
    }
    return Vocabulary(concepts, wordings, classes)


def _wording(entry: Mapping[str, Any] | list[str], concepts: Mapping[str, Concept]) -> Wording:
    rule: Mapping[str, Any] = {"all": entry} if isinstance(entry, list) else entry
    marked = [name.rstrip("!") for name in rule.get("all", []) if name.endswith("!")]
    senses = tuple(Sense(name) for name in rule.get("senses", ["affirmed"]))
    return Wording(
        _named(rule.get("all", []), concepts),
        _named(marked, concepts)[0] if marked else None,
        _named(rule.get("none", []), concepts),
        _named(rule.get("under", []), concepts),
        _named(rule.get("not_under", []), concepts),
        _named(rule.get("about", []), concepts),
        _named(rule.get("after", []), concepts),
        rule.get("by", ""),
        rule.get("within", 0),
        rule.get("row", False),
        rule.get("item", False),
        rule.get("opens", False),
        rule.get("note", False),
        senses,
        rule.get("strict", False),
        rule.get("beside", False),
    )


def _named(names: Iterable[str], concepts: Mapping[str, Concept]) -> tuple[Concept, ...]:
    found = []
    for name in names:
        if name.rstrip("!") not in concepts:
            raise ValueError(f"there is no concept {name.rstrip('!')!r}")
        found.append(concepts[name.rstrip("!")])
    return tuple(found)
