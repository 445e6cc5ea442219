"""Percentages and how they are meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.recognise.percentages import percentages


def found(text: str) -> list[str]:
    shown = []
    for one in percentages(text):
        amount = f"{one.low:g}" if one.value is not None else f"{one.low:g}-{one.high:g}"
        shown.append(f"{one.comparison}{amount}")
    return shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("misses 10% of sessions", ["=10"]),
        ("10 per cent", ["=10"]),
        ("ten percent", ["=10"]),
        ("10 %", ["=10"]),
        ("95.5%", ["=95.5"]),
        ("10% or more", [">=10"]),
        ("10% (or more)", [">=10"]),
        ("10% and above", [">=10"]),
        ("below 90%", ["<90"]),
        ("drops under 95%", ["<95"]),
        ("90% or less", ["<=90"]),
        ("90% or below", ["<=90"]),
        ("at or below 96%", ["<=96"]),
        ("less than 90%", ["<90"]),
        ("less than or equal to 90%", ["<=90"]),
        ("at least 97%", [">=97"]),
        ("a minimum of 95%", [">=95"]),
        ("no less than 95%", [">=95"]),
        ("must not fall below 90%", [">=90"]),
        ("no more than 10%", ["<=10"]),
        ("exceeds 10%", [">10"]),
        ("over the 10% threshold", [">10"]),
        ("50%+", [">=50"]),
        ("50+%", [">=50"]),
        (">90%", [">90"]),
        ("≥ 90%", [">=90"]),
        ("up to 10%", ["<=10"]),
        ("92–95%", ["=92-95"]),
        ("92% – 95%", ["=92-95"]),
        ("between 92% and 95%", ["=92-95"]),
        ("90% and 95%", ["=90", "=95"]),
        ("under 90% but above 50%", ["<90", ">50"]),
        ("65% 86% 88%", ["=65", "=86", "=88"]),
    ],
)
def test_finds(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", ["10 percentage points", "a score of 10", "£10", "9.15", "per cent", "x%", "1 in 10"])
def test_is_no_percentage(text: str) -> None:
    assert found(text) == []


def test_the_words_of_the_bound_belong_to_it() -> None:
    text = "Where attendance is at least 97% we say so; 10% or more missed is a lot."
    assert [one.written(text) for one in percentages(text)] == ["at least 97%", "10% or more"]


@given(
    st.integers(0, 100),
    st.sampled_from(
        [
            ("{n}%", "="),
            ("{n} per cent", "="),
            ("below {n}%", "<"),
            ("{n}% or more", ">="),
            ("more than {n} percent", ">"),
        ]
    ),
)
def test_any_percentage_in_any_spelling_comes_back(value: int, form: tuple[str, str]) -> None:
    assert found(f"It is {form[0].format(n=value)} here") == [f"{form[1]}{value}"]
