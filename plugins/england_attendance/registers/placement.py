"""Whether codes fit the session and the pupil: Regulations 2024, regulation 10, and the calendar."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from checker.facts import check
from checker.findings import Outcome
from checker.registers.calendar import SESSIONS, Array, day_number
from checker.registers.evidence import MarkRows
from checker.registers.grid import BLANK, MarkList, among
from checker.registers.model import Register
from checker.registers.roll import LONG_AGO, NEVER, NO_YEAR_GROUP
from england_attendance.codes import CodeList
from england_attendance.registers.attendance import Attendance
from england_attendance.registers.outcomes import at_fault, counted, sessions_of

CLOSURE = "#"
PROSPECTIVE = "Z"
UNFORESEEN = ("Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7")
NOT_EXPECTED = "X"
PART_TIME = "C2"

MISPLACED = (
    "this code belongs to the other session",
    "more than one row for this session",
    "the calendar holds no session here",
    "after the day up to which the register is judged",
    "before the pupil's starting day",
    "after the day on which the name was deleted",
)
OTHER_SESSION, REPEATED, NO_SESSION, TOO_LATE, TOO_EARLY, DELETED = (1 << bit for bit in range(len(MISPLACED)))
UNFIT = (
    "X is for pupils who are not of compulsory school age",
    "C2 is for pupils of compulsory school age",
    "a boarder is not marked in the attendance register",
)
EXPECTED, NOT_COMPULSORY, BOARDER = (1 << bit for bit in range(len(UNFIT)))


Part = tuple[MarkList, Array | int]  # marks at fault, with the reason for all or for each


@check("register.codes-fit-session")
def codes_fit_the_session(register: Register, attendance: Attendance) -> Outcome:
    """Every row stands in a session that was held, once, with a code of that session, while the pupil was on roll."""
    marks = register.marks
    stray = marks.cells((marks.grid != BLANK) & ~register.on_roll) + marks.aside.where(marks.aside.codes != BLANK)
    why = _why_stray(register, stray)
    parts: list[Part] = [
        (_in_the_other_session(register, attendance.codes), OTHER_SESSION),
        (marks.aside.where(marks.repeated), REPEATED),
        (stray.where(why > 0), why[why > 0]),
    ]
    rows = _rows(register, MISPLACED, parts)
    return at_fault(
        rows,
        f"Marks that do not fit, for {sessions_of(rows)}: {'; '.join(_how_often(rows))}.",
        "Every mark stands in a session that was held, once, and while the pupil was on roll.",
    )


@check("register.codes-fit-pupil")
def codes_fit_the_pupil(register: Register, attendance: Attendance) -> Outcome:
    """X is for pupils below or above compulsory school age, C2 for those of it, and boarders have no marks."""
    marks, roll = register.marks, register.roll
    parts: list[Part] = []
    for code, only_compulsory, reason in ((NOT_EXPECTED, False, EXPECTED), (PART_TIME, True, NOT_COMPULSORY)):
        written = marks.written(marks.numbers([code]))
        written = written.where(written.pupils < len(roll))
        compulsory = attendance.age.holds(written.pupils, written.halves // 2)
        wrong = (compulsory != only_compulsory) & ~attendance.age.unknown[written.pupils]
        parts.append((written.where(wrong), reason))
    boards = np.append(roll.boarders, np.zeros(len(marks.strangers), dtype=bool))
    if boards.any():
        written = marks.written(marks.others([CLOSURE]))
        parts.append((written.where(boards[written.pupils]), BOARDER))
    rows = _rows(register, UNFIT, parts)
    unknown = int(attendance.age.unknown.sum())
    return at_fault(
        rows,
        f"Codes that are not for the pupil: {sessions_of(rows)}.",
        "Codes X and C2 stand only at pupils of the age that they are for, and no boarder is marked.",
    ).noting(
        f"{counted(unknown, 'pupil has', 'pupils have')} no date of birth, so X and C2 were not judged for them"
        if unknown
        else None
    )


def _rows(register: Register, wordings: tuple[str, ...], parts: Sequence[Part]) -> MarkRows:
    """Gathers marks at fault, each part with its reason or reasons, into rows."""
    marks = sum((part for part, _ in parts), MarkList.none())
    reasons = np.concatenate([np.broadcast_to(reason, len(part)) for part, reason in parts])
    return register.rows(marks, *wordings, reasons=reasons)


def _in_the_other_session(register: Register, codes: CodeList) -> MarkList:
    """Returns the marks whose code may stand only in the other session of the day."""
    found = MarkList.none()
    for place, session in enumerate(SESSIONS):
        only = register.marks.numbers(code.code for code in codes.codes if code.session == session)
        misplaced = among(register.marks.grid, only) & (register.calendar.afternoon != place)
        aside = register.marks.aside
        elsewhere = among(aside.codes, only) & (aside.halves & 1 != place)
        found += register.marks.cells(misplaced) + aside.where(elsewhere)
    return found


def _why_stray(register: Register, marks: MarkList) -> Array:
    """Returns for marks that stand in no session of the pupil what is wrong; 0 where the law allows them."""
    roll, strangers = register.roll, np.zeros(len(register.marks.strangers), dtype=np.int64)
    closure = among(marks.codes, register.marks.numbers([CLOSURE]))
    prospective = among(marks.codes, register.marks.numbers([PROSPECTIVE]))
    groups = np.append(roll.year_groups, strangers + NO_YEAR_GROUP)[marks.pupils]
    unforeseen = among(marks.codes, register.marks.numbers(UNFORESEEN))
    unforeseen &= register.calendar.unplanned_for(marks.halves, groups)
    days = marks.halves // 2
    late = days > day_number(register.as_at)
    starts = np.append(roll.starts, strangers + LONG_AGO)[marks.pupils]
    leaves = np.append(roll.leaves, strangers + NEVER)[marks.pupils]
    closed = ~register.calendar.held_at(marks.halves, groups) & ~closure & ~unforeseen
    why = np.where(closed, np.where(late, TOO_LATE, NO_SESSION), 0)
    why |= np.where((days < starts) & ~closure & ~prospective, TOO_EARLY, 0)
    return why | np.where((days > leaves) & ~closure, DELETED, 0)


def _how_often(rows: MarkRows) -> list[str]:
    counts = [int(np.count_nonzero(rows.reasons & 1 << bit)) for bit in range(len(MISPLACED))]
    return [f"{wording} ({count:,})" for wording, count in zip(MISPLACED, counts, strict=True) if count]
