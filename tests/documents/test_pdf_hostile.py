from __future__ import annotations

import io
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pypdf
import pytest
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from checker.documents import pdf
from checker.documents.draft import Draft
from checker.documents.pdf import opening
from checker.errors import UnreadableError
from tests.documents.sheets import Pen, boxed, draw, paragraphs, rows

TEXT = "Registers open at ten to nine and close half an hour later, on each day that the school is open to its pupils."


def raw_pdf(
    path: Path, content: bytes, resources: str = "", box: str = "0 0 595 842", extra: tuple[str, ...] = ()
) -> Path:
    """Writes a PDF of one page by hand, so that it can be as strange as the test wants it.

    Args:
        path: Where to.
        content: What is drawn on the page.
        resources: Further entries of the page's resources; objects 6 and on are ``extra``.
        box: The page's box.
        extra: Further objects.
    """
    packed, resources = zlib.compress(content), f"<</Font<</F 5 0 R>>{resources}>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources{resources}>>".encode(),
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *(item.encode("latin-1") for item in extra),
    ]
    file, offsets = io.BytesIO(b"%PDF-1.4\n"), []
    file.seek(0, io.SEEK_END)
    for number, item in enumerate(objects, 1):
        offsets.append(file.tell())
        file.write(b"%d 0 obj\n%b\nendobj\n" % (number, item))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    file.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    path.write_bytes(file.getvalue())
    return path


def plain(path: Path) -> Path:
    return draw(path, lambda canvas: Pen(canvas).text(TEXT))


def refusal(path: Path) -> tuple[str, str]:
    with pytest.raises(UnreadableError) as caught:
        pdf.load(path)
    assert "\n" not in caught.value.message
    assert caught.value.message.startswith(f"{path.name}: ")
    return caught.value.code, caught.value.message


def read_or_refused(path: Path) -> tuple[str, Draft]:
    """Returns the code of the refusal, or the draft; the other one blank."""
    try:
        return "", pdf.load(path)
    except UnreadableError as error:
        return error.code, Draft("pdf", "", ())


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "policy.pdf"
    path.write_bytes(b"")
    assert refusal(path)[0] == "empty"


@pytest.mark.parametrize(
    "data", [b"<html>Attendance policy</html>", b"PK\x03\x04" + b"\0" * 60, b"Attendance policy\n" * 40]
)
def test_a_file_that_only_says_it_is_a_pdf(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "policy.pdf"
    path.write_bytes(data)
    code, message = refusal(path)
    assert code == "wrong-ending"
    assert ".pdf" in message


def test_a_beginning_and_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "policy.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"\x00\xff garbage " * 50)
    assert refusal(path)[0] == "damaged"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.98])
def test_a_download_that_broke_off_is_refused_or_noted(tmp_path: Path, share: float) -> None:
    whole = draw(tmp_path / "whole.pdf", *[lambda canvas: Pen(canvas).text(TEXT)] * 5).read_bytes()
    path = tmp_path / "policy.pdf"
    path.write_bytes(whole[: int(len(whole) * share)])
    code, draft = read_or_refused(path)
    assert code == "damaged" or any("end of the PDF is missing" in note for note in draft.lost)


def test_a_table_of_places_that_is_wrong_is_mended(tmp_path: Path) -> None:
    data = plain(tmp_path / "whole.pdf").read_bytes()
    path = tmp_path / "policy.pdf"
    path.write_bytes(data.replace(b"startxref", b"startxrif").replace(b"\nxref", b"\nxrif"))
    assert paragraphs(pdf.load(path)) == [TEXT]


def test_a_password_to_open_is_asked_for(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=plain(tmp_path / "plain.pdf"))
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(tmp_path / "policy.pdf")
    code, message = refusal(tmp_path / "policy.pdf")
    assert code == "encrypted"
    assert "without" in message


def test_a_password_only_against_changes_does_not_matter(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=plain(tmp_path / "plain.pdf"))
    writer.encrypt("", "owner", algorithm="AES-128")
    writer.write(tmp_path / "policy.pdf")
    assert paragraphs(pdf.load(tmp_path / "policy.pdf")) == [TEXT]


