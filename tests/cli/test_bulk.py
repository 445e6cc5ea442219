"""Many files at once: what one does wrong costs that one alone, and nothing is done twice."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.cli.bulk import folder_of, policy, report, started

NAMES = [f"slow-{number:02d}" for number in range(8)]


def by_name(out: bytes) -> dict[str, Any]:
    return {Path(subject["path"]).stem: subject for subject in json.loads(out)["subjects"]}


def test_files_that_hang_explode_or_kill_are_said_and_no_other_is_lost(tmp_path: Path) -> None:
    folder_of(tmp_path, ["explodes", "hangs", "kills", "sound-1", "sound-2"])
    limits = ("--timeout", "8", "--memory", "400")
    out, _, status = report("policies", "--jobs", "2", *limits, folder=tmp_path)
    subjects = by_name(out)
    codes = {name: subject["error"] and subject["error"]["code"] for name, subject in subjects.items()}
    assert codes == {
        "explodes": "memory-limit", "hangs": "time-limit", "kills": "worker-lost", "sound-1": None, "sound-2": None,
    }  # fmt: skip
    assert "not read within 8 seconds" in subjects["hangs"]["error"]["message"]
    assert "--memory" in subjects["explodes"]["error"]["message"]
    assert status == 2


def test_even_one_file_is_held_to_a_limit_that_is_asked_for(tmp_path: Path) -> None:
    folder_of(tmp_path, ["hangs"])
    out, _, status = report("policies/hangs.txt", "--timeout", "1", folder=tmp_path)
    assert by_name(out)["hangs"]["error"]["code"] == "time-limit"
    assert status == 2


def test_ctrl_c_leaves_a_valid_report_of_what_was_checked(tmp_path: Path) -> None:
    folder_of(tmp_path, [*(f"a{number}" for number in range(4)), "hangs"])
    process = started("policies", "--jobs", "2", folder=tmp_path)
    wait_for_results(tmp_path, 4)
    process.send_signal(signal.SIGINT if os.name != "nt" else signal.CTRL_BREAK_EVENT)  # type: ignore[attr-defined]
    out, messages = process.communicate(timeout=60)
    subjects = by_name(out)
    assert len(subjects) == 5
    assert subjects["hangs"]["error"]["code"] == "stopped"
    assert all(subject["status"] == "checked" for name, subject in subjects.items() if name != "hangs")
    assert b"Stopped: 1 of 5 were not checked." in messages
    assert process.returncode == 2


def test_a_second_run_reads_nothing_and_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, ["a", "b", "c", "d"])
    first = report("policies", folder=tmp_path)
    broken = (tmp_path / "misbehaving.py").read_text(encoding="utf-8")
    before = (tmp_path / ".checker" / "results.sqlite").read_bytes()
    assert report("policies", folder=tmp_path) == first
    assert (tmp_path / ".checker" / "results.sqlite").read_bytes() == before, "something was checked again"
    assert report("policies", "--no-store", folder=tmp_path) == first
    (folder / "b.txt").write_text(policy("Another School", years=3), encoding="utf-8")
    changed = by_name(report("policies", folder=tmp_path)[0])
    assert changed["b"]["sha256"] != by_name(first[0])["b"]["sha256"]
    assert changed["a"] == by_name(first[0])["a"]
    (tmp_path / "misbehaving.py").write_text(broken.replace("slow", "a"), encoding="utf-8")
    kept = (tmp_path / ".checker" / "results.sqlite").stat().st_size
    report("policies", folder=tmp_path)
    assert (tmp_path / ".checker" / "results.sqlite").stat().st_size > kept, "a changed plugin must judge again"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_killed_at_any_moment_it_ends_with_the_bytes_of_an_undisturbed_run(tmp_path: Path) -> None:
    folder_of(tmp_path, NAMES)
    undisturbed = report("policies", "--no-store", "--jobs", "2", folder=tmp_path)
    chance = random.Random(6)
    for _ in range(4):
        process = started("policies", "--jobs", "2", folder=tmp_path)
        time.sleep(chance.uniform(0.5, 3.5))
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        chance.choice(family).kill()
        if chance.random() < 0.5:
            process.kill()
        process.communicate(timeout=120)
    assert report("policies", "--jobs", "2", folder=tmp_path) == undisturbed


def test_a_file_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    folder_of(tmp_path, ["a"])
    (tmp_path / "notes.txt").write_text("These are my notes, and no database at all.\n" * 40, encoding="utf-8")
    _, messages, status = report("policies", "--store", "notes.txt", folder=tmp_path)
    assert b"notes.txt: results cannot be kept here" in messages
    assert status == 2
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8").startswith("These are my notes")


def wait_for_results(place: Path, number: int) -> None:
    """Waits until so many results are kept."""
    for _ in range(400):
        time.sleep(0.1)
        file = place / ".checker" / "results.sqlite"
        if not file.is_file():
            continue
        try:
            with closing(sqlite3.connect(file)) as database:
                if database.execute("SELECT count(*) FROM results").fetchone()[0] >= number:
                    return
        except sqlite3.OperationalError:
            continue
    raise AssertionError("the results were not kept")
