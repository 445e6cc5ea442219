"""The pupils of a register, and from when to when each is on roll."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from checker.registers.calendar import Array, Calendar
from checker.registers.records import Deletion, Pupil

NO_YEAR_GROUP = -128
LONG_AGO = -(2**40)  # day numbers beyond any calendar
NEVER = 2**40


@dataclass(frozen=True, eq=False)
class Roll:
    """One line a pupil; of a ``pupil_id`` that stands twice the first row in the file counts.

    Attributes:
        pupils: The rows of the table.
        starts: The day number from which each is on roll; ``LONG_AGO`` where it is not recorded.
        leaves: The day number of deletion, from which the pupil is on roll no more; ``NEVER`` for those who stay.
        born: The dates of birth; NaT where not recorded.
        year_groups: The year groups; ``NO_YEAR_GROUP`` where not recorded.
        boarders: Who boards.
    """

    pupils: tuple[Pupil, ...]
    starts: Array
    leaves: Array
    born: Array
    year_groups: Array
    boarders: Array

    def __len__(self) -> int:
        return len(self.pupils)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The pupil_ids as written."""
        return tuple(pupil.pupil_id for pupil in self.pupils)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each pupil_id."""
        return {pupil_id: place for place, pupil_id in enumerate(self.ids)}

    def on_roll(self, calendar: Calendar) -> Array:
        """Returns for each pupil and session whether it is held for that pupil while on roll."""
        days = calendar.halves // 2
        present = (days >= self.starts[:, None]) & (days < self.leaves[:, None])
        return present & calendar.held_for(self.year_groups) if calendar.partly_closed else present


def roll_of(pupils: Sequence[Pupil], deletions: Sequence[Deletion]) -> Roll:
    """Returns the roll: where a pupil is deleted more than once, the earliest day counts."""
    first: dict[str, Pupil] = {}
    for pupil in pupils:
        first.setdefault(pupil.pupil_id, pupil)
    kept = tuple(first.values())
    left: dict[str, np.datetime64] = {}
    for deletion in deletions:
        if deletion.deleted_on is not None and deletion.pupil_id is not None:
            day = np.datetime64(deletion.deleted_on, "D")
            left[deletion.pupil_id] = min(day, left.get(deletion.pupil_id, day))
    starts = np.array([pupil.starting_day for pupil in kept], dtype="datetime64[D]")
    leaves = np.array([left.get(pupil.pupil_id) for pupil in kept], dtype="datetime64[D]")
    return Roll(
        kept,
        np.where(np.isnat(starts), LONG_AGO, starts.astype(np.int64)),
        np.where(np.isnat(leaves), NEVER, leaves.astype(np.int64)),
        np.array([pupil.date_of_birth for pupil in kept], dtype="datetime64[D]"),
        np.array([NO_YEAR_GROUP if p.year_group is None else p.year_group for p in kept], dtype=np.int16),
        np.array([pupil.boarder is True for pupil in kept], dtype=bool),
    )
