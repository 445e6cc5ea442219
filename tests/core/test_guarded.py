"""Processes within limits: what one task does wrong costs that task alone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.guarded import GuardedProcesses, Limits, TaskLostError


def doubled(number: int) -> int:
    return 2 * number


def hang() -> None:
    while True:
        pass


def explode() -> None:
    held = []
    while True:
        held.append(bytearray(10_000_000))


def vanish() -> None:
    os._exit(3)


def vanish_once(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        os._exit(3)
    return "finished"


def refuse() -> None:
    raise ValueError("this is no number")


def process() -> int:
    return os.getpid()


def nothing() -> None:
    return None


@pytest.fixture
def processes() -> Iterator[GuardedProcesses]:
    with GuardedProcesses(1, Limits(seconds=2, megabytes=300), nothing) as found:
        yield found


@pytest.mark.parametrize(
    ("task", "code"),
    [(hang, "time-limit"), (explode, "memory-limit"), (vanish, "worker-lost")],
    ids=["hangs", "explodes", "vanishes"],
)
def test_a_task_that_misbehaves_is_lost_and_the_next_is_done(
    processes: GuardedProcesses, task: object, code: str
) -> None:
    lost, done = processes.submit(task), processes.submit(doubled, 21)  # type: ignore[arg-type]
    with pytest.raises(TaskLostError) as raised:
        lost.result()
    assert raised.value.code == code
    assert done.result() == 42


def test_a_task_whose_process_was_killed_by_chance_is_tried_again(processes: GuardedProcesses, tmp_path: Path) -> None:
    assert processes.submit(vanish_once, tmp_path / "mark").result() == "finished"


def test_a_task_raises_what_it_raises_and_its_process_goes_on(processes: GuardedProcesses) -> None:
    before = processes.submit(process).result()
    with pytest.raises(ValueError, match="this is no number"):
        processes.submit(refuse).result()
    assert processes.submit(process).result() == before


def test_stopping_does_not_wait_for_a_task_that_hangs() -> None:
    processes = GuardedProcesses(1, Limits(seconds=60), nothing)
    future = processes.submit(hang)
    waiting = processes.submit(doubled, 1)
    started = time.monotonic()
    processes.shutdown(cancel_futures=True)
    assert time.monotonic() - started < 30
    assert waiting.cancelled()
    assert future.exception() is not None
