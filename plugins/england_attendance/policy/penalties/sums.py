"""The sums that a policy makes the price of a penalty notice for absence, each with its days.

Court fines, notices for an excluded pupil in a public place, worked examples and what the sum used to be are something
else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checker.findings import Passage
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.values import is_unsaid_at
from checker.reading.words import cut
from checker.recognise.money import Money, money
from checker.recognise.numbers import numbers
from england_attendance.policy.penalties.amounts import all_sums
from england_attendance.policy.penalties.cells import Unit, units
from england_attendance.policy.penalties.days import Days, lengths_of
from england_attendance.policy.penalties.stages import Stage, Stages
from england_attendance.policy.vocabulary import topic

LARGEST_NOTICE = 250
WITHIN_PAST = 40  # characters
SHORT = 5  # words
BACK = 3
BELOW_TABLE = 40
JOINS = frozenset({"and", "or", "/"})
_WITHDRAWN = re.compile(  # "the £80 option is removed"
    r" (?:early |lower |reduced |payment )*(?:option|rate|offer|discount|amount|sum|charge|price)? ?"
    r"(?:is|has been|has|will be|will|does|do|can) ?(?:(?:then|now|also) )?(?:be )?"
    r"(?:removed|withdrawn|lost|gone|unavailable|no longer|not|never|taken away)\b"
)
_AFTER = re.compile(r"\b(?:after|beyond|unpaid|not (?:been )?paid)\b", re.IGNORECASE)
_STOP = re.compile(r"[.?!:] ")
_NOT_THEN = re.compile(  # "before the end of 21 days", "if your last one was less than three years ago, …"
    r"\bbefore (?:the )?(?:end of |close of |day )?(?:the )?(?:day )?\d{2}\w*|\b(?:if|when|where|should) [^,.;£]*, "
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum that a policy makes the price of a penalty notice for absence.

    Attributes:
        pounds: The sum.
        days: The days within which it is to be paid, where they are given.
        stage: Which notice it is the price of.
        passage: Where it stands.
    """

    pounds: int
    days: int | None
    stage: Stage
    passage: Passage


def sums_of(statements: Statements, stages: Stages, about: Sequence[Statement]) -> tuple[Amount, ...]:
    """Returns the prices of a notice for absence that the statements about notices give."""
    return tuple(amount for unit in units(statements, about) for amount in _amounts(statements, stages, unit))


def _amounts(statements: Statements, stages: Stages, unit: Unit) -> Iterator[Amount]:
    words, text, statement = topic("penalties/notices"), unit.text, unit.statement
    sums = _sums(text)
    if not sums or not _is_on_notices(statements, stages, statement) or _is_excluded(statements, statement):
        return
    cut_words = cut(text)
    if words["court"].first(cut_words.forms) and all((one.pounds or 0) > LARGEST_NOTICE for one in sums):
        return
    since = statement.own_offset if statement.follows_on else 0  # the sums before it were read where they stand
    present = _without_past(text, [one for one in sums if one.start >= since])
    given = _given_days(text, sums, present, since, _days_before(statements, statement))
    for place, one in enumerate(present):
        pounds = one.pounds or 0
        until = present[place + 1].start if place + 1 < len(present) else None
        stage = stages.of_place(statement, text, one.start, until)
        too_much = pounds > LARGEST_NOTICE and stage is not Stage.SECOND
        if too_much or _is_example(text, one) or _WITHDRAWN.match(text, one.end):
            continue
        # "They were £60. They are now £80": what is past in the sentence before is none of this one's
        said = (cut(text[since:]), one.start - since) if since and one.start >= since else (cut_words, one.start)
        if is_unsaid_at(*said) or (stage is Stage.BEYOND and words["in-its-stead"].first(cut_words.forms)):
            continue
        days = given[place] or _days_behind(
            statements, stages, stage, statement, alone=len({one.amount for one in present}) == 1
        )
        yield Amount(pounds, days, stage, unit.passage)


def _is_on_notices(statements: Statements, stages: Stages, statement: Statement) -> bool:
    """Whether sums are those of notices: their section speaks of notices, and something names the price or a stage."""
    words = topic("penalties/notices")
    headed = [heading.forms for heading in statements.headings(statement)[-1:]]

    def named(name: str) -> bool:
        return statements.says(statement, words[name]) or any(words[name].first(forms) for forms in headed)

    speaking = statements.find(words["notices"])
    near = any(other.index in speaking for other in statements.in_section(statement.block.section))
    if not (near or statements.is_about(statement, words["notices"]) or any(map(words["ordinal"].first, headed))):
        return False
    return named("penalty") or named("price") or stages.of(statement) is not None


def _given_days(text: str, sums: list[Money], present: list[Money], since: int, days_before: int) -> list[int | None]:
    """Returns for each sum the days within which its own text has it paid."""
    lengths, over = lengths_of(text, days_before)
    if since and (sums[0].start < since or any(one.start >= since for one in lengths)):
        lengths = [one for one in lengths if one.start >= since]
    given = [_days_of(present, place, lengths) for place in range(len(present))]
    for place, one in enumerate(present[1:], 1):  # "£80, rising to £160 if not paid within 21 days"
        ended = next((length.days for length in over if one.end <= length.start), None)
        given[place - 1] = given[place - 1] or ended
    later = [length.days for length in lengths if length.start > sums[-1].end and length.days not in given]
    if later and given.count(None) == 1:  # "£160, or £80 within 21 days; otherwise the full sum is due by day 28"
        given[given.index(None)] = later[-1]
    return given


