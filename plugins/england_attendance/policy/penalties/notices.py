"""Penalty notices: what a policy says of the National Framework and its figures.

A careful reader looks for the threshold, what a first and a second notice cost and when, that there is no third within
three years, and that each parent can get one for each child; every figure that is given must be right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.context import Context
from checker.facts import PublishedFact, Stated, check, reader
from checker.findings import Fault, Outcome, Passage, failed, not_applicable, passed, unique
from checker.levels import Level
from checker.listing import listed
from checker.reading.phrases import Concept
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.values import is_unsaid_at
from checker.recognise.money import money
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import MOST_NEAREST, could_stand_in_a_gap, with_gaps
from england_attendance.policy.penalties.amounts import Figures, figures
from england_attendance.policy.penalties.limits import counts, given_a_third, limits, years_of_second
from england_attendance.policy.penalties.passages import about_notices
from england_attendance.policy.penalties.stages import Stage, Stages
from england_attendance.policy.penalties.sums import Amount, sums_of
from england_attendance.policy.penalties.thresholds import Threshold, apart_from_notices, thresholds
from england_attendance.policy.vocabulary import actors, topic


@dataclass(frozen=True)
class PenaltyNotices:
    """What a policy says of penalty notices for absence.

    Attributes:
        amounts: The sums.
        thresholds: When one is considered.
        limit: Where it says that no third notice is given, with the years of the limit.
        years: Where it says within how many years a second notice is a second one.
        counts: Where it says how many notices a parent can get, with their number.
        third_given: Where it says that a third one is given.
        per_family: Where it makes a notice one for a family, or one for all children.
        each_parent: Where it says that each parent gets one.
        each_child: Where it says that it is for each child.
        school_issues: Where it says that the school issues, authorises or requests them.
        mentioned: The statements that speak of them at all.
        apart: The sessions in weeks that stand where nothing names the notices.
    """

    amounts: tuple[Amount, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    limit: tuple[Stated[int], ...] = ()
    years: tuple[Stated[int], ...] = ()
    counts: tuple[Stated[int], ...] = ()
    third_given: tuple[Passage, ...] = ()
    per_family: tuple[Passage, ...] = ()
    each_parent: tuple[Passage, ...] = ()
    each_child: tuple[Passage, ...] = ()
    school_issues: tuple[Passage, ...] = ()
    mentioned: tuple[Passage, ...] = ()
    apart: tuple[Threshold, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows the sums in whole pounds."""
        first = [amount for amount in self.amounts if amount.stage is Stage.FIRST]
        second = [amount for amount in self.amounts if amount.stage is Stage.SECOND]
        value = {
            "first_21": next((amount.pounds for amount in first if amount.days == 21), None),
            "first_28": next((amount.pounds for amount in first if amount.days == 28), None),
            "second_28": next((amount.pounds for amount in second), None),
        }
        yield PublishedFact("penalty_amounts", value, tuple(dict.fromkeys(amount.passage for amount in self.amounts)))


@reader
def penalty_notices(statements: Statements) -> PenaltyNotices:
    """Reads what the policy says of penalty notices for absence."""
    words = topic("penalties/notices")
    stages = Stages(statements)
    about = list(about_notices(statements, stages))

    def among(name: str) -> list[Statement]:
        saying = statements.find(words[name])
        return [statement for statement in about if statement.index in saying]

    def saying(name: str) -> tuple[Passage, ...]:
        found = [one for one in among(name) if _says(statements, one, name)]
        return tuple(map(statements.passage, found or _priced_under(statements, about, words[name])))

    return PenaltyNotices(
        sums_of(statements, stages, about),
        tuple(threshold for statement in among("threshold-word") for threshold in thresholds(statements, statement)),
        tuple(limits(statements, stages, about)),
        tuple(years_of_second(statements, among("second"))),
        tuple(counts(statements, among("most"))),
        tuple(given_a_third(statements, about)),
        tuple(
            statements.passage(statement)
            for statement in among("per-family")
            if not statement.is_question
            and any(
                match.end > statement.own_from and sense_of(statement, match) is not Sense.DENIED
                for match in statements.matches(statement, words["per-family"])
            )
        ),
        saying("each-parent"),
        saying("each-child"),
        tuple(_school_issues(statements)),
        tuple(
            statements.passage(statement) for statement in statements.having(words["framework"]) if not statement.row
        )[:3],
        tuple(apart_from_notices(statements)),
    )


