"""Whole numbers in words and figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.recognise.numbers import number, numbers

_ONES = dict(
    enumerate(
        (
            *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
            *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        ),
        1,
    )
)
_TENS = dict(enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2))


def in_words(value: int, join: str = "-") -> str:
    if value < 20:
        return _ONES[value]
    tens, ones = divmod(value, 10)
    return _TENS[tens] + (join + _ONES[ones] if ones else "")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("one", 1),
        ("Twenty-One", 21),
        ("twenty one", 21),
        ("ninety–nine", 99),
        ("a hundred", 100),
        ("one hundred and ninety", 190),
        ("two thousand five hundred", 2500),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("two dozen", 24),
        ("1,000", 1000),
        ("028", 28),
        ("third", 3),
        ("twenty-first", 21),
        ("thirtieth", 30),
        ("22nd", 22),
        ("3 rd", 3),
    ],
)
def test_reads(written: str, value: int) -> None:
    assert number(written) == value


@pytest.mark.parametrize(
    "written", ["several", "", "and", "a", "few", "once", "twenty pupils", "5 weeks", "three and six", "9" * 5000]
)
def test_reads_nothing(written: str) -> None:
    assert number(written) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ten sessions, or 5 days", [(10, False), (5, False)]),
        ("the third notice in three years", [(3, True), (3, False)]),
        ("more than 1,000 pupils", [(1000, False)]),
        ("on the 21st day", [(21, True)]),
        ("someone at the weekend often", []),
        ("at 9.15, £80, 10%, 3/4, 4.2", []),
        ("Y7 and KS2", []),
    ],
)
def test_finds(text: str, expected: list[tuple[int, bool]]) -> None:
    assert [(one.value, one.ordinal) for one in numbers(text)] == expected


@given(st.integers(1, 99), st.sampled_from(["-", " ", "–"]), st.sampled_from([str.lower, str.upper, str.title]))
def test_every_number_below_a_hundred_comes_back(value: int, join: str, case: type[str]) -> None:
    text = f"There were {case(in_words(value, join))} of them."
    assert [one.value for one in numbers(text)] == [value]


@given(st.integers(0, 999_999_999))
def test_figures_come_back(value: int) -> None:
    assert number(f"{value:,}") == number(str(value)) == value
