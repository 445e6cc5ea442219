"""What rests on words read from a picture: it is said, and a figure read so never decides against a school."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checker.findings import Outcome, Passage, Verdict

if TYPE_CHECKING:
    from checker.documents.model import Document

NOTE = "this was read from a picture by a program (OCR): compare it with the picture itself"


def with_doubts(outcome: Outcome, document: Document) -> Outcome:
    """Returns an outcome that says where it rests on a picture; a failure by figures read so is for a person.

    Args:
        outcome: What a check found.
        document: The document that its evidence stands in.
    """
    if not outcome.evidence or not any(block.ocr for block in document.blocks):
        return outcome
    read = [passage for passage in outcome.evidence if _is_read_from_picture(passage, document)]
    if not read:
        return outcome
    figures = any(char.isdigit() for passage in read for char in passage.quote)
    if outcome.verdict is Verdict.FAIL and len(read) == len(outcome.evidence) and figures:
        outcome = replace(outcome, verdict=Verdict.REVIEW, levels=())
    return outcome.noting(NOTE)


def _is_read_from_picture(passage: Passage, document: Document) -> bool:
    return any(
        block.ocr and block.reading.start < passage.end and passage.start < block.reading.end
        for block in document.blocks
        if block.reading
    )
