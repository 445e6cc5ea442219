"""Reads the runs of a Word paragraph: what a person would see with all changes accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from checker.documents.docx_package import R, is_on, number_of, value_of, w
from checker.documents.docx_styles import Style, Styles

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SHAPE = "{urn:schemas-microsoft-com:vml}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_POINTS = 12_700  # English Metric Units in a point
_NARROWEST, _LOWEST = 100, 50  # points: a smaller picture is a logo or an icon, and holds no text to read
_SYMBOLS = {
    "symbol": {0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB1: "±", 0xAE: "→", 0xD7: "·", 0xA0: "€"},
    "wingdings": {
        0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0xA7: "▪", 0x6E: "■", 0x6C: "●", 0xD8: "➢",
        0xE0: "→", 0xDF: "←", 0x28: "☎", 0x2A: "✉", 0x9F: "•", 0x76: "❖", 0x71: "❑", 0xF0: "⇨", 0x4A: "☺",
    },
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x54: "☒", 0xA3: "☐", 0x97: "●"},
    "webdings": {0x61: "✓", 0x72: "✗", 0x63: "☐"},
}  # fmt: skip
_THROUGH = frozenset(
    [
        w(name)
        for name in (
            "ins",
            "moveTo",
            "hyperlink",
            "smartTag",
            "sdt",
            "sdtContent",
            "fldSimple",
            "customXml",
            "bdo",
            "dir",
        )
    ]
    + [f"{_MATH}{name}" for name in ("oMath", "oMathPara")]
)
_CHARACTERS = {w("tab"): "\t", w("ptab"): "\t", w("noBreakHyphen"): "-"}
_NOTES = {w("footnoteReference"): "footnote", w("endnoteReference"): "endnote"}
_DRAWINGS = frozenset({w("drawing"), w("pict"), w("object")})
_Looks = tuple[bool, float]
_UNMARKED: _Looks = (False, 0.0)


@dataclass(slots=True)
class Line:
    """A line of a paragraph, up to its end or to a break.

    Attributes:
        text: What is read.
        bold: Whether all of it is bold.
        size: The size of its first letters in points.
        origins: The elements that its text comes from: each with the offset in ``text`` of its first character, which
            is below 0 where blanks before the first letter are left out, and with its length.
    """

    text: str
    bold: bool
    size: float
    origins: tuple[tuple[int, int, Any], ...] = ()

    def followed_by(self, line: Line) -> Line:
        """Returns this line and another as one."""
        shift = len(self.text) + 1
        moved = ((offset + shift, length, element) for offset, length, element in line.origins)
        return Line(f"{self.text} {line.text}", self.bold and line.bold, self.size, (*self.origins, *moved))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is large enough to hold text, with its alternative text and the id of its image."""

    alternative: str
    image: str = ""


@dataclass(slots=True)
class Fields:
    """The fields that are open: they may run over many paragraphs."""

    instructions: list[list[str]] = field(default_factory=list)
    in_result: list[bool] = field(default_factory=list)
    never_closed: frozenset[Any] = frozenset()

    @property
    def silent(self) -> bool:
        """Whether an instruction is open, which nobody reads."""
        return not all(self.in_result)

    @property
    def in_contents(self) -> bool:
        """Whether the result of a contents field is open."""
        return any(
            "".join(words).strip().upper().startswith("TOC") and result
            for words, result in zip(self.instructions, self.in_result, strict=True)
        )

    def change(self, mark: Any) -> None:
        """Opens a field, goes from its instruction to its result, or closes it."""
        kind = value_of(mark, "fldCharType")
        if kind == "begin" and mark not in self.never_closed:
            self.instructions.append([])
            self.in_result.append(False)
        elif kind == "separate" and self.in_result:
            self.in_result[-1] = True
        elif kind == "end" and self.in_result:
            self.instructions.pop()
            self.in_result.pop()


@dataclass(slots=True)
class Found:
    """What stands in a paragraph besides its text."""

    pictures: list[Picture] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    includes: bool = False


