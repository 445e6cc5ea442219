"""Who says "I": a small school's policy is often a letter, and its headteacher one of those to turn to."""

from __future__ import annotations

from collections.abc import Sequence

from checker.reading.statements import Statements
from checker.reading.words import cut
from checker.recognise.people import Person, people
from checker.recognise.posts import Post
from england_attendance.policy.contacts.entries import Entry
from england_attendance.policy.contacts.lines import Line, Mentions
from england_attendance.policy.vocabulary import topic

SINGLE = "headteacher"  # the one post that a school has but once
_FIRST_PERSON = frozenset(["i", "me", "my"])
_ME = {("me",), ("myself",), ("to", "me")}


def speaks_of_the_writer(mentions: Mentions, lines: Sequence[Line]) -> bool:
    """Whether lines send a parent to whoever wrote them: a cell with "Me", or "come and see me"."""
    own = (statement.own for line in lines for statement in line.statements)
    myself = mentions.of(topic("contacts/contacts")["myself"])
    return not myself.isdisjoint(lines) or any(cut(text).forms in _ME for text in own)


def writer_of(statements: Statements, entry: Entry) -> Person | None:
    """Returns who says "I" in an entry: whom it names so, who says so elsewhere, who wrote the policy, its one headteacher."""
    for line in entry.lines:
        if line.people and not _FIRST_PERSON.isdisjoint(cut(line.text).forms):
            return line.people[0]
    for name in ("writer", "written-by"):
        concept = topic("contacts/contacts")[name]
        for statement in statements.having(concept):
            for person in people(statement.own)[:1]:
                said = cut(statement.own[: person.start]).forms
                if any(end == len(said) for _, end in concept.places(said)):
                    return person
    return holder_of(statements, None)


def holder_of(statements: Statements, post: Post | None) -> Person | None:
    """Returns the one person whom a document names as the holder of a leader's post, without one of the headteacher's."""
    found: dict[str, Person] = {}
    for index in statements.find(topic("contacts/contacts")["head"]):
        for person in people(statements.all[index].own):
            if person.post is None:
                continue
            if _is_same_post(person.post, post) if post else person.post.key == SINGLE:
                found.setdefault(person.name.split()[-1], person)
    return next(iter(found.values())) if len(found) == 1 else None


def _is_same_post(one: Post, other: Post) -> bool:
    """Whether two mentions of a leader's post are of one post."""
    return one.key == other.key and (one.key == SINGLE or one.name.lower() == other.name.lower())
