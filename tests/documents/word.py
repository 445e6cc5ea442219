"""Makes Word documents from bits of XML, as Word itself would write them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from checker.documents.assemble import assemble
from checker.documents.docx import load
from checker.documents.model import Document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="School heading"/><w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def run(text: str, properties: str = "") -> str:
    shaped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shaped}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    shaped = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{shaped}{content if content.startswith('<') else run(content)}</w:p>"


def listed(text: str, number: int, level: int = 0, style: str = "") -> str:
    shape = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, style, shape)


def cell(content: str, properties: str = "") -> str:
    inner = content if content.startswith(("<w:p", "<w:tbl")) else paragraph(run(content))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def picture(width: float, height: float, alternative: str = "") -> str:
    """A picture, its size in points."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{int(width * 12700)}" cy="{int(height * 12700)}"/>'
        f'<wp:docPr id="1" name="p" descr="{alternative}"/><a:graphic><a:graphicData><a:blip r:embed="rId9"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def write(path: Path, body: str, parts: Mapping[str, str] | None = None, styles: str = STYLES) -> Path:
    """Writes a document.

    Args:
        path: Where to.
        body: What stands in ``<w:body>``.
        parts: Further parts by their kind: ``numbering``, ``footnotes``, ``header``, ``footer`` and so on; what
            stands inside their root element. A kind with a ``/``, such as ``diagrams/data1``, is a whole file.
        styles: What stands in ``<w:styles>``.
    """
    parts = {"styles": styles, **(parts or {})}
    roots = {"header": "hdr", "footer": "ftr"}
    relations = "".join(f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>' for kind in parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr(
            "_rels/.rels", _relations(f'<Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/>')
        )
        file.writestr("word/_rels/document.xml.rels", _relations(relations))
        file.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        for kind, content in parts.items():
            root = roots.get(kind, kind)
            inner = f"<w:{root} {NAMES}>{content}</w:{root}>" if "/" not in kind else content
            file.writestr(f"word/{kind}.xml", inner)
    return path


def read_body(folder: Path, body: str, parts: Mapping[str, str] | None = None, styles: str = STYLES) -> Document:
    """Writes a document and reads it back."""
    path = write(folder / "policy.docx", body, parts, styles)
    return assemble(load(path), path.name)


def _relations(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )
