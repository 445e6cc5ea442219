"""How fast registers are checked: ``python benchmarks/registers.py [--schools 1 50 260] [--folder KEEP]``.

It makes registers of a school, fifty schools and a county, checks them by all rules with their evidence, and prints
marks a second, the processors' time (which other work on the machine disturbs least) and peak memory. Beside them
stand, in the same run, a bare Polars scan of the same columns, and six of the rules as a pandas script, a Polars
script and plain Python loops.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from register_scripts import SCRIPTS, SIX
from register_sets import write_school

from checker.guarded import ENVIRONMENT

ONE_SCHOOL = 380_000  # marks, about
SCAN = (
    "import sys, glob, polars as pl\n"
    "files = sorted(glob.glob(sys.argv[1] + '/*/marks.parquet'))\n"
    "for file in files:\n"
    "    pl.read_parquet(file, columns=['pupil_id', 'date', 'session', 'code', 'arrived_at'])\n"
)
VALIDATE = (
    "import sys, time\n"
    "from pathlib import Path\n"
    "from checker.registers.marks import NEEDED, mark_rows_of\n"
    "from checker.registers.files import read_bytes, read_table\n"
    "name = sys.argv[1]\n"
    "data = read_bytes(Path(name))\n"
    "times = []\n"
    "for _ in range(7):\n"
    "    start = time.perf_counter()\n"
    "    rows = mark_rows_of(read_table(Path(name).name, data, NEEDED))\n"
    "    times.append(time.perf_counter() - start)\n"
    "print(len(rows) / min(times))\n"
)
SIX_HERE = (
    "import sys, time\n"
    "sys.path.insert(0, sys.argv[3])\n"
    "from pathlib import Path\n"
    "from register_scripts import SCRIPTS\n"
    "times = []\n"
    "for _ in range(3):\n"
    "    start = time.process_time()\n"
    "    SCRIPTS[sys.argv[1]](Path(sys.argv[2]))\n"
    "    times.append(time.process_time() - start)\n"
    "print(min(times))\n"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, nargs="+", default=[1, 50, 260])
    parser.add_argument("--folder", type=Path, help="Keep the registers here; without it they are made afresh.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # programs are installed compiled
        os.environ["PYTHONPYCACHEPREFIX"] = f"{temporary}/compiled"
        print(f"{os.cpu_count()} cores; Python {sys.version.split()[0]}\n")
        print(f"{'what':58} {'marks':>12} {'seconds':>8} {'marks/s':>12} {'CPU s':>7} {'MB':>5}")
        marks = made(folder / "county", max(options.schools))
        one_school(folder)
        for number in sorted(options.schools):
            several(folder / "county", number, sum(marks[:number]))
        compared(folder / "county" / "s000", marks[0])


def made(folder: Path, number: int) -> list[int]:
    """Makes the schools that are not there yet, and returns how many marks each has."""
    import polars as pl

    missing = [place for place in range(number) if not (folder / f"s{place:03d}" / "register.yaml").exists()]
    if missing:
        with ProcessPoolExecutor() as pool:
            list(pool.map(_school, [str(folder)] * len(missing), missing, chunksize=8))
    files = (folder / f"s{place:03d}" / "marks.parquet" for place in range(number))
    return [pl.scan_parquet(file).select(pl.len()).collect().item() for file in files]


def _school(folder: str, place: int) -> int:
    return write_school(Path(folder) / f"s{place:03d}", place, parquet=True)


def one_school(folder: Path) -> None:
    """One school's CSV, the whole process from cold; and how fast its rows are read and validated."""
    marks = write_school(folder / "csv", 999, parquet=False)
    command = [sys.executable, "-m", "checker", "check", str(folder / "csv"), "--format", "json"]
    line("one school's CSV, whole process from cold (best of 5)", marks, *best(command, 5))
    rate = subprocess.run(
        [sys.executable, "-c", VALIDATE, str(folder / "csv" / "marks.csv")], capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    what = "reading and validating its rows (best of 7)"
    print(f"{what:58} {marks:12,} {marks / float(rate):8.3f} {float(rate):12,.0f}")


def several(county: Path, number: int, marks: int) -> None:
    """So many schools from Parquet: by all rules, by six of them, and a bare scan."""
    paths = [str(county / f"s{place:03d}") for place in range(number)]
    check = [sys.executable, "-m", "checker", "check", *paths, "--format", "json", "--max-rows", "5"]
    times = 3 if number == 1 else 1
    schools = f"{number} school{'s' if number > 1 else ''}"
    line(f"{schools}, all rules with evidence", marks, *best(check, times))
    six = [part for name in SIX for part in ("--select", name)]
    line(f"{schools}, six rules with evidence", marks, *best(check + six, times))
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            (Path(folder) / Path(path).name).symlink_to(Path(path).resolve())
        line(f"{schools}, bare Polars scan", marks, *best([sys.executable, "-c", SCAN, folder], times))


def compared(school: Path, marks: int) -> None:
    """Six rules on one school by other means, in processors' time without that to start Python.

    All have the surroundings of a worker process, which works with one thread and keeps its memory.
    """
    here = str(Path(__file__).parent)
    for name in SCRIPTS:
        command = [sys.executable, "-c", SIX_HERE, name, str(school), here]
        ran = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **ENVIRONMENT})
        seconds = float(ran.stdout)
        print(f"{'1 school, six rules: ' + name:58} {marks:12,} {seconds:8.2f} {marks / seconds:12,.0f}")


def best(command: list[str], times: int) -> tuple[float, float, float]:
    """Returns a command's shortest time and processors' time in seconds, and its peak memory in MB, processes included."""
    seconds, processors, memory = zip(*(timed(command) for _ in range(times)), strict=True)
    return min(seconds), min(processors), max(memory)


def timed(command: list[str]) -> tuple[float, float, float]:
    peak = [0.0]
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watch.start()
    process.wait()
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    watch.join()
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak[0]


def _watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    """Samples the memory of a process and its children, where the system tells it (Linux)."""
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_memory(pid) for pid in _family(process.pid)))
        time.sleep(0.05)


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        children = []
    return [pid, *(member for child in children for member in _family(int(child)))]


def _memory(pid: int) -> float:
    try:
        for text in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if text.startswith("Pss:"):
                return int(text.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def line(what: str, marks: int, seconds: float, processors: float, memory: float) -> None:
    print(f"{what:58} {marks:12,} {seconds:8.2f} {marks / seconds:12,.0f} {processors:7.2f} {memory:5.0f}", flush=True)


if __name__ == "__main__":
    main()
