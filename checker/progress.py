"""A progress bar on stderr for runs of more than one subject, where a person is watching."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from checker.report import Status, Subject


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[Subject], None]]:
    """Yields a function to call with each finished subject.

    The bar shows how many are done and how many a second, the time that is left, and how many could not be read.

    Args:
        total: How many subjects there are; no bar is shown for one.
    """
    if total < 2 or not sys.stderr.isatty():
        yield lambda subject: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Checking"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[unread]} not read"),
    )
    unread = 0
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("check", total=total, unread=0, rate="")

        def done(subject: Subject) -> None:
            nonlocal unread
            unread += subject.status is Status.UNREADABLE
            speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
            bar.update(task, advance=1, unread=unread, rate=f"{speed:.1f}/s" if speed else "")

        yield done
