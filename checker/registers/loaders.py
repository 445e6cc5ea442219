"""The ways in: what counts as a register, and how it is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checker.registers.model import Register
from checker.schools import School


@dataclass(frozen=True, slots=True)
class RegisterLoader:
    """A way to read registers.

    Attributes:
        name: The kind of register.
        accepts: Whether a path is one; must be quick.
        school: Returns what a register says of its school, without reading the marks.
        load: Reads a register as at a day (``None``: its own); raises :class:`~checker.errors.UnreadableError`.
    """

    name: str
    accepts: Callable[[Path], bool]
    school: Callable[[Path], School]
    load: Callable[[Path, dt.date | None], Register]


BUILT_IN: tuple[RegisterLoader, ...] = ()
