"""Which entry of a policy plays which part: the senior leader, the day-to-day contact, the one for more support."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.findings import Passage
from checker.reading.senses import NOT_NOW, Sense
from checker.reading.statements import Statements
from checker.reading.words import cut
from checker.recognise.people import Person
from checker.recognise.posts import Post
from england_attendance.policy.contacts.champions import Champion, each_once
from england_attendance.policy.contacts.dealings import (
    WITH,
    gets_cases,
    gets_reports,
    gives_details_for_another_need,
    is_another_post,
    is_another_reached,
    is_called_in,
    is_worked_with,
)
from england_attendance.policy.contacts.details import Details
from england_attendance.policy.contacts.entries import Entries, Entry, same_name
from england_attendance.policy.contacts.lines import OFFICE, Line
from england_attendance.policy.contacts.places import (
    LEADERS,
    Place,
    details_behind,
    distance,
    goes_on,
    is_linked,
    is_whole,
    labels_of,
    of_row,
    people_at,
    place_of,
    post_at,
    words_between,
)
from england_attendance.policy.contacts.reach import NOBODY_OF_OURS, Reach, places_in
from england_attendance.policy.contacts.writer import holder_of, speaks_of_the_writer, writer_of
from england_attendance.policy.vocabulary import topic

_TITLE = re.compile(r", (?P<title>[A-Z][\w-]+(?: [A-Z][\w-]+){0,3})(?![\w@])")
NOT_HELD = {Sense.DENIED, Sense.WEAKENED, *NOT_NOW}


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody to turn to.

    Attributes:
        sites: The schools that it is for; empty for all.
        who: The name, else the post.
        passage: Where the person or post is given.
        details: How to reach them, here or elsewhere in the document.
    """

    sites: tuple[str, ...]
    who: str
    passage: Passage
    details: Details


