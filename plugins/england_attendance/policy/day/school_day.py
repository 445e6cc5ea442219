"""The school day: when it starts and when it ends, for each site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, failed, passed
from checker.reading.words import cut
from england_attendance.policy.day.events import DayEvents, Event, Happening, concerns
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import at_sites, could_stand_in_a_gap, with_gaps
from england_attendance.policy.schools.identity import Sites
from england_attendance.policy.vocabulary import topic

_SPREAD = re.compile(r"\d ?(?:–|-|to|and|,) ?")  # "Years 3 to 6" may well be the whole school
_BY_GROUP = "Where year groups or sites differ, use a table with a row for each."


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
    starts = day.of(Happening.DAY_STARTS, Happening.SESSION_STARTS)
    afternoons = [event for event in day.of(Happening.SESSION_STARTS) if event.session == "PM"]
    ends = [event for event in day.of(Happening.DAY_ENDS) if not _ends_a_morning(event, afternoons)]
    return SchoolDay(tuple(event for event in starts if event.session == "AM"), tuple(ends))


def _ends_a_morning(event: Event, afternoons: Sequence[Event]) -> bool:
    """Whether something ends before the afternoon of the same pupils begins: "Morning ends | 12.00"."""
    return any(
        event.at <= later.at and (event.sites, event.group) == (later.sites, later.group) for later in afternoons
    )


@check("policy.school-day")
def start_and_end(day: SchoolDay, sites: Sites, gaps: Gaps) -> Outcome:
    """The start and the end of the school day are given, for each site."""
    missing = [
        (site, f"when the school day {verb}{f' for {group}' if group else ''}")
        for site in sites.names or (None,)
        for verb, group in _not_given(day, site)
    ]
    passages = [event.passage for event in (*day.starts[:2], *day.ends[:2])]
    if not missing:
        return passed("The policy gives when the school day starts and ends.", passages)
    what = f"does not give {at_sites(missing)}"
    waiting = could_stand_in_a_gap(gaps, [topic("day/register_events")["subject"]], what) if not passages else None
    searched = "“the day starts”, “must arrive by”, “the day ends”, “home time” and the like, beside a time"
    found = failed(Fault(f"The policy {what}.", None, tuple(passages)), fix=_what_to_add(missing), searched=searched)
    return waiting or with_gaps(found, gaps)


def _what_to_add(missing: Sequence[tuple[str | None, str]]) -> str | None:
    """Returns the advice where only the start, or only the end, is missing; ``None`` where both are."""
    lacking = [verb for verb in ("starts", "ends") if any(f" {verb}" in what for _, what in missing)]
    return f"Add the time at which the school day {lacking[0]}. {_BY_GROUP}" if len(lacking) == 1 else None


def _not_given(day: SchoolDay, site: str | None) -> Iterator[tuple[str, str]]:
    """Yields what is not given for a site: the start or the end, for all or for a phase that has only the other."""
    starts = [event for event in day.starts if concerns(event.sites, site)]
    ends = [event for event in day.ends if concerns(event.sites, site)]
    part_day = topic("day/register_events")["part-day"]
    for verb, events, others in (("starts", starts, ends), ("ends", ends, starts)):
        groups = {event.group for event in events}
        only = next(iter(groups)) if len(groups) == 1 else ""
        phases = dict.fromkeys(event.group for event in others)
        if not events:
            yield verb, ""
        elif only and _SPREAD.search(only) is None and "" in phases:
            yield verb, f"all but {only}"
        elif "" not in groups and groups & set(phases):
            full_days = [phase for phase in phases if phase and part_day.first(cut(phase).forms) is None]
            yield from ((verb, phase) for phase in full_days if phase not in groups)
