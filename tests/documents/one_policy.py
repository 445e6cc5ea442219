"""One fictional policy, written out in every format that is read."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Title:
    text: str


@dataclass(frozen=True)
class Line:
    text: str


@dataclass(frozen=True)
class Heading:
    number: str
    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]
    nested: tuple[str, ...] = ()


@dataclass(frozen=True)
class Numbers:
    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[str, ...], ...]
    header: bool = True


POLICY = (
    Title("Attendance Policy"),
    Line("Brackenhill Primary School"),
    Line("Approved by: Full governing body"),
    Line("Next review due by: March 2027"),
    Table((("Policy owner", "Headteacher"), ("Version", "4.2"), ("Published", "Yes")), header=False),
    Heading("1", "Aims", 1),
    Paragraph("Brackenhill wants every child to be in school, on time, on each day that the school is open."),
    Heading("2", "Who does what", 1),
    Heading("2.1", "The headteacher", 2),
    Paragraph("The headteacher is responsible for:"),
    Bullets(
        ("Running this policy", "Telling governors how attendance stands, each half-term:", "Deciding on leave"),
        ("by year group", "by pupil group"),
    ),
    Heading("2.2", "Parents and carers", 2),
    Paragraph("Parents ring the office before 8.45am – on each day of absence – and say “why”."),
    Heading("3", "Registers", 1),
    Paragraph("We take the register twice a day. The steps are:"),
    Numbers(("The teacher calls the names.", "The office checks the marks.", "The office rings home.")),
    Table(
        (
            ("Code", "Meaning", "Counts as"),
            ("/", "Present in the morning", "Attending"),
            ("L", "Late, before the register closed", "Attending"),
            ("U", "Late, after the register closed", "Unauthorised absence"),
        )
    ),
    Heading("Appendix 1", "Letters that we send", 1),
    Paragraph("The first letter is sent when a child has missed ten sessions in half a term."),
)


def as_text() -> str:
    out: list[str] = []
    for part in POLICY:
        match part:
            case Title(text) | Line(text) | Paragraph(text):
                out.append(text)
            case Heading(number, text, _):
                out.append(f"{number}{':' if number.startswith('App') else '.' if '.' not in number else ''} {text}")
            case Bullets(items, nested):
                lines = [f"- {item}" for item in items]
                lines[2:2] = [f"  - {item}" for item in nested]
                out.append("\n".join(lines))
            case Numbers(items):
                out.append("\n".join(f"{number}. {item}" for number, item in enumerate(items, 1)))
            case Table(rows, _):
                out.append("\n".join("\t".join(row) for row in rows))
    return "\n\n".join(out) + "\n"


def as_markdown() -> str:
    out: list[str] = []
    for part in POLICY:
        match part:
            case Title(text):
                out.append(f"# {text}")
            case Line(text) | Paragraph(text):
                out.append(text)
            case Heading(number, text, level):
                out.append(f"{'#' * (level + 1)} {number}{':' if number.startswith('App') else ''} {text}")
            case Bullets(items, nested):
                lines = [f"* {item}" for item in items]
                lines[2:2] = [f"    * {item}" for item in nested]
                out.append("\n".join(lines))
            case Numbers(items):
                out.append("\n".join(f"{number}. {item}" for number, item in enumerate(items, 1)))
            case Table(rows, header):
                head = rows[0] if header else ("",) * len(rows[0])
                lines = [head, ("---",) * len(head), *rows[1 if header else 0 :]]
                out.append("\n".join(f"| {' | '.join(line)} |" for line in lines))
    return "\n\n".join(out) + "\n"


def as_html() -> str:
    out = ["<!doctype html><html lang=en><head><meta charset=utf-8><title>Policy</title></head><body><main>"]
    for part in POLICY:
        match part:
            case Title(text):
                out.append(f"<h1>{html.escape(text)}</h1>")
            case Line(text) | Paragraph(text):
                out.append(f"<p>{html.escape(text)}</p>")
            case Heading(number, text, level):
                out.append(f"<h{level + 1}>{number} {html.escape(text)}</h{level + 1}>")
            case Bullets(items, nested):
                inner = "<ul>" + "".join(f"<li>{item}</li>" for item in nested) + "</ul>"
                listed = [f"<li>{item}{inner if at == 1 and nested else ''}</li>" for at, item in enumerate(items)]
                out.append("<ul>" + "".join(listed) + "</ul>")
            case Numbers(items):
                out.append("<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>")
            case Table(rows, header):
                cells = [
                    "".join(f"<{'th' if header and not at else 'td'}>{html.escape(cell)}" for cell in row)
                    for at, row in enumerate(rows)
                ]
                out.append("<table border=1>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    return "\n".join([*out, "</main></body></html>"])


def write_docx(path: Path) -> None:
    """Writes it as people do in Word: styles for headings, automatic numbers for the steps."""
    import docx

    document = docx.Document()
    for part in POLICY:
        match part:
            case Title(text):
                document.add_paragraph(text, style="Title")
            case Line(text) | Paragraph(text):
                document.add_paragraph(text)
            case Heading(number, text, level):
                document.add_paragraph(f"{number}\t{text}", style=f"Heading {level}")
            case Bullets(items, nested):
                listed = [(item, "List Bullet") for item in items]
                listed[2:2] = [(item, "List Bullet 2") for item in nested]
                for item, style in listed:
                    document.add_paragraph(item, style=style)
            case Numbers(items):
                for item in items:
                    document.add_paragraph(item, style="List Number")
            case Table(rows, header):
                table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
                for at, row in enumerate(rows):
                    for cell, text in zip(table.add_row().cells, row, strict=True):
                        run = cell.paragraphs[0].add_run(text)
                        run.bold = (header and at == 0) or None
    document.save(str(path))


def write_all(folder: Path) -> dict[str, Path]:
    """Writes the policy in each format into a folder, and returns the files by format."""
    files = {form: folder / f"policy.{form}" for form in ("txt", "md", "html", "docx")}
    files["txt"].write_text(as_text(), encoding="utf-8")
    files["md"].write_text(as_markdown(), encoding="utf-8")
    files["html"].write_text(as_html(), encoding="utf-8")
    write_docx(files["docx"])
    return files
