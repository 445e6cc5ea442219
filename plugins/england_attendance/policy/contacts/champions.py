"""The senior leaders whom a policy makes responsible for attendance, each once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checker.findings import Passage
from england_attendance.policy.contacts.details import Details
from england_attendance.policy.contacts.entries import same_name


@dataclass(frozen=True, slots=True)
class Champion:
    """A senior leader whom a policy makes responsible for attendance.

    Attributes:
        site: The site; ``None`` for the whole school.
        name: The name; ``None`` where only a post is given.
        post: The post that this person holds beside, in the policy's words; ``None`` where none is given.
        called: The words that make this person responsible.
        details: How to reach this person.
        passage: Where it is said.
    """

    site: str | None
    name: str | None
    post: str | None
    called: str
    details: Details
    passage: Passage


def each_once(champions: Iterable[Champion]) -> list[Champion]:
    """Returns the champions each once: by the longest name, with details where they are given anywhere."""
    kept: list[Champion] = []
    for champion in champions:
        same = next((one for one in kept if one.site == champion.site and _is_same(one, champion)), None)
        if same is None:
            kept.append(champion)
        elif (bool(champion.details), len(champion.name or "")) > (bool(same.details), len(same.name or "")):
            kept[kept.index(same)] = champion
    return kept


def _is_same(one: Champion, other: Champion) -> bool:
    return same_name(one.name or "", other.name or "")
