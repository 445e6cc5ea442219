"""The small tables of a register: validated column-wise, and handed over as typed records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from checker.registers.columns import converted, layout_of, numbered, refuse_missing
from checker.registers.files import RawTable
from checker.registers.records import RECORDS

if TYPE_CHECKING:
    import polars as pl

R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Table:
    """A table, read and validated.

    Attributes:
        name: Which table it is, such as ``deletions``.
        file: The file that it comes from.
        columns: The columns of its layout that it has.
        unused: Its other headings.
        frame: The typed values.
    """

    name: str
    file: str
    columns: tuple[str, ...]
    unused: tuple[str, ...]
    frame: pl.DataFrame

    def lacks(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Returns those of the columns that it does not have."""
        return tuple(column for column in columns if column not in self.columns)

    def records(self, kind: type[R]) -> tuple[R, ...]:
        """Returns its rows as records of the kind that belongs to the table."""
        if RECORDS[self.name] is not kind:
            raise TypeError(f"the rows of {self.name} are no {kind.__name__}")
        return self._records

    def with_frame(self, frame: pl.DataFrame) -> Table:
        """Returns the same table with other rows."""
        return replace(self, frame=frame)

    def values(self, column: str) -> Sequence[Any]:
        """Returns a column's values; of a column that it lacks, nulls."""
        return self.frame[column].to_list() if column in self.columns else (None,) * self.frame.height

    @cached_property
    def _records(self) -> tuple[Any, ...]:
        return tuple(map(RECORDS[self.name], *(self.values(column) for column in layout_of(self.name))))

    @cached_property
    def pupil_ids(self) -> frozenset[str]:
        """The pupils whom its rows name; the empty text for a row that names none."""
        if "pupil_id" not in self.columns:
            return frozenset()
        return frozenset(value or "" for value in self.frame["pupil_id"].unique().to_list())


def table_of(name: str, raw: RawTable) -> Table:
    """Validates a table and gives its columns their types.

    Raises:
        UnreadableError: If a required column is missing or a cell does not fit; the message names file, row and column.
    """
    refuse_missing(raw, name)
    raw = numbered(raw, name)
    layout = layout_of(name)
    columns = tuple(column for column in layout if column in raw.frame.columns)
    unused = tuple(heading for heading in raw.headings if heading not in layout)
    return Table(name, raw.name, columns, unused, converted(raw, (layout[column] for column in columns)))
