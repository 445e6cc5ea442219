"""How long registers stay open, and who is late: guidance on the register window, and codes L and U."""

from __future__ import annotations

import numpy as np

from checker.facts import check
from checker.findings import Outcome, Row
from checker.registers.calendar import SESSIONS, Array, day_number
from checker.registers.grid import among
from checker.registers.model import Register
from checker.registers.settings import Window
from england_attendance.registers.outcomes import at_fault, cannot_judge, missing, sessions_of

LONGEST = 30  # minutes
LATE, AFTER_CLOSING = "L", "U"
TOO_LATE_FOR_L = "arrived after the register closed, so L is not the code"
TOO_EARLY_FOR_U = "arrived before the register closed, so U is not the code"


@check("register.registration-window")
def open_for_half_an_hour(register: Register) -> Outcome:
    """A register stays open for no more than 30 minutes, and for the same length of time in each session."""
    windows = register.settings.registration
    lengths = {session: windows[session].minutes for session in SESSIONS if session in windows}
    known = {session: minutes for session, minutes in lengths.items() if minutes is not None}
    rows = [
        Row(session=session, detail=f"open for {minutes} minutes, more than {LONGEST}")
        for session, minutes in known.items()
        if minutes > LONGEST and not windows[session].during_form_time
    ]
    if len(set(known.values())) > 1:
        rows += [
            Row(session=session, detail=f"open for {minutes} minutes, not as long as the other session")
            for session, minutes in known.items()
            if session not in {row.session for row in rows}
        ]
    unknown = [session for session in SESSIONS if session not in known]
    if unknown and not rows:
        return cannot_judge(
            f"register.yaml does not say under 'registration' when the {' and '.join(unknown)} register opens and "
            "closes, so this cannot be judged."
        )
    said = ", ".join(f"{session} {minutes} minutes" for session, minutes in known.items())
    return at_fault(
        tuple(sorted(rows, key=lambda row: row.session or "")),
        f"The registers stay open too long, or not for the same length of time in each session: {said}.",
        f"The registers stay open for the same length of time in each session, within the limit: {said}.",
    )


@check("register.late-marks")
def late_by_the_time_of_arrival(register: Register) -> Outcome:
    """L is for arrivals before the register closes, U for those after."""
    lacking = missing(register, "marks", ["arrived_at"])
    if lacking or register.arrivals is None:
        return cannot_judge(lacking or "The table 'marks' holds no times of arrival, so this cannot be judged.")
    windows = register.settings.registration
    open_ended = [session for session in SESSIONS if windows.get(session, Window()).closes is None]
    arrivals, minutes = register.arrivals.marks, register.arrivals.minutes
    closes = _closing_times(windows.get("AM"), windows.get("PM"))[arrivals.halves & 1]
    judged = (arrivals.halves // 2 <= day_number(register.as_at)) & (closes >= 0)
    late = among(arrivals.codes, register.marks.numbers([LATE])) & (minutes > closes) & judged
    early = among(arrivals.codes, register.marks.numbers([AFTER_CLOSING])) & (minutes < closes) & judged
    rows = register.rows(
        arrivals.where(late | early), TOO_LATE_FOR_L, TOO_EARLY_FOR_U, reasons=np.where(late, 1, 2)[late | early]
    )
    unjudged = (
        f"register.yaml does not say under 'registration' when the {' and '.join(open_ended)} register closes"
        if open_ended
        else None
    )
    if unjudged and not len(rows):
        return cannot_judge(f"{unjudged}, so this cannot be judged.")
    return at_fault(
        rows,
        f"L or U against the time of arrival: {sessions_of(rows)}.",
        "L and U fit the times of arrival that are recorded.",
    ).noting(unjudged)


def _closing_times(morning: Window | None, afternoon: Window | None) -> Array:
    times = [window.closes if window else None for window in (morning, afternoon)]
    return np.array([-1 if time is None else time for time in times])
