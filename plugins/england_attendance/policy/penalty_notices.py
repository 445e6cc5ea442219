"""Penalty notices: what a policy says of the National Framework and its figures.

A sum counts only where a statement makes it the price of a notice for absence. Court fines, notices for an excluded
pupil in a public place, worked examples and what the sum used to be are something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.context import Context
from checker.facts import PublishedFact, Stated, check, reader
from checker.findings import Fault, Level, Outcome, Passage, failed, not_applicable, passed
from checker.reading.phrases import Concept
from checker.reading.sense import Sense, sense_of
from checker.reading.statements import Statement, Statements
from checker.reading.words import Words, cut
from checker.recognise.durations import Duration, Unit, durations
from checker.recognise.money import Money, money
from england_attendance.policy.amounts import Figures, figures
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import actors, topic

LARGEST_NOTICE = 250
BACK = 3
FIRST = frozenset({"first", "1st"})
SECOND = frozenset({"second", "2nd"})
REFERRING_BACK = (
    ("of", "the"),
    ("after", "the"),
    ("since", "the"),
    ("from", "the"),
)  # "within three years of the first"


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum that a policy makes the price of a penalty notice for absence.

    Attributes:
        pounds: The sum.
        days: The days within which it is to be paid, where they are given.
        second: Whether it is the price of a second notice.
        passage: Where it stands.
    """

    pounds: int
    days: int | None
    second: bool
    passage: Passage


@dataclass(frozen=True, slots=True)
class Threshold:
    """When a notice is considered: sessions within weeks, or within another period."""

    sessions: int
    weeks: int | None
    passage: Passage


