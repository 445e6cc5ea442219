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
from england_attendance.policy.vocabulary import topic

GROUPS = ("registers", "absences", "attending", "lateness", "leave", "reporting", "enforcement", "persistent")
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
SHORTEST = 90  # words of a document whose title does not name attendance
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
        both = [line for line in named if line in policies]
        return next(iter([*both, *policies, *named, *self.lines]), None)

    def not_a_policy(self, name: str) -> str | None:
        """Returns the first line that names another kind of writing and no policy."""
        named = [line for line in self._naming(name) if line not in self._naming("policy")]
        return next((line for line in named if line not in self.running), None)

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
    running = {block.text for block in document.blocks if block.kind is BlockKind.RUNNING}
    return Front(tuple(_title_lines(document)), frozenset(running))


def why_not(document: Document, front: Front, blocks: WordIndex) -> str | None:
    """Returns why a document is no attendance policy of a school in England, or ``None`` where it is one.

    Args:
        document: The document.
        front: What its front says.
        blocks: The words of its readable blocks.
    """
    length = sum(len(part) for part in blocks.texts)
    counts = _Counts(blocks)
    return (
        _other_language(counts, length)
        or _other_nation(counts)
        or _other_people(counts)
        or _other_make(document, front, counts, length)
        or _other_subject(front, counts, length)
    )


class _Counts:
    """How often the concepts of the vocabulary stand in a document, counted when asked for."""

    def __init__(self, blocks: WordIndex) -> None:
        self._index = blocks

    def __getitem__(self, name: str) -> int:
        return self._index.count(topic("schools/document_kinds")[name])


def _title_lines(document: Document) -> list[str]:
    words = topic("schools/document_kinds")
    lines: list[str] = []
    for block in [block for block in document.blocks if block.kind is not BlockKind.CONTENTS][:FRONT]:
        length = len(block.text.split())
        if block.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH} and 0 < length <= LONGEST_TITLE:
            if words["salutation"].first(cut(block.text).forms[:1]):
                break
            if not block.text.endswith((":", ",")):
                lines.append(block.text)
        elif block.kind is BlockKind.ROW:
            lines += _labelled_titles(block)
        elif block.kind is BlockKind.PICTURE and block.text:
            lines.append(block.text)
        if length > LONGEST_TITLE or words["leads-to-others"].first(cut(block.text).forms):
            break
    running = [block.text for block in document.blocks if block.kind is BlockKind.RUNNING]
    lines += [line for line in dict.fromkeys(running) if len(line.split()) <= LONGEST_TITLE]
    return [*lines, *([document.title] if document.title and document.title not in lines else [])]


def _labelled_titles(row: Block) -> list[str]:
    """Returns what a row of the front gives as the title: "Policy title | Attendance"."""
    cells = [cell.text for cell in row.cells if cell.text]
    if len(cells) < 2 or not {"title", "name"} & set(cut(cells[0]).forms) or len(cells[0].split()) > 4:
        return [cells[0]] if len(cells) == 1 and len(cells[0].split()) <= LONGEST_TITLE else []
    return [f"{cells[1]} policy" if "policy" in cells[0].lower() else cells[1]]


def _other_language(counts: _Counts, length: int) -> str | None:
    if length >= NO_LANGUAGE and counts["english"] < length / 16:
        return "This is not written in English, or it holds hardly any sentences: it cannot be judged."
    return None


def _other_nation(counts: _Counts) -> str | None:
    """Says of which other nation a school is: by what only its policies name, or by hints and nothing of England."""
    england = counts["england"]
    for nation, where in NATIONS.items():
        count, hints = counts[nation], counts[f"{nation}-hints"]
        if count > england or (count > 1 and count >= england) or (hints >= FEWEST_SIGNS and not england):
            return f"This is a document of a school {where}; the catalogue is about schools in England."
    return None


