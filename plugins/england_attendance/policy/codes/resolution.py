"""Settling an unexplained absence: code N becomes the right code within five school days, else O (regulation 10).

A careful reader looks for a number of days within which the entry is changed, the reason found, or beyond which the N
does not stand; days after which somebody visits, writes or refers are something else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed, unique
from checker.levels import Level
from checker.reading.english import english
from checker.reading.past import clause_before
from checker.reading.sense import sense_of
from checker.reading.senses import NOT_NOW, Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from england_attendance.policy.day_counts import DayCount, day_counts
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import actors, topic

DAYS = 5
MOST_SHOWN = 3
_DAY = re.compile(r"(?:school )?days? (?:\d{1,2} ?(?:to|–|-) ?)?(?P<day>\d{1,2})\b", re.IGNORECASE)
_AFTER_IT = re.compile(
    r" (?:after|on from|from) (?:the|that|an?|each|any) (?!letter|call|meeting|visit)", re.IGNORECASE
)
_BY_ITSELF = ("becom", "turn")  # what an entry does, whoever acts


@dataclass(frozen=True, slots=True)
class Limit:
    """A time within which an unexplained absence is settled.

    Attributes:
        days: The number of days; a week is five school days.
        unit: ``school``, ``working`` or empty for plain days.
        passage: Where it is said.
    """

    days: float
    unit: str
    passage: Passage


@dataclass(frozen=True)
class CodeResolution:
    """What the policy says on settling code N.

    Attributes:
        limits: The times that it gives.
        slow: Where it settles it only by the end of a month, a term or the like.
        outcome: Where it says that O follows when no reason is found.
        vague: Where it gives a vaguer time.
    """

    limits: tuple[Limit, ...] = ()
    slow: tuple[Passage, ...] = ()
    outcome: tuple[Passage, ...] = ()
    vague: tuple[Passage, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows the times."""
        value = [{"days": limit.days, "unit": limit.unit} for limit in self.limits]
        yield PublishedFact("code_n_limits", value, tuple(limit.passage for limit in self.limits))


@reader
def code_resolution(statements: Statements) -> CodeResolution:
    """Reads within what time an unexplained absence is settled."""
    words = topic("codes/resolution")
    limits: list[Limit] = []
    found: dict[str, list[Passage]] = {"slow": [], "vaguer": [], "outcome-o": []}
    speaking = {
        index for name in ("changes", "finds", "stands", "limit-label") for index in statements.find(words[name])
    }
    for statement in (statements.all[index] for index in sorted(speaking)):
        if statement.is_question or not _is_on_it(statements, statement):
            continue
        passage = statements.passage(statement)
        changed = _changed(statements, statement)
        if not statements.says(statement, words["about-else"]) and not statements.says(statement, words["aims"]):
            limits += [Limit(count.days, count.counted, passage) for count in _limits(statements, statement, changed)]
            settled = changed and any(statements.says(statement, words[name]) for name in ("outcome-o", "right-code"))
            limits += [Limit(days, "", passage) for days in _day_of_label(statements, statement) if settled]
            if changed and statements.says(statement, words["by-then"]):
                before = statements.all[max(0, statement.index - 1)]
                limits += [Limit(one.days, one.counted, passage) for one in _said_before(statement, before)]
            if changed and statements.says(statement, words["slow"]):
                found["slow"].append(passage)
        if changed and statements.says(statement, words["outcome-o"]) and not statement.row:
            found["outcome-o"].append(passage)
            if statements.says(statement, words["vaguer"]):
                found["vaguer"].append(passage)
    return CodeResolution(tuple(limits), tuple(found["slow"]), tuple(found["outcome-o"][:2]), tuple(found["vaguer"]))


