"""Reading and judging policies: one file a topic, with its facts, its reader and its checks."""

from __future__ import annotations

from collections.abc import Iterable

from checker.facts import Topic, topic
from england_attendance.policy import gaps, reading
from england_attendance.policy.stated import stated_topic_checks


def topics() -> Iterable[Topic]:
    """Returns the topics."""
    return [*(topic(module) for module in (reading, gaps)), stated_topic_checks()]
