"""For how long registers stay open: "for 30 minutes", "closed half an hour later", "for the whole of tutor time"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.reading.values import is_unsaid_at
from checker.recognise.durations import Unit as Measure
from checker.recognise.numbers import numbers
from england_attendance.policy.day.events import WHOLE_SESSION, Stay
from england_attendance.policy.day.items import Item
from england_attendance.policy.day.late_arrivals import late_lengths
from england_attendance.policy.day.marks import REGISTER, SESSION, marks
from england_attendance.policy.day.said_pairs import Said
from england_attendance.policy.day.units import Unit
from england_attendance.policy.vocabulary import topic

LONGEST = 30  # a register that is open no longer than the guidance has it needs no second word on it
LONGEST_MINUTES = 180
BEFORE_CLOSING = 12  # words
_OPEN = frozenset(["opens", "closes", "ends", "runs"])
_ALIKE = frozenset(["like", "unlike"])  # "The afternoon register, like the morning one, is kept open for …"
_EACH = frozenset(["each", "both", "every", "either"])
_TAKEN = frozenset(["taken", "called"])
_NO_STAY = frozenset(["late", "detention", "missed", "lost", "lesson", "lessons"])


def stays(unit: Unit, items: Sequence[Item], said: Sequence[Said], last: Stay | None) -> Iterator[Stay]:
    """Yields the lengths of time for which a unit says that registers are open.

    Args:
        unit: The sentence or cell.
        items: The times and lengths in it.
        said: What is said of each.
        last: The length that was stated before it, for "just as long".
    """
    if not speaks_of_registers(unit):
        return
    for minutes in late_lengths(unit, items):
        if LONGEST < minutes <= LONGEST_MINUTES:
            yield Stay(minutes, sessions_of(unit.words.forms), False, unit.sites, unit.passage)
    since: int | None = None  # where the last length of this unit ended
    for index, (item, one) in enumerate(zip(items, said, strict=True)):
        goes_on = _goes_on(unit, item, since)
        if item.length is None or not (goes_on or _is_stay(unit, item, one)):
            continue
        if not unit.cell and is_unsaid_at(unit.words, item.offset):
            continue
        sessions = goes_on or _sessions(unit, items, index)
        since = item.end
        minutes = item.length.high * (60 if item.length.unit is Measure.HOUR else 1)
        if _refers_back(unit, item) and last is not None and last.minutes == minutes:
            sessions = last.sessions if len(sessions) > 1 else sessions
        if minutes <= LONGEST_MINUTES:
            last = Stay(minutes, sessions, _from_session(unit, item), unit.sites, unit.passage)
            yield last
    yield from _without_unit(unit, items, last, since)
    yield from _as_long(unit, items, last)
    if _is_whole_session(unit):
        yield Stay(WHOLE_SESSION, sessions_of(unit.words.forms), False, unit.sites, unit.passage)
    if _is_whole_period(unit) and not any(item.length for item in items):
        yield Stay(None, sessions_of(unit.words.forms), False, unit.sites, unit.passage)


def speaks_of_registers(unit: Unit) -> bool:
    """Whether a register is named in a unit, or in what stands before and above it."""
    register = topic("day/register_events")["subject-register"]
    named = register.first(unit.words.forms) is not None or register.first(unit.context) is not None
    return named or (unit.cell and not _TAKEN.isdisjoint(unit.context))  # "Taken at | Stays open for"


def sessions_of(forms: Sequence[str]) -> tuple[str, ...]:
    """Returns the sessions that some words speak of: the one that they name, else both."""
    words = topic("day/register_events")
    morning, afternoon = words["morning"].first(forms) is not None, words["afternoon"].first(forms) is not None
    if morning == afternoon:
        return ("AM", "PM")
    return ("AM",) if morning else ("PM",)


def _is_stay(unit: Unit, item: Item, said: Said) -> bool:
    """Whether a length is that for which a register is open, no lateness and no part of a lesson."""
    forms = unit.words.forms
    near = forms[max(0, item.start - 4) : item.end + 4]
    if ("first" in near[:4] and "open" not in near[:4]) or not _NO_STAY.isdisjoint(near[:5]) or "window" in near:
        return "window" in near
    # "… and 15 minutes late is too late", "ten minutes with the tutor", "thirty minutes after school"
    if not (_NO_STAY | {"with"}).isdisjoint(forms[item.end : item.end + 1]) or _is_out_of_school(forms[item.end :]):
        return False
    if topic("day/register_events")["waits"].first(near[:4]) is not None:
        closing = topic("day/register_events")["before-closing"].first(forms[item.end : item.end + BEFORE_CLOSING])
        if closing is not None:
            return True
    return any(pair.subject in {REGISTER, SESSION} and pair.verb in _OPEN for pair in said.pairs)


def _is_out_of_school(behind: Sequence[str]) -> bool:
    return tuple(behind[:2]) in {("after", "school"), ("at", "break"), ("at", "lunch"), ("at", "lunchtime")}


def _refers_back(unit: Unit, item: Item) -> bool:
    """Whether a length is one that has been spoken of: "outside the 30 minute window"."""
    forms = unit.words.forms
    return forms[item.start - 1 : item.start] in {("the",), ("this",), ("that",)} and "window" in forms[item.end :][:3]


def _goes_on(unit: Unit, item: Item, since: int | None) -> tuple[str, ...]:
    """Returns the session of a length that follows another's.

    "… and that for the afternoon session for 15 minutes", "30 minutes in the morning and 15 minutes in the afternoon".
    """
    between = unit.words.forms[since : item.start] if since is not None else ()
    behind = unit.words.forms[item.end : item.end + 4]
    joined = (
        "and" if tuple(between[-2:]) == ("and", "for") else between[-1] if between else ""
    )  # "… and for 15 minutes in …"
    sessions = {"for": sessions_of(between), "and": sessions_of(behind)}.get(joined, ())
    return sessions if len(sessions) == 1 and _NO_STAY.isdisjoint(behind) else ()


def _from_session(unit: Unit, item: Item) -> bool:
    behind = unit.words.forms[item.end : item.end + 8]
    return topic("day/register_events")["start-of-session"].first(behind) is not None


def _sessions(unit: Unit, items: Sequence[Item], index: int) -> tuple[str, ...]:
    """Returns the sessions that a length is for: those named right behind it, else before it in its clause."""
    words, forms = topic("day/register_events"), unit.words.forms
    following = items[index + 1].start if index + 1 < len(items) else len(forms)
    again = words["as-long"].first(forms[items[index].end : following])
    clauses = unit.words.clauses
    clause = clauses[items[index].start]
    until = items[index].end + again[0] if again else following
    ahead = [forms[place] for place in range(items[index].end, until) if clauses[place] == clause]
    behind = ahead[ahead.index("and") :] if "and" in ahead else []
    if behind and (index + 1 < len(items) or "for" in behind):  # "… and the afternoon register for 10"
        ahead = ahead[: len(ahead) - len(behind)]
    if len(sessions_of(ahead)) == 1:
        return sessions_of(ahead)
    if not _EACH.isdisjoint(ahead):
        return ("AM", "PM")
    if again:
        return sessions_of(forms[: items[index].start])
    alike = {number for place, number in enumerate(clauses) if forms[place] in _ALIKE and number not in clauses[:place]}
    begin = next((place for place, number in enumerate(clauses) if number >= clause - 1 - len(alike)), 0)
    return sessions_of([forms[place] for place in range(begin, items[index].start) if clauses[place] not in alike])


def _without_unit(unit: Unit, items: Sequence[Item], last: Stay | None, since: int | None) -> Iterator[Stay]:
    """Yields the length that leaves its unit to the one before: "20 minutes in the morning and ten in the afternoon"."""
    if last is None or since is None or items[-1].end != since:
        return
    for number in numbers(unit.text[unit.words.ends[since - 1] :]):
        place = unit.word_at(number.start + unit.words.ends[since - 1])
        between = unit.words.forms[since:place]
        own = between[between.index("and") :] if "and" in between else between
        sessions = sessions_of((*own, *unit.words.forms[place + 1 : place + 4]))
        if not number.ordinal and number.value <= LONGEST_MINUTES and len(sessions) == 1 and sessions != last.sessions:
            yield Stay(number.value, sessions, last.from_session, unit.sites, unit.passage)
            return


def _as_long(unit: Unit, items: Sequence[Item], last: Stay | None) -> Iterator[Stay]:
    """Yields the length of a register that is open just as long as the one before."""
    words, forms = topic("day/register_events"), unit.words.forms
    place = words["as-long"].first(forms)
    if last is None or place is None or words["stays"].first(forms) is None or last.minutes is None:
        return
    start = max((item.end for item in items if item.end <= place[0] and item.length), default=0)
    sessions = sessions_of(forms[start:])
    if len(sessions) == 1:
        yield Stay(last.minutes, sessions, last.from_session, unit.sites, unit.passage)


def _is_whole_session(unit: Unit) -> bool:
    """Whether a register stays open all morning, until lunch, or until the end of the session."""
    words, forms = topic("day/register_events"), unit.words.forms
    open_for = words["open-all-session"].first(forms)
    if open_for is None or words["denied"].first(forms[: open_for[1]]) is not None:
        return False
    named = [mark for mark in marks(forms[: open_for[0]]) if mark.subject and not mark.governed]
    return not named or REGISTER in {named[-1].name, *(mark.name for mark in named if named[-1].name == SESSION)}


def _is_whole_period(unit: Unit) -> bool:
    """Whether a register stays open as long as the form time or lesson in which it is taken."""
    words, forms = topic("day/register_events"), unit.words.forms
    period, whole = words["form-time"].first(forms), words["whole-of"].first(forms)
    if period is None or whole is None or words["stays"].first(forms) is None:
        return False
    if words["never-left"].first(forms) is not None:
        return False
    if forms[period[1] : period[1] + 1] == ("of",):  # "at the end of a period of notice"
        return False
    named = [mark.name for mark in marks(forms[: period[0]]) if mark.subject]
    return not named or REGISTER in named
