"""Penalty notices and what comes before them.

What is asked stands in ``notices`` and ``notice_to_improve``: their checks, with the figures of ``amounts.yaml`` and the
words of ``notices.yaml``. What they rest on, from the bottom up: ``days`` (within which to pay), ``thresholds`` (so many
sessions in so many weeks), ``cells`` (what is read of a table), ``stages`` (a first notice, a second, one beyond),
``paying`` (by when a sum is due), ``passages`` (which statements are on notices), ``sums`` and ``limits`` (how many).
"""

from __future__ import annotations

from england_attendance.policy.penalties import notice_to_improve, notices

MODULES = (notice_to_improve, notices)