@check("policy.code-resolution")
def within_five_school_days(resolution: CodeResolution, gaps: Gaps) -> Outcome:
    """An unexplained absence is settled within five school days."""
    right = [limit for limit in resolution.limits if limit.days == DAYS]
    wrong = [limit for limit in resolution.limits if limit.days > DAYS or (limit.days < DAYS and not right)]
    if wrong:
        return failed(*(Fault(_in_words(limit), _level(limit), (limit.passage,)) for limit in wrong))
    if not right and resolution.slow:
        message = f"The policy lets an unexplained absence (code N) stand longer than {DAYS} school days."
        return failed(Fault(message, Level.LAW, resolution.slow[:2]))
    if not right:
        subject = [topic("codes/resolution")["subject"]]
        waiting = could_stand_in_a_gap(gaps, subject, "does not say when an unexplained absence is settled")
        message = "The policy does not say within how many days an unexplained absence (code N) is settled."
        searched = "code N, a reason or the correct code, beside a number of days"
        return waiting or with_gaps(failed(Fault(message, None, resolution.vague), searched=searched), gaps)
    working = any(limit.unit == "working" for limit in right)
    return passed(
        f"An unexplained absence is settled within {DAYS} {right[0].unit or 'school'} days.",
        [*unique(limit.passage for limit in right)[:MOST_SHOWN], *resolution.vague[:1]],
    ).noting(
        "the law counts school days, not working days" if working else None,
        None if resolution.outcome else "the policy does not say that code O follows where no reason is found",
        "a vaguer limit stands beside it" if resolution.vague else None,
    )


def _in_words(limit: Limit) -> str:
    unit = f"{limit.unit} days" if limit.unit else "days"
    return f"The policy settles an unexplained absence (code N) within {limit.days:g} {unit}; it must be {DAYS} school days."


def _level(limit: Limit) -> Level | None:
    """Returns the level of a wrong limit: what is settled sooner than it must be goes against no law."""
    return Level.LAW if limit.days > DAYS else None


def _is_on_it(statements: Statements, statement: Statement) -> bool:
    """Whether a statement is on an unexplained absence: it or what is near says so, or it has reason and code both."""
    words = topic("codes/resolution")
    return statements.is_about(statement, words["unexplained"]) or (
        statements.says(statement, words["finds"]) and statements.says(statement, words["right-code"])
    )


def _changed(statements: Statements, statement: Statement) -> list[Match]:
    """Returns the places at which a statement has the entry changed."""
    changes = statements.matches(statement, topic("codes/resolution")["changes"])
    return [
        match
        for match in changes
        if sense_of(statement, match) is Sense.AFFIRMED
        and (
            statement.words.forms[match.start].startswith(_BY_ITSELF)
            or actors().may_be("school|governors", statements, statement, match)
        )
    ]


def _limits(statements: Statements, statement: Statement, changed: list[Match]) -> Iterator[DayCount]:
    """Yields the numbers of days within which an entry is changed, a reason found, or beyond which N does not stand."""
    words = topic("codes/resolution")
    counts = [
        count
        for count in day_counts(statement.text)
        if count.end > statement.own_offset
        and not _is_past(statement, count)
        and not _is_kept_by_nobody(statements, statement, count)
    ]
    if not counts:
        return
    found = any(
        sense_of(statement, match) is Sense.AFFIRMED
        and not _in_a_condition(statement, match)
        and actors().may_be("school|governors", statements, statement, match)
        for match in statements.matches(statement, words["finds"])
    )
    stands = statements.matches(statement, words["stands"]) if statements.says(statement, words["entry"]) else ()
    senses = {sense_of(statement, match) for match in stands}
    changes = {sense_of(statement, match) for match in statements.matches(statement, words["changes"])}
    if changes == {Sense.PERMITTED} and not found:  # "may be changed within five days, and many stay as they are"
        return
    ends, stays = Sense.DENIED in senses, not senses.isdisjoint({Sense.AFFIRMED, Sense.PERMITTED})
    stays = stays or _answers_how_long(statements, statement)
    ends = ends or (stays and statements.says(statement, words["not-longer"]))
    for count in counts:
        if (
            (count.limit and (changed or found or stays))
            or ends
            or _is_labelled(statements, statement)
            or (
                statements.says(statement, words["at-most"])
                and (changed or statements.says(statement, words["since-session"]))
            )
            or (changed and _turns_after(statements, statement, count))
        ):
            yield count


def _answers_how_long(statements: Statements, statement: Statement) -> bool:
    """Whether a statement answers how long the entry stands: "How long may it be N? Never beyond five days"."""
    before = statements.all[max(0, statement.index - 1)]
    asked = before.is_question and statements.says(before, topic("codes/resolution")["stands"])
    return asked and before.block.section == statement.block.section


