"""By when a sum is to be paid, where the sentences around it tell that: "It is £80. You have 21 days to pay it"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from checker.recognise.money import money
from england_attendance.policy.penalties.days import lengths_of
from england_attendance.policy.penalties.stages import Stage, Stages
from england_attendance.policy.vocabulary import topic

BELOW_TABLE = 40
NEAR = 3  # sentences of the paragraph
FAR = 6  # statements of the section
SHORT = 5  # words
# What parts days from the sum that comes when they are over: "inside 21 days or it turns into £160".
OR_ELSE = re.compile(r",? (?:or|otherwise|failing which)\b", re.IGNORECASE)
_UNPAID = re.compile(r"\bunpaid\b|\bnot (?:been )?paid\b", re.IGNORECASE)
_WHEN_OVER = re.compile(r"\b(?:after|beyond|unpaid|not (?:been )?paid)\b", re.IGNORECASE)


def days_before(statements: Statements, statement: Statement) -> int:
    """Returns the days that the sentence before gives, on top of which "a further seven days" come; 0 for none."""
    before = statements.all[statement.index - 1] if statement.index else statement
    if before is statement or before.reading is not statement.reading:
        return 0
    within, over = lengths_of(before.own)
    return max((length.days for length in (*within, *over)), default=0)


def days_behind(
    statements: Statements, stages: Stages, stage: Stage, statement: Statement, given: Sequence[int | None]
) -> int | None:
    """Returns the days that a later statement gives for a sum.

    Args:
        statements: All statements.
        stages: Their stages.
        stage: Which notice the sum is the price of.
        statement: Where it stands.
        given: The days that the sums beside it have.
    """
    block = statement.block
    following = [
        later
        for later in statements.all[statement.index + 1 : statement.index + 1 + BELOW_TABLE]
        if later.block.section == block.section and not (block.cells and later.block.table == block.table)
    ]
    longest, priced = max((days for days in given if days), default=0), False
    for place, later in enumerate(following[:FAR]):
        in_paragraph = later.block is block
        if stages.of(later) in {None, stage} and not (in_paragraph and place >= NEAR):
            found = _in_paragraph(statements, later, None if priced else longest) if in_paragraph else None
            found = found or _of_charge(statements, later, in_table=bool(block.cells))
            if found is not None:
                return found
        priced = priced or bool(money(later.own))
    return None


def _in_paragraph(statements: Statements, later: Statement, longest: int | None) -> int | None:
    """Returns the days that a later sentence of a paragraph gives for the full sum, or for one just told.

    Args:
        statements: All statements.
        later: The sentence.
        longest: The most days of a sum before it, which the sentence is to exceed; ``None`` where it is too far behind.
    """
    words, sums = topic("penalties/notices"), money(later.own)
    if statements.says(later, words["full-sum"]) and (most := _most(later.own)):
        return most
    ends = statements.says(later, words["court"]) and _WHEN_OVER.search(later.own) is not None
    if ends and not sums:
        return _most(later.own)
    ahead = later.own[: sums[0].start] if sums else later.own
    forms = cut(ahead).forms
    of_paying = len(forms) <= SHORT or words["is-paid"].first(forms) is not None or _UNPAID.search(ahead) is not None
    if longest is None or not of_paying or words["reduced"].first(forms) is not None:
        return None
    most = _most(ahead, only_or_else=bool(sums))
    return most if most is not None and most > longest else None


def _of_charge(statements: Statements, later: Statement, *, in_table: bool) -> int | None:
    """Returns the days that a statement without a sum gives as the time for the first charge."""
    words = topic("penalties/notices")
    names = ("first-charge",) if in_table else ("first-charge", "time-to-pay")
    said = any(statements.says(later, words[name]) for name in names) and not money(later.own)
    return _most(later.own) if said else None


def _most(text: str, *, only_or_else: bool = False) -> int | None:
    """Returns the most days in a text; before a sum only those that are over by then: "inside 21 days or it is £160"."""
    within, over = lengths_of(text)
    lengths = [one for one in within or over if not only_or_else or one in over or OR_ELSE.match(text, one.end)]
    return max((one.days for one in lengths), default=None)
