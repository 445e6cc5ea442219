"""Sentences that lean on those before them are read together with them."""

from __future__ import annotations

import pytest

from checker.reading.phrases import concept
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
        ("The board sees the figures. So does the council.", "The board sees the figures:"),
        ("Pupils go missing. If one has done so, ring us.", "Pupils go missing:"),
        ("The board sees the figures. So all of the figures are kept.", ""),
        ("Does she know of it? Ring her.", "Does she know of it?:"),
        ("The gate is shut. Our pupils learn that the bell rings at nine.", ""),
        ("The gate is shut. Please remember that.", "The gate is shut:"),
        ("Ring the desk. Each morning. Before nine.", "Ring the desk. Each morning:"),
        ("The desk is open. In May and June staff leave early on Fridays.", ""),
    ],
)
def test_what_leads_to_the_last_sentence(text: str, lead: str) -> None:
    assert read_statements(document_of(text)).all[-1].lead == lead


def test_a_chain_is_cut_where_it_grows_long() -> None:
    text = "The office keeps the registers. " + "They hold the marks of each pupil and of every session. " * 6
    last = read_statements(document_of(text)).all[-1]
    assert last.lead == "They hold the marks of each pupil and of every session:"


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (
            "Q: My son has asthma and coughs. Can you help?\nA: Yes. Our nurse will ring you. She knows what to do.",
            True,
        ),
        (
            "My son has asthma.\n\nHe is well.\n\nHe is seven.\n\nCan you help?\n\nYes. Our nurse will ring you. She knows him.",
            False,
        ),
    ],
)
def test_an_answer_is_about_what_stands_beside_its_question(text: str, about: bool) -> None:
    statements = read_statements(document_of(text))
    answer = next(one for one in statements if "nurse" in one.own)
    assert statements.is_about(answer, concept("asthma", ["asthma"])) is about


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Entries are kept for a year. iPads show every mark.", "iPads show every mark."),
        ("The mark, the reason and the day. Arbor keeps all three.", "Arbor keeps all three."),
    ],
)
def test_a_sentence_may_begin_with_a_small_letter_or_count_what_went_before(text: str, last: str) -> None:
    statement = list(read_statements(document_of(text)))[-1]
    assert statement.own == last
    assert bool(statement.lead) is ("all three" in text)
