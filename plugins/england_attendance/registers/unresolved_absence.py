"""Code N is settled within five school days: Regulations 2024, regulation 10(7) to (9)."""

from __future__ import annotations

import numpy as np

from checker.facts import check
from checker.findings import Outcome
from checker.registers.model import Register
from england_attendance.registers.outcomes import at_fault, sessions_of

UNRESOLVED = "N"
DEADLINE = 5  # school days after the day of the session


@check("register.unresolved-absence")
def settled_within_five_school_days(register: Register) -> Outcome:
    """No N stands on more than five school days after its session."""
    marks, days = register.marks, register.calendar.days
    written = marks.written(marks.numbers([UNRESOLVED]))
    later = np.searchsorted(days, written.halves // 2, side="right")
    overdue = len(days) - later > DEADLINE
    deadlines = days[np.minimum(later[overdue] + DEADLINE - 1, len(days) - 1)] if len(days) else later[overdue]
    rows = register.rows(
        written.where(overdue), "had to be settled by {day}; where no reason was found, as O", days=deadlines
    )
    return at_fault(
        rows,
        f"Code N after more than {DEADLINE} school days: {sessions_of(rows)}.",
        f"No code N stands for longer than {DEADLINE} school days.",
    )
