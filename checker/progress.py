"""A progress bar on stderr for runs of more than one subject, where a person is watching."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from checker.report import Subject


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[Subject], None]]:
    """Yields a function to call with each finished subject.

    Args:
        total: How many subjects there are; no bar is shown for one.
    """
    if total < 2 or not sys.stderr.isatty():
        yield lambda subject: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("check", total=total)
        yield lambda subject: bar.advance(task)
