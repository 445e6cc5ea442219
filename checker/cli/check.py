"""``checker check``: the main job."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.common import IsoDate, read_configuration, store_of, write_out
from checker.errors import UsageError
from checker.findings import Level
from checker.schools import SchoolType
from checker.yaml_files import did_you_mean

if TYPE_CHECKING:
    from checker.configuration import Configuration
    from checker.engine import Engine
    from checker.report import Report
    from checker.reports.formats import ReportFormat
    from checker.reports.presentation import Presentation
    from checker.run import Ways

FAIL_ON = [level.value for level in Level] + ["never"]


class _FailOn(click.ParamType[tuple[str, bool]]):
    """A level, with ``+review`` where reviews count as failures."""

    name = "level"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, bool]:
        if isinstance(value, tuple):
            return value
        level, plus, extra = str(value).partition("+")
        if level not in FAIL_ON or (plus and extra != "review"):
            hint = did_you_mean(level, FAIL_ON)
            self.fail(f"{value!r} is not one of {', '.join(FAIL_ON)}, with or without '+review'.{hint}", param, ctx)
        return level, bool(plus)


class _Configured(click.Command):
    """A command whose defaults come from ``checker.yaml``."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        configuration = read_configuration()
        extra.setdefault("default_map", dict(configuration.options or {}))
        context = super().make_context(*args, **extra)
        context.obj = configuration
        return context


@click.command(cls=_Configured)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    multiple=True,
    default=("text",),
    metavar="NAME[=FILE]",
    help="Report format; may be repeated. Default: text.",
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="File for the format that has none of its own."
)
@click.option("--as-at", type=IsoDate(), help="Judge by the law and the calendar as at this day.")
@click.option(
    "--school-type",
    "types",
    multiple=True,
    type=click.Choice([kind.value for kind in SchoolType]),
    help="Kind of school; may be repeated.",
)
@click.option("--local-authority", metavar="NAME", help="The authority whose area the school lies in.")
@click.option("--select", multiple=True, metavar="NAME_OR_GLOB", help="Check only these requirements; may be repeated.")
@click.option("--ignore", multiple=True, metavar="NAME_OR_GLOB", help="Leave out these requirements; may be repeated.")
@click.option(
    "--fail-on",
    type=_FailOn(),
    default="guidance",
    show_default=True,
    help="law, guidance, local, quality or never; with '+review' reviews count as failures.",
)
@click.option(
    "--max-rows",
    type=click.IntRange(min=0),
    default=50,
    show_default=True,
    help="Rows shown for each finding; 0 for all.",
)
@click.option("--reveal-names", is_flag=True, help="Show pupils' names in the rows of registers.")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes. Default: by the number of files and cores.")
@click.option(
    "--engine",
    type=click.Choice(["processes", "dask"]),
    default="processes",
    show_default=True,
    help="Work in processes on this machine, or on a Dask cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", help="The Dask scheduler, for --engine dask: tcp://host:8786.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help="Longest for one file. Default: 300, in workers.",
)
@click.option(
    "--memory", type=click.IntRange(min=100), metavar="MB", help="Most memory for one file. Default: 2000, in workers."
)
@click.option(
    "--store",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that keeps the results, so that nothing is read twice. Default: .checker/results.sqlite for four or more.",
)
@click.option("--no-store", is_flag=True, help="Keep no results, and use none that are kept.")
@click.option(
    "--manifest",
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV file with the school of each file. Default: manifest.csv in a searched folder.",
)
@click.option("--layout", metavar="PATTERN", help="What folders' names hold: '{local_authority}/{urn} {name}'.")
@click.option(
    "--gias", type=click.Path(dir_okay=False, path_type=Path), help="Extract of all schools, to be joined on the URN."
)
@click.option("--verbose", is_flag=True, help="Show the evidence of passes too.")
@click.option("--quiet", is_flag=True, help="Show only what needs attention.")
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:
    """Check policies (PDF, Word, HTML, Markdown, text) and registers (folders with a register.yaml)."""
    engine = _engine(context.obj, options)
    formats = _formats(options["formats"], engine.plugins.report_formats)
    from checker.run import run

    report = run(engine, options["paths"], _ways(context.obj, options))
    if report.stopped:
        click.echo(f"Stopped: {report.stopped} of {len(report.subjects)} were not checked.", err=True)
    for form, file in formats:
        target = file or options["output"]
        _write(form.write(report, _presentation(options, engine, target)), target)
    context.exit(exit_status(report, *options["fail_on"]))


