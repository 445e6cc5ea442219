"""Facts of which a policy gives one value, and that it gives two of: deadlines, targets, the triggers of its steps.

Two statements disagree where they have no value in common; several values in one statement, or values for different
sites or pupils, do not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from checker.facts import reader
from checker.findings import Passage
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.recognise.comparisons import Comparison
from checker.recognise.dates import dates
from checker.recognise.durations import Duration, Unit, durations
from checker.recognise.percentages import percentages
from checker.recognise.spans import before, has_digit
from checker.recognise.times import times
from checker.yaml_files import load_trusted
from england_attendance.policy.schools.identity import Sites
from england_attendance.policy.vocabulary import FOLDER, actors, topic

LONGEST = 60  # words of a statement whose values go together
LONGEST_ROW = 24
_BEFOREHAND = re.compile(
    r"(?:'s?|s')? (?:\w+ ){0,2}(?:notice|in advance\b|(?:before|prior|ahead|beforehand)\b)", re.IGNORECASE
)
_LIMIT = re.compile(r"(?<!even )\b(?:by|before|than|until|till|at)(?: (?:about|around))? $")
_ALLOWED = re.compile(
    r"\b(?:may|can)\b[^.;]{0,30}\b(?:until|till) $"
)  # "the app may be used until 8.00 the next morning"
_IN_FIGURES = re.compile(r"\(\d{1,3}\)")
_STEP = re.compile(
    r"\b(?:(?P<kind>stage|step|tier|level|phase|letter|meeting|warning|panel) (?P<number>\d|one|two|three|four|five)\b"
    r"|(?P<ordinal>first|second|third|fourth|final|initial) (?P<named>stage|step|letter|meeting|warning|panel)\b)",
    re.IGNORECASE,
)
_NUMBERS = {word: str(at) for at, word in enumerate(("one", "two", "three", "four", "five"), 1)} | {
    word: str(at) for at, word in enumerate(("first", "second", "third", "fourth"), 1)
}
_NO_TRIGGER = re.compile(
    r"\b(?:within|every|next|last|past|for|rolling|over|improve(?:s|d)?|to|target(?: of| is)?) (?:the |at least )?$"
)
# What is reached when a step is taken; it may lie within the stretch that another place gives for that step.
_REACHED = re.compile(
    r"(?:^|[.;,(] ?)at (?:about |around )?$|\b(?:drop|fall|slip|dip|go)(?:s|es|ped|ping|ing)? to $"
    r"|^(?:stage|step|tier|level|phase) \w+\W{1,3}attendance (?:of|at) $",
    re.IGNORECASE,
)
_OF_ABSENCE = re.compile(r"^[^.;]{0,20}\b(?:absen|miss|away)")
MOST_COLUMNS = 2
BELOW = {Comparison.LESS_THAN, Comparison.AT_MOST}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places of a document that cannot both be right.

    Attributes:
        message: What they disagree in, as a sentence without its full stop.
        passages: The places.
    """

    message: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class TwoValues:
    """The facts of which a document gives two values."""

    found: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    """The values that one statement gives for a fact, with the policy's words for them."""

    values: frozenset[float]
    words: str
    sites: tuple[str, ...]
    passage: Passage
    table: int | None = None


@dataclass(frozen=True, slots=True)
class _Value:
    """A value as written, with all that it may mean: "four weeks" are 20 school days or 28 days."""

    means: frozenset[float]
    words: str


@reader
def two_values(statements: Statements, sites: Sites) -> TwoValues:
    """Reads the facts of which the document gives two values."""
    found = [
        _contradiction(message, pair)
        for name, (kind, message) in _facts().items()
        if (pair := _first_pair(_of_fact(statements, sites, name, _READERS[kind])))
    ]
    for step, places in _of_steps(statements, sites).items():
        pair = _first_pair(places)
        if pair:
            found.append(_contradiction(f"There are two triggers for {step[0]}", pair))
    found += [
        Contradiction(f"“{length.written(statement.own)}” says two numbers", (statements.passage(statement),))
        for statement in statements
        if not statement.row and _IN_FIGURES.search(statement.own)
        for length in durations(statement.own)
        if length.disagrees
    ]
    return TwoValues(tuple(dict.fromkeys(found)))


