"""The marked copy of a PDF: highlights on the words at fault, a summary in front, the rest as it was."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from checker.errors import UsageError
from checker.findings import Verdict
from checker.reports import pdf
from checker.reports.safe import for_page
from tests.reports.marking import faults
from tests.reports.sample import FILES, Sample, load, one, sample

PDF = "policies/quarry-lane-academy.pdf"
ORIGINAL = FILES / PDF


def marked(made: Sample) -> bytes:
    written = pdf.write(made.report, made.presentation)
    assert written.troubles == ()
    assert isinstance(written.content, bytes)
    return written.content


def annotations(content: bytes, kind: str) -> Iterator[tuple[int, Any]]:
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):
        for reference in page.get("/Annots", ()):
            annotation = reference.get_object()
            if annotation["/Subtype"] == kind:
                yield number, annotation


def words_under(content: bytes, page: int, annotation: Any) -> str:
    """The words that a highlight lies on, read by another program than made it."""
    document = pypdfium2.PdfDocument(content)
    text = document[page].get_textpage()
    corners = [float(value) for value in annotation["/QuadPoints"]]
    boxes = [corners[at : at + 8] for at in range(0, len(corners), 8)]
    found = [
        text.get_text_bounded(left=box[0] - 1, bottom=box[5] + 2, right=box[2] + 1, top=box[1] - 2) for box in boxes
    ]
    document.close()
    return "".join("".join(found).split())


def write(path: Path, *lines: str) -> Path:
    canvas = Canvas(str(path), invariant=1)
    canvas.setFont("Helvetica", 11)
    for number, line in enumerate(lines):
        canvas.drawString(60, 760 - 20 * number, line)
    canvas.save()
    return path


def test_each_passage_at_fault_is_highlighted_with_its_note() -> None:
    content = marked(one(PDF))
    highlights = list(annotations(content, "/Highlight"))
    for finding in one(PDF).report.subjects[0].findings:
        own = [each for each in highlights if finding.requirement.name in each[1]["/Contents"]]
        wanted = finding.verdict is Verdict.FAIL or (finding.verdict is Verdict.REVIEW and finding.checked)
        assert len(own) == (len(finding.evidence) if wanted else 0), finding.requirement.name
        for (page, annotation), passage in zip(own, finding.evidence, strict=False):
            assert passage.page == page  # the summary is one page
            quote = "".join(passage.quote.split())
            assert words_under(content, page, annotation).strip(".,") == quote.strip(".,")
            assert annotation["/T"] == "attendance-checker"
        if own:
            assert for_page(finding.message) in own[0][1]["/Contents"]


def test_the_summary_stands_in_front_and_leads_to_the_pages() -> None:
    content = marked(one(PDF))
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == len(PdfReader(ORIGINAL).pages) + 1
    front = " ".join(reader.pages[0].extract_text().split())
    assert "9 of 16 met; 3 to put right before ratification" in front
    for finding in one(PDF).report.subjects[0].findings:
        assert (finding.requirement.title in front) == (finding.verdict is Verdict.FAIL)
    assert "This is a reading aid, not legal advice." in front
    pages = [page.indirect_reference.idnum for page in reader.pages if page.indirect_reference]
    links = [list.__getitem__(annotation["/Dest"], 0).idnum for _, annotation in annotations(content, "/Link")]
    assert links == [pages[2]] * 3


def test_the_document_itself_is_as_it_was() -> None:
    before = ORIGINAL.read_bytes()
    content = marked(one(PDF))
    assert ORIGINAL.read_bytes() == before
    old, new = PdfReader(ORIGINAL), PdfReader(io.BytesIO(content))
    for was, now in zip(old.pages, new.pages[1:], strict=True):
        assert was.get_contents().get_data() == now.get_contents().get_data()
        assert list(map(float, was.mediabox)) == pytest.approx(list(map(float, now.mediabox)))
    assert new.metadata == old.metadata


def test_pages_keep_their_numbers() -> None:
    assert PdfReader(io.BytesIO(marked(one(PDF)))).page_labels == ["i", "1", "2"]


def test_numbers_of_the_documents_own_are_kept(tmp_path: Path) -> None:
    path = write(tmp_path / "policy.pdf", "We keep registers for six years.")
    writer = PdfWriter(clone_from=path)
    style = DictionaryObject({NameObject("/P"): TextStringObject("A-"), NameObject("/S"): NameObject("/D")})
    writer.root_object[NameObject("/PageLabels")] = DictionaryObject(
        {NameObject("/Nums"): ArrayObject([NumberObject(0), style])}
    )
    writer.write(path)
    assert PdfReader(io.BytesIO(marked(faults(path, "registers")))).page_labels == ["i", "A-1"]


def test_the_same_run_gives_the_same_bytes() -> None:
    assert marked(one(PDF)) == marked(one(PDF))


@pytest.mark.parametrize("quote", ["registers", "We keep registers for six years.", "six", "registers for"])
def test_a_highlight_lies_on_the_words(tmp_path: Path, quote: str) -> None:
    content = marked(faults(write(tmp_path / "policy.pdf", "We keep registers for six years."), quote))
    ((page, annotation),) = annotations(content, "/Highlight")
    assert words_under(content, page, annotation) == "".join(quote.split())


def test_several_faults_in_the_same_words_are_one_highlight(tmp_path: Path) -> None:
    path = write(tmp_path / "policy.pdf", "We keep registers for six years.")
    made = faults(path, "registers", "registers", "six years")
    marks = [str(annotation["/Contents"]) for _, annotation in annotations(marked(made), "/Highlight")]
    assert len(marks) == 2
    names = [finding.requirement.name for finding in made.report.subjects[0].findings]
    assert [[name in mark for name in names] for mark in marks] == [[True, True, False], [False, False, True]]


def test_what_is_missing_gets_a_note_beside_its_heading(tmp_path: Path) -> None:
    path = write(tmp_path / "policy.pdf", "Attendance policy", "", "We keep registers for six years.")
    ((page, note),) = annotations(marked(faults(path, "")), "/Text")
    assert page == 1
    assert "This is at fault." in note["/Contents"]
    assert 740 < float(note["/Rect"][1]) < 775
    assert float(note["/Rect"][2]) <= 60


def test_a_turned_page_is_marked_where_its_words_are(tmp_path: Path) -> None:
    path = tmp_path / "policy.pdf"
    canvas = Canvas(str(path), invariant=1)
    canvas.setPageRotation(90)
    canvas.translate(300, 100)
    canvas.rotate(90)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(0, 0, "We keep registers for six years.")
    canvas.save()
    ((_, annotation),) = annotations(marked(faults(path, "registers")), "/Highlight")
    left, lower, right, upper = (float(value) for value in annotation["/Rect"])
    assert 285 < left < right < 310
    assert 95 < lower < upper < 280


def test_a_damaged_file_is_marked_all_the_same(tmp_path: Path) -> None:
    path = write(tmp_path / "policy.pdf", "We keep registers for six years.")
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"xref")])
    content = marked(faults(path, "registers"))
    assert len(list(annotations(content, "/Highlight"))) == 1


def test_one_that_may_not_be_changed_is_copied(tmp_path: Path) -> None:
    path = write(tmp_path / "policy.pdf", "We keep registers for six years.")
    writer = PdfWriter(clone_from=path)
    writer.encrypt(user_password="", owner_password="secret", algorithm="AES-256")
    writer.write(path)
    content = marked(faults(path, "registers"))
    assert len(list(annotations(content, "/Highlight"))) == 1


def test_hostile_words_are_harmless(tmp_path: Path) -> None:
    path = write(tmp_path / "policy.pdf", "Attendance", "x" * 10_000)
    message = f"</font><b>\x00\x1b[31m\u202e&amp; (\\) endobj =1+1 Zoë Łódź 学校 {'y' * 10_000}\ufffe\ud800"
    content = marked(faults(path, "Attendance", message=message))
    front = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "</font><b>&amp; (\\) endobj =1+1 Zoë Lódz" in " ".join(front.split()).replace("?ódz", "Lódz")
    ((_, annotation),) = annotations(content, "/Highlight")
    assert not set(annotation["/Contents"]) & set("\x00\x1b\u202e\ufffe\ud800")


def test_what_is_no_pdf_is_named_and_several_need_a_folder(tmp_path: Path) -> None:
    written = pdf.write(sample().report, sample().presentation)
    assert written.remarks == ("--format pdf: no PDF file, so without a copy: policies/alder-vale-primary.docx",)
    with pytest.raises(UsageError, match="no PDF file was checked"):
        pdf.write(one("policies/alder-vale-primary.docx").report, sample().presentation)
    path = write(tmp_path / "policy.pdf", "We keep registers for six years.")
    subject = faults(path, "registers").report.subjects[0]
    report = replace(sample().report, subjects=(subject, replace(subject, path="other.pdf")))
    with pytest.raises(UsageError, match="2 PDF files were checked; name a folder"):
        pdf.write(report, sample().presentation)
    assert load(path).text
