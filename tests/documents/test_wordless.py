"""Of what could not be read nothing is said but that: not that it is no policy."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from checker.discovery import find_sources
from checker.documents import pdf
from checker.engine import Engine, Settings
from checker.plugins import load_plugins
from checker.report import Status, Subject
from tests.documents.sheets import HEIGHT, WIDTH, Pen, draw

TEXT = "Dinner tonight is soup with bread, and after that there are apples from the garden behind the old kitchen wall."
DAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(load_plugins(), Settings(DAY, DAY))


def scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (200, 200), 120)), 0, 0, WIDTH, HEIGHT)


def menu(canvas: Canvas) -> None:
    pen = Pen(canvas)
    for _ in range(12):
        pen.text(TEXT)


def shifted(canvas: Canvas) -> None:
    pen = Pen(canvas)
    for _ in range(6):
        pen.text(TEXT.translate(str.maketrans("abcdefghijklmnopqrstuvwxyz", "qxzjkvbwfyghmupdclnrisetao")))


def changed(path: Path, change: object) -> Path:
    writer = pypdf.PdfWriter(clone_from=path)
    change(writer)  # type: ignore[operator]
    writer.write(path)
    return path


def subject(engine: Engine, path: Path) -> Subject:
    (source,) = find_sources([path], engine.plugins)
    return engine.check(source)


def refusal(engine: Engine, path: Path) -> tuple[str, str]:
    found = subject(engine, path)
    assert found.status is Status.UNREADABLE
    assert found.trouble is not None
    return found.trouble.code, found.trouble.message


def test_a_scan_without_text_is_unreadable_and_no_other_kind_of_document(engine: Engine, tmp_path: Path) -> None:
    code, message = refusal(engine, draw(tmp_path / "scan.pdf", scan, scan))
    assert code == "only-pictures"
    assert "scan.pdf" in message
    assert "OCR" in message


def test_a_blank_document_is_unreadable(engine: Engine, tmp_path: Path) -> None:
    code, message = refusal(engine, draw(tmp_path / "blank.pdf", lambda canvas: None))
    assert (code, "no text" in message) == ("no-text", True)


def test_pages_that_are_all_illegible_are_unreadable(engine: Engine, tmp_path: Path) -> None:
    code, message = refusal(engine, draw(tmp_path / "fonts.pdf", shifted))
    assert (code, "fonts" in message) == ("not-legible", True)


def test_a_document_that_is_scanned_for_the_most_part_is_unreadable(engine: Engine, tmp_path: Path) -> None:
    code, message = refusal(engine, draw(tmp_path / "part.pdf", menu, scan, scan))
    assert code == "hardly-read"
    assert "2 of its 3 pages" in message


def test_another_kind_of_document_with_a_picture_is_still_called_so(engine: Engine, tmp_path: Path) -> None:
    assert subject(engine, draw(tmp_path / "menu.pdf", menu, menu, scan)).status is Status.NOT_A_POLICY


def test_a_blank_cover_says_that_files_are_attached(engine: Engine, tmp_path: Path) -> None:
    path = draw(tmp_path / "cover.pdf", lambda canvas: None)
    changed(path, lambda writer: writer.add_attachment("policy.pdf", b"%PDF-1.4"))
    assert "a file is attached" in refusal(engine, path)[1]


@pytest.mark.parametrize(
    ("content", "damaged"),
    [
        (b"q 595 0 0 842 0 0 cm /Missing Do Q", True),
        (b"\x00" * 400, True),
        (b"", False),
        (b"q 1 0 0 1 0 0 cm Q", False),
    ],
)
def test_a_blank_page_is_told_from_one_whose_content_is_lost(tmp_path: Path, content: bytes, damaged: bool) -> None:
    def empty_second(writer: pypdf.PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(content)
        writer.pages[1][NameObject("/Contents")] = writer._add_object(stream)

    draft = pdf.load(changed(draw(tmp_path / "policy.pdf", menu, menu), empty_second))
    assert [page.legible for page in draft.pages] == [True, not damaged]
    assert any("Page 2 is damaged" in note for note in draft.notes) == damaged


def test_a_page_whose_content_is_nowhere_is_damaged(tmp_path: Path) -> None:
    data = draw(tmp_path / "whole.pdf", menu, menu, pageCompression=0).read_bytes()
    content = pypdf.PdfReader(io.BytesIO(data)).pages[1]["/Contents"].indirect_reference
    assert content is not None
    path = tmp_path / "policy.pdf"
    path.write_bytes(data.replace(b"\n%d 0 obj\n" % content.idnum, b"\n%d 0 obx\n" % content.idnum))
    assert [page.legible for page in pdf.load(path).pages] == [True, False]


def test_a_form_that_only_adobe_draws_is_refused(engine: Engine, tmp_path: Path) -> None:
    def make_form(writer: pypdf.PdfWriter) -> None:
        form = DecodedStreamObject()
        form.set_data(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
        parts = ArrayObject([TextStringObject("template"), writer._add_object(form)])
        entries = {NameObject("/XFA"): parts, NameObject("/Fields"): ArrayObject()}
        writer.root_object[NameObject("/AcroForm")] = DictionaryObject(entries)
        writer.root_object[NameObject("/NeedsRendering")] = BooleanObject(True)

    path = draw(tmp_path / "form.pdf", lambda canvas: Pen(canvas).text("Please wait while the form is drawn."))
    code, message = refusal(engine, changed(path, make_form))
    assert (code, "print it to a PDF" in message) == ("form", True)
