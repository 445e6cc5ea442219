"""The figures of penalty notices and notices to improve, as data with the days of their force (``amounts.yaml`` beside it)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from checker.catalogue import Span
from checker.yaml_files import load_trusted
from england_attendance.policy.vocabulary import FOLDER


@dataclass(frozen=True, slots=True)
class Price:
    """What a notice costs when it is paid within some days."""

    pounds: int
    days: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures that are in force on a day.

    Attributes:
        reduced: The first notice, paid early.
        full: The first notice, paid late.
        second: The second notice to the same parent for the same child.
        threshold_sessions: Sessions of unauthorised absence at which a notice is to be considered; 0 for none.
        threshold_weeks: The school weeks within which they lie.
        limit: How many notices a parent can get for a child within ``limit_years``; 0 for no limit.
        limit_years: The years of the limit.
        former: What a notice for absence used to cost, in pounds.
        exclusion: The prices for an excluded pupil in a public place.
        improve_weeks: The least and the most weeks of a notice to improve.
    """

    reduced: Price
    full: Price
    second: Price
    threshold_sessions: int
    threshold_weeks: int
    limit: int
    limit_years: int
    former: frozenset[int]
    exclusion: tuple[Price, ...]
    improve_weeks: tuple[int, int]


@cache
def figures(as_at: dt.date) -> Figures:
    """Returns the figures in force on a day."""
    data = load_trusted(FOLDER / "penalties/amounts.yaml")
    absence = _in_force(data["absence"], as_at)
    exclusion = _in_force(data["exclusion"], as_at)
    weeks = _in_force(data["notice_to_improve"], as_at)["weeks"]
    threshold, limit = absence.get("threshold", {}), absence.get("limit", {})
    return Figures(
        Price(**absence["first"]["reduced"]),
        Price(**absence["first"]["full"]),
        Price(**absence["second"]),
        threshold.get("sessions", 0),
        threshold.get("school_weeks", 0),
        limit.get("notices", 0),
        limit.get("years", 0),
        _former(data["absence"], as_at) - _pounds(absence),
        (Price(**exclusion["reduced"]), Price(**exclusion["full"])),
        (weeks["least"], weeks["most"]),
    )


@cache
def all_sums() -> frozenset[int]:
    """Returns what notices cost, or have cost, for whatever reason: sums that mean a notice even without their pounds."""
    data = load_trusted(FOLDER / "penalties/amounts.yaml")
    exclusion = {entry[name]["pounds"] for entry in data["exclusion"] for name in ("reduced", "full")}
    return frozenset[int]().union(exclusion, *(_pounds(entry) for entry in data["absence"]))


@cache
def rises() -> frozenset[tuple[int, int]]:
    """Returns what notices for absence cost once, each with what the same costs since: "£60 to £80" tells of both."""
    firsts = [entry["first"] for entry in load_trusted(FOLDER / "penalties/amounts.yaml")["absence"]]
    return frozenset(
        (before[name]["pounds"], since[name]["pounds"]) for before, since in pairwise(firsts) for name in before
    )


def _former(entries: Sequence[Mapping[str, Any]], as_at: dt.date) -> frozenset[int]:
    """Returns the sums of the entries whose span is over."""
    over = [entry for entry in entries if (last := entry["in_force"].get("to")) is not None and last < as_at]
    return frozenset(pounds for entry in over for pounds in _pounds(entry))


def _pounds(entry: Mapping[str, Any]) -> frozenset[int]:
    return frozenset(price["pounds"] for price in (*entry["first"].values(), entry["second"]))


def _in_force(entries: Sequence[Mapping[str, Any]], as_at: dt.date) -> Mapping[str, Any]:
    spans = [(Span(entry["in_force"].get("from"), entry["in_force"].get("to")), entry) for entry in entries]
    return next((entry for span, entry in spans if span.holds(as_at)), entries[-1])
