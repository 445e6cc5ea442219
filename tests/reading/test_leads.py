from __future__ import annotations

import pytest

from checker.reading.splitting import read_statements
from checker.testing import document_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "End of the day. 3.15pm. Buses leave later. We lock the gate.",
            [
                ("", "End of the day."),
                ("End of the day:", "3.15pm."),
                ("End of the day:", "Buses leave later."),
                ("", "We lock the gate."),
            ],
        ),
        ("No. Never.", [("", "No."), ("", "Never.")]),
        (
            "Is it read by anyone? Yes. By the clerk.",
            [
                ("Is it read by anyone?:", "Yes."),
                ("Is it read by anyone?:", "By the clerk."),
            ],
        ),
        (
            "(a) The Clerk keeps the register.\n(b) It shall be kept in ink.\n(c) Visitors sign the book.",
            [
                ("", "The Clerk keeps the register."),
                ("The Clerk keeps the register:", "It shall be kept in ink."),
                ("", "Visitors sign the book."),
            ],
        ),
        (
            "Q: When does school begin?\nA: At nine.\nQ: And when does it end?\nA: At three.\nQ: Who locks up?\nA: Mo.",
            [
                ("When does school begin?:", "At nine."),
                ("When does school begin? And when does it end?:", "At three."),
                ("Who locks up?:", "Mo."),
            ],
        ),
    ],
)
def test_what_leads_to_a_sentence(text: str, said: list[tuple[str, str]]) -> None:
    statements = read_statements(document_of(text))
    assert [(one.lead, one.own) for one in statements if not one.own.endswith("?")] == said


def test_no_more_leads_to_a_line_than_a_list_has_levels() -> None:
    steps = "\n".join(f"{'  ' * depth}- Step {depth}:" for depth in range(40))
    assert max(one.lead.count("Step") for one in read_statements(document_of(steps, "markdown"))) == 9


def test_what_goes_on_for_pages_without_a_stop_is_cut_between_words() -> None:
    words = ["register"] * 2_000
    said = [one.own for one in read_statements(document_of(" ".join(words)))]
    assert len(said) > 1
    assert max(len(one) for one in said) <= 4_000
    assert " ".join(said).split() == words
