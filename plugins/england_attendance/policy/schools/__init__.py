"""Which document it is, and of which schools."""

from __future__ import annotations

from england_attendance.policy.schools import identity

MODULES = (identity,)