def test_too_many_pages(tmp_path: Path) -> None:
    path = draw(tmp_path / "policy.pdf", *[lambda canvas: None] * (opening.MOST_PAGES + 1))
    code, message = refusal(path)
    assert code == "too-long"
    assert "1,001 pages" in message


def test_a_page_count_that_is_a_lie(tmp_path: Path) -> None:
    data = plain(tmp_path / "whole.pdf").read_bytes()
    path = tmp_path / "policy.pdf"
    path.write_bytes(data.replace(b"/Count 1", b"/Count 999999999"))
    code, draft = read_or_refused(path)
    assert code in {"too-long", "damaged"} or paragraphs(draft) == [TEXT]


def test_too_large_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_BYTES", 500)
    assert refusal(plain(tmp_path / "policy.pdf"))[0] == "too-large"


def test_too_much_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_LETTERS", 50)
    assert refusal(plain(tmp_path / "policy.pdf"))[0] == "too-long"


def within(seconds: float, path: Path) -> object:
    begin = time.perf_counter()
    draft = pdf.load(path)
    assert time.perf_counter() - begin < seconds
    return draft


def test_half_a_million_lines_are_bounded_and_noted(tmp_path: Path) -> None:
    content = b"".join(b"%d %d m %d %d l S\n" % (n % 590, n % 830, n % 590 + 3, n % 830) for n in range(500_000))
    text = b"BT /F 11 Tf 72 700 Td (Registers close at nine) Tj ET "
    draft = within(20, raw_pdf(tmp_path / "policy.pdf", text + content))
    assert "Registers close at nine" in " ".join(paragraphs(draft))
    assert any("Page 1" in note and "drawn lines" in note for note in draft.notes)


def test_one_path_of_many_points_is_bounded(tmp_path: Path) -> None:
    path = b"0 0 m " + b"".join(b"%d %d l " % (n * 7 % 590, n * 13 % 830) for n in range(200_000)) + b"S"
    assert any("drawn lines" in note for note in within(20, raw_pdf(tmp_path / "policy.pdf", path)).notes)


def test_a_fine_mesh_of_lines_is_no_table(tmp_path: Path) -> None:
    mesh = b"".join(b"0 %d m 595 %d l S %d 0 m %d 842 l S " % (n * 4, n * 4, n * 4, n * 4) for n in range(210))
    draft = within(20, raw_pdf(tmp_path / "policy.pdf", mesh + b"BT /F 11 Tf 72 700 Td (Registers close) Tj ET"))
    assert "Registers" in draft.text


def test_a_page_full_of_letters_is_bounded_and_noted(tmp_path: Path) -> None:
    line = b"(" + b"word " * 50 + b") Tj T* "
    draft = within(30, raw_pdf(tmp_path / "policy.pdf", b"BT /F 1 Tf 1 TL 0 840 Td " + line * 800 + b"ET"))
    assert any("letters" in note for note in draft.notes)


def test_forms_that_hold_themselves_end(tmp_path: Path) -> None:
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>"
    form += "stream\n/X Do\nendstream"
    content = b"/X Do BT /F 11 Tf 72 700 Td (Registers close at nine) Tj ET"
    path = raw_pdf(tmp_path / "policy.pdf", content, "/XObject<</X 6 0 R>>", extra=(form,))
    assert paragraphs(within(10, path)) == ["Registers close at nine"]


