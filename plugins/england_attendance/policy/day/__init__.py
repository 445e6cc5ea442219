"""The day: when registers are taken and closed, and when the school day begins and ends."""

from __future__ import annotations

from england_attendance.policy.day import register_events, register_times, school_day, time_conflicts

MODULES = (register_events, register_times, school_day, time_conflicts)
