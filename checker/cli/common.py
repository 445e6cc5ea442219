"""What several commands share: options, configuration, plugins, and writing to stdout."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from checker.cli.working import WORKING, refuse_contradictions, ways_of
from checker.configuration import Configuration, as_date, find_configuration, load_configuration
from checker.errors import CheckerError, UsageError
from checker.plugins import Plugins, load_plugins
from checker.schools import SchoolType

if TYPE_CHECKING:
    from checker.checklists.model import Checklist
    from checker.engine import Engine
    from checker.report import Report
    from checker.waivers import Waivers

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
_Function = TypeVar("_Function", bound=Callable[..., Any])


class IsoDate(click.ParamType[dt.date]):
    """A day written as 2026-11-22."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Returns the day."""
        try:
            return as_date(value)
        except ValueError:
            self.fail(f"{value!r} is not a date; write it as 2026-11-22.", param, ctx)


class Configured(click.Command):
    """A command whose defaults come from ``checker.yaml``."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Returns the context, with the configuration as its object."""
        configuration = read_configuration()
        extra.setdefault("default_map", self._defaults(configuration.options or {}))
        context = super().make_context(*args, **extra)
        context.obj = configuration
        return context

    def _defaults(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Returns what the configuration sets, by the names that the parameters have here."""
        found = {}
        for parameter in self.params:
            for written in parameter.opts:
                value = options.get(written.removeprefix("--").replace("-", "_"))
                if value is not None:
                    found[parameter.name or ""] = [value] if parameter.multiple and isinstance(value, str) else value
        return found


JUDGING = (
    click.option("--as-at", type=IsoDate(), help="Judge by the law and the calendar as at this day."),
    click.option(
        "--school-type",
        "types",
        multiple=True,
        type=click.Choice([kind.value for kind in SchoolType]),
        help="Kind of school; may be repeated.",
    ),
    click.option("--local-authority", metavar="NAME", help="The authority whose area the school lies in."),
    click.option(
        "--select", multiple=True, metavar="NAME_OR_GLOB", help="Check only these requirements; may be repeated."
    ),
    click.option(
        "--ignore", multiple=True, metavar="NAME_OR_GLOB", help="Leave out these requirements; may be repeated."
    ),
    click.option("--checklist", type=EXISTING, help="Check by this checklist in the place of the whole catalogue."),
    *WORKING,
)


def judging(function: _Function) -> _Function:
    """Adds the options of every command that judges: by what law, which requirements, and who does the work."""
    for option in reversed(JUDGING):
        function = option(function)
    return function


def engine_of(configuration: Configuration, options: Mapping[str, Any]) -> Engine:
    """Returns the engine that the options of :func:`judging` ask for.

    Raises:
        UsageError: If they contradict each other, or the day lies before the catalogue begins.
    """
    from checker.engine import Engine, Settings
    from checker.schools import School

    refuse_contradictions(options)
    plugins = load(configuration)
    as_at, begins = options["as_at"], plugins.catalogue.begins
    if as_at and begins and as_at < begins:
        raise UsageError(f"--as-at {as_at.isoformat()}: this catalogue begins on {begins.day} {begins:%B %Y}.")
    settings = Settings(
        today=dt.date.today(),
        as_at=as_at,
        school=School(
            types=tuple(SchoolType(kind) for kind in options["types"]), local_authority=options["local_authority"]
        ),
        configuration=configuration,
        select=tuple(options["select"]),
        ignore=tuple(options["ignore"]),
        reveal_names=options.get("reveal_names", False),
        checklist=_checklist(options["checklist"], plugins),
    )
    return Engine(plugins, settings)


def _checklist(file: Path | None, plugins: Plugins) -> Checklist | None:
    if file is None:
        return None
    from checker.checklists.load import load_checklist

    return load_checklist(file, plugins.catalogue)


def report_of(engine: Engine, options: Mapping[str, Any], waivers: Waivers | None = None) -> Report:
    """Checks what the options name, and returns the report.

    Args:
        engine: The engine.
        options: The command's options, with its ``paths``.
        waivers: The failures that a person has accepted.
    """
    from checker.run import run
    from checker.waivers import waive

    report = run(engine, options["paths"], ways_of(engine.settings.configuration, options))
    if report.stopped:
        click.echo(f"Stopped: {report.stopped} of {len(report.subjects)} were not checked.", err=True)
    today = engine.settings.as_at or engine.settings.today
    return waive(report, waivers, today) if waivers else report


def waivers_of(file: Path | None, engine: Engine) -> Waivers | None:
    """Returns the waivers of a file; without one, those of the current folder or its nearest parent that has some."""
    from checker.waivers import find_waivers, load_waivers

    path = file or find_waivers(Path.cwd())
    return load_waivers(path, engine.plugins.catalogue) if path else None


def read_configuration() -> Configuration:
    """Returns the configuration of the current folder or its nearest parent that has one."""
    return load_configuration(find_configuration(Path.cwd()))


def load(configuration: Configuration | None = None) -> Plugins:
    """Returns the plugins, those of the configuration included."""
    return load_plugins((configuration or read_configuration()).plugins)


def write_out(content: str | bytes) -> None:
    """Writes to stdout: the same bytes everywhere where it is a file or a pipe.

    Raises:
        CheckerError: If it cannot be written, as on a full disk.
    """
    try:
        _write(content)
    except BrokenPipeError:
        raise
    except OSError as error:
        _silence_stdout()
        raise CheckerError(f"The report could not be written: {error.strerror}.") from error


def _write(content: str | bytes) -> None:
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


def _silence_stdout() -> None:
    """Sends what is still to be written nowhere, so that the end of the process does not try it again."""
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
