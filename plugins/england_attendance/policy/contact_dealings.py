"""Whom a policy only deals with: people and posts with whom somebody works, whom the school calls in, or who get reports."""

from __future__ import annotations

from checker.reading.words import cut
from england_attendance.policy.contact_entries import Entry
from england_attendance.policy.contact_places import Place
from england_attendance.policy.vocabulary import topic

WITH = 5  # words before a post that say that somebody only works with its holder


def is_worked_with(place: Place) -> bool:
    """Whether a post is only one with whom somebody works: "works with education welfare officers"."""
    before = cut(place.text[: place.start]).forms[-WITH:]
    return topic("contacts")["works-with"].first(before) is not None


def is_called_in(place: Place) -> bool:
    """Whether the school itself calls in the holder of a post, of whom parents learn no more: "we bring in the EWO"."""
    words = topic("contacts")
    before, behind = cut(place.text[: place.start]).forms[-WITH:], cut(place.text[place.end :]).forms[:WITH]
    return words["calls-in"].first(before) is not None or words["is-told"].first(behind) is not None


def is_another_post(place: Place) -> bool:
    """Whether a post only begins another's: "attendance, Assistant Headteacher" is no attendance assistant."""
    return topic("contacts")["head"].first(cut(place.text[place.end :]).forms[:1]) is not None


def gets_reports(entry: Entry) -> bool:
    """Whether a duty names somebody who only gets something: "provides reports for Mr Wolfe and the tutors"."""
    deals = topic("contacts")["deals-with"]
    return any(
        line.people and deals.first(cut(line.text[: line.people[0].start]).forms) is not None for line in entry.lines
    )