class Paragraph:
    """One paragraph, read.

    Args:
        element: ``<w:p>``.
        style: Its style.
        styles: All styles.
        fields: The fields that are open where it begins; left as they are where it ends.
    """

    def __init__(self, element: Any, style: Style, styles: Styles, fields: Fields) -> None:
        self.found = Found()
        self._styles = styles
        self._plain: _Looks | None = None if style.hidden else (bool(style.bold), style.size or styles.size)
        self._fields = fields
        self._pieces: list[tuple[str, Any, bool, float]] = []
        self._breaks: list[int] = []
        self.in_contents = fields.in_contents
        self._walk(element)
        self.in_contents = self.in_contents or fields.in_contents

    def lines(self) -> Iterator[Line]:
        """Yields the lines that hold text."""
        begin = 0
        for end in [*self._breaks, len(self._pieces)]:
            pieces = self._pieces[begin:end]
            begin = end
            whole = "".join(piece[0] for piece in pieces)
            text = whole.strip(" \t\n")
            if text:
                shown = [piece for piece in pieces if piece[0].strip()]
                origins = _origins(pieces, whole.index(text[0]))
                yield Line(text, all(piece[2] for piece in shown), shown[0][3], origins)

    def _walk(self, element: Any) -> None:
        for child in element:
            tag = child.tag
            if tag == w("r"):
                self._run(child)
            elif tag in _THROUGH:
                self._walk(child)
            elif tag == f"{_MATH}r":
                self._add("".join(child.itertext(f"{_MATH}t")), child, self._plain or _UNMARKED)
            elif isinstance(tag, str) and tag.startswith(_MATH):
                self._walk(child)
            elif tag == f"{MARKUP}AlternateContent":
                self._walk(branch(child))
            elif tag == w("subDoc"):
                self.found.includes = True

    def _run(self, run: Any) -> None:
        looks = self._looks(run[0]) if len(run) and run[0].tag == w("rPr") else self._plain
        if looks is None:
            for mark in run.iterchildren(w("fldChar")):
                self._fields.change(mark)
            return
        for child in run:
            shown = self._shown(child)
            if shown is None:
                self._act(child)
            else:
                self._add(shown, child, looks)

    def _shown(self, element: Any) -> str | None:
        """Returns the characters that an element of a run stands for; ``None`` where it is no text."""
        tag = element.tag
        if tag == w("t"):
            return element.text or ""
        if tag == w("sym"):
            return _symbol(element)
        return _CHARACTERS.get(tag)

    def _act(self, element: Any) -> None:
        """Follows a field, a break, a reference to a note, a drawing."""
        tag = element.tag
        if tag in {w("br"), w("cr")}:
            self._break(value_of(element, "type"))
        elif tag == w("fldChar"):
            self._fields.change(element)
            self.in_contents = self.in_contents or self._fields.in_contents
        elif tag == w("instrText") and self._fields.instructions:
            self._fields.instructions[-1].append(element.text or "")
        elif tag in _NOTES:
            self.found.notes.append((_NOTES[tag], value_of(element, "id") or ""))
        elif tag in _DRAWINGS:
            self._drawn(element)
        elif tag == f"{MARKUP}AlternateContent":
            for inner in branch(element):
                if inner.tag in _DRAWINGS:
                    self._drawn(inner)
        elif tag == w("ruby"):
            for base in element.iterchildren(w("rubyBase")):
                self._walk(base)

    def _add(self, text: str, element: Any, looks: _Looks) -> None:
        if text and not self._fields.silent:
            self._pieces.append((text.replace("\u00ad", ""), element, *looks))

    def _looks(self, properties: Any) -> _Looks | None:
        """Returns how the letters of a run look; ``None`` where nobody sees them."""
        given = {element.tag: element for element in properties}
        named = self._styles.get(value_of(given[w("rStyle")])) if w("rStyle") in given else None
        hidden = self._plain is None or (named is not None and named.hidden)
        if w("vanish") in given:
            hidden = is_on(given[w("vanish")])
        if hidden or is_on(given.get(w("strike"))) or is_on(given.get(w("dstrike"))):
            return None
        bold, size = self._plain or (False, self._styles.size)
        if named is not None:
            bold, size = bold if named.bold is None else named.bold, named.size or size
        if w("b") in given:
            bold = is_on(given[w("b")])
        if w("sz") in given:
            size = number_of(value_of(given[w("sz")])) / 2 or size
        return bold, size

    def _break(self, kind: str | None) -> None:
        if not self._fields.silent and kind in {None, "textWrapping", "page", "column"}:
            self._breaks.append(len(self._pieces))

    def _drawn(self, drawing: Any) -> None:
        """Notes the text boxes, pictures and diagrams of a drawing."""
        boxes = [box for box in drawing.iter(w("txbxContent")) if not _in_other_branch(box, drawing)]
        self.found.boxes.extend(boxes)
        for diagram in drawing.iter(f"{_DIAGRAM}relIds"):
            self.found.diagrams.append(diagram.get(f"{R}dm") or "")
        if boxes:
            return
        drawn = next(drawing.iter(f"{_DRAWING}blip", f"{_SHAPE}imagedata", f"{_CHART}chart"), None)
        if drawn is not None and _large(drawing):
            image = drawn.get(f"{_RELATION}embed") or drawn.get(f"{_RELATION}id") or ""
            self.found.pictures.append(Picture(_alternative(drawing), image))


