"""The model wording of each requirement passes its own check, alone and in a policy made of all of them."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from checker.context import Context
from checker.engine import Engine, Settings
from checker.plugins import load_plugins
from checker.schools import School, SchoolType
from checker.testing import document_of

AS_AT = dt.date(2026, 11, 22)
HEAD = "Attendance Policy\n\nElmbrook Primary School\n\n"


@cache
def engine() -> Engine:
    return Engine(load_plugins(), Settings(AS_AT, AS_AT))


REQUIREMENTS = [one for one in engine().catalogue.of_kind("policy") if not one.authorities]


def verdicts(text: str) -> dict[str, tuple[str, str]]:
    context = Context(AS_AT, (School("Elmbrook Primary School", (SchoolType.MAINTAINED,)),))
    facts = engine().facts_of(document_of(text, "text"), context)
    found = (engine().finding(requirement, facts, context) for requirement in REQUIREMENTS)
    return {finding.requirement.name: (finding.verdict.value, finding.message) for finding in found}


def test_a_policy_of_all_model_wordings_meets_every_requirement() -> None:
    parts = (f"{number}. {one.title}\n\n{one.example}" for number, one in enumerate(REQUIREMENTS, 1))
    found = verdicts(HEAD + "\n\n".join(parts))
    assert {name: said for name, said in found.items() if said[0] != "pass"} == {}


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda one: one.name)
def test_a_model_wording_meets_its_own_requirement(requirement) -> None:  # type: ignore[no-untyped-def]
    verdict, message = verdicts(HEAD + requirement.example)[requirement.name]
    assert verdict == "pass", message
