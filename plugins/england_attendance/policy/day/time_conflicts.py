"""The times of the day by which a policy contradicts itself: two closing times for a register, two ends of the day.

A time for one site or year group does not contradict that for all. When pupils "must be in" is not when school starts,
and "no longer than 30 minutes" is a bound and no length.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.facts import reader
from checker.findings import Passage
from checker.reading.words import cut
from checker.recognise.times import times
from england_attendance.policy.day.events import (
    SESSIONS,
    WHOLE_SESSION,
    DayEvents,
    Event,
    Happening,
    Stay,
    clock,
    concerns,
)
from england_attendance.policy.day.register_times import RegisterTimes, Window
from england_attendance.policy.one_value import Contradiction
from england_attendance.policy.schools.identity import Sites
from england_attendance.policy.vocabulary import topic

SHORTEST = 5  # minutes between two times that cannot both be meant
CALLED = {
    Happening.REGISTER_OPENS: "The {session} register{site} is taken at {times}",
    Happening.REGISTER_CLOSES: "The {session} register{site} closes at {times}",
    Happening.DAY_STARTS: "The school day{site} starts at {times}",
    Happening.DAY_ENDS: "The school day{site} ends at {times}",
}


@dataclass(frozen=True)
class TimeConflicts:
    """The times by which a document contradicts itself."""

    found: tuple[Contradiction, ...] = ()


@reader
def time_conflicts(day: DayEvents, times: RegisterTimes, sites: Sites) -> TimeConflicts:
    """Compares the times that are given for one thing."""
    found = [
        conflict
        for site in sites.names or (None,)
        for what in CALLED
        for events in _alike(day, site, what)
        if (conflict := _conflict(what, site, events))
    ]
    for compare in (_against_length, _against_lateness):
        found += [conflict for window in times.windows if (conflict := compare(day, window))]
    found += _two_lengths(day, sites)
    return TimeConflicts(tuple(dict.fromkeys(found)))


def _alike(day: DayEvents, site: str | None, what: Happening) -> Iterator[list[Event]]:
    """Yields what is said of the same thing: of one session, and of just this site and year group."""
    groups: defaultdict[tuple[str, tuple[str, ...], str], list[Event]] = defaultdict(list)
    for event in day.of(what):
        if concerns(event.sites, site) and _is_plain(what, event):
            session = event.session if what in {Happening.REGISTER_OPENS, Happening.REGISTER_CLOSES} else ""
            groups[session, event.sites, event.group].append(event)
    yield from groups.values()
    yield from _all_against_some(groups)


def _all_against_some(groups: Mapping[tuple[str, tuple[str, ...], str], list[Event]]) -> Iterator[list[Event]]:
    """Yields what is said of all years together with what is said alike of each of several."""
    for (session, own, group), events in groups.items():
        each = [other for key, other in groups.items() if key[:2] == (session, own) and key[2]]
        alike = {event.at for other in each for event in other}
        if not group and len(each) > 1 and len(alike) == 1:
            yield [*each[0][:1], *events]


def _is_plain(what: Happening, event: Event) -> bool:
    """Whether it is school itself that starts or ends then, and not pupils who are to be in or may leave."""
    if what not in {Happening.DAY_STARTS, Happening.DAY_ENDS}:
        return True
    name = "starts-itself" if what is Happening.DAY_STARTS else "ends-itself"
    return _says(name, event.passage)


def _says(name: str, passage: Passage) -> bool:
    return topic("one_value")[name].first(cut(passage.quote).forms) is not None


def _conflict(what: Happening, site: str | None, events: Sequence[Event]) -> Contradiction | None:
    """Returns the contradiction of two places that give no time in common."""
    by_place: defaultdict[Passage, set[int]] = defaultdict(set)
    for event in events:
        by_place[event.passage].add(_minutes(event.at))
    places = list(by_place.items())
    for index, (first, one) in enumerate(places):
        for second, other in places[index + 1 :]:
            if min(abs(a - b) for a in one for b in other) >= SHORTEST:
                called = CALLED[what].format(
                    session=SESSIONS[events[0].session],
                    site=f" of {site}" if site else "",
                    times=f"{_clock(min(one))} in one place and at {_clock(min(other))} in another",
                )
                return Contradiction(called, (first, second))
    return None


def _against_length(day: DayEvents, window: Window) -> Contradiction | None:
    """Returns the contradiction of a stated closing time and a stated length: neither start fits both."""
    stays = [stay for stay in day.stays if window.minutes and stay.passage in window.minutes.passages]
    if not (window.opens and window.closes and window.minutes) or any(map(_is_bound, stays)):
        return None
    if any(stay.passage not in window.closes.passages and _is_of_one_time(stay) for stay in stays):
        return None
    if window.minutes.value == WHOLE_SESSION:
        return None
    closes, length = _minutes(window.closes.value), window.minutes.value
    starts = [_minutes(stated.value) for stated in (window.opens, window.session_starts) if stated]
    starts += [
        _minutes(event.at)
        for event in day.of(Happening.REGISTER_OPENS, Happening.SESSION_STARTS, Happening.DAY_STARTS)
        if event.session == window.session and concerns(event.sites, window.site)
    ]
    if any(abs(closes - start - length) < SHORTEST for start in starts):
        return None
    follows = _clock(int(_minutes(window.opens.value) + length))
    message = (
        f"{window.called[:1].upper()}{window.called[1:]} closes at {_clock(closes)} in one place; "
        f"by its length of {length:g} minutes it closes at {follows}"
    )
    return Contradiction(message, window.passages)


def _against_lateness(day: DayEvents, window: Window) -> Contradiction | None:
    """Returns the contradiction of a register that closes, and of arrivals marked L after that or U before it."""
    if not window.closes:
        return None
    closes = _minutes(window.closes.value)
    begins = f"{window.called[:1].upper()}{window.called[1:]} closes at {_clock(closes)} in one place; in another, "
    if window.late_until and _minutes(window.late_until.value) - closes >= SHORTEST:
        late = f"arrivals still count as late until {_clock(_minutes(window.late_until.value))}"
        return Contradiction(begins + late, (*window.closes.passages, *window.late_until.passages))
    absent = [
        event
        for event in day.of(Happening.ABSENT_FROM)
        if event.session == window.session and concerns(event.sites, window.site) and event.group in {"", window.group}
    ]
    early = next((event for event in absent if closes - _minutes(event.at) >= SHORTEST), None)
    if early is None:
        return None
    message = f"{begins}arrivals count as absent from {_clock(_minutes(early.at))}"
    return Contradiction(message, (*window.closes.passages, early.passage))


def _two_lengths(day: DayEvents, sites: Sites) -> Iterator[Contradiction]:
    """Yields two lengths of time for which one register is said to be open."""
    for site in sites.names or (None,):
        for session in SESSIONS:
            own = [
                stay
                for stay in day.stays
                if stay.minutes not in {None, WHOLE_SESSION}
                and session in stay.sessions
                and concerns(stay.sites, site)
                and not _is_bound(stay)
            ]
            lengths = {stay.minutes: stay.passage for stay in reversed(own)}
            if len(lengths) > 1:
                given = " and for ".join(f"{minutes:g} minutes" for minutes in sorted(m for m in lengths if m))
                where = f" of {site}" if site else ""
                yield Contradiction(f"The registers{where} are open for {given}", tuple(lengths.values()))
                break


def _is_of_one_time(stay: Stay) -> bool:
    """Whether a length goes with a time that stands beside it, in a sentence that names no session."""
    return bool(times(stay.passage.quote)) and not _says("session", stay.passage)


def _is_bound(stay: Stay) -> bool:
    """Whether a length is only the longest that may be."""
    return _says("bound", stay.passage)


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _clock(minutes: int) -> str:
    return clock(dt.time(minutes // 60 % 24, minutes % 60))
