"""Reading and judging policies: one file a topic, with its facts, its reader and its checks."""

from __future__ import annotations

from collections.abc import Iterable

from checker.facts import Topic, topic
from england_attendance.policy import (
    approval,
    code_conflicts,
    code_resolution,
    codes_list,
    consistency,
    contact_entries,
    contacts,
    cross_references,
    deletion_grounds,
    denials,
    expectations,
    late_codes,
    leave_exceptional,
    leftovers,
    legislation,
    medical_evidence,
    notice_to_improve,
    one_value,
    part_time,
    particulars,
    penalty_notices,
    persistent_absence,
    reached_at,
    readable,
    register_events,
    register_taken,
    register_times,
    retention,
    returns,
    review_dates,
    school_day,
    schools,
    time_conflicts,
)
from england_attendance.policy.denials import with_denials
from england_attendance.policy.stated import stated_topic_checks

MODULES = (
    schools,
    time_conflicts,
    approval,
    code_conflicts,
    code_resolution,
    codes_list,
    consistency,
    contact_entries,
    contacts,
    cross_references,
    deletion_grounds,
    denials,
    expectations,
    late_codes,
    leave_exceptional,
    leftovers,
    legislation,
    medical_evidence,
    notice_to_improve,
    one_value,
    part_time,
    particulars,
    penalty_notices,
    persistent_absence,
    reached_at,
    readable,
    register_events,
    register_taken,
    register_times,
    retention,
    returns,
    review_dates,
    school_day,
)


def topics() -> Iterable[Topic]:
    """Returns the topics."""
    return [*(with_denials(topic(module)) for module in MODULES), with_denials(stated_topic_checks())]
