"""When the registers are taken and closed, for how long they are open, and what the policy's day is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.facts import PublishedFact, Stated, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed, review
from checker.reading.words import cut
from england_attendance.policy.day.events import (
    REGISTERS,
    SESSIONS,
    WHOLE_SESSION,
    DayEvents,
    Event,
    Happening,
    Stay,
    clock,
    concerns,
)
from england_attendance.policy.day.units import is_of_days
from england_attendance.policy.day.year_groups import cover_week
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import at_sites, could_stand_in_a_gap, with_gaps
from england_attendance.policy.schools.identity import Sites
from england_attendance.policy.vocabulary import topic

LONGEST = 30


@dataclass(frozen=True, slots=True)
class Window:
    """A register of one session, for a site and a year group.

    Attributes:
        session: ``AM`` or ``PM``.
        site: The site; ``None`` for the whole school.
        group: The year group; empty for all.
        opens: When it begins to be taken.
        closes: When it closes.
        closes_again: The latest of the other closing times that the policy gives for it.
        minutes: For how long it stays open, where that is said.
        whole_period: Where it stays open as long as the form time or lesson in which it is taken.
        late_until: The last moment at which an arrival is still marked L, where that is said otherwise.
        session_starts: When the session starts, where the length counts from there or the opening is not given.
    """

    session: str
    site: str | None = None
    group: str = ""
    opens: Stated[dt.time] | None = None
    closes: Stated[dt.time] | None = None
    closes_again: Stated[dt.time] | None = None
    minutes: Stated[float] | None = None
    whole_period: Passage | None = None
    late_until: Stated[dt.time] | None = None
    session_starts: Stated[dt.time] | None = None

    @property
    def length(self) -> float | None:
        """For how many minutes an arrival is still marked L; ``None`` where it cannot be worked out."""
        begins = self.opens or self.session_starts
        last = self.last.value if self.last else self.closing
        stated = self.minutes.value if self.minutes else None
        worked = _minutes(last) - _minutes(begins.value) if begins and last else None
        if worked is not None and worked > 0:
            return worked if stated is None else max(worked, stated)
        return stated

    @property
    def last(self) -> Stated[dt.time] | None:
        """The last moment at which an arrival is still marked L, where a time is given."""
        given = [one for one in (self.closes, self.closes_again, self.late_until) if one]
        return max(given, key=lambda one: one.value) if given else None

    @property
    def closing(self) -> dt.time | None:
        """When it closes: as stated, or as it follows from the opening and the length."""
        if self.closes:
            return self.closes.value
        begins = self.session_starts or self.opens
        if begins and self.minutes and self.minutes.value < WHOLE_SESSION:
            return _time(_minutes(begins.value) + self.minutes.value)
        return None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Where it is said."""
        stated = (self.opens, self.closes, self.closes_again, self.minutes, self.late_until)
        found = [passage for one in stated if one for passage in one.passages]
        return tuple(dict.fromkeys([*found, *([self.whole_period] if self.whole_period else [])]))

    @property
    def called(self) -> str:
        """What to call it in a message: "the morning register of Hilltop (Years 1 and 2)"."""
        site, group = f" of {self.site}" if self.site else "", f" ({self.group})" if self.group else ""
        return f"the {SESSIONS[self.session]} register{site}{group}"


