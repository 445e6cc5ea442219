"""Leave of absence: only in the circumstances of regulation 11 or exceptional ones, each request on its own facts.

A careful reader looks for both, and for what contradicts them: an allowance of days or leave as a matter of course, and
a refusal that no circumstances can change. That holidays are not authorised is the Department's own position, and a cap
("no more than five days") is no allowance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from checker.context import Context
from checker.documents.model import BlockKind
from checker.facts import check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed, unique
from checker.levels import Level
from checker.reading.english import english
from checker.reading.sense import sense_of
from checker.reading.senses import NOT_NOW, Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.values import goes_on
from checker.recognise.durations import Unit, durations
from checker.recognise.numbers import numbers
from checker.schools import SchoolType
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, explains_a_code, with_gaps
from england_attendance.policy.vocabulary import actors, topic

MOST_SHOWN = 3
# One of these stands in every statement that limits, allows or refuses leave.
LIMITING = ("exceptional", "lawful", "of-these")
ALLOWING = ("beyond-allowance", "as-of-course", "unasked", "holiday-granted", "allows")
REFUSING = ("ban", "refused", "grants")
AMOUNTS = {Unit.DAY, Unit.WEEK, Unit.SESSION}
NEAR = 10
CLOSE = 6
SHORT = 12
BACK = 3
GIVEN = {Sense.AFFIRMED, Sense.PERMITTED, Sense.WEAKENED}  # "discretionary days", or days "on request", are given too
ROWS = 12
REFUSED = ("never", "refuse", "decline", "reject", "turn")
EXCEPT = {"unless", "except", "only", "save", "but", "other", "otherwise", "outside", "without"}


@dataclass(frozen=True)
class LeaveOfAbsence:
    """What a policy says on granting leave.

    Attributes:
        exceptional: Where it limits leave to exceptional circumstances or those of regulation 11.
        own_facts: Where it has each request considered on its own facts.
        allowances: Where it allows a number of days, or leave as a matter of course.
        refusals: Where it refuses leave whatever the circumstances.
    """

    exceptional: tuple[Passage, ...] = ()
    own_facts: tuple[Passage, ...] = ()
    allowances: tuple[Passage, ...] = ()
    refusals: tuple[Passage, ...] = ()


@reader
def leave_of_absence(statements: Statements) -> LeaveOfAbsence:
    """Reads what the policy says on granting leave."""
    words = topic("leave_exceptional")
    speaking, headed = statements.having(words["leave"]), statements.in_sections_under(words["subject"])
    groups, sections = {s.group for s in speaking}, {s.block.section for s in speaking}
    going_on = {s.index for s in _with_any(statements, "goes-on", "how-many") if s.block.section in sections}
    about = headed | going_on | {s.index for s in statements if s.group in groups}
    rations = [hit.statement for hit in words.hits(statements, actors(), "ration") if hit.sense is Sense.AFFIRMED]
    rations = [ration for ration in rations if not _says_itself(statements, ration, "exceptional")]

    def passages(
        test: Callable[[Statements, Statement], bool], among: Iterable[Statement], most: int = MOST_SHOWN
    ) -> tuple[Passage, ...]:
        fitting = (statement for statement in among if statement.index in about and test(statements, statement))
        shown = map(statements.passages_led, islice(fitting, most))
        return tuple(passage for passages in shown for passage in passages)

    def plainly(statement: Statement) -> tuple[bool, bool, int]:
        said = sum(statements.says(statement, words[name]) for name in ("leave", "grants", "exceptional", "only"))
        return statement.index not in headed, statement.is_fragment, -said

    weighing = _with_any(statements, "own-facts")
    return LeaveOfAbsence(
        passages(_limits, sorted(_with_any(statements, *LIMITING), key=plainly), 1),
        passages(_weighs, sorted(weighing, key=lambda s: -len(statements.matches(s, words["own-facts"]))), 1),
        unique(
            [
                *passages(_is_allowance, _with_any(statements, *ALLOWING)),
                *(statements.passage(ration) for ration in rations if ration.block.section in sections),
            ]
        )[:MOST_SHOWN],
        passages(_is_refusal, _with_any(statements, *REFUSING)),
    )


def _with_any(statements: Statements, *names: str) -> Iterator[Statement]:
    """Yields the statements in which one of some concepts stands, in order."""
    return statements.at(statements.with_any([topic("leave_exceptional")[name] for name in names]))


@check("policy.leave-exceptional")
def exceptional_and_on_its_facts(leave: LeaveOfAbsence, gaps: Gaps, context: Context) -> Outcome:
    """Leave is granted only in exceptional circumstances, each request on its own facts."""
    faults = list(_contradictions(leave, _level(context)))
    missing = []
    if not leave.exceptional:
        missing.append("that leave is granted only in exceptional circumstances (or those of regulation 11)")
    if not leave.own_facts and not leave.refusals:
        missing.append("that each request is considered on its own facts")
    if missing and not faults:
        waiting = could_stand_in_a_gap(
            gaps, [topic("leave_exceptional")["subject"]], f"does not say {' nor '.join(missing)}"
        )
        if waiting is not None:
            return waiting
    if missing:
        faults.append(Fault(f"The policy does not say {' nor '.join(missing)}.", None, leave.exceptional))
    if faults:
        searched = "leave, holidays or term time beside “exceptional”, and each request considered" if missing else None
        return with_gaps(failed(*faults, searched=searched), gaps)
    return passed(
        "Leave is granted only in exceptional circumstances, each request on its own facts.",
        [*leave.exceptional, *leave.own_facts],
    )


def _contradictions(leave: LeaveOfAbsence, level: Level) -> Iterable[Fault]:
    if leave.allowances:
        message = "The policy allows leave as of right or as a matter of course; there is no such allowance."
        yield Fault(message, level, leave.allowances)
    if leave.refusals:
        message = "The policy refuses leave whatever the circumstances; each request is to be considered."
        yield Fault(message, level, leave.refusals)


def _level(context: Context) -> Level:
    """Regulation 11 binds maintained schools and special schools; others are expected to follow it."""
    bound = {SchoolType.MAINTAINED, SchoolType.SPECIAL} & set(context.types)
    others = {SchoolType.ACADEMY, SchoolType.INDEPENDENT} & set(context.types)
    return Level.LAW if (bound and not others) or context.type_unknown else Level.GUIDANCE


def _limits(statements: Statements, statement: Statement) -> bool:
    """Whether a statement keeps leave to circumstances that are out of the ordinary."""
    words = topic("leave_exceptional")
    if statement.is_question or explains_a_code(statement) or statements.says(statement, words["staff-leave"]):
        return False
    if _is_the_test(statements, statement):
        return True
    if statements.says(statement, words["not-exceptional"]):
        return False
    if not (_is_a_kind(statement) or statements.says(statement, words["only"])):
        return False
    before = statements.all[statement.index - 1] if statement.index else statement
    if before.block is statement.block and statements.says(statement, words["of-these"]):
        goes_on = statements.says(before, words["exceptional"]) and statements.says(statement, words["leave"])
        if goes_on and not statements.says(before, words["not-exceptional"]):
            return not statement.is_question
    found = list(statements.matches(statement, words["exceptional"]))
    if found and all(_is_negated(statement, match) for match in found):
        granting = statements.matches(statement, words["grants"])
        refused = _says_itself(statements, statement, "leave") and _affirmed(statements, statement, "refused")
        return refused or any(sense_of(statement, match) is Sense.DENIED for match in granting)
    if statements.says(statement, words["leave"]) or statements.under(statement, words["subject"]):
        found += statements.matches(statement, words["lawful"])
    return any(
        match.end > statement.own_from
        and not _is_negated(statement, match)
        and sense_of(statement, match) not in NOT_NOW
        for match in found
    )


def _is_the_test(statements: Statements, statement: Statement) -> bool:
    """Whether a statement makes it the test of a request that the circumstances are exceptional; "or not" leaves it open."""
    tests = statements.matches(statement, topic("leave_exceptional")["the-test"])
    return any(
        sense_of(statement, match) is Sense.AFFIRMED
        and statement.words.forms[match.end : match.end + 2] != ("or", "not")
        for match in tests
        if match.end > statement.own_from
    )


def _is_a_kind(statement: Statement) -> bool:
    """Whether a statement is an entry of a list that names a kind of leave before it says more of it."""
    clauses = statement.words.clauses[statement.own_from :]
    return statement.block.kind is BlockKind.LIST_ITEM and clauses.count(clauses[0]) <= SHORT if clauses else False


def _is_negated(statement: Statement, match: Match) -> bool:
    """Whether circumstances are said to be not exceptional: a negator stands just before, and no "unless" after it."""
    near = statement.words.forms[max(0, match.start - CLOSE) : match.start]
    negated = [place for place, word in enumerate(near) if word in english().negators]
    return bool(negated) and EXCEPT.isdisjoint(near[negated[-1] :])


def _weighs(statements: Statements, statement: Statement) -> bool:
    """Whether a statement has each request considered on its own facts."""
    words = topic("leave_exceptional")
    if statements.says(statement, words["legal"]) or statements.says(statement, words["staff-leave"]):
        return False
    if statement.is_question or not _goes_on_about_leave(statements, statement):
        return False
    lawful = statements.matches(statement, words["lawful"])  # "the specific circumstances set out in regulation 11"
    matches = [
        match
        for match in statements.matches(statement, words["own-facts"])
        if not any(match.start < other.end and other.start < match.end for other in lawful)
    ]
    unsaid = [match for match in matches if sense_of(statement, match) in {Sense.DENIED, Sense.WEAKENED, *NOT_NOW}]
    return any(
        match.end > statement.own_from
        and match not in unsaid
        and not any(m.end <= match.start and goes_on(statement.words.forms, m.end, match.start) for m in unsaid)
        for match in matches
    )


def _goes_on_about_leave(statements: Statements, statement: Statement) -> bool:
    """Whether leave is the matter of a statement, or of one of those just before it in the same paragraph."""
    words = topic("leave_exceptional")
    on_leave = statements.find(words["leave"])
    if statement.block.cells and any(
        other.index in on_leave and other.group == statement.group
        for other in statements.all[max(0, statement.index - ROWS) : statement.index + ROWS]
    ):
        return True
    group = () if statement.block.cells else statements.group(statement)
    if any(other.index in on_leave for other in (group if statement.is_item else group[:1])):
        return True
    back = 0 if statement.block.cells else BACK
    near = statements.all[max(0, statement.index - back) : statement.index + 1]
    return any(
        other.block is statement.block and (other.index in on_leave or statements.says(other, words["goes-on"]))
        for other in near
    ) or statements.under(statement, words["subject"])


def _is_allowance(statements: Statements, statement: Statement) -> bool:
    """Whether a statement gives a number of days, or grants leave as a matter of course."""
    words = topic("leave_exceptional")
    if statements.says(statement, words["no-entitlement"]):
        return False
    beyond = statements.matches(statement, words["beyond-allowance"])
    if any(sense_of(statement, match) not in {Sense.DENIED, *NOT_NOW} for match in beyond):
        return True
    if any(statements.says(statement, words[name]) for name in ("other-kind", "legal", "staff-leave")):
        return False
    if _says_itself(statements, statement, "exceptional"):
        return False
    if statements.says(statement, words["leave"]) and (
        _affirmed(statements, statement, "as-of-course") or statements.says(statement, words["unasked"])
    ):
        return True
    if statements.says(statement, words["exceptional"]) and not statement.follows_on:
        return False
    if _affirmed(statements, statement, "holiday-granted") and not statements.says(statement, words["conditional"]):
        return True
    if statements.says(statement, words["cap"]) or statements.says(statement, words["who-decides"]):
        return False
    if not _affirmed(statements, statement, "allows"):
        return False
    return _amount_near(statements, statement)


def _amount_near(statements: Statements, statement: Statement) -> bool:
    """Whether a number of days, weeks or sessions stands beside what allows it; who may give half a day is no matter."""
    words = topic("leave_exceptional")
    if statements.says(statement, words["how-many"]) and not statement.row:
        return any(not number.ordinal for number in numbers(statement.own)) or bool(durations(statement.own))
    starts = [length.start for length in durations(statement.text) if length.unit in AMOUNTS and length.high >= 1]
    at = [sum(start < place for start in statement.words.starts) for place in starts]
    allowing = [match.start for match in statements.matches(statement, words["allows"])]
    return any(abs(one - other) <= NEAR for one in at for other in allowing)


def _says_itself(statements: Statements, statement: Statement, name: str) -> bool:
    """Whether a concept stands in a statement's own words, not only in what leads to it."""
    return any(
        match.end > statement.own_from for match in statements.matches(statement, topic("leave_exceptional")[name])
    )


