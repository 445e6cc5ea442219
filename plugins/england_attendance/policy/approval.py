"""Who approved the policy and when, and when it is to be reviewed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from checker.context import Context
from checker.documents.model import Block, BlockKind, Document
from checker.facts import PublishedFact, Stated, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.reading.fields import Field, read_fields
from checker.reading.statements import Statement, Statements
from checker.reading.words import cut
from checker.recognise.dates import Date, PartialDate, dates
from checker.recognise.intervals import Interval, intervals
from checker.recognise.placeholders import placeholders
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import with_gaps
from england_attendance.policy.vocabulary import topic

A_MONTH = 31
EARLY = 0.75


@dataclass(frozen=True)
class Approval:
    """Who approved, ratified or adopted the policy, and when; the two may stand apart.

    Attributes:
        by: The approver.
        on: The day, as far as stated.
        draft: Where the document calls itself a draft.
        asked: Labels that ask for an approver or a day of approval, and are left blank.
    """

    by: Stated[str] | None = None
    on: Stated[PartialDate] | None = None
    draft: Passage | None = None
    asked: tuple[Passage, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows approver and day."""
        value = {"by": self.by and self.by.value, "on": self.on and self.on.value.iso}
        passages = [passage for stated in (self.by, self.on) if stated for passage in stated.passages]
        yield PublishedFact("approval", value, tuple(dict.fromkeys(passages)))


