"""When the registers are taken and closed, for how long they are open, and what the policy's day is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from checker.facts import PublishedFact, Stated, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed, review
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.register_events import DayEvents, Event, Happening, Stay
from england_attendance.policy.schools import Sites
from england_attendance.policy.vocabulary import topic

LONGEST = 30
SESSIONS = {"AM": "morning", "PM": "afternoon"}


@dataclass(frozen=True, slots=True)
class Window:
    """A register of one session, for a site and a year group.

    Attributes:
        session: ``AM`` or ``PM``.
        site: The site; ``None`` for the whole school.
        group: The year group; empty for all.
        opens: When it begins to be taken.
        closes: When it closes.
        minutes: For how long it stays open, where that is said.
        whole_period: Where it stays open as long as the form time or lesson in which it is taken.
        late_until: The last moment at which an arrival is still marked L, where that is said otherwise.
        session_starts: When the session starts, where the register's opening is not given.
    """

    session: str
    site: str | None = None
    group: str = ""
    opens: Stated[dt.time] | None = None
    closes: Stated[dt.time] | None = None
    minutes: Stated[float] | None = None
    whole_period: Passage | None = None
    late_until: Stated[dt.time] | None = None
    session_starts: Stated[dt.time] | None = None

    @property
    def length(self) -> float | None:
        """For how many minutes an arrival is still marked L; ``None`` where it cannot be worked out."""
        begins = self.opens or self.session_starts
        last = self.late_until or self.closes
        stated = self.minutes.value if self.minutes else None
        worked = _minutes(last.value) - _minutes(begins.value) if begins and last else None
        if worked is not None and worked > 0:
            return worked if stated is None or self.late_until else max(worked, stated)
        return stated

    @property
    def closing(self) -> dt.time | None:
        """When it closes: as stated, or as it follows from the opening and the length."""
        if self.closes:
            return self.closes.value
        begins = self.opens or self.session_starts
        if begins and self.minutes:
            return _time(_minutes(begins.value) + self.minutes.value)
        return None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Where it is said."""
        stated = (self.opens, self.closes, self.minutes, self.late_until)
        found = [passage for one in stated if one for passage in one.passages]
        return tuple(dict.fromkeys([*found, *([self.whole_period] if self.whole_period else [])]))


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
                "site": window.site or window.group or None,
                "session": window.session,
                "opens": f"{window.opens.value:%H:%M}" if window.opens else None,
                "closes": f"{window.closing:%H:%M}" if window.closing else None,
            }
            for window in self.windows
        ]
        yield PublishedFact("register_times", value, tuple(dict.fromkeys(p for w in self.windows for p in w.passages)))


@dataclass
class _Draft:
    """A window in the making."""

    opens: list[Event] = field(default_factory=list)
    closes: list[Event] = field(default_factory=list)
    ends: list[Event] = field(default_factory=list)
    late_until: list[Event] = field(default_factory=list)
    absent_from: list[Event] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    starts: list[Event] = field(default_factory=list)


@reader
def register_times(day: DayEvents, sites: Sites) -> RegisterTimes:
    """Gathers the times into one window for each site, year group and session."""
    windows = []
    conflicts = []
    for site in sites.names or (None,):
        for session in SESSIONS:
            events = [event for event in day.events if _concerns(event.sites, site)]
            stays = [stay for stay in day.stays if _concerns(stay.sites, site) and session in stay.sessions]
            for group in _groups(events, session):
                draft = _draft(
                    [event for event in events if event.session == session and event.group in {"", group}],
                    stays,
                    day,
                    site,
                )
                window = _window(draft, session, site, group)
                if window.passages:
                    windows.append(window)
                closing = {event.at for event in draft.closes}
                if len(closing) > 1:
                    called = f"the {SESSIONS[session]} register{f' of {site}' if site else ''}{f' ({group})' if group else ''}"
                    conflicts.append((called, tuple(dict.fromkeys(event.passage for event in draft.closes))))
    return RegisterTimes(tuple(windows), tuple(conflicts))


@check("policy.register-times")
def taken_and_closed(times: RegisterTimes, sites: Sites, gaps: Gaps) -> Outcome:
    """For each site both registers have a time at which they are taken, and one at which they close."""
    missing = []
    for site in sites.names or (None,):
        for session, word in SESSIONS.items():
            windows = [window for window in times.windows if window.session == session and window.site == site]
            where = f" at {site}" if site else ""
            if not any(window.opens for window in windows):
                missing.append(f"when the {word} register is taken{where}")
            if not any(window.closing or window.minutes or window.whole_period for window in windows):
                missing.append(f"when the {word} register closes{where}")
    passages = [passage for window in times.windows for passage in window.passages]
    if not missing:
        return passed("The policy gives when both registers are taken and when they close.", passages)
    waiting = (
        could_stand_in_a_gap(gaps, [topic("register_times")["subject"]], f"does not give {missing[0]}")
        if not passages
        else None
    )
    fault = Fault(f"The policy does not give {_listed(missing)}.", None, tuple(dict.fromkeys(passages))[:3])
    searched = "registers or registration beside times of day, “open for … minutes” and “closes”"
    return waiting or with_gaps(failed(fault, searched=searched), gaps)


