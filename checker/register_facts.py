"""What a register says, before any judgement: files and columns, calendar, codes, pupils, sessions, gaps.

This is what ``checker facts FOLDER`` shows. It holds no pupil's data: only counts, dates and codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from checker.facts import PublishedFact, reader
from checker.registers.calendar import SESSIONS, day_number, day_of
from checker.registers.grid import BLANK, among
from checker.registers.marks import CLOSED
from checker.registers.model import Register

MOST_GAPS = 20


@dataclass(frozen=True, eq=False)
class Overview:
    """A register as it was understood."""

    register: Register

    def published(self) -> Iterator[PublishedFact]:
        """Shows tables, calendar, pupils, marks, codes and gaps."""
        yield PublishedFact("calendar", self._calendar())
        yield PublishedFact("codes", self._codes())
        yield PublishedFact("gaps", self._gaps())
        yield PublishedFact("marks", self._marks())
        yield PublishedFact("pupils", self._pupils())
        yield PublishedFact("tables", self._tables())

    def _calendar(self) -> dict[str, Any]:
        calendar, settings = self.register.calendar, self.register.settings
        return {
            "first_day": _iso(calendar.first_day),
            "last_day": _iso(calendar.last_day),
            "as_at": self.register.as_at.isoformat(),
            "terms": len(calendar.terms),
            "closures": len(calendar.closures),
            "school_days": len(calendar.days),
            "sessions": len(calendar.halves),
            "school_weeks": int(calendar.week_of.max(initial=-1)) + 1,
            "events_not_used": ", ".join(settings.unused_events) or None,
        }

    def _codes(self) -> list[dict[str, Any]]:
        marks = self.register.marks
        counts = marks.counts + np.bincount(marks.aside.codes, minlength=len(marks.alphabet))
        return [
            {"code": code, "marks": int(count)}
            for code, count in sorted(zip(marks.alphabet, counts, strict=True), key=lambda pair: (-pair[1], pair[0]))
            if code
        ]

    def _gaps(self) -> list[dict[str, Any]]:
        """Returns the sessions for which no pupil has a mark."""
        marks = self.register.marks
        marked = ~among(marks.grid, [BLANK, *marks.numbers([CLOSED])])
        empty: list[int] = self.register.calendar.halves[~marked.any(axis=0)].tolist() if len(marks.grid) else []
        return [{"date": day_of(half // 2).isoformat(), "session": SESSIONS[half & 1]} for half in empty[:MOST_GAPS]]

    def _marks(self) -> dict[str, Any]:
        marks = self.register.marks
        held = self.register.calendar.halves[(marks.grid != BLANK).any(axis=0)]
        days = np.concatenate([held, marks.aside.halves]) // 2
        return {
            "codes_in_the_grid": marks.grid.size - int(marks.counts[BLANK]),
            "rows_beside_it": len(marks.aside),
            "repeated": int(np.count_nonzero(marks.repeated)),
            "of_unknown_pupils": int(np.count_nonzero(marks.aside.pupils >= marks.roll_size)),
            "first_day": _iso(day_of(days.min())) if len(days) else None,
            "last_day": _iso(day_of(days.max())) if len(days) else None,
            "with_time_of_arrival": None if self.register.arrivals is None else len(self.register.arrivals.minutes),
        }

    def _pupils(self) -> dict[str, Any]:
        roll, today = self.register.roll, day_number(self.register.as_at)
        return {
            "pupils": len(roll),
            "on_roll": int(np.count_nonzero((roll.starts <= today) & (today < roll.leaves))),
            "boarders": int(np.count_nonzero(roll.boarders)),
            "no_date_of_birth": int(np.isnat(roll.born).sum()),
        }

    def _tables(self) -> list[dict[str, Any]]:
        understood = {one.table: one for one in self.register.understood}
        shown: list[dict[str, Any]] = [
            {
                "table": name,
                "file": table.file,
                "rows": table.frame.height,
                "columns": ", ".join(table.columns),
                "not_used": ", ".join(table.unused) or None,
            }
            for name, table in self.register.tables.items()
        ]
        for name, one in understood.items():
            shown.append(
                {
                    "table": name,
                    "file": one.file,
                    "layout": one.layout,
                    "columns": ", ".join(f"{column}: {heading}" for column, heading in one.columns.items()),
                    "read_as": ", ".join(f"{old} as {new or 'no mark'}" for old, new in sorted(one.read_as.items())),
                    "session_columns": one.sessions or None,
                    "rows_left_out_at_the_end": one.left_out,
                }
            )
        return shown


@reader
def overview(register: Register) -> Overview:
    """Looks over a register."""
    return Overview(register)


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
