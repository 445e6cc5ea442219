"""Whether the document agrees with itself: references lead somewhere, numbers stand once, each fact has one value.

What other topics have read is compared here: people, dates, periods, sums and codes of which two statements give two.
Times are compared in ``time_conflicts``, numbers and addresses in ``reached_at``, and what no other topic reads in
``one_value``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.facts import Stated, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed, unique
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from checker.recognise.dates import PartialDate
from checker.recognise.people import people
from checker.recognise.percentages import percentages
from england_attendance.policy.absence_definitions import Definition
from england_attendance.policy.codes.conflicts import CodeConflicts
from england_attendance.policy.codes.resolution import CodeResolution
from england_attendance.policy.contacts.checks import Contacts
from england_attendance.policy.day.time_conflicts import TimeConflicts
from england_attendance.policy.document.approval import Approval
from england_attendance.policy.document.cross_references import CrossReferences
from england_attendance.policy.document.review_dates import Review
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import only_in_what_was_read
from england_attendance.policy.one_value import Contradiction, TwoValues
from england_attendance.policy.penalties.notice_to_improve import NoticeToImprove
from england_attendance.policy.penalties.notices import PenaltyNotices
from england_attendance.policy.penalties.stages import Stage
from england_attendance.policy.persistent_absence import PersistentAbsence
from england_attendance.policy.reached_at import Numbers
from england_attendance.policy.retention import Retention
from england_attendance.policy.schools.identity import Sites
from england_attendance.policy.vocabulary import topic

AGREES = "References lead somewhere, numbers stand once, and each fact has one value."
HEAD = "headteacher"
MOST_APPROVALS = 2
NEAR = 14  # characters around a post that may say it is another one
_SINGLE = frozenset(
    ["headteacher", "head", "principal", "headmaster", "headmistress", "chair", "senco", "dsl", "lead", "sendco"]
)


@dataclass(frozen=True)
class PostHolders:
    """Posts that one person holds, and for which the document names two."""

    found: tuple[Contradiction, ...] = ()


@dataclass(frozen=True)
class Periods:
    """Dates, periods and sums of which the document gives two."""

    found: tuple[Contradiction, ...] = ()


@check("policy.internal-consistency")
def agrees_with_itself(
    cross: CrossReferences, numbers: Numbers, times: TimeConflicts, values: TwoValues, holders: PostHolders,
    periods: Periods, codes: CodeConflicts, gaps: Gaps,
) -> Outcome:  # fmt: skip
    """References lead somewhere, section numbers stand once, and each fact has one value."""
    advice = {
        "Correct or remove each reference that leads nowhere.": cross.to_nowhere,
        "Give each part a number of its own.": cross.doubled,
        "Correct the telephone number.": numbers.malformed,
    }
    faults = [
        Fault(f"The policy refers to “{words}”, which it does not have.", None, (passage,))
        for words, passage in cross.to_nowhere
    ]
    faults += [Fault(f"{name} is used twice.", None, passages) for name, passages in cross.doubled]
    faults += [
        Fault(f"{number} has the wrong count of digits for a telephone number.", None, (passage,))
        for number, passage in numbers.malformed
    ]
    faults += [Fault(f"{what[:1].upper()}{what[1:]}.", None, passages) for what, passages in numbers.differing]
    differing = [*times.found, *values.found, *holders.found, *periods.found, *codes.found]
    faults += [Fault(f"{one.message}.", None, one.passages) for one in differing]
    if not faults:
        return only_in_what_was_read(passed(AGREES), gaps)
    decide = ["Decide which is right, and use it everywhere."] if differing or numbers.differing else []
    return failed(*faults, fix=" ".join([*decide, *(what for what, found in advice.items() if found)]))


@reader
def post_holders(statements: Statements, contacts: Contacts, sites: Sites) -> PostHolders:
    """Compares the people who are named for a post that one person holds."""
    if sites.names:
        return PostHolders()
    named: defaultdict[str, dict[str, tuple[str, Passage]]] = defaultdict(dict)
    for champion in contacts.champions:
        is_one = "champion" in champion.called.lower() and not _says("another-champion", champion.passage)
        if champion.name and is_one:
            named["attendance champion"].setdefault(_surname(champion.name), (champion.name, champion.passage))
    in_columns = _held_in_columns(statements)
    for statement in statements:
        if not statement.row and not _SINGLE.isdisjoint(statement.words.forms):
            for post, name in _held_alone(statement):
                if (id(statement.block), post) not in in_columns:
                    named[post].setdefault(_surname(name), (name, statements.passage(statement)))
    return PostHolders(
        tuple(
            Contradiction(
                f"Two people are named as {post}: {' and '.join(name for name, _ in holders.values())}",
                unique(passage for _, passage in holders.values()),
            )
            for post, holders in named.items()
            if len({passage for _, passage in holders.values()}) > 1  # two who are named together share the post
        )
    )


def _held_in_columns(statements: Statements) -> set[tuple[int, str]]:
    """Returns the rows that name several people for a post, one in each column: they hold it in parts of the school."""
    found: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for statement in statements:
        if statement.block.cells and not statement.row and not _SINGLE.isdisjoint(statement.words.forms):
            for post, name in _held_alone(statement):
                found[id(statement.block), post].add(_surname(name))
    return {row for row, names in found.items() if len(names) > 1}


def _held_alone(statement: Statement) -> Iterator[tuple[str, str]]:
    """Yields the posts that one person holds, with the one person whom a statement names for each."""
    words = topic("one_value")
    text = (
        statement.own if statement.lead and people(statement.lead) else statement.text
    )  # the lead's post is not theirs
    held = [(person.post, person.name) for person in people(text) if person.post is not None]
    for post, name in held:
        around = cut(text[max(0, post.start - NEAR) : post.end + NEAR]).forms
        alone = sum(other.key == post.key for other, _ in held) == 1
        single = post.key == HEAD or words["single-post"].first(cut(post.name).forms) is not None
        if alone and single and words["beside-it"].first(around) is None:
            yield post.key, name


def _surname(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].lower()


@reader
def periods(
    absence: PersistentAbsence, approval: Approval, review: Review, retention: Retention, resolution: CodeResolution,
    notice: NoticeToImprove, penalties: PenaltyNotices,
) -> Periods:  # fmt: skip
    """Compares the dates, periods and sums that other topics have read."""
    found = [
        *_definitions(absence),
        *_days(approval, review),
        *_reviews(review),
        *_two("The registers are kept for {} years", ((one.value, one.passages) for one in retention.years)),
        *_two("Code N is settled within {} days", ((limit.days, (limit.passage,)) for limit in resolution.limits)),
        *_notices(notice),
        *_penalties(penalties),
    ]
    return Periods(tuple(found))


def _two(message: str, given: Iterable[tuple[float, tuple[Passage, ...]]]) -> Iterator[Contradiction]:
    """Yields the contradiction of places that give different figures for one thing."""
    places: dict[float, tuple[Passage, ...]] = {}
    for value, passages in given:
        places.setdefault(value, passages)
    if len(places) > 1:
        figures = [f"{value:g}" for value in places]
        yield Contradiction(
            message.format(" and ".join(figures)), unique(passage for own in places.values() for passage in own)
        )


def _definitions(absence: PersistentAbsence) -> Iterator[Contradiction]:
    for kind in ("persistent", "severe"):
        own = [definition for definition in absence.definitions if definition.kind == kind]
        lines = {"right" if one.right else _missed(one): one for one in own}
        if len(lines) > 1:
            words = " and ".join(f"“{one.words}”" for one in lines.values())
            yield Contradiction(
                f"There are two definitions of {kind} absence: {words}", unique(one.passage for one in lines.values())
            )


def _missed(definition: Definition) -> str:
    """Returns the share of sessions that a definition has missed: "under 85%" and "15% or more" mean one line."""
    figures = [figure.low for figure in percentages(definition.words)]
    return f"{min(figures[0], 100 - figures[0]):g}" if figures else definition.words.lower()


def _days(approval: Approval, review: Review) -> Iterator[Contradiction]:
    """Yields two days of approval, and two dates of the next review; more days of approval are a history."""
    approved = [stated for stated in approval.said if not _says("earlier", stated.passages[0])]
    if approval.on and len({stated.value for stated in approved}) <= MOST_APPROVALS:
        yield from _two_days("approval", [approval.on, *approved])
    if review.next:
        yield from _two_days("the next review", [*review.coming, *review.said])


def _two_days(name: str, given: Sequence[Stated[PartialDate]]) -> Iterator[Contradiction]:
    other = next((one for one in given[1:] if not _may_be_one(given[0].value, one.value)), None)
    if other is not None:
        both = f"{given[0].value.in_words} and {other.value.in_words}"
        yield Contradiction(f"There are two dates of {name}: {both}", (*given[0].passages, *other.passages))


def _says(name: str, passage: Passage) -> bool:
    return topic("one_value")[name].first(cut(passage.quote).forms) is not None


def _may_be_one(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates may mean one day: "September 2027" and "1 September 2027"."""
    return one.first_day() <= other.last_day() and other.first_day() <= one.last_day()


