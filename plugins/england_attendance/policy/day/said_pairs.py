"""What is said of a time: who or what does what then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from england_attendance.policy.day.items import Item
from england_attendance.policy.day.marks import OTHER, REGISTER, SCHOOL, SESSION, Mark, day_words
from england_attendance.policy.vocabulary import topic


@dataclass(frozen=True, slots=True)
class Pair:
    """Who or what, and what happens; the verb is empty where a noun stands alone ("Registration: 8.45am")."""

    subject: str
    verb: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one item: the pairs that go with it, and the words before it from which they come."""

    item: Item
    pairs: tuple[Pair, ...]
    before: tuple[str, ...]
    earlier: Said | None = None


@dataclass
class State:
    """What the words read so far leave for those that follow."""

    main: str = ""
    named: str = ""
    pairs: tuple[Pair, ...] = ()
    going: str = ""
    register: bool = False
    consumed: int = 0
    earlier: Said | None = None
    told: tuple[tuple[Pair, ...], ...] = ()  # what is said of each time since a session was named
    model: tuple[tuple[Pair, ...], ...] = ()  # the same of the session before it


def joined(pairs: tuple[Pair, ...], relative: Sequence[Pair], *, alone: bool) -> tuple[Pair, ...]:
    """Returns what is said of an item before and behind it: "Closing: 9.10 (morning register)" is one thing."""
    named = relative[-1].subject if relative and not any(pair.verb for pair in relative) else ""
    told = {pair.subject for pair in pairs if pair.verb}
    if named and told and told <= {"", named}:
        return tuple(replace(pair, subject=named) for pair in pairs if pair.verb)
    return tuple(relative) if relative and alone else (*pairs, *relative)


def shared(told: tuple[Pair, ...], pairs: tuple[Pair, ...], between: Sequence[str]) -> tuple[Pair, ...]:
    """Returns what is said of a time that shares it with the one before.

    "Registers shut 30 minutes after the session begins, ie. 9.25", "They are marked at the beginning of the morning
    session (8.55) and at the beginning of the afternoon session (1.00)".
    """
    if told and (between[-1:] == ("ie",) or between[-2:] == ("i", "e")):
        return told
    subjects = {pair.subject for pair in told}
    alike = {pair.subject for pair in pairs} == {SESSION} <= subjects
    # "… at the start of the morning session at 8.40 and at the start of Period 4, at 1.20"
    alike = alike or (REGISTER in subjects and {(pair.subject, pair.verb) for pair in pairs} == {(OTHER, "begins")})
    # "… at the beginning of morning school, 8.30, and the beginning of afternoon school, 1.25"
    of_school = {(pair.subject, pair.verb) for pair in pairs} == {(SCHOOL, "begins")}
    alike = alike or (of_school and {REGISTER, SCHOOL} <= subjects)
    joins = tuple(form for form in between if form != "again")[:2]
    if alike and joins in {("and", "at"), ("and", "the")}:
        return (*(pair for pair in told if pair.subject == REGISTER), *pairs)
    return pairs


def until_closed(pairs: tuple[Pair, ...], before: Sequence[str]) -> tuple[Pair, ...]:
    """Returns the pairs, a register that is open *until* a time as one that closes then."""
    last = before[-2:-1] if before[-1:] and before[-1] in day_words("roughly") else before[-1:]
    if topic("day/register_events")["until"].first(last) is None:
        return pairs
    return tuple(
        replace(pair, verb="closes") if pair.subject == REGISTER and pair.verb in {"opens", "takes", ""} else pair
        for pair in pairs
    )


def shared_back(said: Sequence[Said]) -> list[Said]:
    """Returns what is said of times, of two that share what stands behind them: "after 9.15 or 1.15, when registers close"."""
    found = list(said)
    for at in range(len(found) - 2, -1, -1):
        following = found[at + 1]
        closes = tuple(
            p for p in following.pairs if (p.subject, p.verb) == (REGISTER, "closes") and _is_behind(p, following)
        )
        linked = following.before[:1] in {("or",), ("and",)} and len(following.before) == 1
        if linked and closes and not any(pair.subject == REGISTER for pair in found[at].pairs):
            found[at] = replace(found[at], pairs=(*found[at].pairs, *closes))
    return found


def _is_behind(pair: Pair, said: Said) -> bool:
    return pair.mark.start >= said.item.end
