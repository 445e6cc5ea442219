"""Whether every session has a mark, in a code that is in force: Regulations 2024, regulation 10."""

from __future__ import annotations

import numpy as np

from checker.facts import check
from checker.findings import Outcome
from checker.registers.grid import BLANK
from checker.registers.model import Register
from england_attendance.registers.attendance import Attendance
from england_attendance.registers.outcomes import (
    BOARDERS_UNKNOWN,
    at_fault,
    boarders_unknown,
    cannot_judge,
    sessions_of,
)

MOST_NAMED = 8


@check("register.complete")
def every_session_has_a_code(register: Register, attendance: Attendance) -> Outcome:
    """A pupil on roll who does not board has a code for each session held."""
    blank = attendance.counted == BLANK
    blank[register.roll.boarders] = False
    rows = register.rows(register.marks.cells(blank), "no code for this session")
    wrong = f"No code for {sessions_of(rows)} up to {register.as_at.isoformat()}."
    if boarders_unknown(register):
        return cannot_judge(f"{BOARDERS_UNKNOWN} {wrong}" if len(rows) else BOARDERS_UNKNOWN, rows)
    right = f"Every session held up to {register.as_at.isoformat()} has a code for every pupil on roll."
    return at_fault(rows, wrong, right).noting(
        "the register has no table 'deletions', so nobody was taken to have left"
        if "deletions" not in register.tables
        else None
    )


@check("register.codes-valid")
def every_code_is_in_force(register: Register, attendance: Attendance) -> Outcome:
    """Each code is a national code in force on the date of the mark."""
    found = attendance.not_in_force()
    names = register.marks.alphabet
    used = [names[number] for number in np.flatnonzero(np.bincount(found.codes))]
    wordings = [_what_is_wrong(code, attendance) for code in used]
    distinct = list(dict.fromkeys(wordings))
    bits = np.zeros(len(names), dtype=np.int64)
    for code, wording in zip(used, wordings, strict=True):
        bits[register.marks.number_of[code]] = 1 << min(distinct.index(wording), 62)
    rows = register.rows(found, *distinct[:63], reasons=bits[found.codes])
    listed = ", ".join(repr(code) for code in used[:MOST_NAMED]) + (" and others" if len(used) > MOST_NAMED else "")
    return at_fault(
        rows,
        f"A code that is not a national code in force on its date, for {sessions_of(rows)}: {listed}.",
        "Every code is a national code in force on its date.",
    )


def _what_is_wrong(code: str, attendance: Attendance) -> str:
    retired = attendance.codes.retired_by_code.get(code)
    if retired is not None and retired.in_force.until is not None:
        return f"code {code} ended on {retired.in_force.until.isoformat()}; now: {retired.replaced_by}"
    known = attendance.codes.by_code.get(code)
    if known is not None and known.in_force.since is not None:
        return f"code {code} is in force from {known.in_force.since.isoformat()}"
    if code.upper() in attendance.codes.by_code:
        return f"not a national code; {code.upper()} is written in capitals"
    return "not a national code"
