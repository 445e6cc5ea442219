"""Where each piece of a Word document's text stands in its XML: the way back from a quotation to the runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.documents.docx import Reader
from checker.documents.docx_package import Package
from checker.documents.docx_runs import Line


@dataclass(frozen=True, slots=True)
class Origin:
    """A piece of text and the element that it comes from.

    Attributes:
        start: Offset of its first character in the document's text.
        end: Offset after its last.
        element: Where the element stands among all elements of the part, from 0.
        first: How many characters of the element stand before the first one, soft hyphens not counted.
    """

    start: int
    end: int
    element: int
    first: int


@dataclass(frozen=True, slots=True)
class Origins:
    """A Word document's text, and where it comes from.

    Attributes:
        part: The name of the part that holds the text.
        text: The text that quotations stand in.
        pieces: The pieces of it that stand in that part, in order; headers, footers and notes stand elsewhere.
    """

    part: str
    text: str
    pieces: tuple[Origin, ...]


def read_with_origins(path: Path) -> Origins:
    """Reads a Word document with the way back to its runs.

    Raises:
        UnreadableError: As :func:`checker.documents.docx.load` does.
    """
    with Package(path) as package:
        reader = Reader(package)
        reader.read()
        order = {element: number for number, element in enumerate(reader.root.iter("*"))}
        return Origins(package.main, str(reader.text), tuple(_pieces(reader.written, order)))


def _pieces(written: Iterable[tuple[int, Line]], order: dict[Any, int]) -> Iterator[Origin]:
    for begin, line in written:
        for offset, length, element in line.origins:
            first, last = max(offset, 0), min(offset + length, len(line.text))
            if first < last and element in order:
                yield Origin(begin + first, begin + last, order[element], first - offset)
