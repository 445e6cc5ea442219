"""Checks many sources: in this process, in several on this machine, or on a Dask cluster.

Processes and cluster are executors of ``concurrent.futures`` that run the one function :func:`check_one`: the code that
a cluster runs is the code that one machine runs, for policies and for registers.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from queue import Empty, SimpleQueue
from typing import Any

from checker.collecting import collect_rarely
from checker.discovery import Source
from checker.engine import Engine, Settings
from checker.errors import UsageError
from checker.facts import PublishedFact
from checker.guarded import GuardedProcesses, Limits, TaskLostError
from checker.plugins import load_plugins
from checker.report import Status, Subject, Trouble

FEWEST_FOR_WORKERS = 4
RETRIES = 3  # of a task whose cluster worker was lost
SECONDS_TO_CONNECT = 15
SECONDS_BETWEEN_LOOKS = 0.5  # a wait without an end would not notice Ctrl-C on Windows

Task = tuple[Source, Mapping[str, PublishedFact] | None]


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work.

    Attributes:
        jobs: How many processes; ``None`` chooses by the number of sources and cores.
        scheduler: The address of a Dask scheduler, whose workers see the same files and have the same packages.
        limits: What one source may take. ``None``: the usual limits where processes are used; one that is given makes
            even a single source have a process of its own.
    """

    jobs: int | None = None
    scheduler: str | None = None
    limits: Limits | None = None

    def processes_for(self, number: int) -> int:
        """Returns how many processes to use for a number of tasks; 0 for none but this one."""
        wanted = self.jobs or (os.cpu_count() or 1 if number >= FEWEST_FOR_WORKERS else 1)
        chosen = min(wanted, number)
        return chosen if chosen > 1 or self.limits or self.scheduler else 0


def check_all(
    engine: Engine,
    tasks: Sequence[Task],
    workers: Workers | None = None,
    done: Callable[[int, Subject], None] = lambda place, subject: None,
) -> list[Subject | None]:
    """Checks all tasks and returns their subjects in the same order; ``None`` for what Ctrl-C left unchecked.

    Args:
        engine: The engine of this process; workers make their own from its settings.
        tasks: Each a source and the facts of the policy that goes with it.
        workers: Who does the work.
        done: Called with the place and the subject of each task as it is finished.

    Raises:
        UsageError: If there is no such cluster.
    """
    chosen = workers or Workers()
    sharing = _Sharing(engine, tasks, chosen.limits or Limits(), done)
    try:
        if chosen.scheduler is not None and tasks:
            with _cluster(chosen.scheduler) as cluster:
                sharing.share_on_cluster(cluster)
        processes = chosen.processes_for(len(sharing.left))
        if processes:
            sharing.share_on_this_machine(processes)
        sharing.finish_here()
    except KeyboardInterrupt:
        pass  # what is finished is reported, and what is not is said
    return [sharing.subjects.get(place) for place in range(len(tasks))]


def prepare(settings: bytes) -> Engine:
    """Makes and keeps the engine of a process.

    Args:
        settings: The settings of the run, pickled.
    """
    collect_rarely()
    return _engine_of(settings)


def check_one(settings: bytes, task: Task) -> Subject:
    """Checks one task in whichever process this runs.

    Args:
        settings: The settings of the run, pickled: the engine that they make is kept for the next task.
        task: The source and the facts of the policy that goes with it.
    """
    subject = _engine_of(settings).check(*task)
    _keep_what_stays()
    return subject


def check_on_cluster(settings: bytes, limits: Limits, task: Task) -> Subject:
    """Checks one task on a worker of a cluster, in a guarded process that the worker keeps.

    A document that hangs or explodes would otherwise take the worker and all that it holds with it.
    """
    unpickled: Settings = pickle.loads(settings)
    return _subject_of(
        unpickled, task[0], _processes_of_cluster_worker(settings, limits).submit(check_one, settings, task)
    )


