"""The marks of a school as one dense grid, and beside it what a grid cannot hold.

The grid has a line for each pupil and a column for each session of the calendar; a cell holds a number that stands for
a code. The first row of the file for a pupil and session stands in the grid. Every other row is kept *aside*: further
rows for the same session, and marks outside the calendar or of pupils who are not on the roll. Nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from checker.registers.calendar import Array, Calendar

BLANK = 0  # the number of "no mark" in every alphabet
FEW = 12
COMMON = 8  # a number is common that fills more than an eighth
SAMPLED = 16  # of so many pupils one tells which numbers are common
OUTSIDE = -(2**40)  # makes any sum with it negative
MOST_IN_ORDER = 0.9  # of the rows: the others are then looked up among these
FARTHEST = 2**24  # no date's half-day lies so far from 1970


@dataclass(frozen=True, eq=False)
class MarkList:
    """Marks one by one, as parallel arrays.

    Attributes:
        pupils: Places on the roll; from the length of the roll on, places among the strangers.
        halves: Half-days.
        codes: Numbers of codes.
    """

    pupils: Array
    halves: Array
    codes: Array

    @classmethod
    def none(cls) -> MarkList:
        """Returns a list without marks."""
        empty = np.zeros(0, dtype=np.int64)
        return cls(empty, empty, np.zeros(0, dtype=np.uint8))

    def __len__(self) -> int:
        return len(self.pupils)

    def where(self, chosen: Array) -> MarkList:
        """Returns the marks that a mask or places choose."""
        return MarkList(self.pupils[chosen], self.halves[chosen], self.codes[chosen])

    def __add__(self, other: MarkList) -> MarkList:
        return MarkList(
            np.concatenate([self.pupils, other.pupils]),
            np.concatenate([self.halves, other.halves]),
            np.concatenate([self.codes, other.codes]),
        )


@dataclass(frozen=True, eq=False)
class Marks:
    """All marks of a register.

    Attributes:
        calendar: The sessions that are the columns of the grid.
        alphabet: The codes by their numbers; the first is the empty text, "no mark".
        grid: For each pupil and session the number of the code.
        aside: The rows that the grid does not hold.
        repeated: For each row aside whether an earlier row of the file is for the same pupil and session.
        strangers: The pupil_ids that stand in the marks and not on the roll.
        roll_size: How many pupils the roll has.
    """

    calendar: Calendar
    alphabet: tuple[str, ...]
    grid: Array
    aside: MarkList
    repeated: Array
    strangers: tuple[str, ...]
    roll_size: int

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """The number of each code of the alphabet."""
        return {code: number for number, code in enumerate(self.alphabet)}

    @property
    def outside(self) -> int:
        """The number that stands for "not a session of this pupil", which is no code."""
        return len(self.alphabet)

    def numbers(self, codes: Iterable[str]) -> tuple[int, ...]:
        """Returns the numbers of those of the codes that occur."""
        return tuple(self.number_of[code] for code in codes if code in self.number_of)

    def others(self, codes: Iterable[str]) -> tuple[int, ...]:
        """Returns the numbers of all codes that occur but these; "no mark" is no code."""
        left_out = set(codes)
        return tuple(number for number, code in enumerate(self.alphabet) if code and code not in left_out)

    @cached_property
    def common(self) -> tuple[int, ...]:
        """The numbers that fill so much of the grid that they are looked for in the grid itself."""
        some = self.grid[::SAMPLED].ravel()
        return tuple(np.flatnonzero(np.bincount(some) * COMMON > len(some)).tolist())

    @cached_property
    def by_code(self) -> tuple[Array, Array]:
        """The places in the grid of all numbers that are not common, one after the other, and where each begins."""
        places = np.flatnonzero(~among(self.grid, self.common))
        codes = self.grid.ravel()[places]
        order = np.argsort(codes, kind="stable")
        return places[order], np.searchsorted(codes[order], np.arange(len(self.alphabet) + 1))

    @cached_property
    def counts(self) -> Array:
        """How many cells of the grid hold each number."""
        counts = np.diff(self.by_code[1])
        counts[list(self.common)] = [np.count_nonzero(self.grid == number) for number in self.common]
        return counts

    def cells(self, chosen: Array) -> MarkList:
        """Returns the marks of the grid's cells that a mask chooses, pupil by pupil in calendar order."""
        return self._cells_at(np.flatnonzero(chosen))

    def written(self, numbers: Sequence[int]) -> MarkList:
        """Returns every mark whose code has one of the numbers: those in the grid as ``cells``, then those aside."""
        if set(numbers).intersection(self.common):
            cells = self.cells(among(self.grid, numbers))
        else:
            places, begins = self.by_code
            parts = [places[begins[number] : begins[number + 1]] for number in numbers]
            cells = self._cells_at(np.sort(np.concatenate([places[:0], *parts])))
        return cells + self.aside.where(among(self.aside.codes, numbers))

    def _cells_at(self, places: Array) -> MarkList:
        pupils, columns = np.divmod(places, max(1, self.grid.shape[1]))
        return MarkList(pupils, self.calendar.halves[columns], self.grid.ravel()[places])

    def standing(self, pupils: Array, halves: Array) -> Array:
        """Returns for pairs of a pupil's place and a half-day the code of the first row of the file, else no mark."""
        columns = self.calendar.columns_of(halves)
        inside = (columns >= 0) & (pupils < self.roll_size)
        codes = np.zeros(len(pupils), dtype=self.grid.dtype)
        codes[inside] = self.grid[pupils[inside], columns[inside]]
        first = self.aside.where(~self.repeated)
        if len(first) and not inside.all():
            order = np.argsort(keys := keys_of(first.pupils, first.halves))
            wanted = keys_of(pupils, halves)
            places = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(order) - 1)]
            found = ~inside & (keys[places] == wanted)
            codes[found] = first.codes[places[found]]
        return codes


