"""The sums that a policy makes the price of a penalty notice for absence, each with its days.

Court fines, notices for an excluded pupil in a public place, worked examples and what the sum used to be are something
else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from checker.findings import Passage
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.values import is_unsaid_at
from checker.reading.words import cut
from checker.recognise.money import Money, money
from checker.recognise.numbers import numbers
from england_attendance.policy.penalties.amounts import all_sums, rises
from england_attendance.policy.penalties.cells import Unit, units
from england_attendance.policy.penalties.days import Days, lengths_of
from england_attendance.policy.penalties.passages import sections_on_notices
from england_attendance.policy.penalties.paying import OR_ELSE, days_before, days_behind
from england_attendance.policy.penalties.stages import Stage, Stages
from england_attendance.policy.vocabulary import topic

LARGEST_NOTICE = 250
WITHIN_PAST = 40  # characters
BACK = 3
JOINS = frozenset({"and", "or", "/"})
_WITHDRAWN = re.compile(  # "the £80 option is removed"
    r" (?:early |lower |reduced |payment )*(?:option|rate|offer|discount|amount|sum|charge|price)? ?"
    r"(?:is|has been|has|will be|will|does|do|can) ?(?:(?:then|now|also) )?(?:be )?"
    r"(?:removed|withdrawn|lost|gone|unavailable|no longer|not|never|taken away)\b"
)
_STOP = re.compile(r"[.?!:] ")
_NOT_THEN = re.compile(  # "before the end of 21 days", "if your last one was less than three years ago, …"
    r"\bbefore (?:the )?(?:end of |close of |day )?(?:the )?(?:day )?\d{2}\w*"
    r"|\b(?:if|when|where|should) [^,.;£]*, |\b(?:not|never)\b[^,.;£]*\bbefore\b"
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
    sections = sections_on_notices(statements)
    return tuple(
        amount
        for unit in units(statements, about)
        if _is_on_notices(statements, stages, unit.statement, sections)
        for amount in _amounts(statements, stages, unit)
    )


def _amounts(statements: Statements, stages: Stages, unit: Unit) -> Iterator[Amount]:
    words, text, statement = topic("penalties/notices"), unit.text, unit.statement
    sums = _sums(text)
    if not sums or _is_excluded(statements, statement):
        return
    cut_words = cut(text)
    if words["court"].first(cut_words.forms) and all((one.pounds or 0) > LARGEST_NOTICE for one in sums):
        return
    since = statement.own_offset if statement.follows_on else 0  # the sums before it were read where they stand
    present = _without_past(text, [one for one in sums if one.start >= since])
    given = _given_days(text, sums, present, since, days_before(statements, statement))
    for place, one in enumerate(present):
        pounds = one.pounds or 0
        until = present[place + 1].start if place + 1 < len(present) else None
        stage = stages.of_place(statement, text, one.start, until)
        too_much = pounds > LARGEST_NOTICE and stage is not Stage.SECOND
        if too_much or _is_example(text, one) or _is_of_others(text, one) or _WITHDRAWN.match(text, one.end):
            continue
        # "They were £60. They are now £80": what is past in the sentence before is none of this one's
        said = (cut(text[since:]), one.start - since) if since and one.start >= since else (cut_words, one.start)
        if is_unsaid_at(*said) or (stage is Stage.BEYOND and words["in-its-stead"].first(cut_words.forms)):
            continue
        days = given[place] or days_behind(statements, stages, stage, statement, given)
        yield Amount(pounds, days, stage, unit.passage)


def _is_on_notices(statements: Statements, stages: Stages, statement: Statement, sections: Set[int]) -> bool:
    """Whether sums are those of notices: their section speaks of notices, and something names the price or a stage."""
    words = topic("penalties/notices")
    headed = [heading.forms for heading in statements.headings(statement)[-1:]]

    def named(name: str) -> bool:
        return statements.says(statement, words[name]) or any(words[name].first(forms) for forms in headed)

    if statement.block.section not in sections and not statements.is_about(statement, words["notices"]):
        return False
    return named("penalty") or named("price") or stages.of(statement) is not None


def _given_days(text: str, sums: list[Money], present: list[Money], since: int, before: int) -> list[int | None]:
    """Returns for each sum the days within which its own text has it paid."""
    lengths, over = lengths_of(text, before)
    if since and (sums[0].start < since or any(one.start >= since for one in lengths)):
        lengths = [one for one in lengths if one.start >= since]
    first = present[0].start if present else 0
    lengths = [one for one in lengths if one.end > first or not OR_ELSE.match(text, one.end)]
    given = [_days_of(present, place, lengths) for place in range(len(present))]
    for place, one in enumerate(present[1:], 1):  # "£80, rising to £160 if not paid within 21 days"
        ended = next((length.days for length in over if one.end <= length.start), None)
        sooner = given[place] is None or (ended or 0) < (given[place] or 0)
        given[place - 1] = given[place - 1] or (ended if sooner else None)
    later = [length.days for length in lengths if length.start > sums[-1].end and length.days not in given]
    if later and given.count(None) == 1:  # "£160, or £80 within 21 days; otherwise the full sum is due by day 28"
        given[given.index(None)] = later[-1]
    return given


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
    then = next((other for other in sums if text[one.end : other.start].strip() == "to"), None)
    if then is not None and (one.pounds, then.pounds) in rises():
        return True
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


def _is_of_others(text: str, one: Money) -> bool:
    """Whether a sum is what somebody else charges, such as a doctor for a letter."""
    around = cut(text[max(0, one.start - 90) : one.end + 50]).forms
    return (one.pounds or 0) not in all_sums() and topic("penalties/notices")["other-price"].first(around) is not None


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
