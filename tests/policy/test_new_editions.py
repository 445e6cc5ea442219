"""The next edition, or the next amount, is a change of data alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PLUGIN = Path(__file__).parents[2] / "plugins" / "england_attendance"
POLICY = """# Attendance Policy

Elmbrook Primary School, a community school. Approved by the governing board on 4 October 2027. This policy has regard to Working
together to improve school attendance (July 2026).

## Penalty notices

Under the National Framework the school considers a penalty notice at ten sessions of unauthorised absence within ten school weeks.
A first notice costs £80 if it is paid within 21 days, or £160 within 28 days. A second notice to the same parent for the same child
within three years costs £160, with no lower rate. A parent can have no more than two notices for a child within three years. Notices are
issued by the local authority to each parent for each child. A notice to improve is issued first where support could help.
"""
NOW = "in_force: {from: 2026-07-09, to: null}"
ENDED = "in_force: {from: 2026-07-09, to: 2027-12-31}\n    revoked_by: working-together-attendance-2028-01"
NEXT_EDITION = """  working-together-attendance-2028-01:
    title: Working together to improve school attendance
    kind: statutory-guidance
    edition: January 2028
    names: [Working together to improve attendance, WTISA]
    in_force: {from: 2028-01-01, to: null}
    certainty: seen
"""
NEXT_AMOUNTS = """  - in_force: {from: 2028-01-01}
    first: {reduced: {pounds: 100, days: 21}, full: {pounds: 200, days: 28}}
    second: {pounds: 200, days: 28}
    threshold: {sessions: 10, school_weeks: 10}
    limit: {notices: 2, years: 3}
"""


@pytest.fixture(scope="module")
def next_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin with an invented edition and an invented amount: nothing but two YAML files is changed."""
    folder = tmp_path_factory.mktemp("next") / "england_attendance"
    shutil.copytree(PLUGIN, folder, ignore=shutil.ignore_patterns("__pycache__"))
    instruments = folder / "catalogue" / "instruments.yaml"
    text = instruments.read_text(encoding="utf-8")
    assert text.count(NOW) == 1
    before = "  working-together-attendance-2026-07:"
    instruments.write_text(text.replace(NOW, ENDED).replace(before, NEXT_EDITION + before), encoding="utf-8")
    amounts = folder / "policy" / "penalties" / "amounts.yaml"
    text = amounts.read_text(encoding="utf-8")
    text = text.replace("{from: 2024-08-19}\n    first", "{from: 2024-08-19, to: 2027-12-31}\n    first")
    amounts.write_text(text.replace("# For an excluded", NEXT_AMOUNTS + "# For an excluded", 1), encoding="utf-8")
    return folder.parent


def findings(plugins: Path, as_at: str, folder: Path) -> dict[str, dict[str, Any]]:
    (folder / "policy.md").write_text(POLICY, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "checker", "check", "policy.md", "--as-at", as_at, "--format", "json", "--quiet"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(plugins)}, capture_output=True, check=False,
    )  # fmt: skip
    report = json.loads(done.stdout)
    return {finding["requirement"]: finding for finding in report["subjects"][0]["findings"]}


def test_before_the_change_the_policy_is_right(next_year: Path, tmp_path: Path) -> None:
    found = findings(next_year, "2027-12-31", tmp_path)
    assert found["policy.superseded-references"]["verdict"] == "pass"
    assert found["policy.penalty-framework"]["verdict"] == "pass", found["policy.penalty-framework"]["message"]


def test_after_the_change_it_is_said_to_be_superseded(next_year: Path, tmp_path: Path) -> None:
    found = findings(next_year, "2028-01-10", tmp_path)
    superseded = found["policy.superseded-references"]
    assert superseded["verdict"] == "fail"
    assert "since been superseded" in superseded["message"]
    assert "January 2028" in superseded["message"]
    framework = found["policy.penalty-framework"]
    assert framework["verdict"] == "fail"
    assert "£100" in framework["message"]
