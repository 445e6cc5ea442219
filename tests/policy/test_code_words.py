"""Whether the words beside a code give it its own meaning."""

from __future__ import annotations

import time

import pytest

from england_attendance.policy.codes.words import classes_of, is_gone, is_wrong


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("B", "Any other approved educational activity, that is not a sporting one or work experience"),
        ("B", "Approved activity off site, not sport, a visit or work experience"),
        ("B", "Any other approved activity elsewhere; must not be used for lessons taught online"),
        ("G", "Holiday not agreed by the school"),
        ("I", "Illness, not a medical or dental appointment"),
        ("U", "Absent for the session, unless illness, an appointment or another authorised reason accounts for it"),
        ("U", "Came after the register had closed but before the end of the session"),
    ],
)
def test_what_a_code_is_not_makes_it_no_other(code: str, meaning: str) -> None:
    assert not is_wrong(code, meaning)


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("B", "Approved activity: lessons taught online"),
        ("B", "Not only for visits: used for lessons taught online"),
        ("B", "Work experience"),
        ("B", "A sporting activity or work experience"),
        ("J1", "Educational activity"),
    ],
)
def test_another_code_s_meaning_is_wrong(code: str, meaning: str) -> None:
    assert is_wrong(code, meaning)


@pytest.mark.parametrize(
    "meaning",
    [
        "No reason yet; changed when we hear one, or replaced with code O when nobody tells us",
        "Approved activity elsewhere (not to be used for lessons taken at home)",
        "Late, until 9.20 when the register closes",
        "The bus that usually brings the pupil is no longer available",
        "Suspended, withdrawn from lessons and sent home",
    ],
)
def test_how_a_code_is_used_does_not_make_it_past(meaning: str) -> None:
    assert not is_gone(meaning)


@pytest.mark.parametrize(
    "meaning",
    [
        "No longer used since August 2024",
        "Agreed family holiday (withdrawn in 2024)",
        "Replaced by Y1 to Y7",
        "Holiday agreed: not to be used",
        "Used until July 2024",
        "Interview; this code has been replaced by J1",
    ],
)
def test_a_code_that_is_over_is_told(meaning: str) -> None:
    assert is_gone(meaning)


def test_a_word_without_an_end_names_no_class_in_time() -> None:
    begin = time.process_time()
    assert classes_of("1/9/" * 50_000) == ()
    assert time.process_time() - begin < 2
