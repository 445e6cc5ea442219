"""How often a thing happens."""

import pytest

from checker.recognise.intervals import intervals


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("reviewed annually", 12),
        ("an annual review", 12),
        ("reviewed yearly", 12),
        ("every two years", 24),
        ("every three (3) years", 36),
        ("every 2nd year", 24),
        ("every other year", 24),
        ("biennially", 24),
        ("triennially", 36),
        ("termly", 4),
        ("every half term", 2),
        ("half-termly", 2),
        ("once a year", 12),
        ("at least twice a year", 6),
        ("twice yearly", 6),
        ("three times a year", 4),
        ("every 12 months", 12),
        ("each academic year", 12),
        ("at least once in every school year", 12),
        ("two-yearly", 24),
        ("six-monthly", 6),
        ("on a two-year cycle", 24),
        ("Review cycle: 3 years", 36),
        ("every September", 12),
        ("quarterly", 3),
    ],
)
def test_finds(text: str, months: int) -> None:
    assert [interval.months for interval in intervals(text)] == [months]


@pytest.mark.parametrize(
    ("text", "every", "unit"),
    [("weekly", 1, "week"), ("every six weeks", 6, "week"), ("fortnightly", 2, "week"), ("each school day", 1, "day")],
)
def test_what_is_not_counted_in_months(text: str, every: float, unit: str) -> None:
    (interval,) = intervals(text)
    assert (interval.every, interval.unit, interval.months) == (every, unit, None)


@pytest.mark.parametrize(
    "text", ["every year group", "£80 per year", "in two years' time", "for 2 years", "everyday life", "likely"]
)
def test_is_no_interval(text: str) -> None:
    assert intervals(text) == ()


@pytest.mark.parametrize("text", ["biannually", "a bi-annual review"])
def test_what_people_understand_differently_is_not_sure(text: str) -> None:
    assert [interval.sure for interval in intervals(text)] == [False]


def test_offsets_lead_to_the_words() -> None:
    text = "Governors review this at least every two years."
    assert intervals(text)[0].written(text) == "every two years"