def _affirmed(statements: Statements, statement: Statement, name: str) -> bool:
    matches = statements.matches(statement, topic("leave_exceptional")[name])
    return any(match.end > statement.own_from and sense_of(statement, match) in GIVEN for match in matches)


def _is_of_another_kind(statements: Statements, statement: Statement) -> bool:
    """Whether a statement speaks of another kind of absence; "…, even if he was ill" only says how firm it is."""
    forms = statement.words.forms
    even = forms.index("even") if "even" in forms else len(forms)
    kinds = statements.matches(statement, topic("leave_exceptional")["other-kind"])
    return any(kind.start < even for kind in kinds)


def _is_refusal(statements: Statements, statement: Statement) -> bool:
    """Whether a statement refuses leave to all, or to pupils below some attendance, whatever the circumstances."""
    words = topic("leave_exceptional")
    if not _goes_on_about_leave(statements, statement) or statements.says(statement, words["exceptional"]):
        return False
    if _is_of_another_kind(statements, statement) or statement.is_question:
        return False
    if explains_a_code(statement) and not statements.says(statement, words["leave"]):
        return False
    if _affirmed(statements, statement, "ban"):
        return True
    refused = statements.says(statement, words["refused"]) or any(
        sense_of(statement, match) is Sense.DENIED for match in statements.matches(statement, words["grants"])
    )
    if not refused:
        return False
    if statements.says(statement, words["below-target"]):
        return True
    if statements.says(statement, words["poor-record"]):
        may = not english().may.isdisjoint(statement.words.forms)
        return not (may or _is_qualified(statements, statement) or statements.says(statement, words["holiday"]))
    absolute = [
        " ".join(statement.words.forms[m.start : m.end]) for m in statements.matches(statement, words["absolute"])
    ]
    if statements.says(statement, words["holiday"]):  # that no holiday is authorised is no fault
        absolute = [phrase for phrase in absolute if not phrase.startswith(REFUSED)]
    return bool(absolute) and not _is_qualified(statements, statement)


def _is_qualified(statements: Statements, statement: Statement) -> bool:
    """Whether a short answer gives way to what follows it: "The answer is no. Leave is only given in exceptional cases."."""
    following = statements.all[statement.index + 1 : statement.index + 2]
    own = statement.words.forms[statement.own_from :]
    short = len(own) <= SHORT and "answer" in own
    return short and any(other.block is statement.block and _limits(statements, other) for other in following)
