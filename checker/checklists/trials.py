"""Tries a checklist on its own examples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from checker.checklists.model import Checklist, Item
from checker.context import Context
from checker.documents.assemble import assemble
from checker.documents.markdown import draft_of
from checker.engine import Engine
from checker.findings import Finding, Verdict
from checker.schools import School, SchoolType


@dataclass(frozen=True, slots=True)
class Trial:
    """An example and what became of it.

    Attributes:
        item: The item that it is an example of.
        wanted: The verdict that it must have.
        piece: The example.
        finding: What was found.
    """

    item: Item
    wanted: Verdict
    piece: str
    finding: Finding

    @property
    def as_wanted(self) -> bool:
        """Whether it has the verdict that it must have."""
        return self.finding.verdict is self.wanted


def trials(checklist: Checklist, engine: Engine, day: dt.date) -> Iterator[Trial]:
    """Yields every example of a checklist with its finding.

    Args:
        checklist: The checklist.
        engine: An engine whose settings hold the checklist.
        day: The day as at which the examples are judged.
    """
    for item in checklist.items:
        wanted = [(Verdict.PASS, piece) for piece in item.passing] + [(Verdict.FAIL, piece) for piece in item.failing]
        for verdict, piece in wanted:
            yield Trial(item, verdict, piece, _finding(checklist, item, engine, piece, day))


def _finding(checklist: Checklist, item: Item, engine: Engine, piece: str, day: dt.date) -> Finding:
    requirement = engine.catalogue[checklist.name_of(item)]
    kinds = requirement.applies_to[:1] or (SchoolType.MAINTAINED,)
    authority = next(iter(requirement.authorities), None)
    context = Context(day, (School(types=kinds, local_authority=authority),))
    document = assemble(draft_of(piece), "example.md")
    return engine.finding(requirement, engine.facts_of(document, context), context)
