"""Processes that work within limits: one task that hangs, explodes or ends its process loses itself and nothing else.

:class:`GuardedProcesses` is an executor of ``concurrent.futures``. Each of its threads owns one process, so that it is
always known which task a process was at; the standard library's pool does not know, and loses all of them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import psutil

T = TypeVar("T")

SECONDS_TO_START = 120
SECONDS_BETWEEN_LOOKS = 0.05
TRIES = 3  # for a task whose process was ended from outside

# One thread for each process is enough where there is a process for each core, and a process that keeps the memory that
# it will need for the next school spares the system work (the C library and Polars' allocator read that where they can).
ENVIRONMENT = {
    "POLARS_MAX_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": "134217728",
    "MALLOC_MMAP_THRESHOLD_": "134217728",
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:60000,muzzy_decay_ms:60000",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may take.

    Attributes:
        seconds: How long it may take.
        megabytes: How much memory its process may hold.
    """

    seconds: float = 300
    megabytes: int = 2000


class TaskLostError(Exception):
    """A task was not finished, through its own fault or its process's.

    Attributes:
        code: ``time-limit``, ``memory-limit`` or ``worker-lost``.
        reason: Why, as the end of a sentence that begins with the task's name.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class GuardedProcesses(Executor):
    """An executor whose tasks run in processes of their own, each within limits."""

    def __init__(self, number: int, limits: Limits, prepare: Callable[..., object], *arguments: object) -> None:
        """Makes the executor; processes are started as tasks come.

        Args:
            number: How many processes.
            limits: What one task may take.
            prepare: A function that each process calls before its first task, outside the task's time.
            *arguments: The arguments of ``prepare``.
        """
        self._limits = limits
        self._prepare = (prepare, arguments)
        self._threads = ThreadPoolExecutor(number, "guard", initializer=_leave_interrupts_to_the_main_thread)
        self._mine = threading.local()
        self._starting = threading.Lock()
        self._workers: set[_Worker] = set()
        self._stopping = threading.Event()

    def submit(self, function: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Schedules a call; its future raises :class:`TaskLostError` where the call was not finished."""
        return self._threads.submit(self._done, function, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the processes: after their tasks, or at once where the waiting tasks are cancelled."""
        if cancel_futures:
            self._stopping.set()
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        for worker in list(self._workers):
            worker.kill()  # all at once, for each takes a while to go
        for worker in list(self._workers):
            self._end(worker)

    def _done(self, function: Callable[..., T], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> T:
        tries = 0
        while True:
            worker = self._worker()
            fresh, worker.fresh = worker.fresh, False
            try:
                result: T = worker.call((function, args, kwargs), self._limits, self._stopping)
                return result
            except TaskLostError as error:
                self._end(worker)
                tries += 1
                # What an earlier task left behind in the process is not this task's fault; nor is a stray kill.
                again = tries < TRIES if error.code == "worker-lost" else error.code == "memory-limit" and not fresh
                if self._stopping.is_set() or not again:
                    raise

    def _worker(self) -> _Worker:
        worker: _Worker | None = getattr(self._mine, "worker", None)
        if worker is None or worker not in self._workers:
            with self._starting, _surroundings():
                worker = _Worker(*self._prepare)
            self._mine.worker = worker
            self._workers.add(worker)
        return worker

    def _end(self, worker: _Worker) -> None:
        self._workers.discard(worker)
        worker.end()


class _Worker:
    """One process and the line to it."""

    def __init__(self, prepare: Callable[..., object], arguments: tuple[object, ...]) -> None:
        context = multiprocessing.get_context("spawn")  # the only way on Windows and the safe one everywhere
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, prepare, arguments), daemon=True)
        self._process.start()
        theirs.close()
        self._started = False
        self.fresh = True

    def call(self, task: object, limits: Limits, stopping: threading.Event) -> Any:
        """Returns what a task returns, or raises what it raises.

        Raises:
            TaskLostError: If it was not finished.
        """
        try:
            if not self._started:
                self._answer(Limits(SECONDS_TO_START, limits.megabytes), stopping)
                self._started = True
            self._line.send(task)
            return self._answer(limits, stopping)
        except (EOFError, ConnectionError) as error:
            raise TaskLostError(
                "worker-lost", "the process that checked it was ended, perhaps for want of memory."
            ) from error

    def kill(self) -> None:
        """Tells the process to end, whatever it is doing."""
        self._process.kill()

    def end(self) -> None:
        """Ends the process and waits until it is gone."""
        self._line.close()
        self.kill()
        self._process.join()
        self._process.close()

    def _answer(self, limits: Limits, stopping: threading.Event) -> Any:
        deadline = time.monotonic() + limits.seconds
        while not self._line.poll(SECONDS_BETWEEN_LOOKS):
            if stopping.is_set():
                raise TaskLostError("stopped", "the run was stopped.")
            if time.monotonic() > deadline:
                raise TaskLostError(
                    "time-limit",
                    f"it was not read within {limits.seconds:g} seconds. Look at the file, or give it longer with "
                    "--timeout.",
                )
            if self._megabytes() > limits.megabytes:
                raise TaskLostError(
                    "memory-limit",
                    f"reading it needs more than {limits.megabytes} MB of memory. Look at the file, or allow more with "
                    "--memory.",
                )
        try:
            fine, answer = self._line.recv()
        except OSError as error:  # it was ended in the middle of its answer
            raise EOFError from error
        if not fine:
            raise answer
        return answer

    @cached_property
    def _watched(self) -> psutil.Process:
        import psutil

        return psutil.Process(self._process.pid)

    def _megabytes(self) -> float:
        import psutil

        try:
            resident: int = self._watched.memory_info().rss
        except psutil.Error:  # it has just ended: the line will say so
            return 0
        return resident / 1_000_000


def _serve(line: Connection, prepare: Callable[..., object], arguments: tuple[object, ...]) -> None:
    """What a process does: it prepares itself, then answers one task after the other until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _reply(line, prepare, arguments, {}, silent=True)
    while True:
        try:
            task = line.recv()
        except (EOFError, OSError):
            return
        _reply(line, *task)


def _reply(
    line: Connection,
    function: Callable[..., object],
    args: tuple[object, ...],
    kwargs: Mapping[str, Any],
    *,
    silent: bool = False,
) -> None:
    try:
        answer = True, function(*args, **kwargs)
    except Exception as error:
        line.send((False, error))
    else:
        line.send((True, None) if silent else answer)


def _end_with_parent() -> None:
    """Ends a process whose parent was killed, even while it hangs."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _leave_interrupts_to_the_main_thread() -> None:
    """Makes the processes that this thread starts deaf to Ctrl-C from their first moment (Windows: from their second)."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


@contextmanager
def _surroundings() -> Iterator[None]:
    """Sets the environment that new processes take over."""
    before = {name: os.environ.get(name) for name in ENVIRONMENT}
    os.environ.update({name: before[name] or value for name, value in ENVIRONMENT.items()})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
