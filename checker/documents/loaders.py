"""The loaders by file ending, and what is said about files that none of them reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checker.documents import pdf
from checker.documents.draft import Draft


@dataclass(frozen=True, slots=True)
class DocumentLoader:
    """A way to read one format.

    Attributes:
        name: The format, such as ``pdf``.
        suffixes: The file endings that it reads, with the dot, in lower case.
        load: Turns a file into a draft; raises :class:`~checker.errors.UnreadableError`.
    """

    name: str
    suffixes: tuple[str, ...]
    load: Callable[[Path], Draft]


BUILT_IN: tuple[DocumentLoader, ...] = (DocumentLoader("pdf", (".pdf",), pdf.load),)
