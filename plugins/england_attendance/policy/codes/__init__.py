"""The codes of the register: the list, what each stands for, how they are given and set right."""

from __future__ import annotations

from england_attendance.policy.codes import codes_list, conflicts, late_codes, resolution

MODULES = (codes_list, conflicts, late_codes, resolution)
