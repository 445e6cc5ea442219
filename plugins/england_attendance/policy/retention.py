"""How long the entries of the registers are kept: regulation 7 of 2024 says at least six years from the entry.

A careful reader looks for the registers, or their entries, being kept for a number of years, or destroyed after it.
Pupils' files, letters and other records have other periods.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from checker.facts import PublishedFact, Stated, check, reader
from checker.findings import Fault, Outcome, failed, passed
from checker.levels import Level
from checker.reading.sense import sense_of
from checker.reading.senses import NOT_NOW, Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.recognise.durations import Unit, durations
from checker.recognise.numbers import number
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import actors, topic

YEARS = 6
MONTHS = 12
LONGEST_ANSWER = 16  # words: under a heading that asks how long, "Six years from each entry" says all
_LONGER = re.compile(r"\b(?:longer|more) than\b|\bbeyond\b", re.IGNORECASE)
_SOONER = re.compile(r"\b(?:before|within|inside) $", re.IGNORECASE)
# "Current year + 6" gives no unit, and "until it is six years old" looks like an age.
_MORE = (
    re.compile(
        r"\b(?:year|register|entry)s? ?(?:\+|plus) ?(?P<years>\d{1,2}|[a-z]+)(?! ?(?:years|yrs))\b", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:(?:it|they|entry|entries|registers?) (?:is|are)|(?:more|older) than|over) (?P<years>[\w-]+) years? old\b",
        re.IGNORECASE,
    ),
)
_WHICH = re.compile(r"\b(?P<which>attendance|admission)s? registers?\b", re.IGNORECASE)
BOTH = 2  # registers


@dataclass(frozen=True)
class Retention:
    """For how many years entries are kept, each statement apart."""

    years: tuple[Stated[float], ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows the years."""
        value = list(dict.fromkeys(stated.value for stated in self.years))
        yield PublishedFact("retention_years", value, tuple(p for stated in self.years for p in stated.passages))


@reader
def retention(statements: Statements) -> Retention:
    """Reads how long entries are kept."""
    words, found = topic("retention"), []
    lasting = statements.find(words["lasts"]) | statements.in_sections_under(words["retention"])
    records = statements.with_any([words[name] for name in ("register", "the-period", "records")])
    for statement in statements.at(lasting & (records | statements.in_sections_under(words["register"]))):
        if _is_of_registers(statements, statement):
            years = _years(statement, _unkept(statements, statement))
            if years is not None and _is_settled(statements, statement):
                found.append(Stated(years, (statements.passage(statement),)))
    return Retention(tuple(found))


@check("policy.retention")
def six_years(retention: Retention, gaps: Gaps) -> Outcome:
    """Every entry is kept for six years."""
    if not retention.years:
        waiting = could_stand_in_a_gap(
            gaps, [topic("retention")["retention"]], "does not say how long entries are kept"
        )
        fault = Fault("The policy does not say how long the entries of the registers are kept.")
        return waiting or with_gaps(
            failed(fault, searched="keeping registers or entries, beside a number of years"), gaps
        )
    wrong = [stated for stated in retention.years if stated.value != YEARS]
    if wrong:
        return failed(
            *(
                Fault(
                    f"The policy keeps entries for {stated.value:g} years; the Regulations ask for {YEARS}.",
                    Level.LAW if stated.value < YEARS else None,
                    stated.passages,
                )
                for stated in wrong
            )
        )
    return passed(f"Entries are kept for {YEARS} years.", [p for stated in retention.years for p in stated.passages])


def _is_of_registers(statements: Statements, statement: Statement) -> bool:
    """Whether it speaks of the registers or their entries, and of no other record."""
    words = topic("retention")
    if statements.says(statement, words["other-record"]):
        return False
    if statements.says(statement, words["other-register"]) and not statements.says(statement, words["the-register"]):
        return False
    papers = statements.says(statement, words["papers"])
    if statements.says(statement, words["register"]):
        return not (papers and statements.says(statement, words["beside-register"]))
    if statements.says(statement, words["the-period"]) and statements.is_about(statement, words["register"]):
        return not papers
    about = statements.says(statement, words["records"]) or statements.under(statement, words["register"])
    return about and not papers


