"""Refuses documents of which too little can be read to say anything of them, least of all what they are not."""

from __future__ import annotations

from checker.documents.model import BlockKind, Document
from checker.errors import UnreadableError

MOST_NOTES = 3
UNREAD_SHARE = 1 / 3


def refuse_wordless(document: Document) -> None:
    """Says why a document holds no word that can be read.

    Args:
        document: The document.

    Raises:
        UnreadableError: It holds none: its pages are damaged, or pictures, or blank.
    """
    if document.pages and not any(page.legible for page in document.pages):
        raise UnreadableError(
            "not-legible",
            f"{document.name}: none of its pages can be read: they are damaged, or their fonts do not say which letters "
            "they draw. Save the document that it was made from as .docx or PDF and try again.",
        )
    if any(_holds_words(block.text) for block in document.blocks if block.kind is not BlockKind.RUNNING):
        return
    if any(page.pictures for page in document.pages) or any(
        block.kind is BlockKind.PICTURE for block in document.blocks
    ):
        raise UnreadableError(
            "only-pictures",
            f"{document.name}: it holds pictures and no text, as a scan does. Check the document that was printed, or "
            "have a program recognise the scan's text (OCR) first.",
        )
    notes = "".join(f" {note}" for note in document.notes[:MOST_NOTES])
    raise UnreadableError(
        "no-text", f"{document.name}: it holds no text.{notes} Save the document again and try once more."
    )


def refuse_hardly_read(document: Document) -> None:
    """Says that too much of a document could not be read to call it no policy for what the rest says.

    Args:
        document: A document whose legible part does not read like a policy.

    Raises:
        UnreadableError: More than a third of its pages are damaged, illegible, or pictures without text.
    """
    unread = [
        page
        for page in document.pages
        if not page.legible or (page.pictures and not _holds_words(document.text[page.start : page.end]))
    ]
    if len(unread) > UNREAD_SHARE * len(document.pages):
        raise UnreadableError(
            "hardly-read",
            f"{document.name}: {len(unread):,} of its {len(document.pages):,} pages cannot be read, and the others do "
            "not say whether it is an attendance policy. Save the document that it was made from as .docx or PDF and "
            "try again.",
        )


def _holds_words(text: str) -> bool:
    return any(map(str.isalnum, text))
