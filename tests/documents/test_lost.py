"""What is known to be missing from a document, nobody knows from where, is said as such."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from checker.documents import pdf
from checker.documents.model import BlockKind
from tests.documents.reading import of_kind
from tests.documents.sheets import Pen, draw
from tests.documents.test_pdf_hostile import TEXT, without_some_bytes
from tests.documents.word import paragraph, read_body, run

CHART = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="5000000" cy="3000000"/><a:graphic><a:graphicData>'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="none"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def test_damage_of_which_nobody_knows_the_page_is_said(tmp_path: Path) -> None:
    page = lambda canvas: Pen(canvas).text(TEXT)  # noqa: E731
    writer = pypdf.PdfWriter(clone_from=draw(tmp_path / "whole.pdf", page))
    writer.pages[0].compress_content_streams()
    stray = pypdf.generic.DecodedStreamObject()
    stray.set_data(" ".join(str(number**3) for number in range(500)).encode())
    packed = stray.flate_encode()
    writer._add_object(packed)
    writer.root_object[pypdf.generic.NameObject("/Stray")] = packed.indirect_reference
    path = tmp_path / "policy.pdf"
    writer.write(path)
    assert not pdf.load(path).lost
    draft = pdf.load(without_some_bytes(path, packed._data))
    assert draft.pages[0].legible
    assert any("Part of the PDF is damaged" in note for note in draft.lost)
    assert set(draft.lost) <= set(draft.notes)


@pytest.mark.parametrize(
    ("lost", "says"),
    [
        ('<w:altChunk r:id="a"/>', "includes another file"),
        ('<w:p><w:subDoc r:id="a"/></w:p>', "includes another file"),
        (paragraph("<w:r><w:footnoteReference w:id='2'/></w:r>"), "Notes at the foot of the page are missing"),
        (
            paragraph(
                '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds r:dm="none"/></a:graphicData>'
                "</a:graphic></wp:inline></w:drawing></w:r>"
            ),
            "words of a diagram are missing",
        ),
    ],
)
def test_parts_of_a_word_document_that_are_not_there(tmp_path: Path, lost: str, says: str) -> None:
    document = read_body(tmp_path, paragraph(run("We keep registers.")) + lost * 2)
    assert of_kind(document, BlockKind.PARAGRAPH) == ["We keep registers."]
    assert len(document.lost) == 1
    assert says in document.lost[0]
    assert document.lost == document.notes


def test_a_chart_is_a_picture_that_a_person_must_look_at(tmp_path: Path) -> None:
    document = read_body(tmp_path, paragraph(run("Attendance last year:") + CHART))
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.PICTURE]