@check("policy.penalty-framework")
def framework_explained(notices: PenaltyNotices, gaps: Gaps, context: Context) -> Outcome:
    """The National Framework is explained with all its elements, and no figure is wrong."""
    if context.independent:
        if notices.school_issues:
            message = "Penalty notices concern state-funded schools: an independent school cannot issue, authorise or request them."
            return failed(Fault(message, Level.LAW, notices.school_issues))
        message = "Penalty notices concern state-funded schools, and this is an independent school."
        return not_applicable(message, filter(None, [context.kind_shown]))
    right = figures(context.as_at)
    faults = list(_wrong(notices, right))
    missing = _missing(notices, right)
    if not faults and missing:
        waiting = could_stand_in_a_gap(
            gaps, [topic("penalties/notices")["framework"]], f"does not explain {listed(missing)}"
        )
        if waiting is not None:
            return waiting
    if missing:
        said = unique([*(one.passage for one in notices.thresholds), *(one.passage for one in notices.amounts)])
        nearest = said[:MOST_NEAREST] or notices.mentioned
        faults.append(
            Fault(
                "The National Framework is not explained in full: "
                f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} missing.",
                None,
                nearest,
            )
        )
    if faults:
        searched = "penalty notices or fines, beside sessions and weeks, sums and days, first, second and third notice"
        return with_gaps(failed(*faults, searched=searched if missing else None), gaps)
    passages = [
        _in_full(notices, right)[0].passage,
        *(amount.passage for amount in notices.amounts),
        notices.limit[0].passages[0],
    ]
    weeks = any("rolling" in threshold.passage.quote.lower() for threshold in notices.thresholds)
    return passed("The National Framework is explained with its threshold, amounts and limit.", passages).noting(
        None if weeks else "the policy does not say that the ten weeks are rolling"
    )


def _in_full(notices: PenaltyNotices, right: Figures) -> list[Threshold]:
    """Returns the thresholds with their weeks; the right one counts as well where nothing beside it names the notices."""
    apart = [
        one for one in notices.apart if (one.sessions, one.weeks) == (right.threshold_sessions, right.threshold_weeks)
    ]
    return [one for one in notices.thresholds if one.weeks is not None] or apart


def _missing(notices: PenaltyNotices, right: Figures) -> list[str]:
    first = [amount for amount in notices.amounts if amount.stage is Stage.FIRST]
    threshold = f"the threshold ({right.threshold_sessions} sessions in {right.threshold_weeks} school weeks)"
    if notices.thresholds:
        threshold = f"that the sessions of the threshold lie in {right.threshold_weeks} school weeks"
    found = {
        threshold: bool(_in_full(notices, right)),
        f"£{right.reduced.pounds} within {right.reduced.days} days": any(a.days == right.reduced.days for a in first),
        f"£{right.full.pounds} within {right.full.days} days": any(a.days == right.full.days for a in first),
        f"£{right.second.pounds} for a second notice": any(amount.stage is Stage.SECOND for amount in notices.amounts),
        f"no third notice within {right.limit_years} years": bool(notices.limit),
        "that each parent can get one": bool(notices.each_parent),
        "that it is for each child": bool(notices.each_child),
    }
    return [what for what, present in found.items() if not present]


