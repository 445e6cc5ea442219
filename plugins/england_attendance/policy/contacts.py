"""Who to turn to: the senior attendance champion, the contact for day-to-day matters, and that for more support."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.reading.statements import Statement, Statements
from checker.recognise.people import Person, people
from checker.recognise.posts import posts
from england_attendance.policy.contact_details import Details, details_in, details_near, has_details
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.schools import Sites
from england_attendance.policy.vocabulary import topic

SHORT_LINE = 16
BESIDE = 90  # characters between a name and its post


@dataclass(frozen=True, slots=True)
class Champion:
    """A senior leader whom a policy makes responsible for attendance.

    Attributes:
        site: The site; ``None`` for the whole school.
        name: The name; ``None`` where only a post is given.
        post: The post in the policy's words.
        details: How to reach this person.
        passage: Where it is said.
    """

    site: str | None
    name: str | None
    post: str | None
    details: Details
    passage: Passage


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody to turn to.

    Attributes:
        passage: Where the person or post is given.
        details: How to reach them, here or elsewhere in the document.
    """

    passage: Passage
    details: Details


@dataclass(frozen=True)
class Contacts:
    """The people and posts to turn to.

    Attributes:
        champions: The senior leaders responsible for attendance.
        champion_posts: Where the role is spoken of.
        day_to_day: Whom to turn to for day-to-day matters.
        support: Whom to turn to for more detailed support.
    """

    champions: tuple[Champion, ...] = ()
    champion_posts: tuple[Passage, ...] = ()
    day_to_day: tuple[Turn, ...] = ()
    support: tuple[Turn, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows the champions."""
        value = [
            {
                "site": champion.site,
                "name": champion.name,
                "post": champion.post,
                "telephone": champion.details.telephone,
                "email": champion.details.email,
            }
            for champion in self.champions
        ]
        yield PublishedFact("attendance_champion", value, tuple(champion.passage for champion in self.champions))


@reader
def contacts(statements: Statements, sites: Sites) -> Contacts:
    """Reads the people and posts to turn to."""
    words = topic("contacts")
    roles = [statement for statement in statements if statements.says(statement, words["champion"])]
    return Contacts(
        tuple(_champions(statements, sites, roles)),
        tuple(statements.passage(statement) for statement in roles[:2]),
        tuple(_day_to_day(statements))[:3],
        tuple(_support(statements))[:3],
    )


@check("policy.attendance-champion")
def named_with_contact(contacts: Contacts, sites: Sites, gaps: Gaps) -> Outcome:
    """The senior leader responsible for attendance is named, with contact details, for each site."""
    faults = []
    for site in sites.names or (None,):
        own = [champion for champion in contacts.champions if champion.site in {site, None}]
        where = f" for {site}" if site else ""
        if not any(champion.name for champion in own):
            post = next((champion.post for champion in own if champion.post), None)
            shown = f" (it gives only the post: {post})" if post else ""
            passages = tuple(champion.passage for champion in own) or contacts.champion_posts
            faults.append(
                Fault(
                    f"The policy does not name the senior leader responsible for attendance{where}{shown}.",
                    None,
                    passages,
                )
            )
        elif not any(champion.name and champion.details for champion in own):
            name = next(champion.name for champion in own if champion.name)
            passages = tuple(champion.passage for champion in own)
            faults.append(
                Fault(
                    f"The policy does not say how to reach {name}, the senior leader responsible for attendance{where}.",
                    None,
                    passages,
                )
            )
    if not faults:
        named = [champion for champion in contacts.champions if champion.name]
        details = [champion.details.passage for champion in named if champion.details.passage]
        return passed(
            f"{' and '.join(dict.fromkeys(champion.name or '' for champion in named))}, with contact details.",
            [champion.passage for champion in named] + details,
        )
    if not contacts.champions and not contacts.champion_posts:
        waiting = could_stand_in_a_gap(
            gaps,
            [topic("contacts")["champion"], topic("contacts")["subject"]],
            "does not name the senior leader responsible for attendance",
        )
        if waiting is not None:
            return waiting
    searched = "“senior attendance champion”, “senior leader responsible for attendance” and the like, beside a name, a number, an address"
    return with_gaps(failed(*faults, searched=searched), gaps)


@check("policy.day-to-day-contact")
def somebody_from_day_to_day(contacts: Contacts, gaps: Gaps) -> Outcome:
    """A person or post is given for day-to-day matters, with a way to reach them."""
    return _who_and_how(contacts.day_to_day, gaps, "day-to-day attendance matters")


@check("policy.support-contact")
def somebody_for_support(contacts: Contacts, gaps: Gaps) -> Outcome:
    """A person or post is given for more detailed support, with a way to reach them."""
    return _who_and_how(contacts.support, gaps, "more detailed support with attendance")


def _who_and_how(turns: tuple[Turn, ...], gaps: Gaps, matter: str) -> Outcome:
    reached = [turn for turn in turns if turn.details]
    if reached:
        passages = [passage for turn in reached[:2] for passage in (turn.passage, turn.details.passage) if passage]
        return passed(f"The policy says whom to turn to for {matter}, and how to reach them.", passages)
    missing = (
        f"how to reach the person or post for {matter}" if turns else f"which person or post to turn to for {matter}"
    )
    waiting = could_stand_in_a_gap(gaps, [topic("contacts")["subject"]], f"does not say {missing}")
    searched = f"people and posts for {matter}, and telephone numbers and e-mail addresses"
    fault = Fault(f"The policy does not say {missing}.", None, tuple(turn.passage for turn in turns))
    return waiting or with_gaps(failed(fault, searched=searched), gaps)


def _champions(statements: Statements, sites: Sites, roles: list[Statement]) -> Iterator[Champion]:
    found: dict[tuple[str | None, str | None], Champion] = {}
    for statement in roles:
        for champion in _champions_at(statements, sites, statement):
            key = (champion.site, champion.name)
            known = found.get(key)
            if known is None or (champion.details and not known.details):
                found[key] = champion
    named = [champion for champion in found.values() if champion.name]
    yield from named or list(found.values())[:1]


def _champions_at(statements: Statements, sites: Sites, statement: Statement) -> Iterator[Champion]:
    """Yields the people whom a mention of the role names: in the statement, or on the lines below or above it."""
    match = statements.matches(statement, topic("contacts")["champion"])[0]
    words = statement.words
    role_start, role_end = words.starts[match.start], words.ends[match.end - 1]
    person = _beside(people(statement.text), role_start, role_end)
    post = statement.text[role_start:role_end]
    if person is not None:
        site = _site_of(statements, sites, statement)
        details = (
            details_in(statements, statement) or details_near(statements, statement) or _elsewhere(statements, person)
        )
        yield Champion(site, person.name, post, details, statements.passage(statement))
        return
    lines = list(_lines_with_people(statements, statement))
    for line, named in lines:
        details = details_in(statements, line) or details_near(statements, line, 2) or _elsewhere(statements, named)
        yield Champion(_site_of(statements, sites, line), named.name, post, details, statements.passage(line))
    if not lines:
        yield Champion(
            _site_of(statements, sites, statement),
            None,
            post,
            details_in(statements, statement),
            statements.passage(statement),
        )


def _beside(found: tuple[Person, ...], start: int, end: int) -> Person | None:
    """Returns the person named nearest to a post, where one stands near it."""
    near = [(min(abs(person.start - end), abs(start - person.end)), person.start, person) for person in found]
    near = [(distance, at, person) for distance, at, person in near if distance <= BESIDE]
    return min(near, key=lambda one: one[:2])[2] if near else None


def _lines_with_people(statements: Statements, statement: Statement) -> Iterator[tuple[Statement, Person]]:
    """Yields the short lines with a name below a line that ends in the role, else the one just above it."""
    if statement.row or len(statement.own.split()) > 2 * SHORT_LINE:
        return
    announces = statement.own.rstrip().endswith((":", "is", "are")) or len(statement.own.split()) <= SHORT_LINE // 2
    found = False
    if announces:
        for line in statements.all[statement.index + 1 : statement.index + 8]:
            named = people(line.own)
            if line.block.section != statement.block.section or not named or len(line.own.split()) > SHORT_LINE + 6:
                break
            found = True
            yield line, named[0]
    if not found and announces and statement.index:
        above = statements.all[statement.index - 1]
        named = people(above.own)
        if named and len(above.own.split()) <= SHORT_LINE // 2 and above.block.section == statement.block.section:
            yield above, named[0]


def _elsewhere(statements: Statements, person: Person) -> Details:
    """Returns the details that stand with a person's name elsewhere in the document."""
    surname = person.name.split()[-1].lower()
    for statement in statements:
        if surname in statement.words.forms:
            found = details_in(statements, statement) or details_near(statements, statement, 1)
            if found:
                return found
    return Details()


def _site_of(statements: Statements, sites: Sites, statement: Statement) -> str | None:
    if not sites.names:
        return None
    found = sites.in_words(statement.words)
    if not found:
        found = next(
            (names for heading in reversed(statements.headings(statement)) if (names := sites.in_words(heading))), ()
        )
    return found[0] if found else None


def _day_to_day(statements: Statements) -> Iterator[Turn]:
    """Yields whom to turn to for day-to-day matters, those who can be reached first."""
    words = topic("contacts")
    about = [
        _turn(statements, statement)
        for statement in statements.having(words["day-to-day"])
        if statements.says(statement, words["about-attendance"]) and not statements.says(statement, words["not-ours"])
    ]
    yield from sorted(about, key=lambda turn: not turn.details)


def _support(statements: Statements) -> Iterator[Turn]:
    """Yields whom to turn to for more detailed support, those who can be reached first."""
    words = topic("contacts")
    about = []
    for statement in statements:
        somebody = statements.says(statement, words["supporter"]) or bool(_somebody(statement))
        if not somebody or statements.says(statement, words["not-ours"]):
            continue
        if not _speaks_of_support(statements, statement):
            continue
        if statements.says(statement, words["reach"]) or details_near(statements, statement, 1):
            about.append(_turn(statements, statement))
    yield from sorted(about, key=lambda turn: not turn.details)


def _speaks_of_support(statements: Statements, statement: Statement) -> bool:
    """Whether a statement offers support, itself or together with the line before it or the heading above it."""
    words = topic("contacts")
    if statements.says(statement, words["detailed"]) or statements.under(statement, words["detailed"]):
        return True
    before = statements.all[statement.index - 1] if statement.index else None
    same_place = before is not None and before.block.section == statement.block.section
    return (
        same_place and before is not None and statements.says(before, words["detailed"]) and has_details(statement.own)
    )


def _somebody(statement: Statement) -> bool:
    return bool(people(statement.own)) or bool(posts(statement.own))


def _turn(statements: Statements, statement: Statement) -> Turn:
    """Returns a statement with the way to reach whom it names: beside it, or where the same person or post stands again."""
    details = details_in(statements, statement) or details_near(statements, statement, 2)
    if not details:
        details = next(
            (found for person in people(statement.own) if (found := _elsewhere(statements, person))), Details()
        )
    if not details:
        details = _of_post(statements, statement)
    return Turn(statements.passage(statement), details)


def _of_post(statements: Statements, statement: Statement) -> Details:
    """Returns the details that stand with one of a statement's posts elsewhere; an office is reached through the school."""
    words = topic("contacts")
    keys = {post.key for post in posts(statement.own)}
    office = statements.says(statement, words["office"])
    for other in statements:
        if not has_details(other.own) and not (
            other.index + 1 < len(statements) and has_details(statements.all[other.index + 1].own)
        ):
            continue
        if keys & {post.key for post in posts(other.own)} or (office and statements.says(other, words["school-line"])):
            found = details_near(statements, other, 1)
            if found:
                return found
    return Details()
