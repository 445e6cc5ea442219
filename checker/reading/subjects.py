"""Which of the people whom a sentence names could do what its predicate says.

An object or an owner does not ("to parents", "the parents' view"), nor does the subject of a condition ("If your child
is ill, ring us"), nor whom a question only names as a case ("Child not well? Ring us.").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from checker.reading.english import english
from checker.reading.statement import Match, Statement
from checker.reading.words import Words

NEAR = 8
SHARED = 8
_NAMING = frozenset(["of", "to", "with"])
_FROM = frozenset(["of", "from"])
_HELP = frozenset(["support", "help", "cooperation", "assistance"])
ASKED_WITHIN = 5
_QUANTITIES = frozenset(["all", "any", "each", "every"])


def subjects(statement: Statement, named: Iterable[tuple[Match, str]], predicate: Match) -> Iterator[tuple[Match, str]]:
    """Yields those of some mentions before a predicate that could be its subject."""
    for place, name in named:
        if (
            place.end <= predicate.start
            and _is_subject(statement, place)
            and not _of_a_condition(statement.words, place, predicate)
            and not _of_a_case(statement, place, predicate)
        ):
            yield place, name


def _is_subject(statement: Statement, place: Match) -> bool:
    """Whether a mention could be the subject of what follows: it is neither owner nor object.

    Somebody who is asked to do a thing ("we expect parents to ring") is meant to do it.
    """
    words = statement.words
    end = words.ends[place.end - 1]
    if statement.text[end - 2 : end].lower() == "'s" or statement.text[end : end + 1] == "'":
        return False
    after = words.forms[place.end : place.end + 2]
    if len(after) > 1 and after[0] in english().before_objects and after[1] in {"which", "whom"}:
        return False
    if after and after[0] in english().compounds:
        return False
    if place.start and words.forms[place.start - 1] == "whose":
        return False
    at = _before_its_name(statement, place)
    while at > 0 and (words.forms[at] in english().articles or words.forms[at] in english().attributes):
        at -= 1
    same_clause = at >= 0 and words.clauses[at] == words.clauses[place.start]
    if same_clause and words.forms[at] == "not" and words.forms[at + 1] not in _QUANTITIES:
        return False  # "The council, not the school, rings"
    if same_clause and _is_second_object(words, at, after):
        return False
    if not same_clause or words.forms[at] not in english().before_objects:
        return True
    if _is_asked_for_help(words, at, place.end) or _is_charged(words, at, place.end):
        return True
    asked = words.forms[at] in english().asking and "to" in words.forms[place.end : place.end + NEAR]
    return asked and (at == 0 or words.forms[at - 1] not in english().articles)


def _is_charged(words: Words, at: int, end: int) -> bool:
    """Whether what follows is said to be somebody's to do: "it is for parents to tell us", "it is up to parents to …"."""
    theirs = words.forms[at] == "for" or words.forms[at - 1 : at + 1] == ("up", "to")
    begins = at - (words.forms[at] == "to")
    return theirs and begins > 0 and words.forms[begins - 1] in english().be and words.forms[end : end + 1] == ("to",)


def _is_asked_for_help(words: Words, at: int, end: int) -> bool:
    """Whether it is those whose help is asked for in what follows: "We ask for the support of our parents by: …"."""
    if words.forms[at] not in _FROM or words.forms[at - 1] not in _HELP:
        return False
    asks = not english().asking.isdisjoint(words.forms[max(0, at - ASKED_WITHIN) : at - 1])
    return asks and "by" in words.forms[end : end + NEAR]


def _before_its_name(statement: Statement, place: Match) -> int:
    """Returns the index before a mention: before its proper name where that is an object, as in "of Elm Council"."""
    words, before = statement.words, place.start - 1
    at = before
    while at > 0 and statement.text[words.starts[at]].isupper() and words.clauses[at] == words.clauses[place.start]:
        at -= 1
    named = 0 <= at < before and statement.text[words.starts[place.start]].isupper()
    return at if named and words.forms[at] in _NAMING else before


def _is_second_object(words: Words, at: int, after: Sequence[str]) -> bool:
    """Whether a mention behind a conjunction at ``at`` shares its preposition: "with parents and pupils".

    What an auxiliary follows is a subject: "we ring the parents and staff must …".
    """
    if words.forms[at] not in {"and", "or"} or (after and (after[0] in english().resets or after[0] in english().may)):
        return False
    near = [place for place in range(max(0, at - SHARED), at) if words.clauses[place] == words.clauses[at]]
    found = next((place for place in reversed(near) if words.forms[place] in english().before_objects), None)
    return found is not None and english().resets.isdisjoint(words.forms[found:at])


def _of_a_condition(words: Words, place: Match, predicate: Match) -> bool:
    """Whether a mention is the subject of a condition that ends before the predicate: "If your child is ill, ring us"."""
    at = place.start
    while at > 0 and words.clauses[at - 1] == words.clauses[at] and not _begins_a_condition(words, at):
        at -= 1
    if not _begins_a_condition(words, at) and words.forms[at] != "should":
        return False
    if words.clauses[place.start] != words.clauses[predicate.start]:
        return True
    return place.end < predicate.start and is_order(words, predicate)


def _begins_a_condition(words: Words, at: int) -> bool:
    """Whether a word begins a condition, as "if" does, "which", and "that" in "each morning that …"."""
    form = words.forms[at]
    return (
        form == "which"
        or form in english().conditions
        or (form == "that" and at > 0 and words.forms[at - 1] in english().occasions)
    )


def _of_a_case(statement: Statement, place: Match, predicate: Match) -> bool:
    """Whether a mention is the subject of a question that only names a case: "Child not well? Ring us."."""
    words, before = statement.words, statement.text[: statement.words.starts[predicate.start]]
    question = before.rfind("?")
    if words.ends[place.end - 1] > question:
        return False
    begins = bisect_left(words.starts, max(before.rfind(stop, 0, question) for stop in ".?!:") + 1)
    first = words.forms[begins : begins + 1]
    return english().asks_on.isdisjoint(first) or not english().be.isdisjoint(first)


def is_order(words: Words, predicate: Match) -> bool:
    """Whether a predicate tells the reader what to do: "please ring us"."""
    before, verb = words.forms[predicate.start - 1], words.forms[predicate.start]
    return before == "please" or not (
        before in english().resets
        or before in english().conjunctions
        or before in {"to", "not", "also", "then"}
        or (verb.endswith(("s", "ed", "ing")) and verb not in {"ring", "bring", "address", "discuss"})
    )
