"""The commands beside ``check``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.plugins import load_plugins
from cli.test_check import run


def test_requirements_lists_the_catalogue(tmp_path: Path) -> None:
    done = run("requirements", "--kind", "policy", "--format", "json", folder=tmp_path)
    entries = json.loads(done.stdout)
    assert len([entry for entry in entries if not entry["authorities"]]) == 46
    assert all(entry["checked"] for entry in entries)
    assert entries[0]["name"] == "policy.approval"
    assert f"{len(load_plugins().catalogue)} requirements" in run("requirements", folder=tmp_path).stdout


def test_explain_tells_everything_of_one(tmp_path: Path) -> None:
    done = run("explain", "policy.retention", folder=tmp_path)
    for heading in (
        "Why it matters",
        "What passes",
        "What fails",
        "How to put it right",
        "A good example",
        "Where it stands",
    ):
        assert heading in done.stdout
    assert "regulation 7" in done.stdout


def test_explain_of_an_unknown_name_hints(tmp_path: Path) -> None:
    done = run("explain", "policy.retentoin", folder=tmp_path)
    assert done.returncode == 2
    assert "Did you mean 'policy.retention'?" in done.stderr


def test_facts_shows_what_a_policy_says(examples: Path, tmp_path: Path) -> None:
    file = examples / "junction-street-pru.txt"
    facts = json.loads(run("facts", file, "--format", "json", folder=tmp_path).stdout)[0]["facts"]
    assert facts["approval"]["value"]["on"] == "2025-09-12"
    text = run("facts", file, "--text", folder=tmp_path).stdout
    passage = facts["approval"]["passages"][0]
    assert text[passage["start"] : passage["end"]] == passage["quote"]


def test_plugins_shows_what_is_loaded(tmp_path: Path) -> None:
    done = run("plugins", folder=tmp_path)
    assert "england_attendance" in done.stdout
    assert "46 checks" in done.stdout


def test_init_writes_settings_that_load_and_leaves_existing_ones(tmp_path: Path) -> None:
    assert run("init", folder=tmp_path).returncode == 0
    written = (tmp_path / "checker.yaml").read_text(encoding="utf-8")
    settings = "\n".join(
        line.removeprefix("# ") for line in written.splitlines() if line.startswith("# ") and ":" in line.split(" ")[1]
    )
    (tmp_path / "checker.yaml").write_text(settings.replace("# ", ""), encoding="utf-8")
    again = run("init", folder=tmp_path)
    assert again.returncode == 2
    assert "is here already" in again.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["--version"]])
def test_help_is_there_and_loads_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == 0
    assert "Usage" in done.stdout or "attendance-checker" in done.stdout


def test_a_misspelt_command_hints(tmp_path: Path) -> None:
    done = run("chek", folder=tmp_path)
    assert done.returncode == 2
    assert "Did you mean 'check'?" in done.stderr
