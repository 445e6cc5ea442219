"""What is asked of registers: one topic, one file."""

from __future__ import annotations

from collections.abc import Iterable

from checker.facts import Topic, topic


def topics() -> Iterable[Topic]:
    """Returns the topics."""
    from england_attendance.registers import (
        absence_rates,
        absence_runs,
        attendance,
        deletions,
        marks,
        penalty_notices,
        placement,
        returns,
        unresolved_absence,
    )

    modules = (
        attendance,
        marks,
        placement,
        unresolved_absence,
        deletions,
        returns,
        penalty_notices,
        absence_rates,
        absence_runs,
    )
    return [topic(module) for module in modules]
