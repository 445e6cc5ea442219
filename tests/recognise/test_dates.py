"""Dates as far as they are stated."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.recognise.dates import PartialDate, Precision, date_ranges, dates


def found(text: str, *, years: bool = False) -> list[str]:
    return [date.value.iso for date in dates(text, years=years)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3rd December 2025", ["2025-12-03"]),
        ("December 2025", ["2025-12"]),
        ("6th March 2017", ["2017-03-06"]),
        ("6thMarch 2017", ["2017-03-06"]),
        ("6 th March 2017", ["2017-03-06"]),
        ("Wednesday 3 December 2025", ["2025-12-03"]),
        ("Friday, 5th of September, 2025", ["2025-09-05"]),
        ("the first day of September 2025", ["2025-09-01"]),
        ("the twenty-first of May 2025", ["2025-05-21"]),
        ("03/12/2025", ["2025-12-03"]),
        ("03.12.25", ["2025-12-03"]),
        ("3-12-2025", ["2025-12-03"]),
        ("01 / 09 / 2025", ["2025-09-01"]),
        ("Date:01.09.2025", ["2025-09-01"]),
        ("2025-12-03", ["2025-12-03"]),
        ("2025/12/03", ["2025-12-03"]),
        ("07-Sep-2025", ["2025-09-07"]),
        ("1st Sept. 2025", ["2025-09-01"]),
        ("1 Sept 25.", ["2025-09-01"]),
        ("3 Dec '25", ["2025-12-03"]),
        ("December 3, 2025", ["2025-12-03"]),
        ("August 31st 2025", ["2025-08-31"]),
        ("5TH SEPTEMBER 2025", ["2025-09-05"]),
        ("Dec 25", ["2025-12"]),
        ("Reviewed Sept 26.", ["2026-09"]),
        ("Sep-25", ["2025-09"]),
        ("September, 2026", ["2026-09"]),
        ("09/2025", ["2025-09"]),
        ("2025-09", ["2025-09"]),
        ("Autumn 2025", ["2025"]),
        ("Autumn term 2025", ["2025"]),
        ("2024-25", ["2024-09/2025-08"]),
        ("2024/2025", ["2024-09/2025-08"]),
        ("2024 – 25", ["2024-09/2025-08"]),
        ("academic year 24/25", ["2024-09/2025-08"]),
        ("1 May 2025 and 1 May 2026", ["2025-05-01", "2026-05-01"]),
        ("May 2024", ["2024-05"]),
    ],
)
def test_finds(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "may 24 pupils",
        "In May 24 hours passed",
        "on March 25",
        "3 December",
        "SI 2024/208",
        "the Regulations 2024",
        "section 4.12.25",
        "4.12.25 The school keeps records",
        "version 2.1.25",
        "v1.2.2025",
        "open 24/7",
        "1/2 day",
        "10:10",
        "£12.10.25",
        "01632 960123",
        "3/12/1850",
        "Years 7-11",
        "ref 12/11/1234",
    ],
)
def test_is_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "iso", "problem"),
    [
        ("12/25/2025", "2025", "there is no month 25"),
        ("31 June 2025", "2025-06", "there is no 31 June 2025"),
        ("29 February 2025", "2025-02", "there is no 29 February 2025"),
        ("30/02/2024", "2024-02", "there is no 30 February 2024"),
        ("00/00/2025", "2025", "there is no month 0"),
        ("45 March 2025", "2025-03", "there is no 45 March 2025"),
    ],
)
def test_a_date_that_no_calendar_holds_is_flagged_and_never_read_month_first(text: str, iso: str, problem: str) -> None:
    (date,) = dates(text)
    assert (date.value.iso, date.problem) == (iso, problem)


def test_the_day_comes_first() -> None:
    (date,) = dates("04/03/2025")
    assert (date.value.day, date.value.month) == (4, 3)


def test_a_year_alone_is_a_date_on_request() -> None:
    assert found("Next review: 2026") == []
    assert found("Next review: 2026", years=True) == ["2026"]
    assert found("Approved 3 May 2025, review 2026", years=True) == ["2025-05-03", "2026"]


@pytest.mark.parametrize(
    ("text", "precision", "last_day"),
    [
        ("3 December 2025", Precision.DAY, dt.date(2025, 12, 3)),
        ("February 2028", Precision.MONTH, dt.date(2028, 2, 29)),
        ("Autumn term 2025", Precision.TERM, dt.date(2025, 12, 31)),
        ("Spring 2026", Precision.TERM, dt.date(2026, 4, 30)),
        ("summer term 2025-26", Precision.TERM, dt.date(2026, 8, 31)),
        ("Lent term 2026", Precision.TERM, dt.date(2026, 4, 30)),
        ("Term 2, 2025", Precision.TERM, dt.date(2025, 12, 31)),
        ("Term 3 2026", Precision.TERM, dt.date(2026, 4, 30)),
        ("2025-26", Precision.SCHOOL_YEAR, dt.date(2026, 8, 31)),
    ],
)
def test_the_last_day_that_is_meant(text: str, precision: Precision, last_day: dt.date) -> None:
    (date,) = dates(text)
    assert (date.value.precision, date.value.last_day()) == (precision, last_day)


def test_a_month_has_passed_when_its_last_day_has() -> None:
    september = PartialDate(2026, 9)
    assert not september.passed(dt.date(2026, 9, 30))
    assert september.passed(dt.date(2026, 10, 1))
    assert not PartialDate(2026, 9, 15).passed(dt.date(2026, 9, 15))
    assert PartialDate(2026, 9, 15).passed(dt.date(2026, 9, 16))
    assert not PartialDate(2026).passed(dt.date(2026, 12, 31))


def test_the_first_day_that_is_meant() -> None:
    assert PartialDate(2026, 9).first_day() == dt.date(2026, 9, 1)
    assert PartialDate(2026, term="spring").first_day() == dt.date(2026, 1, 1)
    assert PartialDate(2025, school_year=True).first_day() == dt.date(2025, 9, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("September 2024 – August 2025", ("2024-09", "2025-08")),
        ("1 September 2024 to 31 August 2025", ("2024-09-01", "2025-08-31")),
        ("between March 2024 and July 2024", ("2024-03", "2024-07")),
        ("Sept 24 – Aug 25", ("2024-09", "2025-08")),
        ("2024-25", ("2024-09", "2025-08")),
        ("2023–2026", ("2023", "2026")),
    ],
)
def test_ranges(text: str, expected: tuple[str, str]) -> None:
    (stretch,) = date_ranges(text)
    assert (stretch.first.iso, stretch.last.iso) == expected


def test_two_dates_are_no_range() -> None:
    assert date_ranges("March 2025 and March 2026") == ()


_FORMS = st.sampled_from(
    [
        "{d}/{m}/{y}",
        "{d:02}/{m:02}/{y}",
        "{d:02}.{m:02}.{y}",
        "{y}-{m:02}-{d:02}",
        "{d} {month} {y}",
        "{d} {short} {y}",
        "{d:02}-{short}-{y}",
        "{month} {d}, {y}",
        "{d} of {month}, {y}",
    ]
)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2089, 12, 31)), _FORMS)
def test_any_date_in_any_spelling_comes_back(day: dt.date, form: str) -> None:
    month = calendar.month_name[day.month]
    text = "Approved: " + form.format(d=day.day, m=day.month, y=day.year, month=month, short=month[:3])
    assert found(text) == [day.isoformat()]


@given(st.text(alphabet="0123456789/.-– 'MayDecSeptember20245", max_size=50))
def test_no_text_breaks_it(text: str) -> None:
    for date in dates(text, years=True):
        assert 0 <= date.start < date.end <= len(text)
        assert date.value.first_day() <= date.value.last_day()