class Directory:
    """All entries of a policy, to be asked who plays a part and how somebody is reached."""

    def __init__(self, statements: Statements, entries: Entries) -> None:
        self._statements = statements
        self._entries = entries.all
        self._mentions = entries.mentions
        self._say, self._under = entries.say, entries.are_under
        self._reach = Reach(entries)
        self._words = topic("contacts/contacts")

    def champions(self) -> Iterator[Champion]:
        """Yields the senior leaders responsible for attendance, each once; where none is named, a post."""
        for names in (("champion", "attendance-lead"), ("in-charge", "answers-for")):
            found: list[Champion] = []
            for entry in self._entries:
                if not self._say(entry, "not-senior"):
                    found += self._champions_of(entry, *names)
            named = each_once(champion for champion in found if champion.name)
            if found:
                yield from named or found[:1]
                return

    def day_to_day(self) -> Iterator[Turn]:
        """Yields whom to turn to for day-to-day matters: first whoever is said to be there for these."""
        for entry in sorted(self._ours(), key=lambda entry: not self._say(entry, "day-to-day")):
            for_these = self._say(entry, "day-to-day")
            if for_these or not self._say(entry, "detailed"):
                yield from self._holders(entry, "day-to-day-post")
            if entry.details and self._is_labelled(entry, "day-label"):
                yield from self._turns(entry, next(iter(entry.people), None), None)
            if entry.details and self._is_labelled(entry, "attendance-label", itself=True):
                yield from self._somebody_of_ours(entry)
            sends = for_these and (entry.lines[0].in_table or self._invites(entry))
            if sends and not (self._is_of_other_matters(entry) or self._say(entry, "first-for-more")):
                yield from self._nearest(entry, "day-to-day")
            if self._is_office_for_absence(entry):
                yield from self._turns(entry, None, None)
            plays_another = self._say(entry, "champion", "in-charge", "helper", "detailed", "not-senior")
            is_under = not plays_another and self._under(entry, "day-to-day-post", "day-to-day")
            if is_under and (entry.details or entry.people) and not gets_reports(entry):
                yield from self._whoever(entry)

    def support(self) -> Iterator[Turn]:
        """Yields whom to turn to for more detailed support."""
        for entry in self._ours():
            if self._say(entry, "other-help") or self._is_of_another_need(entry):
                continue
            invites = self._invites(entry)
            at_table = self._say(entry, "meeting") and not self._say(entry, "detailed")
            helps = self._say(entry, "helper") and not at_table
            if helps and (invites or (entry.lines[0].in_table and entry.people)):
                yield from self._holders(entry, "helper")
            if not invites:
                continue
            yield from self._champions_asked(entry)
            whole = self._is_labelled(entry, "support-label")
            plays_another = self._say(entry, "champion", "day-to-day")
            is_under = not plays_another and self._under(entry, "detailed", "helper")
            concerned = whole or is_under or self._say(entry, "detailed")
            if not (concerned and self._gives_somebody(entry)):
                continue
            if whole:
                yield from self._whoever(entry)
            yield from self._nearest(entry, "detailed")
            if is_under and (entry.details or entry.people):
                yield from self._whoever(entry)

    def _is_labelled(self, entry: Entry, name: str, *, itself: bool = False) -> bool:
        """Whether a label in an entry, or in the line above that announces it, says a thing and nothing else.

        Where it must stand in the entry itself, what announces it counts for nothing.
        """
        labels = [one for line in entry.lines for one in labels_of(line)]
        labels += [line.block.cells[0].text for line in entry.lines if line.block.cells]
        labels += [head.partition(":")[0] for head in entry.heads[-1:] if ":" in head and not itself]
        return any(is_whole(one, self._words[name]) for one in labels)

    def _champions_asked(self, entry: Entry) -> Iterator[Turn]:
        """Yields the senior leaders where an item of their list makes them the ones to ask for more than a word."""
        if entry.people or not self._say(entry, "ones-to-ask") or not self._say(entry, "detailed"):
            return
        if self._under(entry, "champion") and not self._posts_of(entry):
            for champion in self.champions():
                sites = (champion.site,) if champion.site else ()
                yield Turn(sites, champion.name or champion.called, entry.passage, champion.details)

    def _somebody_of_ours(self, entry: Entry) -> Iterator[Turn]:
        """Yields whoever an entry gives by name or post, where it gives no governor and nobody from outside."""
        if (entry.people or entry.posts) and self._posts_of(entry) == entry.posts:
            yield from self._whoever(entry)

    def _gives_somebody(self, entry: Entry) -> bool:
        """Whether an entry names a person, or a post that is not only the office."""
        somebody = any(post.key != OFFICE for post in self._posts_of(entry)) or bool(entry.people)
        return somebody or speaks_of_the_writer(self._mentions, entry.lines)

    def _is_of_another_need(self, entry: Entry) -> bool:
        """Whether all that an entry offers help with is something else: "For the cost of uniform, ring …"."""
        needs = self._say(entry, "other-need")
        return needs and not self._say(entry, "about-attendance", "detailed")

    def _is_of_other_matters(self, entry: Entry) -> bool:
        """Whether all that an entry is there for is something else: "transport messages", without a word on absence."""
        return self._say(entry, "other-matters") and not self._say(entry, "about-attendance")

    def _invites(self, entry: Entry) -> bool:
        """Whether an entry sends a parent to somebody: it gives a number or an address, or says to ask."""
        return self._say(entry, "reach", "done-by") or bool(entry.details)

    def _is_office_for_absence(self, entry: Entry) -> bool:
        """Whether an entry gives the number or address of an office to which absence is reported."""
        if self._say(entry, "champion", "in-charge", "helper", "not-senior"):
            return False
        more = () if self._say(entry, "detailed") else ("about-attendance",)
        if not self._say(entry, "reports-absence", *more) or gives_details_for_another_need(self._mentions, entry):
            return False
        if entry.people or not self._say(entry, "office"):
            return False
        told = self._say(entry, "reports-absence") and self._say(entry, "tells-office")
        return bool(entry.details or (told and self._reach.through_school(entry)))

    def _ours(self) -> Iterator[Entry]:
        return (entry for entry in self._entries if not self._say(entry, "not-ours", "vacant", "of-the-policy"))

    def _posts_of(self, entry: Entry) -> tuple[Post, ...]:
        return tuple(post for post in entry.posts if post.key not in NOBODY_OF_OURS)

    def _champions_of(self, entry: Entry, part: str, of_leaders: str) -> Iterator[Champion]:
        places = [*self._places(entry, part)]
        if self._say(entry, of_leaders) and self._is_a_leaders(entry):
            places += self._places(entry, of_leaders)
        for place in places:
            if place.sense in NOT_HELD or place.is_parted or "; " in place.text[place.start : place.end]:
                continue
            holders = list(people_at(place)) or of_row(place)
            if not holders and "i" in cut(place.text[: place.start]).forms[:2]:
                writer = writer_of(self._statements, entry)
                holders = [writer] if writer else []
            elif not holders and not place.line.people and goes_on(place):
                holders = list(entry.people[:1])
            if self._say(entry, "vacant"):
                holders = []
            yield from self._as_champions(entry, holders, place.text[place.start : place.end], place)
        if places or not self._under(entry, part) or self._under(entry, "vacant"):
            return
        if not self._say(entry, "day-to-day-post", "helper", "detailed") and entry.people:
            foreign = any(post.key not in LEADERS for post in entry.posts)
            if not foreign:
                yield from self._as_champions(entry, entry.people[:1], entry.heads[0], None)

    def _is_a_leaders(self, entry: Entry) -> bool:
        """Whether an entry gives the post of a leader, or somebody as a member of the senior team."""
        return any(post.key in LEADERS for post in entry.posts) or self._is_of_the_seniors(entry)

    def _is_of_the_seniors(self, entry: Entry) -> bool:
        """Whether an entry gives somebody as a member of the senior team, not as one who meets or reports to one."""
        dealing = self._words.words("dealing-with")
        return any(
            dealing.isdisjoint(cut(place.text[: place.start]).forms[-WITH:])
            for place in self._places(entry, "one-of-the-seniors")
        )

    def _as_champions(
        self, entry: Entry, holders: Sequence[Person], called: str, place: Place | None
    ) -> Iterator[Champion]:
        for person in holders:
            alike = [one.name for one in entry.people if same_name(one.name, person.name)]
            name = max([person.name, *alike], key=len)
            post = _other_post(entry, person)
            details = (
                entry.details_of(person)
                or self._reach.of_person(person)
                or self._reach.of_champion(person, entry.sites)
            )
            details = details or self._reach.through_school(entry)
            for site in entry.sites or (None,):
                yield Champion(site, name, post, called, details, entry.passage)
        if not holders:
            holder = self._only_holder(place) if place else None
            details = Details() if entry.people else entry.details
            if holder:
                details = details or self._reach.of_person(holder)
            passage = place.line.passage if place else entry.passage
            for site in entry.sites or (None,):
                yield Champion(
                    site, holder.name if holder else None, _other_post(entry, None), called, details, passage
                )

    def _only_holder(self, place: Place) -> Person | None:
        """Returns the one holder whom the document names, where the champion is "the headteacher" or another leader.

        A school has one headteacher; of other leaders the post must be called the same.
        """
        held = [
            post
            for post in place.line.posts
            if post.key in LEADERS and is_linked(words_between(place.line, post, place.start, place.end))
        ]
        if place.line.people or len(held) != 1:
            return None
        return holder_of(self._statements, held[0])

    def _places(self, entry: Entry, name: str) -> Iterator[Place]:
        return places_in(self._mentions, entry, self._words[name]) if self._say(entry, name) else iter(())

    def _holders(self, entry: Entry, name: str) -> Iterator[Turn]:
        """Yields who holds a post that an entry names, else the post itself."""
        for place in self._places(entry, name):
            if place.sense in NOT_HELD or self._is_no_turn(entry, place):
                continue
            if name == "day-to-day-post" and gets_cases(place):  # a case is no everyday matter
                continue
            holder = next(people_at(place), None)
            if holder is None and not place.line.people and entry.people:
                before = entry.people_before(place.line) if goes_on(place) else ()
                holder = before[0] if before else entry.named_behind(place.line)
            yield from self._turns(entry, holder, place)

    def _only_one_of_row(self, line: Line) -> Person | None:
        """Returns the one person of a row that names one post, whatever is said between the two."""
        ours = [post for post in line.posts if post.key not in NOBODY_OF_OURS]
        return line.people[0] if line.in_table and len(line.people) == 1 and len(ours) == 1 else None

    def _is_no_turn(self, entry: Entry, place: Place) -> bool:
        """Whether a post is none that a parent turns to: another's beginning, or one whom the school deals with."""
        return (
            is_another_post(place)
            or is_worked_with(place)
            or is_another_reached(place)
            or (not (entry.details or self._say(entry, "channel")) and is_called_in(place))
        )

    def _nearest(self, entry: Entry, name: str) -> Iterator[Turn]:
        """Yields the person or post that stands nearest to what it is there for, else the one of the whole entry.

        A senior leader is not there for what only stands above all of a list.
        """
        led_only = self._say(entry, "champion")
        for place in self._places(entry, name):
            if place.sense in {Sense.DENIED, *NOT_NOW} or (led_only and place.led) or place.is_parted:
                continue
            somebody: list[Person | Post] = [*place.line.people, *place.line.posts]
            near = [
                (distance(place, one), one.start, one)
                for one in somebody
                if not isinstance(one, Post) or one.key not in NOBODY_OF_OURS
            ]
            nearest = min(near, key=lambda found: found[:2])[2] if near else None
            if isinstance(nearest, Post) and not self._say(entry, "reach"):
                nearest = _post_of_row(place) or nearest
            if isinstance(nearest, Person):
                yield from self._turns(entry, nearest, None)
            elif nearest is not None:
                post = place_of(place, nearest)
                holder = (
                    next(people_at(post), None) or entry.named_behind(place.line) or self._only_one_of_row(place.line)
                )
                yield from self._turns(entry, holder, post)
            elif entry.details and not entry.people and speaks_of_the_writer(self._mentions, [place.line]):
                yield from self._turns(entry, writer_of(self._statements, entry), None)
            else:
                yield from self._whoever(entry)

    def _whoever(self, entry: Entry) -> Iterator[Turn]:
        if entry.people:
            yield from self._turns(entry, entry.people[0], None)
        elif self._posts_of(entry) or self._say(entry, "office"):
            yield from self._turns(entry, None, None)

    def _turns(self, entry: Entry, person: Person | None, place: Place | None) -> Iterator[Turn]:
        """Yields a person, else a post, as somebody to turn to; a post may be held by another person at each school."""
        passage = place.line.passage if place and not person else entry.passage
        if person is not None:
            details = entry.details_of(person) or self._reach.of_person(person)
            for sites, found in [(entry.sites, details)] if details else self._reach.through_schools(entry):
                yield Turn(sites, person.name, passage, found)
            return
        named = post_at(place) or (None if place and place.end else next(iter(self._posts_of(entry)), None))
        who = f"the {named.name}" if named else place.text[place.start : place.end].lower() if place else "the office"
        details = details_behind(place) if entry.people and place else Details() if entry.people else entry.details
        # "A plan and a mentor" is what a pupil gets; only its own number makes "a mentor" somebody to turn to
        anyone = place is not None and not details and cut(place.text[: place.start]).forms[-1:] in {("a",), ("an",)}
        elsewhere = list(self._reach.of_post(named)) if named and not details and not anyone else []
        for other in elsewhere:
            yield Turn(entry.sites or other.sites, who, passage, other.details)
        if not elsewhere and not anyone:
            for sites, found in [(entry.sites, details)] if details else self._reach.through_schools(entry):
                yield Turn(sites, who, passage, found)


def _post_of_row(place: Place) -> Post | None:
    """Returns the post in the first cell of a row that tells in a later one what its holder does."""
    line = place.line
    label = line.block.cells[0].text if line.block.cells else ""
    if not label or not line.text.startswith(label) or place.start < len(label):
        return None
    return next((post for post in line.posts if post.start == 0 and post.key not in NOBODY_OF_OURS), None)


def _other_post(entry: Entry, person: Person | None) -> str | None:
    """Returns the post that a champion holds beside, as the policy writes it, with what stands behind it in brackets."""
    for line in entry.lines:
        for post in line.posts:
            if post.key in LEADERS or post.key not in (*NOBODY_OF_OURS, "attendance lead", OFFICE):
                end = post.end
                opened = line.text.rfind("(", 0, post.start)
                closing = line.text.find(")", end)
                if opened >= 0 and closing >= 0 and ")" not in line.text[opened : post.start]:
                    end = closing
                return line.text[post.start : end].strip(" (")
    titles = (
        _TITLE.match(line.text, person.end) for line in entry.lines if person is not None and person in line.people
    )
    return next((title["title"] for title in titles if title), None)
