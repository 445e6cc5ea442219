"""Which entry of a policy plays which part: the senior leader, the day-to-day contact, the one for more support."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.findings import Passage
from checker.reading.phrases import Concept
from checker.reading.sense import Sense, sense_of
from checker.reading.statements import Match, Statement, Statements
from checker.reading.words import cut
from checker.recognise.people import Person, people
from checker.recognise.posts import Post, posts
from england_attendance.policy.contact_details import Details, details_of
from england_attendance.policy.contact_entries import Entry, Line, same_name
from england_attendance.policy.vocabulary import topic

_TITLE = re.compile(r", (?P<title>[A-Z][\w-]+(?: [A-Z][\w-]+){0,3})(?![\w@])")
LONGEST_BETWEEN = 16  # words between a name and its post
SINGLE = "headteacher"  # the one post that a school has but once
OFFICE = "school office"
LEADERS = ("headteacher", "deputy headteacher", "assistant headteacher")
NOBODY_OF_OURS = ("governor", "chair of governors", "local authority", "attendance champion")


@dataclass(frozen=True, slots=True)
class Champion:
    """A senior leader whom a policy makes responsible for attendance.

    Attributes:
        site: The site; ``None`` for the whole school.
        name: The name; ``None`` where only a post is given.
        post: The post that this person holds beside, in the policy's words; ``None`` where none is given.
        called: The words that make this person responsible.
        details: How to reach this person.
        passage: Where it is said.
    """

    site: str | None
    name: str | None
    post: str | None
    called: str
    details: Details
    passage: Passage


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


@dataclass(frozen=True, slots=True)
class _Place:
    """A place where a part is named in a line."""

    line: Line
    text: str
    start: int
    end: int
    statement: Statement | None = None
    match: Match | None = None

    @property
    def sense(self) -> Sense:
        """What is done with the part: it is given, denied, put into the past and so on."""
        return sense_of(self.statement, self.match) if self.statement and self.match else Sense.AFFIRMED


class Directory:
    """All entries of a policy, to be asked who plays a part and how somebody is reached."""

    def __init__(self, statements: Statements, entries: Sequence[Entry]) -> None:
        self._statements = statements
        self._entries = entries
        self._words = topic("contacts")

    def champions(self) -> Iterator[Champion]:
        """Yields the senior leaders responsible for attendance, each once; where none is named, a post."""
        words = self._words
        for concepts in ((words["champion"], words["attendance-lead"]), (words["in-charge"],)):
            found: list[Champion] = []
            for entry in self._entries:
                if not entry.says(self._statements, words["not-senior"]):
                    found += self._champions_of(entry, *concepts)
            named = _each_once(champion for champion in found if champion.name)
            if found:
                yield from named or found[:1]
                return

    def day_to_day(self) -> Iterator[Turn]:
        """Yields whom to turn to for day-to-day matters."""
        words = self._words
        for entry in self._ours():
            yield from self._holders(entry, words["day-to-day-post"])
            yield from self._nearest(entry, words["day-to-day"])
            if self._is_office_for_absence(entry):
                yield from self._turns(entry, None, None)
            plays_another = entry.says(
                self._statements, words["champion"], words["helper"], words["detailed"], words["not-senior"]
            )
            if entry.is_under(words["day-to-day-post"], words["day-to-day"]) and not plays_another:
                yield from self._whoever(entry)

    def support(self) -> Iterator[Turn]:
        """Yields whom to turn to for more detailed support."""
        words = self._words
        for entry in self._ours():
            invites = entry.details or entry.says(self._statements, words["reach"])
            somebody = entry.people or any(post.key != OFFICE for post in self._posts_of(entry))
            if not invites or not (somebody or entry.says(self._statements, words["helper"])):
                continue
            yield from self._holders(entry, words["helper"])
            yield from self._nearest(entry, words["detailed"])
            plays_another = entry.says(self._statements, words["champion"], words["day-to-day"])
            if entry.is_under(words["detailed"], words["helper"]) and not plays_another:
                yield from self._whoever(entry)

    def _is_office_for_absence(self, entry: Entry) -> bool:
        """Whether an entry gives the number or address of an office to which absence is reported."""
        words = self._words
        says = entry.says(self._statements, words["reports-absence"], words["about-attendance"])
        return says and not entry.people and bool(entry.details) and entry.says(self._statements, words["office"])

    def _ours(self) -> Iterator[Entry]:
        return (entry for entry in self._entries if not entry.says(self._statements, self._words["not-ours"]))

    def _posts_of(self, entry: Entry) -> tuple[Post, ...]:
        return tuple(post for post in entry.posts if post.key not in NOBODY_OF_OURS)

    def _champions_of(self, entry: Entry, concept: Concept, of_leaders: Concept | None = None) -> Iterator[Champion]:
        words = self._words
        leads = any(post.key in LEADERS for post in entry.posts)
        concepts = [concept, *([of_leaders] if of_leaders and leads else [])]
        places = [place for one in concepts for place in self._places(entry, one)]
        for place in places:
            if place.sense in {Sense.DENIED, Sense.PAST}:
                continue
            holders = list(_people_at(place))
            if not holders and not place.line.people and _goes_on(place):
                holders = list(entry.people[:1])
            if entry.says(self._statements, words["vacant"]):
                holders = []
            yield from self._as_champions(entry, holders, place.text[place.start : place.end], place)
        others = entry.says(self._statements, words["day-to-day-post"], words["helper"], words["detailed"])
        if not places and entry.is_under(concept) and entry.people and not others:
            foreign = any(post.key not in LEADERS for post in entry.posts)
            if not foreign:
                yield from self._as_champions(entry, entry.people[:1], entry.heads[0], None)

    def _as_champions(
        self, entry: Entry, holders: Sequence[Person], called: str, place: _Place | None
    ) -> Iterator[Champion]:
        for person in holders:
            name = max((one.name for one in entry.people if same_name(one.name, person.name)), key=len)
            post = _other_post(entry, person)
            details = entry.details_of(person) or self._of_person(person) or self._through_school(entry)
            for site in entry.sites or (None,):
                yield Champion(site, name, post, called, details, entry.passage)
        if not holders:
            holder = self._only_holder(entry.posts)
            details = self._of_person(holder) if holder else Details()
            post = _other_post(entry, None)
            passage = place.line.passage if place else entry.passage
            for site in entry.sites or (None,):
                yield Champion(
                    site, holder.name if holder else None, post, called, entry.details or details, passage
                )  # fmt: skip

    def _only_holder(self, held: Sequence[Post]) -> Person | None:
        """Returns the one headteacher whom the document names, where the champion is "the headteacher"."""
        if not any(post.key == SINGLE for post in held) or any(
            "headteacher" in post.key and post.key != SINGLE for post in held
        ):
            return None
        found: dict[str, Person] = {}
        for index in self._statements.find(self._words["head"]):
            for person in people(self._statements.all[index].own):
                if person.post is not None and person.post.key == SINGLE:
                    found.setdefault(person.name.split()[-1], person)
        return next(iter(found.values())) if len(found) == 1 else None

    def _holders(self, entry: Entry, concept: Concept) -> Iterator[Turn]:
        """Yields who holds a post that an entry names, else the post itself."""
        for place in self._places(entry, concept):
            if place.sense in {Sense.DENIED, Sense.PAST}:
                continue
            holder = next(_people_at(place), None)
            if holder is None and not place.line.people and entry.people and _goes_on(place):
                holder = entry.people[0]
            yield from self._turns(entry, holder, place)

    def _nearest(self, entry: Entry, concept: Concept) -> Iterator[Turn]:
        """Yields the person or post that stands nearest to what it is there for, else the one of the whole entry."""
        for place in self._places(entry, concept):
            if place.sense in {Sense.DENIED, Sense.PAST}:
                continue
            somebody: list[Person | Post] = [*place.line.people, *place.line.posts]
            near = [
                (max(one.start - place.end, place.start - one.end), one.start, one)
                for one in somebody
                if not isinstance(one, Post) or one.key not in NOBODY_OF_OURS
            ]
            nearest = min(near, key=lambda found: found[:2])[2] if near else None
            if isinstance(nearest, Person):
                yield from self._turns(entry, nearest, None)
            elif nearest is not None:
                post = _at(place, nearest)
                yield from self._turns(entry, next(_people_at(post), None), post)
            else:
                yield from self._whoever(entry)

    def _whoever(self, entry: Entry) -> Iterator[Turn]:
        if entry.people:
            yield from self._turns(entry, entry.people[0], None)
        elif self._posts_of(entry) or entry.says(self._statements, self._words["office"]):
            yield from self._turns(entry, None, None)

    def _places(self, entry: Entry, concept: Concept) -> Iterator[_Place]:
        """Yields where a concept stands in an entry's own lines; a label counts as standing before its cell."""
        for line in entry.lines:
            for statement in line.statements:
                if statement.row and len(line.statements) > 1 and line.label:
                    continue
                for match in self._statements.matches(statement, concept):
                    if match.end <= statement.own_from and line.in_table:
                        continue
                    shift = _shift(line, statement)
                    start, end = statement.words.starts[match.start], statement.words.ends[match.end - 1]
                    yield _Place(line, line.text, start + shift, end + shift, statement, match)
            if line.label and concept.first(cut(line.label).forms) is not None:
                yield _Place(line, line.text, 0, 0)

    def _turns(self, entry: Entry, person: Person | None, place: _Place | None) -> Iterator[Turn]:
        """Yields a person, else a post, as somebody to turn to; a post may be held by another person at each school."""
        passage = place.line.passage if place and not person else entry.passage
        if person is not None:
            details = entry.details_of(person) or self._of_person(person) or self._through_school(entry)
            yield Turn(entry.sites, person.name, passage, details)
            return
        named = _post_at(place) or next(iter(self._posts_of(entry)), None)
        who = f"the {named.name}" if named else place.text[place.start : place.end].lower() if place else "the office"
        details = _behind(place) if entry.people and place else Details() if entry.people else entry.details
        elsewhere = list(self._of_post(named)) if named and not details else []
        for other in elsewhere:
            yield Turn(entry.sites or other.sites, who, passage, other.details)
        if not elsewhere:
            yield Turn(entry.sites, who, passage, details or self._through_school(entry))

    def _of_person(self, person: Person) -> Details:
        """Returns the details that stand with a person's name elsewhere in the document."""
        for entry in self._entries:
            for other in entry.people:
                if same_name(other.name, person.name) and (found := entry.details_of(other)):
                    return found
        return Details()

    def _of_post(self, post: Post) -> Iterator[Entry]:
        """Yields the entries that give details of a post."""
        for entry in self._entries:
            named = [*entry.posts, *(other for text in entry.led_by for other in posts(text))]
            if entry.details and len(entry.people) < 2 and any(other.key == post.key for other in named):
                yield entry

    def _through_school(self, entry: Entry) -> Details:
        """Returns the school's own number or address, where an entry says that somebody is reached through it."""
        if not entry.says(self._statements, self._words["channel"]):
            return Details()
        for other in self._entries:
            for place in self._places(other, self._words["school-line"]):
                if details := _behind(place):
                    return details
            if _is_general(other.details):
                return other.details
        return Details()