def _is_settled(statements: Statements, statement: Statement) -> bool:
    """Whether it says that entries are kept; what is "not destroyed for six years" is kept too.

    So is what "may be destroyed after three years", or is "not kept longer than three".
    """
    words = topic("retention")
    if any(statements.says(statement, words[name]) for name in ("aims", "once-kept", "in-part")):
        return False
    if not statements.says(statement, words["lasts"]):
        return len(statement.words) <= LONGEST_ANSWER and statements.under(statement, words["retention"])
    kept = {
        sense_of(statement, match)
        for match in statements.matches(statement, words["keeps"])
        if _is_kept(statement, match.start) and actors().may_be("school|governors", statements, statement, match)
    }
    destroyed = {sense_of(statement, match) for match in statements.matches(statement, words["destroys"])}
    reached = {sense_of(statement, match) for match in statements.matches(statement, words["within-reach"])}
    return (
        Sense.AFFIRMED in kept
        or not reached.isdisjoint({Sense.AFFIRMED, Sense.PERMITTED})
        or Sense.DENIED in destroyed
        or (not destroyed.isdisjoint({Sense.AFFIRMED, Sense.PERMITTED}) and not _is_sooner(statement.text))
        or (Sense.DENIED in kept and _LONGER.search(statement.text) is not None)
    )


def _is_sooner(text: str) -> bool:
    """Whether a length is one that need not go by: "may be destroyed before six years have passed"."""
    return any(_SOONER.search(text[: length.start]) for length in durations(text) if length.unit is Unit.YEAR)


def _is_kept(statement: Statement, at: int) -> bool:
    """Whether the verb stands at some distance from "up to date": "registers are kept up to date" keeps nothing."""
    return statement.words.forms[at + 1 : at + 3] != ("up", "to")


def _unkept(statements: Statements, statement: Statement) -> set[int]:
    """Returns where lengths end for which nothing is kept: "may be kept for six years, but is deleted after two".

    They stand behind a verb of keeping that is denied or only permitted, with entries destroyed in another thought.
    """
    words, forms = topic("retention"), statement.words
    keeps = statements.matches(statement, words["keeps"])
    destroyed = [
        match.start
        for match in statements.matches(statement, words["destroys"])
        if sense_of(statement, match) in {Sense.AFFIRMED, Sense.PERMITTED}
    ]
    found = set()
    for length in durations(statement.text):
        at = bisect_left(forms.starts, length.start)
        verbs = [*((m.start, m) for m in keeps), *((start, None) for start in destroyed)]
        _, kept = max((verb for verb in verbs if verb[0] < at), key=lambda verb: verb[0], default=(0, None))
        if destroyed and kept and sense_of(statement, kept) in {Sense.DENIED, Sense.PERMITTED, *NOT_NOW}:
            found.add(length.end)
    return found


def _years(statement: Statement, unkept: set[int]) -> float | None:
    """Returns the number of years that a statement gives: six where it stands there, else the longest.

    Of "three to six years" it is the lower one; lengths that end where ``unkept`` says are passed over.
    """
    text, offset = (statement.own, statement.own_offset) if statement.follows_on else (statement.text, 0)
    years = []
    of_register: dict[str, float] = {}  # "the attendance register for three years, the admission register for six"
    for length in durations(text):
        if _is_past(statement, offset + length.start) or offset + length.end in unkept:
            continue
        amount = length.high if length.amount is not None else length.low
        if length.unit is Unit.YEAR or (length.unit is Unit.MONTH and amount >= MONTHS):
            years.append(amount if length.unit is Unit.YEAR else amount / MONTHS)
            named = [match["which"].lower() for match in _WHICH.finditer(text, 0, length.start)]
            of_register.setdefault(named[-1] if named else "", years[-1])
    if len(of_register) == BOTH and "" not in of_register:
        return min(of_register.values())
    written = [match["years"] for pattern in _MORE for match in pattern.finditer(text)]
    years += [value for word in written if (value := number(word)) is not None]
    if not years:
        return None
    return YEARS if YEARS in years else max(years)


def _is_past(statement: Statement, offset: int) -> bool:
    """Whether what stands at an offset of a statement's text lies in the past: "until 2024 it was three years"."""
    at = min(bisect_left(statement.words.starts, offset), len(statement.words) - 1)
    return sense_of(statement, Match(at, at)) in NOT_NOW
