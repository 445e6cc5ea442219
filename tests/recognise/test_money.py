"""Sums of money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.recognise.money import money, money_ranges


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a fine of £60", ["60"]),
        ("£60.00", ["60.00"]),
        ("£ 80", ["80"]),
        ("80 pounds", ["80"]),
        ("eighty pounds", ["80"]),
        ("a one hundred and sixty pound fine", ["160"]),
        ("an 80-pound fine", ["80"]),
        ("£1,000", ["1000"]),
        ("a court fine of up to £2,500.", ["2500"]),
        ("£2500", ["2500"]),
        ("GBP 80", ["80"]),
        ("80GBP", ["80"]),
        ("£80/£160", ["80", "160"]),
        ("£80/160", ["80", "160"]),
        ("£80/160/320", ["80", "160", "320"]),
        ("£80 – £160", ["80", "160"]),
        ("£80-160", ["80", "160"]),
        ("£80,£160", ["80", "160"]),
        ("£2.5k", ["2500"]),
        ("£1 million", ["1000000"]),
        ("£80 – 21 days", ["80"]),
        ("£80 x 2 = £160", ["80", "160"]),
        ("£80.50", ["80.50"]),
    ],
)
def test_finds(text: str, expected: list[str]) -> None:
    assert [one.amount for one in money(text)] == [Decimal(amount) for amount in expected]


@pytest.mark.parametrize(
    "text", ["$80", "80 days", "2 pounds in weight", "£1,0000", "80%", "£XX", "pounds", "level 4", "9.15"]
)
def test_is_no_money(text: str) -> None:
    assert money(text) == ()


def test_whole_pounds() -> None:
    assert [one.pounds for one in money("£60.00 or £60.50 or £1,000")] == [60, None, 1000]


@pytest.mark.parametrize("text", ["£80 – £160", "£80-£160", "between £80 and £160", "£80 to £160"])
def test_ranges(text: str) -> None:
    (stretch,) = money_ranges(text)
    assert (stretch.low.pounds, stretch.high.pounds) == (80, 160)


@pytest.mark.parametrize("text", ["£80 and £160", "£80/£160", "£160 – £80", "£80, then £160"])
def test_two_sums_are_no_range(text: str) -> None:
    assert len(money(text)) == 2
    assert money_ranges(text) == ()


def test_offsets_lead_to_the_words() -> None:
    text = "Pay £80 (not 60 pounds)."
    assert [one.written(text) for one in money(text)] == ["£80", "60 pounds"]


@given(
    st.integers(1, 9_999_999),
    st.sampled_from(["£{n}", "£{n:,}", "£ {n}", "£{n}.00", "{n} pounds", "{n:,} pounds", "GBP {n}"]),
)
def test_any_sum_in_any_spelling_comes_back(amount: int, form: str) -> None:
    text = f"They pay {form.format(n=amount)} in full."
    assert [one.pounds for one in money(text)] == [amount]
