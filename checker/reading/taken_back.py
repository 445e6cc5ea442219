"""What is taken back: "a plan is not made", "They keep none of it. This includes badges".

:mod:`checker.reading.denial` looks at what stands before a predicate in its own thought. Here it is what stands behind
it, or in the sentence before it, that leaves nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.reading.denial import is_harmless
from checker.reading.english import english
from checker.reading.past import NOW, clause_before, clause_end
from checker.reading.statement import Match, Statement

LONGEST_NAME = 7  # words between a thing and what is said of it: "a plan for such a pupil is not made"
LONGEST_SUBJECT = 4  # words before the verb of "They should not reach …"
_ADVERBS = frozenset(["be", "been", "ever", "always", "yet", "normally", "usually", "also", "then", "longer"])
_RELATIVES = frozenset(["who", "whose", "whom", "which", "that"])
_LIMITS = frozenset(["until", "unless", "without", "if", "when", "where", "before", "after", "only", "except", "just"])
_COMPARED = frozenset(["less", "later", "fewer", "more", "than", "earlier"])
_POINTING = frozenset(["this", "these", "that", "those", "they", "it"])
_USING = frozenset(["using", "via", "through", "within"])
_AUXILIARY = frozenset(["need", "do", "does", "must", "should", "will"])
_DUTIES = frozenset(["job", "task", "duty", "role", "responsibility", "business", "practice", "policy"])
_INCLUDING = frozenset(["include", "includes", "comprise", "comprises"])
_ENOUGH = frozenset(["exhaustive", "limited", "complete", "confined", "restricted"])  # "this list is not exhaustive:"
_VERBS = frozenset(["is", "are", "was", "were", "be", "has", "have", "will", "must", "should", "shall", "can", "may"])
_POSSIBLE = (("possible",), ("practicable",))


def is_taken_back(statement: Statement, predicate: Match) -> bool:
    """Whether what stands behind a predicate, or around its sentence, denies it."""
    return (
        _is_left_undone(statement, predicate)
        or _its_own_words_deny_it(statement, predicate)
        or _is_an_instance_of_nothing(statement, predicate)
        or _is_the_tail_of_a_denial(statement, predicate)
        or _is_listed_behind_a_denial(statement, predicate)
    )


def _is_left_undone(statement: Statement, predicate: Match) -> bool:
    """Whether what a predicate names is not made, sent or kept: "An individual plan for them is not drawn up".

    "… is not made until", "… not sent without" and "… not submitted later than" leave something of it.
    """
    forms, words = statement.words.forms, english()
    if predicate.end == predicate.start:
        return False
    end = clause_end(statement.words.clauses, predicate.end - 1)
    if forms[predicate.end - 1] in _AUXILIARY and forms[predicate.end : predicate.end + 1] == ("not",):
        return not is_harmless(forms, predicate.end)  # "You need not give us …"
    stops = words.resets - NOW - words.be | words.conjunctions | _RELATIVES | words.conditions
    for at in range(predicate.end, min(predicate.end + LONGEST_NAME + 1, end)):
        denial = _denial_of(forms, at, end)
        if denial:
            behind = [form for form in forms[denial + 1 : end] if form not in _ADVERBS]
            spared = is_harmless(forms, denial) and forms[denial + 1] != "longer"
            done = not words.carried_out.isdisjoint(behind[:1]) or _is_a_duty(behind)
            return not spared and done and _LIMITS.isdisjoint(behind[1:3]) and _COMPARED.isdisjoint(behind[1:4])
        if forms[at] in stops:
            return False
    return False


def _is_a_duty(behind: Sequence[str]) -> bool:
    """Whether what is denied is that it falls to somebody: "Ringing them is not our job"."""
    return not english().articles.isdisjoint(behind[:1]) and not _DUTIES.isdisjoint(behind[1:3])


def _denial_of(forms: Sequence[str], at: int, end: int) -> int:
    """Returns where the verb that begins at a place is denied, "is not", "cannot"; 0 where none begins or is denied."""
    if forms[at] == "cannot" or forms[at].endswith("n't"):
        return at
    does = forms[at] in NOW or forms[at] in english().be or forms[at] in _AUXILIARY
    return at + 1 if does and at + 1 < end and forms[at + 1] in {"not", "never", "no"} else 0


def _its_own_words_deny_it(statement: Statement, predicate: Match) -> bool:
    """Whether a sentence that leans on one before it denies what that one does: "They should not reach the head …"."""
    forms, since = statement.words.forms, statement.own_from
    if not (statement.follows_on and predicate.start < since < len(forms)) or statement.answers:
        return False
    end = clause_end(statement.words.clauses, since)
    begins = range(since, min(since + LONGEST_SUBJECT, end))
    pronoun = next((at for at in begins if forms[at] in _POINTING), None)
    if pronoun is None or _depends(forms[since:pronoun]):
        return False
    denial = _denial_of(forms, pronoun + 1, end) if pronoun + 1 < end else 0
    return denial > 0 and not is_harmless(forms, denial) and _LIMITS.isdisjoint(forms[denial:end])


def _is_the_tail_of_a_denial(statement: Statement, predicate: Match) -> bool:
    """Whether a predicate only says how or where of a thought that is denied: "We do not keep them digitally, in SIMS"."""
    forms, clauses, words = statement.words.forms, statement.words.clauses, english()
    before = clause_before(clauses, predicate.start)
    if before <= statement.own_from or clause_end(clauses, predicate.start) != predicate.end:
        return False
    ahead = forms[before : predicate.start + 1]
    bracketed = statement.text[: statement.words.starts[before]].endswith("(")
    if not bracketed and ahead[0] not in words.prepositions | _USING:
        return False
    if not (words.prepositions | _USING | words.articles).issuperset(ahead[:-1]):
        return False
    start = clause_before(clauses, before - 1)
    if not words.conditions.isdisjoint(forms[start:before]):
        return False
    if forms[start] in words.negative_subjects and not is_harmless(forms, start):
        return forms[start] == "nobody"
    denials = (_denial_of(forms, at, before) for at in range(start, before - 1))
    return any(denial and not is_harmless(forms, denial) for denial in denials)


def _is_listed_behind_a_denial(statement: Statement, predicate: Match) -> bool:
    """Whether a predicate stands in a list of things behind a colon, and what leads to that denies them all.

    "She will never work out what would help: a quieter room, a later start"; "Parents should never ring by: …" and items.
    """
    forms, own = statement.words.forms, statement.own_from
    if 0 < own <= predicate.start:
        begins = own if not (statement.answers or statement.follows_on or statement.row) else 0
    else:
        begins = _behind_colon(statement, predicate.start)
        listed = forms[begins : clause_end(statement.words.clauses, predicate.start)]
        begins = begins if listed[0] in english().articles and _VERBS.isdisjoint(listed) else 0
    if not 0 < begins <= predicate.start:
        return False
    start = clause_before(statement.words.clauses, begins - 1)
    leads = forms[start:begins]
    if _depends(leads) or not _RELATIVES.isdisjoint(leads[:LONGEST_SUBJECT]) or not _ENOUGH.isdisjoint(leads):
        return False
    denials = [denial for at in range(start, begins) if (denial := _denial_of(forms, at, begins))]
    return any(not is_harmless(forms, at) and _LIMITS.isdisjoint(forms[at:begins]) for at in denials)


def _behind_colon(statement: Statement, at: int) -> int:
    """Returns where the words begin behind the last colon before a place; 0 where there is none."""
    words = statement.words
    for place in range(at, statement.own_from, -1):
        if statement.text[words.ends[place - 1] : words.starts[place]].startswith(":"):
            return place
    return 0


def _depends(forms: Sequence[str]) -> bool:
    """Whether some words are a condition, and more than "where possible"."""
    return any(
        form in english().conditions and forms[at + 1 : at + 2] not in _POSSIBLE for at, form in enumerate(forms)
    )


def _is_an_instance_of_nothing(statement: Statement, predicate: Match) -> bool:
    """Whether a sentence only gives instances of what the one before it denies: "… This may include: badges"."""
    forms, since = statement.words.forms, statement.own_from
    if not statement.follows_on or statement.answers or not 0 < since <= predicate.start:
        return False
    if forms[since] not in _POINTING or _INCLUDING.isdisjoint(forms[since + 1 : since + LONGEST_SUBJECT]):
        return False
    end = clause_end(statement.words.clauses, 0)
    for at in range(min(end, since) - 1):
        if forms[at] in english().conditions or forms[at] in _RELATIVES:
            return False
        denial = _denial_of(forms, at, end)
        if denial:
            return not is_harmless(forms, denial) and _LIMITS.isdisjoint(forms[denial:end])
    return False
