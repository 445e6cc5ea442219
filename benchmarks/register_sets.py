"""Makes registers for benchmarks: schools of a thousand pupils and a whole year, not all of it clean.

Doubled, stray and missing marks, invalid codes, runs of absence, leavers and joiners are in each school.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

PUPILS = 1000
TERMS = (
    ("2025-09-01", "2025-10-24"), ("2025-11-03", "2025-12-19"), ("2026-01-05", "2026-02-13"),
    ("2026-02-23", "2026-03-27"), ("2026-04-13", "2026-05-22"), ("2026-06-01", "2026-07-20"),
)  # fmt: skip
CLOSED = ("2025-09-01", "2025-11-03", "2026-05-04", "2026-06-01", "2026-07-20")
ABSENT = np.array(["I", "I", "I", "M", "C", "O", "U", "N", "L", "V", "G"])
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def school_days() -> np.ndarray[Any, Any]:
    spans = [np.arange(np.datetime64(start), np.datetime64(end) + 1) for start, end in TERMS]
    days = np.concatenate(spans)
    return days[np.is_busday(days) & ~np.isin(days, np.array(CLOSED, dtype="datetime64[D]"))]


def write_school(folder: Path, number: int, *, parquet: bool) -> int:
    """Writes a school's register and returns the number of its marks."""
    rng = np.random.default_rng(number)
    folder.mkdir(parents=True, exist_ok=True)
    tables = {"pupils": _pupils(rng, number)}
    tables["deletions"] = _deletions(rng, tables["pupils"])
    tables["marks"] = _marks(rng, tables["pupils"], tables["deletions"])
    tables["contacts"] = _contacts(rng, tables["pupils"])
    tables["returns"] = pl.DataFrame(
        {"kind": "deletion", "pupil_id": tables["deletions"]["pupil_id"], "made_on": tables["deletions"]["deleted_on"]}
    )
    tables["leave"] = _leave(rng, tables["pupils"])
    tables["notices"] = _notices(rng, tables["pupils"])
    tables["amendments"] = _amendments(rng, tables["marks"])
    for name, table in tables.items():
        if parquet:
            table.write_parquet(folder / f"{name}.parquet")
        else:
            table.write_csv(folder / f"{name}.csv")
    (folder / "register.yaml").write_text(_settings(number), encoding="utf-8")
    return tables["marks"].height


def _settings(number: int) -> str:
    terms = "".join(f"  - {{start: {start}, end: {end}}}\n" for start, end in TERMS)
    closures = "".join(f"  - {{date: {day}, kind: inset}}\n" for day in CLOSED)
    return (
        f"school: {{name: School {number}, urn: {900000 + number}, type: maintained, local_authority: Kent}}\n"
        f"school_year: 2025-26\nas_at: 2026-07-17\nterms:\n{terms}closures:\n{closures}"
        'registration: {AM: {opens: "08:50", closes: "09:20"}, PM: {opens: "13:10", closes: "13:40"}}\n'
        "senior_year: 11\njunior_year: 7\n"
    )


def _pupils(rng: np.random.Generator, number: int) -> pl.DataFrame:
    places = np.arange(PUPILS)
    years = 7 + places % 5
    born = np.array([f"{2025 - year - 5}-09-01" for year in years], dtype="datetime64[D]") + rng.integers(
        0, 365, PUPILS
    )
    starts = np.where(rng.random(PUPILS) < 0.03, np.datetime64("2025-11-10"), np.datetime64("2022-09-01"))
    return pl.DataFrame(
        {
            "pupil_id": [f"S{number:03d}-{place:05d}" for place in places],
            "upn": [_upn(number * PUPILS + int(place)) for place in places],
            "surname": [f"Surname{place % 211}" for place in places],
            "forename": [f"Forename{place % 97}" for place in places],
            "sex": ["F" if place % 2 else "M" for place in places],
            "date_of_birth": born,
            "year_group": years,
            "starting_day": starts,
            "address": [f"{place} Mill Lane" for place in places],
            "previous_school": "Oak Road School",
            "boarder": False,
        }
    )


def _upn(number: int) -> str:
    body = f"999{number:09d}"
    total = sum(int(digit) * (place + 2) for place, digit in enumerate(body))
    return LETTERS[total % 23] + body


def _deletions(rng: np.random.Generator, pupils: pl.DataFrame) -> pl.DataFrame:
    places = np.sort(rng.choice(PUPILS, 30, replace=False))
    days = rng.choice(school_days()[60:150], 30)
    return pl.DataFrame({"pupil_id": pupils["pupil_id"].gather(places), "deleted_on": days, "ground": "1(a)"})