def _other_people(counts: _Counts) -> str | None:
    pupils = counts["pupils"]
    if counts["employees"] >= 3 and counts["employees"] * 2 > pupils:
        return "This is about the attendance of staff, not of pupils."
    if counts["university"] >= 3 and counts["university"] > pupils:
        return "This is about students of a university, not about pupils of a school."
    if counts["further-education"] >= 2 and counts["further-education"] > pupils:
        return "This is about students of a college of further education, not about pupils of a school."
    return None


def _other_make(document: Document, front: Front, counts: _Counts, length: int) -> str | None:
    """Says what kind of writing it is, where it is none that a policy could be."""
    for name, reason in GENRES.items():
        titled = front.not_a_policy(f"{name}-title") is not None
        if (titled and not front.names_policy) or (
            counts[name] >= FEWEST_SIGNS and (titled or not front.names_attendance)
        ):
            return reason
    if _is_form(document, front, length):
        return "This is a form to fill in, not an attendance policy."
    if length < LONGEST_LETTER and _is_letter(document) and not counts["itself-a-policy"]:
        return "This is a letter, not an attendance policy."
    return _other_title(front)


def _other_title(front: Front) -> str | None:
    """Says what kind of writing the title names, where no title names a policy."""
    for name, reason in OTHER_TITLES.items():
        line = front.not_a_policy(name)
        if line is not None and not front.names_policy:
            return reason.format(title=line)
    if front.begins_with("guidance-title"):
        return f"This is guidance for schools (“{front.title}”), not a school's own attendance policy."
    if front.not_a_policy("authority-title") and front.not_a_policy("authority"):
        return f"This is a council's code or protocol (“{front.title}”), not a school's own attendance policy."
    return None


def _is_form(document: Document, front: Front, length: int) -> bool:
    """Whether there is more to fill in than to read."""
    words = topic("schools/document_kinds")
    blanks = _BLANK.findall(document.text) if any(blank in document.text for blank in _BLANKS) else ()
    lines = len(blanks) + sum(
        words["blank-form-line"].first(cut(block.text).forms[:8]) is not None for block in document.blocks
    )
    if lines < FEWEST_SIGNS:
        return False
    named = front.not_a_policy("form-title") is not None and not front.names_policy
    sentences = len(_SENTENCE.findall(document.text))
    return sentences * 2 < lines or (named and length < LONGEST_FORM) or sentences < 4


def _is_letter(document: Document) -> bool:
    """Whether it greets its reader at the beginning and takes leave at the end."""
    words = topic("schools/document_kinds")
    texts = [block.text for block in document.readable_blocks() if block.text]
    first = next((at for at, text in enumerate(texts) if _SENTENCE.search(text)), len(texts))
    greets = any(words["salutation"].first(cut(text).forms[:1]) is not None for text in texts[: first + 1])
    closing = [at for at, text in enumerate(texts) if words["closing"].first(cut(text).forms[:4]) is not None]
    return greets and bool(closing) and closing[0] >= len(texts) - 5


def _other_subject(front: Front, counts: _Counts, length: int) -> str | None:
    """Says that it is about something else, where neither its title nor most of its text is about attendance."""
    words = topic("schools/document_kinds")
    groups = sum(counts[name] > 0 for name in GROUPS)
    if counts["exams"] > counts["pupils"] and words["exam-title"].first(cut(front.title or "").forms):
        return f"This is about examinations (“{front.title}”), not an attendance policy."
    if front.names_attendance and front.names_policy and groups:
        return None
    if counts["itself-a-policy"] and groups >= FEWEST_GROUPS:
        return None
    own = sum(counts[name] for name in ("registers", "absences", "attending", "lateness", "leave"))
    rival = max(counts[name] for name in RIVALS)
    asks = front.names_attendance or counts["asks"] * SELDOM >= length >= SHORTEST
    if own * SPARSE >= length and own >= rival and groups >= FEWEST_GROUPS and asks:
        return None
    if front.title and not front.names_attendance and words["other-policy"].first(cut(front.title).forms):
        return f"This is another document (“{front.title}”), not an attendance policy."
    return TOO_LITTLE
