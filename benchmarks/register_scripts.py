"""Six rules as people would write them in an afternoon: plain loops, pandas, and Polars. For comparison only.

Each takes a register's folder and returns how many rows each rule finds: sessions without a code, codes not in force,
N that stands too long, persistent absence, severe absence, and the threshold of ten sessions in ten weeks.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from register_sets import school_days

AS_AT = dt.date(2026, 7, 17)
CODES = frozenset("/ \\ L K V P W B D C1 M J1 S X C2 C T R I E Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 G N O U Z #".split())  # noqa: SIM905
NOT_POSSIBLE = frozenset("D X Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 # Z".split())  # noqa: SIM905
ABSENCE = frozenset("C C1 C2 M J1 S T R I E G N O U".split())  # noqa: SIM905
UNAUTHORISED = frozenset("G N O U".split())  # noqa: SIM905
SIX = (
    "register.complete", "register.codes-valid", "register.unresolved-absence", "register.persistent-absence",
    "register.severe-absence", "register.penalty-threshold",
)  # fmt: skip
Counts = dict[str, int]


def days_of_school() -> list[dt.date]:
    return [day for day in school_days().tolist() if day <= AS_AT]


def of_age(born: dt.date) -> tuple[dt.date, dt.date]:
    leap = (born.month, born.day) == (2, 29)
    fifth = dt.date(born.year + 5, 3, 1) if leap else born.replace(year=born.year + 5)
    starts = min(
        day
        for day in (dt.date(fifth.year, 3, 31), dt.date(fifth.year, 8, 31), dt.date(fifth.year, 12, 31))
        if day >= fifth
    )
    ends = dt.date(born.year + 16 + (born.month > 8), 6, 30)
    return starts, ends - dt.timedelta(days=(ends.weekday() - 4) % 7)


def plain(folder: Path) -> Counts:
    """Loops over rows as Python values."""
    pupils = {row["pupil_id"]: row for row in pl.read_parquet(folder / "pupils.parquet").iter_rows(named=True)}
    left = dict(pl.read_parquet(folder / "deletions.parquet").select("pupil_id", "deleted_on").iter_rows())
    days = days_of_school()
    place = {day: count for count, day in enumerate(days)}
    weeks = {week: count for count, week in enumerate(sorted({day - dt.timedelta(days=day.weekday()) for day in days}))}
    first: dict[tuple[str, dt.date, str], str] = {}
    counts = dict.fromkeys(SIX, 0)
    invalid, overdue = set(), set()
    for row in pl.read_parquet(folder / "marks.parquet").iter_rows(named=True):
        key = (row["pupil_id"], row["date"], row["session"])
        code = (row["code"] or "").strip()
        first.setdefault(key, code)
        if code and code not in CODES:
            invalid.add(key)
        if code == "N" and sum(day > row["date"] for day in days[place.get(row["date"], -1) + 1 :][:6]) >= 6:
            overdue.add(key)
    counts["register.codes-valid"], counts["register.unresolved-absence"] = len(invalid), len(overdue)
    for pupil_id, pupil in pupils.items():
        starts, ends = of_age(pupil["date_of_birth"])
        possible = absent = 0
        by_week: defaultdict[int, int] = defaultdict(int)
        for day in days:
            if day < pupil["starting_day"] or (pupil_id in left and day >= left[pupil_id]):
                continue
            for session in ("AM", "PM"):
                code = first.get((pupil_id, day, session), "")
                counts["register.complete"] += not code
                possible += code in CODES and code not in NOT_POSSIBLE
                absent += code in ABSENCE
                if code in UNAUTHORISED and starts <= day <= ends:
                    by_week[weeks[day - dt.timedelta(days=day.weekday())]] += 1
        counts["register.persistent-absence"] += possible > 0 and absent * 10 >= possible
        counts["register.severe-absence"] += possible > 0 and absent * 2 >= possible
        counts["register.penalty-threshold"] += any(
            sum(by_week[week + count] for count in range(10)) >= 10 for week in list(by_week)
        )
    return counts


def with_pandas(folder: Path) -> Counts:
    """Joins, groups and rolls in pandas."""
    import pandas as pd

    pupils = pd.read_parquet(folder / "pupils.parquet")
    left = pd.read_parquet(folder / "deletions.parquet")[["pupil_id", "deleted_on"]]
    marks = pd.read_parquet(folder / "marks.parquet", columns=["pupil_id", "date", "session", "code"])
    marks["code"] = marks["code"].fillna("").str.strip()
    marks["date"] = pd.to_datetime(marks["date"])
    days = pd.to_datetime(pd.Series(days_of_school()))
    invalid = marks[(marks["code"] != "") & ~marks["code"].isin(CODES)]
    open_n = marks[marks["code"] == "N"]
    later = len(days) - np.searchsorted(days, open_n["date"], side="right")
    keys = ["pupil_id", "date", "session"]
    calendar = pd.MultiIndex.from_product([pupils["pupil_id"], days, ["AM", "PM"]], names=keys).to_frame(index=False)
    grid = calendar.merge(pupils[["pupil_id", "starting_day", "date_of_birth"]], on="pupil_id")
    grid = grid.merge(left, on="pupil_id", how="left")
    grid["starting_day"] = pd.to_datetime(grid["starting_day"])
    grid["deleted_on"] = pd.to_datetime(grid["deleted_on"])
    grid = grid[(grid["date"] >= grid["starting_day"]) & ~(grid["date"] >= grid["deleted_on"])]
    grid = grid.merge(marks.drop_duplicates(keys), on=keys, how="left")
    grid["code"] = grid["code"].fillna("")
    grid["possible"] = grid["code"].isin(CODES - NOT_POSSIBLE)
    grid["absent"] = grid["code"].isin(ABSENCE)
    ages = {born: of_age(born) for born in pupils["date_of_birth"].unique()}
    grid["first"] = pd.to_datetime(grid["date_of_birth"].map({born: age[0] for born, age in ages.items()}))
    grid["last"] = pd.to_datetime(grid["date_of_birth"].map({born: age[1] for born, age in ages.items()}))
    missed = grid["code"].isin(UNAUTHORISED) & (grid["date"] >= grid["first"]) & (grid["date"] <= grid["last"])
    rates = grid.groupby("pupil_id")[["possible", "absent"]].sum()
    rates = rates[rates["possible"] > 0]
    week = grid["date"] - pd.to_timedelta(grid["date"].dt.weekday, unit="D")
    mondays = (days - pd.to_timedelta(days.dt.weekday, unit="D")).unique()
    places = {monday: count for count, monday in enumerate(sorted(mondays))}
    by_week = grid[missed].groupby(["pupil_id", week[missed].map(places)]).size().unstack(fill_value=0)
    by_week = by_week.reindex(columns=range(len(places)), fill_value=0)
    threshold = by_week.T.rolling(10, min_periods=1).sum().max() >= 10
    return {
        "register.complete": int((grid["code"] == "").sum()),
        "register.codes-valid": len(invalid.drop_duplicates(keys)),
        "register.unresolved-absence": len(open_n[later >= 6].drop_duplicates(keys)),
        "register.persistent-absence": int((rates["absent"] * 10 >= rates["possible"]).sum()),
        "register.severe-absence": int((rates["absent"] * 2 >= rates["possible"]).sum()),
        "register.penalty-threshold": int(threshold.sum()),
    }


def with_polars(folder: Path) -> Counts:
    """The same in Polars expressions."""
    pupils = pl.read_parquet(folder / "pupils.parquet", columns=["pupil_id", "starting_day", "date_of_birth"])
    left = pl.read_parquet(folder / "deletions.parquet", columns=["pupil_id", "deleted_on"])
    marks = pl.read_parquet(folder / "marks.parquet", columns=["pupil_id", "date", "session", "code"])
    marks = marks.with_columns(pl.col("code").fill_null("").str.strip_chars())
    days = pl.DataFrame({"date": days_of_school()}).with_columns(
        week=(pl.col("date").dt.truncate("1w").rank("dense") - 1).cast(pl.Int64)
    )
    keys = ["pupil_id", "date", "session"]
    invalid = marks.filter((pl.col("code") != "") & ~pl.col("code").is_in(list(CODES))).unique(keys)
    open_n = marks.filter(pl.col("code") == "N").unique(keys)
    later = len(days) - days["date"].search_sorted(open_n["date"], side="right")
    ages = {born: of_age(born) for born in pupils["date_of_birth"].unique().to_list()}
    pupils = pupils.with_columns(
        first=pl.col("date_of_birth").replace_strict(
            {born: age[0] for born, age in ages.items()}, return_dtype=pl.Date
        ),
        last=pl.col("date_of_birth").replace_strict({born: age[1] for born, age in ages.items()}, return_dtype=pl.Date),
    )
    grid = (
        pupils.join(left, on="pupil_id", how="left")
        .join(days, how="cross")
        .filter((pl.col("date") >= pl.col("starting_day")) & ~(pl.col("date") >= pl.col("deleted_on")).fill_null(False))
        .join(pl.DataFrame({"session": ["AM", "PM"]}), how="cross")
        .join(marks.unique(keys, keep="first", maintain_order=True), on=keys, how="left")
        .with_columns(pl.col("code").fill_null(""))
    )
    missed = pl.col("code").is_in(list(UNAUTHORISED)) & pl.col("date").is_between("first", "last")
    rates = grid.group_by("pupil_id").agg(
        possible=pl.col("code").is_in(list(CODES - NOT_POSSIBLE)).sum(),
        absent=pl.col("code").is_in(list(ABSENCE)).sum(),
    ).filter(pl.col("possible") > 0)  # fmt: skip
    weeks = grid.filter(missed).group_by("pupil_id", "week").len().sort("pupil_id", "week")
    rolled = weeks.rolling("week", period="10i", group_by="pupil_id").agg(pl.col("len").sum())
    return {
        "register.complete": grid.filter(pl.col("code") == "").height,
        "register.codes-valid": invalid.height,
        "register.unresolved-absence": int((later >= 6).sum()),
        "register.persistent-absence": rates.filter(pl.col("absent") * 10 >= pl.col("possible")).height,
        "register.severe-absence": rates.filter(pl.col("absent") * 2 >= pl.col("possible")).height,
        "register.penalty-threshold": rolled.filter(pl.col("len") >= 10)["pupil_id"].n_unique(),
    }


def with_the_checker(folder: Path) -> Counts:
    """The checker's own six rules, in one process."""
    from checker.context import Context
    from checker.engine import FactSource
    from checker.registers.native import load
    from england_attendance.registers import topics

    parts = list(topics())
    readers = {reader.gives: reader for topic in parts for reader in topic.readers}
    checks = {check.requirement: check for topic in parts for check in topic.checks}
    register = load(folder, None)
    facts = FactSource(readers, register, Context(register.as_at))
    return {name: len(checks[name](**facts.fill(checks[name].needs)).rows or ()) for name in SIX}


SCRIPTS: dict[str, Any] = {
    "plain Python loops": plain,
    "pandas": with_pandas,
    "Polars expressions": with_polars,
    "the checker": with_the_checker,
}
