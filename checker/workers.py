"""Checks many sources: in this process, in several on this machine, or on a Dask cluster.

Each is an executor of ``concurrent.futures`` that runs the one function :func:`check_one`: the code that a cluster runs
is the code that one machine runs. Processes are started afresh (``spawn``), which is the only way on Windows and the
safe one everywhere.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from checker.discovery import Source
from checker.engine import Engine, Settings
from checker.errors import UsageError
from checker.facts import PublishedFact
from checker.plugins import load_plugins
from checker.report import Status, Subject, Trouble

FEWEST_FOR_WORKERS = 4
RETRIES = 3  # of a task whose worker was lost
SECONDS_TO_CONNECT = 15

# One thread for each process is enough where there is a process for each core, and a process that keeps the memory that
# it will need for the next school spares the system work (the C library reads that where it knows it).
ENVIRONMENT = {
    "POLARS_MAX_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": "134217728",
    "MALLOC_MMAP_THRESHOLD_": "134217728",
}

Task = tuple[Source, Mapping[str, PublishedFact] | None]


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work.

    Attributes:
        jobs: How many processes; ``None`` chooses by the number of sources and cores.
        scheduler: The address of a Dask scheduler, whose workers see the same files and have the same packages.
    """

    jobs: int | None = None
    scheduler: str | None = None

    def processes_for(self, tasks: Sequence[Task]) -> int:
        """Returns how many processes to use: what was asked for, else one for each core where there is enough to do."""
        if self.jobs is not None:
            return max(1, min(self.jobs, len(tasks)))
        return min(os.cpu_count() or 1, len(tasks)) if len(tasks) >= FEWEST_FOR_WORKERS else 1


def check_all(
    engine: Engine,
    tasks: Sequence[Task],
    workers: Workers | None = None,
    done: Callable[[Subject], None] = lambda subject: None,
) -> list[Subject]:
    """Checks all tasks and returns their subjects in the same order.

    Args:
        engine: The engine of this process; workers make their own from its settings.
        tasks: Each a source and the facts of the policy that goes with it.
        workers: Who does the work.
        done: Called with each subject as it is finished.

    Raises:
        UsageError: If there is no such cluster.
    """
    sharing = _Sharing(engine, tasks, done)
    chosen = workers or Workers()
    if chosen.scheduler is not None and tasks:
        with _cluster(chosen.scheduler) as cluster:
            sharing.share(cluster, [replace(source, path=source.path.resolve()) for source, _ in tasks])
    number = chosen.processes_for(tasks)
    for _ in range(RETRIES if number > 1 else 0):
        if sharing.left:
            with _processes(number) as processes:
                sharing.share(processes)
    return sharing.finished(alone=number == 1 and chosen.scheduler is None)


def check_one(settings: bytes, task: Task) -> Subject:
    """Checks one task in whichever process this runs.

    Args:
        settings: The settings of the run, pickled: the engine that they make is kept for the next task.
        task: The source and the facts of the policy that goes with it.
    """
    return _engine_of(settings).check(*task)


@lru_cache(maxsize=2)
def _engine_of(settings: bytes) -> Engine:
    unpickled: Settings = pickle.loads(settings)
    return Engine(load_plugins(unpickled.configuration.plugins), unpickled)


class _Sharing:
    """The tasks of a run, and those of their subjects that are finished.

    A lost worker takes its task with it, and a pool of processes takes all that were waiting: what is not finished is
    shared out again, and at last each task that is left is given a process of its own.
    """

    def __init__(self, engine: Engine, tasks: Sequence[Task], done: Callable[[Subject], None]) -> None:
        self._engine = engine
        self._tasks = tasks
        self._done = done
        self._settings = pickle.dumps(engine.settings)
        self._subjects: dict[int, Subject] = {}

    @property
    def left(self) -> list[int]:
        """The places of the tasks that are not finished."""
        return [place for place in range(len(self._tasks)) if place not in self._subjects]

    def share(self, executor: Executor, sources: Sequence[Source] | None = None) -> None:
        """Shares out what is not finished.

        Args:
            executor: Who takes the tasks.
            sources: The sources as the executor's workers find them, where that is another way.
        """
        found = sources or [source for source, _ in self._tasks]
        futures = {place: self._submitted(executor, found[place], self._tasks[place][1]) for place in self.left}
        for place, future in futures.items():
            try:
                self._finish(place, future.result())
            except Exception as error:
                if not _is_lost_worker(error):
                    raise

    def finished(self, *, alone: bool) -> list[Subject]:
        """Returns all subjects, having checked what is left.

        Args:
            alone: Whether it is checked in this process; else each task in a process of its own.
        """
        for place in self.left:
            self._finish(place, self._engine.check(*self._tasks[place]) if alone else self._apart(place))
        return [self._subjects[place] for place in range(len(self._tasks))]

    def _finish(self, place: int, subject: Subject) -> None:
        self._subjects[place] = subject
        self._done(subject)

    def _submitted(
        self, executor: Executor, source: Source, partner: Mapping[str, PublishedFact] | None
    ) -> Future[Subject]:
        try:
            return executor.submit(check_one, self._settings, (source, partner))
        except BrokenExecutor as error:
            future: Future[Subject] = Future()
            future.set_exception(error)
            return future

    def _apart(self, place: int) -> Subject:
        source = self._tasks[place][0]
        with _processes(1) as executor:
            try:
                return self._submitted(executor, *self._tasks[place]).result()
            except BrokenExecutor:
                trouble = Trouble(
                    "worker-lost", f"{source.shown}: the process that checked it was ended, perhaps for want of memory."
                )
        as_at = self._engine.settings.as_at or self._engine.settings.today
        return Subject(
            source.kind, source.shown, None, None, as_at, status=Status.UNREADABLE, trouble=trouble, named=source.named
        )


def _is_lost_worker(error: Exception) -> bool:
    return isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker"


@contextmanager
def _processes(number: int) -> Iterator[Executor]:
    before = {name: os.environ.get(name) for name in ENVIRONMENT}
    os.environ.update({name: before[name] or value for name, value in ENVIRONMENT.items()})
    try:
        with ProcessPoolExecutor(number, multiprocessing.get_context("spawn")) as pool:
            yield pool
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            "--engine dask needs the package distributed: pip install 'attendance-checker[cluster]'."
        ) from error
    try:
        client: Any = Client(address, timeout=SECONDS_TO_CONNECT)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(f"--scheduler {address}: no Dask scheduler answers there.") from error
    with client:
        executor: Executor = client.get_executor(pure=False, retries=RETRIES)
        yield executor
