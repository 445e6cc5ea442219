"""Whether the words beside a code give it its own meaning."""

from __future__ import annotations

import pytest

from england_attendance.policy.code_words import is_wrong


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("B", "Any other approved educational activity, that is not a sporting one or work experience"),
        ("B", "Approved activity off site, not sport, a visit or work experience"),
        ("G", "Holiday not agreed by the school"),
        ("I", "Illness, not a medical or dental appointment"),
        ("U", "Came after the register had closed but before the end of the session"),
    ],
)
def test_what_a_code_is_not_makes_it_no_other(code: str, meaning: str) -> None:
    assert not is_wrong(code, meaning)


@pytest.mark.parametrize(
    ("code", "meaning"),
    [("B", "Work experience"), ("B", "A sporting activity or work experience"), ("J1", "Educational activity")],
)
def test_another_code_s_meaning_is_wrong(code: str, meaning: str) -> None:
    assert is_wrong(code, meaning)
