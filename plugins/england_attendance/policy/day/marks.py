"""Where, in a few words, it is named who or what is spoken of (a register, the day, the gates) and what happens to it.

The phrases are in ``register_events.yaml``: ``subject-…`` and ``verb-…``. Of phrases that overlap the longest counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from checker.reading.phrases import Phrase
from checker.reading.words import cut
from england_attendance.policy.vocabulary import topic

REGISTER, DAY, SCHOOL, SESSION, PUPILS, OTHER = "register", "day", "school", "session", "pupils", "other"
_PREPOSITIONS = frozenset(
    [
        "in",
        "at",
        "to",
        "from",
        "for",
        "of",
        "into",
        "off",
        "on",
        "during",
        "through",
        "with",
        "by",
        "near",
        "beside",
        "after",
        "before",
    ]
)
_BETWEEN = frozenset(
    [
        "the",
        "a",
        "an",
        "our",
        "their",
        "your",
        "its",
        "his",
        "her",
        "this",
        "that",
        "each",
        "every",
        "any",
        "all",
        "whole",
        "day",
        "boarding",
        "of",
    ]
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or two that name a subject or a happening.

    Attributes:
        subject: Whether it names a subject, not a happening.
        name: Which: ``register``, ``day``, … or ``takes``, ``opens``, ….
        start: Index of its first word.
        end: Index after its last.
        governed: Whether a preposition stands before it ("at school"), so that it is hardly the subject.
    """

    subject: bool
    name: str
    start: int
    end: int
    governed: bool = False


def marks(forms: Sequence[str], start: int = 0) -> list[Mark]:
    """Returns the subjects and happenings that some words name from an index on, in order, without overlaps."""
    found: list[tuple[int, int, bool, str]] = []
    starting_with = _by_first_word()
    for index, form in enumerate(forms[start:], start):
        for subject, name, phrase in starting_with.get(form, ()):
            end = phrase.end_after(forms, index)
            if end is not None:
                found.append((index, end, subject, name))
    kept: list[Mark] = []
    taken: set[int] = set()
    for first, end, subject, name in sorted(found, key=lambda one: (one[0] - one[1], one[0], one[2], one[3])):
        if taken.isdisjoint(range(first, end)):
            taken.update(range(first, end))
            kept.append(Mark(subject, name, first, end, _is_governed(forms, first)))
    kept.sort(key=lambda mark: mark.start)
    return [_as_verb(mark, kept[place - 1] if place else None) for place, mark in enumerate(kept)]


def _as_verb(mark: Mark, before: Mark | None) -> Mark:
    """Returns "register" as the verb that it is right behind pupils: "students register at 8.40"."""
    behind_pupils = before is not None and before.subject and before.name == PUPILS and before.end == mark.start
    if behind_pupils and mark.subject and mark.name == REGISTER:
        return Mark(False, "registers", mark.start, mark.end)
    return mark


@cache
def names_a_happening(text: str) -> bool:
    """Whether some words name a happening, or a register or the day: a heading for times, not for groups or sites."""
    return any(not mark.subject or mark.name in {REGISTER, DAY} for mark in marks(cut(text).forms))


@cache
def names_a_period(text: str) -> bool:
    """Whether some words name a lesson, tutor time, or the start of a session, whose time may stand elsewhere."""
    forms = cut(text).forms
    return any(topic("day/register_events")[name].first(forms) is not None for name in ("period", "at-start"))


def _is_governed(forms: Sequence[str], start: int) -> bool:
    if forms[start] == "of":
        return True
    at = start - 1
    while at >= 0 and forms[at] in _BETWEEN and forms[at] != "of" and start - at < 4:
        at -= 1
    return at >= 0 and forms[at] in _PREPOSITIONS


@cache
def _by_first_word() -> Mapping[str, Sequence[tuple[bool, str, Phrase]]]:
    """Returns the phrases of subjects and happenings by their first word."""
    by_word: defaultdict[str, list[tuple[bool, str, Phrase]]] = defaultdict(list)
    for name, concept in topic("day/register_events").items():
        kind, _, what = name.partition("-")
        if kind not in {"subject", "verb"} or not what:
            continue
        for phrase in concept.phrases:
            for word in phrase.elements[0].words:
                by_word[word].append((kind == "subject", what, phrase))
    return dict(by_word)


def day_words(name: str) -> frozenset[str]:
    """Returns a class of words of ``register_events.yaml``."""
    return topic("day/register_events").words(name)
