"""``checker history``: each school over time, what changed, and which reviews are overdue."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.bulk import folder_of, policy, report


def history(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "checker", "history", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def two_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("county")
    folder = folder_of(place, ["a", "b"])
    (folder / "manifest.csv").write_text("file,name,urn\na.txt,Elm Bank,100001\nb.txt,Oak Rise,100002\n", "utf-8")
    arguments = ("policies", "--select", "policy.retention", "--select", "policy.review-date", "--store", "kept.sqlite")
    report(*arguments, folder=place)
    (folder / "b.txt").write_text(policy("Oak Rise", years=3), encoding="utf-8")
    (folder / "c.txt").write_text(policy("Ash Grove"), encoding="utf-8")
    report(*arguments, folder=place)
    report(*arguments, folder=place)
    return place


def test_what_changed_since_the_run_before_is_shown(two_runs: Path) -> None:
    content = json.loads(history("--store", "kept.sqlite", "--format", "json", folder=two_runs).stdout)
    assert [run["subjects"] for run in content["runs"]] == [2, 3], "a run that finds nothing new is not counted"
    changes = {
        (change["path"], change["requirement"]): (change["before"], change["after"]) for change in content["changes"]
    }
    assert changes == {
        ("policies/b.txt", "policy.retention"): ("pass", "fail"),
        ("policies/c.txt", None): (None, "checked"),
    }
    assert [entry["urn"] for entry in content["subjects"]] == ["100001", "100002", None]


def test_reviews_are_overdue_when_their_month_is_over(two_runs: Path) -> None:
    before = history("--store", "kept.sqlite", "--as-at", "2026-09-30", folder=two_runs).stdout
    after = history("--store", "kept.sqlite", "--as-at", "2026-10-01", folder=two_runs).stdout
    assert "was to be reviewed by" not in before
    assert "Elm Bank (URN 100001), policies/a.txt: was to be reviewed by 2026-09" in after


def test_one_school_may_be_asked_for(two_runs: Path) -> None:
    shown = history("--store", "kept.sqlite", "--school", "100002", folder=two_runs).stdout
    assert "Oak Rise" in shown
    assert "Elm Bank" not in shown
    assert "policy.retention: pass → fail" in shown
    assert history("--store", "kept.sqlite", "--school", "Nowhere", folder=two_runs).returncode == 2


def test_without_results_it_says_what_to_do(tmp_path: Path) -> None:
    done = history(folder=tmp_path)
    assert done.returncode == 2
    assert "checker check FOLDER" in done.stderr
