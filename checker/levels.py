"""How much what a requirement rests on weighs: law, guidance, a local rule, quality."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Level(StrEnum):
    """The weight of what a requirement rests on, heaviest first."""

    LAW = "law"
    GUIDANCE = "guidance"
    LOCAL = "local"
    QUALITY = "quality"

    @property
    def weight(self) -> int:
        """A number that grows with the weight of the level."""
        return len(Level) - list(Level).index(self)


def heaviest(levels: Iterable[Level]) -> Level:
    """Returns the level of most weight.

    Raises:
        ValueError: If there is none.
    """
    return max(levels, key=lambda level: level.weight)
