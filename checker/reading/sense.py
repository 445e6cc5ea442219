"""Whether a statement affirms or denies what it names, and how firmly.

A predicate is the word that does the work ("inform", "published", "kept"). What stands before it in the same thought
decides: a negator denies it, "may" only permits it, "used to" puts it into the past. The words that do so are data:
``english.yaml``.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence

from checker.reading.denial import is_denied, is_harmless
from checker.reading.english import english
from checker.reading.past import (
    clause_before,
    clause_end,
    ends_in_the_past,
    is_over,
    is_past,
    is_past_alone,
    is_past_at_last,
)
from checker.reading.senses import Sense
from checker.reading.statement import Match, Statement
from checker.reading.taken_back import is_taken_back
from checker.reading.values import leaves_out

INTENDED_WITHIN = 7
DENIED_WITHIN = 3
NARROWED_WITHIN = 2
LONGEST_DENIAL = 30
PARTED_PURPOSE = 16  # words: "so that boys whose attendance is declining, or …, may be found"
_EFFECT = ("with", "effect")
_TO_HAVE = (("have", "to"), ("need", "to"))
_NO = frozenset(["no", "never", "not", "✗", "✘", "❌"])
_MONTHS = frozenset(name.lower() for name in calendar.month_name if name)
_TO_TRY = frozenset(["try", "to", "also", "choose", "decide", "wish", "be", "able", "then"])
_RARELY = frozenset(["rarely", "seldom"])
_WILL = frozenset(["will", "shall", "do", "does", "can", "they"])
_WHILE = (("in",), ("when",), ("while",), ("on",))  # "In deciding whether to grant it, the head weighs …"
_OURS = (("this",), ("our",), ("us",))  # "at this school", "by us"


def sense_of(statement: Statement, predicate: Match) -> Sense:
    """Returns what a statement does with a predicate.

    Args:
        statement: The statement.
        predicate: Where its predicate stands.
    """
    known = statement.senses.get(predicate)
    if known is None:
        known = statement.senses[predicate] = _sense_of(statement, predicate)
    return known


def sense_beside(statement: Statement, predicate: Match, others: Iterable[Match]) -> Sense:
    """Returns what a statement does with a predicate and what goes with it: "We record the date, but not the name"."""
    sense = sense_of(statement, predicate)
    if sense is not Sense.DENIED and any(leaves_out(statement.words, predicate.end, match.start) for match in others):
        return Sense.DENIED
    return sense


def _sense_of(statement: Statement, predicate: Match) -> Sense:
    forms, clauses = statement.words.forms, statement.words.clauses
    if statement.is_question and predicate.start >= statement.own_from:
        return Sense.ASKED
    before = clause_before(clauses, predicate.start)
    end = clause_end(clauses, predicate.start)
    clause = forms[before : end + (3 if ends_in_the_past(forms, clauses, end) else 0)]
    own = _own_thought(statement, predicate)
    if (
        is_denied(statement, predicate)
        or is_taken_back(statement, predicate)
        or _lead_denies(statement, predicate)
        or (own and _denies_itself(own))
        or _is_answered_no(statement)
    ):
        return Sense.DENIED
    if (
        is_past(clause)
        or (own and is_past(own))
        or is_past_at_last(forms[predicate.end :])
        or is_over(forms, clauses, end)
        or is_past_alone(forms[clause_before(clauses, before - 1) : before] if before else (), clause)
    ):
        return Sense.PAST
    if statement.ahead and any(_lies_ahead(statement, place, predicate) for place in statement.ahead):
        return Sense.FUTURE
    if _permitted(statement, before, predicate):
        return Sense.PERMITTED
    if (
        statement.when_convenient
        or statement.of_some_only
        or _weakened(statement, predicate)
        or _is_rare(statement, before, predicate)
        or _intended(forms[before : predicate.start])
    ):
        return Sense.WEAKENED
    return Sense.AFFIRMED


def denies_plainly(statement: Statement, matches: Sequence[Match]) -> bool:
    """Whether a short sentence does nothing but deny its predicate, the first match: "We do not publish this policy".

    What is denied on a condition, of some only, or beside something else may be said elsewhere all the same.
    """
    forms, clauses = statement.words.forms, statement.words.clauses
    predicate = matches[0]
    if not english().refusals.isdisjoint(forms[statement.own_from :]):  # "no adjustment is refused"
        return False
    if not is_plain(statement, (predicate,)) or is_narrowed(statement, matches):
        return False
    if clauses[predicate.start] != clauses[statement.own_from]:
        return False
    if forms[predicate.start - 2 : predicate.start] in _TO_HAVE:  # "you will not have to fill in a form"
        return False
    near = range(max(statement.own_from, predicate.start - DENIED_WITHIN), predicate.end)
    return any(forms[at] in english().negators and not is_harmless(forms, at) for at in near)


def is_plain(statement: Statement, matches: Iterable[Match]) -> bool:
    """Whether a short sentence says what stands in some places of it, and nothing beside that takes from it.

    It is no question and no row, has no condition, speaks of no exception, and is not in the past.
    """
    words, forms = english(), statement.words.forms
    own = forms[statement.own_from :]
    if statement.is_question or statement.row or not 0 < len(own) <= LONGEST_DENIAL or ";" in statement.own:
        return False
    said = {at for match in matches for at in range(match.start, match.end)}
    if not said or min(said) < statement.own_from:
        return False
    beside = words.conditions | words.may | words.qualifies
    rest = (at for at in range(statement.own_from, len(forms)) if at not in said)
    return not is_past(_without_no_longer(own)) and all(
        forms[at] not in beside or _is_of_a_day(forms, at) or _dates(forms, at) for at in rest
    )


def _without_no_longer(own: Sequence[str]) -> Sequence[str]:
    """Returns a sentence without what denies it now and tells of no past: "Notices are no longer given"."""
    longer = {at + shift for at in range(len(own)) if own[at : at + 2] == ("no", "longer") for shift in (0, 1)}
    return tuple([form for at, form in enumerate(own) if at not in longer]) if longer else own


def _dates(forms: Sequence[str], at: int) -> bool:
    """Whether a word only tells since when, or that it is so as yet: "Since July 2026 …", "not yet"."""
    if forms[at] == "yet":
        return forms[max(0, at - 1)] == "not"
    following = forms[at + 1] if at + 1 < len(forms) else ""
    return forms[at] == "since" and (following in _MONTHS or following.isdigit())


def is_narrowed(statement: Statement, matches: Sequence[Match]) -> bool:
    """Whether what stands before or behind some places makes less of a sentence: "… as a punishment", "In Year 7 …"."""
    words, forms = english(), statement.words.forms
    end = max(match.end for match in matches)
    if statement.own_from < min(match.start for match in matches) and forms[statement.own_from] in words.narrows:
        return True
    behind = range(end, min(end + NARROWED_WITHIN, len(forms)))
    return any(forms[at] in words.narrows and forms[at + 1 : at + 2] not in _OURS for at in behind)


def _is_of_a_day(forms: Sequence[str], at: int) -> bool:
    """Whether "first" counts days: "on the first day of absence" is no exception."""
    return forms[at] == "first" and forms[at + 1 : at + 2] in (("day",), ("morning",))


def _lead_denies(statement: Statement, predicate: Match) -> bool:
    """Whether the line that leads to an item ends in a negator: "The school will not: …", no "If we hear nothing: …"."""
    if not 0 < statement.own_from <= predicate.start or statement.answers or statement.follows_on:
        return False
    tail = statement.words.forms[max(0, statement.own_from - 2) : statement.own_from]
    negators = english().negators - english().negative_subjects | {"never"}
    return tail[-1] in negators or (tail[0] in negators and tail[-1] in {"be", "to", "have"})


def _is_answered_no(statement: Statement) -> bool:
    """Whether all that a row says of its first cell is "no": "Poor attendance | No" under "Do we delete the name?"."""
    answers = [cell.text.strip(" .").lower() for cell in statement.block.cells[1:] if cell.text]
    return bool(answers) and _NO.issuperset(answers)


def _own_thought(statement: Statement, predicate: Match) -> Sequence[str]:
    """Returns the first thought of an item whose predicate stands in what leads to it: "Parents are asked to: …"."""
    forms, clauses = statement.words.forms, statement.words.clauses
    if predicate.start == predicate.end or not predicate.start < statement.own_from < len(forms) or statement.answers:
        return ()
    return forms[statement.own_from : clause_end(clauses, statement.own_from)]


def _denies_itself(own: Sequence[str]) -> bool:
    """Whether an item begins with saying that it is none: "There is no need to …"."""
    place = english().no_duty.first(own)
    return place is not None and place[0] == 0


def _lies_ahead(statement: Statement, place: Match, predicate: Match) -> bool:
    """Whether a beginning that has not come is that of what a predicate does.

    It stands in the same thought, is a thought of its own next to it, stands beside it in a row, or leads to it.
    """
    forms, clauses = statement.words.forms, statement.words.clauses
    here, there = clauses[predicate.start], clauses[place.start]
    if here == there:  # "… is published, and it will be printed from 2030" begins another thought
        joined = predicate.end < place.start and forms[place.start - 1] in english().conjunctions
        return not joined and english().resets.isdisjoint(forms[predicate.end : place.start])
    if statement.row:
        return True
    if place.start < statement.own_from <= predicate.start:
        return not statement.follows_on or statement.answers
    start = clause_before(clauses, place.start)
    alone = clause_end(clauses, place.start) - start <= place.end - place.start + len(_EFFECT)
    return alone and abs(here - there) == 1


def _permitted(statement: Statement, before: int, predicate: Match) -> bool:
    words, forms = english(), statement.words.forms
    said = forms[before : predicate.end]
    if not words.may.isdisjoint(said):
        last = next(at for at in range(predicate.end - 1, before - 1, -1) if forms[at] in words.may)
        behind = forms[last + 1 : predicate.end]
        since = max(statement.said_from, before - PARTED_PURPOSE) if last == before else before
        return words.resets.isdisjoint(behind) and words.purpose.first(forms[since:last]) is None
    return 0 < statement.own_from <= predicate.start and _only_allows(forms[: statement.own_from])


def _only_allows(lead: Sequence[str]) -> bool:
    """Whether the line that leads to an item ends with allowing it: "The school may:", "We may try to:"."""
    at = len(lead) - 1
    while at > 0 and lead[at] in _TO_TRY:
        at -= 1
    return lead[at] in english().may and lead[at + 1 :] != ("to",)  # "We ask them, as far as they can, to:"


def _weakened(statement: Statement, predicate: Match) -> bool:
    words, forms = english(), statement.words.forms
    first = max(0, predicate.start - 4)
    if words.weakeners.isdisjoint(forms[first : predicate.end + 1]):
        return False
    near = range(first, min(predicate.end + 1, len(forms)))
    return any(forms[at] in words.weakeners and not _gives_an_example(statement, at) for at in near)


def _is_rare(statement: Statement, before: int, predicate: Match) -> bool:
    """Whether the verb of a thought, with all that it governs, is done rarely: "The register will rarely show who …"."""
    words, forms = english(), statement.words.forms
    for at in range(max(before, 1), predicate.start):
        governs = forms[at] in _RARELY and forms[at - 1] in words.be | words.may | words.speakers | _WILL
        if governs and words.conjunctions.isdisjoint(forms[at : predicate.start]):
            return True
    return False


def _gives_an_example(statement: Statement, at: int) -> bool:
    """Whether a word only leads to an example behind a comma: "… what would help, perhaps a quieter way in"."""
    forms, clauses = statement.words.forms, statement.words.clauses
    begins = at > statement.own_from and clauses[at - 1] != clauses[at]
    return begins and not english().articles.isdisjoint(forms[at + 1 : at + 2])


def _intended(before: Sequence[str]) -> bool:
    """Whether what stands before a predicate only intends it: "we hope to bring in rewards", or asks if it should be."""
    words = english()
    if any(before[max(0, start - 1) : start] not in _WHILE for start, _ in words.undecided.places(before)):
        return True
    for start, _ in words.intends.places(before):
        if start >= len(before) - INTENDED_WITHIN:
            return words.others.isdisjoint(before[max(0, start - 2) : start])
    return False
