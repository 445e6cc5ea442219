"""References to places in the document, and those that lead out of it."""

import pytest

from checker.recognise.references import references
from checker.recognise.titles import Titles


def found(text: str) -> list[str]:
    return [f"{one.kind} {one.number}" for one in references(text, own=["attendance policy"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("section 4.2", ["section 4.2"]),
        ("see Section 4.", ["section 4"]),
        ("section 5.1.2", ["section 5.1.2"]),
        ("section 4(b)", ["section 4(b)"]),
        ("s.4.2", ["section 4.2"]),
        ("§4.2", ["section 4.2"]),
        ("section four", ["section 4"]),
        ("sections 4.2 and 4.3", ["section 4.2", "section 4.3"]),
        ("sections 4.1, 4.2 and 6", ["section 4.1", "section 4.2", "section 6"]),
        ("sections 3–5", ["section 3", "section 5"]),
        ("section 4.1 and 4.2", ["section 4.1", "section 4.2"]),
        ("section 4 and 2 weeks later", ["section 4"]),
        ("see section 7 below", ["section 7"]),
        ("Go to section 5 to find out more", ["section 5"]),
        ("section 5 of our attendance policy", ["section 5"]),
        ("section 5 of the school's attendance policy", ["section 5"]),
        ("section 6 of this policy", ["section 6"]),
        ("as set out under section 8", ["section 8"]),
        ("(see 5.1)", ["section 5.1"]),
        ("see 4.2/4.3", ["section 4.2", "section 4.3"]),
        ("as outlined in 4.3 above", ["section 4.3"]),
        ("in 4.3 below", ["section 4.3"]),
        ("Appendix 2", ["appendix 2"]),
        ("(appendix one)", ["appendix 1"]),
        ("appendices A and B", ["appendix A", "appendix B"]),
        ("Appendix 1, 2 and 3", ["appendix 1", "appendix 2", "appendix 3"]),
        ("Annex C", ["annex C"]),
        ("paragraph 3.1", ["paragraph 3.1"]),
        ("Part B of this policy", ["part B"]),
        ("chapter 2", ["chapter 2"]),
    ],
)
def test_the_documents_own(text: str, expected: list[str]) -> None:
    assert found(text) == expected
    assert not any(one.foreign for one in references(text, own=["attendance policy"]))


@pytest.mark.parametrize(
    "text",
    [
        "section 444 of the Education Act 1996",
        "sections 444 and 444A",
        "section 444(1A)",
        "section 7 of the Act",
        "s.576 EA 1996",
        "section 175 duties",
        "section 20 of the Equality Act 2010",
        "the Education Act 1996 (section 7)",
        "the Education Act 1996, in particular sections 7, 444 and 444B",
        "sections 7 and 444",
        "section 23 Anti-social Behaviour Act 2003",
        "under section 23",
        "a section 47 enquiry",
        "Section 17 child in need",
        "Part 6 of the Education Act",
        "section 3 of the Behaviour Policy",
        "our Behaviour Policy, section 4",
        "section 2 in the Staff Handbook",
        "chapter 3 of Working Together",
        "paragraph 45 of the guidance",
        "the DfE guidance, paragraphs 26 to 30",
        "Annex B of KCSIE",
        "part 2 of the form",
        "KCSIE, Part 2",
        "the terms and conditions, clause 4",
        "paragraph 3 of Schedule 2",
    ],
)
def test_foreign(text: str) -> None:
    assert references(text, own=["attendance policy"])
    assert all(one.foreign for one in references(text, own=["attendance policy"]))


@pytest.mark.parametrize(
    "text",
    [
        "this section applies",
        "in section a pupil",
        "part of the school",
        "the part I play",
        "part-time timetables",
        "see 8.45am",
        "see 4.5% of",
        "see 10 pupils",
        "regulation 9",
        "Appendix: codes",
        "see you at 9.15",
        "sessions 4 and 5",
    ],
)
def test_is_no_reference(text: str) -> None:
    assert found(text) == []


def test_a_reference_behind_a_known_title_is_foreign() -> None:
    text = "See Attendance matters (2024), section 4, and section 5."
    titles = Titles({"matters": ["Attendance matters"]}).find(text)
    assert [(one.number, one.foreign) for one in references(text, titles=titles)] == [("4", True), ("5", False)]


def test_own_and_foreign_in_one_sentence() -> None:
    text = "See section 3 of this document and section 4 of the Equality Act 2010."
    assert [one.foreign for one in references(text)] == [False, True]


def test_offsets_lead_to_the_words() -> None:
    text = "It is in sections 4.2 and 4.3, and Appendix A."
    assert [one.written(text) for one in references(text)] == ["sections 4.2", "4.3", "Appendix A"]
