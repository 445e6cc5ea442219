"""The fictional policies get the verdicts that a careful reader gave them, and the same ones in every format."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
import yaml

from checker.discovery import Source
from checker.engine import Engine, Settings
from checker.plugins import load_plugins
from checker.report import SubjectKind

HERE = Path(__file__).resolve().parent
POLICIES = HERE.parents[1] / "policies"
LABELS = yaml.safe_load((POLICIES / "labels.yaml").read_text(encoding="utf-8"))
FILES = sorted(file for file in POLICIES.iterdir() if file.stem in LABELS)
AS_AT = dt.date(2026, 11, 22)
SUFFIXES = (".md", ".html", ".docx", ".pdf")


@cache
def engine() -> Engine:
    return Engine(load_plugins(), Settings(AS_AT, AS_AT))


def verdicts(file: Path) -> dict[str, str]:
    subject = engine().check(Source(SubjectKind.POLICY, file, file.name, named=True))
    return {
        finding.requirement.name: finding.verdict.value
        for finding in subject.findings
        if not finding.requirement.authorities
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_findings_are_those_that_are_listed(file: Path) -> None:
    labels = LABELS[file.stem]["requirements"]
    found = verdicts(file)
    wrong = {
        name: (verdict, labels[name]["reason"])
        for name, verdict in found.items()
        if verdict not in {labels[name]["verdict"], *labels[name].get("also_acceptable", [])}
    }
    assert wrong == {}
    assert found.keys() == labels.keys()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", LABELS)
def test_the_format_does_not_change_a_verdict(name: str, suffix: str) -> None:
    """All but whether everything can be read: a picture is one in some formats, and a word for it in others."""
    folder = HERE / "all_formats"
    as_text, in_format = verdicts(folder / f"{name}.txt"), verdicts(folder / f"{name}{suffix}")
    differing = {
        requirement: (verdict, in_format[requirement])
        for requirement, verdict in as_text.items()
        if verdict != in_format[requirement] and requirement != "policy.readable"
    }
    assert differing == {}
