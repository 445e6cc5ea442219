"""Tables of other layouts, turned into the native one: a row a mark, a row a day, a row a pupil.

What a column means is known by its heading, or said under ``tables`` in ``register.yaml``. A cell that is not
understood is refused with its row and column; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from checker.errors import UnreadableError
from checker.registers.columns import ROW, layout_of
from checker.registers.files import RawTable, raw_table
from checker.registers.settings import Source
from checker.registers.sheets import Sheet, read_sheet
from checker.registers.translation import Translator, Understanding
from checker.registers.vocabulary import understood, words
from checker.registers.wide import SessionColumn, session_columns, unfolded

if TYPE_CHECKING:
    import polars as pl

FEWEST_HEADINGS = 2
FEWEST_SESSIONS = 4
NEEDED: Mapping[str, tuple[str, ...]] = {
    "long": ("pupil_id", "date", "session", "code"),
    "daily": ("pupil_id", "date", "am", "pm"),
    "wide": ("pupil_id",),
}


@dataclass(frozen=True, eq=False)
class _Found:
    """A sheet whose headings were found.

    Attributes:
        table: Which table it is.
        source: What ``register.yaml`` says of it.
        sheet: The sheet.
        header: The row of the headings, from 0.
        headings: The headings.
        columns: Our columns and the headings that stand for them.
        sessions: The columns with marks of a wide sheet.
    """

    table: str
    source: Source
    sheet: Sheet
    header: int
    headings: tuple[str, ...]
    columns: Mapping[str, str]
    sessions: tuple[SessionColumn, ...]

    @property
    def layout(self) -> str:
        """Which layout it has: as said, else as the headings show."""
        if self.source.layout or self.table != "marks":
            return self.source.layout or "long"
        if "date" in self.columns:
            return "long" if "code" in self.columns else "daily"
        return "wide"

    @property
    def worth(self) -> int:
        """How many of the headings are understood."""
        return sum(heading in self.headings for heading in self.columns.values()) + len(self.sessions)

    def place(self, heading: str) -> str:
        """Returns the name of a heading's column in the sheet's frame.

        Raises:
            UnreadableError: If there is no such heading.
        """
        if heading not in self.headings:
            raise self.refusal(f"there is no heading {heading!r}")
        return str(self.headings.index(heading))

    def refusal(self, what: str) -> UnreadableError:
        """Returns the error for headings that do not do."""
        return UnreadableError(
            "columns", f"{self.sheet.name}, row {self.header + 1}: {what}. Describe the columns in register.yaml, "
            f"under tables: {self.table}: columns."
        )  # fmt: skip


def read_foreign(
    table: str, source: Source, name: str, data: bytes, year: int | None = None
) -> tuple[RawTable, Understanding]:
    """Reads a table of another layout as a native one.

    Args:
        table: The table.
        source: What ``register.yaml`` says of it.
        name: The file's name.
        data: Its bytes.
        year: The year in which the register's school year begins.

    Raises:
        UnreadableError: If something is not understood; the message names file, row and column.
    """
    source = replace(source, year=source.year or year)
    found = _find(table, source, read_sheet(name, data, source.sheet))
    frame, left_out = _rows(found)
    translator = Translator(name, table, source, found.columns)
    columns = {column: found.place(heading) for column, heading in found.columns.items() if heading in found.headings}
    if table != "marks":
        native = translator.records(frame, columns)
    elif found.layout == "wide":
        native = translator.marks(unfolded(frame, columns["pupil_id"], found.sessions), dated=True)
    elif found.layout == "daily":
        native = translator.marks(_by_session(frame, columns))
    else:
        named = {column: place for column, place in columns.items() if column not in ("am", "pm")}
        native = translator.marks(frame.select(ROW, **{column: _col(place) for column, place in named.items()}))
    shown = {**{column: heading for column, heading in found.columns.items() if heading in found.headings}}
    raw = raw_table(name, native.columns, native)
    return raw, Understanding(table, name, found.layout, shown, translator.read_as, left_out, len(found.sessions))


def _find(table: str, source: Source, sheet: Sheet) -> _Found:
    """Finds the row of headings: the given one, else the first of those that are understood best."""
    places = range(len(sheet.sample)) if source.header_row is None else [source.header_row - 1]
    candidates = [_candidate(table, source, sheet, place) for place in places if place < len(sheet.sample)]
    best = max(candidates, key=lambda candidate: candidate.worth, default=None)
    if best is None or best.worth < FEWEST_HEADINGS:
        raise UnreadableError(
            "columns", f"{sheet.name}: no row of headings was understood. Describe it in register.yaml, under "
            f"tables: {table}: header_row and columns."
        )  # fmt: skip
    layout = best.layout
    needed: Iterable[str] = NEEDED[layout]
    if table != "marks":
        needed = [column.name for column in layout_of(table).values() if column.required]
    for column in needed:
        if best.columns.get(column) not in best.headings:
            raise best.refusal(f"no heading for {column!r} was found")
    if table == "marks" and layout == "wide" and len(best.sessions) < FEWEST_SESSIONS:
        raise best.refusal("no headings such as '03/09/2025 AM' were found")
    return best


def _candidate(table: str, source: Source, sheet: Sheet, place: int) -> _Found:
    headings = tuple(sheet.sample[place])
    below = sheet.sample[place + 1] if place + 1 < len(sheet.sample) else ()
    sessions = session_columns(headings, below, source.year, source.dates) if table == "marks" else ()
    return _Found(table, source, sheet, place, headings, understood(table, headings, source.columns), sessions)


def _rows(found: _Found) -> tuple[pl.DataFrame, int]:
    """Returns the rows below the headings that are this school's, and how many at the end were no pupil's."""
    import polars as pl

    first = found.header + 1 + any(column.second_row for column in found.sessions)
    frame = found.sheet.frame(first).with_row_index(ROW, first + 1)
    frame = frame.filter(~pl.all_horizontal(pl.exclude(ROW).is_null()))
    key = pl.col(found.place(found.columns["pupil_id"]))
    first_word = pl.coalesce(pl.exclude(ROW)).str.to_lowercase().str.extract(r"^([^\W\d_]+)\b")
    says_so = first_word.is_in(list(words("footers"))).fill_null(False)  # a row that begins with a number has no word
    pupils = np.flatnonzero(~frame.select(footer=key.is_null() | says_so)["footer"].to_numpy())
    kept = int(pupils[-1]) + 1 if len(pupils) else 0
    left_out = len(frame) - kept
    frame = frame.head(kept)
    for heading, value in found.source.rows.items():
        frame = frame.filter(_col(found.place(heading)) == value)
    return frame, left_out


def _by_session(frame: pl.DataFrame, columns: Mapping[str, str]) -> pl.DataFrame:
    """Returns a row for each session of sheets with a row a day."""
    import polars as pl

    return pl.concat(
        frame.select(
            ROW,
            pupil_id=_col(columns["pupil_id"]),
            date=_col(columns["date"]),
            session=pl.lit(session),
            code=_col(columns[session.lower()]),
        )
        for session in ("AM", "PM")
    ).sort(ROW, maintain_order=True)


def _col(place: str) -> pl.Expr:
    import polars as pl

    return pl.col(place)
