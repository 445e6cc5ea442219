"""The fast rules and the slow reference agree, row for row, on thousands of random registers."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.findings import Verdict
from tests.registers import reference_marks as slow
from tests.registers import reference_records as records
from tests.registers.build import judge, keys, register_of
from tests.registers.reference import World
from tests.registers.worlds import world_of

EXAMPLES = int(os.environ.get("CHECKER_EXAMPLES", "60"))  # registers for each rule; CI sets thousands

RULES: dict[str, Callable[[World], set[tuple[str, ...]]]] = {
    "register.complete": slow.complete,
    "register.codes-valid": slow.codes_valid,
    "register.codes-fit-session": slow.codes_fit_session,
    "register.codes-fit-pupil": slow.codes_fit_pupil,
    "register.unresolved-absence": slow.unresolved_absence,
    "register.deletion-grounds": slow.deletion_grounds,
    "register.deletion-returns": slow.deletion_returns,
    "register.new-pupil-returns": slow.new_pupil_returns,
    "register.attendance-returns": slow.attendance_returns,
    "register.sickness-returns": slow.sickness_returns,
    "register.penalty-threshold": slow.penalty_threshold,
    "register.persistent-absence": slow.persistent_absence,
    "register.severe-absence": slow.severe_absence,
    "register.continuous-absence": slow.continuous_absence,
    "register.leave-recorded": records.leave_recorded,
    "register.part-time-timetables": records.part_time_timetables,
    "register.late-marks": records.late_marks,
    "register.registration-window": records.registration_window,
    "register.amendments": records.amendments,
    "register.admission-particulars": records.admission_particulars,
    "register.emergency-contacts": records.emergency_contacts,
    "register.identifiers": records.identifiers,
    "register.penalty-notices": lambda world: records.penalty_notices(world)[0],
    "register.suspension-provision": records.suspension_provision,
}
TO_DECIDE = {
    "register.penalty-threshold",
    "register.persistent-absence",
    "register.severe-absence",
    "register.continuous-absence",
}


@settings(max_examples=EXAMPLES)
@given(st.integers(min_value=0, max_value=2**32))
def test_every_rule_finds_the_rows_that_the_reference_finds(seed: int) -> None:
    world = world_of(seed)
    register = register_of(world.settings, world.tables)
    assert register.as_at == world.as_at
    for name, rule in RULES.items():
        outcome = judge(name, register)
        found, expected = keys(outcome), rule(world)
        assert len(found) == len(set(found)), f"{name}: a row stands twice"
        assert set(found) == expected, name
        assert outcome.verdict == _verdict(name, world, expected), name


def _verdict(name: str, world: World, rows: set[tuple[str, ...]]) -> Verdict:
    if not rows:
        return Verdict.PASS
    if name == "register.penalty-notices":
        return Verdict.REVIEW if records.penalty_notices(world)[1] == "review" else Verdict.FAIL
    return Verdict.REVIEW if name in TO_DECIDE else Verdict.FAIL


@pytest.fixture(scope="module")
def worlds() -> list[World]:
    return [world_of(seed) for seed in range(150)]


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_random_registers_put_every_rule_to_the_test(name: str, worlds: list[World]) -> None:
    found = [RULES[name](world) for world in worlds]
    assert any(found)
    assert not all(found)
