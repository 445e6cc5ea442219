"""What is asked of registers: one topic, one file."""

from __future__ import annotations

from collections.abc import Iterable

from checker.facts import Topic, topic


def topics() -> Iterable[Topic]:
    """Returns the topics."""
    from england_attendance.registers import (
        absence_rates,
        absence_runs,
        amendments,
        attendance,
        deletions,
        identifiers,
        leave,
        marks,
        particulars,
        penalty_notices,
        placement,
        policy_match,
        returns,
        school_year,
        suspensions,
        unresolved_absence,
        windows,
    )

    modules = (
        attendance,
        marks,
        placement,
        leave,
        unresolved_absence,
        windows,
        amendments,
        particulars,
        identifiers,
        deletions,
        returns,
        penalty_notices,
        absence_rates,
        absence_runs,
        suspensions,
        school_year,
        policy_match,
    )
    return [topic(module) for module in modules]