def _people_at(place: _Place) -> Iterator[Person]:
    """Yields the people whom a line gives a post: the nearest, and any joined to that one by "and"."""
    near = [
        (max(person.start - place.end, place.start - person.end), person.start, person)
        for person in place.line.people
        if _is_holder(place.line, person, place.start, place.end)
    ]
    if not near:
        return
    nearest = min(near, key=lambda one: one[:2])[2]
    yield nearest
    for other in place.line.people:
        first, last = sorted((nearest, other), key=lambda person: person.start)
        if other is not nearest and cut(place.text[first.end : last.start]).forms == ("and",):
            yield other


def _is_holder(line: Line, person: Person, start: int, end: int) -> bool:
    """Whether a person is the one who holds the post that stands from ``start`` to ``end``, not one who deals with it."""
    words = topic("contacts")
    between = line.text[person.end : start] if person.end <= start else line.text[end : person.start]
    own = {form for post in posts(between) for form in cut(post.name).forms}
    if cut(between).forms in {("and",), ("and", "the"), ("and", "our")}:
        return False
    forms = [form for form in cut(between).forms if form not in own]
    if ";" in between and not line.in_table:
        return False
    if words.words("joining").issuperset(forms):
        return True
    if (
        person.post is not None
        and person.post.key not in LEADERS
        and not (person.post.start < end and start < person.post.end)
    ):
        return False
    return words.words("dealing-with").isdisjoint(forms) and len(forms) <= LONGEST_BETWEEN


