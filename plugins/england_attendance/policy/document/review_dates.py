"""When the policy was reviewed, when it is to be reviewed next, and how often.

A careful reader looks at the labels of the front page, at the history of versions, and at sentences that say when *the
policy* is looked at again; how often a plan, a contract or the data is reviewed is another matter.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.context import Context
from checker.documents.model import Document
from checker.facts import PublishedFact, Stated, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.reading.fields import Field
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from checker.recognise.dates import PartialDate, dates
from checker.recognise.durations import Unit
from checker.recognise.intervals import Interval, intervals
from england_attendance.policy.document.approval import Approval
from england_attendance.policy.document.particulars import Particulars, asks_of_review, names_this_policy
from england_attendance.policy.document.version_history import latest_version
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import topic

A_MONTH = 31
DAYS_OF_A_MONTH = 30.5
EARLY = 0.75  # of the interval: a review that comes sooner does not fit it
FEWEST_MONTHS = 6  # of an interval that a label such as "Review" gives: what comes oftener is none of a policy
PAIR = 2  # cells of a label and its value
LONGEST_SENTENCE = 60
NEAR = 12
BEHIND_WORDS = 2  # behind a date: ", which is when it is next reviewed"
GONE_WITHIN = 20  # words between "last looked at" and its date
HEADING_WORDS = 1  # before a date with which a sentence begins
_SHORT_MONTH = re.compile(r"(?<![\d/.])(?P<month>0?[1-9]|1[0-2])/(?P<year>[2-4]\d)(?![\d/.])")
_AHEAD = frozenset(["next", "due", "again", "to", "will", "be"])
_LEADS_TO_REVIEW = re.compile(r"\b(?:(?:due|next|up) )*(?:for )?$")
_PARTS = ("|", "–", "•", "·", "/")
_PRONOUNS = frozenset(["it", "this"])


@dataclass(frozen=True, slots=True)
class Every:
    """How often the policy is reviewed.

    Attributes:
        months: The interval.
        at_most: Whether it is only the longest that may pass ("at least every two years", "or sooner").
    """

    months: int
    at_most: bool = False


@dataclass(frozen=True)
class Review:
    """When the policy was and is to be reviewed.

    Attributes:
        next: The next review, as far as stated.
        last: The last review, as far as stated; else the day of approval.
        every: How often it is reviewed: every interval that the policy states.
        issued: The day of issue or effect, where it is stated.
        coming: Every date that is given for the next review.
        said: Dates that sentences give for it where labels give one too.
        amended: Whether the last review is but the latest version, which may have changed no more than a name.
    """

    next: Stated[PartialDate] | None = None
    last: Stated[PartialDate] | None = None
    every: tuple[Stated[Every], ...] = ()
    issued: Stated[PartialDate] | None = None
    coming: tuple[Stated[PartialDate], ...] = ()
    said: tuple[Stated[PartialDate], ...] = ()
    amended: bool = False

    def published(self) -> Iterator[PublishedFact]:
        """Shows the dates and the interval."""
        value = {
            "next": self.next and self.next.value.iso,
            "last": self.last and self.last.value.iso,
            "interval_months": self.every[0].value.months if self.every else None,
        }
        stated = [self.next, self.last, *self.every[:1]]
        yield PublishedFact("review", value, tuple(passage for one in stated if one for passage in one.passages))


@dataclass(frozen=True)
class PolicyDate:
    """The policy's own date, where one is stated: that of its approval, else of its last review, else of its issue."""

    stated: Stated[PartialDate] | None = None

    def day(self, as_at: dt.date) -> dt.date:
        """Returns the last day that it can mean; without a date the day of the check."""
        return self.stated.value.last_day() if self.stated else as_at


@reader
def review_dates(document: Document, statements: Statements, particulars: Particulars, approval: Approval) -> Review:
    """Reads when the policy was and is to be reviewed, and how often."""
    found = _Found()
    _read_labels(particulars.fields, found)
    found.settle_doubtful()
    _read_sentences(statements, particulars.fields, found)
    looked_at = max(found.gone, key=_last_day, default=None)
    last = looked_at or latest_version(document)
    known = [_last_day(stated) for stated in (approval.on, last) if stated]
    coming = found.coming
    if len(coming) > 1 and known:
        coming = [stated for stated in coming if _last_day(stated) > max(known)] or coming
    return Review(
        max(coming, key=_last_day, default=None),
        last or approval.on,
        tuple(found.every),
        max(found.issued, key=_last_day, default=None),
        tuple(coming),
        tuple(found.said),
        looked_at is None,
    )


