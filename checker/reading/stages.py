"""Stages: which statements stand at an earlier rung of the ladder on which a statement stands.

A stage is a row, an item, a short line or a heading that begins with its name and number: "Stage 2: meeting". What
stands below it, up to the next one, belongs to it. So is an item of a list of steps: one that its heading or the line
that leads to it calls so, or a counted one on what is done in some case.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.documents.model import BlockKind
from checker.reading.english import english
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.words import cut

_STAGE = re.compile(
    r"(?P<name>stage|step|level|tier|phase|wave)\s+(?:(?P<figures>\d{1,2})|(?P<word>[a-f]|one|two|three|four|five|six))\b",
    re.IGNORECASE,
)
_NUMBERS = {
    word: at for words in ("abcdef", ["one", "two", "three", "four", "five", "six"]) for at, word in enumerate(words, 1)
}
_COUNTED = re.compile(r"\(?(?:\d{1,2}|[a-h])[.):]?$")
_ITEM = "item"
FAR_BEFORE = 60  # statements: no ladder is longer


class _Stage(NamedTuple):
    """A rung of a ladder.

    Attributes:
        name: What the rungs are called.
        number: Which it is; of an item of a list where it begins, which tells its order as well.
        around: The section in which all of the ladder stands.
    """

    name: str
    number: int
    around: int | None


def at_earlier_stages(statements: Statements, statement: Statement) -> tuple[Statement, ...]:
    """Returns the statements of the stages before that of a statement, in order; none where it stands at none."""
    run = statements.all[max(statement.index - FAR_BEFORE, 0) : statement.index + 1]
    stages: list[_Stage | None] = []
    section, here = -1, None
    for one in run:
        if one.block.section != section:
            section = one.block.section
            here = _of_headings(statements, section)
        if here is not None and here.name == _ITEM:
            here = None
        here = _stage(one.block.text, section) or here or _of_list(statements, one)
        stages.append(here)
    own = stages[-1]
    if own is None:
        return ()
    return tuple(
        one
        for one, stage in zip(run, stages, strict=True)
        if stage is not None and stage.number < own.number and (stage.name, stage.around) == (own.name, own.around)
    )


def _of_headings(statements: Statements, section: int | None) -> _Stage | None:
    """Returns the stage of the nearest heading above a section, its own among them, that names one."""
    while section is not None:
        heading = statements.document.sections[section]
        stage = _stage(heading.title, heading.parent)
        if stage is not None:
            return stage
        section = heading.parent
    return None


def _of_list(statements: Statements, statement: Statement) -> _Stage | None:
    """Returns the stage that an item of a list of steps is."""
    block = statement.block
    if block.kind is not BlockKind.LIST_ITEM:
        return None
    group = statements.group(statement)
    above = [cut(group[0].lead).forms, *(heading.forms for heading in statements.headings(statement)[-1:])]
    counted = _COUNTED.match(block.marker) is not None
    if any(
        english().of_steps.first(forms) or (counted and english().of_answers.first(forms)) for forms in above if forms
    ):
        return _Stage(_ITEM, block.reading.start, statement.group)
    return None


def _stage(text: str, around: int | None) -> _Stage | None:
    found = _STAGE.match(text)
    if found is None:
        return None
    number = int(found["figures"]) if found["figures"] else _NUMBERS[found["word"].lower()]
    return _Stage(found["name"].lower(), number, around)
