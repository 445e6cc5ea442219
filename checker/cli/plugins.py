"""``checker plugins``: what is loaded and what it contributes."""

from __future__ import annotations

from collections import Counter

import click

from checker.cli.common import load, write_out
from checker.facts import Check, Reader
from checker.report import PluginInfo, SubjectKind


@click.command
def command() -> None:
    """Show the plugins that are loaded, their versions, and what they contribute."""
    plugins = load()
    for info in plugins.infos:
        write_out(f"{info.name} {info.version}\n")
        for kind in SubjectKind:
            checks = [check for check in plugins.checks(kind).values() if _belongs(check, info)]
            readers = [reader for reader in plugins.readers(kind).values() if _belongs(reader, info)]
            write_out(f"  for a {kind.value}: {len(checks)} checks, {len(readers)} facts\n")
    kinds = Counter(requirement.kind for requirement in plugins.catalogue)
    write_out("Requirements: " + ", ".join(f"{count} for a {kind}" for kind, count in sorted(kinds.items())) + "\n")
    write_out("Documents: " + " ".join(sorted(plugins.document_loaders)) + "\n")
    write_out("Registers: " + ", ".join(loader.name for loader in plugins.register_loaders) + "\n")
    write_out("Reports: " + ", ".join(plugins.report_formats) + "\n")


def _belongs(thing: Check | Reader, info: PluginInfo) -> bool:
    return thing.function.__module__.partition(".")[0] == info.name
