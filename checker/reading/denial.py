"""Whether a thought denies what it names: "is not published", "nobody rings", "no longer than", "without delay".

What stands before a predicate in the same thought decides, up to a word that begins another thought.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.reading.english import english
from checker.reading.past import NOW, clause_before, clause_end
from checker.reading.statement import Match, Statement

_RELATIVES = frozenset(["that", "which", "who", "whom"])
_FINITE = frozenset(["is", "are", "has", "have", "must", "should", "will", "shall"])
_AUXILIARIES = _FINITE | {"can", "may", "could", "would", "might", "had", "do", "does", "did", "was", "were", "be"}
_ANOTHER = frozenset(["each", "every", "all", "we", "they"])
_WHOSE = frozenset(["who", "whose", "which"])
_WILL = frozenset(["will", "shall", "must"])
_SUPPOSING = frozenset(["should"])
_EXCEPTING = {"than", "save", "without"}
_WHAT = frozenset(["what", "whatever"])
_CONCEDING = frozenset(["though", "although"])  # "…, though we need not, send figures"
_WITH_NO = ("with", "no")
_EITHER_WAY = ("whether", "or")
_SPEAKERS = frozenset(["we", "they", "i", "he", "she", "it"])
_ALTERNATIVES = frozenset(["or", "nor"])
_BEFORE_OBJECT = frozenset(["to", "of", "with", "from", "by"])
_JOINING = frozenset(["and", "or", "nor"])
_LISTING = frozenset(["and", "or", "nor", "to", "also", "then", "be"])
LONGEST_LIST = 6
PAIR = 2


def is_denied(statement: Statement, predicate: Match) -> bool:
    """Whether a thought of a statement, or one that it goes on, denies a predicate."""
    forms, clauses = statement.words.forms, statement.words.clauses
    before, end = clause_before(clauses, predicate.start), clause_end(clauses, predicate.start)
    return (
        _denied(forms, before, end, predicate)
        or _is_denied_before_an_aside(forms, clauses, before)
        or _is_seen_to_by_nobody(forms, before, predicate.start)
        or (not statement.row and _is_in_a_denied_list(forms, clauses, predicate.start))
        or (not statement.row and _is_done_in_a_denied_list(forms, clauses, before, predicate.start))
    )


def _denied(forms: Sequence[str], before: int, end: int, predicate: Match) -> bool:
    words = english()
    before = _behind_new_subject(forms, _behind_exception(forms, before, predicate.start), predicate.start)
    ahead = forms[before : predicate.start]
    for at in range(before, predicate.start) if not words.negative_subjects.isdisjoint(ahead) else ():
        numbered = before < at < before + 3 and forms[at - 1][0].isdigit()  # "7.3 No entry shall …", "A 7.3 No entry …"
        heads = at == before or numbered or forms[at - 1] in words.conjunctions
        denies = forms[at] in words.negative_subjects and not is_harmless(forms, at)
        if heads and denies and not _only_tells(forms, at, predicate.start):
            return True
    denied = not (words.negators.isdisjoint(ahead) and words.refusals.isdisjoint(ahead))
    for at in range(predicate.start - 1, before - 1, -1) if denied else ():
        word = forms[at]
        if word in words.negators and not is_harmless(forms, at) and not _only_tells(forms, at, predicate.start):
            return True
        if word in words.refusals:
            return True
        if (word in words.resets and not points_at(forms, at) and not _goes_on(forms, at)) or (
            word in words.conjunctions and word not in _ALTERNATIVES and forms[at + 1] == "to"
        ):
            break
    within = range(predicate.start, predicate.end)
    if not words.negators.isdisjoint(forms[predicate.start : predicate.end]) and any(
        forms[at] in words.negators and not is_harmless(forms, at) and not _is_an_aside(forms, at, predicate.end)
        for at in within
    ):
        return True
    after = predicate.end  # "takes no part"; a mere place has no word that could deny what follows it
    if predicate.start < after < end and _is_no_object(forms, after):
        return True
    no_duty = words.no_duty.first(forms[before : predicate.end])
    return no_duty is not None and no_duty[0] + before <= predicate.start


def _only_tells(forms: Sequence[str], at: int, predicate: int) -> bool:
    """Whether nobody does only what a relative clause tells: "absences that nobody explains go down as unauthorised"."""
    verb = at + 1 + (forms[at : at + 2] == ("no", "one"))
    told = forms[at] == "nobody" or verb > at + 1
    return told and at > 0 and forms[at - 1] in _RELATIVES and verb < predicate and forms[verb] not in _AUXILIARIES


def points_at(forms: Sequence[str], at: int) -> bool:
    """Whether "that" only points at something, behind a preposition: "is not absent for that session"."""
    return forms[at] == "that" and at > 0 and forms[at - 1] in english().prepositions


def _goes_on(forms: Sequence[str], at: int) -> bool:
    """Whether a word begins no thought: the "have" of "will not always have told", an object as in "read it or print it".

    So does "it" in "does not send to it any figure", and "would" in "never work out what would help".
    """
    if forms[at] == "have":
        return not english().negators.isdisjoint(forms[max(0, at - 2) : at])
    if forms[at : at + 2] == ("so", "far") or forms[at - 1] in _WHAT:
        return True
    joined = english().conjunctions | english().prepositions | {"or"}
    return forms[at] == "it" and (forms[at + 1] in joined or forms[at - 1] in _BEFORE_OBJECT | english().list_verbs)


def _is_seen_to_by_nobody(forms: Sequence[str], before: int, at: int) -> bool:
    """Whether it is denied that somebody sees to it: "We will not ensure that all parents are told".

    What parents or pupils would have to see to, in a condition or in what is told of them, is not meant.
    """
    words = english()
    ahead = forms[before:at]
    if words.negators.isdisjoint(ahead):
        return False
    seen_to = [start for start, _ in words.sees_to.places(ahead)]
    denials = [
        place
        for place in range(seen_to[-1] if seen_to else 0)
        if ahead[place] in words.negators and not is_harmless(forms, before + place)
    ]
    if not denials or not words.resets.isdisjoint(ahead[denials[-1] + 1 : seen_to[-1]]):
        return False
    return (words.others | words.conditions | _RELATIVES).isdisjoint(ahead[: denials[-1]])


def _is_in_a_denied_list(forms: Sequence[str], clauses: Sequence[int], at: int) -> bool:
    """Whether a verb without a subject goes on a list of what is denied: "They do not look at it, ask or decide"."""
    words = english()
    verb, form = at, ""
    own = forms[clause_before(clauses, at) : clause_end(clauses, at)]
    either = "and" not in own[:1] and not _ALTERNATIVES.isdisjoint(own)
    for _ in range(LONGEST_LIST):
        before = clause_before(clauses, verb)
        begins = forms[before:verb]
        paired = len(begins) == PAIR and begins[1] in {"and", "or"}  # "…, guide and challenge"
        if before == 0 or len(begins) > PAIR or not (paired or _LISTING.issuperset(begins)):
            return False
        form = form or ("to" if "to" in begins else "done" if forms[at].endswith(words.participles) else "do")
        verb = clause_before(clauses, before - 1)
        if either and verb and forms[verb] in words.conditions:
            before, verb = verb, clause_before(clauses, verb - 1)  # "never removed because of this, or dated back"
        earlier = _without_conditions(forms[verb:before])
        denials = [i for i, word in enumerate(earlier) if word in words.negators and not is_harmless(forms, verb + i)]
        if denials:
            return _denies_the_rest(earlier, denials[-1], form, either=either)
        listed = form == "to" and "that" in earlier[:2]  # "not expected to see that …, and that …; to ring"
        if not listed and not words.resets.isdisjoint(earlier):
            return False
        verb += next((at for at, word in enumerate(earlier[:PAIR]) if word not in _LISTING), 0)
    return False


def _without_conditions(clause: Sequence[str]) -> Sequence[str]:
    """Returns what stands before a condition or a relative in a thought of a list: "hold a plan where there is a need"."""
    stops = (at for at, word in enumerate(clause) if word in _WHOSE or (at and word in english().conditions))
    return clause[: next(stops, len(clause))]


def _is_done_in_a_denied_list(forms: Sequence[str], clauses: Sequence[int], before: int, at: int) -> bool:
    """Whether a list of what is denied goes on with seeing to it, or with doing something to it.

    "They do not ask, and make sure that staff are told", "They are not expected to ring; to give two numbers", "We do
    not adjust, or write plans".
    """
    verbs = [before + start for start, _ in english().sees_to.places(forms[before:at])]
    first = before + (forms[before] in _JOINING)
    first += forms[first] == "to"
    plain = forms[first - 1] == "to" or forms[first] in english().list_verbs
    if plain and first < at and english().resets.isdisjoint(forms[first:at]):
        verbs.append(first)
    return any(_is_in_a_denied_list(forms, clauses, verb) for verb in verbs)


def _denies_the_rest(clause: Sequence[str], denial: int, form: str, *, either: bool) -> bool:
    """Whether a thought denies what goes on in the same form: "does not ring" a list of "write", "visit"."""
    words = english()
    contracted = clause[denial].endswith("n't") or clause[denial] == "cannot"
    auxiliary = clause[denial][:-3] if contracted else clause[denial - 1] if denial else ""
    tells = either and denial == 1 and clause[0] in _SPEAKERS  # "We never ring, write or visit"
    orders = (denial + contracted < 2 and not tells) or clause[0] == "please"  # "Do not wait, ring us"
    told = not (words.conditions | _RELATIVES | _CONCEDING).isdisjoint(clause[:denial])
    behind = clause[denial + 1 :]
    if form == "to" and "that" in behind:  # "not expected to see that they come; to ring"
        behind = behind[: behind.index("that")]
    if orders or told or not words.resets.isdisjoint(behind):
        return False
    if form == "to":  # "is not asked to wait, and to ring", no "is asked not to wait, and to ring"
        return "to" in behind[1:] or not words.asking.isdisjoint(behind[:1])
    if form == "do" and "to" in behind:  # "is not required to ring, write or visit"
        return True
    return (auxiliary in words.be or "be" in behind[:2]) == (form == "done")


def _is_denied_before_an_aside(forms: Sequence[str], clauses: Sequence[int], at: int) -> bool:
    """Whether the subject of a thought stands before an aside, and denies it: "No leave, for any reason, is granted"."""
    aside = clause_before(clauses, at - 1) if at and forms[at] in NOW else 0
    subject = clause_before(clauses, aside - 1)
    return aside > 0 and forms[subject] in english().negative_subjects and not is_harmless(forms, subject)


def _behind_exception(forms: Sequence[str], before: int, end: int) -> int:
    """Returns where a thought begins anew behind an exception to its denial, up to some place; else where it began.

    "No entry is changed otherwise than by …" and "never without …" deny nothing of what follows.
    """
    clause = forms[before:end]
    if _EXCEPTING.isdisjoint(clause):
        return before
    starts = [before + behind for _, behind in english().exceptions.places(clause)]
    if "without" in clause:
        at = before + len(clause) - clause[::-1].index("without")
        denials = english().negators | english().negative_subjects
        starts += [at] if any(forms[i] in denials and not is_harmless(forms, i) for i in range(before, at - 1)) else []
    return max(starts, default=before)


def _behind_new_subject(forms: Sequence[str], before: int, end: int) -> int:
    """Returns where "and" brings in another subject before some place: "No two are alike and each is heard"."""
    if not _ANOTHER.isdisjoint(forms[before + 1 : end]):
        starts = [at for at in range(before + 1, end) if forms[at] in _ANOTHER and forms[at - 1] in {"and", "so"}]
        if starts:
            return starts[-1]
    return _behind_want(forms, before, end)


def _behind_want(forms: Sequence[str], before: int, end: int) -> int:
    """Returns where a thought goes on behind what is wanting: "Where there is no message the office rings".

    So it does in "When we have heard nothing the office rings".
    """
    words = english()
    if forms[before] not in _SUPPOSING | words.conditions:
        return before
    bare = _bare_subject(forms, before, end)
    if bare is not None:
        return bare
    if "there" not in forms[before + 1 : before + 3]:
        subjects = words.articles | words.owners | words.subjects
        places = (at for at in range(before + 2, end) if _ends_want(forms[at - 1]) and forms[at] in subjects)
        return next((at for at in places if not words.negators.isdisjoint(forms[before:at])), before)
    wanted = next((at + 1 for at in range(before + 2, end) if forms[at] in words.negators), end)
    subjects = words.articles | words.owners | words.subjects
    joined = words.before_objects | words.conjunctions | subjects | {"or"}
    places = (at for at in range(wanted + 1, end + 1) if at == wanted + 1 or forms[at - 1] not in joined)
    return next((at for at in places if forms[at] in subjects), before)


def _ends_want(form: str) -> bool:
    """Whether what is wanting may end with a word: "If we have not heard", "Where nobody has rung by 9.15am"."""
    return form in english().ends_want or form[0].isdigit()


def _bare_subject(forms: Sequence[str], before: int, end: int) -> int | None:
    """Returns where a subject without an article takes up what is wanting: "If there is no reply school will visit"."""
    words = english()
    joined = words.before_objects | words.conjunctions | words.articles | words.owners | {"or"}
    wanting = next((at for at in range(before + 1, end) if forms[at] in words.negators), end)
    places = (at for at in range(wanting + 2, end) if forms[at + 1] in _WILL and forms[at - 1] not in joined)
    return next(places, None)


def _is_no_object(forms: Sequence[str], at: int) -> bool:
    """Whether what stands behind a predicate denies it, and has no verb of its own: "an absence nobody expected"."""
    if forms[at] not in english().negative_subjects or is_harmless(forms, at):
        return False
    does = (*forms[at + 1 : at + 2], "")[0]
    return not (does.endswith("ed") or does in english().be)


def _is_an_aside(forms: Sequence[str], at: int, end: int) -> bool:
    """Whether a negator denies only what a relative clause tells: "absence that could not be foreseen is reported"."""
    relative = not _RELATIVES.isdisjoint(forms[max(0, at - 3) : at])
    return relative and not _FINITE.isdisjoint(forms[at + 2 : end])


def is_harmless(forms: Sequence[str], at: int) -> bool:
    """Whether what follows a negator disarms it: "not only", "no later than", "without delay"."""
    following = forms[at + 1] if at + 1 < len(forms) else ""
    if forms[at] == "not" and following.endswith("%"):
        return True  # "their own target, not 100%"
    if forms[at] == "not" and forms[max(0, at - 2) : at] == _EITHER_WAY:
        return True
    if forms[at] == "not" and forms[at - 1 : at] == ("if",) and following in english().list_verbs:
        return True  # "Have you told us? If not send us a message"
    negator = "without" if forms[max(0, at - 1) : at + 1] == _WITH_NO else forms[at]
    return following in english().harmless.get(negator, ())
