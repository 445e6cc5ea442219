"""Who answers for attendance, and how they are reached."""

from __future__ import annotations

from england_attendance.policy.contacts import checks, entries

MODULES = (checks, entries)
