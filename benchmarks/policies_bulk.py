"""How many policies a second are checked, the first time and again, beside the floor and beside pdfplumber.

    python -m benchmarks.policies_bulk [--number 600] [--jobs 2] [--folder FOLDER] [--plumber 12]

The policies are made first (tests need reportlab and python-docx, as this does). The floor takes nothing but the text
of the same PDFs with pdfium; pdfplumber's ``extract_text`` is measured on some of them. All use as many processes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import psutil

from benchmarks.pdf_speed import floor
from benchmarks.policy_sets import write_all

AS_AT = "2026-11-22"
ROUND = 0.1  # seconds between looks at the workers' memory


def plumbed(path: Path) -> int:
    """Takes the text of a PDF with pdfplumber, and returns the number of pages."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
        return len(document.pages)


def measured(work: Callable[[Path], int], files: Sequence[Path], jobs: int) -> tuple[float, int]:
    """Returns how many seconds some processes take for files, once they are warm, and the number of pages."""
    with ProcessPoolExecutor(jobs, get_context("spawn")) as processes:
        list(processes.map(work, files[:jobs] * jobs))
        begin = time.perf_counter()
        pages = sum(processes.map(work, files))
        return time.perf_counter() - begin, pages


def checked(paths: Sequence[Path], jobs: int, *options: str) -> tuple[float, int]:
    """Runs ``checker check`` and returns the seconds that it took and the most megabytes that a worker held."""
    command = [sys.executable, "-m", "checker", "check", *map(str, paths), "--jobs", str(jobs), "--as-at", AS_AT]
    begin = time.perf_counter()
    process = subprocess.Popen([*command, "--fail-on", "never", "--quiet", *options], stdout=subprocess.DEVNULL)
    most = [0]
    watch = threading.Thread(target=_watch, args=(psutil.Process(process.pid), most))
    watch.start()
    status = process.wait()
    seconds = time.perf_counter() - begin
    watch.join()
    if status:
        raise SystemExit(f"checker check ended with {status}")
    return seconds, most[0] // 1_000_000


def _watch(parent: psutil.Process, most: list[int]) -> None:
    while parent.is_running() and parent.status() != psutil.STATUS_ZOMBIE:
        try:
            most[0] = max([most[0], *(child.memory_info().rss for child in parent.children())])
        except psutil.Error:
            return
        time.sleep(ROUND)


def main(arguments: Sequence[str]) -> None:
    """Makes the policies, measures, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=600)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--plumber", type=int, default=12, help="how many PDFs pdfplumber reads")
    parser.add_argument("--folder", type=Path, help="keep the policies here for the next time")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        files = write_all(options.folder or Path(place) / "policies", options.number)
        pdfs = [file for file in files if file.suffix == ".pdf"]
        store = ("--store", str(Path(place) / "results.sqlite"))
        bare, pages = measured(floor, pdfs, options.jobs)
        print(f"{len(files)} policies, {len(pdfs)} of them PDFs with {pages} pages; {options.jobs} processes")
        show("floor: pypdfium2, text of the PDFs", len(pdfs), bare)
        alone, _ = checked(pdfs, options.jobs, "--no-store")
        show("the PDFs checked, from nothing", len(pdfs), alone)
        first, megabytes = checked(files, options.jobs, *store)
        show("all checked, from nothing", len(files), first)
        again, _ = checked(files, options.jobs, *store)
        show("all checked again", len(files), again)
        some = pdfs[:: max(1, len(pdfs) // options.plumber)]
        slow, slow_pages = measured(plumbed, some, options.jobs)
        slow *= pages / slow_pages
        show(f"pdfplumber.extract_text (by the page, of {len(some)} PDFs)", len(pdfs), slow)
    print(
        f"  the PDFs took {alone / bare:.1f} times the floor; pdfplumber took {slow / alone:.1f} times as long as they did"
    )
    print(f"  a worker held {megabytes} MB at most")


def show(what: str, count: int, seconds: float) -> None:
    """Prints a line."""
    print(f"  {what:52} {seconds:8.1f} s {count / seconds:9.1f} documents a second", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
