"""Rows of evidence: built only for marks at fault, and only when someone looks at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from checker.findings import Row
from checker.registers.calendar import SESSIONS, Array, day_of
from checker.registers.grid import MarkList, keys_of

BITS_OF_A_BYTE = 8


@dataclass(frozen=True, eq=False)
class MarkRows(Sequence[Row]):
    """The rows of a finding about marks, one for each pupil and session (or day), as arrays until they are looked at.

    Attributes:
        ids: The pupil_ids by the places that the marks use.
        alphabet: The codes by their numbers.
        marks: The marks, in the order of pupils and of the calendar.
        reasons: For each mark a sum of powers of two, one for each of the wordings that hold.
        wordings: What is wrong, in words; ``{day}`` stands for the day of the mark in ``days``.
        days: For each mark the number of a day, such as a deadline.
        by_session: Whether a row names the session; else the day alone.
    """

    ids: Sequence[str]
    alphabet: Sequence[str]
    marks: MarkList
    reasons: Array
    wordings: tuple[str, ...]
    days: Array | None = None
    by_session: bool = True

    def __len__(self) -> int:
        return len(self.marks)

    @property
    def pupils(self) -> int:
        """How many pupils they name."""
        return int(np.count_nonzero(np.diff(self.marks.pupils))) + (len(self.marks) > 0)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return tuple(self._rows(place))
        place = range(len(self))[place]
        return next(self._rows(slice(place, place + 1)))

    def __iter__(self) -> Iterator[Row]:
        return self._rows(slice(None))

    def _rows(self, places: slice) -> Iterator[Row]:
        marks = self.marks
        pupils, halves, codes = (column[places].tolist() for column in (marks.pupils, marks.halves, marks.codes))
        reasons = self.reasons[places].tolist()
        days = self.days[places].tolist() if self.days is not None else [None] * len(reasons)
        wordings = {
            total: "; ".join(wording for bit, wording in enumerate(self.wordings) if total >> bit & 1)
            for total in set(reasons)
        }
        for pupil, half, code, total, day in zip(pupils, halves, codes, reasons, days, strict=True):
            said = wordings[total]
            yield Row(
                self.ids[pupil],
                day_of(half // 2).isoformat(),
                SESSIONS[half & 1] if self.by_session else None,
                self.alphabet[code] or None,
                (said if day is None else said.format(day=day_of(day).isoformat())) or None,
            )


def mark_rows(
    ids: Sequence[str],
    alphabet: Sequence[str],
    marks: MarkList,
    *,
    wordings: Sequence[str],
    reasons: Array | None = None,
    days: Array | None = None,
    by_session: bool = True,
) -> MarkRows:
    """Gathers marks at fault into rows: sorted, one for each pupil and session, with all that is wrong joined.

    Args:
        ids: The pupil_ids by the places that the marks use.
        alphabet: The codes by their numbers.
        marks: The marks at fault; several may be for one session, then the first gives the code.
        wordings: What can be wrong.
        reasons: For each mark a sum of powers of two, one for each wording that holds; without it the first holds.
        days: For each mark the number of a day that the wordings name.
        by_session: Whether rows are by session; else by day.
    """
    bits = np.ones(len(marks), dtype=np.int64) if reasons is None else reasons
    keys = keys_of(marks.pupils, marks.halves if by_session else marks.halves // 2)
    if (keys[1:] <= keys[:-1]).any():
        _, firsts, groups = np.unique(keys, return_index=True, return_inverse=True)
        joined = np.zeros(len(firsts), dtype=np.int64)
        np.bitwise_or.at(joined, groups, bits)
        marks, bits, days = marks.where(firsts), joined, None if days is None else days[firsts]
    narrow = MarkList(marks.pupils.astype(np.int32), marks.halves.astype(np.int32), marks.codes)
    if len(wordings) <= BITS_OF_A_BYTE:
        bits = bits.astype(np.uint8)
    days = None if days is None else days.astype(np.int32)
    return MarkRows(ids, alphabet, narrow, bits, tuple(wordings), days, by_session)
