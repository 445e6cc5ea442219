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
from england_attendance.policy.vocabulary import topic

LONGEST_LIMIT = 20
LONGEST_NAME = 10  # words of a heading that names a third notice
MONTHS = 12
JUST_BEFORE = 5  # statements that may give the years: a question, its answer, and a question again
LARGEST_NOTICE = 250


def limits(statements: Statements, about: list[Statement]) -> Iterator[Stated[int]]:
    """Yields the years after which a notice counts no more, where statements on a third one say that there is none."""
    words = topic("penalties/notices")
    for statement in _on_a_third(statements, about):
        denied = statements.matches(statement, words["limits"])
        if (
            _is_only_wished(statements, statement)
            or not statements.says(statement, words["cannot"])
            or any(is_unsaid_at(statement.words, statement.words.starts[match.start]) for match in denied)
            or _is_given(statements, statement)
        ):
            continue
        for text in _telling_years(statements, statement):
            if years := _years_in(text):
                yield Stated(years[0], (statements.passage(statement),))
                break


def given_a_third(statements: Statements, about: list[Statement]) -> Iterator[Passage]:
    """Yields where a third notice has a price: "A third notice within three years costs £160 as well"."""
    for statement in about:
        if _is_given(statements, statement) and money(statement.own):
            yield statements.passage(statement)


def _is_given(statements: Statements, statement: Statement) -> bool:
    """Whether a statement has a third notice given, or priced, and nothing in its stead."""
    words = topic("penalties/notices")
    since = statement.own_from

    def of(name: str) -> list[Match]:
        return [match for match in statements.matches(statement, words[name]) if match.start >= since]

    if of("in-its-stead"):
        return False
    forms = statement.words.forms
    for match in (given := of("third-given")) + of("third-priced"):
        behind = statement.text[statement.words.starts[match.end - 1] :]
        sums = [one.pounds for one in money(behind) if one.pounds is not None]
        fits = all(pounds <= LARGEST_NOTICE for pounds in sums) if sums else match in given
        denied = not english().negators.isdisjoint(forms[max(since, match.start - 2) : match.end])
        if fits and not denied and not is_unsaid_at(statement.words, statement.words.ends[match.end - 1]):
            return True
    priced = [one for one in money(statement.text) if one.start >= statement.own_offset and one.pounds is not None]
    return _follows_a_third(statements, statement) and any(
        (one.pounds or 0) <= LARGEST_NOTICE and not is_unsaid_at(statement.words, one.start) for one in priced
    )


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


def _on_a_third(statements: Statements, about: list[Statement]) -> list[Statement]:
    """Returns the statements that speak of a third notice, or stand right under its name: "Third time: not issued".

    So does what goes on from a sentence that only tells of a third time: "It happens a third time. No notice is sent".
    """
    words = topic("penalties/notices")
    third = words["third"]
    saying = statements.find(third)

    def is_headed(statement: Statement) -> bool:
        headings = statements.headings(statement)[-1:]
        return any(len(heading) <= LONGEST_NAME and third.first(heading.forms) for heading in headings)

    def goes_on(statement: Statement) -> bool:
        return _follows_a_third(statements, statement) and statements.says(statement, words["refused"])

    return [one for one in about if one.index in saying or is_headed(one) or goes_on(one)]


def _follows_a_third(statements: Statements, statement: Statement) -> bool:
    """Whether the sentence before in its paragraph tells of a third time."""
    before = statements.all[statement.index - 1] if statement.index else statement
    in_one = before is not statement and before.block is statement.block and not statement.row
    return in_one and statements.says(before, topic("penalties/notices")["third-time"]) and not money(before.own)


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
    lengths = durations(text)
    years = [(length.start, int(length.high)) for length in lengths if length.unit is Unit.YEAR]
    months = [length for length in lengths if length.unit is Unit.MONTH and not length.high % MONTHS]
    years += [(length.start, int(length.high / MONTHS)) for length in months]
    return [many for _, many in sorted(years) if many < LONGEST_LIMIT]


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
