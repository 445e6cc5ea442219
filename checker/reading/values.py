"""Whether a value that stands in a text, such as a time, a sum or a length, is denied: "it is not £80", "not for an hour".

A bound between the denial and the value denies only what lies beyond it: "not before 9.15", "not open for more than 30
minutes". What is denied in a condition, or in what is told of somebody, denies no value: "If you do not pay the £80 …".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from checker.reading.denial import is_harmless, points_at
from checker.reading.english import english
from checker.reading.past import clause_before, is_past
from checker.reading.words import Words
from checker.recognise.spans import has_digit

_JOINS = frozenset(["or", "nor"])
_RELATIVES = frozenset(["that", "which", "who", "whose"])
_UNLIKELY = frozenset(["unlikely", "hardly", "seldom", "rarely"])
_LEAVES_OUT = frozenset(["not", "never", "without", "except", "excluding"])
_JOINED = frozenset(["but", "and", "though", "although"])
_OTHERWISE = frozenset(["but", "otherwise", "instead", "rather", "else"])
LONGEST_JOIN = 2
LONGEST_EXCEPTION = 8
FAR_FROM_RELATIVE = 3
FAR_FROM_CONDITION = 5


def is_unsaid_at(words: Words, offset: int) -> bool:
    """Whether the thought in which a value stands denies it, puts it into the past, or finds it unlikely.

    Args:
        words: The words of the text.
        offset: Where the value begins in the text.
    """
    forms, clauses = words.forms, words.clauses
    at = min(bisect_left(words.starts, offset), len(forms) - 1)
    if at < 0:
        return False
    begin = clause_before(clauses, at)
    if begin and at - begin < LONGEST_JOIN and forms[begin] in _JOINS:  # "not £80 if paid in time, or £160"
        before = clause_before(clauses, begin - 1)
        at = next((place for place in range(before, begin) if has_digit(forms[place])), begin)
        begin = before
    bounded = forms[at] == "than"  # which makes a bound of "no longer"
    return _is_denied(forms, begin, at) or is_past(forms[begin : at + bounded])


def goes_on(forms: Sequence[str], end: int, start: int) -> bool:
    """Whether what stands at a place only goes on from what ends before it: "not marked as absent, using code U"."""
    parts = english().resets | _OTHERWISE
    return not any(forms[at] in parts and not points_at(forms, at) for at in range(end, start))


def leaves_out(words: Words, end: int, start: int) -> bool:
    """Whether a later thought takes what stands at a place out of what has been said: "…, but not their position"."""
    forms = words.forms
    begin = max(end, clause_before(words.clauses, start)) if start > end else start
    for at in range(begin, start):
        joined = forms[at] in _LEAVES_OUT and (at == begin or forms[at - 1] in _JOINED)
        if joined and not is_harmless(forms, at):
            return start - at <= LONGEST_EXCEPTION and goes_on(forms, at + 1, start)
    return False


def _is_denied(forms: Sequence[str], begin: int, end: int) -> bool:
    words = english()
    for place in range(end - 1, begin - 1, -1):
        word = forms[place]
        denies = word in words.negators or word in _UNLIKELY or (place == begin and word in words.negative_subjects)
        if denies and not is_harmless(forms, place):
            doubled = "without" in forms[place + 1 : end] or not words.negators.isdisjoint(forms[begin:place])
            bounded = not words.bounds.isdisjoint(forms[place + 1 : end + 1])
            return not (doubled or bounded or _is_told(forms, begin, place))
        if word in words.resets:
            return False
    return False


def _is_told(forms: Sequence[str], begin: int, place: int) -> bool:
    """Whether a denial is that of a condition or of a relative clause: "if a parent does not", "those who do not"."""
    near = forms[max(begin, place - FAR_FROM_RELATIVE) : place]
    supposed = forms[max(begin, place - FAR_FROM_CONDITION) : place]
    return not (_RELATIVES.isdisjoint(near) and english().conditions.isdisjoint(supposed))