def test_text_and_tables_in_a_form_are_read(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.beginForm("sheet")
        Pen(canvas).line("Our times")
        boxed(canvas, [["Day", "Bell"], ["Monday", "8.50am"]], [72, 172, 300], 90)
        canvas.endForm()
        canvas.translate(20, -30)
        canvas.doForm("sheet")

    draft = pdf.load(draw(tmp_path / "policy.pdf", page))
    assert paragraphs(draft) == ["Our times"]
    assert rows(draft) == [["Day", "Bell"], ["Monday", "8.50am"]]


def test_a_huge_picture_is_not_unpacked(tmp_path: Path) -> None:
    packed = zlib.compress(b"\0" * 10_000_000, 9).decode("latin-1")
    image = (
        "<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"
        f"/Filter/FlateDecode/Length {len(packed)}>>stream\n{packed}\nendstream"
    )
    path = raw_pdf(tmp_path / "policy.pdf", b"500 0 0 500 50 200 cm /I Do", "/XObject<</I 6 0 R>>", extra=(image,))
    assert within(5, path).pages[0].pictures == 1


@pytest.mark.parametrize("box", ["0 0 0 0", "0 0 1e38 1e38", "-1e30 0 nan 9", "842 595 0 0", "0 0"])
def test_absurd_page_boxes(tmp_path: Path, box: str) -> None:
    path = raw_pdf(tmp_path / "policy.pdf", b"BT /F 11 Tf 72 500 Td (Registers close at nine) Tj ET", box=box)
    draft = within(10, path)
    assert len(draft.pages) == 1
    assert paragraphs(draft) in ([], ["Registers close at nine"])


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F 11 Tf 1e38 0 0 1e38 72 700 Tm (Registers) Tj ET",
        b"BT /F 0 Tf 72 700 Td (Registers) Tj ET",
        b"BT /F -11 Tf 72 700 Td (Registers) Tj ET",
        b"BT /F 99999999 Tf 72 700 Td (Registers) Tj ET",
        b"1e38 0 m 1e38 1e38 l S 0 0 1e38 1e38 re S -1e38 5 1e38 0.1 re f",
        b"0 0 0 0 0 0 cm 10 10 m 20 20 l S BT /F 11 Tf 1 1 Td (Registers) Tj ET",
        b"q " * 5000 + b"BT (no font) Tj ET",
        b"BT /F 11 Tf 72 700 Td (open string",
    ],
)
def test_absurd_drawings(tmp_path: Path, content: bytes) -> None:
    sound = b" BT /F 11 Tf 72 600 Td (The gates open at eight or so) Tj ET "
    draft = within(10, raw_pdf(tmp_path / "policy.pdf", sound + content))
    assert "The gates open at eight" in " ".join(paragraphs(draft))


@pytest.mark.parametrize("number", ["³", "9" * 5000])
def test_page_numbers_that_are_none_do_no_harm(tmp_path: Path, number: str) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        for line, title in enumerate(("The school day", "Absence from school", "Lateness", "Leave in term time")):
            canvas.drawString(60, 700 - 14 * line, title)
            canvas.drawString(300, 700 - 14 * line, number)

    assert "The school day" in pdf.load(draw(tmp_path / "policy.pdf", page)).text


def test_scripts_and_attached_files_are_left_alone(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=plain(tmp_path / "plain.pdf"))
    script = pypdf.generic.DictionaryObject(
        {
            pypdf.generic.NameObject("/S"): pypdf.generic.NameObject("/JavaScript"),
            pypdf.generic.NameObject("/JS"): pypdf.generic.TextStringObject("app.alert('hello')"),
        }
    )
    writer.root_object[pypdf.generic.NameObject("/OpenAction")] = script
    writer.add_attachment("secret.txt", b"attached words")
    writer.write(tmp_path / "policy.pdf")
    assert paragraphs(pdf.load(tmp_path / "policy.pdf")) == [TEXT]


def test_a_page_whose_fonts_say_nothing_is_not_legible(tmp_path: Path) -> None:
    shifted = TEXT.translate(
        {ord(a): ord(b) for a, b in zip("abcdefghijklmnopqrstuvwxyz", "qxzjkvbwfyghmupdclnrisetao", strict=True)}
    )
    path = draw(
        tmp_path / "policy.pdf",
        lambda canvas: Pen(canvas).text(TEXT).text(TEXT).text(TEXT).text(TEXT),
        lambda canvas: Pen(canvas).text(shifted).text(shifted).text(shifted).text(shifted),
    )
    draft = pdf.load(path)
    assert [page.legible for page in draft.pages] == [True, False]
    assert any("page 2" in note for note in draft.notes)


def test_letters_without_meaning_are_not_legible(tmp_path: Path) -> None:
    codes = b"".join(b"(" + bytes(range(1, 9)) + bytes(range(14, 32)) + b") Tj T* " for _ in range(20))
    path = raw_pdf(tmp_path / "policy.pdf", b"BT /F 11 Tf 12 TL 72 700 Td " + codes + b"ET")
    draft = pdf.load(path)
    assert [page.legible for page in draft.pages] in ([False], [True])
    assert not any(map(str.isalpha, draft.text))


