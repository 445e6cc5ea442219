"""Whose duties the headings, labels and columns before a statement announce: pupils' or parents'."""

from __future__ import annotations

from collections.abc import Iterator

from checker.documents.model import BlockKind
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from england_attendance.policy.vocabulary import actors, topic

LONGEST_LIST = 60  # statements of a list that says what pupils or parents are to do


def titles(statements: Statements, statement: Statement) -> Iterator[str]:
    """Yields the actors whose duties the headings above a statement announce, nearest first."""
    for heading in reversed(statements.headings(statement)):
        actor = actors().only_actor(heading.forms)
        if actor is not None:
            yield actor


def column_of(statements: Statements, statement: Statement, match: Match) -> Iterator[str]:
    """Yields whose column a place in a whole row stands in: "Pupils | Parents", and orders to each below."""
    heading = statements.column_of(statement, match) if statement.row and match.start >= statement.own_from else ""
    if heading and (actor := actors().only_actor(cut(heading).forms)) is not None:
        yield actor


def labels(statements: Statements, statement: Statement) -> list[str]:
    """Returns the actors whom labels before a statement name, nearest first.

    Such are "Pupils: …", "Of parents. That …", the headings and labels of a cell, and a short line above a list.
    """
    found = list(statements.labels_before(statement))
    if statement.block.cells or statement.follows_on or statement.answers:
        found.extend(reversed(statement.lead.split(" : ")))
    found.extend(_line_above(statements, statement))
    years = topic("expectations").words("years")  # "Pupils, Reception to Year 6"
    cuts = [tuple(form for form in cut(label).forms if not form[0].isdigit() and form not in years) for label in found]
    return [actor for forms in cuts if forms and (actor := actors().only_actor(forms)) is not None]


def _line_above(statements: Statements, statement: Statement) -> Iterator[str]:
    """Yields the short line right above the list of a statement: "Students", and what they are to do below."""
    run = reversed(statements.all[max(statement.index - LONGEST_LIST, 0) : statement.index])
    is_item = statement.block.kind is BlockKind.LIST_ITEM
    above = next((one for one in run if one.block.kind is not BlockKind.LIST_ITEM), None) if is_item else None
    if above is not None and above.looks_like_a_title and above.block.section == statement.block.section:
        yield above.own
