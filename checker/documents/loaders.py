"""The loaders by file ending, and what is said about files that none of them reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def _text(path: Path) -> Draft:
    from checker.documents.text import load

    return load(path)


def _markdown(path: Path) -> Draft:
    from checker.documents.markdown import load

    return load(path)


def _html(path: Path) -> Draft:
    from checker.documents.html import load

    return load(path)


def _pdf(path: Path) -> Draft:
    from checker.documents.pdf import load

    return load(path)


def _docx(path: Path) -> Draft:
    from checker.documents.docx import load

    return load(path)


BUILT_IN: tuple[DocumentLoader, ...] = (
    DocumentLoader("docx", (".docx",), _docx),
    DocumentLoader("html", (".html", ".htm", ".xhtml"), _html),
    DocumentLoader("markdown", (".md", ".markdown"), _markdown),
    DocumentLoader("pdf", (".pdf",), _pdf),
    DocumentLoader("text", (".txt", ".text"), _text),
)
