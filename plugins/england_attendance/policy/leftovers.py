"""Template text that was left unfilled: brackets, blanks, "TBC", instructions to the author.

Blanks and merge fields are right in a form or a model letter, and so are signature lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.documents.model import Block, BlockKind, Document, Reading
from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.reading.words import cut
from checker.recognise.placeholders import Placeholder, PlaceholderKind, placeholders
from england_attendance.policy.vocabulary import topic

FORM_LINES = 2
SHORT = 14
AROUND = 60


@dataclass(frozen=True)
class Leftovers:
    """Template text that was left unfilled, with where it stands."""

    found: tuple[Passage, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows the words."""
        yield PublishedFact("placeholders", [passage.quote for passage in self.found], self.found)


@reader
def leftovers(document: Document) -> Leftovers:
    """Reads the template text that was left unfilled."""
    forms = _form_sections(document)
    found = []
    for block in document.readable_blocks():
        in_form = any(index in forms for index in _sections_around(document, block))
        for reading in _readings(block):
            for place in placeholders(reading.text):
                if not (place.fillable and (in_form or _is_signature(block, reading, place))):
                    found.append(_passage(document, reading, place))
    return Leftovers(tuple(found))


@check("policy.no-placeholders")
def nothing_unfilled(leftovers: Leftovers) -> Outcome:
    """No template text is left unfilled."""
    if leftovers.found:
        count = len(leftovers.found)
        what = "Template text is" if count == 1 else f"Template text is in {count} places"
        return failed(Fault(f"{what} left unfilled.", None, leftovers.found))
    return passed("No unfilled template text was found.")


def _form_sections(document: Document) -> set[int]:
    """Returns the sections that are a form or a letter: by their heading, or by lines that only such things have."""
    words = topic("leftovers")
    forms = {index for index, section in enumerate(document.sections) if words["form"].first(cut(section.title).forms)}
    lines: dict[int, int] = {}
    for block in document.blocks:
        text = block.text[:120]
        place = words["form-line"].first(cut(text).forms)
        if place is not None and place[0] <= 1 and len(block.text.split()) <= SHORT:
            lines[block.section] = lines.get(block.section, 0) + 1
    return forms | {index for index, count in lines.items() if count >= FORM_LINES and document.sections[index].level}


def _sections_around(document: Document, block: Block) -> Iterator[int]:
    index: int | None = block.section
    while index is not None:
        yield index
        index = document.sections[index].parent


def _readings(block: Block) -> Iterator[Reading]:
    if block.kind is BlockKind.ROW:
        yield from (paragraph for cell in block.cells for paragraph in cell.paragraphs)
    else:
        yield block.reading


def _is_signature(block: Block, reading: Reading, place: Placeholder) -> bool:
    """Whether a blank is one to sign on, or to fill in as a script is spoken."""
    if place.kind is not PlaceholderKind.BLANK:
        return False
    if '"' in reading.text[: place.start] and '"' in reading.text[place.end :]:
        return True
    words = topic("leftovers")
    text = block.text if len(block.text.split()) <= 2 * SHORT else reading.text
    return (
        words["signature"].first(cut(text[: place.start] if place.start else text).forms) is not None
        and "approved" not in text.lower()
    )


def _passage(document: Document, reading: Reading, place: Placeholder) -> Passage:
    """Returns the placeholder with a few words around it: its line where that is short."""
    text = reading.text
    if len(text) <= 3 * AROUND:
        return document.passage(reading.start, reading.end)
    start = text.rfind(" ", 0, max(0, place.start - AROUND)) + 1
    end = text.find(" ", min(len(text) - 1, place.end + AROUND))
    return document.passage(*reading.span(start, len(text) if end < 0 else end))
