"""How a report is to be shown, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.documents.model import Document


@dataclass(frozen=True, slots=True)
class Written:
    """A report that is more than one text.

    Attributes:
        content: The file; or the files of a folder, by their names in it, with ``/``.
        remarks: What the user should know about it, such as what it leaves out.
        troubles: What should stand in it and could not be made; it makes the exit status 2.
    """

    content: bytes | Mapping[str, bytes]
    remarks: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Presentation:
    """How a report is to be shown.

    Attributes:
        max_rows: How many rows of a register's finding are shown; 0 for all.
        verbose: Whether passes show their evidence.
        quiet: Whether only what needs attention is shown.
        width: The width of the text in characters.
        colour: Whether the text may be coloured.
        load: Reads the document of a policy again, for formats that show its text; raises
            :class:`~checker.errors.UnreadableError`.
        target: The file that the report goes to, for formats that depend on its ending or on what stands in it
            already; ``None`` for stdout.
        include_passes: Whether formats that show failures alone, because their readers take everything for one, show
            every verdict.
    """

    max_rows: int = 50
    verbose: bool = False
    quiet: bool = False
    width: int = 100
    colour: bool = False
    load: Callable[[Path], Document] | None = None
    target: Path | None = None
    include_passes: bool = False
