"""Sentences that lean on those before them are read together with them."""

from __future__ import annotations

import pytest

from checker.reading.splitting import read_statements
from checker.testing import document_of

BOARD = "The board has a welfare committee. It meets each term. At each meeting it looks at the figures."
STEPS = "Step 1: registers are taken. Step 2: the department collects them. Step 3: the council collects them too."


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        (BOARD, "The board has a welfare committee. It meets each term:"),
        (STEPS, "Step 1: registers are taken. Step 2: the department collects them:"),
        ("Registers are kept. Ring the council if a child is not found.", ""),
        ("Does she know of it? Ring her.", "Does she know of it?:"),
    ],
)
def test_what_leads_to_the_last_sentence(text: str, lead: str) -> None:
    assert read_statements(document_of(text)).all[-1].lead == lead


def test_a_chain_is_cut_where_it_grows_long() -> None:
    text = "The office keeps the registers. " + "They hold the marks of each pupil and of every session. " * 6
    last = read_statements(document_of(text)).all[-1]
    assert last.lead == "They hold the marks of each pupil and of every session:"
