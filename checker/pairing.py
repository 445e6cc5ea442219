"""Which policy goes with which register, where both are checked together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.discovery import Source
from checker.engine import Engine
from checker.errors import CheckerError
from checker.facts import PublishedFact
from checker.report import Status, Subject
from checker.schools import School


def partners(
    engine: Engine, registers: Sequence[Source], policies: Sequence[Subject]
) -> dict[Source, Mapping[str, PublishedFact]]:
    """Returns for each register the facts of its school's policy, by name of the fact.

    They are paired by URN, then by the school's name, then where there is one of each; others stay unpaired.
    """
    checked = [policy for policy in policies if policy.status is Status.CHECKED]
    found: dict[Source, Mapping[str, PublishedFact]] = {}
    for register in registers if checked else ():
        policy = _policy_of(_school_of(engine, register), checked, alone=len(registers) == len(checked) == 1)
        if policy is not None:
            found[register] = {fact.name: fact for fact in policy.facts}
    return found


def _policy_of(school: School, policies: Sequence[Subject], *, alone: bool) -> Subject | None:
    by_urn = [policy for policy in policies if school.urn and any(own.urn == school.urn for own in policy.schools)]
    by_name = [policy for policy in policies if any(_same_name(own, school) for own in policy.schools)]
    for fitting in (by_urn, by_name):
        if len(fitting) == 1:
            return fitting[0]
    return policies[0] if alone else None


def _school_of(engine: Engine, register: Source) -> School:
    loader = next(loader for loader in engine.plugins.register_loaders if loader.accepts(register.path))
    try:
        return loader.school(register.path)
    except CheckerError:
        return School()


def _same_name(one: School, other: School) -> bool:
    return bool(one.name and other.name) and _plain(one.name or "") == _plain(other.name or "")


def _plain(name: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in name.casefold()).split())
