"""The Register: what the rules see, however it was kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from checker.findings import Finding, Row
from checker.registers.calendar import Array, Calendar, calendar_of
from checker.registers.evidence import MarkRows, mark_rows
from checker.registers.grid import MarkList, Marks
from checker.registers.marks import Arrivals
from checker.registers.roll import Roll
from checker.registers.settings import Settings
from checker.registers.tables import Table
from checker.registers.translation import Understanding
from checker.schools import School

AUGUST = 8


@dataclass(frozen=True, eq=False)
class Register:
    """A school's registers for a school year, as at a day.

    Attributes:
        settings: What ``register.yaml`` says.
        as_at: The day as at which it is judged.
        sha256: The hash of all its files.
        calendar: The sessions up to that day: later ones do not exist yet.
        roll: The pupils.
        marks: The marks.
        tables: The small tables that are there, by name.
        arrivals: The marks with a time of arrival; ``None`` where the column is absent.
        mark_columns: The columns of the table of marks.
        understood: How tables of another layout were understood.
        notes: What a user should know about how it was read.
    """

    settings: Settings
    as_at: dt.date
    sha256: str
    calendar: Calendar
    roll: Roll
    marks: Marks
    tables: Mapping[str, Table]
    arrivals: Arrivals | None = None
    mark_columns: tuple[str, ...] = ()
    understood: tuple[Understanding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def school(self) -> School:
        """The school as the register names it."""
        return self.settings.school

    @cached_property
    def planned(self) -> Calendar:
        """The calendar to its end, whatever the day."""
        return calendar_of(self.calendar.terms, self.calendar.closures)

    @cached_property
    def school_year(self) -> int:
        """The year in which the school year begins: as given, else by the first day of the first term."""
        if self.settings.school_year is not None:
            return self.settings.school_year
        first = self.calendar.first_day or self.as_at
        return first.year if first.month >= AUGUST else first.year - 1

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The pupil_ids by the places that marks use: the roll, then strangers."""
        return (*self.roll.ids, *self.marks.strangers)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each pupil_id, of strangers too."""
        if not self.marks.strangers:
            return self.roll.places
        return {pupil_id: place for place, pupil_id in enumerate(self.ids)}

    @cached_property
    def on_roll(self) -> Array:
        """For each pupil and session whether it is held for that pupil while on roll."""
        return self.roll.on_roll(self.calendar)

    def rows(
        self,
        marks: MarkList,
        *wordings: str,
        reasons: Array | None = None,
        days: Array | None = None,
        by_session: bool = True,
    ) -> MarkRows:
        """Returns marks at fault as rows of evidence: see :func:`~checker.registers.evidence.mark_rows`."""
        return mark_rows(
            self.ids, self.marks.alphabet, marks, wordings=wordings, reasons=reasons, days=days, by_session=by_session
        )

    def naming(self, finding: Finding) -> Finding:
        """Returns a finding with the pupils' names in its rows."""
        if finding.rows is None:
            return finding
        return replace(finding, rows=tuple(self._named(row) for row in finding.rows))

    def _named(self, row: Row) -> Row:
        place = self.roll.places.get(row.pupil) if row.pupil is not None else None
        if place is None:
            return row
        return row._replace(name=self.roll.names[place])
