"""Who is meant to do a thing: the school, the parents, the pupils, an authority.

The actor of a predicate is the last one named before it as a subject ("parents must inform …", not "to parents"), or
the one after "by" ("is informed by the school"); else the one that the line leading to it, the heading of its column,
the column that says who, or the heading above names. The subject of a condition ("If your child is ill, ring us") is
not that of what follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from checker.reading.english import english
from checker.reading.phrases import Concept
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.subjects import is_order, subjects
from checker.reading.words import Words, cut

NEAR = 8
TO_HER = 3  # words of "Apply to her"
PRONOUN_WITHIN = 5  # "If it would help, she …"
OWNED = 2  # words between getting and who is got somewhere: "get their own child to"
_ASKED_OF = frozenset(["must", "should", "shall", "do", "does"])  # "What must parents do?"
_OF = frozenset(["of", "from"])
_ASKS = frozenset(["ask", "asks", "asking"])
_HER = frozenset(["her", "him"])
_ONE = frozenset(["she", "he"])
_TITLES = frozenset(["mrs", "mr", "ms", "miss", "mx", "dr"])
_REQUEST = re.compile(r"; please $")
_GETTING = frozenset(["get", "gets", "getting"])
_SOMEWHERE = frozenset(["to", "into", "in", "here", "there", "off", "out", "up", "through", "ready"])
_BEFORE_PARTICIPLES = frozenset(["also", "always", "never", "not", "then"])


@dataclass(frozen=True, eq=False)
class Actors:
    """The actors that a topic's statements may name, as concepts by name."""

    concepts: Mapping[str, Concept]

    def may_be(self, wanted: str, statements: Statements, statement: Statement, predicate: Match) -> bool:
        """Whether the actor of a predicate is the wanted one, or nobody is named."""
        actor = self.of(statements, statement, predicate)
        return actor is None or actor in wanted.split("|")

    def of(self, statements: Statements, statement: Statement, predicate: Match) -> str | None:
        """Returns the name of the actor of a predicate, or ``None`` where nobody is named."""
        named = self._named(statements, statement)
        by = next((name for place, name in named if _after_by(statement.words, place, predicate)), None)
        if by is not None:
            return by
        if _answers_with_an_order(statement, predicate) or _is_what_for(statement, predicate):
            return None
        passive = _is_passive(statement, predicate) and not _brings(statement, named, predicate)
        last = next(subjects(statement, reversed(named), predicate), None)
        is_own = last is not None and last[0].start >= statement.own_from
        if (not is_own and _stands_alone(statement, predicate)) or _is_asked_for(statement, predicate):
            last = None
        if last is not None and not is_own and _orders_behind_one(statement, last[0], predicate):
            last = None
        if last is not None and _asks_the_reader(statement, last[0], predicate):
            last = None
        if statement.block.cells:
            if last is not None and is_own and not statement.row and not passive:
                return last[1]
            return self._of_table(statements, statement, predicate)
        if passive:
            follows = statement.follows_on and predicate.start >= statement.own_from
            return None if last is None or is_own or follows else last[1]
        if last is None:
            return self._of_headings(statements, statement)
        if _is_the_means(statement, predicate):
            return next(subjects(statement, named, predicate))[1]
        return last[1]

    def _named(self, statements: Statements, statement: Statement) -> list[tuple[Match, str]]:
        """Returns where a statement names which actor, in order; looked for once for all its predicates."""
        known = statement.actors.get(self)
        if known is None:
            places = [
                (place, name) for name, one in self.concepts.items() for place in statements.matches(statement, one)
            ]
            known = _longest(places)
            if statement.answers:
                known = [(place, name) for place, name in known if not _only_speaks(statement, place)]
            if _is_of_one(statement):
                known = _leaving_out_several(statement, known)
            statement.actors[self] = known
        return known

    def _of_table(self, statements: Statements, statement: Statement, predicate: Match) -> str | None:
        """Returns the actor that a table gives for a row: in its label or headings, or in the column that says who."""
        led_by = statement.lead.split(" : ")
        labels = led_by
        if statement.row:
            labels = [led_by[0], statement.block.cells[0].text, statements.column_of(statement, predicate)]
        for label in reversed(labels):
            actor = self.only_actor(cut(label).forms)
            if actor is not None:
                return actor
        for who in statements.cells_under(statement, english().who):
            first = [(place, name) for name, actor in self.concepts.items() if (place := actor.first(cut(who).forms))]
            if first:
                return min(first, key=lambda one: (one[0][0], -one[0][1]))[1]
        return None if statement.row else self._of_headings(statements, statement)

    def only_actor(self, forms: Sequence[str]) -> str | None:
        """Returns the actor that a heading or label names and says no more of than that these are their duties.

        "Parents", "Responsibilities of parents" and "What parents should do about …" do so.
        """
        return _only_actor(self, tuple(forms))

    def _of_headings(self, statements: Statements, statement: Statement) -> str | None:
        """Returns the actor whom the nearest heading names and says no more of than that these are their duties.

        A label before it in its paragraph is the nearest: "Governors. The committee receives a report each term."
        """
        for label in statements.labels_before(statement):
            actor = self.only_actor(cut(label).forms)
            if actor is not None:
                return actor
        for heading in reversed(statements.headings(statement)):
            actor = self.only_actor(heading.forms)
            if actor is not None:
                return actor
        return None


