"""What happens at a time, by who or what a sentence speaks of and its verb: a register closes, the day ends."""

from __future__ import annotations

import datetime as dt

from checker.reading.phrases import is_number
from england_attendance.policy.day.events import Happening
from england_attendance.policy.day.marks import DAY, OTHER, PUPILS, REGISTER, SCHOOL, SESSION
from england_attendance.policy.day.said_context import context_subject
from england_attendance.policy.day.said_pairs import Pair, Said
from england_attendance.policy.day.units import Unit
from england_attendance.policy.vocabulary import topic

_TAKEN = frozenset(["taken", "called"])  # of a session only its register is: "Session 1 | taken 8.40 | closed 9.10"
_NEXT_YEARS = frozenset(["and", "year", "years"])
_CLASSES = frozenset(["reception", "nursery"])
CLAUSE = 4  # words of "after the register has"
LONGEST_LABEL = 3
END_OF_LESSONS = dt.time(14, 45)  # no register is closed as late as this
FARTHEST = 10  # words between "leave" and the time at which pupils do


def happening(unit: Unit, said: Said, pair: Pair) -> Happening | None:
    """Returns what a pair makes of its item's time, or of the beginning of its range."""
    if pair.verb == "other":
        return None
    if pair.verb in {"arrives", "leaves"}:
        return _of_pupils(unit, said, pair)
    if pair.subject == REGISTER:
        return _of_register(unit, said, pair)
    if pair.subject == SESSION:
        return _of_session(unit, said, pair)
    if pair.verb in {"begins", "ends"} and (pair.subject == PUPILS or _is_of_a_class(unit, pair)):
        return _of_their_day(unit, said, pair)
    if pair.subject in {DAY, SCHOOL}:
        goes_on_to = (
            pair.verb == "runs" and said.item.last is None and said.before[-1:] in {("to",), ("until",), ("till",)}
        )
        if pair.verb in {"closes", "ends"} or goes_on_to:
            return Happening.DAY_ENDS
        if pair.verb in {"begins", "opens"} or (said.item.last is not None and pair.verb in {"", "runs"}):
            return Happening.DAY_STARTS
    return None


def _of_register(unit: Unit, said: Said, pair: Pair) -> Happening | None:
    last = said.before[-1:]
    if pair.verb == "ends" and said.item.first is not None and said.item.first.resolve().value >= END_OF_LESSONS:
        named = topic("day/register_events")["subject-register"].first(unit.words.forms[unit.own_from :])
        return None if named else Happening.DAY_ENDS  # "1.30 Register closes. 3.15 Finish."
    if pair.verb in {"closes", "ends"}:
        if (last == ("before",) and "but" in said.before) or _is_only_when(unit, said, pair):
            return None
        return Happening.REGISTER_CLOSES
    around = unit.words.forms[max(0, pair.mark.start - 5) : pair.mark.start]
    if pair.verb == "takes" and topic("day/register_events")["denied"].first(around) is not None:
        return None
    opens = pair.verb in {"takes", "opens", "begins", "runs", ""} and last not in {("before",), ("after",)}
    return Happening.REGISTER_OPENS if opens else None


def _is_only_when(unit: Unit, said: Said, pair: Pair) -> bool:
    """Whether a closing only tells when something else is done: "after the register has shut we text by 9.30"."""
    before = unit.words.forms[max(0, pair.mark.start - CLAUSE) : pair.mark.start]
    return said.item.start - pair.mark.end >= CLAUSE and not {"after", "once"}.isdisjoint(before)


def _of_session(unit: Unit, said: Said, pair: Pair) -> Happening | None:
    if pair.verb == "closes":
        return Happening.REGISTER_CLOSES
    if pair.verb == "ends":
        return Happening.DAY_ENDS
    # "Registration times / Morning session: 8.50am (closes 9.10am)"
    under_registers = not (pair.verb or said.item.last or unit.cell) and context_subject(unit) == REGISTER
    if under_registers or not _TAKEN.isdisjoint(unit.words.forms[pair.mark.start : pair.mark.end]):
        return Happening.REGISTER_OPENS
    return Happening.SESSION_STARTS if pair.verb in {"begins", "opens", "runs", ""} else None