@reader
def policy_date(approval: Approval, review: Review) -> PolicyDate:
    """Returns the policy's own date."""
    return PolicyDate(approval.on or review.last or review.issued)


@check("policy.review-date")
def next_review_to_come(review: Review, approval: Approval, context: Context, gaps: Gaps) -> Outcome:
    """The next review is given, has not passed, and agrees with the interval that the policy states."""
    if review.next is None:
        nearest = review.every[0].passages if review.every else ()
        fault = Fault("The policy does not give the date of its next review.")
        place = () if nearest else (topic("document/review_dates")["place"],)
        waiting = could_stand_in_a_gap(gaps, place, "does not give the date of its next review")
        return waiting or with_gaps(
            failed(fault, searched="“next review”, “review date”, “review due” and the like", nearest=nearest), gaps
        )
    faults = []
    if review.next.value.passed(context.as_at):
        faults.append(Fault(f"The review date, {review.next.value.in_words}, has passed.", None, review.next.passages))
    faults += _disagreements(review, approval)
    if faults:
        return failed(*faults)
    return passed(f"The next review is due: {review.next.value.in_words}.", review.next.passages)


def _disagreements(review: Review, approval: Approval) -> Iterator[Fault]:
    """Yields how the next review disagrees with an interval from the last approval or review."""
    since = [stated for stated in (approval.on, review.last) if stated]
    if not since or review.next is None:
        return
    last, due = max(since, key=_last_day), review.next.value
    starts = since if review.amended else [last]
    for every in review.every:
        how = {_how_it_differs(due, _last_day(start), every.value) for start in starts}
        if None not in how:
            yield Fault(
                f"The next review ({due.in_words}) is {_how_it_differs(due, _last_day(last), every.value)} the policy's "
                f"own interval says: every {every.value.months} months, and the last approval or review was "
                f"{last.value.in_words}.",
                None,
                (*review.next.passages, *every.passages),
            )
            return


def _how_it_differs(due: PartialDate, start: dt.date, every: Every) -> str | None:
    """Returns how a next review differs from an interval since a day; ``None`` where it fits."""
    days = every.months * DAYS_OF_A_MONTH
    if (due.first_day() - start).days - A_MONTH > days:
        return "later than"
    early = (due.last_day() - start).days + A_MONTH < days * EARLY
    return "earlier than" if early and not every.at_most else None


def _last_day(stated: Stated[PartialDate]) -> dt.date:
    return stated.value.last_day()


class _Found:
    """What was found so far, by what it is."""

    def __init__(self) -> None:
        self.coming: list[Stated[PartialDate]] = []
        self.doubtful: list[Stated[PartialDate]] = []
        self.said: list[Stated[PartialDate]] = []
        self.gone: list[Stated[PartialDate]] = []
        self.issued: list[Stated[PartialDate]] = []
        self.every: list[Stated[Every]] = []

    def settle_doubtful(self) -> None:
        """Takes "Date of review: Spring 2025" for the last review where a later one is given as the next, else for that."""
        latest = max(map(_last_day, self.coming), default=None)
        for stated in self.doubtful:
            (self.gone if latest and _last_day(stated) < latest else self.coming).append(stated)

    def add_interval(
        self, text: str, passage: Passage, *, within: tuple[int, int] | None = None, near: int = 0, fewest: int = 1
    ) -> bool:
        """Adds the interval of a text that can be that of a policy's review and is nearest to a place; says whether there is one."""
        for interval in sorted(intervals(text), key=lambda one: abs(one.start - near)):
            months = _months(interval)
            if months and months >= fewest and (within is None or within[0] <= interval.start <= within[1]):
                at_most = topic("document/review_dates")["floor"].first(cut(text).forms) is not None
                self.every.append(Stated(Every(months, at_most), (passage,)))
                return True
        return False


def _read_labels(fields: Sequence[Field], found: _Found) -> None:
    words = topic("document/review_dates")
    for field in _without_earlier_versions([field for field in fields if asks_of_review(field.label)]):
        label = cut(field.label).forms
        when = _dates_of(field.value)
        if when:
            _sort_dates(field, label, when, found)
        elif words["how-often"].first(label) is not None:
            fewest = 1 if words["review-interval"].first(label) is not None else FEWEST_MONTHS
            if fewest > 1 and len(field.block.cells) > PAIR:
                continue  # the column of a table of what is looked at how often, by whom
            for value in (field.value, f"every {field.value}"):
                if found.add_interval(value, field.passage, fewest=fewest):
                    break


