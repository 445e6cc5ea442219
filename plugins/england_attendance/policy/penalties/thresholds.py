"""The threshold of a penalty notice: so many sessions of unauthorised absence within so many weeks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.findings import Passage
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.recognise.durations import Duration, Unit, durations
from checker.recognise.numbers import numbers
from england_attendance.policy.vocabulary import topic

FEWEST_SESSIONS = 4
SHORT = 6  # words
A_WHOLE_WEEK = 10  # sessions
JUST_BEHIND = 3  # statements that may give the weeks
_IN_ANY = re.compile(
    r"(?: of (?:them|these|those))? (?:in|within|inside|over)(?: (?:a|any|one))?(?: rolling)?(?: period of)? "
)
_OF_SESSIONS = re.compile(
    r" ?[x×] (?:[A-Z](?:, | or |/| and ))*(?:[A-Z] )?sessions\b|"
    r"(?: or more)? (?:\w+ )?(?:absences|marks|absence marks)(?: ?\((?:half[- ]day )?sessions\)| of a session each)"
)
_LABELLED = re.compile(r"\b(?:sessions|half[- ]days)\b(?:[^:]*:|[^:.;]* is) (?=\w)")
_PERIOD = re.compile(r"(?:period|window|within|over|time ?frame|time)\b[^:]*: ", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:counted|measured|added up|fall|period|window)\b", re.IGNORECASE)
_EXAMPLE = re.compile(r"\((?:e\.?g\.?|for example|for instance|such as)\b[^()]*\)", re.IGNORECASE)
_A = re.compile(r"(?:a|each|every|per) ", re.IGNORECASE)  # "A session is half a day"
_ASIDE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Threshold:
    """When a notice is considered: sessions within weeks, or within another period."""

    sessions: int
    weeks: int | None
    passage: Passage


def thresholds(statements: Statements, statement: Statement) -> Iterator[Threshold]:
    """Yields the thresholds that a statement gives."""
    words = topic("penalties/notices")
    if not statements.says(statement, words["threshold-word"]) or statements.says(statement, words["of-any-absence"]):
        return
    if _is_declined(statements, statement) or _leads_elsewhere(statements, statement):
        return
    examples = [example.span() for example in _EXAMPLE.finditer(statement.text)]
    lengths = [one for one in durations(statement.text) if not any(start < one.start < end for start, end in examples)]
    if statement.follows_on and all(length.end <= statement.own_offset for length in lengths):
        return
    sessions = [
        length for length in lengths if length.unit is Unit.SESSION and not _A.match(statement.text, length.start)
    ]
    weeks = [length for length in lengths if length.unit is Unit.WEEK]
    weeks = [length for length in weeks if length.high > 1] or weeks  # "a week is ten sessions, and ten in ten weeks …"
    if weeks and weeks[0].high <= 1 and any(length.high >= A_WHOLE_WEEK for length in sessions):
        return  # "the ten sessions can be one week's holiday"
    terms = [length for length in lengths if length.unit in {Unit.TERM, Unit.MONTH}]
    counts = [int(length.high) for length in sessions]
    if (
        weeks and not sessions and "session" in statement.text
    ):  # "unauthorised sessions … when there are ten in ten weeks"
        before = statement.text[: weeks[0].start]
        counts = [one.value for one in numbers(before) if _IN_ANY.fullmatch(before, one.end)]
    if not counts:  # "10 or more unauthorised absences (sessions)"
        counts = [one.value for one in numbers(statement.text) if _OF_SESSIONS.match(statement.text, one.end)]
    labelled = None if counts else _LABELLED.search(statement.text)
    if labelled:  # "Number of sessions: 10"
        counts = [one.value for one in numbers(statement.text) if one.start == labelled.end()]
    if not counts:
        return
    count = counts[0]
    weeks = weeks or _weeks_behind(statements, statement)
    if weeks:
        yield Threshold(count, int(weeks[0].high), statements.passage(statement))
    elif terms and not statements.says(statement, words["only-sessions"]):
        yield Threshold(count, 0, statements.passage(statement))
    elif count >= FEWEST_SESSIONS and statements.says(statement, words["considered"]):
        yield Threshold(count, None, statements.passage(statement))


def apart_from_notices(statements: Statements) -> Iterator[Threshold]:
    """Yields sessions of unauthorised absence in weeks wherever they stand: among a policy's stages, in a first clause.

    Those that lead to a notice to improve, or to a meeting, are none of a penalty notice.
    """
    words = topic("penalties/notices")
    for statement in statements.having(words["unauthorised"]):
        of_improving = any(
            words["improve"].first(heading.forms) is not None and words["penalty"].first(heading.forms) is None
            for heading in statements.headings(statement)
        )
        other = of_improving or statements.says(statement, words["meets"])
        if not (other or is_of_improving(statements, statement)):
            yield from (threshold for threshold in thresholds(statements, statement) if threshold.weeks)


def is_of_improving(statements: Statements, statement: Statement) -> bool:
    """Whether a statement is on a notice to improve: it, or what leads to it and names no penalty notices beside."""
    words = topic("penalties/notices")
    improving = statements.matches(statement, words["improve"])
    own = any(match.end > statement.own_from for match in improving)
    penalties = statements.matches(statement, words["penalty"])
    return own or (bool(improving) and not any(match.end <= statement.own_from for match in penalties))


def _is_declined(statements: Statements, statement: Statement) -> bool:
    """Whether no notice is considered then: "We must not consider a notice when …"; "not until …" is another matter."""
    words = topic("penalties/notices")
    matches = [m for name in ("considers", "penalty") for m in statements.matches(statement, words[name])]
    if statements.says(statement, words["not-only"]):
        return False
    matches = [match for match in matches if _is_beside_sessions(statement, match)]
    deeds = [sense_of(statement, match) for match in statements.matches(statement, words["considers"])]
    denied = any(sense_of(statement, match) is Sense.DENIED for match in matches)
    return denied and {Sense.AFFIRMED, Sense.PERMITTED}.isdisjoint(deeds)


def _leads_elsewhere(statements: Statements, statement: Statement) -> bool:
    """Whether so many sessions lead to a meeting or a letter, and no notice is named beside."""
    words = topic("penalties/notices")
    named = statements.says(statement, words["notices"]) or statements.says(statement, words["considered"])
    return not named and statements.says(statement, words["to-a-meeting"])


def _is_beside_sessions(statement: Statement, match: Match) -> bool:
    """Whether a place stands between the same semicolons as sessions, or nothing parts them: "…; no third is issued"."""
    start = statement.words.starts[match.start]
    begin, end = statement.text.rfind(";", 0, start) + 1, statement.text.find(";", start)
    part = statement.text[begin : end if end >= 0 else None]
    return ";" not in statement.text or any(length.unit is Unit.SESSION for length in durations(part))


def _weeks_behind(statements: Statements, statement: Statement) -> list[Duration]:
    """Returns the weeks that the next entry or short sentence gives: "Threshold: 10 sessions / Period: 10 weeks"."""
    for other in statements.all[statement.index + 1 : statement.index + 1 + JUST_BEHIND]:
        said = _ASIDE.sub("", other.own)
        lengths = durations(said)
        weeks = [length for length in lengths if length.unit is Unit.WEEK]
        meets = statements.says(other, topic("penalties/notices")["meets"])
        if (
            not meets
            and len(weeks) == len(lengths) == 1
            and (
                (other.follows_on and _COUNTED.search(said))
                or (
                    (other.group == statement.group or _PERIOD.match(said))
                    and len(said.rpartition(": ")[2].split()) <= SHORT
                )
            )
        ):
            return weeks
    return []
