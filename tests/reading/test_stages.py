"""Which statements stand at an earlier stage of the same ladder."""

from __future__ import annotations

import pytest

from checker.reading.splitting import read_statements
from checker.reading.stages import at_earlier_stages
from checker.testing import document_of

HEADINGS = (
    "## Stages\n\n### Stage 1: calls\n\nWe call.\n\n### Stage 2: letters\n\nWe write.\n\n### Stage 3\n\nWe meet.\n"
)
ROWS = "| Stage | What |\n| --- | --- |\n| Step one | We call. |\n| Step two | We write. |\n| Step three | We meet. |\n"
OTHERS = "## Help\n\n### Step 1\n\nWe call.\n\n## Money\n\n### Step 2\n\nWe meet.\n"
BACKWARDS = "## Stages\n\n### Stage 2\n\nWe call.\n\n### Stage 1\n\nWe meet.\n"


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        (HEADINGS, ["We call.", "We write."]),
        (ROWS, ["We call.", "We write."]),
        (OTHERS, []),
        (BACKWARDS, []),
        ("We call.\n\nWe write.\n\nWe meet.\n", []),
    ],
    ids=["headings", "rows", "another ladder", "backwards", "no stages"],
)
def test_what_stands_at_earlier_stages(text: str, earlier: list[str]) -> None:
    statements = read_statements(document_of(text))
    last = next(one for one in statements if one.own == "We meet.")
    assert [one.own for one in at_earlier_stages(statements, last) if not one.row] == earlier