def _without_earlier_versions(fields: Sequence[Field]) -> Iterator[Field]:
    """Yields the labels; of one that heads a column of a table, as in a history of versions, that with the latest date."""
    latest: dict[tuple[int | None, str], dt.date] = {}
    for field in fields:
        for when in _dates_of(field.value) if field.block.table is not None else ():
            key = field.block.table, field.label
            latest[key] = max(latest.get(key, when.last_day()), when.last_day())
    for field in fields:
        ends = [when.last_day() for when in _dates_of(field.value)]
        if not ends or max(ends) >= latest.get((field.block.table, field.label), max(ends)):
            yield field


def _dates_of(value: str) -> list[PartialDate]:
    """Returns the dates of a value; "09/27" alone is a month there."""
    short = _SHORT_MONTH.search(value)
    given = dates(value, years=True)
    # what a line of several goes on with is another's: "September 2027 Approved by governors (22.9.26)"
    approves = topic("document/approval")["approval-word"]
    found = [date.value for date in given if approves.first(cut(value[given[0].end : date.start]).forms) is None]
    return found or ([PartialDate(2000 + int(short["year"]), int(short["month"]))] if short else [])


def _sort_dates(field: Field, label: tuple[str, ...], when: list[PartialDate], found: _Found) -> None:
    """Puts the date of a labelled value where it belongs."""
    words = topic("document/review_dates")
    stated = Stated(when[-1], (field.passage,))
    looks_back = words["last-label"].first(label) is not None and _AHEAD.isdisjoint(label)
    if looks_back and words["coming"].first(cut(field.value).forms) is None:
        found.gone.append(stated)
    elif words["ambiguous-label"].first(label) == (0, len(label)):
        found.doubtful.append(stated)
    elif words["next-label"].first(label) is not None or words["ambiguous-label"].first(label) is not None:
        found.coming.append(stated)
    elif words["last-label"].first(label) is not None:
        found.gone.append(Stated(when[0], (field.passage,)))
    else:
        found.issued.append(stated)


def _read_sentences(statements: Statements, fields: Sequence[Field], found: _Found) -> None:
    """Reads the sentences that say when, or how often, the policy itself is reviewed; labels were read before."""
    words = topic("document/review_dates")
    labels = {field.passage.start for field in fields if field.value and asks_of_review(field.label)}
    values = [(field.passage.start, field.passage.end) for field in fields if field.passage.start in labels]
    labelled = bool(found.coming), bool(found.gone)
    for statement in statements.having(words["review-word"]):
        if statement.row or len(statement.own.split()) > LONGEST_SENTENCE or not _of_policy(statements, statement):
            continue
        passage = statements.passage(statement)
        if passage.start in labels:
            continue
        if "|" not in statement.own:
            within = _around_review(statements, statement)
            found.add_interval(statement.own, passage, within=within, near=_policy_at(statements, statement))
        if not any(start <= passage.start < end for start, end in values):
            _dates_in(statement, passage, found, labelled)


def _of_policy(statements: Statements, statement: Statement) -> bool:
    """Whether it is the policy that a sentence speaks of reviewing: nearer to the word than anything else is."""
    words = topic("document/review_dates")
    reviews = _reviews(statements, statement)
    others = statements.matches(statement, words["object-otherwise"])
    again = statements.matches(statement, words["it-again"]) if _goes_on_from_it(statements, statement) else ()
    things = (
        *names_this_policy(statements, statement, words["policy"]),
        *(
            place
            for place in names_this_policy(statements, statement, words["policy-by-pronoun"])
            if not any(statement.own_from <= other.start < place.start for other in others)
            and not _goes_on_from_another(statements, statement)
        ),
        *again,
    )
    if not things:
        others += statements.matches(statement, topic("document/particulars")["other-policy"])
    for review in reviews:
        near = min((abs(thing.start - review.start) for thing in things), default=NEAR + 1)
        if near <= NEAR and near <= min((abs(other.start - review.start) for other in others), default=NEAR + 1):
            return True
    first = statement.words.forms[statement.own_from : statement.own_from + 2]
    heads = (
        any(review.start - statement.own_from <= 2 or _is_parted_off(statement, review) for review in reviews)
        or not (_PRONOUNS.isdisjoint(first) or _goes_on_from_another(statements, statement))
        or statements.says(statement, words["review-due"])
    )
    long = any((_months(interval) or 0) >= FEWEST_MONTHS for interval in intervals(statement.own))
    return bool(reviews) and heads and not others and (long or bool(dates(statement.own)))


