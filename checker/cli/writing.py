"""Puts finished reports where they were asked for: to stdout, into a file, or into a folder."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.common import write_out
from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.reports.presentation import Written


def deliver(made: str | bytes | Written, name: str, target: Path | None, originals: Collection[Path]) -> bool:
    """Writes a report, and says on stderr what the user should know about it.

    Args:
        made: The report.
        name: The name of its format.
        target: The file or the folder that it goes to; ``None`` for stdout.
        originals: The files that were checked, none of which is ever written over.

    Returns:
        Whether everything is in it that should be.

    Raises:
        UsageError: If it cannot go there.
    """
    content: str | bytes | Mapping[str, bytes] = made if isinstance(made, str | bytes) else made.content
    remarks: tuple[str, ...] = () if isinstance(made, str | bytes) else made.remarks
    troubles: tuple[str, ...] = () if isinstance(made, str | bytes) else made.troubles
    if isinstance(content, Mapping):
        for file, data in content.items():
            _into_file(data, (target or Path()) / file, originals)
    elif target is not None:
        _into_file(content.encode("utf-8", "replace") if isinstance(content, str) else content, target, originals)
    elif isinstance(content, bytes) and sys.stdout.isatty():
        raise UsageError(f"--format {name} is no text: give it a file, as in --format {name}=report.{name}.")
    else:
        write_out(content)
    for remark in (*remarks, *troubles):
        click.echo(remark, err=True)
    return not troubles


def _into_file(content: bytes, target: Path, originals: Collection[Path]) -> None:
    """Writes a file whole or not at all: a workbook that people have worked in must not be lost half-way."""
    if target.resolve() in originals:
        raise UsageError(f"{target}: this file was checked, and is not written over. Give the report another name.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_file():  # such as /dev/null
            target.write_bytes(content)
            return
        handle, draft = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(draft).chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
            Path(draft).replace(target)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except PermissionError as error:
        raise UsageError(
            f"{target}: may not be written. If it is open in another program, close it there and try again."
        ) from error
    except OSError as error:
        raise UsageError(f"{target}: the report could not be written ({error.strerror}).") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
