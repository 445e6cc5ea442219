"""Kent's pack: its cases, and that it is silent everywhere else."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path

import pytest

from checker.context import Context
from checker.discovery import find_sources
from checker.engine import Engine, FactSource, Settings
from checker.findings import Finding, Verdict
from checker.plugins import load_plugins
from checker.registers.native import load
from checker.run import run
from checker.schools import School, SchoolType
from checker.testing import PolicyCase, policy_cases
from checker.yaml_files import load_yaml
from tests.cli.bulk import policy
from tests.conftest import ROOT
from tests.registers.build import keys, write_register
from tests.registers.cases import Case, all_cases

HERE = Path(__file__).parent
POLICY_CASES = list(policy_cases(HERE))
REGISTER_CASES = all_cases(HERE)
CATALOGUE = ROOT / "plugins" / "kent_attendance" / "catalogue"
DAY = dt.date(2026, 11, 22)
OURS = {requirement.name for requirement in load_plugins().catalogue if requirement.authorities}


@pytest.mark.parametrize("case", POLICY_CASES, ids=str)
def test_policy_case(case: PolicyCase) -> None:
    case.check()


@pytest.mark.parametrize("case", REGISTER_CASES, ids=str)
def test_register_case(case: Case, tmp_path: Path) -> None:
    world, plugins = case.world(), load_plugins()
    register = load(write_register(tmp_path / "register", world.settings, world.tables), None)
    facts = FactSource(plugins.readers("register"), register, Context(register.as_at, (register.school,)))
    check = plugins.checks("register")[case.requirement]
    outcome = check(**facts.fill(check.needs))
    said = "\n".join([outcome.message, *(str(row) for row in outcome.rows or ())])
    assert outcome.verdict.value == case.content["verdict"], said
    assert keys(outcome) == case.rows, said
    for words in case.content.get("says", []):
        assert words in said


def test_every_requirement_has_cases_for_its_verdicts() -> None:
    found = defaultdict(set)
    for case in POLICY_CASES:
        found[case.requirement].add(case.verdict)
    for register_case in REGISTER_CASES:
        found[register_case.requirement].add(register_case.content["verdict"])
    assert set(found) == OURS
    for requirement, verdicts in found.items():
        assert "pass" in verdicts, requirement
        assert verdicts & {"fail", "review"}, requirement


@pytest.mark.parametrize(
    ("file", "schema"),
    [
        ("catalogue", "catalogue"),
        ("instruments", "instruments"),
        ("policies", "requirements"),
        ("registers", "requirements"),
    ],
)
def test_the_catalogue_fits_its_schemas(file: str, schema: str) -> None:
    assert load_yaml(CATALOGUE / f"{file}.yaml", schema)


def findings(folder: Path, authority: str | None) -> list[Finding]:
    school = School(types=(SchoolType.MAINTAINED,), local_authority=authority)
    engine = Engine(load_plugins(), Settings(DAY, DAY, school))
    (source,) = find_sources([folder / "policy.txt"], engine.plugins)
    return list(engine.check(source).findings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "policy.txt").write_text(policy("Elm Bank Primary School"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("authority", "asked"),
    [("Kent", True), ("Kent County Council", True), ("Medway", False), ("Kentmere", False), (None, False)],
)
def test_it_judges_only_schools_in_kent(folder: Path, authority: str | None, asked: bool) -> None:
    found = [finding for finding in findings(folder, authority) if finding.requirement.authorities]
    assert len(found) == len([name for name in OURS if name.startswith("policy.")])
    if asked:
        assert {finding.verdict for finding in found} > {Verdict.FAIL}
    else:
        assert {finding.verdict for finding in found} == {Verdict.NOT_APPLICABLE}
        assert all("A rule of Kent" in finding.message for finding in found)


@pytest.mark.parametrize("authority", ["Kent", "Medway"])
def test_reports_speak_of_kents_sources_only_where_they_were_used(folder: Path, authority: str) -> None:
    school = School(types=(SchoolType.MAINTAINED,), local_authority=authority)
    report = run(Engine(load_plugins(), Settings(DAY, DAY, school)), [folder / "policy.txt"])
    assert any("Kent" in line for line in report.limits) is (authority == "Kent")


@pytest.mark.parametrize("package", ["checker", "plugins/england_attendance"])
def test_neither_the_core_nor_the_national_pack_knows_kents(package: str) -> None:
    naming = [file for file in (ROOT / package).rglob("*.py") if "kent_attendance" in file.read_text(encoding="utf-8")]
    assert not naming
