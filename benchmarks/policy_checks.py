"""How long the checks of a policy take, its document loaded: ``python -m benchmarks.policy_checks [FILE ...]``.

Without files it takes those of ``policies/``. The readers run anew each time, as they would on a policy never seen;
the vocabulary is loaded once, as in any run. The best of several rounds counts: the machine may have other work.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from checker.collecting import collect_rarely
from checker.context import Context
from checker.documents.model import Document
from checker.engine import Engine, Settings
from checker.plugins import load_plugins
from checker.reading.words import cut
from checker.recognise.clock import clocks
from checker.recognise.durations import durations
from checker.recognise.people import people
from checker.recognise.placeholders import placeholders
from checker.recognise.posts import posts
from checker.recognise.spans import has_digit
from checker.schools import School

POLICIES = Path(__file__).parents[1] / "policies"
KINDS = {".pdf", ".docx", ".html", ".md", ".txt"}
AS_AT = dt.date(2026, 11, 22)
ROUNDS = 5
WORDS_A_PAGE = 450
Result = TypeVar("Result")


def judge(engine: Engine, document: Document) -> int:
    """Runs every check of a policy with its readers; returns how many findings there are."""
    identity = engine.plugins.identify(document, School())
    context = Context(AS_AT, identity.schools)
    facts = engine.facts_of(document, context)
    return len([engine.finding(requirement, facts, context) for requirement in engine.catalogue.of_kind("policy")])


def main(names: Sequence[str]) -> None:
    files = [Path(name) for name in names] or sorted(
        file for file in POLICIES.iterdir() if file.suffix in KINDS and file.stem != "README"
    )
    collect_rarely()
    engine = Engine(load_plugins(), Settings(AS_AT, AS_AT))
    print(f"{'policy':34} {'pages':>5} {'load ms':>8} {'checks ms':>9} {'of 20 pages':>11}")
    for file in files:
        load, document = min((timed(partial(engine.load_document, file)) for _ in range(2)), key=lambda pair: pair[0])
        checks, _ = min((timed(partial(judge, engine, document)) for _ in range(ROUNDS)), key=lambda pair: pair[0])
        pages = len(document.pages) if len(document.pages) > 1 else max(1, len(document.text.split()) // WORDS_A_PAGE)
        print(f"{file.name:34} {pages:5} {load:8.1f} {checks:9.1f} {checks / pages * 20:11.1f}")


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Returns how many milliseconds of the processor some work took, and what it gave."""
    for remembered in (cut, people, posts, clocks, durations, placeholders, has_digit):
        remembered.cache_clear()
    begin = time.process_time()
    result = work()
    return (time.process_time() - begin) * 1000, result


if __name__ == "__main__":
    main(sys.argv[1:])
