"""Documents with tables of known content, printed to PDF by LibreOffice and Chromium."""

from __future__ import annotations

import html
import random
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_WORDS = tuple(
    "pupil register session attendance family support meeting morning afternoon teacher office record letter contact "  # noqa: SIM905
    "reason illness leave term school governor review policy agreed early concern plan improve absence regular daily "
    "phone message reply parent carer classroom timetable appointment panel officer notice period return".split()
)

Row = tuple[str, ...]


@dataclass(frozen=True)
class Printed:
    """A PDF and what it was made of.

    Attributes:
        name: By which program, and what it holds.
        path: The PDF.
        rows: The rows of its tables in order, headings of the tables once.
    """

    name: str
    path: Path
    rows: tuple[Row, ...]


class Writer:
    """Writes sentences that mean nothing, always the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def sentence(self, fewest: int, most: int) -> str:
        words = self._random.choices(_WORDS, k=self._random.randint(fewest, most))
        return f"{' '.join(words).capitalize()}."

    def paragraph(self) -> str:
        return " ".join(self.sentence(6, 18) for _ in range(self._random.randint(2, 5)))

    def table(self, rows: int) -> tuple[Row, ...]:
        head = ("Code", "Meaning", "When we use it", "Note")
        return (
            head,
            *((f"Q{n}", self.sentence(2, 5), self.sentence(8, 26), self.sentence(3, 14)) for n in range(rows)),
        )


def printed(folder: Path, tables: int = 6, rows: int = 24) -> Iterator[Printed]:
    """Yields the printed documents, as far as the programs are installed."""
    for seed, style in enumerate(("ruled", "level lines", "striped")):
        source, content = _web_page(folder / f"page-{style.replace(' ', '-')}.html", Writer(seed), style, tables, rows)
        if (made := print_with_chromium(source)) is not None:
            yield Printed(f"Chromium, {style}", made, content)
    for seed, style in enumerate(("Table Grid", "Normal Table"), 10):
        name = "ruled" if style == "Table Grid" else "without lines"
        source, content = _word_document(
            folder / f"document-{name.replace(' ', '-')}.docx", Writer(seed), style, tables, rows
        )
        if (made := print_with_libreoffice(source)) is not None:
            yield Printed(f"LibreOffice, {name}", made, content)


def print_with_libreoffice(source: Path) -> Path | None:
    """Turns a document into a PDF with LibreOffice; ``None`` where there is none."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    profile = f"-env:UserInstallation={(source.parent / 'office').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(source.parent), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return source.with_suffix(".pdf")


def print_with_chromium(source: Path) -> Path | None:
    """Prints a web page to a PDF with Chromium; ``None`` where there is none."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        return None
    made = source.with_suffix(".pdf")
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={source.parent / 'browser'}"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={made}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return made


_STYLES = {
    "ruled": "td, th { border: 1px solid black }",
    "level lines": "td, th { border-top: 1px solid #888; border-bottom: 1px solid #888 }",
    "striped": "tr:nth-child(even) { background: #ddd } thead tr { background: #036; color: white }",
}


def _web_page(path: Path, writer: Writer, style: str, tables: int, rows: int) -> tuple[Path, tuple[Row, ...]]:
    content: list[Row] = []
    body = []
    for number in range(tables):
        table = writer.table(rows)
        content += table
        body.append(f"<h2>Table {number}</h2><p>{writer.paragraph()}</p><p>{writer.paragraph()}</p>")
        body.append(f"<table><thead>{_html_row('th', table[0])}</thead><tbody>")
        body += [_html_row("td", row) for row in table[1:]]
        body.append("</tbody></table>")
    sheet = (
        "body { font: 11pt/1.3 'Liberation Sans', Arial, sans-serif } table { border-collapse: collapse } "
        f"td, th {{ padding: 4px 6px; vertical-align: top; text-align: left }} {_STYLES[style]} "
        "* { print-color-adjust: exact }"
    )
    path.write_text(f"<meta charset='utf-8'><style>{sheet}</style>{''.join(body)}", encoding="utf-8")
    return path, tuple(content)


def _html_row(tag: str, row: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"


def _word_document(path: Path, writer: Writer, style: str, tables: int, rows: int) -> tuple[Path, tuple[Row, ...]]:
    from docx import Document

    document = Document()
    content: list[Row] = []
    for number in range(tables):
        rows_of_table = writer.table(rows)
        content += rows_of_table
        document.add_heading(f"Table {number}", 2)
        document.add_paragraph(writer.paragraph())
        document.add_paragraph(writer.paragraph())
        table = document.add_table(len(rows_of_table), len(rows_of_table[0]), style)
        for made, row in zip(table.rows, rows_of_table, strict=True):
            for cell, text in zip(made.cells, row, strict=True):
                cell.text = text
    document.save(str(path))
    return path, tuple(content)
