from __future__ import annotations

import pytest

from checker.documents.draft import Span
from checker.documents.model import Reading
from checker.documents.normalise import Normaliser, joined


def read(text: str, marks: bool = False) -> Reading:
    return Normaliser(text, marks).read([Span(0, len(text))])


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("  The   register\t closes ", "The register closes"),
        ("The\u00a0register\u202fcloses\u2003now", "The register closes now"),
        ("The reg\u200bister\ufeff clo\u00adses", "The register closes"),
        ("the pupil’s ‘mark’ and “code”", "the pupil's 'mark' and \"code\""),
        ("on time — every day", "on time – every day"),
        ("on time - every day", "on time – every day"),
        ("part‑time, first‐day, 8.50-9.20", "part-time, first-day, 8.50-9.20"),
        ("the oﬃce is ﬁrst", "the office is first"),
        ("Zoe\u0308 Bront\u00eb", "Zoë Brontë"),
        ("9.25am – 9.40am", "9.25am – 9.40am"),
        ("- 9.25", "- 9.25"),
        ("£80 or 90%", "£80 or 90%"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_a_text_is_read_in_plain_characters(written: str, is_read: str) -> None:
    assert read(written).text == is_read


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("good atten-\ndance matters", "good attendance matters"),
        ("part-\ntime pupils; part-time staff", "part-time pupils; part-time staff"),
        ("on the first-\nday we ring on the first day", "on the first-day we ring on the first day"),
        ("non-\nattendance", "non-attendance"),
        ("with-\nout reason, with good reason, out of school", "without reason, with good reason, out of school"),
        ("the Anglo-\nSaxon day", "the Anglo-Saxon day"),
        ("from 8.50-\n9.20am", "from 8.50-9.20am"),
        ("parents/\ncarers", "parents/carers"),
        ("reg\u00ad\nister", "register"),
        ("office@brackenhill.\nexample.sch.uk", "office@brackenhill.example.sch.uk"),
        ("at the end.\nThe next day", "at the end. The next day"),
        ("on time –\nevery day", "on time – every day"),
    ],
)
def test_words_that_a_line_end_broke_are_whole(written: str, is_read: str) -> None:
    assert read(written).text == is_read


def test_offsets_lead_back_to_the_characters() -> None:
    text = "Say “why”   by 9.15\u00a0am – no later, part-\ntime or not."
    reading = read(text)
    assert len(reading.offsets) == len(reading.text) + 1
    start = reading.text.index("why")
    assert text[slice(*reading.span(start, start + 3))] == "why"
    start = reading.text.index("9.15 am")
    assert text[slice(*reading.span(start, start + 7))] == "9.15\u00a0am"
    assert (reading.start, reading.end) == (0, len(text))


def test_an_empty_span_stands_at_one_place() -> None:
    assert read("register").span(3, 3) == (3, 3)


def test_a_ligature_leads_back_to_its_one_character() -> None:
    text = "the oﬃce"
    reading = read(text)
    assert text[slice(*reading.span(4, 10))] == "oﬃce"


def test_several_stretches_are_one_reading() -> None:
    text = "The register closes\nPage 3\nat 9.15am."
    reading = Normaliser(text, False).read([Span(0, 19), Span(27, 37)])
    assert reading.text == "The register closes at 9.15am."
    assert text[slice(*reading.span(0, 3))] == "The"
    assert text[slice(*reading.span(20, 29))] == "at 9.15am"


def test_a_word_that_a_page_end_broke_is_whole() -> None:
    text = "good atten-\nPage 3\ndance. Attendance matters."
    assert Normaliser(text, False).read([Span(0, 11), Span(19, len(text))]).text.startswith("good attendance.")


def test_cells_side_by_side_are_joined_in_their_order() -> None:
    text = "Late    Before\nafter   noon"
    normaliser = Normaliser(text, False)
    left = normaliser.read([Span(0, 4), Span(15, 20)])
    right = normaliser.read([Span(8, 14), Span(23, 27)])
    row = joined([left, right], 0)
    assert row.text == "Late after Before noon"
    assert (row.start, row.end) == (0, 27)
    start, end = row.span(row.text.index("after"), row.text.index("Before") + 6)
    assert "Before" in text[start:end]
    assert "after" in text[start:end]