@lru_cache(maxsize=2048)
def _only_actor(actors: Actors, forms: tuple[str, ...]) -> str | None:
    if any(first in english().may and second == "expect" for first, second in pairwise(forms)):
        return None  # "What you can expect" heads what others do
    if forms[:1] and forms[0] in english().may and not english().speakers.isdisjoint(forms[1:2]):
        return None  # "Can we go on holiday?" is asked by whoever reads
    asked = _without_owner(forms)
    for name, actor in actors.concepts.items():
        rest = _without(asked, actor)
        if len(rest) < len(asked) and english().heading_words.issuperset(rest):
            return name
    asks = next((at + 1 for at, form in enumerate(forms) if form in english().asks_how), len(forms))
    whose = forms[asks - 1 : asks] == ("what",)  # "What your child does"; "How your child attends" is told to parents
    for name, actor in actors.concepts.items():
        place = actor.first(forms[asks:])
        if (
            place
            and english().owners.isdisjoint(forms[asks + place[0] * whose : asks + place[1]])
            and (english().articles | english().owners | _ASKED_OF).issuperset(forms[asks : asks + place[0]])
            and not _asks_us(forms[asks : asks + place[1]])
            and (english().asking | english().received).isdisjoint(forms[asks + place[1] :][:2])
        ):
            return name
    return None


def _without_owner(forms: Sequence[str]) -> tuple[str, ...]:
    """Returns "What we ask of your child" without its "your": of whom it is asked stands behind that."""
    return tuple(form for at, form in enumerate(forms) if form != "your" or forms[max(at - 1, 0)] not in _OF)


def _asks_us(forms: Sequence[str]) -> bool:
    """Whether a question is put to whoever wrote the policy: "How do you keep an eye on it?"."""
    return forms[:1] in (("do",), ("does",)) and not english().speakers.isdisjoint(forms)


def _longest(named: list[tuple[Match, str]]) -> list[tuple[Match, str]]:
    """Leaves out a name that is only a part of a longer one: "young carers" are pupils, not carers."""
    last, kept = -1, []
    for place, name in sorted(named, key=lambda one: (one[0].start, -one[0].end)):
        if place.end > last:
            kept.append((place, name))
            last = place.end
    return kept


def _without(forms: Sequence[str], actor: Concept) -> tuple[str, ...]:
    """Returns words without any that name an actor: of "parents and carers" only the "and"."""
    rest = tuple(forms)
    while place := actor.first(rest):
        rest = (*rest[: place[0]], *rest[place[1] :])
    return rest


def _is_of_one(statement: Statement) -> bool:
    """Whether it goes on about one person: "Our liaison officer knows these children. She visits them"."""
    begins = statement.words.forms[statement.own_from : statement.own_from + PRONOUN_WITHIN]
    return statement.follows_on and not _ONE.isdisjoint(begins)


def _leaving_out_several(statement: Statement, named: list[tuple[Match, str]]) -> list[tuple[Match, str]]:
    """Leaves out the several people of whom "she" can be none, where what leads to it names one person as well."""
    forms, led = statement.words.forms, [one for one in named if one[0].end <= statement.own_from]
    several = [one for one in led if forms[one[0].end - 1].endswith(("s", "children", "people"))]
    names_one = len(several) < len(led) or not _TITLES.isdisjoint(forms[: statement.own_from])
    return [one for one in named if one not in several] if names_one else named


def _only_speaks(statement: Statement, place: Match) -> bool:
    """Whether a mention is a pronoun of the question that is answered: "What do you tell the council?"."""
    return place.end <= statement.own_from and english().speakers.issuperset(
        statement.words.forms[place.start : place.end]
    )


def _asks_the_reader(statement: Statement, place: Match, predicate: Match) -> bool:
    """Whether "please" asks whoever reads, some way behind whom else it names: "We expect your child; if ill, please ring"."""
    please = predicate.start - 1
    clauses = statement.words.clauses
    return (
        statement.words.forms[please] == "please"
        and please > statement.own_from
        and place.end < please
        and clauses[place.start] + 1 < clauses[predicate.start]
    )


def _is_the_means(statement: Statement, predicate: Match) -> bool:
    """Whether an item is how the line before it is done: "We make sure that parents know of this policy by: sending …".

    "We ask for the support of our parents by: …" is done by those who are asked.
    """
    lead = statement.words.forms[: statement.own_from]
    return 0 < statement.own_from <= predicate.start and lead[-1] == "by" and _ASKS.isdisjoint(lead)


