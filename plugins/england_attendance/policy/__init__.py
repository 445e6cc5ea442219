"""Reading and judging policies: one file a topic, with its facts, its reader and its checks."""

from __future__ import annotations

from collections.abc import Iterable

from checker.facts import Topic


def topics() -> Iterable[Topic]:
    """Returns the topics."""
    return []
