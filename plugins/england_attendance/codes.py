"""The national attendance and absence codes, from ``codes.yaml``: what policies list and registers use."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from checker.catalogue import Span
from checker.yaml_files import load_trusted


@dataclass(frozen=True, slots=True)
class Code:
    """A code that is in force.

    Attributes:
        code: As it is written.
        title: What it means.
        table: The Table of regulation 10 in which it stands; ``None`` for an administrative code.
        group: Its group by the Regulations: ``present``, ``elsewhere``, ``leave``, ``authorised``, ``unable``,
            ``unauthorised`` or ``administrative``.
        statistics: How the statistics count it: ``present``, ``educational-activity``, ``authorised``,
            ``unauthorised``, ``not-possible`` or ``not-counted``.
        session: The only session in which it may stand, ``AM`` or ``PM``; ``None`` for either.
        in_force: The days on which it is in force.
    """

    code: str
    title: str
    table: int | None
    group: str
    statistics: str
    session: str | None
    in_force: Span


@dataclass(frozen=True, slots=True)
class RetiredCode:
    """A code that is in force no more.

    Attributes:
        code: As it was written.
        title: What it meant.
        in_force: The days on which it was in force.
        replaced_by: What is used in its place, in words.
    """

    code: str
    title: str
    in_force: Span
    replaced_by: str


@dataclass(frozen=True)
class CodeList:
    """The codes of ``codes.yaml``.

    Attributes:
        codes: Those in force, in the order of the Tables.
        retired: Those retired.
        groups: What the groups of the Regulations are called.
        statistics: What the classes of the statistics are called.
    """

    codes: tuple[Code, ...]
    retired: tuple[RetiredCode, ...]
    groups: Mapping[str, str]
    statistics: Mapping[str, str]

    @cached_property
    def by_code(self) -> Mapping[str, Code]:
        """The codes in force by how they are written."""
        return {code.code: code for code in self.codes}

    @cached_property
    def retired_by_code(self) -> Mapping[str, RetiredCode]:
        """The retired codes by how they were written."""
        return {code.code: code for code in self.retired}

    def in_force_on(self, day: dt.date) -> frozenset[str]:
        """Returns the codes that may be used on a day, those later retired among them."""
        return self._in_force[bisect_right(self.changes, day)]

    @cached_property
    def _in_force(self) -> tuple[frozenset[str], ...]:
        """The codes that may be used before the first of the changes, and from each of them."""
        every: tuple[Code | RetiredCode, ...] = (*self.codes, *self.retired)
        return tuple(
            frozenset(code.code for code in every if code.in_force.holds(day)) for day in (dt.date.min, *self.changes)
        )

    @cached_property
    def changes(self) -> tuple[dt.date, ...]:
        """The days from which the codes that may be used are others than before."""
        spans = [code.in_force for code in self.codes] + [code.in_force for code in self.retired]
        ends = {span.until + dt.timedelta(days=1) for span in spans if span.until}
        return tuple(sorted(ends | {span.since for span in spans if span.since}))

    def counted_as(self, *statistics: str) -> tuple[str, ...]:
        """Returns the codes that the statistics count as one of the classes."""
        return tuple(code.code for code in self.codes if code.statistics in statistics)


@cache
def national_codes() -> CodeList:
    """Returns the national codes. The file is part of the package; the tests hold it to its schema."""
    content = load_trusted(resources.files("england_attendance") / "codes.yaml")
    codes = (
        Code(
            entry["code"], entry["title"], entry.get("table"), entry["class"], entry["statistics"],
            entry.get("session"), Span(entry.get("from"), entry.get("to")),
        )
        for entry in content["codes"]
    )  # fmt: skip
    retired = (
        RetiredCode(entry["code"], entry["title"], Span(entry.get("from"), entry["to"]), entry["replaced_by"])
        for entry in content["retired"]
    )
    return CodeList(tuple(codes), tuple(retired), content["classes"], content["statistics"])
