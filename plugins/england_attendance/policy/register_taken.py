"""Whether the attendance register is taken each morning and each afternoon (regulation 10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from checker.facts import check, reader
from checker.findings import Fault, Outcome, Passage, failed
from checker.levels import Level
from checker.reading.english import english
from checker.reading.phrases import Concept
from checker.reading.said import Said
from checker.reading.sense import sense_of
from checker.reading.senses import Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.recognise.times import times
from england_attendance.policy.day.events import SESSIONS, DayEvents, Happening
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import Part, judge
from england_attendance.policy.vocabulary import actors, topic

ONCE = {"time", "times", "once"}  # "one time only" says how often, no condition
BY = "school|governors|pupils"
MOST = 3
NEAR = 4
BESIDE = 2
NOON = dt.time(12, 0)


@dataclass(frozen=True)
class RegisterTaken:
    """When a policy has the register taken.

    Attributes:
        morning: What it says on the morning.
        afternoon: What it says on the afternoon.
        otherwise: Where it says that it is not taken at each session, with what to say of it.
    """

    morning: Said
    afternoon: Said
    otherwise: tuple[tuple[str, Passage], ...] = ()


@reader
def register_taken(statements: Statements, day: DayEvents) -> RegisterTaken:
    """Reads whether the register is taken in the morning and in the afternoon."""
    said: dict[str, list[Passage]] = {session: [] for session in SESSIONS}
    nearest: list[Passage] = []
    otherwise: list[tuple[str, Passage]] = []
    taking = [*statements.having(_words("takes")), *_entries(statements)]
    for statement in sorted(taking, key=lambda s: not statements.under(s, _words("register"))):
        asked = statement.lead.endswith("?:")
        since = statement.own_from if statement.follows_on and not asked else 0
        other = _words("other-register").first(statement.words.forms[since:])
        if other is not None or not _is_about_registers(statements, statement):
            continue
        takes = statements.matches(statement, _words("takes")) or _taken(statements, statement)
        matches = [match for match in takes if match.end > since and not statement.is_parted(match)]
        if not matches:
            continue
        sessions = _sessions(statements, statement, since)
        against = _against(statements, statement, matches)
        if against:
            otherwise.append((against, statements.passage(statement)))
        elif _is_for_one_day(statement, since):
            continue
        elif any(_is_done(statements, statement, match, asked=asked) for match in matches):
            for session in sessions:
                if not _is_only_allowed(statements, statement, session):
                    said[session].append(statements.passage(statement))
        elif sessions:
            nearest.append(statements.passage(statement))
    otherwise.extend(_without_register(statements))
    for event in day.of(Happening.REGISTER_OPENS):
        said[event.session].append(event.passage)
    morning, afternoon = (_said(said[session], nearest) for session in SESSIONS)
    return RegisterTaken(morning, afternoon, tuple(dict.fromkeys(otherwise)))


@check("policy.register-taken")
def each_morning_and_afternoon(taken: RegisterTaken, gaps: Gaps) -> Outcome:
    """The register is taken each morning and each afternoon."""
    if taken.otherwise:
        return failed(*(Fault(message, Level.LAW, (passage,)) for message, passage in taken.otherwise[:MOST]))
    parts = [
        Part("that the register is taken each morning", taken.morning),
        Part("that the register is taken each afternoon", taken.afternoon),
    ]
    return judge(
        parts, gaps, [_words("register")],
        searched="taking or marking the register beside “morning” and “afternoon”, “twice a day” or both sessions",
        met="The register is taken each morning and each afternoon.",
    )  # fmt: skip


def _entries(statements: Statements) -> Iterator[Statement]:
    """Yields the entries for a session in a part on registers: "Registers / Morning: called by the tutor at 8.40am"."""
    for statement in statements.having(_words("taken")):
        forms = statement.words.forms[statement.said_from :]
        labelled = any(place[0] == 0 for word in SESSIONS.values() if (place := _words(word).first(forms)))
        if labelled and not statements.says(statement, _words("takes")):
            yield statement


def _taken(statements: Statements, statement: Statement) -> tuple[Match, ...]:
    """Returns the participles of an entry, without the words behind them that make it one."""
    return tuple(Match(match.start, match.start + 1) for match in statements.matches(statement, _words("taken")))


def _said(passages: Sequence[Passage], nearest: Sequence[Passage]) -> Said:
    return Said(tuple(dict.fromkeys(passages))[:MOST], nearest=tuple(nearest[:1]))


def _sessions(statements: Statements, statement: Statement, since: int) -> list[str]:
    """Returns the sessions of which a statement speaks, by name or by a time.

    "Taken each morning and checked each afternoon" speaks of the morning.
    """
    forms = statement.words.forms[since:]
    if _words("twice-a-day").first(forms) is not None:
        return list(SESSIONS)
    at = {"AM" if time.resolve().value < NOON else "PM" for time in times(statement.own)}
    return [
        session
        for session, word in SESSIONS.items()
        if session in at
        or any(
            _is_of_taking(statements, statement, m)
            for m in statements.matches(statement, _words(word))
            if m.end > since
        )
    ]


def _is_only_allowed(statements: Statements, statement: Statement, session: str) -> bool:
    """Whether a session is named only where taking is no duty, behind the one where it is.

    "Taken each morning, and may be taken again after lunch"; "…; in the afternoon it could be taken".
    """
    forms, starts = statement.words.forms, statement.words.starts
    parts = [statement.text.count(";", 0, start) for start in starts]
    others = [m for word in SESSIONS.values() for m in statements.matches(statement, _words(word))]

    def is_allowed(name: Match) -> bool:
        first = parts.index(parts[name.start])
        since = max([first, *(other.end for other in others if other.end <= name.start)])
        until = name.start if since > first else first + parts.count(parts[name.start])
        return since > 0 and not english().may.isdisjoint(forms[since:until])

    named = statements.matches(statement, _words(SESSIONS[session]))
    return bool(named) and all(is_allowed(name) for name in named)


def _is_of_taking(statements: Statements, statement: Statement, session: Match) -> bool:
    """Whether the last deed before a session's name, or else the first behind it, is the taking of a register."""
    others = [m.start for m in statements.matches(statement, _words("other-deed")) if m.end <= session.start]
    takes = [m.end for m in statements.matches(statement, _words("takes")) if m.end <= session.start]
    return not others or (bool(takes) and max(takes) > max(others))