def _origins(pieces: Iterable[tuple[str, Any, bool, float]], left_out: int) -> tuple[tuple[int, int, Any], ...]:
    offset, origins = -left_out, []
    for text, element, *_ in pieces:
        origins.append((offset, len(text), element))
        offset += len(text)
    return tuple(origins)


def never_closed(body: Any) -> frozenset[Any]:
    """Returns the marks that begin a field without an end: what follows them is text, not the field's instruction."""
    begun: list[Any] = []
    for mark in body.iter(w("fldChar")):
        kind = value_of(mark, "fldCharType")
        if kind == "begin":
            begun.append(mark)
        elif kind == "end" and begun:
            begun.pop()
    return frozenset(begun)


def branch(element: Any) -> Any:
    """Returns the one branch of an alternative that is read: Word writes the same content in each."""
    chosen = element.find(f"{MARKUP}Choice")
    if chosen is None or not len(chosen):
        chosen = element.find(f"{MARKUP}Fallback")
    return chosen if chosen is not None else ()


def _in_other_branch(element: Any, top: Any) -> bool:
    """Whether it stands in a fallback whose first choice is read, or inside another text box."""
    for above in element.iterancestors():
        if above is top:
            return False
        if above.tag == w("txbxContent"):
            return True
        if above.tag == f"{MARKUP}Fallback" and above.getparent().find(f"{MARKUP}Choice") is not None:
            return True
    return False


def _large(drawing: Any) -> bool:
    """Whether a picture is large enough to hold text, and not marked as decoration."""
    if next(drawing.iter(_DECORATIVE), None) is not None:
        return False
    extent = next(drawing.iter(f"{_ANCHOR}extent"), None)
    if extent is not None:
        width, height = (number_of(extent.get(side)) / _POINTS for side in ("cx", "cy"))
        return width >= _NARROWEST and height >= _LOWEST
    shape = next(drawing.iter(f"{_SHAPE}shape"), None)
    sizes = dict(
        pair.split(":", 1) for pair in (shape.get("style") or "").lower().split(";") if ":" in pair
    ) if shape is not None else {}  # fmt: skip
    return _points(sizes.get("width")) >= _NARROWEST and _points(sizes.get("height")) >= _LOWEST


def _points(written: str | None) -> float:
    """Returns a length of VML in points; one that is not stated counts as large."""
    if not written:
        return float(_NARROWEST)
    number = written.strip().rstrip("abcdefghijklmnopqrstuvwxyz%")
    try:
        return float(number) * (72 if written.strip().endswith("in") else 1)
    except ValueError:
        return float(_NARROWEST)


def _alternative(drawing: Any) -> str:
    named = next(drawing.iter(f"{_ANCHOR}docPr"), None)
    if named is not None:
        return named.get("descr") or ""
    shape = next(drawing.iter(f"{_SHAPE}shape"), None)
    return (shape.get("alt") or "") if shape is not None else ""


def _symbol(element: Any) -> str:
    """Returns the character that a symbol font shows; a bullet where it is not known."""
    try:
        code = int(value_of(element, "char") or "", 16)
    except ValueError:
        return ""
    font = (value_of(element, "font") or "").lower()
    if font in _SYMBOLS:
        return _SYMBOLS[font].get(code & 0xFF, "•")
    return chr(code) if 0x20 <= code < 0xD800 or 0xF8FF < code < 0x110000 else "•"
