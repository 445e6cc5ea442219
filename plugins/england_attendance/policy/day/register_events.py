"""Reads what a policy says happens at which time: registers open and close, the day begins and ends, late turns absent."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from checker.facts import reader
from checker.reading.statements import Statements
from checker.reading.values import is_unsaid_at
from checker.reading.words import cut
from checker.recognise.spans import has_digit
from checker.recognise.times import Time
from england_attendance.policy.day.events import REGISTERS, AbsentAfter, DayEvents, Event, Happening, Stay, TakenAtStart
from england_attendance.policy.day.happenings import end_of_range, happening
from england_attendance.policy.day.items import Item, read_items
from england_attendance.policy.day.late_arrivals import absent_lengths, late_events
from england_attendance.policy.day.marks import REGISTER, SESSION
from england_attendance.policy.day.periods import Periods
from england_attendance.policy.day.register_stays import sessions_of, stays
from england_attendance.policy.day.said_context import context_subject
from england_attendance.policy.day.said_pairs import Said
from england_attendance.policy.day.said_times import read_said, takes_register
from england_attendance.policy.day.sentences import units
from england_attendance.policy.day.units import Unit, leading_group
from england_attendance.policy.day.year_groups import with_like_groups
from england_attendance.policy.schools.identity import Sites
from england_attendance.policy.vocabulary import topic

LONGEST_OPENING = 4  # words: "On a Saturday morning"
NEAR_DAY = 5
_BRACKETS = re.compile(r"\([^()]*\)")  # an aside: "ends at 3.10 (it was 1.30 until 2022)"
_YEARS_PAST = re.compile(r"\b(?:from|in|between|until|before|during|since) (?:\w+ )?20\d\d\b", re.IGNORECASE)
NOON = dt.time(12, 0)
# When these things can happen in a school; boarders are called together, and clubs end, at other times.
PLAUSIBLE = {
    Happening.REGISTER_OPENS: (dt.time(7, 30), dt.time(16, 0)),
    Happening.REGISTER_CLOSES: (dt.time(8, 0), dt.time(16, 0)),
    Happening.REGISTER_ENDS: (dt.time(8, 0), dt.time(16, 0)),
    Happening.DAY_STARTS: (dt.time(7, 0), dt.time(11, 0)),
    Happening.DAY_ENDS: (dt.time(11, 30), dt.time(18, 30)),
}
NEARLY_NOON = dt.time(11, 30)
LAST_SESSION = dt.time(13, 30)  # before it no afternoon session ends


@dataclass
class _Gathered:
    """What has been read so far."""

    events: list[Event] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    at_start: list[TakenAtStart] = field(default_factory=list)
    absent_after: list[AbsentAfter] = field(default_factory=list)
    periods: Periods = field(default_factory=Periods)
    untimed: list[Unit] = field(default_factory=list)


@reader
def day_events(statements: Statements, sites: Sites) -> DayEvents:
    """Reads what happens at which time of the day."""
    gathered = _Gathered()
    for unit in units(statements, sites):
        items = read_items(unit)
        if _is_no_fact(unit):
            continue
        said = list(read_said(unit, items)) if items else []
        found = list(_events(unit, items, said))
        gathered.events.extend(found)
        gathered.stays.extend(stays(unit, items, said, gathered.stays[-1] if gathered.stays else None))
        for minutes in absent_lengths(unit, items):
            sessions = sessions_of(unit.words.forms)
            gathered.absent_after.append(AbsentAfter(minutes, sessions, unit.sites, unit.passage))
        gathered.periods.learn(unit, items)
        opens = any(event.what is Happening.REGISTER_OPENS for event in found)
        if not opens and (takes_register(unit) or _is_of_a_lesson(unit)):
            gathered.untimed.append(unit)
    for unit in gathered.untimed:
        _untimed(unit, gathered)
    return DayEvents(
        tuple(with_like_groups(gathered.events)),
        tuple(gathered.stays),
        tuple(gathered.at_start),
        tuple(gathered.absent_after),
    )


def _is_of_a_lesson(unit: Unit) -> bool:
    """Whether a label under a heading on registers leads to a lesson: "Afternoon: the first ten minutes of lesson 4"."""
    words, own = topic("day/register_events"), unit.words.forms[unit.own_from :]
    label = words["session-label"].first(own)
    labelled = (
        label is not None and label[0] == 0 and unit.text[unit.words.ends[unit.own_from + label[1] - 1] :][:1] == ":"
    )
    return labelled and words["period"].first(own) is not None and context_subject(unit) == REGISTER


def _is_no_fact(unit: Unit) -> bool:
    """Whether a unit speaks of another school, or of what was or may come to be and of nothing that is now."""
    words, text = topic("day/register_events"), _BRACKETS.sub("", unit.text[unit.own_offset :])
    own = cut(text).forms if _BRACKETS.search(unit.text) else unit.words.forms[unit.own_from :]
    if not unit.sites and words["another-school"].first(own[:LONGEST_OPENING]) is not None:
        return True
    gone = (
        _YEARS_PAST.search(text) is not None and not {"was", "were"}.isdisjoint(own) and {"is", "are"}.isdisjoint(own)
    )
    gone = gone or any(words[name].first(own) is not None for name in ("past", "intended"))
    return gone and words["now"].first(own) is None


def _events(unit: Unit, items: Sequence[Item], said: Sequence[Said]) -> Iterator[Event]:
    """Yields what a unit makes of its times; those of its lead were read where they stand."""
    own = [one for one in said if one.item.offset >= unit.own_offset]
    late = [(what, time) for what, time in late_events(unit, items) if time.start >= unit.own_offset]
    for what, time in late:
        yield _event(unit, what, time)
    marked = {time.start for _, time in late}
    named = (*unit.words.forms, *cut(unit.group).forms)
    on_saturday = unit.cell and topic("day/register_events")["saturday"].first(named) is not None
    for one in own:
        if _is_unsaid(unit, one.item):
            continue
        for what, time in _happenings(unit, one):
            if (on_saturday or _on_saturday(unit, one)) and what in {
                Happening.DAY_STARTS,
                Happening.DAY_ENDS,
                *REGISTERS,
            }:
                continue
            if what is Happening.REGISTER_OPENS and time.start in marked:
                continue
            event = _event(unit, what, time)
            if what is Happening.DAY_STARTS and event.session == "PM" and _is_of_afternoons(unit.group):
                event = replace(event, what=Happening.SESSION_STARTS)
            if what is Happening.DAY_ENDS and event.at < LAST_SESSION and SESSION in {p.subject for p in one.pairs}:
                continue  # it is the morning session that ends
            earliest, latest = PLAUSIBLE.get(event.what, (dt.time.min, dt.time.max))
            if earliest <= event.at <= latest:
                yield event


def _is_of_afternoons(group: str) -> bool:
    """Whether a group comes in the afternoon only, so that its start is that of the session: "Nursery (afternoons)"."""
    return sessions_of(cut(group).forms) == ("PM",)


def _is_unsaid(unit: Unit, item: Item) -> bool:
    """Whether a time is denied: "does not close at 9.15"; "none" in a cell beside its own denies nothing of it."""
    if unit.cell:
        return is_unsaid_at(cut(unit.text[unit.own_offset :]), item.offset - unit.own_offset)
    return is_unsaid_at(unit.words, item.offset)


def _on_saturday(unit: Unit, said: Said) -> bool:
    """Whether a time is for Saturdays alone: "8.30 on Saturdays", "On Saturdays it is at 8.30".

    Such a time tells nothing of other days. Of "at 8.20, and on Saturdays at 8.30" the first is for the others.
    """
    forms = unit.words.forms
    since = unit.text.rfind(";", unit.own_offset, said.item.offset)
    begins = unit.own_from if since < 0 else unit.word_after(since)
    behind = forms[said.item.end : said.item.end + NEAR_DAY]
    place = topic("day/register_events")["saturday"].first(behind)
    leads_on = place is not None and any(has_digit(form) for form in behind[place[1] : place[1] + 2])
    return _is_of_saturday(forms[begins : begins + LONGEST_OPENING]) or (not leads_on and _is_of_saturday(behind))


def _is_of_saturday(forms: Sequence[str]) -> bool:
    words = topic("day/register_events")
    return words["saturday"].first(forms) is not None and words["weekday"].first(forms) is None


def _happenings(unit: Unit, said: Said) -> Iterator[tuple[Happening, Time]]:
    item = said.item
    if item.first is None:
        yield from _a_while_later(unit, said)
        return
    seen: set[Happening] = set()
    for pair in said.pairs:
        what = happening(unit, said, pair)
        if what is None or what in seen:
            continue
        seen.add(what)
        end = end_of_range(what, pair) if item.last is not None else None
        if what is Happening.REGISTER_CLOSES and item.last is not None:
            yield what, item.last
        elif what is Happening.DAY_STARTS and item.last is not None and end is None:
            yield what, item.last  # "arrive between 8.40 and 8.50"
        else:
            yield what, item.first
            if end is not None and item.last is not None:
                yield end, item.last


def _a_while_later(unit: Unit, said: Said) -> Iterator[tuple[Happening, Time]]:
    """Yields the closing of a register some minutes after the time of something else."""
    later = unit.words.forms[said.item.end : said.item.end + 1] in {("later",), ("afterwards",), ("on",)}
    closes = any(pair.subject == REGISTER and pair.verb == "closes" for pair in said.pairs)
    earlier, length = said.earlier, said.item.length
    if not (later and closes and earlier is not None and earlier.item.first is not None and length is not None):
        return
    if any(pair.subject == REGISTER for pair in earlier.pairs):
        return
    base = earlier.item.first.resolve()
    minutes = base.minutes + int(length.high)
    value = dt.time(minutes // 60 % 24, minutes % 60)
    yield Happening.REGISTER_CLOSES, replace(base, start=said.item.offset, value=value)


def _event(unit: Unit, what: Happening, time: Time) -> Event:
    session = _session(unit, time)
    group = unit.group_at(time.start, time.end)
    return Event(what, time.resolve(session).value, session, unit.sites, group, unit.passage)


def _session(unit: Unit, time: Time) -> str:
    value = time.resolve().value
    if value >= NOON:
        return "PM"
    afternoon = topic("day/register_events")["afternoon"].first(unit.words.forms) is not None
    return "PM" if value >= NEARLY_NOON and afternoon else "AM"


def _untimed(unit: Unit, gathered: _Gathered) -> None:
    """Takes the time of a register that is taken in a lesson or at the start of a session from where that is given."""
    forms = unit.words.forms
    periods = gathered.periods.named_in(unit)
    for period in periods:
        session = "PM" if period.begins >= NOON else "AM"
        if any(event.what is Happening.REGISTER_OPENS and event.session == session for event in gathered.events):
            continue  # "in tutor time", and elsewhere at what time in it
        gathered.events.append(
            Event(Happening.REGISTER_OPENS, period.begins, session, unit.sites, unit.group, unit.passage)
        )
    if periods:
        return
    place = topic("day/register_events")["at-start"].first(forms[unit.own_from :])
    if place is not None:
        of_day = forms[unit.own_from + place[1] - 1] in {"day", "school", "away"}
        own = leading_group(unit.text[unit.own_offset :]) != ""  # "In Nursery …" has its own sessions
        sessions = sessions_of(forms[unit.own_from :] if own else forms)
        gathered.at_start.append(TakenAtStart(sessions, of_day, unit.sites, unit.passage))
