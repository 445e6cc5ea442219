"""Makes many distinct attendance policies of fictional schools, as PDF and Word files of several makes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

NAMES = ("Alder", "Birch", "Cinder", "Dove", "Elder", "Fern", "Gorse", "Heron", "Iris", "Juniper", "Kestrel", "Linnet")
ENDS = ("bank", "brook", "combe", "dale", "field", "gate", "hurst", "ley", "mere", "ridge", "stow", "wick")
KINDS = ("Primary School", "Academy", "Junior School", "High School", "Church of England Primary School")
FAMILIES = (
    "Amberly",
    "Brackenhall",
    "Castlow",
    "Dunmere",
    "Eastley",
    "Fordwell",
    "Grantmoor",
    "Hollis",
    "Ivory",
    "Jessop",
)
SUBJECTS = (
    "reading", "mathematics", "science", "history", "music", "drama", "geography", "swimming", "chess", "gardening",
)  # fmt: skip
CODES = (
    ("/", "Present in the morning", "Present"), ("\\", "Present in the afternoon", "Present"),
    ("L", "Late before the register closed", "Present"), ("U", "Arrived after the register closed", "Unauthorised"),
    ("I", "Illness", "Authorised"), ("M", "Medical or dental appointment", "Authorised"),
    ("G", "Holiday not granted by the school", "Unauthorised"), ("O", "Absent in other circumstances", "Unauthorised"),
    ("N", "Reason not yet established", "Unauthorised"), ("C", "Leave in exceptional circumstances", "Authorised"),
)  # fmt: skip
SENTENCES = (
    "We want every pupil in school every day, because what is missed in {subject} is hard to make up.",
    "The class teacher takes the register at {opens} and again at {afternoon}; it closes at {closes}.",
    "A pupil who comes after {opens} and before {closes} is marked L; one who comes after {closes} is marked U.",
    "Parents telephone the office on {telephone} by {opens} on the first day of an absence and say the reason.",
    "If we have heard nothing by {call}, the office telephones home, and visits if the absence goes on for {days} days.",
    "Leave during term is granted only in exceptional circumstances; each request is looked at on its own facts.",
    "{lead} leads on attendance and can be reached on {telephone}.",
    "Every entry in the registers is kept for six years, and an amendment shows the original entry and the reason.",
    "Attendance data is looked at every {weeks} weeks to find pupils and groups who need support, in {subject} above all.",
    "A pupil who has missed ten per cent of sessions or more is persistently absent, and we meet the family.",
    "Governors look at the figures {times} times a year and ask what has been done for each group of pupils.",
    "A penalty notice is considered after ten sessions of unauthorised absence within ten school weeks.",
    "The first notice is £80 if it is paid within 21 days and £160 if it is paid within 28 days.",
    "We share attendance data with the Department for Education and with the local authority every day.",
    "The social worker of a pupil who has one is told on the first day of an unexplained absence.",
    "Pupils of Year {year} earn a certificate for {weeks} weeks without a session missed, and choose a book on {subject}.",
)
HEADINGS = (
    "Aims", "The law", "Who does what", "The school day", "Registers", "Lateness", "Absence", "Leave of absence",
    "Support", "Legal action", "Data", "Rewards", "Governors", "Review",
)  # fmt: skip
PDF_MAKES = ("plain", "embedded", "columns")
WORDS_OF_A_PAGE = 330


@dataclass(frozen=True)
class Policy:
    """What a policy says: its school, its sections, and rows of a table."""

    school: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[tuple[str, ...], ...]


def policy(number: int) -> Policy:
    """Returns the policy of a number: always the same, and no other one's."""
    chance = random.Random(number)
    name = f"{NAMES[number % len(NAMES)]}{ENDS[number // len(NAMES) % len(ENDS)]}"
    school = f"{name} {KINDS[number // (len(NAMES) * len(ENDS)) % len(KINDS)]}"
    left = chance.randint(10, 40) * WORDS_OF_A_PAGE
    sections = []
    at = 0
    while left > 0:
        paragraphs = tuple(_paragraph(chance) for _ in range(chance.randint(2, 5)))
        sections.append((f"{HEADINGS[at % len(HEADINGS)]}{'' if at < len(HEADINGS) else f' in part {at}'}", paragraphs))
        left -= sum(len(paragraph.split()) for paragraph in paragraphs)
        at += 1
    rows = tuple((code, meaning, kind) for code, meaning, kind in CODES)
    return Policy(school, tuple(sections), rows)


