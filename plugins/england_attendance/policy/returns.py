"""The four returns to the local authority of regulation 13: new pupil, deletion, attendance, sickness."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Level, Outcome, Passage, failed, passed
from checker.reading.sense import Sense, sense_of
from checker.reading.statements import Statement, Statements
from checker.recognise.durations import Duration, Unit, durations
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import actors, topic

NEW_PUPIL_DAYS = 5
ATTENDANCE_DAYS = 10
SICKNESS_DAYS = 15
WHAT = {
    "new pupil": "the return of a new pupil (within five days of the entry)",
    "deletion": "the return of a deletion (before the name is deleted)",
    "attendance": "the attendance return (ten school days of continuous unauthorised absence)",
    "sickness": "the sickness return (fifteen school days of illness)",
}
RIGHT = {"new pupil": NEW_PUPIL_DAYS, "attendance": ATTENDANCE_DAYS, "sickness": SICKNESS_DAYS}


@dataclass(frozen=True, slots=True)
class Return:
    """A return to which a policy commits the school.

    Attributes:
        kind: ``new pupil``, ``deletion``, ``attendance`` or ``sickness``.
        days: The number of days that it gives, where it gives one.
        passage: Where it stands.
    """

    kind: str
    days: float | None
    passage: Passage


@dataclass(frozen=True)
class Returns:
    """The returns to which a policy commits the school."""

    found: tuple[Return, ...] = ()

    def of(self, kind: str) -> tuple[Return, ...]:
        """Returns those of a kind."""
        return tuple(one for one in self.found if one.kind == kind)

    def published(self) -> Iterator[PublishedFact]:
        """Shows kinds and days."""
        value = [{"kind": one.kind, "days": one.days} for one in self.found]
        yield PublishedFact("returns", value, tuple(one.passage for one in self.found))


@reader
def returns(statements: Statements) -> Returns:
    """Reads the returns to which the policy commits the school."""
    words = topic("returns")
    found: list[Return] = []
    for statement in statements.having(words["tells"]):
        if not _tells_the_authority(statements, statement) or statements.says(statement, words["penalty"]):
            continue
        found.extend(_kinds(statements, statement))
    return Returns(tuple(found))


@check("policy.returns")
def all_four(returns: Returns, gaps: Gaps) -> Outcome:
    """The policy commits to the four returns, with the right numbers of days."""
    missing = [kind for kind in WHAT if not any(_counts(one) for one in returns.of(kind))]
    wrong = [one for one in returns.found if one.kind in RIGHT and one.days is not None and one.days != RIGHT[one.kind]]
    wrong = [
        one
        for one in wrong
        if not any(other.days == RIGHT[one.kind] and other.passage == one.passage for other in returns.of(one.kind))
    ]
    faults = [
        Fault(
            f"The policy makes {WHAT[one.kind].partition(' (')[0]} depend on {one.days:g} days; it is {RIGHT[one.kind]}.",
            Level.LAW,
            (one.passage,),
        )
        for one in wrong
    ]
    missing = [kind for kind in missing if kind not in {one.kind for one in wrong}]
    if missing and not faults:
        waiting = could_stand_in_a_gap(
            gaps, [topic("returns")["subject"]], f"does not commit to {', '.join(WHAT[kind] for kind in missing)}"
        )
        if waiting is not None:
            return waiting
    if missing:
        nearest = tuple(dict.fromkeys(one.passage for one in returns.found))[:2]
        faults.append(
            Fault(f"The policy does not commit to {'; '.join(WHAT[kind] for kind in missing)}.", None, nearest)
        )
    if faults:
        searched = (
            "telling the local authority of new pupils, deletions, ten days' absence and fifteen days' illness"
            if missing
            else None
        )
        return with_gaps(failed(*faults, searched=searched), gaps)
    return passed(
        "The policy commits to the four returns to the local authority.", [returns.of(kind)[0].passage for kind in WHAT]
    )


def _counts(one: Return) -> bool:
    """Whether a statement is enough for its return: attendance and sickness need their number of days."""
    return one.kind in {"new pupil", "deletion"} or one.days is not None


def _tells_the_authority(statements: Statements, statement: Statement) -> bool:
    words = topic("returns")
    if (
        not statements.says(statement, words["authority"])
        and not statements.says(statement, words["kinds"])
        and not statements.under(statement, words["subject"])
    ):
        return False
    return any(
        sense_of(statement, match) is Sense.AFFIRMED
        and actors().may_be("school|governors", statements, statement, match)
        for match in statements.matches(statement, words["tells"])
    )


def _kinds(statements: Statements, statement: Statement) -> Iterator[Return]:
    words = topic("returns")
    passage = statements.passage(statement)
    lengths = [length for length in durations(statement.text) if length.unit in {Unit.DAY, Unit.SESSION, Unit.WEEK}]
    sick = statements.says(statement, words["sick"])
    if statements.says(statement, words["added"]):
        days = [length for length in lengths if length.unit is Unit.DAY and length.high <= ATTENDANCE_DAYS]
        yield Return(
            "new pupil",
            _days(days[0]) if days and not sick and not statements.says(statement, words["absent"]) else None,
            passage,
        )
    if statements.says(statement, words["deleted"]):
        yield Return("deletion", None, passage)
    if sick:
        yield Return("sickness", _nearest_days(statements, statement, "sick", lengths), passage)
    absent = statements.says(statement, words["absent"]) and not statements.says(statement, words["added"])
    if absent and (not sick or any(_days(length) == ATTENDANCE_DAYS for length in lengths)):
        nearest = _nearest_days(statements, statement, "absent", lengths)
        if nearest is not None and nearest >= NEW_PUPIL_DAYS:
            yield Return("attendance", nearest, passage)


def _nearest_days(statements: Statements, statement: Statement, concept: str, lengths: list[Duration]) -> float | None:
    """Returns the number of days nearest to what they are days of."""
    places = statements.matches(statement, topic("returns")[concept])
    starts = statement.words.starts
    if not lengths or not places:
        return None
    best = min(lengths, key=lambda length: min(abs(length.start - starts[place.start]) for place in places))
    wanted = RIGHT["sickness" if concept == "sick" else "attendance"]
    return wanted if any(_days(length) == wanted for length in lengths) else _days(best)


def _days(length: Duration) -> float:
    return length.high / 2 if length.unit is Unit.SESSION else length.high * (5 if length.unit is Unit.WEEK else 1)
