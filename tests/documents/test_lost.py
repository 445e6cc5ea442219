"""What is known to be missing from a document, nobody knows from where, is said as such."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdf
import pytest

from checker.documents import pdf
from checker.documents.model import BlockKind
from checker.errors import UnreadableError
from tests.documents.reading import of_kind, read
from tests.documents.sheets import Pen, draw
from tests.documents.test_pdf_hostile import TEXT, raw_pdf, without_some_bytes
from tests.documents.word import paragraph, read_body, run, write

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


def test_words_in_a_font_that_does_not_say_its_letters(tmp_path: Path) -> None:
    written = b"(" + TEXT.encode() + b") Tj 0 -20 Td (\x01\x04\x05\x06 \x07\x05\x04\x0f\x10) Tj"
    draft = pdf.load(raw_pdf(tmp_path / "policy.pdf", b"BT /F 11 Tf 72 700 Td " + written + b" ET"))
    assert TEXT in draft.text
    assert draft.pages[0].legible
    assert any("words are missing from page 1" in note for note in draft.lost)


@pytest.mark.parametrize("codes", [b"\x03\x03\x03\x03\x03\x03\x03", b"\x08\x08\x08\x08\x08\x08", b"\x01\x04\x05"])
def test_blanks_and_bullets_without_a_meaning_are_no_words(tmp_path: Path, codes: bytes) -> None:
    written = b"(" + TEXT.encode() + b") Tj 0 -20 Td (" + codes + b") Tj"
    assert not pdf.load(raw_pdf(tmp_path / "policy.pdf", b"BT /F 11 Tf 72 700 Td " + written + b" ET")).lost


@pytest.mark.parametrize(("fonts", "legible"), [(True, False), (False, True)])
def test_a_page_with_fonts_and_without_content(tmp_path: Path, fonts: bool, legible: bool) -> None:
    page = lambda canvas: Pen(canvas).text(TEXT)  # noqa: E731
    writer = pypdf.PdfWriter(clone_from=draw(tmp_path / "whole.pdf", page, page))
    del writer.pages[1]["/Contents"]
    if not fonts:
        del writer.pages[1]["/Resources"]["/Font"]
    path = tmp_path / "policy.pdf"
    writer.write(path)
    draft = pdf.load(path)
    assert [found.legible for found in draft.pages] == [True, legible]
    assert any("Page 2 is damaged" in note for note in draft.notes) is not legible


def test_a_font_whose_parts_are_not_in_the_file(tmp_path: Path) -> None:
    path = raw_pdf(tmp_path / "policy.pdf", b"BT /F 11 Tf 72 700 Td (" + TEXT.encode() + b") Tj ET")
    data = path.read_bytes()
    for widths, legible in (b"[" + b"550 " * 95 + b"]", True), (b"9 0 R", False):
        named = b"/BaseFont/Helvetica/FirstChar 32/LastChar 126/Widths " + widths
        path.write_bytes(data.replace(b"/BaseFont/Helvetica", named))
        draft = pdf.load(path)
        assert draft.pages[0].legible is legible
        assert any("Part of the PDF is damaged" in note for note in draft.lost) is not legible


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


@pytest.mark.parametrize("more", ["", "<w:r><w:instrText> REF a </w:instrText></w:r>"])
def test_a_field_that_never_ends_hides_nothing(tmp_path: Path, more: str) -> None:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{more}'
    whole = (
        begin + '<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("9")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = paragraph(run("We ") + begin + run("keep registers.")) + paragraph(run("See page ") + whole + run("."))
    assert of_kind(read_body(tmp_path, body), BlockKind.PARAGRAPH) == ["We keep registers.", "See page 9."]


def test_alternatives_of_whole_paragraphs_are_read_once(tmp_path: Path) -> None:
    words = paragraph(run("We keep registers."))
    body = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{words}</mc:Choice><mc:Fallback>{words}</mc:Fallback>'
        "</mc:AlternateContent>"
    )
    assert of_kind(read_body(tmp_path, body), BlockKind.PARAGRAPH) == ["We keep registers."]


def test_two_parts_of_one_name_are_damage(tmp_path: Path) -> None:
    path = write(tmp_path / "policy.docx", paragraph(run("We keep registers.")))
    with zipfile.ZipFile(path, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("word/document.xml", "<other/>")
    with pytest.raises(UnreadableError, match="damaged"):
        read(path)


@pytest.mark.parametrize("blank", ["\u00a0", " \u200b", "\u2028", "\ufeff\t"])
def test_a_line_that_seems_blank_parts_paragraphs_of_markdown(tmp_path: Path, blank: str) -> None:
    (tmp_path / "policy.md").write_text(f"We keep registers.\n{blank}\nParents ring us.\n", encoding="utf-8")
    document = read(tmp_path / "policy.md")
    assert of_kind(document, BlockKind.PARAGRAPH) == ["We keep registers.", "Parents ring us."]