def unread(settings: Settings, source: Source, code: str, reason: str) -> Subject:
    """Returns the subject of a source that could not be read.

    Args:
        settings: The settings of the run.
        source: The source.
        code: A short, stable word for the kind of trouble.
        reason: Why, as the end of a sentence that begins with the source's name.
    """
    return Subject(
        source.kind, source.shown, None, None, settings.as_at or settings.today,
        status=Status.UNREADABLE, trouble=Trouble(code, f"{source.shown}: {reason}"), named=source.named,
        file=source.path,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _keep_what_stays() -> None:
    """Tells Python that what the first task has loaded is no garbage: looking through it costs each task a tenth."""
    gc.collect()
    gc.freeze()


@lru_cache(maxsize=2)
def _engine_of(settings: bytes) -> Engine:
    unpickled: Settings = pickle.loads(settings)
    return Engine(load_plugins(unpickled.configuration.plugins), unpickled)


@lru_cache(maxsize=1)
def _processes_of_cluster_worker(settings: bytes, limits: Limits) -> GuardedProcesses:
    # A Dask worker is a daemon of its nanny, and Python lets no daemon start processes lest they outlive it; a guarded
    # process ends itself when its parent does.
    here: Any = multiprocessing.current_process()
    here._config["daemon"] = False
    return GuardedProcesses(os.cpu_count() or 1, limits, prepare, settings)


class _Sharing:
    """The tasks of a run, and those of their subjects that are finished."""

    def __init__(
        self, engine: Engine, tasks: Sequence[Task], limits: Limits, done: Callable[[int, Subject], None]
    ) -> None:
        self._engine = engine
        self._tasks = tasks
        self._limits = limits
        self._done = done
        self._settings = pickle.dumps(engine.settings)
        self.subjects: dict[int, Subject] = {}

    @property
    def left(self) -> list[int]:
        """The places of the tasks that are not finished."""
        return [place for place in range(len(self._tasks)) if place not in self.subjects]

    def share_on_this_machine(self, number: int) -> None:
        """Checks what is left in a number of processes."""
        processes = GuardedProcesses(number, self._limits, prepare, self._settings)
        try:
            futures = {place: processes.submit(check_one, self._settings, self._tasks[place]) for place in self.left}
            for place, future in _as_finished(futures):
                self._finish(place, _subject_of(self._engine.settings, self._tasks[place][0], future))
        finally:
            processes.shutdown(cancel_futures=True)

    def share_on_cluster(self, cluster: Executor) -> None:
        """Checks what is left on a cluster. What its workers lose stays left."""
        futures = {}
        for place in self.left:
            source, partner = self._tasks[place]
            found = replace(source, path=source.path.resolve())
            futures[place] = cluster.submit(check_on_cluster, self._settings, self._limits, (found, partner))
        for place, future in _as_finished(futures):
            try:
                self._finish(place, replace(future.result(), file=self._tasks[place][0].path))
            except Exception as error:
                if type(error).__name__ != "KilledWorker":
                    raise

    def finish_here(self) -> None:
        """Checks what is left in this process."""
        for place in self.left:
            self._finish(place, self._engine.check(*self._tasks[place]))

    def _finish(self, place: int, subject: Subject) -> None:
        self.subjects[place] = subject
        self._done(place, subject)


def _subject_of(settings: Settings, source: Source, future: Future[Subject]) -> Subject:
    try:
        return future.result()
    except TaskLostError as error:
        return unread(settings, source, error.code, error.reason)


def _as_finished(futures: Mapping[int, Future[Subject]]) -> Iterator[tuple[int, Future[Subject]]]:
    """Yields the futures as they are finished."""
    finished: SimpleQueue[int] = SimpleQueue()
    for place, future in futures.items():
        future.add_done_callback(_saying(place, finished))
    left = len(futures)
    while left:
        try:
            place = finished.get(timeout=SECONDS_BETWEEN_LOOKS)
        except Empty:
            continue
        left -= 1
        yield place, futures[place]


def _saying(place: int, finished: SimpleQueue[int]) -> Callable[[Future[Subject]], None]:
    return lambda _: finished.put(place)


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
