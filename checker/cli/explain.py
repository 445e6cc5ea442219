"""``checker explain``: one requirement in full."""

from __future__ import annotations

import click

from checker.catalogue import Requirement
from checker.cli.common import load, write_out


@click.command
@click.argument("name")
def command(name: str) -> None:
    """Explain one requirement: why, the law in plain words, what passes and fails, an example, how to put it right."""
    write_out(explanation(load().catalogue[name]))


def explanation(requirement: Requirement) -> str:
    """Returns everything that the catalogue says of a requirement, as text."""
    area = " and ".join(requirement.authorities) or "England"
    whom = f"{', '.join(requirement.applies_to)} in {area}" if requirement.applies_to else f"every school in {area}"
    parts = [
        (requirement.title, f"{requirement.name} · level {requirement.level.value} · applies to {whom}"),
        ("What it asks", requirement.asks),
        ("Why it matters", requirement.why),
        ("What the law or guidance says", requirement.law),
        ("What passes", requirement.passes),
        ("What fails", requirement.fails),
        ("How hard cases are read", requirement.reading),
        ("How to put it right", requirement.fix),
        ("A good example", requirement.example),
        ("Where it stands", "\n".join(_cited(requirement))),
    ]
    return "\n\n".join(f"{heading}\n{_indented(text)}" for heading, text in parts if text) + "\n"


def _cited(requirement: Requirement) -> list[str]:
    lines = []
    for citation in requirement.citations:
        edition = f" ({citation.edition})" if citation.edition else ""
        note = f" {citation.note}" if citation.note else ""
        where = f"{citation.instrument}{edition}, {citation.provision} [{citation.certainty}]."
        lines.append(f"{where}{note} {citation.url or ''}".strip())
    return lines


def _indented(text: str) -> str:
    import textwrap

    return "\n".join(
        textwrap.fill(
            line, 98, initial_indent="  ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )
        for line in text.splitlines()
    )
