"""What a document is: a school's attendance policy, or something else that stands in the same folder.

A careful reader looks at the title and at what most of the text is about. What the title does not settle, the text
does: whether it speaks of registers, absence, lateness and leave, and more of these than of another subject. A letter,
minutes or a form are told by how they are made; staff, students of a university and other nations by their own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.documents.model import Block, BlockKind, Document
from checker.reading.index import WordIndex
from checker.reading.words import cut
from england_attendance.policy.schools.names import names_of
from england_attendance.policy.vocabulary import topic

GROUPS = ("registers", "absences", "attending", "lateness", "leave", "reporting", "enforcement", "persistent")
# What a policy of attendance sets out, whatever stands above it: nothing else speaks of nearly all of these.
SUBSTANCE = ("closes", "marks", "authorised", "people", "exceptional", "reporting", "enforcement", "persistent")
RIVALS = ("behaviour", "safeguarding", "needs", "admission", "health")
NATIONS = {
    "wales": "in Wales",
    "scotland": "in Scotland",
    "northern-ireland": "in Northern Ireland",
    "elsewhere": "outside England",
}
GENRES = {
    "minutes": "This is the minutes or the agenda of a meeting, not an attendance policy.",
    "newsletter": "This is a newsletter, not an attendance policy.",
    "inspection": "This is an inspection report, not an attendance policy.",
}
OTHER_TITLES = {
    "job-title": "This is about a job (“{title}”), not an attendance policy.",
    "menu-title": "This is a menu, not an attendance policy.",
    "report-title": "This is a report (“{title}”), not an attendance policy.",
}
TOO_LITTLE = (
    "This does not read like an attendance policy: too little in it is about registers, absence, leave and lateness."
)
FEWEST_SIGNS = 3
FEWEST_GROUPS = 4
SHORTEST = 90  # words of a document whose title names no policy of attendance
SENTENCE = 8  # words of a sentence that is no motto
MOST_OF_SUBSTANCE = len(SUBSTANCE) - 1
DENSE = 40  # words to one on attendance, up to which a document is about little else
SPARSE = 100  # words to one on attendance, above which an untitled document is about something else
SELDOM = 250  # words to one that promises or asks something, above which a document only tells of attendance
LONGEST_LETTER = 1200
LONGEST_FORM = 700
LONGEST_TITLE = 14
FRONT = 14
NO_LANGUAGE = 40  # words, below which the language is not asked for
_BLANKS = ("_" * 3, "." * 5, "…" * 2)
_BLANK = re.compile(r"_{3,}|\.{5,}|…{2,}")
_SENTENCE = re.compile(r"[a-z)]\.(?:\s|$)")
_FORM_OF_PUPILS = re.compile(r"\b(?:sixth|6th) form\b|\bform (?:tutor|time|teacher|group)", re.IGNORECASE)
_LABEL = re.compile(r"title: *(?=[\w\"'])", re.IGNORECASE)
_TRAIL = re.compile(r"\w ?[›»] ?\w")


@dataclass(frozen=True)
class Front:
    """What the front of a document says that it is.

    Attributes:
        lines: The lines that may be titles: short ones before the text begins, running headers, the given title.
        running: Those of them that stand around the text: of a web page also the names of other pages.
    """

    lines: tuple[str, ...]
    running: frozenset[str] = frozenset()

    @property
    def names_attendance(self) -> bool:
        """Whether a title names attendance."""
        return bool(self._naming("attendance"))

    @property
    def names_policy(self) -> bool:
        """Whether a title names a policy, a guide or the like."""
        return bool(self._naming("policy"))

    @property
    def title(self) -> str | None:
        """The line that names best what the document is; ``None`` where there is none."""
        named, policies = self._naming("attendance"), self._naming("policy")
        both = [line for line in named if line in policies and not _TRAIL.search(line)]
        own = [line for line in named if line not in self.running and not _TRAIL.search(line)]
        return next(iter([*both, *own, *policies, *named, *self.lines]), None)

    def not_a_policy(self, name: str, *, within_title: bool = False) -> str | None:
        """Returns the first line that names another kind of writing and no policy.

        Args:
            name: The concept of that kind.
            within_title: Whether the line must also name attendance: what stands beside such a line does not count.
        """
        named = [line for line in self._naming(name) if line not in self._naming("policy")]
        titles = self._naming("attendance") if within_title else named
        return next((line for line in named if line in titles and line not in self.running), None)

    @property
    def names_code(self) -> bool:
        """Whether a title names what councils write for their schools: a code or a protocol, and no policy."""
        return any("polic" not in line.lower() for line in self._naming("authority-title") if line not in self.running)

    def begins_with(self, name: str) -> bool:
        """Whether a line begins with a concept, and none calls itself a policy."""
        called = topic("schools/document_kinds")[name]
        places = [called.first(cut(line).forms) for line in self.lines]
        return any(place and place[0] == 0 for place in places) and "policy" not in " ".join(self.lines).lower()

    def _naming(self, name: str) -> list[str]:
        called = topic("schools/document_kinds")[name]
        return [line for line in self.lines if called.first(cut(line).forms) is not None]


def front_of(document: Document) -> Front:
    """Returns what the front of a document says that it is."""
    lines = _title_lines(document)
    around = {block.text for block in document.blocks if block.kind is BlockKind.RUNNING}
    front = Front(tuple(lines), frozenset({*around, *_above_heading(document)}))
    if document.title and document.title not in lines:
        # The title in a file's properties is often an older file's: the document's own comes first.
        older = front.names_attendance and document.format != "html"
        front = Front((*lines, document.title), front.running | ({document.title} if older else set()))
    return front


def why_not(document: Document, front: Front, blocks: WordIndex) -> str | None:
    """Returns why a document is no attendance policy of a school in England, or ``None`` where it is one.

    Args:
        document: The document.
        front: What its front says.
        blocks: The words of its readable blocks.
    """
    length = sum(len(part) for part in blocks.texts)
    counts = _Counts(blocks)
    strong = _sets_it_out(counts, length)
    return (
        _other_language(counts, length)
        or _other_nation(counts)
        or _other_people(counts, strong)
        or _other_make(document, front, counts, length, strong)
        or _other_subject(front, counts, length, strong)
    )


def _sets_it_out(counts: _Counts, length: int) -> bool:
    """Whether a text sets out what a policy of attendance does, and is about little else."""
    return (
        sum(counts[name] > 0 for name in SUBSTANCE) >= MOST_OF_SUBSTANCE
        and _own(counts) * DENSE >= length >= SHORTEST
        and _own(counts) >= _rival(counts)
    )


def _own(counts: _Counts) -> int:
    return sum(counts[name] for name in ("registers", "absences", "attending", "lateness", "leave"))


def _rival(counts: _Counts) -> int:
    return max(counts[name] for name in RIVALS)


class _Counts:
    """How often the concepts of the vocabulary stand in a document, counted when asked for."""

    def __init__(self, blocks: WordIndex) -> None:
        self._index = blocks

    def __getitem__(self, name: str) -> int:
        return self._index.count(topic("schools/document_kinds")[name])

    def kinds(self, name: str) -> int:
        """Returns how many of the phrases of a concept stand in the document."""
        return self._index.kinds(topic("schools/document_kinds")[name])


def _title_lines(document: Document) -> list[str]:
    words = topic("schools/document_kinds")
    lines: list[str] = []
    section = False
    for block in [block for block in document.blocks if block.kind is not BlockKind.CONTENTS][:FRONT]:
        length = len(block.text.split())
        if section and length >= SENTENCE and block.text.endswith("."):
            break  # the text begins
        section = block.kind is BlockKind.HEADING and len(lines) > 1
        if block.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH} and 0 < length <= LONGEST_TITLE:
            if words["salutation"].first(cut(block.text).forms[:1]):
                break
            sentence = length >= SENTENCE and block.text.endswith(".")
            if not sentence and not block.text.endswith((":", ",")):
                lines.append(_untitled(block.text))
        elif block.kind is BlockKind.ROW:
            lines += _labelled_titles(block)
        elif block.kind is BlockKind.PICTURE and block.text:
            lines.append(block.text)
        if length > LONGEST_TITLE or words["leads-to-others"].first(cut(block.text).forms):
            break
    running = [block.text for block in document.blocks if block.kind is BlockKind.RUNNING]
    return lines + [line for line in dict.fromkeys(running) if len(line.split()) <= LONGEST_TITLE]


def _untitled(line: str) -> str:
    """Returns a line without the label before a title: ``title: "Attendance"`` at the head of a file."""
    label = _LABEL.match(line)
    return line[label.end() :].strip("\"'") if label else line


def _above_heading(document: Document) -> list[str]:
    """Returns the lines of a web page above the heading that names attendance: of the site, with its links."""
    called = topic("schools/document_kinds")["attendance"]
    above: list[str] = []
    for block in document.blocks if document.format == "html" else ():
        if block.kind is BlockKind.HEADING and called.first(cut(block.text).forms) is not None:
            return above if block.level == 1 else []
        above.append(block.text)
    return []


def _labelled_titles(row: Block) -> list[str]:
    """Returns what a row of the front gives as the title: "Policy title | Attendance"."""
    cells = [cell.text for cell in row.cells if cell.text]
    words = topic("schools/document_kinds")
    if not words["leads-to-others"].first(cut(row.text).forms):
        whole = [cell for cell in cells if len(cell.split()) <= LONGEST_TITLE and _is_title(cell)]
        if whole:
            return whole
    if len(cells) < 2 or not {"title", "name"} & set(cut(cells[0]).forms) or len(cells[0].split()) > 4:
        return [cells[0]] if len(cells) == 1 and len(cells[0].split()) <= LONGEST_TITLE else []
    return [f"{cells[1]} policy" if "policy" in cells[0].lower() else cells[1]]


def _is_title(text: str) -> bool:
    words, forms = topic("schools/document_kinds"), cut(text).forms
    return words["attendance"].first(forms) is not None and words["policy"].first(forms) is not None


def _other_language(counts: _Counts, length: int) -> str | None:
    if length >= NO_LANGUAGE and counts["english"] < length / 16:
        return "This is not written in English, or it holds hardly any sentences: it cannot be judged."
    return None


def _other_nation(counts: _Counts) -> str | None:
    """Says of which other nation a school is: by what only its policies name, or by hints and nothing of England.

    Of hints it takes several: a school in England, too, may have a Board of Governors and an Education Welfare Service.
    """
    england = counts["england"]
    for nation, where in NATIONS.items():
        count, hints = counts[nation], counts.kinds(f"{nation}-hints")
        if count > england or (count > 1 and count >= england) or (hints >= FEWEST_SIGNS and not england):
            return f"This is a document of a school {where}; the catalogue is about schools in England."
    return None


def _other_people(counts: _Counts, strong: bool) -> str | None:
    pupils = counts["pupils"]
    if not strong and counts["employees"] >= 3 and counts["employees"] * 2 > pupils + counts["learners"]:
        return "This is about the attendance of staff, not of pupils."
    if counts["university"] >= 3 and counts["university"] > pupils:
        return "This is about students of a university, not about pupils of a school."
    if counts["further-education"] >= 2 and counts["further-education"] > pupils:
        return "This is about students of a college of further education, not about pupils of a school."
    return None


def _other_make(document: Document, front: Front, counts: _Counts, length: int, strong: bool) -> str | None:
    """Says what kind of writing it is, where it is none that a policy could be."""
    for name, reason in GENRES.items():
        titled = front.not_a_policy(f"{name}-title", within_title=strong) is not None
        if (titled and not front.names_policy) or (
            counts[name] >= FEWEST_SIGNS and (titled or not front.names_attendance)
        ):
            return reason
    if _is_form(document, front, length, strong):
        return "This is a form to fill in, not an attendance policy."
    own = counts["itself-a-policy"] or (strong and length > LONGEST_FORM / 2 and _heads_a_policy(document))
    if length < LONGEST_LETTER and _is_letter(document) and not own:
        return "This is a letter, not an attendance policy."
    return _other_title(document, front, counts, strong)


def _heads_a_policy(document: Document) -> bool:
    """Whether a heading is the title of an attendance policy: a letter may hold one whole."""
    headings = sum(block.kind is BlockKind.HEADING for block in document.blocks)
    lines = [block.text for block in document.blocks if block.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH}]
    titles = [line for line in lines if len(line.split()) <= LONGEST_TITLE and not line.endswith((".", ","))]
    return headings >= FEWEST_GROUPS and any(map(_is_title, titles))


def _other_title(document: Document, front: Front, counts: _Counts, strong: bool) -> str | None:
    """Says what kind of writing the title names, where no title names a policy and the text is none."""
    for name, reason in OTHER_TITLES.items():
        line = front.not_a_policy(name, within_title=strong)
        if line is not None and not front.names_policy and not (strong and name == "report-title"):
            return reason.format(title=line)
    if front.begins_with("guidance-title"):
        return f"This is guidance for schools (“{front.title}”), not a school's own attendance policy."
    return _of_an_authority(document, front, counts, strong)


def _of_an_authority(document: Document, front: Front, counts: _Counts, strong: bool) -> str | None:
    """Says that a council wrote it: a code for its schools, or a page on which it speaks and no school is named."""
    council = front.not_a_policy("authority") is not None
    if council and front.names_code and not (strong and names_of(document)):
        return f"This is a council's code or protocol (“{front.title}”), not a school's own attendance policy."
    if front.names_code and counts["code-itself"] and not strong:
        return f"This is a council's code or protocol (“{front.title}”), not a school's own attendance policy."
    speaks = counts["authority-alone"] or (council and counts["authority-speaks"])
    if speaks and not strong and not front.names_policy and not names_of(document):
        return f"This is a council's own page (“{front.title}”), not a school's attendance policy."
    return None


def _is_form(document: Document, front: Front, length: int, strong: bool) -> bool:
    """Whether there is more to fill in than to read."""
    words = topic("schools/document_kinds")
    dotted = any(blank in document.text for blank in _BLANKS)
    listed = [block for block in document.blocks if dotted and block.kind is not BlockKind.CONTENTS]
    lines = sum(len(_BLANK.findall(block.text)) for block in listed) + sum(
        words["blank-form-line"].first(cut(block.text).forms[:8]) is not None for block in document.blocks
    )
    if lines < FEWEST_SIGNS:
        return False
    title = front.not_a_policy("form-title", within_title=strong)
    named = title is not None and not front.names_policy and _FORM_OF_PUPILS.search(title) is None
    sentences = len(_SENTENCE.findall(document.text))
    return sentences * 2 < lines or (named and length < LONGEST_FORM) or sentences < 4


def _is_letter(document: Document) -> bool:
    """Whether it greets its reader at the beginning and takes leave at the end."""
    words = topic("schools/document_kinds")
    texts = [block.text for block in document.readable_blocks() if block.text]
    first = next((at for at, text in enumerate(texts) if _SENTENCE.search(text)), len(texts))
    greets = any(words["salutation"].first(cut(text).forms[:1]) is not None for text in texts[: first + 1])
    closing = [at for at, text in enumerate(texts) if words["closing"].first(cut(text).forms[:4]) is not None]
    written = any(words["letter-itself"].first(cut(text).forms) is not None for text in texts)
    return greets and (written or (bool(closing) and closing[0] >= len(texts) - 5))


def _other_subject(front: Front, counts: _Counts, length: int, strong: bool) -> str | None:
    """Says that it is about something else, where neither its title nor most of its text is about attendance."""
    words = topic("schools/document_kinds")
    groups = sum(counts[name] > 0 for name in GROUPS)
    if counts["exams"] > counts["pupils"] and words["exam-title"].first(cut(front.title or "").forms):
        return f"This is about examinations (“{front.title}”), not an attendance policy."
    if not strong and words["other-attending"].first(cut(front.title or "").forms) is not None:
        return f"This is another document (“{front.title}”), not an attendance policy."
    if front.names_attendance and front.names_policy and groups:
        return None
    if counts["itself-a-policy"] and groups >= FEWEST_GROUPS:
        return None
    titles = front.lines[:1] if strong else (front.title or "",)  # below links to other pages may stand the text itself
    if not front.names_attendance and any(words["other-policy"].first(cut(line).forms) for line in titles):
        return f"This is another document (“{front.title}”), not an attendance policy."
    if strong:
        return None
    long = length >= SHORTEST or (front.names_attendance and counts["closes"] > 0)
    asks = long and (front.names_attendance or counts["asks"] * SELDOM >= length)
    if _own(counts) * SPARSE >= length and _own(counts) >= _rival(counts) and groups >= FEWEST_GROUPS and asks:
        return None
    return TOO_LITTLE
