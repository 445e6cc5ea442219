"""Kills runs at random moments, and shows that what they end with is what an undisturbed run gives.

    python -m benchmarks.kill_test [--kills 50] [--number 24] [--seed 1] [--folder FOLDER]

Each time the run itself or one of its workers gets SIGKILL; then the same command is started again on the same store.
A run that gets to its end must give the same bytes as the undisturbed one; then the store is emptied and it begins anew.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import psutil

from benchmarks.policy_sets import write_all

AS_AT = "2026-11-22"


class Trial:
    """A folder of policies, its store, and the bytes of an undisturbed run."""

    def __init__(self, place: Path, policies: Path) -> None:
        self._store = place / "kept" / "results.sqlite"
        command = [sys.executable, "-m", "checker", "check", str(policies), "--jobs", "2", "--as-at", AS_AT]
        self._command = [*command, "--fail-on", "never", "--format", "json"]
        begin = time.monotonic()
        self.wanted = subprocess.run([*self._command, "--no-store"], stdout=subprocess.PIPE, check=True).stdout
        self.seconds = time.monotonic() - begin

    def start(self) -> subprocess.Popen[bytes]:
        """Starts the run, or goes on with it."""
        return subprocess.Popen([*self._command, "--store", str(self._store)], stdout=subprocess.PIPE)

    def kept(self) -> int:
        """Returns how many results the store holds."""
        if not self._store.is_file():
            return 0
        try:
            with closing(sqlite3.connect(self._store)) as database:
                return int(database.execute("SELECT count(*) FROM results").fetchone()[0])
        except sqlite3.OperationalError:  # killed before it had its tables
            return 0

    def empty(self) -> None:
        """Begins anew."""
        shutil.rmtree(self._store.parent, ignore_errors=True)


def killed(process: subprocess.Popen[bytes], chance: random.Random, within: float) -> str | None:
    """Kills the run or one of its workers at a random moment; ``None`` where it was over before."""
    time.sleep(chance.uniform(0.1, within))
    if process.poll() is not None:
        return None
    workers = psutil.Process(process.pid).children()
    if workers and chance.random() < 0.5:
        chance.choice(workers).kill()
        return "a worker"
    process.kill()
    return "the run"


def main(arguments: Sequence[str]) -> int:
    """Kills, goes on, and compares; the exit status is 1 where bytes differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--number", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keep the policies here for the next time")
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as place:
        folder = options.folder or Path(place) / "policies"
        write_all(folder, options.number)
        trial = Trial(Path(place), folder)
        print(f"{options.number} policies; an undisturbed run takes {trial.seconds:.1f} s", flush=True)
        kills = finished = 0
        while kills < options.kills:
            process = trial.start()
            victim = killed(process, chance, trial.seconds)
            kills += victim is not None
            out, _ = process.communicate()
            print(f"{kills:3} {victim or 'nobody':9} killed; {trial.kept():3} results kept", flush=True)
            if process.returncode == 0:  # it got to its end, with one worker less or undisturbed
                finished += 1
                if out != trial.wanted:
                    print("The bytes differ.")
                    return 1
                trial.empty()
        out, _ = trial.start().communicate()
        print(
            f"{kills} kills, {finished + 1} runs to the end; the last: {'same' if out == trial.wanted else 'OTHER'} bytes"
        )
        return int(out != trial.wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
