"""What every policy says, whatever the law: its statements, and what of it could not be read."""

from __future__ import annotations

from checker.context import Context
from checker.documents.model import Document
from checker.facts import reader
from checker.reading.gaps import Gaps, read_gaps
from checker.reading.splitting import read_statements
from checker.reading.statements import Statements


@reader
def statements(document: Document, context: Context) -> Statements:
    """Returns what the document says, sentence by sentence."""
    return read_statements(document, context.as_at)


@reader
def gaps(document: Document) -> Gaps:
    """Returns what could not be read."""
    return read_gaps(document)
