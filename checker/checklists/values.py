"""The kind that asks for a value within bounds: a time, a date, an amount, a percentage or a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from checker.checklists.phrases import concept_of, quoted
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.reading.gaps import Gaps, could_stand_in_a_gap, with_gaps
from checker.reading.phrases import Concept
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.recognise.dates import dates
from checker.recognise.durations import Duration, Qualifier, Unit, durations
from checker.recognise.money import money
from checker.recognise.percentages import percentages
from checker.recognise.times import times

DAYS_OF_SCHOOL = {Unit.DAY: 1.0, Unit.WEEK: 5.0, Unit.MONTH: 65 / 3, Unit.YEAR: 190.0}
DAYS = {Unit.DAY: 1.0, Unit.WEEK: 7.0, Unit.MONTH: 365 / 12, Unit.YEAR: 365.0}


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a text: its smallest and greatest reading, and where it stands."""

    low: float
    high: float
    start: int
    end: int


@dataclass(frozen=True)
class Gives:
    """A value of a kind stands with these things, and lies within bounds.

    Attributes:
        kind: ``time``, ``date``, ``amount``, ``percentage`` or ``period``.
        about: The things; the value that stands nearest to one counts.
        at_least: The smallest value that will do, as written.
        at_most: The greatest.
    """

    kind: str
    about: tuple[str, ...]
    at_least: str | None = None
    at_most: str | None = None

    needs: ClassVar[Mapping[str, type]] = {"statements": Statements, "gaps": Gaps}

    def __post_init__(self) -> None:
        concept_of("checklist.about", self.about)
        for bound in (self.at_least, self.at_most):
            if bound is not None and self._bound(bound) is None:
                raise ValueError(f"{bound!r} is no {self.kind} that can be read")

    def judge(self, statements: Statements, gaps: Gaps) -> Outcome:
        """Passes where such a value is given and all that are given lie within the bounds."""
        concept = concept_of("checklist.about", self.about)
        thing = Concept(f"checklist.{concept.phrases!r}", concept.phrases)
        found = list(self._values(statements, thing))
        outside = [(value, passage) for value, passage in found if not self._within(value)]
        bounds = self._bounds_in_words()
        if outside:
            message = f"The {self.kind} that is given is not {bounds}."
            return failed(Fault(message, None, tuple(passage for _, passage in outside)))
        if found:
            return passed(
                f"The {self.kind} is given{f', {bounds}' if bounds else ''}.", [passage for _, passage in found[:2]]
            )
        waiting = could_stand_in_a_gap(gaps, [thing], f"gives no {self.kind}")
        if waiting is not None:
            return waiting
        near = [statements.passage(statement) for statement in statements.having(thing)[:1]]
        searched = f"a {self.kind} with {quoted(self.about)}"
        return with_gaps(failed(Fault(f"The document gives no {self.kind}."), searched=searched, nearest=near), gaps)

    def _values(self, statements: Statements, thing: Concept) -> Iterator[tuple[Value, Passage]]:
        """Yields the value nearest to the thing in each statement; where none holds both, those in its passage."""
        found = False
        for statement in statements.having(thing):
            values = self._read(statement.own)
            if values:
                found = True
                yield _nearest(values, statement, statements, thing), statements.passage(statement)
        for statement in () if found else statements:
            if statements.under(statement, thing):
                for value in self._read(statement.own):
                    yield value, statements.passage(statement)

    def _read(self, text: str) -> Sequence[Value]:
        bound = self.at_most or self.at_least
        if self.kind != "period":
            return _READERS[self.kind](text)
        measure = None if bound is None else durations(bound)[0]
        return [value for duration in durations(text) if (value := _period(duration, measure)) is not None]

    def _bound(self, written: str) -> float | None:
        values = self._read(written) if self.kind == "period" else _READERS[self.kind](written)
        return values[0].low if values else None

    def _within(self, value: Value) -> bool:
        least = None if self.at_least is None else self._bound(self.at_least)
        most = None if self.at_most is None else self._bound(self.at_most)
        return (least is None or value.low >= least) and (most is None or value.high <= most)

    def _bounds_in_words(self) -> str:
        parts = [
            f"at least {self.at_least}" if self.at_least else "",
            f"at most {self.at_most}" if self.at_most else "",
        ]
        return " and ".join(part for part in parts if part)


def _nearest(values: Sequence[Value], statement: Statement, statements: Statements, thing: Concept) -> Value:
    words, shift = statement.words, statement.own_offset
    places = [
        (words.starts[match.start] - shift, words.ends[match.end - 1] - shift)
        for match in statements.matches(statement, thing)
    ]
    return min(
        values,
        key=lambda value: (min(max(value.start - end, start - value.end, 0) for start, end in places), value.start),
    )


def _times(text: str) -> list[Value]:
    resolved = [(time, time.resolve()) for time in times(text)]
    return [Value(now.minutes, now.minutes, time.start, time.end) for time, now in resolved]


def _dates(text: str) -> list[Value]:
    return [
        Value(_number(date.value.first_day()), _number(date.value.last_day()), date.start, date.end)
        for date in dates(text)
        if date.problem is None
    ]


def _number(day: dt.date) -> float:
    return float(day.toordinal())


def _amounts(text: str) -> list[Value]:
    return [Value(float(sum_.amount), float(sum_.amount), sum_.start, sum_.end) for sum_ in money(text)]


def _percentages(text: str) -> list[Value]:
    return [Value(share.low, share.high, share.start, share.end) for share in percentages(text)]


_READERS: Mapping[str, Callable[[str], list[Value]]] = {
    "time": _times,
    "date": _dates,
    "amount": _amounts,
    "percentage": _percentages,
}


def _period(duration: Duration, measure: Duration | None) -> Value | None:
    """Returns a period in the measure of the bound; ``None`` where it counts something else.

    Of days, weeks, months and years each can be told in days; a bound in school days counts five of them to a week.
    """
    if measure is None or duration.unit is measure.unit:
        return Value(duration.low, duration.high, duration.start, duration.end)
    schools = measure.counted(Qualifier.SCHOOL) or measure.counted(Qualifier.WORKING)
    days = DAYS_OF_SCHOOL if schools else DAYS
    if duration.unit not in days or measure.unit not in days:
        return None
    factor = days[duration.unit] / days[measure.unit]
    return Value(duration.low * factor, duration.high * factor, duration.start, duration.end)
