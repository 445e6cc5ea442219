"""``checker check``: the main job."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.common import EXISTING, Configured, engine_of, judging, report_of, waivers_of
from checker.errors import UsageError
from checker.levels import Level
from checker.yaml_files import did_you_mean

if TYPE_CHECKING:
    from checker.engine import Engine
    from checker.known import KnownSubject
    from checker.report import Report
    from checker.reports.formats import ReportFormat
    from checker.reports.presentation import Presentation

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


@click.command(cls=Configured)
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
@judging
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
@click.option("--waivers", type=EXISTING, help="Waivers. Default: waivers.yaml of this folder or a parent.")
@click.option("--no-waivers", is_flag=True, help="Count every failure, whoever has accepted it.")
@click.option("--include-passes", is_flag=True, help="In sarif and github: every verdict, not the failures alone.")
@click.option(
    "--compare-with",
    type=EXISTING,
    metavar="REPORT.json",
    help="Say what is new, unchanged or fixed since this report.",
)
@click.option("--verbose", is_flag=True, help="Show the evidence of passes too.")
@click.option("--quiet", is_flag=True, help="Show only what needs attention.")
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:
    """Check policies (PDF, Word, HTML, Markdown, text) and registers (folders with a register.yaml)."""
    engine = engine_of(context.obj, options)
    formats = _formats(options["formats"], engine.plugins.report_formats)
    waivers = None if options["no_waivers"] else waivers_of(options["waivers"], engine)
    earlier = _earlier(options["compare_with"])
    targets = [target for _, file in formats if (target := file or options["output"])]
    report = report_of(engine, {**options, "outputs": targets}, waivers)
    if earlier is not None:
        from checker.comparing import mark

        report = mark(report, earlier, options["compare_with"].name)
    complete = _write(report, formats, options, engine)
    if report.judged_nothing:
        click.echo("Nothing was judged: no selected requirement concerns what was found.", err=True)
    context.exit(exit_status(report, *options["fail_on"]) if complete else 2)


def _earlier(file: Path | None) -> tuple[KnownSubject, ...] | None:
    if file is None:
        return None
    from checker.known import read_report

    return read_report(file)


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


def _write(
    report: Report, formats: Sequence[tuple[ReportFormat, Path | None]], options: Mapping[str, Any], engine: Engine
) -> bool:
    """Writes every format, one that cannot be written after the others, and returns whether all are complete."""
    from checker.cli.writing import deliver

    originals = {subject.file.resolve() for subject in report.subjects if subject.file is not None}
    complete = True
    for form, file in formats:
        target = file or options["output"]
        try:
            made = form.write(report, _presentation(options, engine, target))
            complete = deliver(made, form.name, target, originals) and complete
        except UsageError as error:
            click.echo(f"Error: {error}", err=True)
            complete = False
    return complete


def _presentation(options: Mapping[str, Any], engine: Engine, target: Path | None) -> Presentation:
    from checker.reports.presentation import Presentation

    terminal = sys.stdout.isatty() and target is None
    width = max(60, min(shutil.get_terminal_size((100, 40)).columns, 140)) if terminal else 100
    return Presentation(
        options["max_rows"], options["verbose"], options["quiet"], width, terminal, engine.load_document, target,
        options["include_passes"],
    )  # fmt: skip


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
    if report.judged_nothing:
        return 2
    if level == "never":
        return 0
    counting = {Verdict.FAIL, Verdict.REVIEW} if reviews_count else {Verdict.FAIL}
    least = Level(level).weight
    return int(any(f.verdict in counting and f.level.weight >= least for f in report.findings))
