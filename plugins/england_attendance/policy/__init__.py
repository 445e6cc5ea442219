"""Reading and judging policies: one file a topic, with its facts, its reader and its checks."""

from __future__ import annotations

from collections.abc import Iterable

from checker.facts import Topic, topic
from england_attendance.policy import (
    code_resolution,
    codes_list,
    gaps,
    notice_to_improve,
    penalty_notices,
    reading,
    retention,
    schools,
)
from england_attendance.policy.stated import stated_topic_checks


MODULES = (
    reading,
    schools,
    gaps,
    retention,
    code_resolution,
    penalty_notices,
    notice_to_improve,
    codes_list,
)


def topics() -> Iterable[Topic]:
    """Returns the topics."""
    return [*(topic(module) for module in MODULES), stated_topic_checks()]