def _answers_with_an_order(statement: Statement, predicate: Match) -> bool:
    """Whether a predicate heads the answer to a question, and tells the asker what to do: "What do I do? Ring us."."""
    first = statement.own_from + (statement.words.forms[statement.own_from :][:1] == ("please",))
    return statement.answers and predicate.start == first and is_order(statement.words, predicate)


def _stands_alone(statement: Statement, predicate: Match) -> bool:
    """Whether nobody named before a sentence does what it says: it asks the reader, or only a label leads to it.

    "The head decides. Please hand it in." or "If you agree, sign it."; "Greet every child. …" under "Class teachers".
    """
    if predicate.start < statement.own_from:
        return False
    if statement.follows_on:
        forms, clauses, own = statement.words.forms, statement.words.clauses, statement.own_from
        of_yours = forms[own] in english().conditions and "you" in forms[own : own + NEAR]
        orders = of_yours and clauses[own] < clauses[predicate.start - 1] + 1 == clauses[predicate.start]
        return forms[predicate.start - 1] == "please" or orders
    return 0 < len(statement.lead) < statement.start and statement.reading.text.startswith(statement.lead.rstrip(" .:"))


def _orders_behind_one(statement: Statement, place: Match, predicate: Match) -> bool:
    """Whether a sentence behind "The principal decides." begins with what is no deed of that one: "Apply to her"."""
    forms, own = statement.words.forms, statement.own_from
    does = forms[place.end : place.end + 1]
    one = bool(does) and place.end < own and does[0].endswith("s") and not does[0].endswith("ss")
    one = one or not _HER.isdisjoint(forms[own : own + TO_HER])
    return one and statement.follows_on and predicate.start == own and is_order(statement.words, predicate)


def _is_asked_for(statement: Statement, predicate: Match) -> bool:
    """Whether a part of a sentence asks the reader, whoever was named before it: "We have a line; please ring it"."""
    return _REQUEST.search(statement.text, 0, statement.words.starts[predicate.start]) is not None


def _is_what_for(statement: Statement, predicate: Match) -> bool:
    """Whether a cell beside an address begins with the predicate: "Office | office@… | To report an absence"."""
    forms, at = statement.words.forms, predicate.start
    begins = at == statement.own_from + 1 and forms[at - 1] == "to"
    return begins and any("@" in cell.text for cell in statement.block.cells)


def _brings(statement: Statement, named: Iterable[tuple[Match, str]], predicate: Match) -> bool:
    """Whether who gets somebody somewhere does so, and gets nothing: "Parents must get children to the gate"."""
    forms, begins = statement.words.forms, predicate.start + 1
    if forms[predicate.start] not in _GETTING:
        return False
    whom = [place.end for place, _ in named if begins <= place.start <= begins + OWNED]
    whom += [begins + 1] if not english().object_pronouns.isdisjoint(forms[begins : begins + 1]) else []
    return any(not _SOMEWHERE.isdisjoint(forms[end : end + 1]) for end in whom)


def _is_passive(statement: Statement, predicate: Match) -> bool:
    """Whether the predicate is suffered rather than done: "are informed", "it's sent", "receive a copy"."""
    words = statement.words
    if words.forms[predicate.start] in english().received or _is_terse(words, predicate):
        return True
    if any(
        (words.forms[at - 1] in english().be or _holds_be(statement, at - 1))
        and words.forms[at].endswith(english().participles)
        for at in range(predicate.start + 1, predicate.end)
    ):
        return True
    for at in range(predicate.start - 1, max(predicate.start - 4, -1), -1):
        if words.forms[at] in english().be:
            return words.forms[predicate.start].endswith(english().participles)
        form = words.forms[at]
        if not (form.endswith("ly") or form in english().articles or form in _BEFORE_PARTICIPLES):
            return False
    return False


def _holds_be(statement: Statement, at: int) -> bool:
    """Whether a pronoun holds a contracted "is" or "are": "it's", "they're"."""
    words = statement.words
    written = statement.text[words.starts[at] : words.ends[at]].lower()
    return words.forms[at] in english().pronouns and written.endswith(("'s", "'re"))


def _is_terse(words: Words, predicate: Match) -> bool:
    """Whether a passive has lost its auxiliary, as in notes and tables: "officer informed on day 5", "home called"."""
    at = predicate.start
    if not at or words.clauses[at - 1] != words.clauses[at] or not words.forms[at].endswith("ed"):
        return False
    ends = at + 1 == len(words) or words.clauses[at + 1] != words.clauses[at]
    return ends or words.forms[at + 1] in english().after_participles


def _after_by(words: Words, place: Match, predicate: Match) -> bool:
    between = words.forms[predicate.end : place.start]
    same_clause = words.clauses[place.start] == words.clauses[predicate.start]
    qualifies = not english().compounds.isdisjoint(
        words.forms[place.end : place.end + 1]
    )  # "broken down by pupil group"
    return same_clause and 0 < len(between) <= NEAR and "by" in between[-3:] and not qualifies
