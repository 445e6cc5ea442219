"""A checklist as it is used: its items, the catalogue that they make, and their checks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from checker.catalogue import Catalogue, Citation, Requirement, Span
from checker.facts import Check
from checker.levels import Level
from checker.schools import SchoolType


class Rule(Protocol):
    """A rule of one of the kinds."""

    @property
    def needs(self) -> Mapping[str, type]:
        """The parameters of ``judge`` and the types that they ask for."""

    @property
    def judge(self) -> Any:
        """The function that returns the outcome."""


@dataclass(frozen=True)
class Item:
    """One line of a checklist.

    Attributes:
        number: The officer's number.
        section: The heading that it stands under.
        picks: The requirement of the catalogue that it picks; ``None`` for one of the checklist's own.
        rule: How an own requirement is judged.
        wording: The officer's wording.
        level: The officer's level.
        guidance: What the school is told to do.
        cites: What the item rests on, beside the checklist itself.
        applies_to: The kinds of school that it concerns; ``None`` leaves it to the catalogue, or means every school.
        passing: Pieces that must pass.
        failing: Pieces that must fail.
    """

    number: str
    section: str
    picks: str | None = None
    rule: Rule | None = None
    wording: str | None = None
    level: Level | None = None
    guidance: str | None = None
    cites: Citation | None = None
    applies_to: tuple[SchoolType, ...] | None = None
    passing: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checklist:
    """An officer's list.

    Attributes:
        key: Part of the names of its own requirements.
        title: Its title.
        version: Its edition.
        items: Its items in their order.
        sha256: The hash of its file.
    """

    key: str
    title: str
    version: str | None
    items: tuple[Item, ...]
    sha256: str

    def name_of(self, item: Item) -> str:
        """Returns the name of an item's requirement."""
        number = re.sub("[^a-z0-9]+", "-", item.number.lower()).strip("-")
        return item.picks or f"policy.{self.key}.{number}"

    def catalogue(self, national: Catalogue) -> Catalogue:
        """Returns the requirements of the checklist, in its order.

        Args:
            national: The catalogue that it picks from.
        """
        return Catalogue((self._requirement(item, national) for item in self.items), national.law)

    def checks(self) -> dict[str, Check]:
        """Returns the checks of the checklist's own requirements by name."""
        return dict(self._checks())

    def _checks(self) -> Iterator[tuple[str, Check]]:
        for item in self.items:
            if item.rule is not None:
                name = self.name_of(item)
                yield name, Check(name, item.rule.judge, item.rule.needs)

    def _requirement(self, item: Item, national: Catalogue) -> Requirement:
        own = Citation(self.title, self.version, f"{item.section}, {item.number}", None, "seen")
        citations = (own, *([item.cites] if item.cites else []))
        if item.picks is not None:
            picked = national[item.picks]
            return replace(
                picked,
                title=f"{item.number} {item.wording or picked.title}",
                level=item.level or picked.level,
                level_is_set=item.level is not None,
                citations=(*citations, *picked.citations),
                applies_to=picked.applies_to if item.applies_to is None else item.applies_to,
                fix=item.guidance or picked.fix,
                number=item.number,
                section=item.section,
            )
        wording, guidance = item.wording or "", item.guidance or ""
        return Requirement(
            self.name_of(item), f"{item.number} {wording}", wording, item.level or Level.LOCAL, citations,
            item.applies_to or (), Span(), why=guidance, law="", passes="", fails="", reading="", fix=guidance,
            example=next(iter(item.passing), ""), level_is_set=True, number=item.number, section=item.section,
        )  # fmt: skip
