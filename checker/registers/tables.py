"""The small tables of a register: validated column-wise, and handed over as typed records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from checker.registers.columns import (
    Column,
    collected,
    layout_of,
    numbered,
    refuse_missing,
    trimmed,
    valued,
    without_blank_rows,
)
from checker.registers.files import RawTable, raw_table
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
    _values: dict[str, Sequence[Any]] = field(default_factory=dict, repr=False)

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
        return replace(self, frame=frame, _values={})

    def values(self, column: str) -> Sequence[Any]:
        """Returns a column's values; of a column that it lacks, nulls."""
        if column not in self._values:
            known = column in self.columns
            self._values[column] = self.frame.get_column(column).to_list() if known else [None] * len(self)
        return self._values[column]

    def __len__(self) -> int:
        return self.frame.height

    @cached_property
    def _records(self) -> tuple[Any, ...]:
        return tuple(map(RECORDS[self.name], *(self.values(column) for column in layout_of(self.name))))

    @cached_property
    def pupil_ids(self) -> frozenset[str]:
        """The pupils whom its rows name; the empty text for a row that names none."""
        if "pupil_id" not in self.columns:
            return frozenset()
        named = frozenset(self.values("pupil_id"))
        return named if None not in named else named - {None} | {""}


def tables_of(raw: Mapping[str, RawTable]) -> dict[str, Table]:
    """Validates tables and gives their columns their types; all are worked out in one go.

    Raises:
        UnreadableError: If a required column is missing or a cell does not fit; the message names file, row and column.
    """
    import polars as pl

    for name, table in raw.items():
        refuse_missing(table, name)
    present = {name: _present(name, table) for name, table in raw.items()}
    try:
        frames = pl.collect_all([table.frame for table in raw.values()])
    except pl.exceptions.PolarsError:
        frames = [collected(table.name, table.frame) for table in raw.values()]
    if not _bare(frames):
        frames = [
            collected(table.name, trimmed(numbered(raw_table(table.name, (), frame)), present[name]))
            for (name, table), frame in zip(raw.items(), frames, strict=True)
        ]
    return {
        name: Table(
            name, table.name, tuple(column.name for column in present[name]), _unused(name, table),
            _valued(table, frame, present[name]),
        )
        for (name, table), frame in zip(raw.items(), frames, strict=True)
    }  # fmt: skip


def _bare(frames: Iterable[pl.DataFrame]) -> bool:
    """Whether all text stands without spaces around it, as it mostly does: then nothing need be trimmed."""
    import polars as pl

    cells = [(type(kind), frame, name) for frame in frames for name, kind in frame.schema.items()]
    if any(kind in (pl.Categorical, pl.Enum, pl.Binary) for kind, _, _ in cells):
        return False
    columns = [frame.get_column(name) for kind, frame, name in cells if kind is pl.String]
    if not columns:
        return True
    texts = pl.concat(columns)
    return bool((texts == texts.str.strip_chars()).all()) and not (texts == "").any()


def _valued(raw: RawTable, frame: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    # No row is blank throughout where some column has no blank.
    if columns and all(frame.get_column(column.name).null_count() for column in columns):
        frame = collected(raw.name, trimmed(without_blank_rows(numbered(raw)), columns))
    return valued(raw.name, frame, columns)


def _present(name: str, table: RawTable) -> list[Column]:
    return [column for column in layout_of(name).values() if column.name in table.columns]


def _unused(name: str, table: RawTable) -> tuple[str, ...]:
    return tuple(heading for heading in table.headings if heading not in layout_of(name))