def _is_about_registers(statements: Statements, statement: Statement) -> bool:
    """Whether a register is named in a statement, or in the one before it, for "call it again in the afternoon".

    An answer has its question before it: what another one asked is none of its business.
    """
    before = statements.all[max(0, statement.index - 1)]
    near = before.block.section == statement.block.section and not statement.answers
    if statements.says(statement, _words("register")) or (near and statements.says(before, _words("register"))):
        return True
    return not statements.says(statement, _words("takes")) and statements.is_about(statement, _words("register"))


def _is_for_one_day(statement: Statement, since: int) -> bool:
    """Whether a statement without a time speaks of one day of the week: "on Fridays also in the afternoon"."""
    one_day = _words("one-day").first(statement.words.forms[since:]) is not None
    return one_day and not times(statement.own, doubtful=True)


def _is_done(statements: Statements, statement: Statement, match: Match, *, asked: bool) -> bool:
    """Whether a register is taken by somebody of the school; in a question ("When do you …?") "you" is the school."""
    if _sense(statement, match) is not Sense.AFFIRMED or _is_done_otherwise(statements, statement, match):
        return False
    return (asked and match.start < statement.own_from) or actors().may_be(BY, statements, statement, match)


def _is_done_otherwise(statements: Statements, statement: Statement, match: Match) -> bool:
    """Whether something else is done "twice a day" with the registers than taking them: "she checks the registers"."""
    if {"two", "2", "twice"}.isdisjoint(statement.words.forms[match.start + 1 : match.end]):
        return False
    others = statements.matches(statement, _words("other-deed"))
    return any(0 <= match.start - other.end <= BESIDE for other in others)


