"""What Kent asks a policy to say of returns, its attendance service, children missing education and part-time timetables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.facts import check, reader
from checker.findings import Fault, Outcome, Passage, failed, not_applicable, passed
from checker.levels import Level
from checker.reading.gaps import Gaps, could_stand_in_a_gap, only_in_what_was_read, with_gaps
from checker.reading.phrases import Concept
from checker.reading.said import Said
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.recognise.durations import Duration, Unit, durations
from england_attendance.policy.part_time import PartTimeTimetables
from kent_attendance.vocabulary import actors, words

SCHOOL_DAYS_OF_A_WEEK = 5
DAYS_FOR_RETURNS = 10
DAYS_FOR_A_REFERRAL = 10


@dataclass(frozen=True)
class KentMatters:
    """What a policy says on the matters of Kent.

    Attributes:
        termly: Where returns are made each term within ten school days.
        termly_otherwise: Where they are made each term within another time, or within no time that is given.
        front_door: Where the Digital Front Door is the way for returns.
        service: Where the attendance service has its present name.
        former_service: Where it has its former name.
        referred: Where children missing education are referred in time.
        referred_otherwise: Where they are referred later, or no time is given.
        part_time: Where the council is told of part-time timetables.
    """

    termly: tuple[Passage, ...] = ()
    termly_otherwise: tuple[Passage, ...] = ()
    front_door: tuple[Passage, ...] = ()
    service: tuple[Passage, ...] = ()
    former_service: tuple[Passage, ...] = ()
    referred: tuple[Passage, ...] = ()
    referred_otherwise: tuple[Passage, ...] = ()
    part_time: Said = Said()


@reader
def kent_matters(statements: Statements) -> KentMatters:
    """Reads what the policy says on the matters of Kent."""
    concepts = words()
    saying_how = statements.with_any([concepts["each-term"], concepts["front-door"]])
    returns = [s for s in statements.at(saying_how) if statements.is_about(s, concepts["returns"])]
    termly = [s for s in returns if statements.says(s, concepts["each-term"])]
    referring = list(_referring(statements))
    former = [
        s
        for s in statements.having(concepts["former-service"])
        if not (statements.says(s, concepts["service"]) and statements.says(s, concepts["formerly"]))
    ]
    return KentMatters(
        _passages(statements, [s for s in termly if _within(s, DAYS_FOR_RETURNS)]),
        _passages(statements, [s for s in termly if not _within(s, DAYS_FOR_RETURNS)]),
        _passages(statements, [s for s in returns if statements.says(s, concepts["front-door"])]),
        _passages(statements, _naming_it_first(statements, concepts["service"])),
        _passages(statements, former),
        _passages(statements, [s for s in referring if _within(s, DAYS_FOR_A_REFERRAL)]),
        _passages(statements, [s for s in referring if not _within(s, DAYS_FOR_A_REFERRAL)]),
        concepts.said(statements, actors(), "tells-council-of-part-time"),
    )


@check("policy.kent.returns")
def returns_each_term_through_the_front_door(matters: KentMatters, gaps: Gaps) -> Outcome:
    """Returns are made each term within ten school days, through the Digital Front Door."""
    missing = []
    if not matters.termly:
        missing.append(f"that returns are made each term within {DAYS_FOR_RETURNS} school days of the new term")
    if not matters.front_door:
        missing.append("that they go through the Digital Front Door")
    if not missing:
        return passed(
            "Returns are made each term in time, through the Digital Front Door.",
            [*matters.termly[:1], *matters.front_door[:1]],
        )
    return _not_said(missing, gaps, "returns", matters.termly_otherwise)


@check("policy.kent.attendance-service")
def the_service_has_its_present_name(matters: KentMatters, gaps: Gaps) -> Outcome:
    """KPAS is named, and PIAS is not."""
    if matters.former_service:
        return failed(
            Fault("The policy gives the council's attendance service its former name.", None, matters.former_service)
        )
    if matters.service:
        return passed("The policy names the Kent PRU and Attendance Service (KPAS).", matters.service[:2])
    return _not_said(["that the council's attendance service is KPAS"], gaps, "service")


@check("policy.kent.missing-education")
def referred_within_ten_school_days(matters: KentMatters, gaps: Gaps) -> Outcome:
    """A child missing education is referred within ten school days."""
    if matters.referred:
        return passed("Children missing education are referred within ten school days.", matters.referred[:2])
    what = f"that a child missing education is referred within {DAYS_FOR_A_REFERRAL} school days"
    return _not_said([what], gaps, "missing-education", matters.referred_otherwise)


@check("policy.kent.part-time-timetables")
def the_council_is_told_of_part_time_timetables(
    matters: KentMatters, timetables: PartTimeTimetables, gaps: Gaps
) -> Outcome:
    """The council is told of part-time timetables, as it recommends."""
    if matters.part_time:
        return passed("The council is told of part-time timetables.", matters.part_time.best)
    if not timetables.said:
        unsaid = not_applicable("The policy does not say how part-time timetables are used.")
        return only_in_what_was_read(unsaid, gaps)
    message = "The policy does not say that the council is told of part-time timetables, which it recommends."
    fault = Fault(message, Level.QUALITY, matters.part_time.otherwise or timetables.said[:1])
    return with_gaps(failed(fault, searched="part-time timetables beside telling the council"), gaps)


def _not_said(missing: Sequence[str], gaps: Gaps, subject: str, nearest: tuple[Passage, ...] = ()) -> Outcome:
    what = " nor ".join(missing)
    waiting = could_stand_in_a_gap(gaps, [words()[subject]], f"does not say {what}")
    if waiting is not None:
        return waiting
    fault = Fault(f"The policy does not say {what}.", None, nearest[:2])
    return with_gaps(failed(fault, searched=f"a statement {' and '.join(missing)}"), gaps)


def _naming_it_first(statements: Statements, name: Concept) -> list[Statement]:
    """Returns the statements that name a thing, those first that do so in their own words and not in a caption's."""
    found = statements.having(name)
    return sorted(found, key=lambda s: not any(match.end > s.own_from for match in statements.matches(s, name)))


def _referring(statements: Statements) -> Iterator[Statement]:
    """Yields the statements that affirm a referral of children missing education."""
    concepts = words()
    for statement in statements.having(concepts["refers"]):
        affirmed = any(
            sense_of(statement, match) in {Sense.AFFIRMED, Sense.PERMITTED}
            for match in statements.matches(statement, concepts["refers"])
        )
        if affirmed and statements.is_about(statement, concepts["missing-education"]):
            yield statement


def _within(statement: Statement, most: float) -> bool:
    """Whether a statement gives a time that lies within so many school days."""
    return any(days is not None and days <= most for days in map(_school_days, durations(statement.own)))


def _school_days(length: Duration) -> float | None:
    days = {Unit.DAY: 1, Unit.WEEK: SCHOOL_DAYS_OF_A_WEEK}
    return length.high * days[length.unit] if length.unit in days else None


def _passages(statements: Statements, found: list[Statement]) -> tuple[Passage, ...]:
    return tuple(statements.passage(statement) for statement in found)
