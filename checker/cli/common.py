"""What several commands share: options, configuration, plugins, and writing to stdout."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import click

from checker.configuration import Configuration, as_date, find_configuration, load_configuration
from checker.plugins import Plugins, load_plugins


class IsoDate(click.ParamType[dt.date]):
    """A day written as 2026-11-22."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Returns the day."""
        try:
            return as_date(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as 2026-11-22.", param, ctx)


def store_of(configuration: Configuration) -> Path:
    """Returns the file that keeps the results where none is named."""
    named = (configuration.options or {}).get("store")
    return Path(named) if named else (configuration.folder or Path()) / ".checker" / "results.sqlite"


def read_configuration() -> Configuration:
    """Returns the configuration of the current folder or its nearest parent that has one."""
    return load_configuration(find_configuration(Path.cwd()))


def load(configuration: Configuration | None = None) -> Plugins:
    """Returns the plugins, those of the configuration included."""
    return load_plugins((configuration or read_configuration()).plugins)


def write_out(content: str | bytes) -> None:
    """Writes to stdout: the same bytes everywhere where it is a file or a pipe."""
    if sys.stdout.isatty() and isinstance(content, str):
        click.echo(content, nl=False)
        return
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(content if isinstance(content, str) else content.decode())
        return
    stream.write(content.encode("utf-8", "replace") if isinstance(content, str) else content)
    stream.flush()
