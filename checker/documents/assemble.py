"""Makes a Document of a draft, in the same way for every format."""

from __future__ import annotations

from checker.documents.draft import Draft
from checker.documents.model import Document


def assemble(draft: Draft, name: str) -> Document:
    """Returns the document of a draft."""
    return Document(name, draft.format, draft.text, (), ())
