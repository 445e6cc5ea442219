"""Reads the formats of office programs back, without the packing that differs between versions of a library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx as python_docx
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.reports.reading import Read

_IN_MATRIX = {
    "met": "pass", "fail": "fail", "look": "review", "–": "not_applicable", "waived": "waived", "error": "error",
}  # fmt: skip


def unpacked(content: bytes) -> bytes:
    """Returns what a file holds: the parts of an archive; of a PDF the text of each page and its notes."""
    if content.startswith(b"%PDF"):
        return _pdf(content).encode()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return b"\n".join(name.encode() + b"\n" + file.read(name) for name in file.namelist())
    return content


def _pdf(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content))
    lines = []
    for label, page in zip(reader.page_labels, reader.pages, strict=True):
        lines += [f"page {label}", page.extract_text()]
        for reference in page.get("/Annots", ()):
            note = reference.get_object()
            corners = [round(float(value)) for value in note.get("/QuadPoints", note["/Rect"])]
            lines += [f"{note['/Subtype']} {corners}", str(note.get("/Contents", ""))]
    return "\n".join(lines)


def from_docx(content: bytes) -> Read:
    """Reads the comments: the first line says the weight, the last the requirement."""
    for comment in python_docx.Document(io.BytesIO(content)).comments:
        yield from _noted("policies/alder-vale-primary.docx", comment.text)


def from_pdf(content: bytes) -> Read:
    """Reads the notes."""
    for page in PdfReader(io.BytesIO(content)).pages:
        for reference in page.get("/Annots", ()):
            for said in str(reference.get_object().get("/Contents", "")).split("\n\n– – –\n\n"):
                yield from _noted("policies/quarry-lane-academy.pdf", said)


def _noted(path: str, said: str) -> Read:
    first, last = said.partition("\n")[0], said.rpartition("\n")[2]
    if last.startswith("policy.") and "See the first comment on this." not in said:
        yield path, last, "review" if first.startswith("For a person to decide") else "fail"


def from_xlsx(content: bytes) -> Read:
    """Reads the matrix."""
    sheet = load_workbook(io.BytesIO(content))["Matrix"]
    titles = [str(cell.value) for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2, values_only=True):
        for title, word in zip(titles[5:], row[5:], strict=True):
            if word:
                yield str(row[1]), title.rpartition("(")[2].rstrip(")"), _IN_MATRIX[str(word)]


READERS: dict[str, Callable[[bytes], Read]] = {
    "alder-vale-primary.docx": from_docx,
    "quarry-lane-academy.pdf": from_pdf,
    "report.xlsx": from_xlsx,
}
