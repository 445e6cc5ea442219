"""How somebody is reached whose details stand elsewhere in a policy: with the name, the post, the role, or the school's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.reading.phrases import Concept
from checker.reading.words import cut
from checker.recognise.people import Person
from checker.recognise.posts import Post, posts
from england_attendance.policy.contacts.details import Details, spans_of_details
from england_attendance.policy.contacts.entries import Entries, Entry, same_name
from england_attendance.policy.contacts.lines import Mentions, is_bare
from england_attendance.policy.contacts.places import LEADERS, Place, details_behind, people_at, places_of
from england_attendance.policy.vocabulary import topic

NOBODY_OF_OURS = ("governor", "chair of governors", "local authority", "attendance champion")
ELSE = {("or", word) for word in ("to", "the", "our", "a", "an")}
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
FRONT = 500  # characters with which a policy begins: the name of the school, its address, its number
BY = 3  # words before an office by way of which somebody is reached


class Reach:
    """The entries of a policy that give a number or an address, to be asked for whom it is."""

    def __init__(self, entries: Entries) -> None:
        self._entries, self._mentions = entries, entries.mentions
        self._reachable = [entry for entry in entries.all if entry.details]
        self._words = topic("contacts/contacts")

    def of_person(self, person: Person) -> Details:
        """Returns the details that stand with a person's name elsewhere in the document."""
        for entry in self._reachable:
            for other in entry.people:
                if same_name(other.name, person.name) and (found := entry.details_of(other)):
                    return found
        return Details()

    def of_champion(self, person: Person, sites: Sequence[str]) -> Details:
        """Returns the details that stand with the role of a named champion elsewhere, beside nobody else's name or post."""
        for entry in self._reachable:
            if not self._entries.say(entry, "champion") or self._entries.say(entry, "not-senior"):
                continue
            same = all(same_name(other.name, person.name) for other in entry.people)
            own = same and all(post.key in LEADERS or post.key in NOBODY_OF_OURS for post in entry.posts)
            here = not sites or not entry.sites or bool(set(sites) & set(entry.sites))
            if own and here:
                return entry.details
        return Details()

    def of_post(self, post: Post) -> Iterator[Entry]:
        """Yields the entries that give details of a post."""
        for entry in self._reachable:
            if len(entry.people) > 1:
                continue
            titled = (one.post.key for one in entry.people if one.post is not None)
            led = all(key == post.key for key in titled)
            held = led and any(other.key == post.key for text in entry.led_by for other in posts(text))
            for line in entry.lines:
                for other in line.posts:
                    place = Place(line, line.text, other.start, other.end)
                    if other.key == post.key and not _is_one_way_of_several(place):
                        held = held or not entry.people or next(people_at(place), None) is not None
            if held:
                yield entry

    def _last_before(self, entry: Entry) -> Details:
        """Returns the last details given before an entry in its passage: "on the same number"."""
        start, section = entry.lines[0].passage.start, entry.lines[0].block.section
        before = [
            line.details
            for other in self._reachable
            for line in other.lines
            if line.details and line.passage.start < start and line.block.section == section
        ]
        return before[-1] if before else Details()

    def through_school(self, entry: Entry) -> Details:
        """Returns the school's own number or address, where an entry says that somebody is reached through it.

        A number for all who stand in the same place ("All can be contacted on …") is each one's.
        """
        for_all = self._mentions.statements.find(self._words["for-all"])
        for other in self._reachable:
            for line in other.lines:
                same_place = line.block.section == entry.lines[0].block.section
                if same_place and line.details and any(one.index in for_all for one in line.statements):
                    return line.details
        if not self._has_channel(entry):
            return Details()
        if self._entries.say(entry, "same-line") and (last := self._last_before(entry)):
            return last
        for other in self._reachable:
            if other.sites and not set(other.sites) & set(entry.sites):
                continue  # the number of one school of several is not everybody's
            if details := self._line_of_school(other):
                return details
        return next((other.details for other in self._reachable if self._is_the_schools(other)), Details())

    def _is_the_schools(self, entry: Entry) -> bool:
        """Whether an entry gives a number beside nobody, where the school gives its own: on its front, or below "Contact us"."""
        lines = [line for line in entry.lines if not _POSTCODE.search(line.text)]  # "Mill Lane" is nobody's name
        if any(line.people or (line.details and not is_bare(line)) for line in lines) or entry.posts or entry.sites:
            return False
        return entry.lines[0].passage.start < FRONT or self._entries.are_under(entry, "school-heading")

    def through_schools(self, entry: Entry) -> Iterator[tuple[tuple[str, ...], Details]]:
        """Yields for each school its own number or address, where an entry for all says that it is to be used."""
        details = self.through_school(entry)
        each = [] if details or entry.sites or not self._has_channel(entry) else self._reachable
        own = [(other.sites, line) for other in each if other.sites and (line := self._line_of_school(other))]
        yield from own or [(entry.sites, details)]

    def _has_channel(self, entry: Entry) -> bool:
        """Whether somebody is reached through the school, not only named beside it: "to the office or to the worker"."""
        return any(
            cut(place.text[place.end :]).forms[:2] not in ELSE
            for place in places_in(self._mentions, entry, self._words["channel"])
        )

    def _line_of_school(self, entry: Entry) -> Details:
        """Returns the number or address that an entry gives as the school's own."""
        for place in places_in(self._mentions, entry, self._words["school-line"]):
            behind = place.text[place.end :]
            between = behind[: next(iter(spans_of_details(behind)), (0, 0))[0]]
            around = f"{place.text[: place.start].rpartition(' the ')[2]} {between}"
            mine = self._words["head"].first(cut(around).forms) is None and not _is_one_way_of_several(place)
            if mine and (details := details_behind(place)):
                return details
        return entry.details if _is_general(entry.details) else Details()


def places_in(mentions: Mentions, entry: Entry, concept: Concept) -> Iterator[Place]:
    """Yields where a concept stands in an entry's own lines; a label counts as standing before its cell."""
    naming = mentions.of(concept)
    for line in entry.lines:
        if line not in naming:
            continue
        for statement in line.statements:
            for match in mentions.statements.matches(statement, concept):
                yield from places_of(line, statement, match)
        found = None if line.statements else concept.first((words := cut(line.text)).forms)
        if found is not None:
            yield Place(line, line.text, words.starts[found[0]], words.ends[found[1] - 1])
        if line.label and concept.first(cut(line.label).forms) is not None:
            yield Place(line, line.text, 0, 0)


def _is_one_way_of_several(place: Place) -> bool:
    """Whether somebody else is reached at a place or otherwise: "through the attendance office or at mentors@…"."""
    before, behind = cut(place.text[: place.start]).forms[-BY:], cut(place.text[place.end :]).forms[:1]
    return topic("contacts/contacts")["by-way-of"].first(before) is not None and behind == ("or",)


def _is_general(details: Details) -> bool:
    """Whether an address is the school's own: ``office@…``."""
    local = (details.email or "").partition("@")[0]
    return bool(local) and local in topic("contacts/contacts").words("general-addresses")
