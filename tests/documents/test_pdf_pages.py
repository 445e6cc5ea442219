from __future__ import annotations

from pathlib import Path

import pdfplumber
import pypdf
import pytest
from PIL import Image
from pypdf.annotations import FreeText
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from checker.documents import pdf
from checker.documents.draft import Draft, PartKind
from tests.documents.sheets import HEIGHT, WIDTH, Pen, draw, paragraphs, read

TEXT = "Registers open at ten to nine and close half an hour later, on each day that the school is open to its pupils."


def picture(width: int = 200, height: int = 200, shade: int = 120) -> ImageReader:
    return ImageReader(Image.new("L", (width, height), shade))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_are_read_as_they_are_shown(tmp_path: Path, turn: int) -> None:
    def page(canvas: Canvas) -> None:
        width, height = (HEIGHT, WIDTH) if turn in (90, 270) else (WIDTH, HEIGHT)
        canvas.translate(*{0: (0, 0), 90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[turn])
        canvas.rotate(turn)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, height - 72, "Aims")
        canvas.drawString(72, height - 90, "We want each pupil in school.")
        canvas.grid([72, 172, width - 72], [height - 110, height - 130, height - 150])
        for x, y, text in ((76, 124, "Day"), (176, 124, "Bell"), (76, 144, "Monday"), (176, 144, "8.50am")):
            canvas.drawString(x, height - y, text)

    writer = pypdf.PdfWriter(clone_from=draw(tmp_path / "level.pdf", page))
    writer.pages[0].rotation = turn
    writer.write(tmp_path / "policy.pdf")
    draft = pdf.load(tmp_path / "policy.pdf")
    assert paragraphs(draft) == ["Aims", "We want each pupil in school."]
    assert [part.kind for part in draft.parts][-2:] == [PartKind.ROW, PartKind.ROW]
    assert places(tmp_path, draft) == places_by_pdfplumber(tmp_path)