def _reviews(review: Review) -> Iterator[Contradiction]:
    yield from _two(
        "The policy is reviewed every {} months", ((every.value.months, every.passages) for every in review.every)
    )


def _notices(notice: NoticeToImprove) -> Iterator[Contradiction]:
    for index, one in enumerate(notice.periods):
        for other in notice.periods[index + 1 :]:
            apart = one.most < other.least or other.most < one.least
            if apart and one.passage != other.passage:  # "never less than 3 weeks and never more than 6" is one period
                figures = f"{one.most:g} and {other.most:g}"
                message = f"A notice to improve runs for two different times: {figures} weeks"
                yield Contradiction(message, (one.passage, other.passage))
                return


def _penalties(penalties: PenaltyNotices) -> Iterator[Contradiction]:
    sums: defaultdict[tuple[Stage, int], list[tuple[float, tuple[Passage, ...]]]] = defaultdict(list)
    for amount in penalties.amounts:
        if amount.days is not None and amount.stage is not Stage.BEYOND:
            sums[amount.stage, amount.days].append((amount.pounds, (amount.passage,)))
    for (stage, days), given in sums.items():
        which = "second penalty notice" if stage is Stage.SECOND else "penalty notice"
        yield from _two(f"A {which} paid within {days} days costs {{}} pounds", given)
    lines: defaultdict[int, list[tuple[float, tuple[Passage, ...]]]] = defaultdict(list)
    for line in penalties.thresholds:
        if line.weeks is not None:
            lines[line.weeks].append((line.sessions, (line.passage,)))
    for weeks, given in lines.items():
        yield from _two(f"A penalty notice is considered at {{}} sessions in {weeks} weeks", given)
    yield from _bare_thresholds(penalties)


def _bare_thresholds(penalties: PenaltyNotices) -> Iterator[Contradiction]:
    """Yields a number of sessions without the weeks in which they lie, where another stands beside its weeks."""
    within = [line for line in penalties.thresholds if line.weeks is not None]
    known = {line.sessions for line in within}
    bare = [line for line in penalties.thresholds if line.weeks is None and not _says("before-notice", line.passage)]
    other = next((line for line in bare if line.sessions not in known), None)
    if within and other is not None:
        message = f"A penalty notice is considered at {within[0].sessions} and {other.sessions} sessions"
        yield Contradiction(message, (within[0].passage, other.passage))
