"""The notice to improve: a last chance before a penalty notice, for a period of three to six weeks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.context import Context
from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.reading.sense import sense_of
from checker.reading.senses import NOT_NOW
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.values import is_unsaid_at
from checker.recognise.durations import Duration, Qualifier, Unit, durations
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.penalties.amounts import figures
from england_attendance.policy.vocabulary import topic

SCHOOL_DAYS = 5
DAYS = 7
_UNTIL_A_MEETING = re.compile(r"(?:\b(?:after|every)|\b(?:meet\w*|panel\w*) (?:with \w+ )?(?:in|within)) \[?$", re.I)
_REVIEWED = re.compile(r"(?:[;|,:(–-] ?|improve (?:(?:and )?is )?)reviewed after $", re.I)
_OF_THE_PAST = re.compile(r"\b(?:last|past|previous|preceding|latest) $", re.IGNORECASE)  # "over the last 6 weeks"
WEEKS_A_MONTH = 52 / 12


@dataclass(frozen=True, slots=True)
class Period:
    """How long a notice to improve runs, in weeks; 20 school days are four.

    Attributes:
        least: The least weeks.
        most: The most weeks.
        written: The period in the policy's own words.
        passage: Where it stands.
    """

    least: float
    most: float
    written: str
    passage: Passage


@dataclass(frozen=True)
class NoticeToImprove:
    """What a policy says of notices to improve.

    Attributes:
        mentioned: The statements that speak of them.
        periods: The periods that it gives.
    """

    mentioned: tuple[Passage, ...] = ()
    periods: tuple[Period, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows the periods in weeks."""
        value = [{"least_weeks": period.least, "most_weeks": period.most} for period in self.periods]
        yield PublishedFact("notice_to_improve", value, tuple(period.passage for period in self.periods))


@reader
def notice_to_improve(statements: Statements) -> NoticeToImprove:
    """Reads what the policy says of notices to improve."""
    words = topic("penalties/notices")
    concerned = statements.find(words["improve"]) | statements.in_sections_under(words["improve"])
    speaking = [statement for statement in statements.at(concerned) if not _is_denied(statements, statement)]
    if not speaking:
        return NoticeToImprove()
    near = {s.index + step for s in speaking for step in (0, 1, 2)}
    blocks = {id(s.block) for s in speaking}
    led = {statements.all[s.index + 1].block.table for s in speaking if s.index + 1 < len(statements)} - {None}
    periods = []
    for statement in statements.all:
        beside = statement.index in near or id(statement.block) in blocks
        if statement.block.table in led:  # of the table behind what names the notice only the row on its length
            beside = statements.says(statement, words["how-long"]) or statements.says(statement, words["improve"])
        asked_further = statement.answers and statements.is_about(statement, words["improve"])
        if not asked_further and not (beside and _same_place(statements, statement.index, speaking)):
            continue
        for length in durations(statement.text):
            weeks = _in_weeks(length)
            own = length.end > statement.own_offset or bool(statement.block.cells)  # none of the sentence before
            if own and weeks is not None and _is_period(statements, statement, length):
                written = statement.text[length.start : length.end]
                periods.append(Period(*weeks, written, statements.passage_led(statement)))
    mentioned = [statements.passage(s) for s in speaking if statements.says(s, words["improve"])]
    return NoticeToImprove(tuple(mentioned), tuple(periods))


@check("policy.notice-to-improve")
def explained_with_period(notice: NoticeToImprove, gaps: Gaps, context: Context) -> Outcome:
    """The notice to improve is explained, with a period inside three to six weeks."""
    least, most = figures(context.as_at).improve_weeks
    wrong = [period for period in notice.periods if period.least < least or period.most > most]
    if wrong:
        return failed(
            Fault(
                f"The policy gives a notice to improve {wrong[0].written}; it runs for {least} to {most} weeks.",
                None,
                tuple(period.passage for period in wrong),
            )
        )
    if notice.periods:
        return passed(
            "The notice to improve is explained, with its period.", [period.passage for period in notice.periods]
        )
    what = "give the period of a notice to improve" if notice.mentioned else "explain the notice to improve"
    if all(_announces(gaps, passage) for passage in notice.mentioned):
        waiting = could_stand_in_a_gap(gaps, [topic("penalties/notices")["improve-subject"]], f"does not {what}")
        if waiting is not None:
            return waiting
    fault = Fault(f"The policy does not {what} ({least} to {most} weeks).", None, notice.mentioned[:2])
    return with_gaps(failed(fault, searched="“notice to improve” beside a number of weeks or school days"), gaps)


def _announces(gaps: Gaps, passage: Passage) -> bool:
    """Whether a passage only announces what stands in a place that could not be read."""
    return any(place.passage.start < passage.end and passage.start < place.passage.end for place in gaps.places)


def _same_place(statements: Statements, index: int, speaking: Sequence[Statement]) -> bool:
    section = statements.all[index].block.section
    return any(other.block.section == section and other.index <= index for other in speaking)


def _is_denied(statements: Statements, statement: Statement) -> bool:
    """Whether a statement says that notices to improve are not, or no longer, sent, or speaks of one to a school."""
    matches = statements.matches(statement, topic("penalties/notices")["improve"])
    senses = {sense_of(statement, match) for match in matches}
    stopped = any(statements.says(statement, topic("penalties/notices")[name]) for name in ("stopped", "on-a-school"))
    return stopped or not senses.isdisjoint(NOT_NOW)


def _in_weeks(length: Duration) -> tuple[float, float] | None:
    if length.unit is Unit.WEEK:
        return length.low, length.high
    if length.unit is Unit.MONTH:
        return length.low * WEEKS_A_MONTH, length.high * WEEKS_A_MONTH
    if length.unit is Unit.DAY and length.high >= 2 * SCHOOL_DAYS:
        week = SCHOOL_DAYS if length.counted(Qualifier.SCHOOL) or length.high % DAYS else DAYS
        return length.low / week, length.high / week
    return None


def _is_period(statements: Statements, statement: Statement, length: Duration) -> bool:
    """Whether a length is that of the notice: no threshold ("10 sessions in 10 weeks"), time to pay, or next meeting."""
    text, words = statement.text, topic("penalties/notices")
    begins, ends = text.rfind(";", 0, length.start) + 1, text.find(";", length.end)
    beside = durations(text[begins : ends if ends > 0 else len(text)])
    if any(other.unit is Unit.SESSION for other in beside):
        return False
    around = text[max(begins, length.start - 60) : length.end + 30].lower()
    if any(word in around for word in ("£", "paid", " pay", "payment", "third", "rolling", "absence of", "sessions")):
        return False
    if _OF_THE_PAST.search(text[: length.start]):
        return False
    at = bisect_left(statement.words.starts, length.start)
    if at < len(statement.words) and sense_of(statement, Match(at, at)) in NOT_NOW:
        return False
    if is_unsaid_at(statement.words, length.start):
        return False
    meets = statements.says(statement, words["meets"])
    until_meeting = meets and _UNTIL_A_MEETING.search(text[: length.start]) is not None
    until_meeting = until_meeting and not _is_reviewed_then(statements, statement, length)
    return not until_meeting and (statements.says(statement, words["improve"]) or not meets)


def _is_reviewed_then(statements: Statements, statement: Statement, length: Duration) -> bool:
    """Whether the notice that has just been named is reviewed after it: "Notice to improve, reviewed after 4 weeks"."""
    named = statements.matches(statement, topic("penalties/notices")["improve"])
    after_it = any(statement.words.ends[match.end - 1] <= length.start for match in named)
    return after_it and _REVIEWED.search(statement.text[: length.start]) is not None
