"""The ways in: what counts as a register, and how it is read. Nothing heavy is imported before one is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checker.registers import FILE
from checker.schools import School

if TYPE_CHECKING:
    from checker.registers.model import Register


@dataclass(frozen=True, slots=True)
class RegisterLoader:
    """A way to read registers.

    Attributes:
        name: The kind of register.
        accepts: Whether a path is one; must be quick.
        school: Returns what a register says of its school, without reading the marks.
        load: Reads a register as at a day (``None``: its own); raises :class:`~checker.errors.UnreadableError`.
        fingerprint: Returns a hash of everything that ``load`` and the checks look at, ``None`` where it cannot be told;
            without it the results are not kept and a register is read in every run.
    """

    name: str
    accepts: Callable[[Path], bool]
    school: Callable[[Path], School]
    load: Callable[[Path, dt.date | None], Register]
    fingerprint: Callable[[Path], str | None] | None = None


def _folder(path: Path) -> Path:
    return path.parent if path.name == FILE else path


def _accepts(path: Path) -> bool:
    return (_folder(path) / FILE).is_file()


def _school(path: Path) -> School:
    from checker.registers.settings import load_settings

    return load_settings(_folder(path)).school


def _load(path: Path, as_at: dt.date | None) -> Register:
    from checker.registers.native import load

    return load(_folder(path), as_at)


def _fingerprint(path: Path) -> str | None:
    from checker.registers.native import fingerprint

    return fingerprint(_folder(path))


BUILT_IN = (RegisterLoader("folder", _accepts, _school, _load, _fingerprint),)
