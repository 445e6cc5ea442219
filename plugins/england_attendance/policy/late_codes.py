"""Late arrivals: L (late but present) before the register closes, U (absent) after it, with one closing time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from checker.facts import check, reader
from checker.findings import Fault, Level, Outcome, Passage, failed, passed
from checker.reading.phrases import Concept
from checker.reading.sense import Sense, sense_of
from checker.reading.statements import Statement, Statements
from checker.reading.words import cut
from england_attendance.policy.codes_list import CodesList
from england_attendance.policy.day_events import DayEvents, Happening
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.register_times import RegisterTimes
from england_attendance.policy.vocabulary import topic


@dataclass(frozen=True)
class LateCodes:
    """What a policy makes of late arrivals.

    Attributes:
        late_before: Where an arrival before closing is late but present.
        absent_after: Where an arrival after closing is absent.
        late_after: Where an arrival after closing is still L.
        absent_before: Where an arrival before closing is already absent.
    """

    late_before: tuple[Passage, ...] = ()
    absent_after: tuple[Passage, ...] = ()
    late_after: tuple[Passage, ...] = ()
    absent_before: tuple[Passage, ...] = ()


@reader
def late_codes(statements: Statements, codes: CodesList, day: DayEvents) -> LateCodes:
    """Reads what becomes of an arrival before the register closes, and of one after."""
    found: dict[str, list[Passage]] = {"late_before": [], "absent_after": [], "late_after": [], "absent_before": []}
    for statement in statements.having(_words("arrival")):
        if statement.row:
            continue
        for kind in _kinds(statements, statement):
            found[kind].append(statements.passage(statement))
    for entry in codes.entries:
        for kind in _kinds_of_code(entry.code, entry.meaning):
            found[kind].append(entry.passage)
    found["absent_after"] += [event.passage for event in day.of(Happening.ABSENT_FROM)]
    found["late_before"] += [event.passage for event in day.of(Happening.LATE_UNTIL)]
    return LateCodes(**{kind: tuple(dict.fromkeys(passages)) for kind, passages in found.items()})


@check("policy.late-codes")
def late_then_absent(late: LateCodes, times: RegisterTimes, day: DayEvents, gaps: Gaps) -> Outcome:
    """L before the register closes, U after it, with one closing time."""
    faults = list(_faults(late, times, day))
    missing = []
    if not late.late_before:
        missing.append("that an arrival before the register closes is late but present (L)")
    if not late.absent_after:
        missing.append("that an arrival after the register has closed is absent (U)")
    if missing and not faults:
        waiting = could_stand_in_a_gap(gaps, [_words("subject")], f"does not say {' nor '.join(missing)}")
        if waiting is not None:
            return waiting
    if missing:
        faults.append(
            Fault(
                f"The policy does not say {' nor '.join(missing)}.",
                None,
                (*late.late_before[:1], *late.absent_after[:1]),
            )
        )
    if faults:
        searched = (
            "late arrivals before and after the register closes, beside L, U, “late”, “absent”" if missing else None
        )
        return with_gaps(failed(*faults, searched=searched), gaps)
    return passed(
        "An arrival before the register closes is late (L), one after it absent (U).",
        [late.late_before[0], late.absent_after[0]],
    )


def _faults(late: LateCodes, times: RegisterTimes, day: DayEvents) -> Iterator[Fault]:
    if late.late_after:
        yield Fault(
            "The policy marks arrivals after the register has closed L; they are absent (U).",
            Level.LAW,
            late.late_after,
        )
    if late.absent_before:
        yield Fault(
            "The policy marks arrivals before the register closes as absent; they are late but present (L).",
            Level.LAW,
            late.absent_before,
        )
    gaps = [
        event
        for window in times.windows
        if window.closes is not None
        for event in day.of(Happening.ABSENT_FROM)
        if event.session == window.session
        and (not event.sites or window.site in event.sites)
        and event.at > window.closes.value
    ]
    if gaps and not late.late_after:
        yield Fault(
            "The register closes earlier than the time from which an arrival is marked absent: between the two there is a gap.",
            Level.LAW,
            tuple(dict.fromkeys(event.passage for event in gaps)),
        )
    for called, passages in times.conflicts:
        yield Fault(f"The policy gives two closing times for {called}.", None, passages)


def _kinds(statements: Statements, statement: Statement) -> Iterator[str]:
    """Yields what a statement makes of arrivals: each half goes with the mark that stands with it."""
    for when, mark in _pairs(statements, statement):
        if when == "before" and mark == "late":
            yield "late_before"
        elif when == "before":
            yield "absent_before"
        elif mark == "absent":
            yield "absent_after"
        elif statements.says(statement, _words("code-l")):
            yield "late_after"


def _pairs(statements: Statements, statement: Statement) -> Iterator[tuple[str, str]]:
    """Yields the halves that a statement speaks of, each with the mark nearest behind it, else before it."""
    halves = [
        (match.start, match.end, when)
        for when in ("before", "after")
        for match in statements.matches(statement, _words(f"{when}-close"))
    ]
    marks = [
        (match.start, mark)
        for mark in ("absent", "late")
        for match in statements.matches(statement, _words(f"{mark}-mark"))
        if sense_of(statement, match) is not Sense.DENIED
    ]
    for start, end, when in _distinct(halves):
        later = [other for other, _, kind in _distinct(halves) if other > start and kind != when]
        until = min(later, default=1 << 30)
        ahead = [(place, mark) for place, mark in marks if end <= place < until]
        behind = [(place, mark) for place, mark in marks if place < start]
        chosen = ahead or behind
        if not chosen:
            continue
        kinds = {mark for _, mark in chosen}
        if when == "after" and "absent" in kinds:
            yield when, "absent"
        elif when == "before" and "late" in kinds:
            yield when, "late"
        else:
            yield when, (chosen[0] if ahead else chosen[-1])[1]


def _distinct(halves: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Returns the halves in order; an "after" that overlaps a "before" goes.

    "After the register is taken but before it closes", "before the register has closed": both speak of before.
    """
    befores = [(start, end) for start, end, when in halves if when == "before"]
    kept = [
        (start, end, when)
        for start, end, when in halves
        if when == "before" or not any(start < last and first < end for first, last in befores)
    ]
    return sorted(set(kept), key=lambda half: (half[0], -half[1]))


def _kinds_of_code(code: str, meaning: str) -> Iterator[str]:
    forms = cut(meaning).forms
    if code == "L" and _words("before-close").first(forms) is not None:
        yield "late_before"
    if code == "L" and _words("after-close").first(forms) is not None and _words("before-close").first(forms) is None:
        yield "late_after"
    if code == "U" and _words("after-close").first(forms) is not None:
        yield "absent_after"
    if code == "U" and _words("before-close").first(forms) is not None and _words("after-close").first(forms) is None:
        yield "absent_before"


@cache
def _words(name: str) -> Concept:
    return topic("late_codes")[name]