@dataclass(frozen=True)
class RegisterTimes:
    """The registers of a policy, and the times by which it contradicts itself.

    Attributes:
        windows: One for each site, year group and session.
        conflicts: Closing times of one register that differ.
    """

    windows: tuple[Window, ...] = ()
    conflicts: tuple[tuple[str, tuple[Passage, ...]], ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows site, session, opening and closing."""
        value = [
            {
                "site": f"{window.site or ''} {window.group}".strip() or None,
                "session": window.session,
                "opens": f"{window.opens.value:%H:%M}" if window.opens else None,
                "closes": f"{window.closing:%H:%M}" if window.closing else None,
            }
            for window in self.windows
        ]
        yield PublishedFact("register_times", value, tuple(dict.fromkeys(p for w in self.windows for p in w.passages)))


@reader
def register_times(day: DayEvents, sites: Sites) -> RegisterTimes:
    """Gathers the times into one window for each site, year group and session."""
    windows = []
    conflicts = []
    for site in sites.names or (None,):
        for session in SESSIONS:
            for group in _groups(day, site, session):
                draft = _Draft(day, site, session, group)
                window = draft.window()
                if window.passages:
                    windows.append(window)
                closes = draft.alike(Happening.REGISTER_CLOSES)
                if len({event.at for event in closes}) > 1:
                    conflicts.append((window.called, tuple(dict.fromkeys(event.passage for event in closes))))
    return RegisterTimes(tuple(windows), tuple(conflicts))


def _groups(day: DayEvents, site: str | None, session: str) -> list[str]:
    """Returns the year groups for which a register of a session is taken or closed at times of their own."""
    events = [event for event in day.of(*REGISTERS) if event.session == session and concerns(event.sites, site)]
    groups = list(dict.fromkeys(event.group for event in events if event.group))
    on_other_days = all(map(is_of_days, groups)) and any(not event.group for event in events) and not cover_week(groups)
    return ["", *groups] if on_other_days else groups or [""]


@dataclass(frozen=True)
class _Draft:
    """What is said of the register of one session, for a site and a year group."""

    day: DayEvents
    site: str | None
    session: str
    group: str

    def events(self, *what: Happening) -> list[Event]:
        """Returns what is said of it; what is said of this year or site goes before what is said of all."""
        found = [
            event
            for event in self.day.of(*what)
            if event.session == self.session and event.group in {"", self.group} and concerns(event.sites, self.site)
        ]
        for own in (
            [e for e in found if self.site in e.sites],
            [e for e in found if e.group and e.group == self.group],
        ):
            found = [event for event in own if event in found] or found
        return found

    def alike(self, what: Happening) -> list[Event]:
        """Returns what is said of just this register, not of a wider or narrower one."""
        found = self.events(what)
        return [event for event in found if (event.sites, event.group) == (found[0].sites, found[0].group)]

    def window(self) -> Window:
        """Returns the window that follows."""
        stays = [stay for stay in self.day.stays if concerns(stay.sites, self.site) and self.session in stay.sessions]
        minutes = _length_of([stay for stay in stays if stay.minutes is not None])
        whole = next((stay for stay in stays if stay.minutes is None), None)
        opens = _stated(self.events(Happening.REGISTER_OPENS)[:1]) or self._taken_at_start()
        starts = _stated(self.events(Happening.SESSION_STARTS, Happening.DAY_STARTS)[:1])
        closes = self._first_after(opens, Happening.REGISTER_CLOSES)
        if closes is None and not stays:
            closes = self._first_after(opens, Happening.REGISTER_ENDS)
        ends = self._first_after(opens, Happening.REGISTER_ENDS) if closes and self.group and not closes.group else None
        if (
            ends is not None and ends.group
        ):  # "all registers close at 1.35; Nursery children register from 12.30 to 12.55"
            closes = ends
        absent = self._first_after(opens, Happening.ABSENT_FROM)
        if closes is None and minutes is None:
            closes = absent
        late = [
            event
            for event in (*self.events(Happening.LATE_UNTIL), *([absent] if absent else []))
            if closes is None or event.at > closes.at
        ]
        again = [] if closes is ends else self.alike(Happening.REGISTER_CLOSES)
        again = [event for event in again if closes and event.at > closes.at]
        return Window(
            self.session, self.site, self.group, opens, _stated([closes] if closes else []),
            _stated([max(again, key=lambda event: event.at)] if again else []),
            Stated(minutes.minutes or 0.0, (minutes.passage,)) if minutes else None,
            whole.passage if whole else None,
            _stated([max(late, key=lambda event: event.at)] if late else []),
            starts if opens is None or (minutes and minutes.from_session) else None,
        )  # fmt: skip

    def _first_after(self, opens: Stated[dt.time] | None, what: Happening) -> Event | None:
        return next((event for event in self.events(what) if opens is None or event.at > opens.value), None)

    def _taken_at_start(self) -> Stated[dt.time] | None:
        """Returns the start of the session, where the register is taken then and no other time is given."""
        for taken in self.day.at_start:
            if self.session not in taken.sessions or not concerns(taken.sites, self.site):
                continue
            kinds = (Happening.SESSION_STARTS, Happening.DAY_STARTS) if taken.of_day else (Happening.SESSION_STARTS,)
            starts = self.events(*kinds)
            if not starts and self.session == "AM":  # the morning session starts with the day
                starts = self.events(Happening.DAY_STARTS)
            if starts:
                return Stated(starts[0].at, (taken.passage, starts[0].passage))
        return None


@check("policy.register-times")
def taken_and_closed(times: RegisterTimes, sites: Sites, gaps: Gaps) -> Outcome:
    """For each site both registers have a time at which they are taken, and one at which they close."""
    missing = [
        (site, f"when {register} {what}")
        for site in sites.names or (None,)
        for register, what in _not_given(times, site)
    ]
    passages = [passage for window in times.windows for passage in window.passages]
    if not missing:
        return passed("The policy gives when both registers are taken and when they close.", passages)
    waiting = (
        could_stand_in_a_gap(gaps, [topic("day/register_events")["subject"]], f"does not give {at_sites(missing)}")
        if not passages
        else None
    )
    fault = Fault(f"The policy does not give {at_sites(missing)}.", None, tuple(dict.fromkeys(passages))[:3])
    searched = "registers or registration beside times of day, “open for … minutes” and “closes”"
    return waiting or with_gaps(failed(fault, searched=searched), gaps)


def _left_out(windows: Sequence[Window], session: str) -> Iterator[str]:
    """Yields the year groups that have a register of their own in the other session, as others do in both."""
    own = {window.group for window in windows if window.session == session}
    others = [window.group for window in windows if window.session != session]
    half_day = topic("day/register_events")["part-day"]
    if "" not in own and own & set(others):
        told_apart = len(own) > 1 and {group for group in others if group} <= own  # what is said of all is of these
        others = [group for group in others if group not in own and not is_of_days(group)]
        others = [group for group in others if group or not told_apart]
        yield from (group for group in others if half_day.first(cut(group).forms) is None)


def _not_given(times: RegisterTimes, site: str | None) -> Iterator[tuple[str, str]]:
    """Yields the registers of a site of which it is not said when they are taken, or when they close."""
    for session in SESSIONS:
        windows = [window for window in times.windows if window.session == session and window.site == site]
        whole = Window(session, None).called
        of_site = [window for window in times.windows if window.site == site]
        for group in _left_out(of_site, session):
            yield Window(session, None, group).called, "is taken"
        for what, given in (
            ("is taken", [window for window in windows if window.opens]),
            ("closes", [window for window in windows if window.closing or window.minutes or window.whole_period]),
        ):
            if not given:
                yield whole, what
            elif all(window.group for window in windows):
                yield from (
                    (Window(session, None, window.group).called, what) for window in windows if window not in given
                )


@check("policy.register-window")
def no_longer_than_thirty_minutes(times: RegisterTimes) -> Outcome:
    """Each register is open for at most 30 minutes, and for the same length of time in each session."""
    faults = [
        Fault(_too_long(window, window.length), None, window.passages)
        for window in times.windows
        if window.length is not None and window.length > LONGEST and not window.whole_period
    ]
    faults.extend(_of_different_lengths(times))
    if faults:
        return failed(*faults)
    known = [window for window in times.windows if window.length is not None or window.whole_period]
    passages = [passage for window in times.windows for passage in window.passages]
    unknown = [window for window in times.windows if window.opens and window not in known]
    if {window.session for window in known} == set(SESSIONS) and not unknown:
        return passed(
            "No register is open for more than 30 minutes, and they are open for the same length of time in each session.",
            passages,
        )
    return review(
        "How long the registers are open cannot be worked out from what the policy gives, "
        "and nothing that it gives is over 30 minutes.",
        passages,
    )


def _of_different_lengths(times: RegisterTimes) -> Iterator[Fault]:
    """Yields a fault for each site or year group whose morning and afternoon registers are never open for the same time."""
    for site in dict.fromkeys(window.site for window in times.windows):
        of_site = [window for window in times.windows if window.site == site]
        for group in ("", *dict.fromkeys(window.group for window in of_site if window.group)):
            windows = [window for window in of_site if not group or window.group == group]
            morning, afternoon = (
                {w.length for w in windows if w.session == session and w.length is not None} for session in SESSIONS
            )
            if morning and afternoon and not morning & afternoon:
                where = group or site
                message = (
                    f"The registers{f' at {where}' if where else ''} are open for different lengths: "
                    f"{min(morning):g} minutes in the morning, {min(afternoon):g} in the afternoon."
                )
                yield Fault(message, None, tuple(passage for window in windows for passage in window.passages))
                break


def _too_long(window: Window, length: float) -> str:
    name = f"{window.called[:1].upper()}{window.called[1:]}"
    if length == WHOLE_SESSION:
        return f"{name} stays open for the whole session, more than {LONGEST} minutes."
    begins, last = window.opens or window.session_starts, window.last
    if begins and last and length == _minutes(last.value) - _minutes(begins.value):
        then = "an arrival is marked L until" if last is window.late_until else "closes at"
        times = f"{'opens' if window.opens else 'starts'} at {clock(begins.value)} and {then} {clock(last.value)}"
        return f"{name} {times}: {length:g} minutes, more than {LONGEST}."
    return f"{name} stays open for {length:g} minutes, more than {LONGEST}."


def _length_of(stays: Sequence[Stay]) -> Stay | None:
    """Returns the length for which a register is open: the longest that is said of this session, else of both."""
    own = [stay for stay in stays if len(stay.sessions) == 1]
    too_long = [stay for stay in stays if (stay.minutes or 0.0) > LONGEST]
    return max(too_long or own or stays, key=lambda stay: stay.minutes or 0.0, default=None)


def _stated(events: Sequence[Event]) -> Stated[dt.time] | None:
    return Stated(events[0].at, (events[0].passage,)) if events else None


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _time(minutes: float) -> dt.time:
    whole = int(minutes) % (24 * 60)
    return dt.time(whole // 60, whole % 60)
