"""What a statement can do with what it names."""

from __future__ import annotations

from enum import Enum


class Sense(Enum):
    """What a statement does with its predicate."""

    AFFIRMED = "affirmed"
    WEAKENED = "weakened"
    PERMITTED = "permitted"
    PAST = "past"
    FUTURE = "future"
    DENIED = "denied"
    ASKED = "asked"


NOT_NOW = frozenset([Sense.PAST, Sense.FUTURE])
