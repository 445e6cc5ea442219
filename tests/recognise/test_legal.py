"""Citations of law by their form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.recognise.legal import InstrumentKind, ProvisionKind, instruments, provisions
from checker.recognise.titles import Titles

ATTENDANCE = "School Attendance (Pupil Registration) (England) Regulations"
TITLES = Titles({"working-together": ["Working together to improve school attendance"], "kcsie": ["KCSIE"]})


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        ("the Education Act 1996", "Education Act", 1996),
        ("Under the Education Act 1996,", "Education Act", 1996),
        ("(Education Act 1996)", "Education Act", 1996),
        ("Education and Inspections Act, 2006", "Education and Inspections Act", 2006),
        ("the Equality Act (2010)", "Equality Act", 2010),
        ("the Equality Act", "Equality Act", None),
        ("EDUCATION ACT 1996", "EDUCATION ACT", 1996),
        ("under the education act 1996", "education act", 1996),
        ("Anti-social Behaviour Act 2003", "Anti-social Behaviour Act", 2003),
        ("Children, Schools and Families Act 2010", "Children, Schools and Families Act", 2010),
        ("Health and Safety at Work etc. Act 1974", "Health and Safety at Work etc. Act", 1974),
        ("Requirements of the Education Act 1996", "Education Act", 1996),
        (f"{ATTENDANCE} 2024", ATTENDANCE, 2024),
        ("Pupil Registration Regs 2006", "Pupil Registration Regs", 2006),
        ("the 2006 Regulations", "Regulations", 2006),
        ("2024 School Attendance Regulations", "School Attendance Regulations", 2024),
        ("The 1996 Education Act", "Education Act", 1996),
        ("Pupil Registration Regulations (England) 2006", "Pupil Registration Regulations (England)", 2006),
        ("Children's Wellbeing and Schools Bill", "Children's Wellbeing and Schools Bill", None),
        ("The Attendance (Transfer) Order 2021", "Attendance (Transfer) Order", 2021),
    ],
)
def test_instruments(text: str, title: str, year: int | None) -> None:
    (instrument,) = instruments(text)
    assert (instrument.title, instrument.year) == (title, year)


@pytest.mark.parametrize(
    "text",
    [
        "Act early",
        "Pupils Act Early",
        "an Education Supervision Order",
        "Parenting Orders",
        "the school Rules",
        "in order to act",
        "the Act",
        "these regulations apply",
        "Acting Headteacher",
        "Activities 2024",
        "2006 (as amended)",
    ],
)
def test_is_no_instrument(text: str) -> None:
    assert instruments(text) == ()


def test_several_instruments_in_one_sentence_are_apart() -> None:
    text = "See the Children Act 1989, the Education Act 1996 and Equality Act 2010."
    assert [(one.title, one.year) for one in instruments(text)] == [
        ("Children Act", 1989),
        ("Education Act", 1996),
        ("Equality Act", 2010),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("SI 2024/208", "2024/208"),
        ("S.I. 2006/1751", "2006/1751"),
        ("SI 2006 No. 1751", "2006/1751"),
        ("the Pupil Registration Regulations 2006 (SI 2006/1751)", "2006/1751"),
        ("the Pupil Registration Regulations 2006, S.I. 2006/1751,", "2006/1751"),
    ],
)
def test_numbers_of_statutory_instruments(text: str, number: str) -> None:
    (instrument,) = instruments(text)
    assert (instrument.number, instrument.year) == (number, int(number[:4]))


def test_a_number_alone_is_a_statutory_instrument() -> None:
    assert instruments("SI 2024/208")[0].kind is InstrumentKind.STATUTORY_INSTRUMENT


@pytest.mark.parametrize(
    "text",
    [
        "Pupil Registration Regulations 2006 (as amended)",
        "Pupil Registration Regulations 2006 as amended",
        "Pupil Registration Regulations 2006 (and 2010, 2011 and 2016 amendments)",
        "Pupil Registration Regulations 2006 (amended 2016)",
    ],
)
def test_amended(text: str) -> None:
    (instrument,) = instruments(text)
    assert instrument.amended
    assert instrument.year == 2006
    assert instrument.end == len(text)


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("section 444(1A)", ProvisionKind.SECTION, ("444(1A)",)),
        ("s.576", ProvisionKind.SECTION, ("576",)),
        ("sections 444 and 444A", ProvisionKind.SECTION, ("444", "444A")),
        ("regulation 13", ProvisionKind.REGULATION, ("13",)),
        ("Regulation 11(1)(a)", ProvisionKind.REGULATION, ("11(1)(a)",)),
        ("reg. 9", ProvisionKind.REGULATION, ("9",)),
        ("regs 4 to 6", ProvisionKind.REGULATION, ("4", "6")),
        ("regulations 8 and 9", ProvisionKind.REGULATION, ("8", "9")),
        ("paragraph 52", ProvisionKind.PARAGRAPH, ("52",)),
        ("paras 26–30", ProvisionKind.PARAGRAPH, ("26", "30")),
        ("Schedule 2", ProvisionKind.SCHEDULE, ("2",)),
        ("Part 6", ProvisionKind.PART, ("6",)),
        ("chapter 8", ProvisionKind.CHAPTER, ("8",)),
        ("Article 8", ProvisionKind.ARTICLE, ("8",)),
    ],
)
def test_provisions(text: str, kind: ProvisionKind, numbers: tuple[str, ...]) -> None:
    (provision,) = provisions(f"as {text} says")
    assert (provision.kind, provision.numbers) == (kind, numbers)
    assert provision.ranges == ("to" in text or "–" in text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("section 444 of the Education Act 1996", "Education Act"),
        ("Part 6 of The Education Act 1996", "Education Act"),
        ("the Education Act 1996, s 444", "Education Act"),
        ("the Education Act 1996 Section 444", "Education Act"),
        ("section 23 Anti-social Behaviour Act 2003", "Anti-social Behaviour Act"),
        ("Section 7 (Education Act 1996)", "Education Act"),
        ("s.576 EA 1996", "EA"),
        ("section 7 of the Act", "Act"),
        ("regulation 9 of these Regulations", "Regulations"),
    ],
)
def test_the_instrument_beside_a_provision(text: str, title: str) -> None:
    (provision,) = provisions(text)
    assert provision.instrument is not None
    assert provision.instrument.title == title


def test_the_known_title_beside_a_provision() -> None:
    text = "Paragraph 52 of Working Together to Improve School Attendance applies, and KCSIE, paragraph 177."
    titles = TITLES.find(text)
    assert [one.title.key for one in provisions(text, titles) if one.title] == ["working-together", "kcsie"]


@pytest.mark.parametrize(
    "text", ["Regulations 2024", "part of the day", "sections of the policy", "in part", "regular 4"]
)
def test_is_no_provision(text: str) -> None:
    assert provisions(text) == ()


@given(
    st.lists(
        st.sampled_from(["Education", "Children", "Equality", "Schools", "Attendance"]),
        min_size=1,
        max_size=3,
        unique=True,
    ),
    st.integers(1950, 2050),
    st.sampled_from(["Act", "Regulations"]),
    st.sampled_from(["{}", "See {}.", "as the {} says", "under section 7 of the {},"]),
)
def test_any_citation_comes_back(words: list[str], year: int, kind: str, sentence: str) -> None:
    title = f"{' and '.join(words)} {kind}"
    (instrument,) = instruments(sentence.format(f"{title} {year}"))
    assert (instrument.title, instrument.year) == (title, year)