@dataclass(frozen=True)
class PenaltyNotices:
    """What a policy says of penalty notices for absence.

    Attributes:
        amounts: The sums.
        thresholds: When one is considered.
        limit: Where it says that no third notice is given, with the years of the limit.
        each_parent: Where it says that each parent gets one.
        each_child: Where it says that it is for each child.
        school_issues: Where it says that the school issues, authorises or requests them.
        mentioned: The statements that speak of them at all.
    """

    amounts: tuple[Amount, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    limit: tuple[Stated[int], ...] = ()
    each_parent: tuple[Passage, ...] = ()
    each_child: tuple[Passage, ...] = ()
    school_issues: tuple[Passage, ...] = ()
    mentioned: tuple[Passage, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows the sums in whole pounds."""
        first = [amount for amount in self.amounts if not amount.second]
        second = [amount for amount in self.amounts if amount.second]
        value = {
            "first_21": next((amount.pounds for amount in first if amount.days == 21), None),
            "first_28": next((amount.pounds for amount in first if amount.days == 28), None),
            "second_28": next((amount.pounds for amount in second), None),
        }
        yield PublishedFact("penalty_amounts", value, tuple(dict.fromkeys(amount.passage for amount in self.amounts)))


@dataclass(frozen=True)
class _Unit:
    """A stretch of text to read sums from, with what stands around it."""

    text: str
    statement: Statement
    passage: Passage


@reader
def penalty_notices(statements: Statements) -> PenaltyNotices:
    """Reads what the policy says of penalty notices for absence."""
    words = topic("penalty_notices")
    about = [statement for statement in statements if _is_about_notices(statements, statement)]
    return PenaltyNotices(
        tuple(amount for unit in _units(statements, about) for amount in _amounts(statements, unit)),
        tuple(threshold for statement in about for threshold in _thresholds(statements, statement)),
        tuple(_limits(statements, about)),
        tuple(statements.passage(statement) for statement in about if statements.says(statement, words["each-parent"])),
        tuple(statements.passage(statement) for statement in about if statements.says(statement, words["each-child"])),
        tuple(_school_issues(statements)),
        tuple(
            statements.passage(statement) for statement in statements.having(words["framework"]) if not statement.row
        )[:3],
    )


@check("policy.penalty-framework")
def framework_explained(notices: PenaltyNotices, gaps: Gaps, context: Context) -> Outcome:
    """The National Framework is explained with all its elements, and no figure is wrong."""
    if context.independent:
        if notices.school_issues:
            message = "Penalty notices concern state-funded schools: an independent school cannot issue, authorise or request them."
            return failed(Fault(message, Level.LAW, notices.school_issues))
        return not_applicable("Penalty notices concern state-funded schools, and this is an independent school.")
    right = figures(context.as_at)
    faults = list(_wrong(notices, right))
    missing = _missing(notices, right)
    if not faults and missing:
        waiting = could_stand_in_a_gap(
            gaps, [topic("penalty_notices")["framework"]], f"does not explain {_listed(missing)}"
        )
        if waiting is not None:
            return waiting
    if missing:
        nearest = () if notices.amounts or notices.thresholds else notices.mentioned
        faults.append(
            Fault(f"The National Framework is not explained in full: {_listed(missing)} missing.", None, nearest)
        )
    if faults:
        searched = "penalty notices or fines, beside sessions and weeks, sums and days, first, second and third notice"
        return with_gaps(failed(*faults, searched=searched if missing else None), gaps)
    passages = [
        notices.thresholds[0].passage,
        *(amount.passage for amount in notices.amounts),
        notices.limit[0].passages[0],
    ]
    weeks = any("rolling" in threshold.passage.quote.lower() for threshold in notices.thresholds)
    return passed("The National Framework is explained with its threshold, amounts and limit.", passages).noting(
        None if weeks else "the policy does not say that the ten weeks are rolling"
    )


def _missing(notices: PenaltyNotices, right: Figures) -> list[str]:
    first = [amount for amount in notices.amounts if not amount.second]
    found = {
        f"the threshold ({right.threshold_sessions} sessions in {right.threshold_weeks} school weeks)": any(
            threshold.weeks is not None for threshold in notices.thresholds
        ),
        f"£{right.reduced.pounds} within {right.reduced.days} days": any(a.days == right.reduced.days for a in first),
        f"£{right.full.pounds} within {right.full.days} days": any(a.days == right.full.days for a in first),
        f"£{right.second.pounds} for a second notice": any(amount.second for amount in notices.amounts),
        f"no third notice within {right.limit_years} years": bool(notices.limit),
        "that each parent can get one": bool(notices.each_parent),
        "that it is for each child": bool(notices.each_child),
    }
    return [what for what, present in found.items() if not present]


def _wrong(notices: PenaltyNotices, right: Figures) -> Iterator[Fault]:
    for amount in notices.amounts:
        if amount.second:
            wanted = {right.second.pounds}
        elif amount.days is None:
            wanted = {right.reduced.pounds, right.full.pounds}
        else:
            wanted = {price.pounds for price in (right.reduced, right.full) if price.days == amount.days}
        if amount.pounds not in wanted:
            days = f" within {amount.days} days" if amount.days else ""
            yield Fault(
                f"£{amount.pounds}{days} is not what a penalty notice for absence costs: a first one is £{right.reduced.pounds} "
                f"within {right.reduced.days} days or £{right.full.pounds} within {right.full.days}, a second one "
                f"£{right.second.pounds}.",
                Level.LAW,
                (amount.passage,),
            )
    for threshold in notices.thresholds:
        if threshold.sessions != right.threshold_sessions or threshold.weeks not in {None, right.threshold_weeks}:
            yield Fault(
                f"The national threshold is {right.threshold_sessions} sessions in {right.threshold_weeks} school weeks.",
                Level.LAW,
                (threshold.passage,),
            )
    for limit in notices.limit:
        if limit.value != right.limit_years:
            yield Fault(f"The limit of two notices holds for {right.limit_years} years.", Level.LAW, limit.passages)


def _is_about_notices(statements: Statements, statement: Statement) -> bool:
    words = topic("penalty_notices")
    return (
        statements.says(statement, words["penalty"]) or statements.under(statement, words["framework"])
    ) and not statements.says(statement, words["improve"])


def _units(statements: Statements, about: list[Statement]) -> Iterator[_Unit]:
    """Yields each statement; of a row each cell with the heading of its column and the label of the row."""
    for statement in about:
        if not statement.row:
            yield _Unit(statement.text, statement, statements.passage(statement))
            continue
        table = statements.document.tables[statement.block.table or 0]
        label = statement.block.cells[0].text if statement.block.cells else ""
        for cell in statement.block.cells:
            if money(cell.text):
                headings = [
                    heading.text
                    for row in table.rows[: table.header_rows]
                    for heading in row.cells
                    if heading.column <= cell.column < heading.column + heading.columns
                ]
                lead = "" if cell is statement.block.cells[0] else label
                yield _Unit(
                    " : ".join(part for part in (lead, *headings, cell.text) if part),
                    statement,
                    statements.passage(statement),
                )


def _amounts(statements: Statements, unit: _Unit) -> Iterator[Amount]:
    words, text = topic("penalty_notices"), unit.text
    sums = [one for one in money(text) if one.pounds is not None]
    if not sums or _is_excluded(statements, unit.statement):
        return
    cut_words = cut(text)
    if words["court"].first(cut_words.forms) and all((one.pounds or 0) > LARGEST_NOTICE for one in sums):
        return
    lengths = [length for length in durations(text) if length.unit is Unit.DAY]
    present = _without_past(text, sums)
    for place, one in enumerate(present):
        pounds = one.pounds or 0
        if pounds > LARGEST_NOTICE or _is_example(text, one):
            continue
        days = _days_of(present, place, lengths)
        yield Amount(pounds, days, _is_second(statements, unit, cut_words, one), unit.passage)


def _without_past(text: str, sums: list[Money]) -> list[Money]:
    """Returns the sums without those that used to be; "from £60 to £80" becomes £80, beginning where £60 stood."""
    present: list[Money] = []
    start: int | None = None
    for one in sums:
        if _is_past(text, one, sums):
            start = one.start if start is None else start
            continue
        present.append(Money(one.start if start is None else start, one.end, one.amount))
        start = None
    return present


def _days_of(sums: list[Money], place: int, lengths: list[Duration]) -> int | None:
    """Returns the days that go with a sum: those after it, or those before it where the sentence begins with days."""
    start = sums[place - 1].end if place else 0
    end = sums[place + 1].start if place + 1 < len(sums) else 1 << 30
    ahead = [length for length in lengths if start <= length.start and length.end <= sums[place].start]
    behind = [length for length in lengths if sums[place].end <= length.start and length.end <= end]
    days_first = bool(lengths) and lengths[0].start < sums[0].start
    chosen = (ahead or behind) if days_first else (behind or (ahead if place == 0 else []))
    return int(max(length.high for length in chosen)) if chosen else None


def _is_second(statements: Statements, unit: _Unit, words: Words, one: Money) -> bool:
    """Whether the last ordinal before a sum makes it that of a second notice."""
    vocabulary, forms = topic("penalty_notices"), words.forms
    before = [index for index, start in enumerate(words.starts) if start < one.start]
    seconds = [index for index in before if vocabulary["second"].phrases[0].end_from(forms, index)]
    firsts = [
        index for index in before if forms[index] in FIRST and forms[max(0, index - 2) : index] not in REFERRING_BACK
    ]
    if seconds or firsts:
        return bool(seconds) and (not firsts or seconds[-1] > firsts[-1])
    after = set(forms[len(before) : len(before) + 12])
    if not SECOND.isdisjoint(after) and FIRST.isdisjoint(after):
        return True
    return any(vocabulary["second"].first(heading.forms) for heading in statements.headings(unit.statement)[-1:])


def _is_past(text: str, one: Money, sums: list[Money]) -> bool:
    """Whether a sum is what it used to be: "from £60 to £80", "previously £60"."""
    before = text[max(0, one.start - 40) : one.start].lower()
    since = max((other.end for other in sums if other.end <= one.start), default=0)
    before = before[max(0, since - max(0, one.start - 40)) :] if since > one.start - 40 else before
    return topic("penalty_notices")["past-amounts"].first(cut(before).forms) is not None and "to " not in before[-4:]


def _is_example(text: str, one: Money) -> bool:
    around = cut(text[max(0, one.start - 90) : one.end + 50]).forms
    return topic("penalty_notices")["example"].first(around) is not None and (one.pounds or 0) not in {60, 80, 120, 160}


def _is_excluded(statements: Statements, statement: Statement) -> bool:
    """Whether a statement speaks of notices for an excluded pupil: it says so, or what goes before it does."""
    words = topic("penalty_notices")
    if statements.says(statement, words["excluded"]):
        return not any(statements.says(statement, words[name]) for name in ("first", "second") if name == "second")
    for back in range(1, BACK + 1):
        index = statement.index - back
        if index < 0 or statements.all[index].block.section != statement.block.section:
            return False
        earlier = statements.all[index]
        if statements.says(earlier, words["excluded"]):
            return True
        if money(earlier.own):
            return False
    return False


def _thresholds(statements: Statements, statement: Statement) -> Iterator[Threshold]:
    if not statements.says(statement, topic("penalty_notices")["threshold-word"]):
        return
    lengths = durations(statement.text)
    sessions = [length for length in lengths if length.unit is Unit.SESSION]
    weeks = [length for length in lengths if length.unit is Unit.WEEK]
    terms = [length for length in lengths if length.unit in {Unit.TERM, Unit.MONTH}]
    if sessions and (weeks or not terms):
        count = int(sessions[0].high)
        window = int(weeks[0].high) if weeks else None
        if weeks or count:
            yield Threshold(count, window, statements.passage(statement))
    elif sessions and terms:
        yield Threshold(int(sessions[0].high), 0, statements.passage(statement))


def _limits(statements: Statements, about: list[Statement]) -> Iterator[Stated[int]]:
    words = topic("penalty_notices")
    for statement in about:
        if not (statements.says(statement, words["third"]) and statements.says(statement, words["cannot"])):
            continue
        near = [
            statement,
            *statements.all[statement.index + 1 : statement.index + 2],
            *statements.all[max(0, statement.index - 1) : statement.index],
        ]
        for candidate in near:
            years = [length for length in durations(candidate.text) if length.unit is Unit.YEAR and length.high < 20]
            if years:
                yield Stated(int(years[0].high), (statements.passage(statement),))
                break


def _school_issues(statements: Statements) -> Iterator[Passage]:
    words = topic("penalty_notices")
    penalty: Concept = words["notices"]
    for statement in statements.having(penalty, words["issues"]):
        for predicate in statements.matches(statement, words["issues"]):
            actor = actors().of(statements, statement, predicate)
            if actor in {"school", "governors"} and sense_of(statement, predicate) in {Sense.AFFIRMED, Sense.PERMITTED}:
                yield statements.passage(statement)
                break


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + f" and {items[-1]}"
