"""What Kent asks a policy to say of notices to improve and penalty notices.

The national pack has read these matters already: a local pack asks its facts and adds what is the authority's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checker.context import Context
from checker.facts import check, reader
from checker.findings import Fault, Outcome, Passage, Verdict, failed, not_applicable, passed, review
from checker.reading.gaps import Gaps, only_in_what_was_read, with_gaps
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Match
from checker.reading.statements import Statements
from england_attendance.policy.penalties.notice_to_improve import NoticeToImprove, explained_with_period
from england_attendance.policy.penalties.notices import PenaltyNotices, framework_explained
from kent_attendance.vocabulary import actors, words

WEEKS = 4  # 20 school days
SCHOOL = "school"
WORDS_BETWEEN = 5  # between issuing and the notice that is issued
COMMITTING = {Sense.AFFIRMED, Sense.PERMITTED, Sense.WEAKENED}


@dataclass(frozen=True)
class Issuers:
    """Who is said to issue penalty notices.

    Attributes:
        school: Where it is the school, its head or its governors.
        mentioned: Where penalty notices are spoken of at all.
    """

    school: tuple[Passage, ...]
    mentioned: tuple[Passage, ...]


@reader
def issuers(statements: Statements) -> Issuers:
    """Reads who issues penalty notices. Where nobody is named, nobody is meant."""
    notice, issues, request, council = (words()[name] for name in ("notice", "issues", "request", "council"))
    mentioned = tuple(statements.passage(statement) for statement in statements.having(notice))
    by_school = [
        statement
        for statement in statements.having(notice, issues)
        if not statements.says(statement, request)
        and any(
            _near(match, statements.matches(statement, notice))
            and sense_of(statement, match) in COMMITTING
            and actors().of(statements, statement, match) == SCHOOL
            and not any(other.end <= match.start for other in statements.matches(statement, council))
            for match in statements.matches(statement, issues)
        )
    ]
    return Issuers(tuple(statements.passage(statement) for statement in by_school), mentioned)


def _near(match: Match, others: Iterable[Match]) -> bool:
    return any(max(other.start - match.end, match.start - other.end) <= WORDS_BETWEEN for other in others)


@check("policy.kent.notice-to-improve")
def twenty_school_days(notice: NoticeToImprove, gaps: Gaps, context: Context) -> Outcome:
    """The notice to improve runs for 20 school days."""
    other = [period.passage for period in notice.periods if not period.least == period.most == WEEKS]
    if other:
        message = "In Kent a notice to improve runs for 20 school days; the policy gives another period."
        return failed(Fault(message, None, tuple(other)))
    if notice.periods:
        passages = [period.passage for period in notice.periods]
        return passed("The notice to improve runs for 20 school days, as Kent sets it.", passages)
    national = explained_with_period(notice, gaps, context)
    if national.verdict is Verdict.REVIEW:
        return review(national.message, national.evidence, searched=national.searched)
    fault = Fault(
        "The policy does not say that a notice to improve runs for 20 school days.", None, notice.mentioned[:2]
    )
    return with_gaps(failed(fault, searched="“notice to improve” beside a number of school days or weeks"), gaps)


@check("policy.kent.framework")
def explained_before_kent_issues(notices: PenaltyNotices, gaps: Gaps, context: Context) -> Outcome:
    """The National Framework is explained: Kent issues no notice for a school whose policy does not do it."""
    national = framework_explained(notices, gaps, context)
    if national.verdict is Verdict.PASS:
        return passed("The policy explains the National Framework, as Kent asks.", national.evidence)
    if national.verdict is Verdict.REVIEW:
        return review(national.message, national.evidence, searched=national.searched)
    message = (
        f"Kent issues no penalty notice for a school whose policy does not explain the framework. {national.message}"
    )
    return failed(Fault(message, None, national.evidence), searched=national.searched)


@check("policy.kent.issuer")
def only_the_council_issues(issuers: Issuers, gaps: Gaps) -> Outcome:
    """Nobody but the council is said to issue penalty notices."""
    if issuers.school:
        message = "In Kent only the county council issues penalty notices; the policy says that the school does."
        return failed(Fault(message, None, issuers.school))
    if not issuers.mentioned:
        return only_in_what_was_read(not_applicable("The policy does not speak of penalty notices."), gaps)
    met = passed("The policy does not say that the school issues penalty notices.", issuers.mentioned[:2])
    return only_in_what_was_read(met, gaps)
