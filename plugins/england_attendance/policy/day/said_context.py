"""What the words around a sentence or cell speak of, for one that names no subject itself."""

from __future__ import annotations

from itertools import pairwise

from england_attendance.policy.day.marks import DAY, PUPILS, REGISTER, SCHOOL, SESSION, marks
from england_attendance.policy.day.units import Unit
from england_attendance.policy.vocabulary import topic

LONGEST_LABEL = 12
LONGEST_NAME = 4
UNTELLING = frozenset([PUPILS, SESSION, SCHOOL])
TURNS = frozenset(["begins", "ends"])
_APPLIES = frozenset(["applies", "apply", "holds", "goes"])
_FROM_THEN = frozenset(["from", "after"])
OF_WINDOWS = frozenset(["opens", "closes"])


def context_subject(unit: Unit, *, short: bool = True, school: bool = False) -> str:
    """Returns what the headings speak of, for a label or a short line that names no subject, or for a pronoun."""
    if short and not unit.cell and len(unit.words.forms) - unit.own_from > LONGEST_LABEL:
        return ""
    found = [mark.name for mark in marks(unit.context) if mark.subject]
    named = next((name for name in found if name in {REGISTER, DAY} or (school and name == SCHOOL)), "")
    return named or (REGISTER if short and UNTELLING.issuperset(found) and _of_session(unit) else "")


def column_subject(unit: Unit, verb: str) -> str:
    """Returns what begins or ends in a column headed "Start" or "Finish".

    That is no register where other columns say when the register opens or closes, and the day where a heading asks when
    school starts and finishes.
    """
    if not unit.cell or verb not in TURNS:
        return REGISTER if unit.cell and _is_of_registers(unit, verb) else context_subject(unit)
    found = marks(unit.context)
    told = {(one.name, other.name) for one, other in pairwise(found) if one.subject and not other.subject}
    if not told.isdisjoint((REGISTER, name) for name in OF_WINDOWS):
        return SESSION if _of_session(unit) else DAY
    of_school = not told.isdisjoint((subject, turn) for subject in (SCHOOL, DAY) for turn in TURNS)
    words = topic("day/register_events")
    of_times = words["of-times"].first(unit.context) is not None and words["no-arrival"].first(unit.context) is None
    of_times = of_times and not is_of_something_else(unit)
    of_school = of_school or (of_times and not any(mark.subject for mark in found))  # "Times | | Start | 8.40"
    return DAY if of_school else context_subject(unit)


def is_of_something_else(unit: Unit) -> bool:
    """Whether a heading names times of what is no school day: "Opening hours of the office", "Routine for visitors"."""
    words, forms = topic("day/register_events"), unit.context
    return any(
        not words.words("of-another-thing").isdisjoint(forms[end : end + LONGEST_NAME])
        for _, end in words["times-of"].places(forms)
    )


def _is_of_registers(unit: Unit, verb: str) -> bool:
    """Whether a heading names registers, among other things, above columns that say when they are taken and closed."""
    found = marks(unit.context) if verb in {"takes", "closes"} else []
    named = any(mark.subject and mark.name == REGISTER for mark in found)
    return named and any(not mark.subject and mark.name == "takes" for mark in found)


def repeated_verb(unit: Unit) -> str:
    """Returns what is done again to a register, by the sentences before: taking it and all that follows, or closing it.

    What only "applies from" a time is the rule for those who come once it has closed.
    """
    found = marks(unit.context)
    if not any(mark.subject and mark.name == REGISTER for mark in found):
        return "other"
    done = {"takes" if mark.name == "registers" else mark.name for mark in found}
    applies = not _APPLIES.isdisjoint(unit.words.forms) and not _FROM_THEN.isdisjoint(unit.words.forms)
    order = ("closes", "takes", "opens") if applies else ("takes", "opens", "closes")
    return next((verb for verb in order if verb in done), "other")


def is_window(unit: Unit) -> bool:
    """Whether a table says of sessions, and of nothing else, when they open and when they close."""
    named = marks(unit.context) if _of_session(unit) else []
    subjects = {mark.name for mark in named if mark.subject}
    return {mark.name for mark in named if not mark.subject} >= OF_WINDOWS and subjects <= UNTELLING


def _of_session(unit: Unit) -> bool:
    """Whether it is a label that names nothing but a session, which opens and closes only as its register does."""
    label = topic("day/register_events")["session-label"].first(unit.words.forms)
    if label is None or label[0]:
        return False
    return unit.cell or unit.words.clauses[label[1] :][:1] != (0,)