def among(codes: Array, numbers: Sequence[int]) -> Array:
    """Returns which codes have one of the numbers. For a few numbers, comparing is faster than looking up."""
    if len(numbers) > FEW:
        table = np.zeros(int(np.iinfo(codes.dtype).max) + 1, dtype=bool)
        table[list(numbers)] = True
        found: Array = np.take(table, codes)
        return found
    chosen = np.zeros(codes.shape, dtype=bool)
    for number in numbers:
        chosen |= codes == number
    return chosen


def marks_of(
    rows: MarkList, alphabet: Sequence[str], calendar: Calendar, *, roll_size: int, strangers: Sequence[str] = ()
) -> Marks:
    """Lays marks out as a grid.

    Half a million rows make large arrays, and fresh memory costs more than arithmetic: so few arrays are made.

    Args:
        rows: The marks in the order of the file.
        alphabet: The codes by their numbers.
        calendar: The calendar up to the day that is judged.
        roll_size: How many pupils the roll has.
        strangers: The pupil_ids that the roll does not hold.
    """
    width = len(calendar.halves)
    size = roll_size * width
    cells = rows.pupils * width
    if strangers:
        cells[rows.pupils >= roll_size] = OUTSIDE
    cells += calendar.columns_of(rows.halves, outside=OUTSIDE)
    outside = np.flatnonzero(cells < 0)
    cells[outside] = size
    firsts, later = _doubled(cells, size)
    grid = np.zeros(size + 1, dtype=rows.codes.dtype)
    grid[cells] = rows.codes
    grid[cells[firsts]] = rows.codes[firsts]  # of several rows for a cell the first in the file stands
    others = np.sort(np.concatenate([outside, later]))
    aside = rows.where(others)
    return Marks(
        calendar,
        tuple(alphabet),
        grid[:-1].reshape(roll_size, width),
        MarkList(aside.pupils, aside.halves.astype(np.int64), aside.codes),
        _repeated(aside, cells[others] < size),
        tuple(strangers),
        roll_size,
    )


def _doubled(cells: Array, size: int) -> tuple[Array, Array]:
    """Returns the places of cells that stand more than once in a list: where each is first, and where it is again.

    Args:
        cells: The cells; ``size`` stands for no cell.
        size: How many cells there are.
    """
    suspects = _suspects(cells, size)
    suspects = suspects[cells[suspects] < size]
    firsts = np.unique(cells[suspects], return_index=True)[1]
    return suspects[firsts], np.delete(suspects, firsts)


def _suspects(cells: Array, size: int) -> Array:
    """Returns places of a list of cells, in order: all those whose cell stands more than once are among them.

    Most files are in the order of pupils and sessions but for a few rows. Then the cells of those few are looked up
    among the others; else all are counted.
    """
    breaks = np.flatnonzero(cells[1:] <= cells[:-1]) + 1
    bounds = np.concatenate([[0], breaks, [len(cells)]])
    longest = int(np.diff(bounds).argmax())
    start, end = bounds[longest : longest + 2].tolist()
    if end - start >= MOST_IN_ORDER * len(cells):
        others = np.concatenate([cells[:start], cells[end:]])
        suspect = np.ones(len(cells), dtype=bool)
        suspect[start:end] = False
        suspect[np.minimum(start + np.searchsorted(cells[start:end], others), end - 1)] = True
        return np.flatnonzero(suspect)
    often = np.bincount(cells, minlength=size + 1) > 1
    return np.flatnonzero(np.take(often, cells, mode="clip"))


def _repeated(aside: MarkList, inside: Array) -> Array:
    """Returns for each row aside whether an earlier row of the file is for the same session.

    Args:
        aside: The rows, in the order of the file.
        inside: Which are of a cell of the grid: they are aside because an earlier row stands in the grid.
    """
    repeated = inside.copy()
    places = np.flatnonzero(~inside)
    later = np.unique(keys_of(aside.pupils[places], aside.halves[places]), return_index=True)[1]
    repeated[np.delete(places, later)] = True
    return repeated


def keys_of(pupils: Array, halves: Array) -> Array:
    """Returns a number for each pair of a pupil and a half-day: equal for equal pairs, and in the order of pairs."""
    keys: Array = pupils.astype(np.int64) * (2 * FARTHEST) + (halves + FARTHEST)
    return keys
