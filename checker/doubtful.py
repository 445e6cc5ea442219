"""What rests on words read from a picture: it is said, and a figure read so never decides against a school."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checker.findings import Outcome, Passage, Verdict

if TYPE_CHECKING:
    from checker.documents.model import Document

NOTE = "this was read from a picture by a program (OCR): compare it with the picture itself"


def with_doubts(outcome: Outcome, document: Document) -> Outcome:
    """Returns an outcome that says where it rests on a picture; a fault by figures read so is for a person.

    Args:
        outcome: What a check found.
        document: The document that its evidence stands in.
    """
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


def _is_read_from_picture(passage: Passage, document: Document) -> bool:
    return any(
        block.ocr and block.reading.start < passage.end and passage.start < block.reading.end
        for block in document.blocks
        if block.reading
    )
