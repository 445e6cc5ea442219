"""The values of labels that ask for an approval: whether one is given, its date, and what else it says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.facts import Stated
from checker.reading.fields import Field
from checker.reading.words import cut
from checker.recognise.dates import Date, PartialDate, dates
from checker.recognise.placeholders import placeholders
from england_attendance.policy.vocabulary import topic

REVIEW_BEFORE = re.compile(
    r"\b(?:review|reviewed|renewal|revision|next|until|effective|effect|force|applies|valid|expires)\b"
    r"[^.;|]{0,25}$",
    re.IGNORECASE,
)
_SHORT_MONTH = re.compile(r"(?P<month>0?[1-9]|1[0-2])/(?P<year>[1-4]\d)")
_IN_BRACKETS = re.compile(r"\[(?:the )?(?:full )?(?P<name>[A-Za-z ]{4,40})\]", re.IGNORECASE)
_AROUND_NAME = " ,–-:()/;.|"
_LEFT_OVER = re.compile(
    r",? (?:at|in) (?:its|their|the|a|our)(?: \w+){0,3} meeting$"
    r"|(?:^|\s)(?:on|at|in|dated?|the|of|meeting)\s*$|^(?:the|by|on|date|dated)\b\s*",
    re.IGNORECASE,
)


def is_filled(value: str) -> bool:
    """Whether a value is given: no blank, no placeholder, nothing that is still to come."""
    words = topic("document/approval")
    named = _IN_BRACKETS.fullmatch(value.strip())
    forms = cut(named["name"]).forms if named else ()
    if named and (0, len(forms)) in words["body"].places(forms):  # "[Full Governing Body]": a template's brackets
        value = named["name"]
    return bool(value.strip(" _.…-–:")) and not placeholders(value) and words["not-yet"].first(cut(value).forms) is None


def date_beside(fields: Sequence[Field], at: int) -> Stated[PartialDate] | None:
    """Returns the date that a bare "Date" gives in the same line or row, or on the next one.

    What stands before a label without a value belongs to somebody else: "Author: A. Day Date: 3 May Approved by:".
    """
    field = fields[at]
    if REVIEW_BEFORE.search(field.value):  # "Approved by: Governors Takes effect on: 1 May" dates no approval
        return None
    alone = topic("document/particulars")["date-alone"]
    first = 0 if field.value or field.block.cells else at
    beside = [other for other in fields[first:] if other.block is field.block] + list(fields[at + 1 : at + 2])
    for other in beside:
        forms = cut(other.label).forms
        found = date_of_approval(other.value) if alone.first(forms) == (0, len(forms)) else None
        if found is not None:
            return Stated(found.value, (other.passage,))
    return None


def date_of_approval(value: str) -> Date | None:
    """Returns the first date of a value that is not that of a review; "09/27" alone is a month there."""
    month = _SHORT_MONTH.fullmatch(value.strip())
    if month:
        return Date(0, len(value), PartialDate(2000 + int(month["year"]), int(month["month"])))
    return next((date for date in dates(value, years=True) if not REVIEW_BEFORE.search(value[: date.start])), None)


def without_dates(value: str) -> str:
    """Returns a value without its dates, and without the words that only lead to them."""
    for date in reversed(dates(value, years=True)):
        value = value[: date.start] + value[date.end :]
    before = None
    while before != value:
        before, value = value, _LEFT_OVER.sub("", value.strip(_AROUND_NAME))
    return f"{value})" if value.count("(") > value.count(")") else value
