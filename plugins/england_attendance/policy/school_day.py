"""The school day: when it starts and when it ends, for each site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, failed, passed
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.register_events import DayEvents, Event, Happening
from england_attendance.policy.schools import Sites
from england_attendance.policy.vocabulary import topic


@dataclass(frozen=True)
class SchoolDay:
    """When the school day starts and ends.

    Attributes:
        starts: What says when it starts.
        ends: What says when it ends.
    """

    starts: tuple[Event, ...] = ()
    ends: tuple[Event, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows the times."""
        value = {
            "starts": sorted({f"{event.at:%H:%M}" for event in self.starts}),
            "ends": sorted({f"{event.at:%H:%M}" for event in self.ends}),
        }
        yield PublishedFact(
            "school_day", value, tuple(dict.fromkeys(e.passage for e in (*self.starts, *self.ends)))[:6]
        )


@reader
def school_day(day: DayEvents) -> SchoolDay:
    """Gathers the times of the school day."""
    return SchoolDay(tuple(day.of(Happening.DAY_STARTS)), tuple(day.of(Happening.DAY_ENDS)))


@check("policy.school-day")
def start_and_end(day: SchoolDay, sites: Sites, gaps: Gaps) -> Outcome:
    """The start and the end of the school day are given, for each site."""
    missing = [
        f"when the school day {verb}{f' at {site}' if site else ''}"
        for site in sites.names or (None,)
        for verb, events in (("starts", day.starts), ("ends", day.ends))
        if not any(not event.sites or site in event.sites for event in events)
    ]
    passages = [event.passage for event in (*day.starts[:2], *day.ends[:2])]
    if not missing:
        return passed("The policy gives when the school day starts and ends.", passages)
    what = f"does not give {' nor '.join(missing)}"
    waiting = could_stand_in_a_gap(gaps, [topic("register_times")["subject"]], what) if not passages else None
    searched = "“the day starts”, “must arrive by”, “the day ends”, “home time” and the like, beside a time"
    return waiting or with_gaps(failed(Fault(f"The policy {what}.", None, tuple(passages)), searched=searched), gaps)