@dataclass(frozen=True)
class Review:
    """When the policy was and is to be reviewed.

    Attributes:
        next: The next review, as far as stated.
        last: The last review, as far as stated.
        interval_months: How often it is reviewed, in months.
        at_least: Whether the interval is only the longest that may pass.
        issued: The day of issue or effect, where it is stated.
        coming: Every date that is given for the next review.
    """

    next: Stated[PartialDate] | None = None
    last: Stated[PartialDate] | None = None
    interval_months: Stated[int] | None = None
    at_least: bool = False
    issued: Stated[PartialDate] | None = None
    coming: tuple[Stated[PartialDate], ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows the dates and the interval."""
        value = {
            "next": self.next and self.next.value.iso,
            "last": self.last and self.last.value.iso,
            "interval_months": self.interval_months and self.interval_months.value,
        }
        stated = [self.next, self.last, self.interval_months]
        yield PublishedFact("review", value, tuple(passage for one in stated if one for passage in one.passages))


@reader
def approval(document: Document, statements: Statements) -> Approval:
    """Reads who approved the policy and when."""
    labelled = _labelled_approval(document)
    said = _said_approval(statements)
    return replace(labelled, by=labelled.by or said.by, on=labelled.on or said.on, draft=_draft(document))


@reader
def review_dates(document: Document, statements: Statements, approval: Approval) -> Review:
    """Reads when the policy was and is to be reviewed, and how often."""
    words = topic("approval")
    coming, last, issued = _labelled_reviews(document, approval)
    next_ = max(coming, key=lambda stated: stated.value.last_day(), default=None)
    interval, floor = _interval(document, statements)
    for statement in statements.having(words["review-word"]):
        found = dates(statement.own)
        if not found or len(statement.own.split()) > 40:
            continue
        stated = Stated(found[-1].value, (statements.passage(statement),))
        if next_ is None and words["next-review"].first(statement.words.forms) and not statement.row:
            next_ = stated
        elif last is None and words["last-review"].first(statement.words.forms) and not statement.row:
            last = stated
    return Review(next_, last, interval, floor, issued, coming)


@check("policy.approval")
def approver_and_day(approval: Approval, gaps: Gaps) -> Outcome:
    """The policy says who approved it, and when."""
    if approval.by and approval.on:
        draft = "the document still calls itself a draft" if approval.draft else None
        by, on = approval.by, approval.on
        return passed(f"Approved by {by.value}, {on.value.iso}.", [*by.passages, *on.passages]).noting(draft)
    missing = [
        what for stated, what in ((approval.by, "who approved it"), (approval.on, "when it was approved")) if not stated
    ]
    given = [passage for stated in (approval.by, approval.on) if stated for passage in stated.passages]
    fault = Fault(f"The policy does not say {' nor '.join(missing)}.", None, approval.asked)
    searched = "“approved by”, “ratified”, “adopted” and the like, on the front page and in sentences"
    return with_gaps(failed(fault, searched=searched, nearest=given), gaps)


@check("policy.review-date")
def next_review_to_come(review: Review, approval: Approval, context: Context, gaps: Gaps) -> Outcome:
    """The next review is given, has not passed, and agrees with the interval that the policy states."""
    if review.next is None:
        nearest = review.interval_months.passages if review.interval_months else ()
        fault = Fault("The policy does not give the date of its next review.")
        return with_gaps(
            failed(fault, searched="“next review”, “review date”, “review due” and the like", nearest=nearest), gaps
        )
    faults = []
    if review.next.value.passed(context.as_at):
        faults.append(Fault(f"The review date {review.next.value.iso} has passed.", None, review.next.passages))
    disagreement = _disagreement(review, approval)
    if disagreement:
        passages = (*review.next.passages, *(review.interval_months.passages if review.interval_months else ()))
        faults.append(Fault(disagreement, None, passages))
    if faults:
        return failed(*faults)
    return passed(f"The next review is due {review.next.value.iso}.", review.next.passages)


def _disagreement(review: Review, approval: Approval) -> str | None:
    """Says how the next review disagrees with the interval, counted from the last approval or review."""
    since = [stated.value.last_day() for stated in (approval.on, review.last) if stated]
    if not since or review.interval_months is None or not review.interval_months.value or review.next is None:
        return None
    start, months = max(since), review.interval_months.value
    latest = (review.next.value.first_day() - start).days - A_MONTH
    if latest > months * 30.5:
        return (
            f"The next review ({review.next.value.iso}) is later than every {months} months after {start.isoformat()}."
        )
    earliest = (review.next.value.last_day() - start).days + A_MONTH
    if not review.at_least and earliest < months * 30.5 * EARLY:
        return f"The next review ({review.next.value.iso}) does not fit a review every {months} months after {start.isoformat()}."
    return None


def _labelled_approval(document: Document) -> Approval:
    words = topic("approval")
    by: Stated[str] | None = None
    on: list[Stated[PartialDate]] = []
    blank: list[Passage] = []
    previous: Field | None = None
    for field in read_fields(document, _is_approval_label):
        label = cut(field.label).forms
        when, rest = _date_and_rest(field.value)
        after_approver = previous is not None and words["date-alone"].first(label) == (0, len(label))
        previous = field if words["approved"].first(label) or words["signed"].first(label) else None
        if not (words["approved"].first(label) or after_approver or words["approved-by"].first(label)):
            continue
        if when is not None:
            on.append(Stated(when.value, (field.passage,)))
        names_body = words["body"].first(label) is not None and not words["approved-by"].first(label)
        who = rest if words["approved-by"].first(label) or (rest and words["body"].first(cut(rest).forms)) else ""
        who = who or (field.label if names_body and when is not None else "")
        if who and by is None and _is_filled(who):
            by = Stated(who, (field.passage,))
        if not _is_filled(field.value):
            blank.append(field.passage)
    latest = max(on, key=lambda stated: stated.value.last_day(), default=None)
    return Approval(by, latest, None, () if by and latest else tuple(blank))


def _is_approval_label(label: str) -> bool:
    words, forms = topic("approval"), cut(label).forms
    if not forms or len(forms) > 8 or words["not-approval"].first(forms):
        return False
    names = ("approved-by", "approved-on", "approved", "date-alone", "signed")
    return any(
        (place := words[name].first(forms)) is not None and len(forms) - (place[1] - place[0]) <= 4 for name in names
    )


def _said_approval(statements: Statements) -> Approval:
    words = topic("approval")
    by: Stated[str] | None = None
    on: Stated[PartialDate] | None = None
    for statement in statements.having(words["approves-policy"], words["policy-approved"]):
        if statement.row or statements.says(statement, words["not-sentence"]) or len(statement.own.split()) > 45:
            continue
        passage = statements.passage(statement)
        body = _body_in(statements, statement)
        found = dates(statement.own)
        if body and by is None:
            by = Stated(body, (passage,))
        if found and on is None and body:
            on = Stated(found[0].value, (passage,))
    return Approval(by, on)


def _body_in(statements: Statements, statement: Statement) -> str | None:
    """Returns the words for the approver in a sentence: from "the" or "by" to the last word that names a body."""
    words = topic("approval")
    places = [match for match in statements.matches(statement, words["body"]) if match.start >= statement.own_from]
    if not places:
        return None
    forms, starts, ends = statement.words.forms, statement.words.starts, statement.words.ends
    first = places[0].start
    while (
        first > statement.own_from
        and forms[first - 1] not in {"by", "the", "our", "at", "with", "a"}
        and first > places[0].start - 4
    ):
        first -= 1
    last = max(match.end for match in places if match.start <= places[0].start + 4)
    return statement.text[starts[first] : ends[last - 1]]


def _labelled_reviews(
    document: Document, approval: Approval
) -> tuple[tuple[Stated[PartialDate], ...], Stated[PartialDate] | None, Stated[PartialDate] | None]:
    words = topic("approval")
    coming: list[Stated[PartialDate]] = []
    done: list[Stated[PartialDate]] = []
    issued: list[Stated[PartialDate]] = []
    for field in read_fields(document, _is_review_label):
        label = cut(field.label).forms
        when, _ = _date_and_rest(field.value)
        if when is None:
            continue
        stated = Stated(when.value, (field.passage,))
        if words["last-review"].first(label) and "next" not in label and "due" not in label:
            done.append(stated)
        elif words["next-review"].first(label):
            coming.append(stated)
        else:
            issued.append(stated)
    known = [stated.value.last_day() for stated in (approval.on, *done) if stated]
    if len(coming) > 1 and known:
        coming = [stated for stated in coming if stated.value.last_day() > max(known)] or coming
    return (
        tuple(coming),
        max(done, key=lambda stated: stated.value.last_day(), default=None),
        max(issued, key=lambda stated: stated.value.last_day(), default=None),
    )


def _is_review_label(label: str) -> bool:
    words, forms = topic("approval"), cut(label).forms
    if not forms or len(forms) > 8 or "meeting" in forms:
        return False
    names = ("next-review", "last-review", "issue-date")
    return any(
        (place := words[name].first(forms)) is not None and len(forms) - (place[1] - place[0]) <= 4 for name in names
    )


def _interval(document: Document, statements: Statements) -> tuple[Stated[int] | None, bool]:
    words = topic("approval")
    for field in read_fields(document, lambda label: words["review-interval"].first(cut(label).forms) is not None):
        found = intervals(field.value)
        if found:
            floor = words["floor"].first(cut(field.value).forms) is not None
            return Stated(_months(found[0]), (field.passage,)), floor
    for statement in statements.having(words["review-word"], words["policy-approved"]):
        found = intervals(statement.own)
        if found and not statement.row and len(statement.own.split()) <= 60:
            return Stated(_months(found[0]), (statements.passage(statement),)), statements.says(
                statement, words["floor"]
            )
    return None, False


def _months(interval: Interval) -> int | None:
    return round(interval.months) if interval.months else None


def _date_and_rest(value: str) -> tuple[Date | None, str]:
    """Returns the last date in a value, and the value without its dates."""
    found = dates(value, years=True)
    rest = value
    for date in reversed(found):
        rest = rest[: date.start] + rest[date.end :]
    return (found[-1] if found else None), rest.strip(" ,–-:()/;on")


def _is_filled(value: str) -> bool:
    return bool(value.strip(" _.…-–:")) and not placeholders(value)


def _draft(document: Document) -> Passage | None:
    for block in _front(document):
        place = topic("approval")["draft"].first(cut(block.text).forms)
        if place is not None and len(block.text.split()) <= 10:
            return document.passage(block.reading.start, block.reading.end)
    return None


def _front(document: Document) -> Iterable[Block]:
    return [block for block in document.blocks if block.kind is not BlockKind.CONTENTS][:25]


@dataclass(frozen=True)
class PolicyDate:
    """The policy's own date: that of its approval, else of its last review, else of its issue.

    Attributes:
        stated: The date, where one is stated.
    """

    stated: Stated[PartialDate] | None = None

    def day(self, as_at: dt.date) -> dt.date:
        """Returns the last day that it can mean; without a date the day of the check."""
        return self.stated.value.last_day() if self.stated else as_at


@reader
def policy_date(approval: Approval, review: Review) -> PolicyDate:
    """Returns the policy's own date."""
    return PolicyDate(approval.on or review.last or review.issued)
