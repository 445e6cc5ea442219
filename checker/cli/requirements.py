"""``checker requirements``: the catalogue, a line or a record each."""

from __future__ import annotations

import json
from typing import Any

import click

from checker.catalogue import Requirement
from checker.cli.common import load, write_out
from checker.report import SubjectKind


@click.command
@click.option(
    "--kind", type=click.Choice([kind.value for kind in SubjectKind]), help="Only those for policies or for registers."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(kind: str | None, form: str) -> None:
    """List the requirements: name, level, what each asks, where it stands, whom it concerns, since when."""
    plugins = load()
    chosen = [requirement for requirement in plugins.catalogue if kind in (None, requirement.kind)]
    if form == "json":
        write_out(
            json.dumps([as_values(r, r.name in plugins.checks(r.kind)) for r in chosen], ensure_ascii=False, indent=2)
            + "\n"
        )
        return
    for requirement in chosen:
        write_out(_in_words(requirement, requirement.name in plugins.checks(requirement.kind)))
    write_out(f"{len(chosen)} requirements. `checker explain NAME` tells more of one.\n")


def as_values(requirement: Requirement, checked: bool) -> dict[str, Any]:
    """Returns a requirement as plain values."""
    return {
        "name": requirement.name,
        "title": requirement.title,
        "level": requirement.level.value,
        "asks": requirement.asks,
        "applies_to": [kind.value for kind in requirement.applies_to] or ["all"],
        "authorities": list(requirement.authorities),
        "in_force": {
            "from": requirement.in_force.since and requirement.in_force.since.isoformat(),
            "to": requirement.in_force.until and requirement.in_force.until.isoformat(),
        },
        "checked": checked,
        "citations": [
            {
                "instrument": citation.instrument,
                "edition": citation.edition,
                "provision": citation.provision,
                "url": citation.url,
                "certainty": citation.certainty,
            }
            for citation in requirement.citations
        ],
    }


def _in_words(requirement: Requirement, checked: bool) -> str:
    whom = ", ".join(requirement.applies_to) or "every school"
    whom += f" in {' and '.join(requirement.authorities)}" if requirement.authorities else ""
    since = requirement.in_force.since.isoformat() if requirement.in_force.since else "always"
    until = f" to {requirement.in_force.until.isoformat()}" if requirement.in_force.until else ""
    cited = "; ".join(f"{citation.instrument}, {citation.provision}" for citation in requirement.citations)
    state = "" if checked else " · no check yet"
    return (
        f"{requirement.name}  [{requirement.level.value}]{state}\n  {requirement.asks}\n  {cited}\n"
        f"  For {whom}; in force from {since}{until}.\n\n"
    )
