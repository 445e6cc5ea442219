"""The page for a board as a Word file, for those who put it into their own papers."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from checker.reports.safe import for_page
from checker.reports.summary.content import Point, Side

if TYPE_CHECKING:
    from docx.document import Document

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can hold: no clock is read
FONT = "Arial"


def as_word(side: Side) -> bytes:
    """Returns the page as a Word file."""
    import docx

    document = docx.Document()
    _set_up(document, side)
    document.add_heading(_clean(side.subtitle), 1)
    document.add_paragraph(_clean(side.title), style="Subtitle")
    document.add_paragraph(f"Checked: {_clean(side.about)}")
    document.add_paragraph().add_run(_clean(side.stands)).bold = True
    for part in side.parts:
        document.add_heading(_clean(part.heading), 2)
        for point in part.points:
            _point(document, point)
        if part.more:
            document.add_paragraph(part.more)
    document.add_heading("What is asked of the board", 2)
    for line in side.asked:
        document.add_paragraph(_clean(line), style="List Bullet")
    document.add_paragraph(_clean(" ".join(side.limits)), style="Caption")
    return _packed(document)


def _point(document: Document, point: Point) -> None:
    paragraph = document.add_paragraph(style="List Bullet")
    if point.lead:
        paragraph.add_run(_clean(point.lead)).bold = True
        paragraph.add_run(": " if point.words else "")
    paragraph.add_run(_clean(point.words))


def _set_up(document: Document, side: Side) -> None:
    """Sets the sheet, the styles and the properties; the times in them would differ from run to run."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(13)
    section.left_margin = section.right_margin = Mm(16)
    sizes = {"Normal": 9.5, "List Bullet": 9.5, "Heading 1": 15, "Heading 2": 11, "Subtitle": 9.5, "Caption": 8.5}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.italic = FONT, Pt(size), False
        style.font.bold = name.startswith("Heading")
        style.font.color.rgb = RGBColor(0x1C, 0x21, 0x27)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(key), FONT)
        style.paragraph_format.space_before = Pt(5 if name == "Heading 2" else 0)
        style.paragraph_format.space_after = Pt(1)
        style.paragraph_format.line_spacing = 1.0
    properties = document.core_properties
    properties.title, properties.author = _clean(f"{side.title}: {side.subtitle}")[:255], "attendance-checker"
    properties.comments = properties.keywords = properties.subject = ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _packed(document: Document) -> bytes:
    """Returns the file with no time of day in its archive."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return packed.getvalue()


def _clean(text: str) -> str:
    return " ".join(for_page(text).split())
