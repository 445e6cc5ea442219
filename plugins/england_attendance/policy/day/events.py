"""What a policy says happens at which time of the day: the facts that the readings of times gather."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from checker.findings import Passage

SESSIONS = {"AM": "morning", "PM": "afternoon"}


class Happening(Enum):
    """What happens at a time."""

    REGISTER_OPENS = "register opens"
    REGISTER_CLOSES = "register closes"
    REGISTER_ENDS = "registration ends"  # the end of a range, which may be the end of the period and no closing
    DAY_STARTS = "day starts"
    DAY_ENDS = "day ends"
    SESSION_STARTS = "session starts"
    LATE_FROM = "late from"
    LATE_UNTIL = "late until"
    ABSENT_FROM = "absent from"


WHOLE_SESSION = math.inf  # minutes of a register that is open all morning, or until the end of the session
REGISTERS = (Happening.REGISTER_OPENS, Happening.REGISTER_CLOSES, Happening.REGISTER_ENDS)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens at a time of day.

    Attributes:
        what: What happens.
        at: When.
        session: ``AM`` or ``PM``.
        sites: The sites that are meant; empty for all.
        group: The year group or phase that is meant, in the policy's words; empty for all.
        passage: Where it is said.
    """

    what: Happening
    at: dt.time
    session: str
    sites: tuple[str, ...]
    group: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Stay:
    """How long registers stay open.

    Attributes:
        minutes: For how many minutes; ``None`` where it is as long as the form time or lesson, ``WHOLE_SESSION`` where
            it lasts as long as the session.
        sessions: The sessions that are meant.
        from_session: Whether it counts from the start of the session, not from when the register is taken.
        sites: The sites that are meant; empty for all.
        passage: Where it is said.
    """

    minutes: float | None
    sessions: tuple[str, ...]
    from_session: bool
    sites: tuple[str, ...]
    passage: Passage


@dataclass(frozen=True, slots=True)
class AbsentAfter:
    """After how many minutes an arrival is absent.

    Attributes:
        minutes: How many, from the start of the session or of the register.
        sessions: The sessions that are meant.
        sites: The sites that are meant; empty for all.
        passage: Where it is said.
    """

    minutes: float
    sessions: tuple[str, ...]
    sites: tuple[str, ...]
    passage: Passage


@dataclass(frozen=True, slots=True)
class TakenAtStart:
    """That registers are taken when the session or the day starts, where no time stands beside it.

    Attributes:
        sessions: The sessions that are meant.
        of_day: Whether it is the start of the school day.
        sites: The sites that are meant; empty for all.
        passage: Where it is said.
    """

    sessions: tuple[str, ...]
    of_day: bool
    sites: tuple[str, ...]
    passage: Passage


@dataclass(frozen=True)
class DayEvents:
    """All that a policy says happens at times of the day."""

    events: tuple[Event, ...] = ()
    stays: tuple[Stay, ...] = ()
    at_start: tuple[TakenAtStart, ...] = ()
    absent_after: tuple[AbsentAfter, ...] = ()

    def of(self, *what: Happening) -> list[Event]:
        """Returns the events of some kinds, in the order of the document."""
        return [event for event in self.events if event.what in what]


def clock(time: dt.time) -> str:
    """Returns a time as messages show it: 9:15."""
    return f"{time.hour}:{time:%M}"


def concerns(meant: Iterable[str], site: str | None) -> bool:
    """Whether something that is said of some sites, or of all, is said of this one."""
    sites = tuple(meant)
    return site is None or not sites or site in sites
