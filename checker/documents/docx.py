"""Reads Word documents, straight from their XML: as they read with all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.documents.docx_numbering import Numbered, Numbering
from checker.documents.docx_package import Package, value_of, w
from checker.documents.docx_runs import MARKUP, Fields, Line, Paragraph, branch, never_closed
from checker.documents.docx_styles import Style, Styles, numbering_of, outline_level
from checker.documents.docx_tables import Row, is_layout, rows_of, table_part
from checker.documents.draft import Draft, DraftText, Part, PartKind, Span
from checker.documents.pictures import PictureTexts, image_of
from checker.errors import UnreadableError

_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_POINT = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}pt"
_THROUGH = frozenset(w(name) for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_MARK_DELETED = f"{w('rPr')}/{w('del')}"
_MACROS = "The document holds macros. They were not run; only its text was read."
_INCLUDED = "The document includes another file, which was not read: give that file too."
_NOTES_MISSING = "Notes at the foot of the page are missing from the file: save the document again in Word."
_DIAGRAM_MISSING = "The words of a diagram are missing from the file: save the document again in Word."


def load(path: Path) -> Draft:
    """Reads a Word document.

    Raises:
        UnreadableError: If it is no Word document, is protected by a password, damaged, too large, or empty.
    """
    with Package(path) as package:
        reader = Reader(package)
        reader.read()
        if not any(part.kind is not PartKind.RUNNING for part in reader.parts):
            raise UnreadableError("empty", f"{path.name}: the document holds no text. Save it again and try once more.")
        notes = [*([_MACROS] if package.has_macros else []), *reader.notes, *reader.pictures.notes]
        return Draft(
            "docx", str(reader.text), tuple(reader.parts), title=_title(package), notes=notes, lost=reader.lost
        )  # fmt: skip


def _title(package: Package) -> str | None:
    core = package.xml("docProps/core.xml")
    title = (core.findtext(f"{_DUBLIN}title") or "").strip() if core is not None else ""
    return title or None


@dataclass(slots=True)
class _Cell:
    """A cell that is being read: its paragraphs go into it instead of into the document."""

    paragraphs: list[Span] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)

    def add(self, span: Span, bold: bool) -> None:
        """Adds a line."""
        self.paragraphs.append(span)
        self.bold.append(bold)


class Reader:
    """One walk over a document.

    Args:
        package: The document.

    Attributes:
        text: What is read.
        parts: Its parts.
        notes: What a user should know.
        lost: Those of the notes that say that text is missing.
        written: Each line, with the offset at which it stands in the text.
        root: The part that holds the text; ``None`` before it is read, or where there is none.
    """

    def __init__(self, package: Package) -> None:
        self.text = DraftText()
        self.parts: list[Part] = []
        self.notes: list[str] = []
        self.lost: list[str] = []
        self.written: list[tuple[int, Line]] = []
        self.root: Any = None
        self._package = package
        self._relations = package.relations(package.main)
        self.pictures = PictureTexts()
        self._styles = Styles(self._related("styles"))
        self._numbering = Numbering(self._related("numbering"))
        self._fields = Fields()
        self._tables = 0
        self._cell: _Cell | None = None
        self._waiting: list[Part] = []
        self._noted: dict[str, dict[str, Any]] = {}
        self._carried: list[Line] = []

    def read(self) -> None:
        """Reads headers, body with its notes, and footers."""
        self.root = self._package.xml(self._package.main)
        body = self.root.find(w("body")) if self.root is not None else None
        if body is None:
            return
        self._fields = Fields(never_closed=never_closed(body))
        self._running(body, "headerReference")
        self._blocks(body)
        for line in self._with_carried([]):
            self._add(line, None, False, None, self._styles.default)
        self._running(body, "footerReference")

    def _related(self, kind: str) -> Any:
        return next((self._package.xml(name) for known, name in self._relations.values() if known == kind), None)

    def _running(self, body: Any, kind: str) -> None:
        """Reads the headers or footers, each text once."""
        shown: set[str] = set()
        for reference in body.iter(w(kind)):
            name = self._relations.get(reference.get(_ID) or "", ("", ""))[1]
            root = self._package.xml(name)
            for element in root.iter(w("p")) if root is not None else ():
                fields = Fields()
                for line in Paragraph(element, self._style(element.find(w("pPr"))), self._styles, fields).lines():
                    if line.text not in shown:
                        shown.add(line.text)
                        span = self.text.add(line.text)
                        self.parts.append(Part(PartKind.RUNNING, span.start, span.end))

    def _blocks(self, parent: Any) -> None:
        for element in parent:
            tag = element.tag
            if tag == w("p"):
                self._paragraph(element)
            elif tag == w("tbl"):
                self._table(element)
            elif tag in _THROUGH:
                self._blocks(element)
            elif tag == f"{MARKUP}AlternateContent":
                self._blocks(branch(element))
            elif tag == w("altChunk"):
                self._lose(_INCLUDED)

    def _lose(self, note: str) -> None:
        """Notes that text is missing."""
        if note not in self.lost:
            self.lost.append(note)
            self.notes.append(note)

    def _style(self, properties: Any) -> Style:
        return self._styles.get(value_of(properties.find(w("pStyle"))) if properties is not None else None)

    def _paragraph(self, element: Any) -> None:
        properties = element.find(w("pPr"))
        style = self._style(properties)
        paragraph = Paragraph(element, style, self._styles, self._fields)
        lines = self._with_carried(list(paragraph.lines()))
        if lines and properties is not None and properties.find(_MARK_DELETED) is not None:
            self._carried, lines = lines, []
        numbered = self._numbered(properties, style) if lines else None
        heading = style.heading if properties is None else outline_level(properties, style.heading)
        contents = style.contents or paragraph.in_contents
        for line in lines:
            if self._cell is not None:
                shown = f"{numbered.marker} " if numbered and numbered.marker and not numbered.bullet else ""
                self._cell.add(self._write(line, shown), line.bold)  # the number may be what the cell says
            else:
                self._add(line, None if contents else heading, contents, numbered, style)
            numbered = None
        self._besides(paragraph)

    def _with_carried(self, lines: list[Line]) -> list[Line]:
        """Returns lines after those of the paragraph before, where a tracked change deletes the mark between them."""
        if not self._carried:
            return lines
        *before, last = self._carried
        self._carried = []
        if lines:
            first, *lines = lines
            last = last.followed_by(first)
        return [*before, last, *lines]

    def _numbered(self, properties: Any, style: Style) -> Numbered | None:
        number, level = style.numbering, style.level
        if properties is not None:
            number, level = numbering_of(properties, number, level)
        return self._numbering.next(number, level, style.id) if number not in {"", "0"} else None

    def _add(self, line: Line, heading: int | None, contents: bool, numbered: Numbered | None, style: Style) -> None:
        span = self._write(line)
        item = None
        if heading is None and numbered is not None:
            item = max(numbered.level, style.listed or 0)
        self.parts.append(
            Part(
                PartKind.TEXT, span.start, span.end, heading=heading, item=item, contents=contents,
                marker=numbered.marker if numbered else "", bold=line.bold and heading is None, size=line.size,
            )
        )  # fmt: skip

    def _words_on(self, image: str) -> list[str]:
        name = self._relations.get(image, ("", ""))[1]
        return self.pictures.paragraphs(lambda: image_of(self._package.bytes(name)))

    def _besides(self, paragraph: Paragraph) -> None:
        """Reads what a paragraph carries: pictures, text boxes, diagrams, footnotes."""
        found = paragraph.found
        if found.includes:
            self._lose(_INCLUDED)
        for picture in found.pictures:
            words = self._words_on(picture.image)
            for paragraph_read in words:
                span = self.text.add(paragraph_read)
                self._put(Part(PartKind.TEXT, span.start, span.end, ocr=True))
            if not words:
                span = self.text.add(picture.alternative)
                self._put(Part(PartKind.PICTURE, span.start, span.end))
        for box in found.boxes:
            self._blocks(box)
        for diagram in found.diagrams:
            self._diagram(self._relations.get(diagram, ("", ""))[1])
        for kind, number in found.notes:
            for note in self._note(kind, number):
                for line in Paragraph(note, self._style(note.find(w("pPr"))), self._styles, Fields()).lines():
                    span = self.text.add(line.text)
                    self._put(Part(PartKind.TEXT, span.start, span.end, size=line.size))

    def _write(self, line: Line, before: str = "") -> Span:
        span = self.text.add(before + line.text)
        self.written.append((span.start + len(before), line))
        return span

    def _put(self, part: Part) -> None:
        """Adds a part; one that stands inside a cell comes after the table."""
        (self.parts if self._cell is None else self._waiting).append(part)

    def _diagram(self, name: str) -> None:
        root = self._package.xml(name)
        if root is None:
            self._lose(_DIAGRAM_MISSING)
        for point in root.iter(_POINT) if root is not None else ():
            text = "".join(text.text or "" for text in point.iter(_TEXT)).strip()
            if text:
                span = self.text.add(text)
                self._put(Part(PartKind.TEXT, span.start, span.end))

    def _note(self, kind: str, number: str) -> Iterable[Any]:
        if kind not in self._noted:
            root = self._related(f"{kind}s")
            notes = root.iterchildren(w(kind)) if root is not None else ()
            self._noted[kind] = {value_of(note, "id") or "": note for note in notes}
        note = self._noted[kind].get(number)
        if note is None:
            self._lose(_NOTES_MISSING)
        return note.iter(w("p")) if note is not None else ()

    def _table(self, element: Any) -> None:
        if self._cell is not None:
            self._table_in_cell(element)
            return
        rows = list(rows_of(element))
        if is_layout(rows):
            for row in rows:
                for cell in row.cells:
                    self._blocks(cell.element)
            return
        number = self._tables
        self._tables += 1
        self.parts += table_part(rows, self._cells(rows), number)
        self.parts += self._waiting
        self._waiting = []

    def _cells(self, rows: Iterable[Row]) -> Iterator[list[tuple[tuple[Span, ...], bool]]]:
        """Yields the paragraphs of each row's cells, and whether they are bold."""
        for row in rows:
            read = []
            for cell in row.cells:
                self._cell = _Cell()
                self._blocks(cell.element)
                read.append((tuple(self._cell.paragraphs), all(self._cell.bold)))
                self._cell = None
            yield read

    def _table_in_cell(self, element: Any) -> None:
        """Reads a table inside a cell: each of its rows is a paragraph of the cell."""
        outer = self._cell
        assert outer is not None
        for row in rows_of(element):
            start = len(self.text)
            bold = []
            for cell in row.cells:
                self._cell = _Cell()
                self._blocks(cell.element)
                bold += self._cell.bold
            end = len(self.text)
            if end > start:
                outer.paragraphs.append(Span(start, end - 1))
                outer.bold.append(all(bold))
        self._cell = outer


_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
