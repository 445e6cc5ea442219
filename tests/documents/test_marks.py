from __future__ import annotations

import pytest

from checker.documents.draft import Span
from checker.documents.normalise import Normaliser


def read(text: str) -> str:
    return Normaliser(text, marks=True).read([Span(0, len(text))]).text


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("It **will not** be *authorised*.", "It will not be authorised."),
        ("__Signed__ by _us_", "Signed by us"),
        ("***Late***", "Late"),
        ("**L**ate", "Late"),
        ("The fine is ~~£60~~ £80.", "The fine is £80."),
        ("code `U`", "code U"),
        (r"code `\` is for the afternoon", r"code \ is for the afternoon"),
        ("see [the guidance](https://www.gov.uk/x) first", "see the guidance first"),
        ("the [Regulations \\(England\\) 2024](#)", "the Regulations (England) 2024"),
        ("([site](http://a.example/b_(c)))", "(site)"),
        ("![The ladder](ladder.png) shows", "The ladder shows"),
        ("<https://www.gov.uk/attendance>", "https://www.gov.uk/attendance"),
        ("<office@brackenhill.example>", "office@brackenhill.example"),
        ("one<br>two<br/>three", "one two three"),
        (r"We don\'t use it\... \"ever\", they said", 'We don\'t use it... "ever", they said'),
        ("[Appendix A]{.underline} of it", "Appendix A of it"),
        ("[]{#_Toc1 .anchor}Aims", "Aims"),
        ("Not by 10.30 -- a call, from 8.45--9.00", "Not by 10.30 – a call, from 8.45–9.00"),
        ("<p>One.</p><p><b>Two.</b></p>", "One. Two."),
        ("a<!-- do not show -->b", "a b"),
        ("tea &amp; toast &pound;3 &#163;4", "tea & toast £3 £4"),
        ("1\\. No list", "1. No list"),
        ("a \\* b \\_c\\_ \\[d\\]", "a * b _c_ [d]"),
    ],
)
def test_marks_are_no_part_of_what_is_read(written: str, is_read: str) -> None:
    assert read(written) == is_read


@pytest.mark.parametrize(
    "text",
    [
        "codes / and \\ are for present (/ \\)",
        "\\",
        "the school <name of school> and [insert date] and [office] (room 3)",
        "[insert name](s)",
        "half term*. See the note (*) below",
        "**See the guidance",
        "2 * 3 * 4",
        "Signed ____________ Date ______",
        "first_name.last_name@brackenhill.example",
        "below <90% and >95%",
        "B~ and L~",
        "the codes '/' and '\\' or (/ \\)",
        "[insert]{name of school}",
        "fish & chips; AT&T;",
        "if a < b and c > d",
    ],
)
def test_what_may_be_meant_stays(text: str) -> None:
    assert read(text) == text


def test_marks_are_left_alone_in_formats_that_have_none() -> None:
    assert Normaliser("a **b** <br>", marks=False).read([Span(0, 12)]).text == "a **b** <br>"