def _engine(configuration: Configuration, options: Mapping[str, Any]) -> Engine:
    from checker.engine import Engine, Settings
    from checker.plugins import load_plugins
    from checker.schools import School

    if (options["engine"] == "dask") != (options["scheduler"] is not None):
        raise UsageError("--engine dask and --scheduler ADDRESS go together: give both, or neither.")
    plugins = load_plugins(configuration.plugins)
    as_at, begins = options["as_at"], plugins.catalogue.begins
    if as_at and begins and as_at < begins:
        raise UsageError(f"--as-at {as_at.isoformat()}: this catalogue begins on {begins.day} {begins:%B %Y}.")
    types = tuple(SchoolType(kind) for kind in options["types"])
    settings = Settings(
        today=dt.date.today(),
        as_at=as_at,
        school=School(types=types, local_authority=options["local_authority"]),
        configuration=configuration,
        select=tuple(options["select"]),
        ignore=tuple(options["ignore"]),
        reveal_names=options["reveal_names"],
    )
    return Engine(plugins, settings)


def _ways(configuration: Configuration, options: Mapping[str, Any]) -> Ways:
    from checker.guarded import Limits
    from checker.run import Ways
    from checker.school_directory import Given
    from checker.workers import Workers

    asked = {"seconds": options["timeout"], "megabytes": options["memory"]}
    limits = {name: value for name, value in asked.items() if value is not None}
    if options["no_store"] and options["store"]:
        raise UsageError("--store and --no-store contradict each other: give one of them.")
    # Pupils' names are kept only where a file for them is named.
    keeps = not options["no_store"] and not (options["reveal_names"] and options["store"] is None)
    store = (options["store"] or store_of(configuration)) if keeps else None
    return Ways(
        Workers(options["jobs"], options["scheduler"], Limits(**limits) if limits else None),
        Given(options["manifest"], options["layout"], options["gias"]),
        store,
        store_is_asked_for=options["store"] is not None,
    )


def _formats(asked: tuple[str, ...], known: Mapping[str, ReportFormat]) -> list[tuple[ReportFormat, Path | None]]:
    chosen = []
    for entry in asked:
        name, _, file = entry.partition("=")
        if name not in known:
            hint = did_you_mean(name, known)
            raise UsageError(f"--format {name}: there is no such format ({', '.join(known)}).{hint}")
        chosen.append((known[name], Path(file) if file else None))
    if sum(file is None for _, file in chosen) > 1:
        raise UsageError(
            "Only one --format can go to stdout or --output: give the others a file, as in --format json=report.json."
        )
    return chosen


def _write(content: str | bytes, target: Path | None) -> None:
    if target is None:
        write_out(content)
        return
    try:
        target.write_bytes(content.encode("utf-8", "replace") if isinstance(content, str) else content)
    except OSError as error:
        raise UsageError(f"{target}: the report could not be written ({error.strerror}).") from error


def _presentation(options: Mapping[str, Any], engine: Engine, target: Path | None) -> Presentation:
    from checker.reports.presentation import Presentation

    terminal = sys.stdout.isatty() and target is None
    width = max(60, min(shutil.get_terminal_size((100, 40)).columns, 140)) if terminal else 100
    return Presentation(
        options["max_rows"], options["verbose"], options["quiet"], width, terminal, engine.load_document, target
    )


def exit_status(report: Report, level: str, reviews_count: bool) -> int:
    """Returns 0 (met), 1 (something failed) or 2 (something could not be checked).

    Args:
        report: What was found.
        level: The lightest level whose failures count, or ``never``.
        reviews_count: Whether a review counts as a failure.
    """
    from checker.findings import Verdict
    from checker.report import Status

    checked = [subject for subject in report.subjects if subject.status is Status.CHECKED]
    strays = [subject for subject in report.subjects if subject.status is Status.NOT_A_POLICY]
    if report.unreadable or report.tally[Verdict.ERROR] or not checked or any(stray.named for stray in strays):
        return 2
    if level == "never":
        return 0
    counting = {Verdict.FAIL, Verdict.REVIEW} if reviews_count else {Verdict.FAIL}
    least = Level(level).weight
    return int(any(f.verdict in counting and f.level.weight >= least for f in report.findings))
