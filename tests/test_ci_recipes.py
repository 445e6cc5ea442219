"""The GitHub Action, the pre-commit hook and the recipes of docs/ci.md do what they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.cli.check import command
from checker.reports.formats import BUILT_IN

ROOT = Path(__file__).parents[1]
RECIPES = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def _check_step() -> dict[str, Any]:
    return next(step for step in ACTION["runs"]["steps"] if step.get("id") == "check")


def _run_action(folder: Path, paths: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs the action's own script as the runner does."""
    environment = {
        **os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "PATHS": paths,
        "FAIL_ON": "guidance", "AS_AT": "2026-11-22", "REPORTS": str(folder / "reports"),
        "GITHUB_OUTPUT": str(folder / "output"), "GITHUB_STEP_SUMMARY": str(folder / "summary"), **more,
    }  # fmt: skip
    script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", _check_step()["run"]]
    return subprocess.run(
        script, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.skipif(shutil.which("bash") is None or sys.platform == "win32", reason="there is no bash on this machine")
def test_the_action_checks_annotates_and_writes_its_reports(tmp_path: Path) -> None:
    done = _run_action(tmp_path, "policies/brindlemoor-high.docx\n\npolicies/nether-wendle.md\n")
    assert done.returncode == 1, done.stderr
    assert "::error file=policies/nether-wendle.md,title=" in done.stdout
    assert sorted(file.name for file in (tmp_path / "reports").iterdir()) == [
        "report.html", "report.junit.xml", "report.md", "report.sarif",
    ]  # fmt: skip
    assert (tmp_path / "output").read_text(encoding="utf-8") == f"status=1\nreports={tmp_path / 'reports'}\n"
    assert (tmp_path / "summary").read_text(encoding="utf-8").startswith("## Attendance check\n")


@pytest.mark.skipif(shutil.which("bash") is None or sys.platform == "win32", reason="there is no bash on this machine")
def test_the_action_takes_what_is_given_for_paths_and_not_for_commands(tmp_path: Path) -> None:
    done = _run_action(tmp_path, f'--help\n$(touch {tmp_path}/stolen)"; touch {tmp_path}/stolen; "')
    assert done.returncode == 2
    assert not (tmp_path / "stolen").exists()
    assert "status=2" in (tmp_path / "output").read_text(encoding="utf-8")


def test_no_input_of_the_action_is_written_into_a_script() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert scripts
    assert not any("${{" in script for script in scripts)
    assert all(f"inputs.{name}" in str(ACTION["runs"]) for name in ACTION["inputs"])


def test_the_hook_takes_attendance_policies_alone() -> None:
    taken = [name for name in ("policies/Attendance Policy 2026.docx", "attendance.md", "attendance/uniform.pdf", "a.py")
             if re.search(HOOK["files"], name)]  # fmt: skip
    assert taken == ["policies/Attendance Policy 2026.docx", "attendance.md"]
    assert HOOK["entry"].split()[:2] == ["checker", "check"]


def test_the_recipes_are_sound_yaml() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", RECIPES, flags=re.DOTALL)
    assert len(blocks) == 3
    assert all(isinstance(yaml.safe_load(block), dict) for block in blocks)


def test_the_recipes_name_options_formats_inputs_and_hooks_that_exist() -> None:
    options = {name for parameter in command.params for name in parameter.opts}
    assert set(re.findall(r"(--[a-z-]+)", "\n".join(_checker_lines()))) <= options
    formats = {form.name for form in BUILT_IN}
    assert set(re.findall(r"--format ([a-z]+)", RECIPES)) <= formats
    assert set(re.findall(r"^\| `([a-z]+)` \|", RECIPES, flags=re.MULTILINE)) <= formats
    workflow = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", RECIPES, flags=re.DOTALL)[0])
    (ours,) = (step for step in workflow["jobs"]["check"]["steps"] if "attendance-checker" in step.get("uses", ""))
    assert set(ours["with"]) <= set(ACTION["inputs"])
    assert f"id: {HOOK['id']}" in RECIPES


def _checker_lines() -> list[str]:
    return [line for line in RECIPES.splitlines() if "checker check " in line] + [HOOK["entry"]]