def _wrong(notices: PenaltyNotices, right: Figures) -> Iterator[Fault]:
    yield from _wrong_sums(notices, right)
    sessions, weeks, years = right.threshold_sessions, right.threshold_weeks, right.limit_years
    for threshold in notices.thresholds:
        if threshold.sessions != sessions or threshold.weeks not in {None, weeks}:
            message = f"The national threshold is {sessions} sessions of unauthorised absence in {weeks} school weeks."
            yield Fault(message, Level.LAW, (threshold.passage,))
    for limit in (*notices.limit, *notices.years):
        if limit.value != years:
            message = f"The policy says {limit.value} years: second and third notices are counted within {years} years."
            yield Fault(message, Level.LAW, limit.passages)
    for count in notices.counts:
        if count.value != right.limit:
            message = f"A parent can get at most {right.limit} notices for the same child within {years} years."
            yield Fault(message, Level.LAW, count.passages)
    priced = [amount.passage for amount in notices.amounts if amount.stage is Stage.BEYOND]
    if given := [*notices.third_given, *priced]:
        message = f"There can be no third notice to a parent for the same child within {years} years."
        yield Fault(message, Level.LAW, tuple(given[:1]))
    if notices.per_family:
        message = "A penalty notice is for each parent and for each child, not one for a family or for all children."
        yield Fault(message, None, notices.per_family[:1])


def _wrong_sums(notices: PenaltyNotices, right: Figures) -> Iterator[Fault]:
    costs = (
        f"a first one is £{right.reduced.pounds} within {right.reduced.days} days or £{right.full.pounds} within "
        f"{right.full.days}, a second one £{right.second.pounds} within {right.second.days}"
    )
    priced = [amount for amount in notices.amounts if amount.stage is not Stage.BEYOND]
    wrong = [amount for amount in priced if amount.pounds not in _wanted(amount, right)]
    old = [amount for amount in wrong if amount.pounds in right.former]
    if old:
        sums = listed(f"£{pounds}" for pounds in dict.fromkeys(amount.pounds for amount in old))
        message = f"The policy gives {sums}, which penalty notices for absence no longer cost: {costs}."
        yield Fault(message, Level.LAW, tuple(dict.fromkeys(amount.passage for amount in old)))
    for amount in wrong:
        if amount not in old:
            days = f" within {amount.days} days" if amount.days else ""
            message = f"£{amount.pounds}{days} is not what a penalty notice for absence costs: {costs}."
            yield Fault(message, Level.LAW, (amount.passage,))
    seconds = [
        amount for amount in notices.amounts if amount.stage is Stage.SECOND and amount.pounds == right.second.pounds
    ]
    if seconds and all(amount.days not in {None, right.second.days} for amount in seconds):
        message = f"£{right.second.pounds} for a second notice is to be paid within {right.second.days} days."
        yield Fault(message, Level.LAW, (seconds[0].passage,))


def _wanted(amount: Amount, right: Figures) -> set[int]:
    """Returns the right sums for a second notice, or for a first one with its days."""
    if amount.stage is Stage.SECOND:
        return {right.second.pounds}
    return {price.pounds for price in (right.reduced, right.full) if amount.days in {None, price.days}}


def _says(statements: Statements, statement: Statement, name: str) -> bool:
    """Whether a statement says something without denying it: "A notice does not go to each parent"."""
    matches = statements.matches(statement, topic("penalties/notices")[name])
    return any(not is_unsaid_at(statement.words, statement.words.starts[match.start]) for match in matches)


def _priced_under(statements: Statements, about: list[Statement], concept: Concept) -> list[Statement]:
    """Returns the prices right under a heading that says more of them: "First notice (per parent, per child)"."""
    return [
        one
        for one in about
        if money(one.own) and any(concept.first(heading.forms) for heading in statements.headings(one)[-1:])
    ]


def _school_issues(statements: Statements) -> Iterator[Passage]:
    """Yields where the school issues, authorises or requests notices, or refers cases for them without saying who does."""
    words = topic("penalties/notices")
    penalty: Concept = words["notices"]
    for statement in statements.having(penalty, words["issues"]):
        if statements.says(statement, words["state-schools"]):
            continue
        for predicate in statements.matches(statement, words["issues"]):
            actor = actors().of(statements, statement, predicate)
            ours = actor in {"school", "governors"} or (actor is None and statements.says(statement, words["referred"]))
            if ours and sense_of(statement, predicate) in {Sense.AFFIRMED, Sense.PERMITTED}:
                yield statements.passage(statement)
                break