def without_some_bytes(path: Path, packed: bytes) -> Path:
    """Blanks bytes in the middle of one of a file's packed parts."""
    data = path.read_bytes()
    at = data.index(packed) + len(packed) // 2
    path.write_bytes(data[:at] + b"\xff" * 12 + data[at + 12 :])
    return path


def test_a_page_that_is_damaged_inside_is_said_to_be(tmp_path: Path) -> None:
    page = lambda canvas: Pen(canvas).text(TEXT).text(TEXT.upper()).text(TEXT[::-1])  # noqa: E731
    writer = pypdf.PdfWriter(clone_from=draw(tmp_path / "whole.pdf", page, lambda canvas: Pen(canvas).text(TEXT)))
    for made in writer.pages:
        made.compress_content_streams()
    path = tmp_path / "policy.pdf"
    writer.write(path)
    assert all(found.legible for found in pdf.load(path).pages)
    without_some_bytes(path, pypdf.PdfReader(path).pages[0]["/Contents"].get_object()._data)
    draft = pdf.load(path)
    assert [found.legible for found in draft.pages] == [False, True]
    assert any("Page 1 is damaged" in note for note in draft.notes)
    assert TEXT in paragraphs(draft)


def test_letters_of_a_damaged_font_are_said_to_be_missing(tmp_path: Path) -> None:
    registerFont(TTFont("Vera", "Vera.ttf"))
    source = draw(tmp_path / "whole.pdf", lambda canvas: Pen(canvas).text(TEXT, "Vera"))
    writer = pypdf.PdfWriter(clone_from=source)
    for thing in list(writer._objects):
        if isinstance(thing, pypdf.generic.StreamObject) and "/Length1" in thing:
            plain_font = pypdf.generic.DecodedStreamObject()
            plain_font.set_data(thing.get_data())
            writer._replace_object(thing.indirect_reference, plain_font.flate_encode())
            font = plain_font.flate_encode()._data
    path = tmp_path / "policy.pdf"
    writer.write(path)
    assert paragraphs(pdf.load(path)) == [TEXT]
    assert not any(found.legible for found in pdf.load(without_some_bytes(path, font)).pages)


def test_sums_that_a_program_always_writes_wrong_do_not_matter(tmp_path: Path) -> None:
    path = raw_pdf(tmp_path / "policy.pdf", b"BT /F 11 Tf 72 700 Td (Registers close at nine) Tj ET")
    data = path.read_bytes()
    at = data.index(b"\nendstream")
    path.write_bytes(data[: at - 4] + b"\0\0\0\0" + data[at:])
    draft = pdf.load(path)
    assert paragraphs(draft) == ["Registers close at nine"]
    assert draft.pages[0].legible


def test_a_page_that_is_missing_is_noted_and_the_others_are_read(tmp_path: Path) -> None:
    page = lambda canvas: Pen(canvas, y=200).text(TEXT)  # noqa: E731
    data = draw(tmp_path / "whole.pdf", page, page, page, pageCompression=0).read_bytes()
    reader = pypdf.PdfReader(io.BytesIO(data))
    number = reader.pages[1].indirect_reference.idnum
    path = tmp_path / "policy.pdf"
    path.write_bytes(data.replace(b"\n%d 0 obj\n" % number, b"\n%d 0 obx\n" % number))
    draft = pdf.load(path)
    assert [page.number for page in draft.pages] == list(range(1, len(draft.pages) + 1))
    assert paragraphs(draft).count(TEXT) >= 2
    assert len(draft.pages) == 2 or any("Page 2" in note for note in draft.notes)


def test_the_same_file_gives_the_same_draft(tmp_path: Path) -> None:
    path = draw(
        tmp_path / "policy.pdf",
        *[lambda canvas: boxed(canvas, [["Day", "Bell"], ["Monday", "8.50am"]], [72, 172, 300], 90)] * 3,
    )
    assert pdf.load(path) == pdf.load(path)


def test_nothing_heavy_is_imported_before_a_pdf_is_read() -> None:
    program = (
        "import sys, checker.documents.loaders; print([m for m in sys.modules if m in ('pypdfium2', 'pdfplumber')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
