"""``checker init``: a commented configuration for this folder."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from checker.configuration import FILE
from checker.errors import UsageError


@click.command
def command() -> None:
    """Write a commented checker.yaml for this folder. An existing one is left alone."""
    target = Path(FILE)
    if target.exists():
        raise UsageError(f"{FILE} is here already: change it, or move it away first.")
    target.write_text((resources.files("checker.cli") / "checker.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    click.echo(f"Wrote {FILE}. Open it, take the # from the lines you need, and run: checker check .", err=True)
