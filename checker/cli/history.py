"""``checker history``: what the kept runs tell of each school."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.common import IsoDate, read_configuration, write_out
from checker.cli.working import store_of
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.history import Change, Series
    from checker.store import Entry, Run


@click.command
@click.option(
    "--store", type=click.Path(dir_okay=False, path_type=Path), help="The file that keeps the results of `check`."
)
@click.option("--school", metavar="NAME_OR_URN", help="Only schools whose name holds this, or of this URN.")
@click.option("--as-at", type=IsoDate(), help="Count reviews as overdue as at this day. Default: today.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(store: Path | None, school: str | None, as_at: dt.date | None, form: str) -> None:
    """Show each school's requirements over time, what changed since the run before, and reviews that are overdue."""
    from checker.store import Run

    runs = [
        Run(run.number, run.day, tuple(entry for entry in run.entries if _fits(entry, school)))
        for run in _runs(store or store_of(read_configuration()))
    ]
    if school is not None and not any(run.entries for run in runs):
        raise UsageError(f"--school {school}: no kept run holds such a school.")
    day = as_at or dt.date.today()
    write_out(_as_json(runs, day) if form == "json" else _in_words(runs, day))


def _runs(file: Path) -> list[Run]:
    if not file.is_file():
        raise UsageError(
            f"{file}: no results are kept here. Run `checker check FOLDER`, or name the file with --store."
        )
    from checker.store import Store

    with Store(file) as store:
        return store.runs()


def _fits(entry: Entry, school: str | None) -> bool:
    return school is None or school == entry.urn or school.casefold() in (entry.school or "").casefold()


def _as_json(runs: Sequence[Run], day: dt.date) -> str:
    from checker.history import changes, overdue, series

    content = {
        "runs": [{"number": run.number, "day": run.day.isoformat(), "subjects": len(run.entries)} for run in runs],
        "changes": [
            {
                **_named(change.subject),
                "requirement": change.requirement,
                "before": change.before,
                "after": change.after,
            }
            for change in changes(runs)
        ],
        "overdue": [{**_named(entry), "next_review": entry.next_review} for entry in overdue(runs, day)],
        "subjects": [
            {
                **_named(one.subject),
                "runs": [
                    {"number": run.number, "status": entry.status, "verdicts": entry.verdicts}
                    for run, entry in zip(one.runs, one.entries, strict=True)
                ],
            }
            for one in series(runs)
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _named(entry: Entry) -> dict[str, Any]:
    return {name: value for name, value in asdict(entry).items() if name in {"path", "kind", "school", "urn"}}


def _in_words(runs: Sequence[Run], day: dt.date) -> str:
    from checker.history import changes, overdue, series
    from checker.reports.safe import for_terminal

    lines = [f"Run {run.number} of {run.day.isoformat()}: {len(run.entries)} policies and registers" for run in runs]
    if len(runs) > 1:
        lines += ["", f"Since run {runs[-2].number}", *(_change_lines(changes(runs)) or ["  Nothing changed."])]
    late = overdue(runs, day)
    lines += ["", f"Past their review date on {day.isoformat()}"]
    lines += [f"  {_title(entry)}: was to be reviewed by {entry.next_review}" for entry in late] or ["  None."]
    lines += ["", "Schools over time"]
    lines += [line for one in series(runs) for line in _series_lines(one)]
    return for_terminal("\n".join(lines)) + "\n"


def _title(entry: Entry) -> str:
    urn = f" (URN {entry.urn})" if entry.urn else ""
    return f"{entry.school}{urn}, {entry.path}" if entry.school else entry.path


def _change_lines(found: Sequence[Change]) -> list[str]:
    lines: list[str] = []
    for change in found:
        title = f"  {_title(change.subject)}"
        if title not in lines:
            lines.append(title)
        what = change.requirement or change.subject.kind
        lines.append(f"    {what}: {change.before or 'not there'} → {change.after or 'not there'}")
    return lines


def _series_lines(one: Series) -> Iterator[str]:
    yield f"  {_title(one.subject)}"
    for run, entry in zip(one.runs, one.entries, strict=True):
        tally = Counter(entry.verdicts.values())
        counted = ", ".join(f"{count} {verdict}" for verdict, count in sorted(tally.items()))
        yield f"    run {run.number} of {run.day.isoformat()}: {counted or entry.status}"
    for name in one.open:
        yield f"    {name}: {' → '.join(verdict or '–' for verdict in one.verdicts(name))}"
