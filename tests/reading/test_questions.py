"""Questions with their answers, and labels in the middle of a paragraph."""

from __future__ import annotations

from checker.reading.splitting import read_statements
from checker.reading.statement import Statement
from checker.testing import document_of


def _of(text: str) -> tuple[Statement, ...]:
    return read_statements(document_of(text, "markdown")).all


def test_an_answer_is_led_by_its_question_without_their_signs() -> None:
    *_, answer = _of("Q: When do I ring?\n\nA: Before nine.")
    assert (answer.lead, answer.own) == ("When do I ring?:", "Before nine.")
    assert answer.answers


def test_a_short_question_asks_about_the_sentence_before_it() -> None:
    *_, answer = _of("Q. My daughter is unwell. What do I do? A. Ring the office.")
    assert (answer.lead, answer.own) == ("Q. My daughter is unwell. What do I do?:", "Ring the office.")
    assert answer.follows_on


def test_a_code_is_no_sign_of_a_question_or_an_answer() -> None:
    (code,) = _of("Q: Nobody arranged the access that the pupil needs.")
    assert code.own.startswith("Q: Nobody")


def test_the_nearest_label_of_a_paragraph_comes_first() -> None:
    statements = read_statements(document_of("Pupils: come in. Be early. Parents. Bring them.", "markdown"))
    assert list(statements.labels_before(statements.all[-1])) == ["Parents", "Be early", "Pupils"]
    assert list(statements.labels_before(statements.all[1])) == ["Pupils"]


def test_a_heading_that_asks_nothing_ends_the_question_before_it() -> None:
    *_, note = _of("# Why does it matter?\n\nLessons count.\n\n# This policy\n\nOn the website.")
    assert (note.lead, note.own) == ("", "On the website.")