def _day_of_label(statements: Statements, statement: Statement) -> Iterator[float]:
    """Yields the day of a step that is numbered by it: "Day 5 | N is changed to O", or "5" below "School day"."""
    block, label = statement.block, statement.own
    if block.cells and block.table is not None:
        table = statements.document.tables[block.table]
        above = " ".join(row.cells[0].text for row in table.rows[: table.header_rows] if row.cells)
        label = block.cells[0].text
        label = f"day {label}" if label[:1].isdigit() and "day" in above.lower() else label
    if match := _DAY.match(label):
        yield float(match["day"])


def _said_before(statement: Statement, before: Statement) -> list[DayCount]:
    """Returns the school days that the sentence before gives, for one that goes on "By then …"."""
    if statement.index == before.index or before.block.section != statement.block.section:
        return []
    return [count for count in day_counts(before.own) if count.days == DAYS]


def _is_past(statement: Statement, count: DayCount) -> bool:
    """Whether a number of days was given once: "before 2024 it had to be within five days"."""
    at = bisect_left(statement.words.starts, count.start)
    return sense_of(statement, Match(at, at)) in NOT_NOW


def _is_kept_by_nobody(statements: Statements, statement: Statement, count: DayCount) -> bool:
    """Whether the deed that a number of days bounds is denied: "The N is not changed within five school days".

    Where the days only say when ("if no reason is found within five days, …"), the deed is what follows them.
    """
    words, clauses = topic("codes/resolution"), statement.words.clauses
    at = bisect_left(statement.words.starts, count.start)
    begin = clause_before(clauses, at)
    changes = statements.matches(statement, words["changes"])
    if _in_a_condition(statement, Match(at, at)):
        senses = {sense_of(statement, match) for match in changes if match.start > at}
        return bool(senses) and senses.isdisjoint({Sense.AFFIRMED, Sense.PERMITTED})
    deeds = sorted(
        match for name in ("changes", "finds", "stands") for match in statements.matches(statement, words[name])
    )
    own = [match for match in deeds if begin <= match.start < at]
    if not own and begin:  # "should not be entered at once, but no more than five days later"
        begin = clause_before(clauses, begin - 1)
        own = [match for match in deeds if begin <= match.start < at]
    if not own or _is_bounded(statement, own[0].end, at):
        return False
    not_done = {Sense.DENIED, Sense.WEAKENED, *NOT_NOW}
    return all(sense_of(statement, match) in not_done for match in (own[:1] if own[0] in changes else own))


def _is_bounded(statement: Statement, start: int, end: int) -> bool:
    """Whether a bound stands before a number of days that is not itself denied: "not changed later than …"."""
    forms, bounds = statement.words.forms, english().bounds
    negators = english().negators
    return any(forms[at] in bounds and forms[at - 1] not in negators for at in range(start, end + 1))


def _is_labelled(statements: Statements, statement: Statement) -> bool:
    """Whether an item begins with saying that it gives a limit: "Time limit: five school days", or the label of a row."""
    labels = statements.matches(statement, topic("codes/resolution")["limit-label"])
    if statement.row:
        label = cut(statement.block.cells[0].text).forms
        return any(
            match.end <= statement.own_from + len(label) and match.start >= statement.own_from for match in labels
        )
    labelled = any(match.start == statement.own_from for match in labels)
    listed = statement.is_item or statements.under(statement, topic("codes/resolution")["unexplained"])
    return labelled and listed and ":" in statement.own


def _turns_after(statements: Statements, statement: Statement, count: DayCount) -> bool:
    """Whether the entry turns to O after some days."""
    before = statement.text[: count.start].lower().rstrip(" (")
    turns = before.endswith(("after", "once", "when")) or _AFTER_IT.match(statement.text, count.end) is not None
    return turns and statements.says(statement, topic("codes/resolution")["outcome-o"])


def _in_a_condition(statement: Statement, match: Match) -> bool:
    clauses, at = statement.words.clauses, match.start
    while at > 0 and clauses[at - 1] == clauses[match.start]:
        at -= 1
        if statement.words.forms[at] in english().conditions:
            return True
    return False
