"""Words on pictures are read where something can read them, are known to be so, and decide nothing by their figures."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from docx import Document as WordDocument
from docx.shared import Inches
from PIL import Image, ImageDraw, ImageFont

from checker.context import Context
from checker.documents import pictures
from checker.documents.pictures import PictureLine, paragraphs_of
from checker.doubtful import with_doubts
from checker.engine import Engine, Settings
from checker.findings import Fault, Finding, Passage, Verdict, failed
from checker.levels import Level
from checker.plugins import load_plugins
from checker.schools import School
from checker.testing import document_of

AS_AT = dt.date(2026, 11, 22)
LINES = (
    "The morning register opens at 8.45am and closes at 9.45am.",
    "The afternoon register opens at 1.00pm and closes at 1.30pm.",
)


def drawn() -> bytes:
    image = Image.new("RGB", (1400, 240), "white")
    for number, line in enumerate(LINES):
        ImageDraw.Draw(image).text((20, 20 + 90 * number), line, font=ImageFont.load_default(34), fill="black")
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


@pytest.fixture(params=["docx", "pdf"])
def policy(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    words = "This attendance policy of Elmbrook Primary School says how we record the attendance of our pupils."
    if request.param == "docx":
        document = WordDocument()
        document.add_heading("Attendance Policy", 1)
        document.add_paragraph(words)
        document.add_picture(io.BytesIO(drawn()), width=Inches(6))
        document.save(str(tmp_path / "policy.docx"))
        return tmp_path / "policy.docx"
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "policy.pdf"), invariant=True)
    canvas.drawString(60, 780, "Attendance Policy")
    canvas.drawString(60, 760, words)
    canvas.drawImage(ImageReader(io.BytesIO(drawn())), 60, 600, 480, 82)
    canvas.save()
    return tmp_path / "policy.pdf"


def finding(policy: Path, requirement: str) -> Finding:
    engine = Engine(load_plugins(), Settings(AS_AT, AS_AT))
    context = Context(AS_AT, (School(),))
    facts = engine.facts_of(engine.load_document(policy), context)
    return engine.finding(engine.catalogue[requirement], facts, context)


def at(text: str, left: float, top: float) -> PictureLine:
    return PictureLine(text, left, top, left + 100, top + 20)


def test_lines_are_put_together_to_paragraphs() -> None:
    lines = [at("kept for", 0, 30), at("Registers are", 0, 0), at("six years.", 120, 32), at("Stage 2", 0, 90)]
    assert paragraphs_of(lines) == ["Registers are\nkept for six years.", "Stage 2"]


def test_smudges_are_no_words() -> None:
    assert paragraphs_of([at(". _", 0, 0), at("||", 0, 60)]) == []


def test_figures_read_from_a_picture_are_for_a_person(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [at(line, 20, 20 + 60 * number) for number, line in enumerate(LINES)]
    monkeypatch.setattr(pictures, "can_read", lambda: True)
    monkeypatch.setattr("checker.documents.pdf.page_pictures.can_read", lambda: True)
    monkeypatch.setattr(pictures, "_reader", lambda: lambda _image: lines)
    found = finding(policy, "policy.register-window")
    assert found.verdict is Verdict.REVIEW
    assert "60 minutes" in found.message
    assert "read from a picture" in found.message
    assert found.evidence[0].quote == LINES[0]
    assert finding(policy, "policy.register-times").verdict is Verdict.PASS


def test_without_a_reader_a_person_must_look(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_reader", lambda: None)
    assert finding(policy, "policy.readable").verdict is Verdict.REVIEW


def test_a_damaged_picture_loses_nothing_else() -> None:
    assert pictures.image_of(b"\x89PNG\r\n\x1a\nnothing") is None
    assert pictures.image_of(None) is None


@pytest.mark.skipif(find_spec("rapidocr") is None, reason="needs the optional extra 'ocr'")
def test_the_words_on_a_picture_are_read(policy: Path) -> None:
    found = finding(policy, "policy.register-times")
    assert found.verdict is Verdict.PASS
    assert [passage.quote for passage in found.evidence] == list(LINES)


def test_a_fault_that_stands_in_the_text_itself_still_fails() -> None:
    document = document_of("# Registers\n\nRegisters are kept for three years.\n")
    block = document.blocks[-1]
    drawn = replace(block, ocr=True)
    read = document.passage(drawn.reading.start, drawn.reading.end)
    written = Passage("Registers stay open all day.", 0, 0)
    from_picture = Fault("Kept for 3 years.", Level.LAW, (replace(read, quote="kept for 3 years"),))
    sure = Fault("Open too long.", Level.GUIDANCE, (written,))
    both = with_doubts(failed(sure, from_picture), replace(document, blocks=(drawn,)))
    assert both.verdict is Verdict.FAIL
    assert both.faults == (sure,)
    assert both.message == "Open too long."
    assert "Kept for 3 years" in both.notes[0]
    alone = with_doubts(failed(from_picture, nearest=[written]), replace(document, blocks=(drawn,)))
    assert alone.verdict is Verdict.REVIEW
