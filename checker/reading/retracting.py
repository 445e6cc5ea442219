"""Sentences that take back what stands before them: "These calls are no longer made", "All of this has ended: …".

Such a sentence begins by pointing back and says that it is over. What follows behind that is said anew, as in "This rule
has ended: entries are deleted in July".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.reading.english import english
from checker.reading.past import clause_end
from checker.reading.phrases import Concept
from checker.reading.words import Words
from checker.recognise.numbers import number

LONGEST_SUBJECT = 12
LONGEST_RANGE = 4  # words of "in the school", "of parents or pupils"
SHORTEST_STEM = 3
_PRONOUNS = frozenset(["this", "that", "it", "these", "those", "they"])
_SINGLE = frozenset(["this", "that", "it"])
_MANY = frozenset(["these", "those"])
_OF_ALL = frozenset(["all", "none", "any", "everything", "nothing"])
_JOINS = frozenset(["and"])
_REASONS = frozenset(["because", "since", "owing", "due"])
_LIMITS = frozenset(["for", "except", "apart", "other", "unless", "until", "by", "only", "than"])
_SCHOOL = frozenset(["in", "at"])
_ORDINAL = ("d", "st", "th")
_ENDINGS = ("ings", "ing", "ed", "es", "e", "s")


@dataclass(frozen=True, slots=True)
class Retraction:
    """How a sentence takes back what stands before it.

    Attributes:
        end: The index after the last word that does so.
        all: Whether it means all that stands there: "None of this is done".
        names: The stems of what it names, empty where it only points: "These calls and letters have ended".
        count: How many it counts: "The three notices above"; 0 where it does not.
        far: Whether what it names may stand farther back: "The calls described above".
    """

    end: int
    all: bool = False
    names: frozenset[str] = frozenset()
    count: int = 0
    far: bool = False


def retraction(words: Words) -> Retraction | None:
    """Returns how a sentence takes back what stands before it, or ``None`` where it does not."""
    forms, data = words.forms, english()
    start = _opening(forms)
    if start >= len(forms) or forms[start] not in data.points_back | data.doers:
        return None
    thought = forms[start : clause_end(words.clauses, start)]
    following = forms[start + len(thought) :]
    if _is_limited(following):
        return None
    for subject, end in _told(thought, following, dated=start > 0):
        found = _of(subject)
        if found is not None:
            behind = start + end
            behind += forms[behind : behind + 1] != () and forms[behind] in _JOINS
            return Retraction(behind, *found)
    return None


def stems(forms: Iterable[str]) -> frozenset[str]:
    """Returns what words begin with that name the same: "closing" as "closes"."""
    return frozenset(map(_stem, forms))


def _stem(form: str) -> str:
    ending = next((one for one in _ENDINGS if form.endswith(one)), "")
    return form[: -len(ending)] if ending and len(form) - len(ending) >= SHORTEST_STEM else form


def _opening(forms: Sequence[str]) -> int:
    """Returns where a sentence begins behind "But", "At present" or "Since September 2026"."""
    words = english()
    start = 1 if forms[:1] in (("but",), ("however",), ("sadly",), ("unfortunately",)) else 0
    place = words.at_present.first(forms[start : start + LONGEST_RANGE])
    return start + place[1] if place is not None and place[0] == 0 else start


def _is_limited(following: Sequence[str]) -> bool:
    """Whether the thought behind one limits it: "They are no longer sent, except to …"."""
    data = english()
    limits = data.conditions - _REASONS | data.prepositions | _LIMITS
    return not limits.isdisjoint(following[:1]) and data.at_present.first(following[:2]) is None


def _told(thought: Sequence[str], following: Sequence[str], *, dated: bool) -> Iterator[tuple[Sequence[str], int]]:
    """Yields what a thought says to be over, and where it has said so."""
    words = english()
    now = dated or words.at_present.first(thought) is not None
    for told, of in (
        (words.ends_it, _points),
        (words.left_undone, _points),
        (words.is_so, _is_none),
        (words.undoes_it, _does),
    ):
        for at, end in _places(told, thought):
            subject = thought[:at]
            if not of(subject) or (told is words.left_undone and not now and not _SINGLE.issuperset(subject)):
                continue
            behind = _behind(thought, end)
            partly = told in (words.left_undone, words.undoes_it) and following[:1] == ("because",)
            if behind is not None and not partly:  # "We do not do it because of …": but for another reason
                yield (_object(thought[at:end]) if of is _does else subject), behind


def _places(concept: Concept, thought: Sequence[str]) -> Sequence[tuple[int, int]]:
    return sorted(
        (place for place in concept.places(thought) if 0 < place[0] <= LONGEST_SUBJECT), key=lambda at: (at[0], -at[1])
    )


def _points(subject: Sequence[str]) -> bool:
    """Whether some words point back: "this", "all of this", "these calls", "the calls described above"."""
    words = english()
    if len(subject) == 1:
        return subject[0] in _PRONOUNS
    if not words.never_taken_back.isdisjoint(subject) or not (words.resets - _PRONOUNS - words.points_above).isdisjoint(
        subject[1:]
    ):
        return False
    return subject[0] in _PRONOUNS | _OF_ALL or not words.points_above.isdisjoint(subject)


def _is_none(subject: Sequence[str]) -> bool:
    return subject[0] in {"none", "nothing"} and len(subject) > 1 and _points(subject)


def _does(subject: Sequence[str]) -> bool:
    return english().doers.issuperset(subject)


def _object(told: Sequence[str]) -> Sequence[str]:
    """Returns what it is that nobody does: "any of this", or no more than "this"."""
    return [form for form in told if form in _OF_ALL or form in _MANY]


def _behind(thought: Sequence[str], end: int) -> int | None:
    """Returns where that what is over has been told to the end; ``None`` where it is so only of some, or at some time."""
    words = english()
    if thought[end - 2] == "to":  # "The times above used to be kept by all"
        return len(thought)
    while end < len(thought):
        rest = thought[end:]
        places = [concept.first(rest[:LONGEST_RANGE]) for concept in (words.at_present, words.of_all_here)]
        steps = [place[1] for place in places if place is not None and place[0] == 0]
        if not steps:
            return end if rest[0] in _JOINS else len(thought) if rest[0] in _REASONS else None
        end += steps[0]
    return end


def _of(subject: Sequence[str]) -> tuple[bool, frozenset[str], int, bool]:
    words = english()
    above = not words.points_above.isdisjoint(subject)
    counted = subject[1] if len(subject) > 1 and not subject[1].endswith(_ORDINAL) else ""
    named = next(
        (at for at, form in enumerate(subject) if at and form in words.prepositions | words.points_above), len(subject)
    )
    names = _names(subject[:named]) or _names(subject)
    return not names and not (_OF_ALL | _MANY).isdisjoint(subject[:1]), names, number(counted) or 0, above


def _names(forms: Sequence[str]) -> frozenset[str]:
    words = english()
    empty = (
        words.prepositions
        | words.articles
        | words.conjunctions
        | words.points_above
        | words.points_back
        | words.says_little
        | _OF_ALL
    )
    return stems(form for form in forms if form not in empty and number(form) is None)
