"""How many penalty notices a parent can get: that there is no third one, and the years within which they are counted."""

from __future__ import annotations

from collections.abc import Iterator

from checker.facts import Stated
from checker.findings import Passage
from checker.reading.english import english
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.values import is_unsaid_at
from checker.recognise.durations import Unit, durations
from checker.recognise.money import money
from checker.recognise.numbers import numbers
from england_attendance.policy.penalties.stages import Stage, Stages
from england_attendance.policy.vocabulary import topic

LONGEST_LIMIT = 20
MONTHS = 12
JUST_BEFORE = 5  # statements that may give the years: a question, its answer, and a question again
LARGEST_NOTICE = 250


def limits(statements: Statements, stages: Stages, about: list[Statement]) -> Iterator[Stated[int]]:
    """Yields the years after which a notice counts no more, where statements on a third one say that there is none."""
    words = topic("penalties/notices")
    for statement in _on_a_third(statements, stages, about):
        denied = statements.matches(statement, words["limits"])
        if (
            _is_only_wished(statements, statement)
            or not statements.says(statement, words["cannot"])
            or (statements.says(statement, words["left-open"]) and not statements.says(statement, words["none-issued"]))
            or any(is_unsaid_at(statement.words, statement.words.starts[match.start]) for match in denied)
            or _is_given(statements, statement)
        ):
            continue
        for text in _telling_years(statements, statement):
            if years := _years_in(text):
                yield Stated(years[0], (statements.passage(statement),))
                break


def given_a_third(statements: Statements, about: list[Statement]) -> Iterator[Passage]:
    """Yields where a third notice is given: "A third notice will be sent as well"."""
    for statement in about:
        if _is_given(statements, statement):
            yield statements.passage(statement)


def _is_given(statements: Statements, statement: Statement) -> bool:
    """Whether a statement has a third notice given, and nothing in its stead."""
    words, since, forms = topic("penalties/notices"), statement.own_from, statement.words.forms

    def of(name: str) -> list[Match]:
        return [match for match in statements.matches(statement, words[name]) if match.start >= since]

    if of("in-its-stead"):
        return False
    for match in of("third-given"):
        behind = statement.text[statement.words.starts[match.end - 1] :]
        sums = [one.pounds for one in money(behind) if one.pounds is not None]
        fits = all(pounds <= LARGEST_NOTICE for pounds in sums)
        denied = not english().negators.isdisjoint(forms[max(since, match.start - 2) : match.end])
        if fits and not denied and not is_unsaid_at(statement.words, statement.words.ends[match.end - 1]):
            return True
    return False


def _telling_years(statements: Statements, statement: Statement) -> Iterator[str]:
    """Yields the texts that may give the years of a limit: its own, and what stands around it in its section."""

    def beside(first: int, last: int) -> list[Statement]:
        near = statements.all[max(0, first) : last]
        return [other for other in near if other.block.section == statement.block.section]

    yield statement.text
    yield from (other.text for other in beside(statement.index + 1, statement.index + 2))
    yield from (other.text for other in reversed(beside(statement.index - JUST_BEFORE, statement.index)))
    yield from (" ".join(heading.forms) for heading in statements.headings(statement)[-1:])
    if statement.block.table is not None:
        yield statements.document.tables[statement.block.table].rows[0].text
        yield from (below.text for below in _below_table(statements, statement))


def _on_a_third(statements: Statements, stages: Stages, about: list[Statement]) -> Iterator[Statement]:
    """Yields the statements that speak of a limit or of a third notice, or stand under or behind the name of one.

    What only stands there has to refuse a notice: "It happens a third time. No notice is sent".
    """
    words = topic("penalties/notices")
    for statement in about:
        named = {naming.stage for naming in stages.named(statement)}
        below = stages.carried(statement) is Stage.BEYOND and statements.says(statement, words["refused"])
        if statements.says(statement, words["no-more"]) or Stage.BEYOND in named or below:
            yield statement


def _is_only_wished(statements: Statements, statement: Statement) -> bool:
    """Whether a third notice is hoped against, or made to hang on something, and not plainly ruled out beside that."""
    words = topic("penalties/notices")
    wished = [match for name in ("hoped", "on-terms") for match in statements.matches(statement, words[name])]
    plain = statements.matches(statement, words["none-issued"])
    return bool(wished) and not any(
        all(one.end <= match.start or match.end <= one.start for match in wished) for one in plain
    )


def _years_in(text: str) -> list[int]:
    """Returns the years in a text, months that make whole years among them: "inside 36 months"."""
    lengths = [length for length in durations(text) if not _tells_since_when(text, length.start, length.end)]
    years = [(length.start, int(length.high)) for length in lengths if length.unit is Unit.YEAR]
    months = [length for length in lengths if length.unit is Unit.MONTH and not length.high % MONTHS]
    years += [(length.start, int(length.high / MONTHS)) for length in months]
    return [many for _, many in sorted(years) if many < LONGEST_LIMIT]


def _tells_since_when(text: str, start: int, end: int) -> bool:
    """Whether years only say how long ago something was: "The rules changed two years ago"; "less than … ago" limits."""
    return text.startswith(" ago", end) and not text[:start].endswith("than ")


def _below_table(statements: Statements, statement: Statement) -> list[Statement]:
    """Returns what is said of notices right below the table of a statement: "Notices are counted over three years"."""
    words, section = topic("penalties/notices"), statement.block.section
    following = [one for one in statements.in_section(section) if one.index > statement.index]
    below = [one for one in following if one.block.table != statement.block.table][:JUST_BEFORE]
    return [one for one in below if statements.says(one, words["notices"]) or statements.says(one, words["penalty"])]


def years_of_second(statements: Statements, about: list[Statement]) -> Iterator[Stated[int]]:
    """Yields the years within which a notice to the same parent is a second one, by the statements on a second one.

    What lies in two school years is the sessions.
    """
    for statement in about:
        if statements.says(statement, topic("penalties/notices")["only-sessions"]):
            continue
        for years in _years_in(statement.own):
            yield Stated(years, (statements.passage(statement),))


def counts(statements: Statements, about: list[Statement]) -> Iterator[Stated[int]]:
    """Yields how many notices a parent can get: "no more than two", "capped at two"."""
    words = topic("penalties/notices")
    for statement in about:
        for match in statements.matches(statement, words["most"]):
            start, end = statement.words.starts[match.start], statement.words.ends[match.end - 1]
            for count in numbers(statement.text[start:end])[-1:]:
                yield Stated(count.value, (statements.passage(statement),))
