"""Penalty notices and what comes before them."""

from __future__ import annotations

from england_attendance.policy.penalties import notice_to_improve, notices

MODULES = (notice_to_improve, notices)
