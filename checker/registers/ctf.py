"""The Common Transfer File: pupils, and their marks as one string a year, morning then afternoon for every day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from checker.errors import UnreadableError
from checker.registers.calendar import SESSIONS
from checker.registers.columns import ROW
from checker.registers.files import RawTable
from checker.registers.marks import CLOSED
from checker.registers.settings import Source
from checker.registers.translation import Translator, Understanding
from checker.registers.wide import TOKEN

_TOKENS = re.compile(rf"{TOKEN}| ")
FIRST_MONTH = 8  # of an academic year in these files
WEEKEND = 5
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
        return RawTable(name, tuple(frame.columns), frame), Understanding(table, name, "ctf", columns)
    years = [block for pupil in pupils for block in _years(name, pupil, year)]
    if not years:
        raise UnreadableError("empty", f"{name}: holds no attendance marks for this school year.")
    seven = _seven_days(years)
    marks = pl.DataFrame(
        [row for block in years for row in _marks(block, seven)],
        schema={ROW: pl.Int64, **dict.fromkeys(("pupil_id", "date", "session", "code"), pl.String)},
        orient="row",
    )
    translator = Translator(name, "marks", source, {})
    native = translator.marks(marks, dated=True)
    week = "every day of the week" if seven else "Mondays to Fridays"
    understanding = Understanding(
        "marks", name, "ctf", {"code": "AttendanceMarks", "date": "AttendanceStartDate"}, translator.read_as,
        notes=(WEAK, f"{name}: its marks were taken as those of {week}."),
    )  # fmt: skip
    return RawTable(name, tuple(native.columns), native), understanding


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


def _seven_days(years: list[_Year]) -> bool:
    """Whether the strings hold every day of the week: then all of their weekends are closed."""
    weekends = [
        mark
        for block in years
        for place, mark in enumerate(block.marks)
        if (block.start + dt.timedelta(days=place // 2)).weekday() >= WEEKEND
    ]
    return bool(weekends) and all(mark in (CLOSED, " ", "-") for mark in weekends)


def _marks(block: _Year, seven: bool) -> Iterator[tuple[int, str, str, str, str | None]]:
    day = block.start
    for place in range(0, len(block.marks), len(SESSIONS)):
        while not seven and day.weekday() >= WEEKEND:
            day += dt.timedelta(days=1)
        for half, session in enumerate(SESSIONS):
            mark = block.marks[place + half].strip()
            if mark != CLOSED:
                yield place, block.pupil_id, day.isoformat(), session, mark or None
        day += dt.timedelta(days=1)


def _text(element: Any, path: str) -> str | None:
    return _plain(element.findtext(path))


def _plain(text: str | None) -> str | None:
    return (text or "").strip() or None
