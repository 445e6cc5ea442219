"""Where passages stand in files that have lines, for formats whose readers jump to a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checker.errors import UnreadableError
from checker.findings import Passage
from checker.report import Subject
from checker.reports.presentation import Presentation

_WITH_LINES = (".txt", ".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Place:
    """Lines and columns of a file, from 1; the end column is the one after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


def places_of(subject: Subject, presentation: Presentation) -> Callable[[Passage], Place | None]:
    """Returns what tells where a passage stands; it says ``None`` in files without lines, such as PDF.

    Args:
        subject: The subject that the passages belong to.
        presentation: How documents are read again.
    """
    text = _text(subject, presentation)

    def place(passage: Passage) -> Place | None:
        if text is None or text[passage.start : passage.end] != passage.quote:
            return None
        line, column = _position(text, passage.start)
        end_line, end_column = _position(text, passage.end)
        return Place(line, column, end_line, end_column)

    return place


def _text(subject: Subject, presentation: Presentation) -> str | None:
    if subject.file is None or presentation.load is None or subject.file.suffix.lower() not in _WITH_LINES:
        return None
    try:
        return presentation.load(subject.file).text
    except UnreadableError:
        return None


def _position(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
