"""Whom a policy only deals with: people and posts with whom somebody works, whom the school calls in, or who get reports."""

from __future__ import annotations

from checker.reading.words import cut
from england_attendance.policy.contacts.entries import Entry
from england_attendance.policy.contacts.lines import Mentions
from england_attendance.policy.contacts.places import Place
from england_attendance.policy.vocabulary import topic

WITH = 5  # words before a post that say that somebody only works with its holder
MOST_BETWEEN = 4  # words between what is done with a case and the post to which it goes
HANDED_ON = 12  # words before a post in which a case may go on to its holder


def is_worked_with(place: Place) -> bool:
    """Whether a post is only one with whom somebody works: "works with education welfare officers"."""
    before = cut(place.text[: place.start]).forms[-WITH:]
    return topic("contacts/contacts")["works-with"].first(before) is not None


def is_called_in(place: Place) -> bool:
    """Whether the school itself calls in the holder of a post, of whom parents learn no more: "we bring in the EWO"."""
    words = topic("contacts/contacts")
    before, behind = cut(place.text[: place.start]).forms[-WITH:], cut(place.text[place.end :]).forms[:WITH]
    return words["calls-in"].first(before) is not None or words["is-told"].first(behind) is not None


def gets_cases(place: Place) -> bool:
    """Whether a case is handed on to the holder of a post: "the case is passed to the trust's attendance manager"."""
    before = cut(place.text[: place.start].rpartition(". ")[2]).forms[-HANDED_ON:]
    found = list(topic("contacts/contacts")["gets-cases"].places(before))
    return any(len(before) - end <= MOST_BETWEEN for _, end in found)


def is_another_reached(place: Place) -> bool:
    """Whether the number behind a post is another's: "the officer writes to the headteacher, who can be reached on …"."""
    words = topic("contacts/contacts")
    for post in place.line.posts:
        joined = words.words("joining").issuperset(cut(place.text[place.end : post.start]).forms)
        if post.start >= place.end and not joined:
            behind = cut(place.text[post.end :]).forms[:2]
            return words["who-is-reached"].first(behind) is not None
    return False


def gives_details_for_another_need(mentions: Mentions, entry: Entry) -> bool:
    """Whether the lines with an entry's number tell of something else: "For fees, ring …. Attendance is recorded daily."."""
    words = topic("contacts/contacts")
    giving = [line for line in entry.lines if line.details]
    others = mentions.of(words["other-need"]) | mentions.of(words["other-matters"])
    attending = mentions.of(words["about-attendance"])
    return bool(giving) and all(line in others and line not in attending for line in giving)


def is_another_post(place: Place) -> bool:
    """Whether a post only begins another's: "attendance, Assistant Headteacher" is no attendance assistant."""
    return topic("contacts/contacts")["head"].first(cut(place.text[place.end :]).forms[:1]) is not None


def gets_reports(entry: Entry) -> bool:
    """Whether a duty names somebody who only gets something: "provides reports for Mr Wolfe and the tutors"."""
    deals = topic("contacts/contacts")["deals-with"]
    return any(
        line.people and deals.first(cut(line.text[: line.people[0].start]).forms) is not None for line in entry.lines
    )