def _against(statements: Statements, statement: Statement, matches: Sequence[Match]) -> str:
    """Returns what is wrong where a statement has the register taken less often; else nothing."""
    forms = statement.words.forms
    if any(_is_weekly(statement, match) and _sense(statement, match) is Sense.AFFIRMED for match in matches):
        return "The policy has the register taken on some days of the week only; it is taken at each session."
    if _words("once-a-day").first(forms) is not None and _words("twice-a-day").first(forms) is None:
        once = statements.matches(statement, _words("once-a-day"))[0]
        if _words("afternoon").first(forms[: once.start]) is None:
            return "The policy has the register taken once a day; it is taken each morning and each afternoon."
    left_out = _words("not-then").first(forms)
    if left_out is not None and any(match.end <= left_out[0] for match in matches):
        session = _session(forms[left_out[0] :])
        return f"The policy says that the register is not taken in the {session}; it is taken at each session."
    for place, match in enumerate(matches):
        clause = _clause(statement, match)
        session = _session(clause)
        if session and _sense(statement, match) is Sense.DENIED:
            return f"The policy says that the register is not taken in the {session}; it is taken at each session."
        until = matches[place + 1].start if place + 1 < len(matches) else len(forms)
        limits = _words("only").places(forms[match.start : until])
        only = next((limit for limit in limits if forms[match.start + limit[0] - 1] not in ONCE), None)
        alone = _words("one-session").first(clause)
        others = _words("some-pupils").first(forms) is not None or _words("twice-a-day").first(forms) is not None
        if alone is not None and not others and _sense(statement, match) is Sense.AFFIRMED:
            only_in = _session(clause[alone[0] : alone[1]])
            return f"The policy has the register taken in the {only_in} only; it is taken at each session."
        session = session if only is None else _session(forms[match.start + only[0] : until]) or session
        if session and only is not None:
            return f"The policy has the register taken in the {session} only now and then; it is taken at each session."
    return ""


def _session(forms: Sequence[str]) -> str:
    return next((word for word in SESSIONS.values() if _words(word).first(forms) is not None), "")


def _without_register(statements: Statements) -> Iterator[tuple[str, Passage]]:
    """Yields where a session has no register, or marks that are copied from the other's."""
    for statement in statements.having(_words("copied"), _words("afternoon")):
        copied = {sense_of(statement, match) for match in statements.matches(statement, _words("copied"))}
        if statements.says(statement, _words("from-paper")):
            continue
        if statements.says(statement, _words("register")) and not statement.row and copied != {Sense.DENIED}:
            yield "The policy has marks carried over from one session to the other.", statements.passage(statement)
    for statement in statements.having(_words("afterwards"), _words("register")):
        other = any(statements.says(statement, _words(name)) for name in ("other-register", "from-paper"))
        for match in statements.matches(statement, _words("afterwards")):
            session = _session(_clause(statement, match))
            if session and not other and _sense(statement, match) is Sense.AFFIRMED:
                yield f"The policy has the marks of the {session} made afterwards.", statements.passage(statement)
    for statement in statements.having(_words("no-register")):
        for match in statements.matches(statement, _words("no-register")):
            session = _session(_clause(statement, match))
            behind = statement.words.forms[match.end : match.end + NEAR]
            conditional = _is_a_condition(statement, _clause_start(statement, match))
            if session and _words("closing").first(behind) is None and not conditional:
                yield f"The policy has no register in the {session}.", statements.passage(statement)


def _is_a_condition(statement: Statement, start: int) -> bool:
    """Whether a clause is a condition; behind a day "when" tells of that day: "on Fridays, when no register is taken"."""
    forms = statement.words.forms
    of_a_day = forms[start] == "when" and start and _words("a-day").first(forms[start - 1 : start]) is not None
    return forms[start] in english().conditions and not of_a_day


def _clause_start(statement: Statement, match: Match) -> int:
    return statement.words.clauses.index(statement.words.clauses[match.start])


def _is_weekly(statement: Statement, match: Match) -> bool:
    """Whether a register is taken on some days only; "an attendance conversation" once a fortnight is no register."""
    talk = _words("talk").first(statement.words.forms[match.end : match.end + 1]) is not None
    return not talk and _words("each-week").first(_clause(statement, match)) is not None


def _sense(statement: Statement, match: Match) -> Sense:
    """Returns what a statement does with a predicate; what stands inside it ("registers may be taken") counts too."""
    return sense_of(statement, Match(match.end - 1, match.end))


def _clause(statement: Statement, match: Match) -> tuple[str, ...]:
    """Returns the words of the clause in which something stands."""
    clauses = statement.words.clauses
    wanted = {clauses[index] for index in range(match.start, match.end)}
    return tuple(form for form, clause in zip(statement.words.forms, clauses, strict=True) if clause in wanted)


@cache
def _words(name: str) -> Concept:
    return topic("register_taken")[name]
