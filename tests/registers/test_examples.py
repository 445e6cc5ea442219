"""The registers of ``registers/`` hold exactly the faults that their README lists."""

from __future__ import annotations

import pytest

from checker.facts import PublishedFact
from checker.registers.native import load
from tests.registers.build import CHECKS, judge, keys
from tests.registers.example_registers import ROOT, folders

POLICY_TIMES = {  # those of the school's policy in policies/
    "millrace": [("AM", "08:50", "09:20"), ("PM", "13:15", "13:45")],
    "hazelbeck": [("AM", "08:50", "09:15"), ("PM", "13:10", "13:35")],
}


def listed() -> dict[str, tuple[str, list[tuple[str, ...]]]]:
    """The table of the README: for each requirement the verdict and the rows."""
    found = {}
    for line in (ROOT / "registers" / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| register."):
            name, verdict, rows, _ = (cell.strip() for cell in line.strip("|").split("|"))
            found[name] = (verdict, [tuple(row.replace("-", "", row == "-").split()) for row in rows.split("; ")])
    return found


def partner(folder: str) -> dict[str, PublishedFact]:
    times = [
        {"site": None, "session": half, "opens": opens, "closes": closes}
        for half, opens, closes in POLICY_TIMES[folder]
    ]
    return {"register_times": PublishedFact("register_times", times)}


@pytest.mark.parametrize("requirement", sorted(CHECKS))
def test_millrace_has_the_faults_that_are_listed(requirement: str) -> None:
    outcome = judge(requirement, load(ROOT / "registers" / "millrace", None), partner("millrace"))
    assert (outcome.verdict.value, keys(outcome)) == listed()[requirement]


@pytest.mark.parametrize("requirement", sorted(CHECKS))
def test_hazelbeck_is_sound(requirement: str) -> None:
    outcome = judge(requirement, load(ROOT / "registers" / "hazelbeck", None), partner("hazelbeck"))
    assert outcome.verdict.value == ("not_applicable" if requirement == "register.retention" else "pass")


@pytest.mark.parametrize(("folder", "files"), folders().items())
def test_the_files_are_those_that_the_script_writes(folder: str, files: dict[str, str]) -> None:
    for name, text in files.items():
        assert (ROOT / "registers" / folder / name).read_text(encoding="utf-8") == text
