"""Lengths of time in the spellings that policies use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.recognise.comparisons import Comparison
from checker.recognise.durations import Qualifier, Unit, durations


def found(text: str) -> list[str]:
    """What is found, as ``low-high unit qualifier …`` with the comparison in front where there is one."""
    shown = []
    for duration in durations(text):
        amount = f"{duration.low:g}" if duration.amount is not None else f"{duration.low:g}-{duration.high:g}"
        bound = "" if duration.comparison is Comparison.EXACTLY else duration.comparison
        shown.append(" ".join([f"{bound}{amount}", duration.unit, *duration.qualifiers]))
    return shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for 30 minutes", ["30 minute"]),
        ("half an hour", ["30 minute"]),
        ("a quarter of an hour", ["15 minute"]),
        ("three quarters of an hour", ["45 minute"]),
        ("a half-hour window", ["30 minute"]),
        ("an hour and a half", ["90 minute"]),
        ("1.5 hours", ["90 minute"]),
        ("1½ hours", ["90 minute"]),
        ("1 hour 30 minutes", ["90 minute"]),
        ("an hour", ["1 hour"]),
        ("24 hours", ["24 hour"]),
        ("thirty minutes", ["30 minute"]),
        ("30 mins", ["30 minute"]),
        ("a 30-minute window", ["30 minute"]),
        ("twenty-one (21) days", ["21 day"]),
        ("21 (twenty-one) days", ["21 day"]),
        ("within 28 days", ["28 day"]),
        ("21days", ["21 day"]),
        ("21 days' notice", ["21 day"]),
        ("5 school days", ["5 day school"]),
        ("five (5) working days", ["5 day working"]),
        ("ten calendar days", ["10 day calendar"]),
        ("10 consecutive school days", ["10 day school consecutive"]),
        ("more than ten days in a row", [">10 day consecutive"]),
        ("15 (consecutive or cumulative) days", ["15 day"]),
        ("15 school days, consecutively or cumulatively", ["15 day school"]),
        ("3-6 weeks", ["3-6 week"]),
        ("between 3 and 6 weeks", ["3-6 week"]),
        ("between three and six weeks", ["3-6 week"]),
        ("between 3 weeks and 6 weeks", ["3-6 week"]),
        ("a period of [3-6] weeks", ["3-6 week"]),
        ("three to six school weeks", ["3-6 week school"]),
        ("three- to six-week period", ["3-6 week"]),
        ("one or two days", ["1-2 day"]),
        ("a minimum of 3 weeks and a maximum of 6 weeks", [">=3 week", "<=6 week"]),
        ("for 6 years", ["6 year"]),
        ("six-year period", ["6 year"]),
        ("a fortnight", ["2 week"]),
        ("two fortnights", ["4 week"]),
        ("a rolling 10 school week period", ["10 week school rolling"]),
        ("a rolling period of 10 school weeks", ["10 week school rolling"]),
        ("a 10 school-week rolling window", ["10 week school rolling"]),
        ("20 sessions", ["20 session"]),
        ("10 sessions (5 days)", ["10 session", "5 day"]),
        ("10 sessions/5 days", ["10 session", "5 day"]),
        ("10 unauthorised sessions", ["10 session"]),
        ("10 or more sessions", [">=10 session"]),
        ("10 (or more) sessions", [">=10 session"]),
        ("10 sessions or more", [">=10 session"]),
        ("no fewer than 10 sessions", [">=10 session"]),
        ("no more than 30 minutes", ["<=30 minute"]),
        ("up to and including 28 days", ["<=28 day"]),
        ("in 21 or 28 days", ["21 day", "28 day"]),
        ("within 21 days or 28 days", ["21 day", "28 day"]),
        ("5 days and 10 sessions", ["5 day", "10 session"]),
        ("two and a half days", ["2.5 day"]),
        ("half a day", ["0.5 day"]),
        ("two years", ["2 year"]),
        ("three school terms", ["3 term school"]),
        ("a calendar month", ["1 month calendar"]),
        ("at least 190 days", [">=190 day"]),
    ],
)
def test_finds(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "once a week",
        "twice a term",
        "16 years old",
        "aged 5 years",
        "aged between 5 and 16 years",
        "a 5-year-old",
        "Year 6 days out",
        "Years 5 and 6 sessions",
        "0900 hours",
        "1330 hours",
        "in 2024 days were lost",
        "day-to-day contact",
        "a year group",
        "Section 4 days",
        "60 pupils",
        "code 5 sessions",
        "Key Stage 2 weeks",
        "2/3 days",
        "zero days",
        "day 21",
        "Period 5 sessions",
    ],
)
def test_is_no_length_of_time(text: str) -> None:
    assert found(text) == []


def test_words_and_figures_that_disagree_are_flagged() -> None:
    assert [duration.disagrees for duration in durations("within twenty-one (28) days")] == [True]
    assert [duration.disagrees for duration in durations("within twenty-one (21) days")] == [False]


def test_the_words_of_the_bound_belong_to_it() -> None:
    text = "It stays open for no more than 30 minutes each day."
    assert durations(text)[0].written(text) == "no more than 30 minutes"


def test_amount_and_qualifier() -> None:
    (duration,) = durations("3 to 6 school weeks")
    assert duration.amount is None
    assert duration.counted(Qualifier.SCHOOL)
    assert not duration.counted(Qualifier.WORKING)


_WORDS = {
    1: "one",
    5: "five",
    10: "ten",
    15: "fifteen",
    20: "twenty",
    21: "twenty-one",
    28: "twenty-eight",
    190: "one hundred and ninety",
}


@given(
    st.sampled_from(sorted(_WORDS)),
    st.sampled_from([unit for unit in Unit if unit is not Unit.HOUR]),
    st.sampled_from(["", "school ", "working ", "consecutive school "]),
    st.sampled_from(["{n} {q}{u}s", "{w} {q}{u}s", "{w} ({n}) {q}{u}s", "{n} ({w}) {q}{u}s", "a {n} {q}{u} period"]),
)
def test_any_length_in_any_spelling_comes_back(amount: int, unit: Unit, qualifier: str, form: str) -> None:
    text = f"It lasts {form.format(n=amount, w=_WORDS[amount], q=qualifier, u=unit)}."
    (duration,) = durations(text)
    assert (duration.amount, duration.unit, duration.disagrees) == (amount, unit, False)
    assert list(duration.qualifiers) == [word for word in Qualifier if word in qualifier.split()]


@given(st.text(alphabet="0123456789 -–()andtoweeksdayhourhalf½£%", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for duration in durations(text):
        assert 0 <= duration.start < duration.end <= len(text)
        assert duration.high > 0
