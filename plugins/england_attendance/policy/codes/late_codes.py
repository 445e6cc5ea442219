"""Late arrivals: L (late but present) before the register closes, U (absent) after it, with one closing time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.facts import check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.levels import Level
from checker.reading.phrases import is_time
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from england_attendance.policy.codes.codes_list import CodesList
from england_attendance.policy.codes.late_statements import late_claims
from england_attendance.policy.day.events import DayEvents, Event, Happening, clock
from england_attendance.policy.day.register_times import RegisterTimes, Window
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import topic

SHORTEST_GAP = 5  # minutes; the start of a session and of its register may be a little apart
# What goes against the Regulations, by the kinds of LateCodes.
AGAINST_THE_LAW = {
    "late_after": "The policy marks arrivals after the register has closed as L (late); they are absent (U).",
    "absent_before": "The policy marks arrivals before the register closes as absent; they are late but present (L).",
    "absent_long_after": (
        "The policy marks arrivals absent (U) only some time after the register has closed: there is a gap."
    ),
    "not_used": "The policy says that code L or U is not used; the Regulations prescribe both.",
    "late_denied": "The policy does not mark arrivals before the register closes as L; they are late but present.",
    "absent_denied": "The policy does not mark arrivals after the register has closed as U; they are absent.",
}


@dataclass(frozen=True)
class LateCodes:
    """What a policy makes of late arrivals.

    Attributes:
        late_before: Where an arrival before closing is late but present.
        absent_after: Where an arrival after closing is absent.
        late_after: Where an arrival after closing is still L.
        absent_before: Where an arrival before closing is already absent.
        absent_long_after: Where an arrival is absent only some time after closing.
        late_any: Where an arrival is late, without a word on the closing.
        not_used: Where it says that L or U is not used.
        late_denied: Where an arrival before closing is not late.
        absent_denied: Where an arrival after closing is not absent.
        listed: Those of all these that are the meaning of a code in a list, which tells nothing of this school's times.
    """

    late_before: tuple[Passage, ...] = ()
    absent_after: tuple[Passage, ...] = ()
    late_after: tuple[Passage, ...] = ()
    absent_before: tuple[Passage, ...] = ()
    absent_long_after: tuple[Passage, ...] = ()
    late_any: tuple[Passage, ...] = ()
    not_used: tuple[Passage, ...] = ()
    late_denied: tuple[Passage, ...] = ()
    absent_denied: tuple[Passage, ...] = ()
    listed: tuple[Passage, ...] = ()


@reader
def late_codes(statements: Statements, codes: CodesList) -> LateCodes:
    """Reads what becomes of an arrival before the register closes, and of one after."""
    found: dict[str, list[Passage]] = {kind: [] for kind in LateCodes.__dataclass_fields__}
    for claim in late_claims(statements):
        found[claim.kind].append(statements.passage_led(claim.statement))
    for entry in codes.entries:
        for kind in _kinds_of_code(entry.code, cut(entry.meaning).forms):
            found[kind].append(entry.passage)
            found["listed"].append(entry.passage)
    for statement in statements.having(topic("codes/late_codes")["turned"]):
        if not statements.says(statement, topic("codes/late_codes")["put-right"]) and _is_turned(statements, statement):
            found["late_after"].append(statements.passage(statement))
    for statement in statements.having(topic("codes/late_codes")["not-used"]):
        found["not_used"].append(statements.passage(statement))
    return LateCodes(**{kind: tuple(dict.fromkeys(passages)) for kind, passages in found.items()})


def _is_turned(statements: Statements, statement: Statement) -> bool:
    """Whether U does become L: "We never change a U to an L" denies it."""
    turned = statements.matches(statement, topic("codes/late_codes")["turned"])
    return any(sense_of(statement, match) is not Sense.DENIED for match in turned)


def _kinds_of_code(code: str, forms: Sequence[str]) -> Iterator[str]:
    """Yields what the meaning of code L or U in a list of codes says of arrivals."""
    words = topic("codes/late_codes")
    before, after = (words[when].first(forms) is not None for when in ("before-close", "after-close"))
    if code == "L" and before:
        yield "late_before"
    elif code == "L" and after:
        yield "late_after"
    elif code == "U" and after and not before:
        yield "absent_after"
    elif code == "U" and before and not after:
        yield "absent_before"


@check("policy.late-codes")
def late_then_absent(late: LateCodes, times: RegisterTimes, day: DayEvents, gaps: Gaps) -> Outcome:
    """L before the register closes, U after it, with one closing time."""
    absent = (*late.absent_after, *late.absent_long_after, *_passages(day.of(Happening.ABSENT_FROM)))
    before = (*late.late_before, *_passages(day.of(Happening.LATE_UNTIL)))
    before = before or ((*_passages(day.of(Happening.LATE_FROM)), *late.late_any) if absent else ())
    before = tuple(passage for passage in before if passage not in _late_and_absent(day))
    faults = list(_faults(late, times, day))
    missing = []
    if not before:
        missing.append("that an arrival before the register closes is late but present (L)")
    if not absent:
        missing.append("that an arrival after the register has closed is absent (U)")
    if not missing and not faults:
        return passed(
            "An arrival before the register closes is late (L), one after it absent (U).", [before[0], absent[0]]
        )
    if missing and not faults:
        waiting = could_stand_in_a_gap(
            gaps, [topic("codes/late_codes")["subject"]], f"does not say {' nor '.join(missing)}"
        )
        if waiting is not None:
            return waiting
    if missing:
        faults.append(Fault(f"The policy does not say {' nor '.join(missing)}.", None, (*before[:1], *absent[:1])))
    searched = "late arrivals before and after the register closes, beside L, U, “late”, “absent”" if missing else None
    return with_gaps(failed(*faults, searched=searched), gaps)


def _late_and_absent(day: DayEvents) -> set[Passage]:
    """Returns where the same arrival is late and absent: "after 8.50 they get a late mark; this is an absence"."""
    late, absent = (topic("codes/late_codes")[name] for name in ("late-mark", "absent-mark"))
    timed = {event.passage for event in (*day.of(Happening.LATE_FROM), *day.of(Happening.LATE_UNTIL))}
    found: set[Passage] = set()
    for event in day.of(Happening.ABSENT_FROM):
        forms = cut(event.passage.quote).forms
        times = [at for at, form in enumerate(forms) if is_time(form)]
        if event.passage in timed or len(times) != 1:
            continue
        first_late, first_absent = (mark.first(forms[times[0] :]) for mark in (late, absent))
        if first_late and first_absent and first_late < first_absent and late.first(forms[: times[0]]) is None:
            found.add(event.passage)
    return found


def _faults(late: LateCodes, times: RegisterTimes, day: DayEvents) -> Iterator[Fault]:
    for kind, message in AGAINST_THE_LAW.items():
        passages = getattr(late, kind)
        if passages and not (kind == "absent_long_after" and late.late_after):
            yield Fault(message, Level.LAW, passages)
    by_time = [fault for window in times.windows for fault in _against_the_closing(window, late, day)]
    yield from {fault.message: fault for fault in by_time}.values()
    yield from _between(times, day)
    yield from _reversed(day)
    for called, passages in times.conflicts:
        yield Fault(f"The policy gives two closing times for {called}.", None, passages)


def _against_the_closing(window: Window, late: LateCodes, day: DayEvents) -> Iterator[Fault]:
    """Yields where the times from which an arrival is late or absent do not meet at the register's closing."""
    closing = window.closing
    if closing is None:
        return
    until = [event for event in _of(window, day, Happening.LATE_UNTIL) if event.at > closing]
    absent = _of(window, day, Happening.ABSENT_FROM)
    later = [event for event in absent if _is_after(event.at, closing)]
    earlier = [event for event in absent if event.at < closing]
    short = [event for event in _of(window, day, Happening.LATE_UNTIL) if _is_after(closing, event.at)]
    still = [event.at for event in _of(window, day, Happening.LATE_FROM)]  # "after 8.40 they sign in, and are late too"
    short = [event for event in short if not any(event.at <= at and not _is_after(at, event.at) for at in still)]
    if until:
        yield Fault(
            f"Arrivals are still marked L until {clock(until[0].at)}, after {window.called} has closed at {clock(closing)}.",
            Level.LAW,
            _passages(until),
        )
    elif later and not late.late_after and len(later) == len(absent):
        yield Fault(
            f"{window.called[:1].upper()}{window.called[1:]} closes at {clock(closing)}, but arrivals are absent (U) only "
            f"from {clock(later[0].at)}: between the two there is a gap.",
            Level.LAW,
            _passages(later),
        )
    if window.closes is not None and earlier and len(earlier) == len(absent):
        yield Fault(
            f"Arrivals are marked absent from {clock(earlier[0].at)}, before {window.called} closes at {clock(closing)}; "
            "until then they are late but present (L).",
            Level.LAW,
            _passages(earlier),
        )
    if short and not earlier and (absent or all(_is_listed(passage, late) for passage in late.late_before)):
        yield Fault(
            f"Arrivals are marked L until {clock(short[0].at)}, but {window.called} closes only at {clock(closing)}: "
            "between the two there is a gap.",
            None,
            _passages(short),
        )