def _days_before(statements: Statements, statement: Statement) -> int:
    """Returns the days that the sentence before gives, on top of which "a further seven days" come; 0 for none."""
    before = statements.all[statement.index - 1] if statement.index else statement
    if before is statement or before.reading is not statement.reading:
        return 0
    within, over = lengths_of(before.own)
    return max((length.days for length in (*within, *over)), default=0)


def _days_behind(
    statements: Statements, stages: Stages, amount: Stage, statement: Statement, *, alone: bool
) -> int | None:
    """Returns the days that a later sentence gives: "The full sum is due within 28 days", "You have 21 days to pay it".

    Args:
        statements: All statements.
        stages: Their stages.
        amount: Which notice the sum is the price of.
        statement: Where it stands.
        alone: Whether no other sum stands there.
    """
    words, block = topic("penalties/notices"), statement.block
    following = [
        later
        for later in statements.all[statement.index + 1 : statement.index + 1 + BELOW_TABLE]
        if later.block.section == block.section and not (block.cells and later.block.table == block.table)
    ]

    def lengths(later: Statement) -> list[int]:
        within, over = lengths_of(later.own)
        return [length.days for length in within or over]

    for place, later in enumerate(following[: 2 * BACK]):
        if stages.of(later) not in {None, amount}:
            continue
        names = ["first-charge", *(() if block.cells else ("time-to-pay",))]
        said_of_it = any(statements.says(later, words[name]) for name in names) and not money(later.own)
        if later.block is block and not said_of_it:
            of_paying = statements.says(later, words["is-paid"]) or len(later.own.split()) <= SHORT
            lower = money(later.own) or statements.says(later, words["reduced"])
            next_one = alone and not place and of_paying and not lower
            to_court = statements.says(later, words["court"]) and _AFTER.search(later.own) and not money(later.own)
            near = place < BACK and (to_court or statements.says(later, words["full-sum"]))
            said_of_it = next_one or near
        if said_of_it and (found := lengths(later)):
            return max(found)
    return None


def _sums(text: str) -> list[Money]:
    """Returns the sums in whole pounds; beside one with its pounds, a notice's sum in words may stand without them."""
    found = [one for one in money(text) if one.pounds is not None]
    bare = [
        Money(one.start, one.end, Decimal(one.value))
        for one in (numbers(text) if found else ())
        if one.value in all_sums() and text[one.start].isalpha() and not one.ordinal
    ]
    apart = [one for one in bare if all(one.end <= other.start or other.end <= one.start for other in found)]
    return sorted([*found, *apart], key=lambda one: one.start)


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


def _days_of(sums: list[Money], place: int, lengths: list[Days]) -> int | None:
    """Returns the days that go with a sum: those after it, or those before it where the sentence begins with days."""
    start = sums[place - 1].end if place else 0
    end = sums[place + 1].start if place + 1 < len(sums) else 1 << 30
    ahead = [length for length in lengths if start <= length.start and length.end <= sums[place].start]
    behind = [length for length in lengths if sums[place].end <= length.start and length.end <= end]
    days_first = bool(lengths) and lengths[0].start < sums[0].start
    # "£80 inside 21 days; from then to the 28th it is £160": the first days are those of the sum before.
    chosen = (ahead or behind) if days_first else (behind or ahead[min(place, 1) :])
    if not chosen:
        return None
    return max(length.days for length in chosen) if days_first else chosen[0].days


def _is_past(text: str, one: Money, sums: list[Money]) -> bool:
    """Whether a sum is what it used to be: "from £60 to £80", "previously £60 and £120"."""
    last = max((other for other in sums if other.end <= one.start), key=lambda other: other.end, default=None)
    if last is not None and text[last.end : one.start].strip() in JOINS:
        return _is_past(text, last, sums)
    since = max((other.end for other in sums if other.end <= one.start), default=0)
    before = _NOT_THEN.sub("", text[since : one.start].lower())[-WITHIN_PAST:]
    before = _STOP.split(before)[-1]  # "What do I pay before I go to court? £80" is no sum of the past
    if before.endswith("from "):
        return True
    return topic("penalties/notices")["past-amounts"].first(cut(before).forms) is not None and "to " not in before[-4:]


def _is_example(text: str, one: Money) -> bool:
    around = cut(text[max(0, one.start - 90) : one.end + 50]).forms
    return topic("penalties/notices")["example"].first(around) is not None and (one.pounds or 0) not in all_sums()


def _is_excluded(statements: Statements, statement: Statement) -> bool:
    """Whether a statement speaks of notices for an excluded pupil: it says so, or what goes before it does."""
    words = topic("penalties/notices")
    if statements.says(statement, words["excluded"]):
        return not statements.says(statement, words["second"])
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
