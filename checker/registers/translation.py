"""Turns the cells of other systems' files into those of the native tables: dates, sessions, codes, yes and no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checker.registers.columns import ROW, layout_of, refuse_foreign_cell
from checker.registers.settings import Source
from checker.registers.vocabulary import plain, vocabulary, words
from checker.registers.wide import session_of
from checker.registers.written_dates import read_date

if TYPE_CHECKING:
    import polars as pl

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?$")
_NUMBER = re.compile(r"£? ?(-?\d{1,9})(?:\.0+)?$")
_YEAR = re.compile(r"(?:(?:nc )?y(?:ea)?r )?(-?\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a table of another layout was understood.

    Attributes:
        table: The table.
        file: The file's name.
        layout: ``long``, ``daily``, ``wide`` or ``ctf``.
        columns: Our columns and the headings that stand for them.
        read_as: Marks as written that were read as another code, and that code; empty for no mark.
        left_out: How many rows at the end were taken as no pupil's.
        sessions: How many columns of a wide sheet hold marks.
        notes: What else a user should know.
    """

    table: str
    file: str
    layout: str
    columns: Mapping[str, str]
    read_as: Mapping[str, str] = field(default_factory=dict)
    left_out: int = 0
    sessions: int = 0
    notes: tuple[str, ...] = ()

    def said(self) -> Iterator[str]:
        """Yields what a user should know, as sentences."""
        yield from self.notes
        if self.read_as:
            pairs = ", ".join(f"{old!r} as {new or 'no mark'}" for old, new in sorted(self.read_as.items()))
            yield f"{self.file}: these marks were read as others: {pairs}."
        if self.left_out:
            yield f"{self.file}: rows at the end that are no pupil's were left out: {self.left_out}."


class Translator:
    """Translates the cells of one table, and remembers which marks were read as other codes."""

    def __init__(self, file: str, table: str, source: Source, headings: Mapping[str, str]) -> None:
        self._file = file
        self._table = table
        self._source = source
        self._headings = headings
        self.read_as: dict[str, str] = {}

    def marks(self, frame: pl.DataFrame, *, dated: bool = False) -> pl.DataFrame:
        """Returns the native columns of marks.

        Args:
            frame: A row for each mark: the row of the file, pupil_id, date, session, code, arrived_at, note.
            dated: Whether the dates are ISO already.
        """
        columns = ["pupil_id", "date", "session", "code", *(c for c in ("arrived_at", "note") if c in frame.columns)]
        native = [frame["pupil_id"]]
        native.append(frame["date"] if dated else self._each(frame, "date", self._date, filled=True))
        native.append(self._each(frame, "session", self._session, filled=True))
        native.append(self._each(frame, "code", self._code))
        if "arrived_at" in columns:
            native.append(self._each(frame, "arrived_at", _clock))
        native += [frame[column] for column in columns[len(native) :]]
        return frame.select(series.alias(column) for series, column in zip(native, columns, strict=True))

    def records(self, frame: pl.DataFrame, places: Mapping[str, str]) -> pl.DataFrame:
        """Returns the native columns of a small table; rows that are alike throughout stand once.

        Args:
            frame: The rows of the sheet.
            places: Our columns and the names of the sheet's.
        """
        named = frame.select(ROW, **{column: frame[place] for column, place in places.items()})
        translate: dict[str, Callable[[str], str | None]] = {
            "date": self._date, "boolean": _yes_or_no, "integer": _whole_number, "time": _clock,
        }  # fmt: skip
        series = []
        for name, column in layout_of(self._table).items():
            understand = _year_group if name == "year_group" else translate.get(column.kind)
            if name in places:
                series.append(named[name] if understand is None else self._each(named, name, understand))
        return frame.select(series).unique(maintain_order=True)

    def _each(
        self, frame: pl.DataFrame, column: str, translate: Callable[[str], str | None], *, filled: bool = False
    ) -> pl.Series:
        """Translates each distinct text of a column once; refuses the first row whose text is not understood."""
        import polars as pl

        texts = frame[column].unique().drop_nulls().to_list()
        known = {text: translate(text) for text in texts}
        bad = frame[column].is_in([text for text, value in known.items() if value is None])
        if filled:
            bad = bad.fill_null(False) | frame[column].is_null()
        if bad.any():
            row = int(frame.filter(bad.fill_null(False))[ROW].min() or 0)  # type: ignore[arg-type]
            refuse_foreign_cell(self._file, row, self._headings.get(column, column), layout_of(self._table).get(column))
        return frame[column].replace_strict(
            list(known), list(known.values()), default=None, return_dtype=pl.String
        ).alias(column)  # fmt: skip

    def _date(self, text: str) -> str | None:
        date = read_date(text, self._source.year, self._source.dates)
        return None if date is None else date.isoformat()

    def _session(self, text: str) -> str | None:
        return self._source.sessions.get(text) or session_of(text)

    def _code(self, text: str) -> str:
        code = self._source.codes.get(text)
        if code is None:
            normal = unicodedata.normalize("NFKC", text).strip()
            no_mark = normal in vocabulary()["no_mark"] or (plain(normal) or None) in words("no_mark")
            code = "" if no_mark else normal.upper()
        if code != text:
            self.read_as[text] = code
        return code


def _clock(text: str) -> str | None:
    match = _CLOCK.fullmatch(text)
    return None if match is None else f"{int(match[1]):02d}:{match[2]}"


def _yes_or_no(text: str) -> str | None:
    if plain(text) in words("affirmative"):
        return "true"
    return "false" if plain(text) in words("negative") else None


def _whole_number(text: str) -> str | None:
    match = _NUMBER.fullmatch(text.strip())
    return None if match is None else match[1]


def _year_group(text: str) -> str | None:
    word = text.strip().lower()
    match = _YEAR.fullmatch(word)
    if match is not None:
        return str(int(match[1]))
    group = vocabulary()["year_groups"].get(plain(word))
    return None if group is None else str(group)
