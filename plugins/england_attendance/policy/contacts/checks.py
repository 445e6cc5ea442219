"""Who to turn to: the senior attendance champion, the contact for day-to-day matters, and that for more support.

A careful reader asks three things of each: is somebody given, is it this person's part, and how is this person reached?
A number that stands beside somebody else is nobody else's. Where a policy covers several schools, each needs its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed, unique
from checker.listing import listed
from checker.reading.statements import Statements
from england_attendance.policy.contacts.champions import Champion
from england_attendance.policy.contacts.entries import Entries, same_name
from england_attendance.policy.contacts.roles import Directory, Turn
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, either, with_gaps
from england_attendance.policy.schools.identity import Sites
from england_attendance.policy.vocabulary import topic

MOST_SHOWN = 2
BESIDE = 300  # characters between somebody and their details


@dataclass(frozen=True)
class Contacts:
    """The people and posts to turn to.

    Attributes:
        champions: The senior leaders responsible for attendance.
        champion_posts: Where the role is spoken of.
        day_to_day: Whom to turn to for day-to-day matters, those who can be reached first.
        support: Whom to turn to for more detailed support, those who can be reached first.
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
            if champion.name or champion.post or champion.details
        ]
        yield PublishedFact("attendance_champion", value, tuple(champion.passage for champion in self.champions))


@reader
def contacts(statements: Statements, entries: Entries) -> Contacts:
    """Reads the people and posts to turn to."""
    directory = Directory(statements, entries)
    roles = [statements.all[index] for index in statements.find(topic("contacts/contacts")["champion"])]
    return Contacts(
        tuple(directory.champions()),
        tuple(statements.passage(statement) for statement in roles[:2]),
        tuple(sorted(directory.day_to_day(), key=_how_near)),
        tuple(sorted(directory.support(), key=_how_near)),
    )


def _how_near(turn: Turn) -> tuple[int, bool]:
    """Returns 0 where the details stand beside whom they reach, 1 elsewhere, 2 for none; a name goes before a post."""
    unnamed = not turn.who[:1].isupper()
    if turn.details.passage is None:
        return 2, unnamed
    return int(abs(turn.details.passage.start - turn.passage.start) > BESIDE), unnamed


@check("policy.attendance-champion")
def named_with_contact(contacts: Contacts, sites: Sites, gaps: Gaps) -> Outcome:
    """The senior leader responsible for attendance is named, with contact details, for each site."""
    faults = [
        fault for site in sites.names or (None,) if (fault := _champion_missing(contacts, site)) is not None
    ]  # fmt: skip
    named = [champion for champion in contacts.champions if champion.name]
    if not faults:
        names = list(dict.fromkeys(champion.name or "" for champion in named))
        details = [champion.details.passage for champion in named if champion.details.passage]
        passages = unique([*(champion.passage for champion in named), *details])
        outcome = passed(
            f"The policy names the senior leader responsible for attendance, with contact details: {listed(names)}.",
            passages,
        )
        several = len(names) > 1 and not sites.names
        return outcome.noting(
            f"it names {listed(names)} in this role: make sure that parents know which of them to turn to"
            if several
            else None
        )
    if not contacts.champions and not contacts.champion_posts:
        waiting = could_stand_in_a_gap(
            gaps,
            [topic("contacts/contacts")["champion"], topic("contacts/contacts")["subject"]],
            "does not name the senior leader responsible for attendance",
        )
        if waiting is not None:
            return waiting
    searched = "“senior attendance champion”, “senior leader responsible for attendance” and the like, beside a name, a number, an address"
    return with_gaps(failed(*faults, searched=searched), gaps)


def _champion_missing(contacts: Contacts, site: str | None) -> Fault | None:
    """Returns what is missing of the champion of a site, or of the school."""
    own = [champion for champion in contacts.champions if site is None or champion.site in {site, None}]
    where = f" for {site}" if site else ""
    passages = unique(champion.passage for champion in own)
    named = [champion for champion in own if champion.name]
    if not named:
        post = next((champion.post for champion in own if champion.post), None)
        spoken_of = ": it speaks of the role, but gives nobody's name" if own or contacts.champion_posts else ""
        shown = f": it gives only the post, {post}" if post else spoken_of
        return Fault(
            f"The policy does not name the senior leader responsible for attendance{where}{shown}.",
            None,
            passages or contacts.champion_posts,
        )
    if not any(champion.details for champion in named):
        return Fault(
            f"The policy names {named[0].name} as the senior leader responsible for attendance{where}, but gives no "
            "telephone number or e-mail address.",
            None,
            passages,
        )
    return None


@check("policy.day-to-day-contact")
def somebody_from_day_to_day(contacts: Contacts, sites: Sites, gaps: Gaps) -> Outcome:
    """A person or post is given for day-to-day matters, with a way to reach them, for each site."""
    return _who_and_how(contacts.day_to_day, sites, gaps, "day-to-day attendance matters", "day-to-day")


@check("policy.support-contact")
def somebody_for_support(contacts: Contacts, sites: Sites, gaps: Gaps) -> Outcome:
    """A person or post is given for more detailed support, with a way to reach them, for each site."""
    return _who_and_how(contacts.support, sites, gaps, "more detailed support with attendance", "detailed")


def _is_same_person(one: Turn, other: Turn) -> bool:
    """Whether two are one person by name; a post may be held by another person at each school."""
    return one.who[:1].isupper() and other.who[:1].isupper() and same_name(one.who, other.who)


def _who_and_how(turns: tuple[Turn, ...], sites: Sites, gaps: Gaps, matter: str, place: str) -> Outcome:
    faults, shown, nobody = list[Fault](), list[Turn](), list[str]()
    for site in sites.names or ("",):
        own = [turn for turn in turns if not site or not turn.sites or site in turn.sites]
        reached = [turn for turn in own if turn.details]
        shown += [turn for turn in reached[:1] if not any(_is_same_person(turn, other) for other in shown)]
        if not own:
            nobody.append(site)
        elif not reached:
            faults.append(_not_reached(own, f"{matter} at {site}" if site else matter))
    if nobody:
        where = f" at {either(nobody)}" if any(nobody) else ""
        faults.append(Fault(f"The policy does not say which person or post to turn to for {matter}{where}."))
    if not faults:
        who = listed(dict.fromkeys(turn.who for turn in shown))
        passages = [passage for turn in shown for passage in (turn.passage, turn.details.passage) if passage]
        return passed(f"The policy says whom to turn to for {matter} ({who}), and how to reach them.", unique(passages))
    missing = f"whom to turn to for {matter}, and how to reach them"
    places = [] if turns else [topic("contacts/contacts")[place], topic("contacts/contacts")["subject"]]
    waiting = could_stand_in_a_gap(gaps, places, f"does not say {missing}")
    searched = f"people and posts for {matter}, and telephone numbers and e-mail addresses"
    return waiting or with_gaps(failed(*faults, searched=searched), gaps)


def _not_reached(turns: list[Turn], matter: str) -> Fault:
    passages = unique(turn.passage for turn in turns[:MOST_SHOWN])
    return Fault(f"The policy does not say how to reach {turns[0].who} for {matter}.", None, passages)
