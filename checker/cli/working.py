"""The options that say who does the work, within what limits, and where results and schools' particulars lie."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.configuration import Configuration
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.run import Ways

_FILE = click.Path(dir_okay=False, path_type=Path)

WORKING = (
    click.option(
        "--jobs", type=click.IntRange(min=1), help="Worker processes. Default: by the number of files and cores."
    ),
    click.option(
        "--engine",
        type=click.Choice(["processes", "dask"]),
        default="processes",
        show_default=True,
        help="Work in processes on this machine, or on a Dask cluster.",
    ),
    click.option("--scheduler", metavar="ADDRESS", help="The Dask scheduler, for --engine dask: tcp://host:8786."),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0.1),
        metavar="SECONDS",
        help="Longest for one file. Default: 300, in workers.",
    ),
    click.option(
        "--memory",
        type=click.IntRange(min=100),
        metavar="MB",
        help="Most memory for one file. Default: 2000, in workers.",
    ),
    click.option(
        "--store",
        type=_FILE,
        help="File that keeps results, so that nothing is read twice. Default for four files or more: "
        ".checker/results.sqlite.",
    ),
    click.option("--no-store", is_flag=True, help="Keep no results, and use none that are kept."),
    click.option(
        "--manifest",
        type=_FILE,
        help="CSV file with the school of each file. Default: manifest.csv in a searched folder.",
    ),
    click.option("--layout", metavar="PATTERN", help="What folders' names hold: '{local_authority}/{urn} {name}'."),
    click.option("--gias", type=_FILE, help="Extract of all schools, to be joined on the URN."),
)


def refuse_contradictions(options: Mapping[str, Any]) -> None:
    """Refuses options of :data:`WORKING` that contradict each other.

    Raises:
        UsageError: If they do.
    """
    if (options["engine"] == "dask") != (options["scheduler"] is not None):
        raise UsageError("--engine dask and --scheduler ADDRESS go together: give both, or neither.")
    if options["no_store"] and options["store"]:
        raise UsageError("--store and --no-store contradict each other: give one of them.")


def ways_of(configuration: Configuration, options: Mapping[str, Any]) -> Ways:
    """Returns how a run goes about its work, by the options of :data:`WORKING`."""
    from checker.guarded import Limits
    from checker.run import Ways
    from checker.school_directory import Given
    from checker.workers import Workers

    asked = {"seconds": options["timeout"], "megabytes": options["memory"]}
    limits = {name: value for name, value in asked.items() if value is not None}
    # Pupils' names are kept only where a file for them is named.
    keeps = not options["no_store"] and not (options.get("reveal_names") and options["store"] is None)
    return Ways(
        Workers(options["jobs"], options["scheduler"], Limits(**limits) if limits else None),
        Given(options["manifest"], options["layout"], options["gias"]),
        (options["store"] or store_of(configuration)) if keeps else None,
        store_is_asked_for=options["store"] is not None or "store" in (configuration.options or {}),
        outputs=tuple(options.get("outputs", ())),
    )


def store_of(configuration: Configuration) -> Path:
    """Returns the file that keeps the results where none is named."""
    named = (configuration.options or {}).get("store")
    return Path(named) if named else (configuration.folder or Path()) / ".checker" / "results.sqlite"