def test_text_that_runs_up_an_unturned_page_is_read_level(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        pen = Pen(canvas, y=HEIGHT - WIDTH + 72, width=600)
        pen.text(TEXT).text("Ask the office for a card.")

    assert paragraphs(read(tmp_path, page)) == [TEXT, "Ask the office for a card."]


def test_upright_words_in_a_table_stand_in_their_cell(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.grid([72, 112, 300], [HEIGHT - 90, HEIGHT - 190])
        Pen(canvas, x=120, y=104).line("Doors open at ten to nine")
        canvas.translate(96, HEIGHT - 180)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(0, 0, "Morning session")

    (part,) = (draft := read(tmp_path, page)).parts
    assert [draft.text[span.start : span.end] for cell in part.cells for span in cell.paragraphs] == [
        "Morning session",
        "Doors open at ten to nine",
    ]


def test_a_watermark_is_set_apart(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        Pen(canvas).text(TEXT)
        canvas.translate(150, 300)
        canvas.rotate(45)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(0, 0, "DRAFT")

    draft = read(tmp_path, page)
    assert paragraphs(draft) == [TEXT]
    assert paragraphs(draft, PartKind.RUNNING) == ["DRAFT"]


def test_a_cropped_page_shows_what_is_left_of_it(tmp_path: Path) -> None:
    path = draw(
        tmp_path / "whole.pdf", lambda canvas: (Pen(canvas).text(TEXT), Pen(canvas, y=700).line("Printer's note"))
    )
    writer = pypdf.PdfWriter(clone_from=path)
    writer.pages[0].cropbox = pypdf.generic.RectangleObject((50, 400, 595, 842))
    writer.write(tmp_path / "policy.pdf")
    draft = pdf.load(tmp_path / "policy.pdf")
    assert paragraphs(draft) == [TEXT]
    assert draft.lines[0].box[0] == pytest.approx(72, abs=1)


def test_text_outside_the_page_clear_text_and_white_on_white_are_not_read(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        Pen(canvas).line("What is seen")
        canvas.drawString(700, 700, "beside the page")
        canvas.drawString(72, -20, "below the page")
        canvas.saveState()
        clear = canvas.beginText(72, 600)
        clear.setTextRenderMode(3)
        clear.textLine("clear")
        canvas.drawText(clear)
        canvas.restoreState()
        canvas.setFillGray(1)
        canvas.drawString(72, 500, "white on white")
        canvas.setFillGray(0.2)
        canvas.rect(60, 395, 200, 20, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(72, 400, "white on dark")

    assert paragraphs(read(tmp_path, page)) == ["What is seen", "white on dark"]


def test_filled_forms_and_free_text_are_read_and_comments_are_not(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        Pen(canvas).line("Approved by:")
        canvas.acroForm.textfield(
            name="who", value="Mr T Wren", x=160, y=HEIGHT - 78, width=150, height=18, fontSize=11
        )

    path = draw(tmp_path / "form.pdf", page)
    writer = pypdf.PdfWriter(clone_from=path)
    writer.add_annotation(0, FreeText(text="Seen in June", rect=(72, 600, 300, 630), font_size="12pt"))
    writer.add_annotation(0, pypdf.annotations.Text(text="private remark", rect=(72, 500, 90, 518)))
    writer.write(tmp_path / "policy.pdf")
    found = " ".join(paragraphs(pdf.load(tmp_path / "policy.pdf")))
    assert "Approved by: Mr T Wren" in found
    assert "private remark" not in found


def test_pictures_stand_where_they_are_shown_and_crests_do_not(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 72, HEIGHT - 60, 50, 50)
        Pen(canvas, y=100).text(TEXT)
        canvas.drawImage(picture(), 72, HEIGHT - 400, 400, 240)
        Pen(canvas, y=430).line("Below it")

    draft = read(tmp_path, page)
    assert [part.kind.value for part in draft.parts] == ["text", "picture", "text"]
    assert [page.pictures for page in draft.pages] == [1]


def test_a_letterhead_and_a_background_are_no_pictures(tmp_path: Path) -> None:
    def page(number: int) -> object:
        def drawing(canvas: Canvas) -> None:
            canvas.drawImage(picture(), 0, 0, WIDTH, HEIGHT)
            canvas.drawImage(picture(), 100, HEIGHT - 60, 300, 55)
            Pen(canvas, y=100).text(f"Sheet {number}. {TEXT}")

        return drawing

    assert [sheet.pictures for sheet in read(tmp_path, page(1), page(2)).pages] == [0, 0]


def test_a_scanned_page_has_a_picture_and_no_text(tmp_path: Path) -> None:
    draft = read(tmp_path, lambda canvas: canvas.drawImage(picture(), 0, 0, WIDTH, HEIGHT))
    (page,) = draft.pages
    assert (page.pictures, page.legible, draft.text.strip()) == (1, True, "")


def test_the_text_that_a_scanner_laid_under_its_picture_is_read_as_such(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 0, 0, WIDTH, HEIGHT)
        hidden = canvas.beginText(72, HEIGHT - 72)
        hidden.setTextRenderMode(3)
        hidden.textLine("Registers close at nine")
        canvas.drawText(hidden)

    draft = read(tmp_path, page)
    assert [(part.kind.value, part.ocr) for part in draft.parts if part.kind is PartKind.TEXT] == [("text", True)]
    assert draft.pages[0].pictures == 1


def test_a_diagram_of_curves_without_words_is_a_picture(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        Pen(canvas).text(TEXT)
        for step in range(60):
            canvas.bezier(100 + step, 300, 200, 500, 300, 200, 400 - step, 400)

    draft = read(tmp_path, page)
    assert [part.kind.value for part in draft.parts] == ["text", "picture"]


def test_a_blank_page_keeps_its_number(tmp_path: Path) -> None:
    draft = read(tmp_path, lambda c: Pen(c).line("One"), lambda c: None, lambda c: Pen(c).line("Three"))
    assert [page.number for page in draft.pages] == [1, 2, 3]
    assert [part.page for part in draft.parts] == [1, 3]
    assert draft.pages[1].start == draft.pages[2].start


def places(tmp_path: Path, draft: Draft) -> list[tuple[int, ...]]:
    """Returns where the draft says that its lines stand, on the page as it is shown, sorted."""
    reader = pypdf.PdfReader(tmp_path / "policy.pdf")
    page = reader.pages[0]
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    turned = []
    for line in draft.lines:
        left, bottom, right, top = line.box
        turned.append(
            {
                0: (left, height - top, right, height - bottom),
                90: (bottom, left, top, right),
                180: (width - right, bottom, width - left, top),
                270: (height - top, width - right, height - bottom, width - left),
            }[page.rotation % 360]
        )
    return sorted(tuple(round(value / 10) for value in (box[0], box[2], (box[1] + box[3]) / 2)) for box in turned)


def places_by_pdfplumber(tmp_path: Path) -> list[tuple[int, ...]]:
    """Returns the same by pdfplumber, for lines that are one run of words each."""
    with pdfplumber.open(tmp_path / "policy.pdf") as document:
        lines = document.pages[0].extract_words(keep_blank_chars=True, x_tolerance=8)
    boxes = ((line["x0"], line["x1"], (line["top"] + line["bottom"]) / 2) for line in lines)
    return sorted(tuple(round(value / 10) for value in box) for box in boxes)


def test_a_blank_page_in_the_midst_of_a_paragraph_begins_no_later_than_the_next(tmp_path: Path) -> None:
    draft = read(
        tmp_path,
        lambda c: Pen(c).text(f"{TEXT[:-1]} and to everybody else who has come to help us with their"),
        lambda c: None,
        lambda c: Pen(c).text("lessons that day."),
    )
    assert len(paragraphs(draft)) == 1
    starts = [page.start for page in draft.pages]
    assert starts == sorted(starts)
    assert draft.text[starts[2] :] == "lessons that day.\n"


def test_letters_without_size_are_not_read(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        Pen(canvas).line("What is seen")
        Pen(canvas, size=0.2, y=200).line("much too small")

    assert paragraphs(read(tmp_path, page)) == ["What is seen"]
