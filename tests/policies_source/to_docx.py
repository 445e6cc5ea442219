"""Writes a policy as DOCX: styles, numbered headings, merged cells, footnotes, tracked changes, text boxes."""

from __future__ import annotations

import copy
import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from source import Box, Columns, Contents, Heading, Item, PageBreak, Paragraph, Picture, Run, Source, Table

MADE = "2026-11-01T09:00:00Z"
HEADING_LEVELS = 4
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FOOTNOTES = "/word/footnotes.xml"
WIDTH, HEIGHT = 5588000, 1524000  # of a text box, in English Metric Units
TEXT_BOX = f"""
<w:r {nsdecls("w", "wp", "a")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="{WIDTH}" cy="{HEIGHT}"/>
<wp:docPr id="901" name="Text Box 1"/><a:graphic><a:graphicData
 uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>
<a:xfrm><a:off x="0" y="0"/><a:ext cx="{WIDTH}" cy="{HEIGHT}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
<a:ln w="9525"><a:solidFill><a:srgbClr val="7A0C0C"/></a:solidFill></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:shape style="width:440pt;height:120pt"><v:textbox><w:txbxContent/></v:textbox></v:shape>
</w:pict></mc:Fallback></mc:AlternateContent></w:r>
"""


class Docx:
    """A DOCX being written."""

    def __init__(self, source: Source, pictures: Path, *, accepted: bool = False) -> None:
        """With ``accepted`` the tracked changes are settled: what was deleted is gone."""
        self.source = source
        self.pictures = pictures
        self.accepted = accepted
        self.document = docx.Document()
        self.changes = 0
        self.footnotes: list[str] = []
        self._dress()

    def save(self, path: Path) -> None:
        """Writes the file: the same source gives the same bytes."""
        for block in self.source.blocks:
            self._block(block, self.document)
        buffer = io.BytesIO()
        self.document.save(buffer)
        _rewrite(buffer, path, self._footnotes_part() if self.footnotes else "")

    def _dress(self) -> None:
        meta = self.source.meta
        core = self.document.core_properties
        core.author, core.last_modified_by, core.comments = "", "", ""
        core.title = f"{meta.get('title', '')} - {meta.get('school', '')}"
        core.created = core.modified = dt.datetime(2026, 11, 1, 9)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = meta.get("font", "Calibri"), Pt(meta.get("size", 11))
        style.paragraph_format.space_after = Pt(6)
        for level in range(1, HEADING_LEVELS + 1):
            heading = self.document.styles[f"Heading {level}"]
            heading.font.name = meta.get("font", "Calibri")
            heading.font.color.rgb = RGBColor.from_string(str(meta.get("colour", "1F3864")))
        if meta.get("heading_numbers") == "auto":
            self._number_headings()
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        for place, part in (("header", section.header), ("footer", section.footer)):
            if meta.get(place):
                _running(part.paragraphs[0], str(meta[place]))

    def _number_headings(self) -> None:
        """Numbers the heading styles as Word's multilevel list does: the numbers are not in the text."""
        numbering = self.document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
            f'<w:pStyle w:val="Heading{level + 1}"/>'
            f'<w:lvlText w:val="{".".join(f"%{n}" for n in range(1, level + 2))}{"." if not level else ""}"/>'
            f'<w:lvlJc w:val="left"/></w:lvl>'
            for level in range(HEADING_LEVELS)
        )
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}'
            "</w:abstractNum>"
        )
        numbering.insert(0, abstract)
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        for level in range(HEADING_LEVELS):
            properties = self.document.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
            properties.append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
            )

    def _block(self, block: Any, where: Any) -> None:
        match block:
            case Heading(level=level, runs=runs, number=number):
                paragraph = where.add_paragraph(style=f"Heading {level}")
                if self.source.meta.get("heading_numbers") == "auto" and not number:
                    paragraph._p.get_or_add_pPr().append(
                        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
                    )
                self._write(paragraph, runs)
            case Paragraph(runs=runs):
                self._write(where.add_paragraph(), runs)
            case Item():
                self._item(block, where)
            case Table():
                self._table(block, where)
            case Box(blocks=blocks, kind=kind):
                self._box(blocks, kind, where)
            case Contents(entries=entries):
                for entry, page in entries:
                    paragraph = where.add_paragraph()
                    paragraph.paragraph_format.tab_stops.add_tab_stop(
                        Cm(16), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
                    )
                    paragraph.add_run(f"{entry}\t{page}")
            case Picture(file=file):
                where.add_paragraph().add_run().add_picture(str(self.pictures / file), width=Cm(14))
            case PageBreak():
                where.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case Columns(count=count):
                self._columns(count)

    def _columns(self, count: int) -> None:
        section = self.document.add_section(WD_SECTION.CONTINUOUS)
        for old in section._sectPr.findall(qn("w:cols")):
            section._sectPr.remove(old)
        section._sectPr.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="{count}" w:space="500"/>'))

    def _item(self, item: Item, where: Any) -> None:
        if item.number:  # typed by hand, as schools do; a real list number would be lost in many copies
            paragraph = where.add_paragraph()
            paragraph.paragraph_format.left_indent = Cm(1 + item.depth)
            paragraph.paragraph_format.first_line_indent = Cm(-0.7)
            paragraph.add_run(f"{item.number}\t")
        else:
            paragraph = where.add_paragraph(style="List Bullet 2" if item.depth else "List Bullet")
        self._write(paragraph, item.runs)

    def _write(self, paragraph: WordParagraph, runs: Iterable[Run]) -> None:
        runs = tuple(replace(run, change="") for run in runs if run.change != "del") if self.accepted else tuple(runs)
        for run in runs:
            if run.note:
                self._footnote(paragraph, run.note)
                continue
            made = paragraph.add_run(run.text)
            made.bold, made.italic = run.bold or None, run.italic or None
            if run.address:
                self._link(paragraph, made, run.address)
            elif run.change:
                self._change(made._r, run.change)
        if runs and all(run.change == "del" for run in runs):
            mark = paragraph._p.get_or_add_pPr()
            mark.append(
                parse_xml(
                    f'<w:rPr {nsdecls("w")}><w:del w:id="{self._next()}" w:author="Editor" w:date="{MADE}"/></w:rPr>'
                )
            )

    def _next(self) -> int:
        self.changes += 1
        return self.changes

    def _change(self, element: Any, change: str) -> None:
        wrapper = OxmlElement(f"w:{change}")
        wrapper.set(qn("w:id"), str(self._next()))
        wrapper.set(qn("w:author"), "Editor")
        wrapper.set(qn("w:date"), MADE)
        element.addprevious(wrapper)
        wrapper.append(element)
        if change == "del":
            for text in element.findall(qn("w:t")):
                text.tag = qn("w:delText")
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    @staticmethod
    def _link(paragraph: WordParagraph, run: Any, address: str) -> None:
        key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        wrapper = OxmlElement("w:hyperlink")
        wrapper.set(qn("r:id"), key)
        run._r.addprevious(wrapper)
        wrapper.append(run._r)

    def _footnote(self, paragraph: WordParagraph, key: str) -> None:
        self.footnotes.append("".join(run.text for run in self.source.notes[key]))
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{len(self.footnotes) + 1}"/>'))

    def _footnotes_part(self) -> str:
        notes = "".join(
            f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r><w:r>'
            f'<w:t xml:space="preserve"> {_escaped(text)}</w:t></w:r></w:p></w:footnote>'
            for n, text in enumerate(self.footnotes, start=2)
        )
        rules = "".join(
            f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
            for n, (kind, tag) in enumerate(
                (("separator", "separator"), ("continuationSeparator", "continuationSeparator"))
            )
        )
        return f"{DECLARATION}<w:footnotes {nsdecls('w')}>{rules}{notes}</w:footnotes>"

    def _table(self, table: Table, where: Any) -> None:
        width = len(table.rows[0])
        made = where.add_table(rows=len(table.rows), cols=width)
        made.style = self.document.styles["Table Grid"]
        for n, row in enumerate(table.rows):
            for m, cell in enumerate(row):
                if not (cell.rows and cell.columns):
                    continue
                target = made.cell(n, m)
                if cell.rows > 1 or cell.columns > 1:
                    target = target.merge(made.cell(n + cell.rows - 1, m + cell.columns - 1))
                self._lines(target, cell.lines, head=n < table.heads)
        if where is self.document:
            where.add_paragraph()

    def _lines(self, target: Any, lines: Iterable[Iterable[Run]], *, head: bool) -> None:
        for n, line in enumerate(lines):
            paragraph = target.paragraphs[0] if not n else target.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            self._write(paragraph, line)
            if head:
                for run in paragraph.runs:
                    run.bold = True

    def _box(self, blocks: Iterable[Any], kind: str, where: Any) -> None:
        """A letter is a table of one cell; a box is a text box, as Word draws it."""
        if kind == "letter":
            cell = where.add_table(rows=1, cols=1, style=self.document.styles["Table Grid"]).cell(0, 0)
            for block in blocks:
                self._block(block, cell)
            cell._tc.remove(cell.paragraphs[0]._p)
            where.add_paragraph()
            return
        body = self.document.element.body
        before = len(body)
        for block in blocks:
            self._block(block, self.document)
        inside = list(body)[before - 1 : len(body) - 1]
        holder = self.document.add_paragraph()
        shape = parse_xml(TEXT_BOX)
        for place in shape.iter(qn("w:txbxContent")):  # Word writes the text twice: for itself and for older readers
            place.extend(copy.deepcopy(element) for element in inside)
        for element in inside:
            body.remove(element)
        holder._p.append(shape)