def _contradiction(message: str, pair: tuple[_Given, _Given]) -> Contradiction:
    one, other = pair
    return Contradiction(f"{message}: {one.words} and {other.words}", (one.passage, other.passage))


def _first_pair(places: Iterable[_Given]) -> tuple[_Given, _Given] | None:
    """Returns the first two places that have no value in common and speak of the same site."""
    known: list[_Given] = []
    for place in places:
        for other in known:
            same_place = not place.sites or not other.sites or set(place.sites) & set(other.sites)
            of_each = place.table is not None and place.table == other.table  # a row for each kind of leave
            if same_place and not of_each and place.values.isdisjoint(other.values):
                return other, place
        known.append(place)
    return None


def _of_fact(
    statements: Statements, sites: Sites, name: str, read: Callable[[Statement], Iterable[_Value]]
) -> Iterator[_Given]:
    for hit in topic("one_value").hits(statements, actors(), name):
        statement = hit.statement
        if statement.is_question or len(statement.own.split()) > (LONGEST_ROW if statement.row else LONGEST):
            continue
        if statement.row and not _is_one_parents_step(statements, statement):
            continue
        found = list(read(statement))
        if found:
            yield _given(statements, sites, statement, found)


def _is_one_parents_step(statements: Statements, statement: Statement) -> bool:
    """Whether a row tells of one time and names parents: what others do by then, or at which of several, is not told."""
    return len(times(statement.own)) == 1 and statements.says(statement, actors().concepts["parents"])


def _given(statements: Statements, sites: Sites, statement: Statement, found: list[_Value]) -> _Given:
    named = sites.in_words(statement.words)
    if not named and sites.names:
        above = (sites.in_words(heading) for heading in reversed(statements.headings(statement)))
        named = next((names for names in above if names), ())
    values = frozenset(value for one in found for value in one.means)
    words = " or ".join(dict.fromkeys(one.words for one in found))
    return _Given(values, words, named, statements.passage(statement), statement.block.table)


def _limits(statement: Statement) -> Iterator[_Value]:
    """Yields the times by which a thing is to be done."""
    text = statement.own
    for time in times(text):
        if _LIMIT.search(before(text, time.start)) and not _ALLOWED.search(before(text, time.start)):
            yield _Value(frozenset([time.resolve("AM").minutes]), time.written(text))


def _notices(statement: Statement) -> Iterator[_Value]:
    """Yields how long before a thing another is to be done, in days; a week has five or seven."""
    for length in durations(statement.own):
        means = _in_days(length)
        if means and _BEFOREHAND.match(statement.own, length.end):
            yield _Value(means, length.written(statement.own))


def _in_days(length: Duration) -> frozenset[float]:
    amount = length.high
    if length.unit is Unit.DAY:
        return frozenset([amount])
    if length.unit is Unit.WEEK:
        return frozenset([amount * 5, amount * 7])
    return frozenset(amount * days for days in (20, 21, 22, 28, 30, 31)) if length.unit is Unit.MONTH else frozenset()


def _percentages(statement: Statement) -> Iterator[_Value]:
    """Yields the percentages at which a thing is set for good, not for one year."""
    for figure in percentages(statement.own) if not dates(statement.own, years=True) else ():
        if figure.comparison not in BELOW:
            yield _Value(frozenset([figure.low, figure.high]), figure.written(statement.own))


def _lines(statement: Statement) -> Iterator[_Value]:
    """Yields the one attendance at which something is done."""
    figures = percentages(statement.own)
    if len(figures) == 1 and figures[0].low == figures[0].high:
        yield _Value(frozenset([figures[0].low]), figures[0].written(statement.own))


_READERS = {"time": _limits, "notice": _notices, "percentage": _percentages, "line": _lines}