def _marks(rng: np.random.Generator, pupils: pl.DataFrame, deletions: pl.DataFrame) -> pl.DataFrame:
    days = school_days()
    width = 2 * len(days)
    codes = np.tile(np.array(["/", "\\"], dtype="U2"), (PUPILS, len(days)))
    habit = rng.beta(1, 18, (PUPILS, 1))
    absent = rng.random((PUPILS, width)) < habit
    codes[absent] = rng.choice(ABSENT, int(absent.sum()))
    for pupil in rng.choice(PUPILS, 25, replace=False):  # runs of one code
        start = rng.integers(0, width - 60)
        codes[pupil, start : start + rng.integers(10, 60)] = rng.choice(["O", "I", "E", "N"])
    wrong = rng.random((PUPILS, width)) < 0.0003
    codes[wrong] = rng.choice(["H", "y1", "", "?", "X", "C2"], int(wrong.sum()))
    starts = pupils["starting_day"].to_numpy()[:, None]
    leaves = np.full((PUPILS, 1), np.datetime64("2099-01-01"))
    leaves[pupils["pupil_id"].is_in(deletions["pupil_id"].implode()).to_numpy().nonzero()[0], 0] = deletions[
        "deleted_on"
    ]
    dates = np.repeat(days, 2)[None, :]
    kept = (dates >= starts) & (dates < leaves) & (rng.random((PUPILS, width)) > 0.0005)
    lines, columns = np.nonzero(kept)
    frame = pl.DataFrame(
        {
            "pupil_id": pupils["pupil_id"].gather(lines),
            "date": np.repeat(days, 2)[columns],
            "session": np.where(columns % 2, "PM", "AM"),
            "code": codes[lines, columns],
        }
    )
    times = np.where(rng.random(len(frame)) < 0.5, "09:15", "09:31")
    late = frame["code"].is_in(["L", "U"]).to_numpy() & (frame["session"] == "AM").to_numpy()
    frame = frame.with_columns(arrived_at=pl.Series(np.where(late, times, "")).replace("", None))
    stray = frame.sample(60, seed=int(rng.integers(1 << 30))).with_columns(pl.col("date").dt.offset_by("-2y"))
    doubled = frame.sample(60, seed=int(rng.integers(1 << 30)))
    return pl.concat([frame, stray, doubled])


def _contacts(rng: np.random.Generator, pupils: pl.DataFrame) -> pl.DataFrame:
    one = pupils.select(
        "pupil_id", name=pl.lit("Robin"), relationship=pl.lit("mother"), telephone=pl.lit("01632 960001")
    )
    other = one.with_columns(relationship=pl.lit("father")).sample(PUPILS - 15, seed=int(rng.integers(1 << 30)))
    return pl.concat([one, other])


def _leave(rng: np.random.Generator, pupils: pl.DataFrame) -> pl.DataFrame:
    first = rng.choice(school_days(), 120)
    return pl.DataFrame(
        {
            "pupil_id": pupils["pupil_id"].gather(rng.integers(0, PUPILS, 120)),
            "from_date": first,
            "to_date": first + rng.integers(0, 8, 120),
            "code": "C",
            "agreed_by": "Headteacher",
            "review_on": [None] * 120,
            "end_on": [None] * 120,
        },
        schema_overrides={"review_on": pl.Date, "end_on": pl.Date},
    )


def _notices(rng: np.random.Generator, pupils: pl.DataFrame) -> pl.DataFrame:
    issued = rng.choice(school_days()[50:], 12)
    return pl.DataFrame(
        {
            "pupil_id": pupils["pupil_id"].gather(rng.integers(0, PUPILS, 12)),
            "parent_id": "p1",
            "kind": "penalty",
            "issued_on": issued,
            "ended_on": [dt.date(2026, 7, 1)] * 12,
            "amount_21_days": 80,
            "amount_28_days": 160,
            "withdrawn": False,
        }
    )


def _amendments(rng: np.random.Generator, marks: pl.DataFrame) -> pl.DataFrame:
    chosen = marks.filter(pl.col("code") != "").sample(200, seed=int(rng.integers(1 << 30)))
    return chosen.select(
        "pupil_id", "date", "session", original_code=pl.lit("N"), amended_code=pl.col("code"),
        reason=pl.lit("call"), amended_on=pl.col("date"), amended_by=pl.lit("J Reed"), position=pl.lit("Clerk"),
    )  # fmt: skip
