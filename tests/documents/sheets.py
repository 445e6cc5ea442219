"""Draws PDFs for the tests, and shows what was read of them in short."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from checker.documents import pdf
from checker.documents.draft import Draft, Part, PartKind

WIDTH, HEIGHT = A4
FONT, BOLD = "Helvetica", "Helvetica-Bold"

Drawing = Callable[[Canvas], object]


def draw(path: Path, *pages: Drawing, size: tuple[float, float] = A4, **options: object) -> Path:
    """Writes a PDF of which each page is drawn by a function."""
    canvas = Canvas(str(path), pagesize=size, invariant=1, **options)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return path


def read(path: Path, *pages: Drawing, **options: object) -> Draft:
    """Draws a PDF and reads it."""
    return pdf.load(draw(path / "policy.pdf", *pages, **options))


class Pen:
    """Writes down a page in points from its upper left corner."""

    def __init__(self, canvas: Canvas, size: float = 11, x: float = 72, y: float = 72, width: float = 451) -> None:
        self.canvas, self.size, self.x, self.y, self.width = canvas, size, x, y, width
        self.leading = 1.2 * size

    def line(self, text: str, font: str = FONT, x: float | None = None, size: float | None = None) -> Pen:
        """Writes one line and goes to the next."""
        self.canvas.setFont(font, size or self.size)
        self.canvas.drawString(self.x if x is None else x, self.canvas._pagesize[1] - self.y, text)
        self.y += self.leading
        return self

    def text(self, text: str, font: str = FONT, hang: float = 0.0, mark: str = "", after: float = 8.0) -> Pen:
        """Writes a paragraph, wrapped, with a bullet or number before it, and goes on below it."""
        for number, line in enumerate(wrapped(text, self.width - hang, font, self.size)):
            if mark and number == 0:
                self.canvas.setFont(FONT, self.size)
                self.canvas.drawString(self.x, self.canvas._pagesize[1] - self.y, mark)
            self.line(line, font, self.x + hang)
        self.y += after
        return self


def wrapped(text: str, width: float, font: str = FONT, size: float = 11) -> list[str]:
    """Returns the lines that a text makes in a width."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and stringWidth(longer, font, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def boxed(
    canvas: Canvas,
    rows: Sequence[Sequence[str]],
    columns: Sequence[float],
    top: float,
    *,
    size: float = 10,
    rule: Callable[[Canvas, float, float, float, float], object] | None = None,
) -> float:
    """Draws a ruled table with wrapped cells and returns where it ends, in points from the page's top.

    Args:
        canvas: Where to draw.
        rows: The texts of the cells.
        columns: Where the columns begin, and where the last ends.
        top: Where the table begins.
        size: The size of its letters.
        rule: Draws the frame of a cell from left, lower edge, width and height; a stroked rectangle if left out.
    """
    height, leading = canvas._pagesize[1], 1.2 * size
    for row in rows:
        cells = [
            wrapped(cell, right - left - 8, FONT, size)
            for cell, left, right in zip(row, columns, columns[1:], strict=False)
        ]
        deep = max(map(len, cells)) * leading + 6
        for lines, left, right in zip(cells, columns, columns[1:], strict=False):
            (rule or Canvas.rect)(canvas, left, height - top - deep, right - left, deep)
            canvas.setFillGray(0)
            canvas.setFont(FONT, size)
            for number, line in enumerate(lines):
                canvas.drawString(left + 4, height - top - (number + 1) * leading, line)
        top += deep
    return top


def words_of(text: str) -> list[str]:
    """Returns the words of a text."""
    return text.split()


def paragraphs(draft: Draft, kind: PartKind = PartKind.TEXT) -> list[str]:
    """Returns the texts of the parts of one kind, on one line each."""
    return [" ".join(text_of(draft, part).split()) for part in draft.parts if part.kind is kind]


def text_of(draft: Draft, part: Part) -> str:
    """Returns the text of a part as it stands in the draft."""
    return draft.text[part.start : part.end]


def rows(draft: Draft) -> list[list[str]]:
    """Returns the cells of all rows, each on one line."""
    return [
        [
            " ".join(" ".join(draft.text[span.start : span.end].split()) for span in cell.paragraphs)
            for cell in part.cells
        ]
        for part in draft.parts
        if part.kind is PartKind.ROW
    ]


def office(source: Path) -> Path:
    """Turns a document into a PDF with LibreOffice; skips the test where there is none."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed here")
    profile = source.parent / "profile"
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(source.parent), str(source)], check=True, capture_output=True, timeout=120
    )
    return source.with_suffix(".pdf")


def browser(source: Path) -> Path:
    """Prints a web page to a PDF with Chromium; skips the test where there is none."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("Chromium is not installed here")
    target = source.with_suffix(".pdf")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    profile = f"--user-data-dir={source.parent / 'browser'}"
    command = [program, *options, profile, f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target
