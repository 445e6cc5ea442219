"""``checker facts``: what a document or register says, before any judgement."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click

from checker.cli.common import IsoDate, load, read_configuration, write_out
from checker.errors import UsageError


@click.command
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--text", "only_text", is_flag=True, help="Show the document's text as the tool sees it.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--as-at", type=IsoDate(), help="Read it as at this day.")
def command(path: Path, only_text: bool, form: str, as_at: dt.date | None) -> None:
    """Show every fact that was read from a policy or a register, with page and quotation."""
    from checker.discovery import find_sources
    from checker.engine import Engine, Settings
    from checker.report import SubjectKind

    configuration = read_configuration()
    engine = Engine(load(configuration), Settings(dt.date.today(), as_at, configuration=configuration))
    sources = find_sources([path], engine.plugins)
    if only_text:
        if len(sources) > 1 or sources[0].kind is not SubjectKind.POLICY:
            raise UsageError("--text shows the text of one document: name a file.")
        write_out(engine.load_document(sources[0].path).text)
        return
    subjects = [engine.read(source) for source in sources]
    if form == "json":
        write_out(json.dumps([_as_values(subject) for subject in subjects], ensure_ascii=False, indent=2) + "\n")
    else:
        write_out("\n".join(_in_words(subject) for subject in subjects))
    if any(subject.trouble for subject in subjects):
        click.get_current_context().exit(2)


def _as_values(subject: Any) -> dict[str, Any]:
    from checker.reports.json import facts_as_values

    trouble = subject.trouble and {"code": subject.trouble.code, "message": subject.trouble.message}
    return {
        "kind": subject.kind.value,
        "path": subject.path,
        "title": subject.title,
        "status": subject.status.value,
        "error": trouble,
        "notes": list(subject.notes),
        "facts": facts_as_values(subject.facts),
    }


def _in_words(subject: Any) -> str:
    from checker.reports.safe import for_terminal
    from checker.reports.wording import shortened

    lines = [subject.path, *([subject.title] if subject.title else []), *subject.notes]
    if subject.trouble:
        lines.append(f"Not read: {subject.trouble.message}")
    for fact in subject.facts:
        lines += ["", fact.name, *_value_lines(fact.value)]
        for passage in fact.passages:
            page = f" (page {passage.page})" if passage.page else ""
            lines.append(f"    “{shortened(passage.quote, 200)}”{page}")
    return for_terminal("\n".join(lines)) + "\n"


def _value_lines(value: Any) -> list[str]:
    if isinstance(value, list):
        return [line for item in value for line in _value_lines(item)] or ["  (none)"]
    if isinstance(value, dict):
        return ["  " + ", ".join(f"{key}: {'–' if item is None else item}" for key, item in value.items())]
    return [f"  {'–' if value is None else value}"]