def _paragraph(chance: random.Random) -> str:
    minute = chance.randint(30, 50)
    words = {
        "subject": chance.choice(SUBJECTS), "opens": f"8.{minute}am", "closes": f"9.{chance.randint(5, 19):02}am",
        "afternoon": f"1.{chance.randint(10, 30)}pm", "call": f"9.{chance.randint(30, 55)}am",
        "telephone": f"01632 960{chance.randint(0, 999):03}", "days": chance.randint(2, 4),
        "weeks": chance.randint(2, 7), "times": chance.randint(3, 6), "year": chance.randint(1, 11),
        "lead": f"Mrs {chance.choice(FAMILIES)}",
    }  # fmt: skip
    return " ".join(sentence.format(**words) for sentence in chance.sample(SENTENCES, chance.randint(3, 7)))


def write_all(folder: Path, number: int) -> list[Path]:
    """Writes so many policies, three PDFs to each Word file, and returns their files. What is there already is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for at in range(number):
        make = (*PDF_MAKES, "word")[at % (len(PDF_MAKES) + 1)]
        path = folder / f"policy-{at:04}-{make}.{'docx' if make == 'word' else 'pdf'}"
        if not path.is_file():
            _write(policy(at), make, path)
        found.append(path)
    return found


def _write(content: Policy, make: str, path: Path) -> None:
    part = path.with_suffix(".part")
    if make == "word":
        _write_word(content, part)
    else:
        _write_pdf(content, make, part)
    part.replace(path)


def _write_word(content: Policy, path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading(f"{content.school}: Attendance policy", 0)
    for title, paragraphs in content.sections:
        document.add_heading(title, 1)
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
    table = document.add_table(rows=0, cols=3)
    for row in (("Code", "Meaning", "Class"), *content.rows):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(str(path))


def _write_pdf(content: Policy, make: str, path: Path) -> None:
    """Writes a PDF: with the fonts of every reader, with fonts of its own, or in two columns."""
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    rl_config.invariant = 1  # no day of making: the same bytes each time
    font = "Helvetica"
    if make == "embedded":
        font = "Vera"
        pdfmetrics.registerFont(TTFont(font, "Vera.ttf"))
    width, height = A4
    across = 2 if make == "columns" else 1
    margin, gap = 60, 18
    each = (width - 2 * margin - gap * (across - 1)) / across
    frames = [Frame(margin + place * (each + gap), margin, each, height - 2 * margin) for place in range(across)]
    document = BaseDocTemplate(str(path), pagesize=A4, title=f"{content.school} attendance policy")
    document.addPageTemplates(PageTemplate(frames=frames, onPage=_footer(content.school)))
    document.build(list(_flow(content, font, each)))


def _flow(content: Policy, font: str, width: float) -> Iterator[object]:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Spacer, Table

    body = ParagraphStyle("body", fontName=font, fontSize=11, leading=15, spaceAfter=8)
    heading = ParagraphStyle("heading", body, fontSize=14, leading=18, spaceBefore=10)
    yield Paragraph(f"{content.school}: Attendance policy", ParagraphStyle("title", body, fontSize=20, leading=26))
    for at, (title, paragraphs) in enumerate(content.sections, 1):
        yield Paragraph(f"{at} {title}", heading)
        for paragraph in paragraphs:
            yield Paragraph(paragraph, body)
    yield Spacer(1, 12)
    cells = [[Paragraph(words, body) for words in row] for row in (("Code", "Meaning", "Class"), *content.rows)]
    yield Table(cells, colWidths=_shares(width), style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)])


def _shares(width: float) -> Sequence[float]:
    return [width * share for share in (0.16, 0.5, 0.34)]


def _footer(school: str) -> object:
    def draw(canvas: object, document: object) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        canvas.drawString(60, 36, f"{school} · page {document.page}")  # type: ignore[attr-defined]

    return draw
