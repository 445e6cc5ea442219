"""Reading and judging policies: one file a topic, with its facts, its reader and its checks."""

from __future__ import annotations

from collections.abc import Iterable

from checker.facts import Topic, topic
from england_attendance.policy import codes_list, gaps, reading, schools
from england_attendance.policy.stated import stated_topic_checks


def topics() -> Iterable[Topic]:
    """Returns the topics."""
    return [*(topic(module) for module in (reading, schools, gaps, codes_list)), stated_topic_checks()]
