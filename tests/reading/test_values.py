"""A value is denied by the thought it stands in, not by a bound, a condition or what is told of somebody."""

from __future__ import annotations

import pytest

from checker.reading.values import is_unsaid_at, leaves_out
from checker.reading.words import cut


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The fine is not £80.", True),
        ("The fine is no longer £80.", True),
        ("It used to be £80.", True),
        ("There is no need to pay £80.", True),
        ("The fine is not £160 if paid in time, or £80.", True),
        ("The fine is £80.", False),
        ("It is not less than £80.", False),
        ("It does not end before £80 is paid.", False),
        ("Parents who do not pay £80 are taken to court.", False),
        ("If a parent does not pay £80 they are taken to court.", False),
        ("It is never sent without asking for £80.", False),
        ("It is not £60 but £80.", False),
        ("It is not only £80.", False),
    ],
)
def test_denied_value(text: str, denied: bool) -> None:
    assert is_unsaid_at(cut(text), text.index("£80")) == denied


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("We record the date, but not the name.", True),
        ("We record the date and not the name.", True),
        ("We record the date, without the reason or name.", False),
        ("We record the date, without their name.", True),
        ("We record the date, not only once, and the name.", False),
        ("We record the date of what was not right, and the name.", False),
    ],
)
def test_left_out(text: str, left_out: bool) -> None:
    words = cut(text)
    assert leaves_out(words, words.forms.index("date") + 1, words.forms.index("name")) == left_out