def _goes_on(place: _Place) -> bool:
    """Whether a line without a name gives a post to the person named before: "She is …", or the post and no more."""
    words = topic("contacts")
    forms = set(cut(place.text[: place.start]).forms)
    return forms <= words.words("joining") | words.words("person-pronouns")


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


def _shift(line: Line, statement: Statement) -> int:
    """Returns what to add to an offset in a statement's text for that in its line's."""
    at = line.text.find(statement.own)
    return max(at, 0) - statement.own_offset


def _at(place: _Place, post: Post) -> _Place:
    return _Place(place.line, place.text, post.start, post.end)


def _post_at(place: _Place | None) -> Post | None:
    if place is None:
        return None
    return next((post for post in place.line.posts if post.start < place.end and place.start < post.end), None)


def _behind(place: _Place) -> Details:
    after = next((person.start for person in place.line.people if person.start >= place.end), len(place.text))
    return details_of(place.text[place.end : after], place.line.passage)


def _is_general(details: Details) -> bool:
    """Whether an address is the school's own: ``office@…``."""
    local = (details.email or "").partition("@")[0]
    return bool(local) and local in topic("contacts").words("general-addresses")


def _each_once(champions: Iterable[Champion]) -> list[Champion]:
    """Returns the champions each once: by the longest name, with details where they are given anywhere."""
    kept: list[Champion] = []
    for champion in champions:
        same = next((one for one in kept if one.site == champion.site and _is_same(one, champion)), None)
        if same is None:
            kept.append(champion)
        elif (bool(champion.details), len(champion.name or "")) > (bool(same.details), len(same.name or "")):
            kept[kept.index(same)] = champion
    return kept


def _is_same(one: Champion, other: Champion) -> bool:
    return same_name(one.name or "", other.name or "")
