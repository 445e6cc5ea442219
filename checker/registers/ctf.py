"""The Common Transfer File: pupils, and their marks as one string a year, morning then afternoon for every day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from checker.errors import UnreadableError
from checker.registers.calendar import SESSIONS
from checker.registers.columns import ROW
from checker.registers.files import RawTable, raw_table
from checker.registers.marks import CLOSED
from checker.registers.settings import Source
from checker.registers.translation import Translator, Understanding
from checker.registers.wide import TOKEN

if TYPE_CHECKING:
    import polars as pl

_TOKENS = re.compile(rf"{TOKEN}| ")
FIRST_MONTH = 8  # of an academic year in these files
WEAK = (
    "A Common Transfer File shows a session without a record as present, so a present mark in it is weaker evidence "
    "than one in the school's own system."
)


@dataclass(frozen=True, slots=True)
class _Year:
    """The marks of a pupil for a year."""

    pupil_id: str
    start: dt.date
    marks: tuple[str, ...]


def read_ctf(table: str, source: Source, name: str, data: bytes, year: int | None) -> tuple[RawTable, Understanding]:
    """Reads pupils or marks from a Common Transfer File.

    Args:
        table: ``pupils`` or ``marks``.
        source: What ``register.yaml`` says of it.
        name: The file's name.
        data: Its bytes.
        year: The year in which the register's school year begins; marks of other years are left out.

    Raises:
        UnreadableError: If it is no such file, or its marks do not fit their days.
    """
    import polars as pl

    root = _parsed(name, data)
    pupils = list(root.iterfind("CTFpupilData/Pupil"))
    if not pupils:
        raise UnreadableError("format", f"{name}: holds no CTFpupilData/Pupil, so it is no Common Transfer File.")
    if table == "pupils":
        rows = [_pupil(pupil) for pupil in pupils]
        frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String), strict=False)
        columns = {column: column for column in frame.columns}
        return raw_table(name, frame.columns, frame), Understanding(table, name, "ctf", columns)
    years = [block for pupil in pupils for block in _years(name, pupil, year)]
    if not years:
        raise UnreadableError("empty", f"{name}: holds no attendance marks for this school year.")
    marks = _unfolded(years)
    seven = _seven_days(marks)
    days = marks["start"].to_numpy() + marks["place"].to_numpy() // 2
    if not seven:
        days = np.busday_offset(marks["start"].to_numpy(), marks["place"].to_numpy() // 2, roll="forward")
    marks = marks.with_columns(date=pl.Series(days).dt.to_string("%Y-%m-%d"), code=pl.col("code").str.strip_chars())
    marks = marks.with_columns(code=pl.when(pl.col("code") != "").then("code"))
    translator = Translator(name, "marks", source, {})
    native = _to_the_last_mark(translator.marks(marks, dated=True))
    week = "every day of the week" if seven else "Mondays to Fridays"
    understanding = Understanding(
        "marks", name, "ctf", {"code": "AttendanceMarks", "date": "AttendanceStartDate"}, translator.read_as,
        notes=(WEAK, f"{name}: its marks were taken as those of {week}."),
    )  # fmt: skip
    return raw_table(name, native.columns, native), understanding


def _parsed(name: str, data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise UnreadableError("format", f"{name}{line}: is not well-formed XML. Export it again.") from error
    document: Any = root.getroottree().docinfo
    if document.doctype:
        raise UnreadableError("format", f"{name}: declares a document type, which a Common Transfer File does not.")
    return root


def _pupil(pupil: Any) -> dict[str, str | None]:
    group = _text(pupil, "BasicDetails/NCyearActual")
    return {
        "pupil_id": _pupil_id(pupil),
        "upn": _text(pupil, "UPN"),
        "surname": _text(pupil, "Surname"),
        "forename": _text(pupil, "Forename"),
        "sex": _text(pupil, "Sex") or _text(pupil, "Gender"),
        "date_of_birth": _text(pupil, "DOB"),
        "year_group": None if group is None else {"R": "0", "N1": "-2", "N2": "-1", "X": None}.get(group, group),
        "starting_day": _text(pupil, "SchoolHistory/School/EntryDate"),
        "address": ", ".join(text for part in pupil.iterfind("Address//*") if (text := _plain(part.text))) or None,
    }


def _pupil_id(pupil: Any) -> str | None:
    return _text(pupil, "UPN") or _text(pupil, "ApplicationReference")


def _years(name: str, pupil: Any, year: int | None) -> Iterator[_Year]:
    for block in pupil.iterfind("Attendance/YearData/AttendSessions"):
        written = _text(block, "AttendanceStartDate")
        marks = "".join(char for char in block.findtext("AttendanceMarks") or "" if char not in "\r\n\t")
        if written is None or not marks:
            continue
        try:
            start = dt.date.fromisoformat(written[:10])
        except ValueError as error:
            raise UnreadableError(
                "cell", f"{name}, line {block.sourceline}: AttendanceStartDate must be a date written as 2025-09-01."
            ) from error
        if year is not None and year != (start.year if start.month >= FIRST_MONTH else start.year - 1):
            continue
        tokens = tuple(_TOKENS.findall(marks))
        if len(tokens) % len(SESSIONS):
            raise UnreadableError(
                "cell", f"{name}, line {block.sourceline}: AttendanceMarks holds an odd number of marks, so mornings "
                "and afternoons cannot be told apart. Export it again."
            )  # fmt: skip
        yield _Year(_pupil_id(pupil) or "", start, tokens)


def _unfolded(years: list[_Year]) -> pl.DataFrame:
    """Returns a row for each mark: pupil_id, first day, place in the string, session and code."""
    import polars as pl

    frame = pl.DataFrame(
        {
            ROW: range(len(years)),
            "pupil_id": [block.pupil_id for block in years],
            "start": [block.start for block in years],
            "code": [list(block.marks) for block in years],
        }
    )
    frame = frame.with_columns(place=pl.int_ranges(pl.col("code").list.len())).explode("code", "place")
    morning, afternoon = SESSIONS
    return frame.with_columns(
        session=pl.when(pl.col("place") % 2 == 0).then(pl.lit(morning)).otherwise(pl.lit(afternoon))
    )


def _to_the_last_mark(marks: pl.DataFrame) -> pl.DataFrame:
    """Leaves out the closed days of the rest of the year, which would say that the register covers them."""
    import polars as pl

    return marks.filter(pl.col("date") <= marks.filter(~pl.col("code").is_in(["", CLOSED]))["date"].max())


def _seven_days(marks: pl.DataFrame) -> bool:
    """Whether the strings hold every day of the week: then all of their weekends are closed."""
    days = marks["start"].to_numpy() + marks["place"].to_numpy() // 2
    weekend = marks["code"].filter(~np.is_busday(days))
    return len(weekend) > 0 and bool(weekend.is_in([CLOSED, " ", "-"]).all())


def _text(element: Any, path: str) -> str | None:
    return _plain(element.findtext(path))


def _plain(text: str | None) -> str | None:
    return (text or "").strip() or None
