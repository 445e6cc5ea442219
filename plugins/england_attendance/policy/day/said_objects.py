"""What a verb of the school day is done to, where that stands behind it: "close the register", "the start of lessons"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from england_attendance.policy.day.marks import DAY, PUPILS, REGISTER, SCHOOL, Mark, day_words, marks
from england_attendance.policy.day.units import Unit
from england_attendance.policy.vocabulary import topic

NEAR = 5
_KEEPING = frozenset(["keep", "keeps", "kept", "leave", "leaves", "hold", "holds"])
_STOPS = frozenset(";,")
_PARTS = ";,/"
_TRANSITIVE = frozenset(["takes", "opens", "closes", "other"])


def object_of(unit: Unit, segment: Sequence[Mark], place: int, meant: Callable[[Mark], str]) -> Mark | None:
    """Returns what a verb is done to where it stands right behind it: "close the register", "end of the day".

    Args:
        unit: The words.
        segment: The subjects and verbs among them.
        place: Which of these is the verb.
        meant: Tells what "it" and "them" stand for with a verb.
    """
    forms = unit.words.forms
    verb = segment[place]
    following = segment[place + 1] if place + 1 < len(segment) else None
    if verb.name in _TRANSITIVE and is_one_of_two(forms, verb.end):
        named = {mark.name for mark in marks((*unit.context, *forms[: verb.start])) if mark.subject}
        return Mark(True, REGISTER if REGISTER in named else meant(verb), verb.end, verb.end + 1)
    kept = verb.name == "opens" and not _KEEPING.isdisjoint(forms[max(0, verb.start - 2) : verb.start])
    since = verb.start - kept  # "we keep it open until …"
    if verb.name in _TRANSITIVE and not {"it", "them"}.isdisjoint(forms[since : verb.end + 1]):
        return Mark(True, meant(verb), verb.end, verb.end + 1)
    if following is None or not following.subject or following.name == PUPILS:
        return None
    starts, ends = unit.words.starts, unit.words.ends
    if not _STOPS.isdisjoint(
        unit.text[ends[verb.end - 1] : starts[following.start]]
    ):  # "register closes; lessons begin"
        return None
    between = forms[verb.end : following.start]
    allowed = day_words("steps") | day_words("qualifiers")
    if not allowed.issuperset(between) and not (between[:1] == ("of",) and len(between) <= NEAR):
        return None
    of = "of" in between or forms[following.start] == "of" or ("for" in between and verb.name == "closes")
    if "for" in between and not of:
        return None
    of_bell = "bell" in forms[max(0, verb.start - NEAR) : verb.start]  # "the bell for the start of school"
    thought = max(unit.text.rfind(stop, 0, starts[verb.start]) for stop in _PARTS)  # "Form time; end of school day"
    others = [
        mark
        for mark in segment[:place]
        if mark.subject and not mark.governed and mark.name != PUPILS and starts[mark.start] > thought
    ]
    if of and others and not of_bell:
        return None
    if verb.name in _TRANSITIVE and following.name != SCHOOL:
        return following
    of = of or following.name == DAY
    return following if of and verb.name in {"begins", "ends"} else None


def is_one_of_two(forms: Sequence[str], at: int) -> bool:
    """Whether one of two things that were named before stands at a place: "the first one", "the other"."""
    words = topic("day/register_events")["one-of-two"].first(forms[at : at + 3])
    return words is not None and words[0] == 0
