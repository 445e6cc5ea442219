"""What a verdict cannot know: words read from a picture make mistakes, and what could not be read may say otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checker.findings import Outcome, Passage, Verdict
from checker.listing import listed

if TYPE_CHECKING:
    from checker.documents.model import Document

NOTE = "this was read from a picture by a program (OCR): compare it with the picture itself"


def with_doubts(outcome: Outcome, document: Document) -> Outcome:
    """Returns an outcome that says where it rests on a picture; a fault by figures read so is for a person.

    A pass says that pages could not be read, or that text is missing: the opposite may stand there.

    Args:
        outcome: What a check found.
        document: The document that its evidence stands in.
    """
    outcome = _noting_what_was_lost(outcome, document)
    if not outcome.evidence or not document.holds_ocr:
        return outcome
    read = {passage for passage in outcome.evidence if _is_read_from_picture(passage, document)}
    if not read:
        return outcome
    figures = {passage for passage in read if any(char.isdigit() for char in passage.quote)}
    doubtful = [fault for fault in outcome.faults if not figures.isdisjoint(fault.passages)]
    if not doubtful:
        return outcome.noting(NOTE)
    sure = tuple(fault for fault in outcome.faults if fault not in doubtful)
    if not sure:
        return replace(outcome, verdict=Verdict.REVIEW, faults=()).noting(NOTE)
    for_a_person = " ".join(fault.message.rstrip(".") for fault in doubtful)
    certain = replace(outcome, faults=sure, message=" ".join(dict.fromkeys(fault.message for fault in sure)))
    return certain.noting(f"{NOTE}, which may say: {for_a_person}")


def _noting_what_was_lost(outcome: Outcome, document: Document) -> Outcome:
    pages = [page.number for page in document.pages if not page.legible]
    if outcome.verdict is not Verdict.PASS or not (pages or document.lost):
        return outcome
    where = f"on page{'s' if len(pages) > 1 else ''} {listed(pages)}" if pages else "in text that is missing"
    return outcome.noting(f"what stands {where} could not be read, and may say otherwise")


def _is_read_from_picture(passage: Passage, document: Document) -> bool:
    return any(
        block.ocr and block.reading.start < passage.end and passage.start < block.reading.end
        for block in document.blocks
        if block.reading
    )
