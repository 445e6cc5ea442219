"""The small tables of a register: validated column-wise, and handed over as typed records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeVar

from checker.registers.columns import converted, layout_of, refuse_missing, without_empty_rows
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

    @cached_property
    def _records(self) -> tuple[Any, ...]:
        values = [self.frame[name].to_list() if name in self.columns else repeat(None) for name in layout_of(self.name)]
        return tuple(map(RECORDS[self.name], *values)) if self.columns else ()

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
    import polars as pl

    refuse_missing(raw, name)
    raw, rows = without_empty_rows(raw, name)
    layout = layout_of(name)
    columns = tuple(column for column in layout if column in raw.frame.columns)
    typed = {column: converted(raw, layout[column], rows) for column in columns}
    unused = tuple(heading for heading in raw.headings if heading not in layout)
    return Table(name, raw.name, columns, unused, pl.DataFrame(typed))