def _of_steps(statements: Statements, sites: Sites) -> Mapping[tuple[str, str], list[_Given]]:
    """Returns the triggers of each numbered step, by the step and by what is counted."""
    found: defaultdict[tuple[str, str], list[_Given]] = defaultdict(list)
    for statement in statements:
        if statement.row or statement.is_question or ("%" not in statement.own and not has_digit(statement.own)):
            continue
        steps = _step_of_row(statements, statement)
        steps = steps or [(match.start(), _called(match)) for match in _STEP.finditer(statement.text)]
        if not steps or _is_one_of_many(statement):
            continue
        own: defaultdict[tuple[str, str], list[_Value]] = defaultdict(list)
        for start, counted, value in _triggers(statement):
            ahead = [name for at, name in steps if at < start + statement.own_offset]
            own[(ahead or [steps[0][1]])[-1], counted].append(value)
        for (step, counted), values in own.items():
            for name in (step, *_likewise(statement, step)):
                found[name, counted].append(_given(statements, sites, statement, values))
    return found


def _likewise(statement: Statement, step: str) -> set[str]:
    """Returns the steps that the row of a step takes with it under the same number: "Stage 2 | … | Letter 2"."""
    cells = statement.block.cells if statement.block.table is not None else ()
    named = {_called(match) for cell in cells for match in _STEP.finditer(cell.text)}
    return {name for name in named if name != step and name.split()[1] == step.split()[1]}


def _step_of_row(statements: Statements, statement: Statement) -> list[tuple[int, str]]:
    """Returns the step of a row whose first column gives its number under a heading such as "Stage"."""
    block = statement.block
    if block.table is None or not block.cells or block.cells[0].column:
        return []
    table = statements.document.tables[block.table]
    headings = [row.cells[0].text for row in table.rows[: table.header_rows] if row.cells and not row.cells[0].column]
    match = _STEP.fullmatch(f"{headings[-1]} {block.cells[0].text}") if headings else None
    return [(0, _called(match))] if match else []


def _is_one_of_many(statement: Statement) -> bool:
    """Whether the row of a cell has a column of figures for each of several groups."""
    figures = sum("%" in cell.text or "session" in cell.text for cell in statement.block.cells)
    return figures > MOST_COLUMNS


def _called(match: re.Match[str]) -> str:
    kind, number = match["kind"] or match["named"], match["number"] or match["ordinal"]
    return f"{kind.lower()} {_NUMBERS.get(number.lower(), number.lower())}"


def _triggers(statement: Statement) -> Iterator[tuple[int, str, _Value]]:
    """Yields the sessions or days of absence, or the attendance, at which something happens, with what is counted."""
    text = statement.own
    late = "late" if re.search(r"\blate", text, re.IGNORECASE) else ""
    for length in durations(text):
        counts = length.unit is Unit.SESSION or (length.unit is Unit.DAY and _OF_ABSENCE.match(text[length.end :]))
        if counts and not _NO_TRIGGER.search(before(text, length.start)):
            unauthorised = "unauthorised " if "nauthorised" in text[max(0, length.start - 30) : length.end + 30] else ""
            value = _Value(frozenset([length.low, length.high]), length.written(text))
            yield length.start, f"{late}{unauthorised}{length.unit.value}", value
    for figure in percentages(text):
        ahead = before(text, figure.start)
        below = figure.comparison in BELOW
        value = _Value(frozenset([figure.low, figure.high]), figure.written(text))
        if (below or figure.low != figure.high or statement.block.cells) and not _NO_TRIGGER.search(ahead):
            yield figure.start, "percentage", value
        if figure.low == figure.high and (_REACHED.search(ahead) or (below and not _NO_TRIGGER.search(ahead))):
            yield figure.start, "line", value


@cache
def _facts() -> Mapping[str, tuple[str, str]]:
    """Returns the facts by name: the kind of their value, and what to say where two disagree."""
    data = load_trusted(FOLDER / "one_value.yaml")["facts"]
    return {name: (fact["value"], fact["message"]) for name, fact in data.items()}
