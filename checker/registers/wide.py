"""Sheets with a row a pupil and a column a session (or a day whose cell holds both marks)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.registers.calendar import SESSIONS
from checker.registers.columns import ROW
from checker.registers.vocabulary import plain, words
from checker.registers.written_dates import read_date

if TYPE_CHECKING:
    import polars as pl

_SESSION = re.compile(r"\(?\b(am|pm|a\.m\.|p\.m\.|morning|afternoon)(?!\w)\)?", re.IGNORECASE)
TOKEN = r"(?:C[12]|J1|Y[1-7]|\S)"  # a digit follows no other code
_BOTH = rf"^({TOKEN})\s*({TOKEN})$"


@dataclass(frozen=True, slots=True)
class SessionColumn:
    """A column with marks.

    Attributes:
        place: Its place in the sheet.
        date: The day.
        session: ``AM`` or ``PM``; ``None`` where a cell holds both marks.
        second_row: Whether a second row of headings tells the session.
    """

    place: int
    date: dt.date
    session: str | None
    second_row: bool = False


def session_columns(
    headings: Sequence[str], below: Sequence[str], year: int | None, order: str | None = None
) -> tuple[SessionColumn, ...]:
    """Returns the columns whose headings are a day, with the session in the same row or in the row below.

    A day whose heading stands over two merged cells holds for the second of them too.
    """
    dates: list[dt.date | None] = []
    for heading in headings:
        last = dates[-1] if dates else None
        dates.append(read_date(_SESSION.sub(" ", heading).strip(" -,|"), year, order) if heading else last)
    tells = _tells_sessions([cell for cell, date in zip(below, dates, strict=False) if date is not None])
    found: list[SessionColumn] = []
    for place, (heading, date) in enumerate(zip(headings, dates, strict=True)):
        under = session_of(below[place]) if tells and place < len(below) else None
        word = _SESSION.search(heading)
        if date is not None and word is not None:
            found.append(SessionColumn(place, date, session_of(word[1])))
        elif date is not None and under is not None:
            found.append(SessionColumn(place, date, under, second_row=True))
        elif date is not None and heading:
            found.append(SessionColumn(place, date, None))
    return tuple(found)


def _tells_sessions(cells: Sequence[str]) -> bool:
    """Whether the cells below days are a second row of headings, and not the first pupil's marks: M is both."""
    sessions = [session_of(cell) for cell in cells if cell]
    return None not in sessions and (len(set(sessions)) == len(SESSIONS) or len(sessions) == len(cells))


def session_of(word: str) -> str | None:
    """Returns which session a word stands for; ``None`` where it is none."""
    return next((session for session in SESSIONS if plain(word) in words("sessions", session)), None)


def unfolded(frame: pl.DataFrame, pupil: str, columns: Sequence[SessionColumn]) -> pl.DataFrame:
    """Returns a row for each mark: row of the file, pupil_id, date, session and code.

    Args:
        frame: The rows of the sheet.
        pupil: The name of the column with the pupil_id.
        columns: The columns with marks.
    """
    import polars as pl

    meaning = pl.DataFrame(
        {
            "place": [str(column.place) for column in columns],
            "date": [column.date.isoformat() for column in columns],
            "session": [column.session for column in columns],
        },
        schema={"place": pl.String, "date": pl.String, "session": pl.String},
    )
    long = frame.unpivot(
        on=[str(column.place) for column in columns], index=[ROW, pupil], variable_name="place", value_name="code"
    ).filter(pl.col("code").is_not_null())
    long = long.join(meaning, on="place", how="left", maintain_order="left").rename({pupil: "pupil_id"})
    whole, both = long.filter(pl.col("session").is_not_null()), long.filter(pl.col("session").is_null())
    halves = [
        both.with_columns(session=pl.lit(session), code=pl.coalesce(pl.col("code").str.extract(_BOTH, group), "code"))
        for group, session in enumerate(SESSIONS, 1)
    ]
    return pl.concat([whole, *halves]).select(ROW, "pupil_id", "date", "session", "code").sort(ROW, maintain_order=True)
