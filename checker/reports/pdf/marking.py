"""Marks the passages in a copy of a PDF and puts the summary in front."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from checker.documents.model import Document
from checker.errors import UnreadableError
from checker.findings import Verdict
from checker.levels import Level
from checker.report import Report, Subject
from checker.reports.notes import AUTHOR, Note, notes
from checker.reports.pdf.boxes import Box, Boxes
from checker.reports.pdf.summary import Linked, summary
from checker.reports.presentation import Presentation

_COLOURS = {Level.LAW: "ff9999", Level.GUIDANCE: "ffd966", Level.LOCAL: "ffe599", Level.QUALITY: "9fc5e8"}
_REVIEW = "d5a6e6"
_RANKING = [*_COLOURS.values(), _REVIEW]  # of several notes on the same words the weightiest gives the colour
_BETWEEN = "\n\n– – –\n\n"
_NOTE = 20.0  # the side of a note's sign, in points
_LONGEST = 4_000


def marked(subject: Subject, report: Report, presentation: Presentation) -> bytes:
    """Returns a copy of a policy's PDF with highlights, notes and a summary in front.

    Raises:
        UnreadableError: If the file can no longer be read, or is too damaged to be copied.
    """
    assert subject.file is not None
    assert presentation.load is not None
    document = presentation.load(subject.file)
    data = subject.file.read_bytes()
    listed = [note for note in notes(subject, document, report) if note.finding is not None]
    front, links = summary(subject, report)
    with _quiet():
        for mend in (False, True):
            try:
                return _copy(_mended(data) if mend else data, document, listed, front, links)
            except (RecursionError, MemoryError) as error:
                raise _too_damaged(subject) from error
            except Exception:  # whatever pypdf stumbles over in a damaged file: then try the file as pdfium rebuilds it
                continue
    raise _too_damaged(subject)


def _too_damaged(subject: Subject) -> UnreadableError:
    return UnreadableError(
        "damaged", f"{subject.path}: the file is too damaged to be marked. Save or print it as PDF again, and try anew."
    )


def _mended(data: bytes) -> bytes:
    """Returns the file as pdfium writes it, which puts many a damaged one in order."""
    import pypdfium2

    buffer = io.BytesIO()
    document = pypdfium2.PdfDocument(data)
    try:
        document.save(buffer)
    finally:
        document.close()
    return buffer.getvalue()


def _copy(data: bytes, document: Document, listed: Sequence[Note], front: bytes, links: Sequence[Linked]) -> bytes:
    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import Link
    from pypdf.generic import Fit

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        reader.decrypt("")
    writer = PdfWriter(clone_from=reader)
    pages = len(writer.pages)
    boxes = Boxes(document)
    for number, together in enumerate(_together(listed)):
        for page, annotation in _annotations(together, document, boxes):
            if page <= pages:
                _sign(annotation, number)
                writer.add_annotation(page - 1, annotation)
    sheets = PdfReader(io.BytesIO(front)).pages
    for place, sheet in enumerate(sheets):
        writer.insert_page(sheet, place)
    for link in links:
        if link.page <= pages:
            target = Link(rect=link.box, target_page_index=len(sheets) + link.page - 1, fit=Fit.fit())
            writer.add_annotation(link.sheet, target)
    _label(writer, len(sheets))
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _together(listed: Sequence[Note]) -> list[list[Note]]:
    """Returns the notes in groups that stand on the same words: highlights above each other would hide them."""
    groups: dict[tuple[int, int, bool], list[Note]] = {}
    for note in listed:
        groups.setdefault((note.start, note.end, note.missing), []).append(note)
    return list(groups.values())


def _annotations(together: Sequence[Note], document: Document, boxes: Boxes) -> Iterator[tuple[int, Any]]:
    """Yields the marks of a passage by page: highlights, or a sign where something is missing or cannot be placed."""
    from pypdf.annotations import Highlight, Text
    from pypdf.generic import ArrayObject, FloatObject

    said = _BETWEEN.join("\n\n".join([note.heading, *note.lines])[:_LONGEST] for note in together)
    note = together[0]
    placed = boxes.of(note.start, note.end)
    if not placed:
        yield document.page_at(note.start) or 1, Text(rect=(10, 10, 10 + _NOTE, 10 + _NOTE), text=said)
    elif note.missing:
        page, (left, lower, _, upper) = boxes.first_line(note.start, note.end)
        middle, side = (lower + upper) / 2, max(left - _NOTE - 4, 2.0)
        yield page, Text(rect=(side, middle - _NOTE / 2, side + _NOTE, middle + _NOTE / 2), text=said)
    else:
        colour = min((_colour(each) for each in together), key=_RANKING.index)
        for page, found in placed.items():
            corners = ArrayObject(FloatObject(value) for box in found for value in _corners(box))
            highlight = Highlight(rect=_around(found), quad_points=corners, highlight_color=colour, printing=True)
            yield page, _with_words(highlight, said)


def _with_words(annotation: Any, said: str) -> Any:
    from pypdf.generic import NameObject, TextStringObject

    annotation[NameObject("/Contents")] = TextStringObject(said)
    return annotation


def _sign(annotation: Any, number: int) -> None:
    from pypdf.generic import NameObject, TextStringObject

    annotation[NameObject("/T")] = TextStringObject(AUTHOR)
    annotation[NameObject("/NM")] = TextStringObject(f"{AUTHOR}-{number}")


def _corners(box: Box) -> tuple[float, ...]:
    left, lower, right, upper = box
    return left, upper, right, upper, left, lower, right, lower


def _around(boxes: Sequence[Box]) -> Box:
    lefts, lowers, rights, uppers = zip(*boxes, strict=True)
    return min(lefts), min(lowers), max(rights), max(uppers)


def _colour(note: Note) -> str:
    assert note.finding is not None
    return _COLOURS[note.finding.level] if note.finding.verdict is Verdict.FAIL else _REVIEW


def _label(writer: Any, front: int) -> None:
    """Numbers the summary in roman figures, and lets the document's own pages keep their numbers."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

    root = writer.root_object
    old = root.get("/PageLabels")
    listed = old.get_object().get("/Nums") if old is not None else None
    own = listed.get_object() if listed is not None else []
    plain = DictionaryObject({NameObject("/S"): NameObject("/D")})
    roman = DictionaryObject({NameObject("/S"): NameObject("/r")})
    numbers: list[Any] = [NumberObject(0), roman]
    for first, style in zip(own[::2], own[1::2], strict=False):
        numbers += [NumberObject(int(first) + front), style]
    if len(numbers) == 2:
        numbers += [NumberObject(front), plain]
    root[NameObject("/PageLabels")] = DictionaryObject({NameObject("/Nums"): ArrayObject(numbers)})


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps pypdf from telling the user of every oddity in the school's file."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
