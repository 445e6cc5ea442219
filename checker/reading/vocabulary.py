"""A topic's vocabulary: its concepts and wordings, as its YAML file holds them, and what a document says in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from checker.findings import Passage, unique
from checker.reading.actors import Actors
from checker.reading.phrases import Concept, concept
from checker.reading.said import MOST_PASSAGES, Said
from checker.reading.sense import denies_plainly
from checker.reading.senses import Sense
from checker.reading.statement import Statement
from checker.reading.statements import LONGEST_SIGN, Statements
from checker.reading.wording import Hit, Wording, hits

MOST_AFFIRMED = 8
LONGEST_ROW = 200  # characters
MANY_WAYS = 3  # beyond them a statement says a thing no more plainly, but is longer
SMALL = frozenset(["a", "an", "the", "of", "and", "or", "in", "on", "for", "to", "with", "s"])

_Ways = Mapping[int, tuple[int, int]]


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
        ways = self._ways(statements, actors, name, [hit for hit in hits if hit.sense is Sense.AFFIRMED])

        def passages(sense: Sense) -> tuple[Passage, ...]:
            return _passages(statements, [hit for hit in hits if hit.sense is sense], headed, ways)

        denied = (hit for hit in hits if hit.sense is Sense.DENIED and hit.matches)
        plain = [hit for hit in denied if denies_plainly(hit.statement, hit.matches)]
        return Said(
            passages(Sense.AFFIRMED), passages(Sense.WEAKENED), passages(Sense.PERMITTED), passages(Sense.PAST),
            passages(Sense.FUTURE), passages(Sense.DENIED), against=_passages(statements, plain, headed, {}),
        )  # fmt: skip

    def _ways(self, statements: Statements, actors: Actors, name: str, found: Sequence[Hit]) -> _Ways:
        """Returns for each of some statements in how many wordings it says a thing, most first, and in which first.

        The plain wordings of a thing stand before the rarer ones, and what says it in several ways is seldom on
        something else.
        """
        only = {hit.statement.index for hit in found}
        ways: dict[int, tuple[int, int]] = {}
        for order, wording in enumerate(self.wordings[name] if len(only) > 1 else ()):
            for hit in hits(statements, wording, actors, only=only):
                if hit.sense is Sense.AFFIRMED:
                    count, first = ways.get(hit.statement.index, (0, order))
                    ways[hit.statement.index] = max(count - 1, -MANY_WAYS), first
        return ways

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
    return own > 1 and not is_a_name(statement.own)


def is_a_name(text: str) -> bool:
    """Whether some words are only the name of something: "School Trips (England) Regulations 2019"."""
    return all(word[0].isupper() or word.lower() in SMALL for word in re.findall(r"[^\W\d_]+", text))


def _tells_of_a_sign(statement: Statement) -> bool:
    """Whether a statement stands in a row that says what a sign stands for, and so is on nothing else."""
    cells = statement.block.cells
    return bool(cells) and len(cells[0].text) <= LONGEST_SIGN


def _passages(statements: Statements, found: list[Hit], headed: Set[int], ways: _Ways) -> tuple[Passage, ...]:
    """Returns the best statements: those in headed sections first, then those that say it themselves and most plainly.

    Args:
        statements: The document.
        found: The statements, all of one sense.
        headed: The sections under a heading on the subject.
        ways: For some statements, in how many wordings they say it (negative), and in which first.
    """
    if not found:
        return ()

    def rank(hit: Hit) -> tuple[bool, bool, bool, tuple[int, int], int, int]:
        statement = hit.statement
        is_headed = statement.block.section in headed
        plainly = ways.get(statement.index, (0, 0))
        return statement.row, not is_headed, hit.leans, plainly, -hit.own_matches, statement.index

    by_cell = {id(hit.statement.block) for hit in found if not hit.statement.row}
    found = [hit for hit in found if not (_is_long_row(hit.statement) and id(hit.statement.block) in by_cell)]
    most = MOST_AFFIRMED if found[0].sense is Sense.AFFIRMED else MOST_PASSAGES
    shown: dict[str, Passage] = {}
    for hit in sorted(found, key=rank)[: 2 * most]:
        passage = statements.passage_about(hit.statement, hit.matches)
        shown.setdefault(passage.quote, passage)
    return unique(shown.values())[:most]


def _is_long_row(statement: Statement) -> bool:
    """Whether it is a row so long that the cell that says the thing is better shown alone."""
    return statement.row and len(statement.own) > LONGEST_ROW


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
        _named(rule.get("none_before", []), concepts),
    )


def _named(names: Iterable[str], concepts: Mapping[str, Concept]) -> tuple[Concept, ...]:
    found = []
    for name in names:
        if name.rstrip("!") not in concepts:
            raise ValueError(f"there is no concept {name.rstrip('!')!r}")
        found.append(concepts[name.rstrip("!")])
    return tuple(found)