def _goes_on_from_another(statements: Statements, statement: Statement) -> bool:
    """Whether the sentence before tells of something else that is reviewed: "Each has a plan. It is reviewed monthly"."""
    words, before = topic("document/review_dates"), statements.all[max(0, statement.index - 1)]
    another = before.block is statement.block and statements.says(before, words["another-thing"])
    return another and not statements.says(before, words["policy"])


def _goes_on_from_it(statements: Statements, statement: Statement) -> bool:
    """Whether the sentence before is on this policy: "So this is our policy. Governors will look at it again in May"."""
    words, before = topic("document/review_dates"), statements.all[max(0, statement.index - 1)]
    named = before.block is statement.block and names_this_policy(statements, before, words["policy"])
    return bool(named) and not statements.says(statement, words["another-approved"])


def _is_parted_off(statement: Statement, review: Match) -> bool:
    """Whether a part of a line begins with it: "Approved May 2026 | Review May 2027"."""
    return _LEADS_TO_REVIEW.sub("", statement.text[: statement.words.starts[review.start]]).rstrip().endswith(_PARTS)


def _reviews(statements: Statements, statement: Statement) -> list[Match]:
    places = statements.matches(statement, topic("document/review_dates")["review-word"])
    own = (match for match in places if match.start >= statement.said_from)
    forms = statement.words.forms  # "not reviewed later than March" is a promise
    return [one for one in own if "later" in forms[one.end :][:1] or sense_of(statement, one) is not Sense.DENIED]


def _policy_at(statements: Statements, statement: Statement) -> int:
    """Returns where a sentence names this policy in its own words; their beginning where it does not."""
    named = names_this_policy(statements, statement, topic("document/review_dates")["policy"])
    own = [place.start for place in named if place.start >= statement.own_from]
    return statement.words.starts[own[0]] - statement.own_offset if own else 0


def _around_review(statements: Statements, statement: Statement) -> tuple[int, int]:
    """Returns the stretch of a sentence's own words in which an interval is that of the review."""
    reviews, words = _reviews(statements, statement), statement.words
    first = max(statement.own_from, min(match.start for match in reviews) - NEAR)
    last = min(len(words) - 1, max(match.end for match in reviews) + NEAR)
    offset = statement.own_offset
    return words.starts[first] - offset, words.ends[last] - offset


def _dates_in(statement: Statement, passage: Passage, found: _Found, labelled: tuple[bool, bool]) -> None:
    """Sorts the dates of a sentence by the words before each: those that look ahead, and those that look back."""
    words, approves = topic("document/review_dates"), topic("document/approval")["approval-word"]
    start = 0
    for date in dates(statement.own):
        before = cut(statement.own[start : date.start]).forms
        if statement.answers and not start:
            before = statement.words.forms[: statement.own_from] + before
        if not start and len(before) <= HEADING_WORDS:  # "In May 2027 governors will review this policy."
            before += cut(statement.own[date.end :]).forms[:NEAR]
        behind = cut(statement.own[date.end :]).forms[:NEAR]
        told_behind = (words["coming-behind"].first(behind) or (NEAR, 0))[0] <= BEHIND_WORDS
        start = date.end
        stated = Stated(date.value, (passage,))
        if approves.first(before) is not None and words["review-word"].first(before) is None:
            continue
        ahead = words["coming"].first(before) is not None and words["gone"].first(before[-GONE_WITHIN:]) is None
        ahead = ahead or told_behind or words["ambiguous-label"].first(before) == (0, len(before))
        if ahead:
            (found.said if labelled[0] else found.coming).append(stated)
        elif not labelled[1] and words["review-word"].first(before) is not None:
            found.gone.append(stated)


def _months(interval: Interval) -> int | None:
    """Returns an interval in months; what comes oftener than each month is no review of a policy."""
    if interval.unit is Unit.WEEK or interval.months is None:
        return None
    return round(interval.months) or None
