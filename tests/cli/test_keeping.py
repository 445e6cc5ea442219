"""The store of results that nobody named is never in the way, and holds no pupil."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CALL = (sys.executable, "-m", "checker", "check", ".", "--as-at", "2026-11-22", "--format", "json", "--quiet")
KEPT = Path(".checker") / "results.sqlite"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(4):
        (tmp_path / f"policy-{number}.md").write_text(
            f"# Attendance policy of Elm School {number}\n\nThe register is taken each morning and each afternoon. "
            "Unauthorised absence is followed up. Every entry of the register is kept for six years.\n",
            encoding="utf-8",
        )
    shutil.copytree(ROOT / "registers" / "millrace", tmp_path / "millrace")
    return tmp_path


def results(folder: Path) -> bytes:
    with sqlite3.connect(folder / KEPT) as connection:
        return b"".join(zlib.decompress(row[0]) for row in connection.execute("select subject from results"))


def test_runs_at_the_same_time_do_not_disturb_each_other(folder: Path) -> None:
    runs = [subprocess.Popen(CALL, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    reports = [run.communicate(timeout=120)[0] for run in runs]
    assert len(reports[0]) > 10_000
    assert len(set(reports)) == 1


def test_a_damaged_store_that_nobody_named_stops_nothing(folder: Path) -> None:
    (folder / KEPT).parent.mkdir()
    (folder / KEPT).write_bytes(b"no database at all, but a file of this name")
    done = subprocess.run(CALL, cwd=folder, capture_output=True, check=False)
    assert done.stderr == b""
    assert len(done.stdout) > 10_000
    named = subprocess.run([*CALL, "--store", str(KEPT)], cwd=folder, capture_output=True, text=True, check=False)
    assert named.returncode == 2
    assert "results cannot be kept here" in named.stderr


def test_registers_are_kept_only_where_a_file_for_them_is_named(folder: Path) -> None:
    subprocess.run(CALL, cwd=folder, capture_output=True, check=False)
    assert b"policy.retention" in results(folder)
    assert b"m006" not in (folder / KEPT).read_bytes() + results(folder)
    subprocess.run([*CALL, "--store", str(KEPT)], cwd=folder, capture_output=True, check=False)
    assert b"m006" in results(folder)
