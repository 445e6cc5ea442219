"""What a statement puts into the future: "From September 2027 we will …", read on a day before that.

What is to begin on a day that has not come is not done yet, however firmly it is promised.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from checker.reading.english import english
from checker.reading.words import Words
from checker.recognise.dates import dates

_A_YEAR = re.compile(r"(?<!\d)20\d\d|/\d\d(?!\d)")
SEPTEMBER = 9
SUMMER = 123  # days: from May on
_TO_BE = ("to", "be")


def places_ahead(text: str, words: Words, as_at: dt.date) -> tuple[tuple[int, int], ...]:
    """Returns where a text says that something begins after a day, as word indexes.

    Args:
        text: The text.
        words: Its words.
        as_at: The day.
    """
    if not ("20" in text or "/" in text) or _A_YEAR.search(text) is None:
        return ()
    found = []
    for date in dates(text, years=True):
        if date.value.first_day() > as_at and not _is_next_school_year(date.value.first_day(), as_at):
            start, end = bisect_left(words.starts, date.start), bisect_left(words.starts, date.end)
            begins = _begins(words, start)
            if begins is not None:
                found.append((begins, end))
    return tuple(found)


def _is_next_school_year(day: dt.date, as_at: dt.date) -> bool:
    """Whether a day begins the school year for which documents are drafted: those of summer say "from September"."""
    return day.month == SEPTEMBER and (day - as_at).days <= SUMMER


def _begins(words: Words, at: int) -> int | None:
    """Returns the word that makes a date the beginning of something: "from the start of term in September 2027"."""
    forms, english_words = words.forms, english()
    before = at
    while before and forms[before - 1] in english_words.leads_to_date:
        before -= 1
    if before and forms[before - 1] in english_words.beginning:
        return before - 1
    clause = _clause_at(words.clauses, at)
    label = forms[_clause_at(words.clauses, clause - 1) :] if clause else ()
    thought = forms[clause:at]
    if _TO_BE in {thought[:2], label[:2]} or any(
        first in english_words.later and second in english_words.begin for first, second in pairwise(thought)
    ):
        return before
    return None


def _clause_at(clauses: Sequence[int], at: int) -> int:
    while at and clauses[at - 1] == clauses[at]:
        at -= 1
    return at
