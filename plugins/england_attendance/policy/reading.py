"""The statements of a policy, which all topics read."""

from __future__ import annotations

from checker.documents.model import Document
from checker.facts import reader
from checker.reading.statements import Statements, read_statements


@reader
def statements(document: Document) -> Statements:
    """Returns what the document says, sentence by sentence."""
    return read_statements(document)