def _running(paragraph: WordParagraph, text: str) -> None:
    before, page, after = text.partition("{page}")
    paragraph.add_run(before)
    if page:
        for kind in ("begin", None, "end"):
            run = paragraph.add_run()
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = "PAGE"
            run._r.append(element)
        paragraph.add_run(after)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _rewrite(buffer: io.BytesIO, path: Path, footnotes: str) -> None:
    """Writes the parts again with one date, without the template's thumbnail, and with the footnotes."""
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/thumbnail.jpeg":
                continue
            if name == "_rels/.rels":
                data = _without(data, b"thumbnail")
            if footnotes and name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
                data = data.replace(
                    b"</Types>", f'<Override PartName="{FOOTNOTES}" ContentType="{kind}"/></Types>'.encode()
                )
            if footnotes and name == "word/_rels/document.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                entry = f'<Relationship Id="rIdNotes" Type="{kind}" Target="footnotes.xml"/></Relationships>'
                data = data.replace(b"</Relationships>", entry.encode())
            new.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
        if footnotes:
            new.writestr(zipfile.ZipInfo(FOOTNOTES[1:], (2026, 11, 1, 9, 0, 0)), footnotes, zipfile.ZIP_DEFLATED)


def _without(relations: bytes, kind: bytes) -> bytes:
    parts = relations.split(b"<Relationship ")
    return b"<Relationship ".join(part for part in parts if kind not in part) + (
        b"" if kind not in parts[-1] else b"</Relationships>"
    )
