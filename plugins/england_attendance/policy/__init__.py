"""Reading and judging policies: one file a topic, with its facts, its reader and its checks; what belongs together, in a folder."""

from __future__ import annotations

from collections.abc import Iterable

from checker.facts import Topic, topic
from england_attendance.policy import (
    codes,
    consistency,
    contacts,
    day,
    deletion_grounds,
    document,
    expectations,
    leave_exceptional,
    medical_evidence,
    one_value,
    part_time,
    penalties,
    persistent_absence,
    reached_at,
    register_taken,
    retention,
    returns,
    schools,
)
from england_attendance.policy.denials import with_denials
from england_attendance.policy.nearest import with_nearest
from england_attendance.policy.stated import stated_topic_checks

MODULES = (
    *schools.MODULES,
    *document.MODULES,
    *day.MODULES,
    *codes.MODULES,
    *contacts.MODULES,
    *penalties.MODULES,
    consistency,
    deletion_grounds,
    expectations,
    leave_exceptional,
    medical_evidence,
    one_value,
    part_time,
    persistent_absence,
    reached_at,
    register_taken,
    retention,
    returns,
)


def topics() -> Iterable[Topic]:
    """Returns the topics."""
    found = (*(topic(module) for module in MODULES), stated_topic_checks())
    return [with_nearest(with_denials(one)) for one in found]
