"""Telephone numbers; all of them are reserved for fiction or are public helplines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.recognise.telephones import Problem, telephones


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("01632 960123", "01632960123"),
        ("(01632) 960 123", "01632960123"),
        ("(01632 960123)", "01632960123"),
        ("+44 (0)1632 960123", "01632960123"),
        ("+44(0)1632960123", "01632960123"),
        ("+44 1632 960123", "01632960123"),
        ("+441632960123", "01632960123"),
        ("0044 1632 960123", "01632960123"),
        ("+44-1632-960123", "01632960123"),
        ("020 7946 0123", "02079460123"),
        ("(020) 7946 0123", "02079460123"),
        ("020 79460123", "02079460123"),
        ("0207 946 0123", "02079460123"),
        ("020-7946-0123", "02079460123"),
        ("07700 900123", "07700900123"),
        ("07700 900 123", "07700900123"),
        ("0116 496 0123", "01164960123"),
        ("0800 123 4567", "08001234567"),
        ("0300 123 4567", "03001234567"),
        ("0800 1111", "08001111"),
        ("01632-960-123", "01632960123"),
        ("01632.960.123", "01632960123"),
        ("01632 – 960123", "01632960123"),
        ("tel:01632960123", "01632960123"),
        ("Tel: 01632 960123.", "01632960123"),
        ("016977 3456", "0169773456"),
        ("01632 960123 9am", "01632960123"),
        ("01632 960123 at 8.45am", "01632960123"),
        ("12/09/2025 01632 960123", "01632960123"),
    ],
)
def test_finds(text: str, digits: str) -> None:
    (telephone,) = telephones(text)
    assert (telephone.digits, telephone.valid) == (digits, True)


@pytest.mark.parametrize(
    ("text", "digits", "problem"),
    [
        ("01632 96012", "0163296012", Problem.TOO_SHORT),
        ("call 01632 96012", "0163296012", Problem.TOO_SHORT),
        ("01632 96012 8.45am", "0163296012", Problem.TOO_SHORT),
        ("07700 90012", "0770090012", Problem.TOO_SHORT),
        ("01632 9601234", "016329601234", Problem.TOO_LONG),
        ("020 7946 01234", "020794601234", Problem.TOO_LONG),
        ("Tel: 960123", "960123", Problem.NO_AREA_CODE),
        ("Phone 1632 960123", "1632960123", Problem.NO_AREA_CODE),
    ],
)
def test_a_wrong_count_of_digits_is_found_and_flagged(text: str, digits: str, problem: Problem) -> None:
    (telephone,) = telephones(text)
    assert (telephone.digits, telephone.problem, telephone.valid) == (digits, problem, False)


@pytest.mark.parametrize(
    "text",
    [
        "on 03.12.2025",
        "on 03/12/2025",
        "05-09-2025",
        "0845 0900 1310",
        "0900-1500",
        "between 0850 and 0910",
        "pupil H801200001001",
        "pupil H 801200001001",
        "URN 012345",
        "ref 01234567890",
        "Charity number 01123456789",
        "£01632 960123",
        "dial 101 or 999",
        "01 02 03 04 05 06",
        "sort code 01-02-03",
        "012345678901234567",
        "886/1234",
        "10 20 30 40 50 60",
        "section 0.1",
    ],
)
def test_is_no_telephone_number(text: str) -> None:
    assert telephones(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "01632 960123 01632 960124",
        "01632 960123 or 01632 960124",
        "01632 960123/01632 960124",
        "Tel 01632 960123 Fax 01632 960124",
    ],
)
def test_two_numbers_are_two(text: str) -> None:
    assert [telephone.digits for telephone in telephones(text)] == ["01632960123", "01632960124"]


@pytest.mark.parametrize(
    "text", ["01632 960123 ext 4", "01632960123 ext. 4", "01632 960123 x4", "01632 960123, extension 4"]
)
def test_extensions(text: str) -> None:
    (telephone,) = telephones(text)
    assert (telephone.digits, telephone.extension) == ("01632960123", "4")
    assert telephone.end == len(text)


def test_offsets_lead_to_the_words() -> None:
    text = "Ring the office (01632 960123) or 07700 900123."
    assert [telephone.written(text) for telephone in telephones(text)] == ["01632 960123", "07700 900123"]


@given(
    st.integers(0, 999),
    st.sampled_from(
        ["01632 960{n:03}", "(01632) 960{n:03}", "01632960{n:03}", "+44 1632 960{n:03}", "01632 960 {n:03}"]
    ),
    st.sampled_from(["Call {} today.", "{}", "({})", "Tel. {}, any time", "office@elm.example {}"]),
)
def test_any_number_in_any_spacing_comes_back(number: int, form: str, sentence: str) -> None:
    (telephone,) = telephones(sentence.format(form.format(n=number)))
    assert (telephone.digits, telephone.valid) == (f"01632960{number:03}", True)