def _is_listed(passage: Passage, late: LateCodes) -> bool:
    return any(passage.start < other.end and other.start < passage.end for other in late.listed)


def _is_after(time: dt.time, other: dt.time) -> bool:
    """Whether a time is more than a minute after another: "L until 9.05, U from 9.06" leaves nothing between them."""
    return 60 * (time.hour - other.hour) + time.minute - other.minute > 1


def _between(times: RegisterTimes, day: DayEvents) -> Iterator[Fault]:
    """Yields where an arrival is absent only some time after the register has closed, by its length."""
    for absent in day.absent_after:
        lengths = [window.length for window in times.windows if window.session in absent.sessions and window.length]
        lengths = lengths or [stay.minutes for stay in day.stays if stay.minutes]
        if lengths and absent.minutes > max(lengths) + SHORTEST_GAP:
            yield Fault(
                f"The register is open for {max(lengths):g} minutes, but arrivals are absent (U) only after "
                f"{absent.minutes:g}: between the two there is a gap.",
                Level.LAW,
                (absent.passage,),
            )


def _reversed(day: DayEvents) -> Iterator[Fault]:
    """Yields where arrivals are absent first and late after that: "8.40–9.10 U, 9.10 onwards L"."""
    by_register: defaultdict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in day.of(Happening.LATE_FROM, Happening.LATE_UNTIL, Happening.ABSENT_FROM):
        by_register[event.session, event.sites, event.group].append(event)
    for events in by_register.values():
        absent = [event for event in events if event.what is Happening.ABSENT_FROM]
        late = [event for event in events if event.what is not Happening.ABSENT_FROM]
        if absent and late and min(event.at for event in late) > max(event.at for event in absent):
            yield Fault(
                f"Arrivals are absent (U) from {clock(absent[0].at)} and late (L) only after that, from "
                f"{clock(late[0].at)}: L is for those before the register closes, U for those after.",
                Level.LAW,
                _passages([absent[0], late[0]]),
            )


def _of(window: Window, day: DayEvents, what: Happening) -> list[Event]:
    return [
        event
        for event in day.of(what)
        if event.session == window.session
        and (not event.sites or window.site is None or window.site in event.sites)
        and event.group in {"", window.group}
    ]


def _passages(events: Iterable[Event]) -> tuple[Passage, ...]:
    return tuple(dict.fromkeys(event.passage for event in events))
