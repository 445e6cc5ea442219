"""``checker plugins``: what is loaded and what it contributes."""

from __future__ import annotations

from collections import Counter

import click

from checker.cli.common import load, write_out


@click.command
def command() -> None:
    """Show the plugins that are loaded, their versions, and what they contribute."""
    plugins = load()
    for info in plugins.infos:
        write_out(f"{info.name} {info.version}\n")
        own = [name for name, check in plugins.checks.items() if check.function.__module__.split(".")[0] == info.name]
        facts = [
            kind for kind, reader in plugins.readers.items() if reader.function.__module__.split(".")[0] == info.name
        ]
        kinds = Counter(name.partition(".")[0] for name in own)
        for kind, count in sorted(kinds.items()):
            write_out(f"  {count} checks of a {kind}\n")
        write_out(f"  {len(facts)} facts\n")
    kinds = Counter(requirement.kind for requirement in plugins.catalogue)
    write_out("Requirements: " + ", ".join(f"{count} for a {kind}" for kind, count in sorted(kinds.items())) + "\n")
    write_out("Documents: " + " ".join(sorted(plugins.document_loaders)) + "\n")
    write_out("Registers: " + ", ".join(loader.name for loader in plugins.register_loaders) + "\n")
    write_out("Reports: " + ", ".join(plugins.report_formats) + "\n")
