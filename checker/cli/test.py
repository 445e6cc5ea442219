"""``checker test``: a checklist's own examples."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.common import EXISTING, IsoDate, load, read_configuration, write_out

if TYPE_CHECKING:
    from checker.checklists.trials import Trial


@click.command
@click.argument("checklist", type=EXISTING)
@click.option("--as-at", type=IsoDate(), help="Judge the examples as at this day. Default: today.")
@click.pass_context
def command(context: click.Context, checklist: Path, as_at: dt.date | None) -> None:
    """Try a CHECKLIST on its own examples: each must pass or fail as it says."""
    from checker.checklists.load import load_checklist
    from checker.checklists.trials import trials
    from checker.engine import Engine, Settings
    from checker.reports.safe import for_terminal

    configuration = read_configuration()
    plugins = load(configuration)
    loaded = load_checklist(checklist, plugins.catalogue)
    day = as_at or dt.date.today()
    engine = Engine(plugins, Settings(day, day, configuration=configuration, checklist=loaded))
    tried = list(trials(loaded, engine, day))
    wrong = [trial for trial in tried if not trial.as_wanted]
    own = sum(item.rule is not None for item in loaded.items)
    write_out(
        for_terminal(
            "".join(_in_words(trial) for trial in wrong)
            + f"{loaded.title}: {len(loaded.items)} items, {own} of its own; "
            + f"{len(tried) - len(wrong)} of {len(tried)} examples are judged as they should be.\n"
        )
    )
    context.exit(int(bool(wrong)))


def _in_words(trial: Trial) -> str:
    from checker.reports.wording import shortened

    piece = shortened(" ".join(trial.piece.split()), 200)
    return (
        f"{trial.item.number}: should be {trial.wanted.value} but is {trial.finding.verdict.value}: “{piece}”\n"
        f"  {trial.finding.message}\n"
    )