@check("policy.register-window")
def no_longer_than_thirty_minutes(times: RegisterTimes, gaps: Gaps) -> Outcome:
    """Each register is open for at most 30 minutes, and as long at each session."""
    faults = []
    for window in times.windows:
        if window.length is not None and window.length > LONGEST and not window.whole_period:
            faults.append(Fault(_too_long(window), None, window.passages))
    for site in dict.fromkeys(window.site for window in times.windows):
        lengths = {
            session: {
                w.length for w in times.windows if w.session == session and w.site == site and w.length is not None
            }
            for session in SESSIONS
        }
        if lengths["AM"] and lengths["PM"] and not lengths["AM"] & lengths["PM"]:
            where = f" at {site}" if site else ""
            morning, afternoon = (min(lengths[session]) for session in SESSIONS)
            message = f"The registers{where} are open for different lengths: {morning:g} minutes in the morning, {afternoon:g} in the afternoon."
            faults.append(Fault(message, None, tuple(p for w in times.windows if w.site == site for p in w.passages)))
    if faults:
        return failed(*faults)
    known = [window for window in times.windows if window.length is not None or window.whole_period]
    passages = [passage for window in times.windows for passage in window.passages]
    if {window.session for window in known} == set(SESSIONS):
        return passed(
            "No register is open for more than 30 minutes, and they are open as long at each session.", passages
        )
    return review(
        "How long the registers are open cannot be worked out from what the policy gives, and nothing that it gives is over 30 minutes.",
        passages,
    )


def _too_long(window: Window) -> str:
    name = f"The {SESSIONS[window.session]} register{f' of {window.site}' if window.site else ''}"
    begins, last = window.opens or window.session_starts, window.late_until or window.closes
    if begins and last:
        return f"{name} opens at {begins.value:%H:%M} and an arrival is marked L until {last.value:%H:%M}: {window.length:g} minutes, more than {LONGEST}."
    return f"{name} stays open for {window.length:g} minutes, more than {LONGEST}."


def _concerns(meant: tuple[str, ...], site: str | None) -> bool:
    return site is None or not meant or site in meant


def _groups(events: Iterable[Event], session: str) -> list[str]:
    kinds = {Happening.REGISTER_OPENS, Happening.REGISTER_CLOSES, Happening.REGISTER_ENDS}
    groups = [event.group for event in events if event.session == session and event.what in kinds and event.group]
    return list(dict.fromkeys(groups)) or [""]


def _draft(events: list[Event], stays: list[Stay], day: DayEvents, site: str | None) -> _Draft:
    draft = _Draft(stays=stays)
    places = {
        Happening.REGISTER_OPENS: draft.opens,
        Happening.REGISTER_CLOSES: draft.closes,
        Happening.REGISTER_ENDS: draft.ends,
        Happening.LATE_UNTIL: draft.late_until,
        Happening.ABSENT_FROM: draft.absent_from,
        Happening.DAY_STARTS: draft.starts,
    }
    own = {event.what for event in events if site in event.sites}
    for event in events:
        if (
            event.what in places
            and (not event.sites or site in event.sites)
            and not (event.what in own and not event.sites)
        ):
            places[event.what].append(event)
    return draft


def _window(draft: _Draft, session: str, site: str | None, group: str) -> Window:
    opens = draft.opens[0] if draft.opens else None
    closes = _first_after(draft.closes, opens) or (None if draft.stays else _first_after(draft.ends, opens))
    absent = _first_after(draft.absent_from, opens)
    if closes is None and not any(stay.minutes for stay in draft.stays):
        closes = absent
    late = [
        event for event in (*draft.late_until, *([absent] if absent else [])) if closes is None or event.at > closes.at
    ]
    minutes = next((stay for stay in draft.stays if stay.minutes is not None), None)
    whole = next((stay for stay in draft.stays if stay.minutes is None), None)
    starts = draft.starts[0] if draft.starts and (opens is None or (minutes and minutes.from_session)) else None
    return Window(
        session, site, group,
        _stated(opens), _stated(closes),
        Stated(minutes.minutes or 0.0, (minutes.passage,)) if minutes else None,
        whole.passage if whole else None,
        _stated(max(late, key=lambda event: event.at)) if late else None,
        _stated(starts),
    )  # fmt: skip


def _first_after(events: list[Event], opens: Event | None) -> Event | None:
    later = [event for event in events if opens is None or event.at > opens.at]
    return later[0] if later else None


def _stated(event: Event | None) -> Stated[dt.time] | None:
    return Stated(event.at, (event.passage,)) if event else None


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _time(minutes: float) -> dt.time:
    whole = int(minutes) % (24 * 60)
    return dt.time(whole // 60, whole % 60)


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + f" and {items[-1]}"
