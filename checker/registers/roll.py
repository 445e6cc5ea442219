"""The pupils of a register, and from when to when each is on roll."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from checker.registers.calendar import Array, Calendar
from checker.registers.columns import without_nulls
from checker.registers.tables import Table

if TYPE_CHECKING:
    import polars as pl

NO_YEAR_GROUP = -128
LONG_AGO = -(2**40)  # day numbers beyond any calendar
NEVER = 2**40


@dataclass(frozen=True, eq=False)
class Roll:
    """One line a pupil; of a ``pupil_id`` that stands twice the first row in the file counts.

    Attributes:
        table: The table of these pupils.
        starts: The day number from which each is on roll; ``LONG_AGO`` where it is not recorded.
        leaves: The day number of deletion, from which the pupil is on roll no more; ``NEVER`` for those who stay.
        born: The dates of birth; NaT where not recorded.
        year_groups: The year groups; ``NO_YEAR_GROUP`` where not recorded.
        boarders: Who boards.
    """

    table: Table
    starts: Array
    leaves: Array
    born: Array
    year_groups: Array
    boarders: Array

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The pupil_ids as written."""
        return tuple(self.table.values("pupil_id"))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each pupil_id."""
        return {pupil_id: place for place, pupil_id in enumerate(self.ids)}

    @cached_property
    def names(self) -> tuple[str | None, ...]:
        """The full names, which only those see who ask for them."""
        both = zip(self.table.values("forename"), self.table.values("surname"), strict=True)
        return tuple(" ".join(part for part in name if part) or None for name in both)

    def on_roll(self, calendar: Calendar) -> Array:
        """Returns for each pupil and session whether it is held for that pupil while on roll."""
        present = calendar.between(self.starts, self.leaves)
        return present & calendar.held_for(self.year_groups) if calendar.partly_closed else present


def roll_of(pupils: Table, deletions: Table | None) -> Roll:
    """Returns the roll: where a pupil is deleted more than once, the earliest day counts."""
    kept = pupils
    if len(set(pupils.values("pupil_id"))) < len(pupils):
        kept = pupils.with_frame(pupils.frame.unique("pupil_id", keep="first", maintain_order=True))
    left: dict[str, int] = {}
    if deletions is not None and not deletions.lacks(("pupil_id", "deleted_on")):
        days = deletions.frame["deleted_on"].cast(int).to_list()
        for pupil_id, day in zip(deletions.values("pupil_id"), days, strict=True):
            if pupil_id is not None and day is not None:
                left[pupil_id] = min(day, left.get(pupil_id, day))
    leaves = np.full(kept.frame.height, NEVER)
    if left:
        leaves[:] = [left.get(pupil_id, NEVER) for pupil_id in kept.values("pupil_id")]
    boarders = kept.frame["boarder"] if "boarder" in kept.columns else None
    return Roll(
        kept,
        _numbers(kept.frame["starting_day"], LONG_AGO),
        leaves,
        kept.frame["date_of_birth"].to_numpy().astype("datetime64[D]"),
        _numbers(kept.frame["year_group"], NO_YEAR_GROUP),
        np.zeros(len(leaves), dtype=bool) if boarders is None else without_nulls(boarders, False).to_numpy(),
    )


def _numbers(series: pl.Series, blank: int) -> Array:
    numbers: Array = without_nulls(series.cast(int), blank).to_numpy()
    return numbers
