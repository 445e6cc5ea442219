"""Names what a finding rests on, so that the same fault is known again and another one is not mistaken for it."""

from __future__ import annotations

import hashlib
import unicodedata

from checker.findings import Finding, Row

_STRAIGHT = str.maketrans("‘’‚‛“”„‟′″‐‑‒–—―−", "''''\"\"\"\"'\"-------")
_LENGTH = 32


def fingerprint(document: str, finding: Finding) -> str:
    """Returns the fingerprint of a finding: of the document's name, the requirement, and what is quoted.

    White space, case, and the shapes of quotation marks and dashes do not count, nor does the order of the quotations;
    any other word that is changed, added or taken away makes another fingerprint. For a register the rows at fault
    stand in the place of the quotations.

    Args:
        document: The document's name, which must not depend on where the command was run.
        finding: The finding.
    """
    quoted = sorted({normalised(passage.quote) for passage in finding.evidence})
    rows = sorted({_row(row) for row in finding.rows or ()})
    whole = "\n".join([document, finding.requirement.name, *quoted, *rows])
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:_LENGTH]


def normalised(quote: str) -> str:
    """Returns a quotation without what may change though its words do not."""
    return " ".join(unicodedata.normalize("NFKC", quote).translate(_STRAIGHT).casefold().split())


def _row(row: Row) -> str:
    return "|".join(part or "" for part in (row.pupil, row.date, row.session, row.code))
