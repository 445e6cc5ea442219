"""``checker compare``: two versions of a policy, or two reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.common import Configured, engine_of, judging, report_of, write_out

if TYPE_CHECKING:
    from checker.comparing import Comparison
    from checker.engine import Engine
    from checker.known import KnownSubject


@click.command(cls=Configured)
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@judging
@click.pass_context
def command(context: click.Context, /, old: Path, new: Path, form: str, **options: Any) -> None:
    """Show what is newly met, newly broken and still failing, and which facts have changed.

    OLD and NEW are two versions of a policy or a register, two folders, or two JSON reports.
    """
    from checker.comparing import compare
    from checker.reports import comparison

    engine = engine_of(context.obj, options)
    compared = compare(_subjects(old, engine, options), _subjects(new, engine, options))
    if form == "json":
        write_out(json.dumps(comparison.as_values(compared), ensure_ascii=False, indent=2) + "\n")
    else:
        write_out(comparison.in_words(compared))
    context.exit(_exit_status(compared))


def _subjects(path: Path, engine: Engine, options: dict[str, Any]) -> tuple[KnownSubject, ...]:
    from checker.known import known, read_report

    if path.suffix.lower() == ".json":
        return read_report(path)
    return known(report_of(engine, {**options, "paths": [path]}))


def _exit_status(compared: Comparison) -> int:
    """Returns 2 where something could not be compared, 1 where something is newly broken, else 0."""
    from checker.comparing import Change
    from checker.findings import Verdict
    from checker.report import Status

    sides = [side for subject in compared.subjects for side in (subject.old, subject.new)]
    broke = any(finding.verdict is Verdict.ERROR for side in sides for finding in side.findings.values())
    if not sides or broke or any(side.status is not Status.CHECKED for side in sides):
        return 2
    return int(any(subject.tally[Change.NEWLY_BROKEN] for subject in compared.subjects))
