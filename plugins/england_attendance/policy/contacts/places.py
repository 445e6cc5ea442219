"""Places: where a line names a part that somebody plays, and whom it gives that part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.reading.phrases import Concept
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Match, Statement
from checker.reading.words import cut
from checker.recognise.people import Person
from checker.recognise.posts import Post, posts
from england_attendance.policy.contacts.details import Details, details_of
from england_attendance.policy.contacts.lines import Line
from england_attendance.policy.vocabulary import topic

NEAR = 4
LONGEST_BETWEEN = 16  # words between a name and its post
_CONJUNCTIONS = (["and"], ["but"], ["so"])
LEADERS = ("headteacher", "deputy headteacher", "assistant headteacher")
AND_ANOTHER = {("and", "the"), ("and", "our"), ("and", "an"), ("and", "a")}
RELATIVE = {("who",), ("which",)}
_IN_BRACKETS = re.compile(r"\(([^()]+)\)$")
BEGINNING = 6  # characters before a name: its title
_ANSWERABLE = frozenset(["responsible", "accountable", "answerable"])
_AS = frozenset(["as", "is"])
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a part is named in a line."""

    line: Line
    text: str
    start: int
    end: int
    statement: Statement | None = None
    match: Match | None = None

    @property
    def led(self) -> bool:
        """Whether it begins in what leads to the line."""
        begins = self.statement is not None and self.match is not None and self.match.start < self.statement.own_from
        return self.end == 0 or begins

    @property
    def is_parted(self) -> bool:
        """Whether a sentence ends within it: "… for attendance. Contact: …"."""
        return ". " in self.text[self.start : self.end]

    @property
    def sense(self) -> Sense:
        """What is done with the part: it is given, denied, put into the past and so on."""
        return sense_of(self.statement, self.match) if self.statement and self.match else Sense.AFFIRMED


def places_of(line: Line, statement: Statement, match: Match) -> Iterator[Place]:
    """Yields where a concept stands in a line; the line of a list, or a question, that leads to it stands before it."""
    led_by_sentence = statement.follows_on and not statement.lead.rstrip(":").endswith("?")
    if match.end > statement.own_from:
        shift = max(line.text.find(statement.own), 0) - statement.own_offset
        start = max(statement.words.starts[match.start] + shift, 0)
        yield Place(line, line.text, start, statement.words.ends[match.end - 1] + shift, statement, match)
    elif not line.in_table and not led_by_sentence:
        yield Place(line, line.text, 0, 0, statement, match)


def people_at(place: Place) -> Iterator[Person]:
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
    forms = words_between(line, person, start, end)
    if forms is None or topic("contacts/contacts").words("joining").issuperset(forms):
        return forms is not None
    other = person.post
    if other is not None and other.key not in LEADERS and not (other.start < end and start < other.end):
        return False
    return is_linked(forms)


def is_linked(forms: Sequence[str] | None) -> bool:
    """Whether the words between somebody and a part give the part to them: "is", "acts as", and none such as "reports to".

    A leader "with overall responsibility", or "accountable for attendance", deals with nobody.
    """
    if forms is None or len(forms) > LONGEST_BETWEEN:
        return False
    if "whose" in forms and "name" not in forms:  # "the deputy head, whose assistant Ann Marlow …"
        return False
    dealing, own = (topic("contacts/contacts").words(name) for name in ("dealing-with", "own-place"))
    return not any(
        form in dealing
        and not (form == "for" and not own.isdisjoint(forms[at + 1 : at + 4]))
        and not (form == "with" and "responsibility" in forms[at : at + NEAR])
        and not (form == "for" and at and forms[at - 1] in _ANSWERABLE)
        for at, form in enumerate(forms)
    )


def words_between(line: Line, one: Person | Post, start: int, end: int) -> list[str] | None:
    """Returns the words between somebody and a part, posts and brackets left out; ``None`` where they are two.

    "Miss Abara and the champion" are two, and so are the two sides of a semicolon; of "the champion and the attendance
    officer, Miss Abara" only the officer is she.
    """
    between = line.text[one.end : start] if one.end <= start else line.text[end : one.start]
    between = _BRACKETS.sub(" ", between)
    if (";" in between and not line.in_table) or cut(between).forms in {("and",), ("and", "the"), ("and", "our")}:
        return None
    if one.start >= end and cut(between).forms[:2] in AND_ANOTHER:
        return None
    own = {form for post in posts(between) for form in cut(post.name).forms}
    return [form for form in cut(between).forms if form not in own]


def distance(place: Place, one: Person | Post) -> int:
    """Returns how far somebody stands from a place; "the officer, who is …" is next to it, "…, and the tutor" is another."""
    behind = cut(place.text[one.end : place.start]).forms if one.end <= place.start else ()
    if behind[:1] in RELATIVE and behind[0] not in behind[1:]:
        return 0
    another = one.start >= place.end and cut(place.text[place.end : one.start]).forms[:2] in AND_ANOTHER
    return max(one.start - place.end, place.start - one.end) + (len(place.text) if another else 0)


def goes_on(place: Place) -> bool:
    """Whether a line without a name gives a post to the person named before: "She is …", or the post and no more."""
    words = topic("contacts/contacts")
    before = place.text[: place.start]
    held = {form for post in posts(before) for form in cut(post.name).forms}
    forms = [form for form in cut(before).forms if form not in held]
    forms = forms[1:] if forms[:1] in _CONJUNCTIONS else forms
    if not words.words("person-pronouns").isdisjoint(forms[:1]):
        return is_linked(forms)
    return set(forms) <= words.words("joining")


def place_of(place: Place, post: Post) -> Place:
    """Returns the place of a post in the same line."""
    return Place(place.line, place.text, post.start, post.end)


def post_at(place: Place | None) -> Post | None:
    """Returns the post that stands at a place."""
    if place is None:
        return None
    if place.end == 0 and place.statement is not None:
        return next(iter(posts(place.statement.lead)), None)
    return next((post for post in place.line.posts if post.start < place.end and place.start < post.end), None)


def details_behind(place: Place) -> Details:
    """Returns the details that stand behind a place, up to the next name."""
    others = (*place.line.people, *(post for post in place.line.posts if not post.team))
    after = min((other.start for other in others if other.start >= place.end), default=len(place.text))
    return details_of(place.text, place.line.passage, place.end, after)


def of_row(place: Place) -> list[Person]:
    """Returns the one person with whom a row begins, where it goes on with "as our champion" or "is the champion"."""
    line, before = place.line, cut(place.text[: place.start]).forms[-2:]
    leads = len(line.people) == 1 and line.people[0].start < BEGINNING and bool(_AS & set(before))
    return list(line.people) if line.in_table and leads else []


def labels_of(line: Line) -> Sequence[str]:
    """Returns the labels of a line: of its column, before its colon or first full stop, and in brackets behind its row's."""
    before = re.split(r"[:.]", line.text, maxsplit=1)[0]
    return [line.part, before, *_IN_BRACKETS.findall(line.label)]


def is_whole(label: str, concept: Concept) -> bool:
    """Whether a label is a concept and nothing else: "Support"."""
    forms = cut(label).forms
    return bool(forms) and (0, len(forms)) in concept.places(forms)
