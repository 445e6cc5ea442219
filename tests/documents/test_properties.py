"""What holds for any text at all."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.documents.assemble import assemble
from checker.documents.markdown import draft_of as markdown_draft
from checker.documents.model import BlockKind, Document
from checker.documents.text import draft_of

WORDS = [
    *("school", "register", "Late", "9.15am", "£80", "1.", "4.2", "(a)", "•", "-", "o", "Appendix 1", "Contents", "7"),
    *(
        "Page 2 of 9",
        "parents/carers",
        "atten-",
        "We",
        "the",
        "Approved by:",
        "A",
        "e.g.",
        "“why”",
        "Attendance Policy",
    ),
]
GAPS = [" ", "  ", "\n", "\n\n", "\t", "    ", "\r\n", "\n   ", " – ", ".\n", ":\n\n", "\f", "\u00a0", "........ "]
MARKS = ["**", "*", "_", "[", "](#)", "<b>", "</p>", "`", "|", "\\", "#", ">", "~~", "<", "&amp;", "![", "---", "```"]
plain = st.lists(st.sampled_from(WORDS + GAPS), max_size=80).map("".join)
marked = st.lists(st.sampled_from(WORDS + GAPS + MARKS), max_size=60).map("".join)
SPOKEN = re.compile(r"[^\W_]+")


def check_sound(document: Document) -> None:
    """Every offset leads into the text, forward; every section and block knows the others."""
    assert document.sections[0].parent is None
    for block in document.blocks:
        readings = [paragraph for cell in block.cells for paragraph in cell.paragraphs] or [block.reading]
        for reading in readings:
            offsets = list(reading.offsets)
            assert len(offsets) == len(reading.text) + 1
            assert offsets == sorted(offsets)
            assert 0 <= offsets[0] <= offsets[-1] <= len(document.text)
        assert 0 <= block.section < len(document.sections)
        assert (block.table is None) == (block.kind is not BlockKind.ROW)
        if block.kind is BlockKind.ROW and block.table is not None:
            assert block in document.tables[block.table].rows
    for number, section in enumerate(document.sections[1:], 1):
        assert section.parent is not None
        assert section.parent < number
        assert document.sections[section.parent].level < section.level
        assert section.start <= section.end <= len(document.text)
    starts = [section.start for section in document.sections]
    assert starts == sorted(starts)


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalnum())


def shown(document: Document) -> str:
    return " ".join(f"{block.marker} {block.text}" for block in document.blocks)


@settings(max_examples=300)
@given(plain)
def test_no_letter_of_a_text_is_lost_or_doubled(text: str) -> None:
    document = assemble(draft_of(text), "a.txt")
    check_sound(document)
    assert letters(shown(document)) == letters(text)


@settings(max_examples=200)
@given(plain)
def test_each_block_stands_in_the_text_in_the_same_words(text: str) -> None:
    document = assemble(draft_of(text), "a.txt")
    for block in document.blocks:
        for reading in [each for cell in block.cells for each in cell.paragraphs] or [block.reading]:
            stands = iter(SPOKEN.findall(re.sub(r"-\s*[\r\n\f]\s*", "", text[reading.start : reading.end])))
            said = SPOKEN.findall(re.sub(r"-\s+", "", reading.text.replace("-", "")))
            assert all(any(word in other or other in word for other in stands) for word in said)


@settings(max_examples=300)
@given(marked)
def test_text_with_marks_is_sound(text: str) -> None:
    check_sound(assemble(draft_of(text), "a.txt"))


@settings(max_examples=300)
@given(marked)
def test_markdown_is_sound(text: str) -> None:
    document = assemble(markdown_draft(text), "a.md")
    check_sound(document)
    assert document.text == text


@settings(max_examples=150)
@given(plain)
def test_markdown_loses_no_letter(text: str) -> None:
    assert letters(shown(assemble(markdown_draft(text), "a.md"))) == letters(text)


@settings(max_examples=100)
@given(st.text(max_size=200))
def test_any_characters_at_all(text: str) -> None:
    check_sound(assemble(draft_of(text), "a.txt"))
    check_sound(assemble(markdown_draft(text), "a.md"))