def _of_pupils(unit: Unit, said: Said, pair: Pair) -> Happening | None:
    """Returns the start or the end of the day where pupils are to be in school, or go home, at a time."""
    if said.item.first is None or pair.subject in {OTHER, REGISTER}:
        return None
    words = topic("day/register_events")
    clause = unit.words.clauses
    begin = said.item.start - 16 if unit.cell else max(unit.own_from, said.item.start - 16)
    own = [
        form
        for index, form in enumerate(unit.words.forms[: said.item.start])
        if index >= begin and clause[index] >= clause[pair.mark.start] - 1 and not _is_no_later(unit, index)
    ]
    against = ("denied", "conditional", "told-of", *(() if _is_fetched(pair, unit) else ("permitted",)))
    if any(words[name].first(own) is not None for name in against):
        return None
    last = own[-1:] if own else []
    if pair.verb == "leaves":
        far = said.item.start - pair.mark.end > FARTHEST and not unit.cell
        return None if far or last == ["before"] else Happening.DAY_ENDS
    prepositions = {"by", "at", "before", "for", "than", "between", "from"}
    if said.item.last is None:
        prepositions.discard("from")
    ahead = pair.mark.start >= said.item.end
    labelled = unit.cell or _is_label(unit.text[unit.own_offset : said.item.offset])
    return Happening.DAY_STARTS if ahead or (last and last[0] in prepositions) or labelled else None


def _is_label(text: str) -> bool:
    """Whether a few words are what a time stands behind as its label: "Arrival: 8.30 to 8.40"."""
    return text.rstrip().endswith(":") and len(text.split()) <= LONGEST_LABEL


def _is_fetched(pair: Pair, unit: Unit) -> bool:
    """Whether pupils are fetched, which parents only may do: "they can be collected from 3.15pm"."""
    return topic("day/register_events")["fetched"].first(unit.words.forms[pair.mark.start :]) == (
        0,
        pair.mark.end - pair.mark.start,
    )


def _is_no_later(unit: Unit, index: int) -> bool:
    """Whether a word is the "no" of "no later than", which denies nothing."""
    return unit.words.forms[index : index + 2] == ("no", "later")


def _is_of_a_class(unit: Unit, pair: Pair) -> bool:
    """Whether a sentence begins with a class that has a name of its own: "Reception finish at 3.10"."""
    place = pair.mark.start - 1
    return not unit.cell and place == unit.own_from and unit.words.forms[place] in _CLASSES


def _of_their_day(unit: Unit, said: Said, pair: Pair) -> Happening | None:
    """Returns the start or end of the day where pupils start or finish, no lunch and no examination of theirs."""
    between = unit.words.forms[pair.mark.end : said.item.start]
    if pair.mark.end <= said.item.start - len(said.before):  # "Year 1 finish at 3.10 and Years 2 and 3 at 3.15"
        between = tuple(form for form in said.before if not (form in _NEXT_YEARS or is_number(form)))
    if not topic("day/register_events").words("their-day").issuperset(between) or pair.mark.start > said.item.start:
        return None
    before = unit.words.forms[max(unit.own_from, pair.mark.start - 8) : pair.mark.start]
    if "which" in before:  # pupils are "who": "Sign in at reception, which finishes at 4.30"
        return None
    if any(
        topic("day/register_events")[name].first(before) is not None for name in ("denied", "conditional", "permitted")
    ):
        return None
    return Happening.DAY_STARTS if pair.verb == "begins" else Happening.DAY_ENDS


def end_of_range(what: Happening, pair: Pair) -> Happening | None:
    """Returns what the end of a range is where its beginning is something."""
    if what is Happening.REGISTER_OPENS:
        return Happening.REGISTER_CLOSES if pair.verb == "opens" else Happening.REGISTER_ENDS
    if what is Happening.REGISTER_CLOSES:
        return Happening.REGISTER_CLOSES
    if what is Happening.DAY_STARTS and pair.verb != "arrives":
        return Happening.DAY_ENDS
    return Happening.DAY_ENDS if what is Happening.SESSION_STARTS else None
