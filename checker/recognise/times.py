"""Times of day: ``9.25am``, ``08:45``, ``0900hrs``, ``quarter past nine``, ``8.50 – 9.20am``, ``12 noon``.

Schools write a time with a full stop as often as with a colon, so ``4.10`` may be a section and ``9.15`` a price. What
stands beside the figures decides; where nothing does, the time is found only on request (``doubtful``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from checker.recognise.clock import Clock, clocks, partners
from checker.recognise.spans import Span


@dataclass(frozen=True, slots=True)
class Time(Span):
    """A time of day.

    Attributes:
        value: The time as written, am and pm applied.
        meridiem: ``am`` or ``pm`` where it is written or carried over from the other end of a range.
        ambiguous: Whether it is written on the twelve-hour clock without am or pm, so that ``1.10`` may be 13:10.
        odd: Whether it is written as nobody would mean it: ``13.15pm``, ``12.30am``.
        sure: Whether it can be nothing but a time where it stands.
    """

    value: dt.time
    meridiem: str | None = None
    ambiguous: bool = False
    odd: bool = False
    sure: bool = True

    @property
    def minutes(self) -> int:
        """Minutes since midnight."""
        return self.value.hour * 60 + self.value.minute

    @property
    def hhmm(self) -> str:
        """The time as HH:MM."""
        return self.value.strftime("%H:%M")

    def resolve(self, session: str | None = None) -> Time:
        """Returns the time that a school means.

        A time without am or pm from 1:00 to 6:59 is in the afternoon, whatever the session.

        Args:
            session: ``AM`` or ``PM`` where the statement says which session it speaks of. In the afternoon ``12.30am``
                is half past twelve.
        """
        hour = self.value.hour
        if self.ambiguous and 1 <= hour <= 6:
            return replace(self, value=self.value.replace(hour=hour + 12), ambiguous=False)
        if self.odd and self.meridiem == "am" and hour == 0 and session == "PM":
            return replace(self, value=self.value.replace(hour=12))
        return self


@dataclass(frozen=True, slots=True)
class TimeRange(Span):
    """A stretch of the day: ``8.50 – 9.20am``, ``between 8:40 and 8:55``, ``from 9am to 9.30``.

    Attributes:
        first: When it begins.
        last: When it ends.
    """

    first: Time
    last: Time

    @property
    def minutes(self) -> int:
        """How long it is, in minutes, each end taken as a school means it; negative where the ends are swapped."""
        return self.last.resolve().minutes - self.first.resolve().minutes

    def resolve(self, session: str | None = None) -> TimeRange:
        """Returns the range with both ends as a school means them."""
        return replace(self, first=self.first.resolve(session), last=self.last.resolve(session))


def times(text: str, *, doubtful: bool = False) -> tuple[Time, ...]:
    """Returns the times of day in a text, the ends of ranges among them.

    Args:
        text: Normalised text.
        doubtful: Whether to return figures too that could be something else, such as a cell that holds ``4.10`` alone.
    """
    return tuple(time for time in _times(clocks(text)) if doubtful or time.sure)


def time_ranges(text: str, *, doubtful: bool = False) -> tuple[TimeRange, ...]:
    """Returns the ranges of times in a text; see :func:`times`."""
    found = clocks(text)
    made = list(_times(found))
    ranges = []
    for place, start in partners(text, found):
        first, last = made[place], made[place + 1]
        if doubtful or (first.sure and last.sure):
            ranges.append(TimeRange(start, last.end, first, last))
    return tuple(ranges)


def _times(found: Iterable[Clock]) -> Iterable[Time]:
    for clock in found:
        yield Time(
            clock.start,
            clock.end,
            dt.time(clock.hour24, clock.minute),
            clock.meridiem,
            clock.ambiguous,
            clock.odd,
            clock.sure,
        )
