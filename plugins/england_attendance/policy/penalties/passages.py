"""Which statements are on penalty notices: those that speak of them, and those that explain something in such a passage."""

from __future__ import annotations

from collections.abc import Iterator, Set

from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.recognise.money import money
from checker.recognise.spans import has_digit
from england_attendance.policy.penalties.stages import Stage, Stages
from england_attendance.policy.penalties.thresholds import is_of_improving
from england_attendance.policy.vocabulary import topic

# Who gets a notice and how many: with a figure, what few statements explain, so that few are looked into.
EXPLAINING = ("each-parent", "each-child", "no-more", "beyond", "second", "in-weeks")
GOING_ON = 5  # statements after one that names notices
BELOW = 3  # statements below the name of a third notice


def about_notices(statements: Statements, stages: Stages) -> Iterator[Statement]:
    """Yields the statements that speak of penalty notices, and those of such a passage that explain something."""
    words = topic("penalties/notices")
    speaking = statements.with_any([words["penalty"], words["for-each"]])
    speaking |= statements.in_sections_under(words["framework"])
    explaining = statements.with_any([words[name] for name in EXPLAINING])
    explaining |= {statement.index for statement in statements if has_digit(statement.own)}
    going_on = statements.with_any([words["no-more"], words["beyond"], words["second"]])
    third = statements.with_any([words["beyond"], words["had-two"]])
    below = {index + step for index in third for step in range(1, BELOW)}
    below = {index for index in below if index < len(statements)}
    sections = sections_on_notices(statements)
    for statement in statements.at(speaking | explaining | below):
        if is_of_improving(statements, statement):
            continue
        near = statement.block.section in sections and (
            bool(money(statement.own))
            or _is_titled(statements, statement, speaking)
            or stages.carried(statement) is Stage.BEYOND
        )
        goes_on = statement.index in going_on and _follows_notices(statements, statement)
        if statement.index in speaking or near or goes_on or statements.is_about(statement, words["notices"]):
            yield statement


def sections_on_notices(statements: Statements) -> Set[int]:
    """Returns the sections that speak of notices, and behind the first those whose heading counts them: "Second time"."""
    words = topic("penalties/notices")
    speaking = {statement.block.section for statement in statements.at(statements.find(words["notices"]))}
    first = min(speaking, default=0)
    counted = {section for section in statements.sections_under([words["ordinal"]]) if section >= first}
    return speaking | counted if speaking else speaking


def _is_titled(statements: Statements, statement: Statement, speaking: Set[int]) -> bool:
    """Whether a statement stands right below a line that names notices: "Who is sent a notice / Each parent.".

    For each parent and child it can be a table as well.
    """
    before = statement
    while before.index and before.block is statement.block:
        before = statements.all[before.index - 1]
    named = before.looks_like_a_title and before.index in speaking
    words = topic("penalties/notices")
    for_each = statements.says(statement, words["each-parent"]) and statements.says(statement, words["each-child"])
    below = bool(before.block.cells) and for_each
    return (named or below) and before.block.section == statement.block.section


def _follows_notices(statements: Statements, statement: Statement) -> bool:
    """Whether notices were named a few statements before in the same section: "How many? … No more than two."."""
    named = topic("penalties/notices")["notices"]
    before = statements.all[max(0, statement.index - GOING_ON) : statement.index]
    return any(one.block.section == statement.block.section and statements.says(one, named) for one in before)
