"""The command ``checker``: one file a command, each loaded only when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import NoReturn

import click

from checker.collecting import collect_rarely
from checker.errors import CheckerError
from checker.version import VERSION

COMMANDS = {
    "check": "Check policies and registers against the law. This is the main job.",
    "requirements": "List the requirements of the catalogue.",
    "compare": "Show what changed between two versions of a policy, or two reports.",
    "baseline": "Accept the failures of today for a time, so that only new ones fail.",
    "explain": "Explain one requirement in full.",
    "facts": "Show what a document or register says, before any judgement.",
    "history": "Show each school's requirements over time, what changed, and reviews that are overdue.",
    "test": "Try a checklist on its own examples.",
    "new-plugin": "Make a working plugin to begin from.",
    "plugins": "Show the plugins that are loaded.",
    "init": "Write a commented checker.yaml for this folder.",
}


class _Commands(click.Group):
    """A group that knows its commands' names without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"checker.cli.{cmd_name.replace('-', '_')}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from checker.yaml_files import did_you_mean

            raise click.UsageError(error.message.rstrip(".") + "." + did_you_mean(args[0], COMMANDS), ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="attendance-checker")
def checker() -> None:
    """Check school attendance policies and registers against the law in England.

    Nothing is sent anywhere. A verdict is a reading aid, not legal advice.
    """


def main() -> None:
    """Runs the command; errors meant for people are shown as one line, with exit status 2."""
    collect_rarely()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # nothing here multiplies matrices, and threads for it take time
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))
    try:
        status = checker(prog_name="checker", standalone_mode=False)
        _leave(status if isinstance(status, int) else 0)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except CheckerError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _leave(status: int) -> NoReturn:
    """Ends the process at once: to give back the objects of a county's report one by one takes a quarter of a second."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
