"""How long the entries of the registers are kept: regulation 7 of 2024 says at least six years from the entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.facts import PublishedFact, Stated, check, reader
from checker.findings import Fault, Level, Outcome, failed, passed
from checker.reading.sense import Sense, sense_of
from checker.reading.statements import Statement, Statements
from checker.recognise.durations import Duration, Unit, durations
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import topic

YEARS = 6


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
    words = topic("retention")
    found = []
    for statement in statements.having(words["register"], words["lasts"]):
        if statements.says(statement, words["other-record"]):
            continue
        years = [length for length in durations(statement.text) if length.unit is Unit.YEAR]
        if years and _is_settled(statements, statement):
            found.append(Stated(_years(years), (statements.passage(statement),)))
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


def _is_settled(statements: Statements, statement: Statement) -> bool:
    """Whether it says that entries are kept; what is "not destroyed for six years" is kept too."""
    words = topic("retention")
    kept = [match for match in statements.matches(statement, words["keeps"]) if _is_kept(statement, match.start)]
    destroyed = statements.matches(statement, words["destroys"])
    return any(sense_of(statement, match) is Sense.AFFIRMED for match in kept) or any(
        sense_of(statement, match) in {Sense.AFFIRMED, Sense.DENIED} for match in destroyed
    )


def _is_kept(statement: Statement, at: int) -> bool:
    """Whether the verb stands at some distance from "up to date": "registers are kept up to date" keeps nothing."""
    return statement.words.forms[at + 1 : at + 3] != ("up", "to")


def _years(found: list[Duration]) -> float:
    return max(length.high for length in found)
