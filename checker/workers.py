"""Checks many sources, in this process or in several; the code that a worker runs is the code that one runs alone.

Workers are started afresh (``spawn``), which is the only way on Windows and the safe one everywhere.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from checker.discovery import Source
from checker.engine import Engine, Settings
from checker.facts import PublishedFact
from checker.plugins import load_plugins
from checker.report import Subject

FEWEST_FOR_WORKERS = 4

Task = tuple[Source, Mapping[str, PublishedFact] | None]
_engine: Engine | None = None


def jobs_for(sources: Sequence[Source], asked: int | None) -> int:
    """Returns how many processes to use: what was asked for, else one for each core where there is enough to do."""
    if asked is not None:
        return max(1, min(asked, len(sources)))
    return min(os.cpu_count() or 1, len(sources)) if len(sources) >= FEWEST_FOR_WORKERS else 1


def check_all(
    engine: Engine, tasks: Sequence[Task], jobs: int, done: Callable[[Subject], None] = lambda subject: None
) -> list[Subject]:
    """Checks all tasks and returns their subjects in the same order.

    Args:
        engine: The engine of this process; workers make their own from its settings.
        tasks: Each a source and the facts of the policy that goes with it.
        jobs: How many processes to use; 1 uses this one alone.
        done: Called with each subject as it is finished.
    """
    subjects = []
    for subject in _each(engine, tasks, jobs):
        done(subject)
        subjects.append(subject)
    return subjects


def _each(engine: Engine, tasks: Sequence[Task], jobs: int) -> Iterator[Subject]:
    if jobs <= 1:
        yield from (engine.check(*task) for task in tasks)
        return
    start = partial(_start, engine.settings)
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), start) as pool:
        yield from pool.map(_check, tasks)


def _start(settings: Settings) -> None:
    global _engine  # noqa: PLW0603 - one engine for each worker process
    _engine = Engine(load_plugins(settings.configuration.plugins), settings)


def _check(task: Task) -> Subject:
    if _engine is None:
        raise RuntimeError("this worker was not started")
    return _engine.check(*task)
