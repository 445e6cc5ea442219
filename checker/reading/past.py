"""Whether a thought lies in the past: "We used to ring", "Before August 2024 …", "… until July 2023"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from checker.reading.english import english

_WAS = frozenset(["was", "were", "had"])
NOW = frozenset(["is", "are", "must", "should", "will", "shall", "can", "may"])
_BEFORE = frozenset(["before", "until"])
_DURING = frozenset(["in", "during", "throughout"])
_STATES = frozenset(["be", "come", "go", "have", "show"])  # what even data once "used to" do
_YEAR = re.compile(r"(?:19|20)\d\d(?:/\d\d(?:\d\d)?)?")


def is_past(clause: Sequence[str]) -> bool:
    """Whether a thought lies in the past; what "is used to" do something does it now."""
    words = english()
    if not words.past_words.isdisjoint(clause) or _before_a_year(clause):
        return True
    return any(
        not (clause[start] == "used" and _is_used_for(clause, start))
        and not (clause[end - 1] == "longer" and _is_a_length(clause, start, end))
        and clause[max(0, start - 1) : start + 1] != ("who", "have")  # "those who have stopped coming"
        for start, end in _past_places(clause)
    )


def _is_used_for(clause: Sequence[str], at: int) -> bool:
    """Whether something is used to do a thing, or things are named that are: "and the findings used to plan help"."""
    words = english()
    thing = at > 0 and clause[at - 1] in words.used_things and _STATES.isdisjoint(clause[at + 2 : at + 3])
    return thing or not words.be.isdisjoint(clause[max(0, at - 2) : at])


@lru_cache(maxsize=256)  # a thought is asked about for each of its predicates, and for those of the thought behind it
def _past_places(clause: Sequence[str]) -> tuple[tuple[int, int], ...]:
    return tuple(english().past.places(clause))


def _before_a_year(clause: Sequence[str]) -> bool:
    """Whether a thought tells what was before some year, or in it: "Before August 2024 …", "In 2024 they were …".

    One that looks ahead does not, nor does a bare "In 2024", behind which any thought may follow.
    """
    first = clause[0] if clause else ""
    told = (
        first in _BEFORE
        or (first == "up" and clause[1:2] == ("to",))
        or (first in _DURING and not _WAS.isdisjoint(clause))
    )
    return told and NOW.isdisjoint(clause) and any(_YEAR.fullmatch(word) for word in clause[1:5])


def _is_a_length(clause: Sequence[str], start: int, end: int) -> bool:
    """Whether "no longer" bounds a length: "no longer than a week", "for a week and no longer"."""
    if end < len(clause):
        return clause[end] == "than"
    return start > 0 and clause[start - 1] in english().conjunctions


def is_past_alone(clause: Sequence[str], following: Sequence[str]) -> bool:
    """Whether a thought of its own does no more than put the one following into the past: "Until last year, …"."""
    words = english()
    if len(clause) == 1:
        return clause[0] in words.past_words
    if any(start == 0 and end >= len(clause) - _dated(clause) for start, end in _past_places(clause)):
        return True
    return _before_a_year(clause) and NOW.isdisjoint(following)


def _dated(clause: Sequence[str]) -> int:
    """Returns how many words at its end only date a thought: "until the service was closed in 2019"."""
    return 2 if clause[-2:-1] == ("in",) and _YEAR.fullmatch(clause[-1]) else 0


def ends_in_the_past(forms: Sequence[str], clauses: Sequence[int], end: int) -> bool:
    """Whether what follows a thought ends it in the past: "… until 2023", "was … until July 2023", no "… until 9.15".

    A stop between them parts them: "kept for six years; until 2024 it was three".
    """
    if end >= len(clauses) or clauses[end] != clauses[end - 1] + 1:
        return False
    until, when, year = (*forms[end : end + 3], "", "", "")[:3]
    told = not _WAS.isdisjoint(forms[clause_before(clauses, end - 1) : end])
    dated = _YEAR.fullmatch(when) is not None or (told and when.isalpha() and _YEAR.fullmatch(year) is not None)
    return until == "until" and (when in {"recently", "lately"} or dated)


def is_past_at_last(following: Sequence[str]) -> bool:
    """Whether all that follows a predicate is a list, and "until 2023" ends it: "We told them of a, b and c until 2023"."""
    until, when = following[-2:] if len(following) > 1 else ("", "")
    ends = until == "until" and (when in {"recently", "lately"} or _YEAR.fullmatch(when) is not None)
    own_past = not _WAS.isdisjoint(following)  # "ends at 3.10 (it was 1.30 until 2022)"
    return ends and not own_past and english().resets.isdisjoint(following[:-2])


def is_over(forms: Sequence[str], clauses: Sequence[int], end: int) -> bool:
    """Whether the next thought begins with saying that this one is over: "…, which has ended"."""
    if end >= len(clauses) or clauses[end] > clauses[end - 1] + 2:
        return False
    place = english().over.first(forms[end : clause_end(clauses, end)])
    return place is not None and (place[0] == 0 or (place[0] == 1 and forms[end] in english().conjunctions))


def clause_before(clauses: Sequence[int], at: int) -> int:
    """Returns where the thought begins that a word stands in."""
    return bisect_left(clauses, clauses[at], 0, at) if at > 0 else at


def clause_end(clauses: Sequence[int], at: int) -> int:
    """Returns where the thought ends that a word stands in."""
    return bisect_right(clauses, clauses[at], at) if at < len(clauses) else at
