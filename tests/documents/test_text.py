from __future__ import annotations

from pathlib import Path

import pytest

from checker.documents.model import BlockKind
from tests.documents.reading import headings, items, of_kind, read, read_text

WRAPPED = """\
At Brackenhill we want every child to be in school, every day that it is open, and
on time. Parents ring the office before 8.45am on each day of an absence, and say
why.

The office will:
   • ring home on the first day of an absence that nobody has explained, before
     ten in the morning;
   • write on the third day.

The register closes at
9.15am."""


def test_the_text_is_the_file_itself(tmp_path: Path) -> None:
    written = "Aims\r\n\r\nWe take the register – twice – each day.\r\n"
    (tmp_path / "policy.txt").write_bytes(written.encode("utf-8"))
    document = read(tmp_path / "policy.txt")
    assert document.text == written
    passage = document.passage(*document.blocks[1].reading.span(0, 2))
    assert (passage.quote, passage.page) == ("We", None)


def test_lines_that_were_wrapped_by_hand_are_one_paragraph() -> None:
    document = read_text(WRAPPED)
    assert of_kind(document, BlockKind.PARAGRAPH) == [
        "At Brackenhill we want every child to be in school, every day that it is open, and on time. Parents ring the "
        "office before 8.45am on each day of an absence, and say why.",
        "The office will:",
        "The register closes at 9.15am.",
    ]
    assert [item for _, _, item in items(document)] == [
        "ring home on the first day of an absence that nobody has explained, before ten in the morning;",
        "write on the third day.",
    ]


def test_short_lines_one_under_the_other_stay_apart() -> None:
    document = read_text("Approved by: Governors\nDate: March 2026\nNext review: March 2027\n")
    assert of_kind(document, BlockKind.PARAGRAPH) == [
        "Approved by: Governors",
        "Date: March 2026",
        "Next review: March 2027",
    ]


def test_paragraphs_of_one_long_line_each() -> None:
    sentence = (
        "The headteacher may grant leave in exceptional circumstances, and only when it is asked for in advance. "
    )
    document = read_text(f"{sentence * 3}\n{sentence * 4}\n{sentence * 3}\n")
    assert len(of_kind(document, BlockKind.PARAGRAPH)) == 3


@pytest.mark.parametrize(
    ("marker", "gap"),
    [
        *((bullet, " ") for bullet in ("-", "–", "•", "▪", "➢", "- ›", "- ➤", "\uf0b7", "✓", "→", "⇒", "o")),
        *((number, " ") for number in ("1.", "1)", "(1)", "a)", "(a)", "(i)", "i.", "a.")),
        ("●", "\u200b "),
        ("·", "\t"),
    ],
)
def test_the_marks_with_which_items_begin(marker: str, gap: str) -> None:
    document = read_text(f"Parents should do these things each time:\n\n{marker}{gap}Ring us\n")
    assert items(document) == [(0, marker, "Ring us")]


def test_asterisks_begin_items_where_there_are_several() -> None:
    assert len(items(read_text("Parents should:\n\n* ring us\n* write\n"))) == 2
    assert items(read_text("Any adult* may ring.\n\n* Or a carer\n")) == []


@pytest.mark.parametrize(
    "line",
    [
        "L – late for the session.",
        "/ - present in the morning.",
        "# - planned closure of the school.",
        "I. Newton was never late to school.",
    ],
)
def test_codes_are_no_bullets(line: str) -> None:
    assert items(read_text(f"We use these codes in the register:\n\n{line}\n")) == []


def test_nested_items_by_their_indentation() -> None:
    document = read_text("We will:\n\n- ring\n  - home\n    - at once\n- write\n")
    assert [(depth, item) for depth, _, item in items(document)] == [
        (0, "ring"),
        (1, "home"),
        (2, "at once"),
        (0, "write"),
    ]


def test_nested_items_by_their_marks() -> None:
    document = read_text("We will:\n\n1. ring:\n(a) home;\n(b) work;\n(i) at once,\n(ii) or later;\n2. write.\n")
    assert [depth for depth, _, _ in items(document)] == [0, 1, 1, 2, 2, 0]


def test_bullets_inside_a_line_begin_new_items() -> None:
    document = read_text("The school will: ➤ Ring home ➤\nWrite to parents\n")
    assert of_kind(document, BlockKind.PARAGRAPH) == ["The school will:"]
    assert [item for _, _, item in items(document)] == ["Ring home", "Write to parents"]


def test_a_paragraph_that_a_page_end_broke_is_whole() -> None:
    document = read_text(
        "We ring on the first day, with the support of\n\n3\n\nthe family worker where it helps.\n\n4\n\n5\n"
    )
    whole = "We ring on the first day, with the support of the family worker where it helps."
    assert of_kind(document, BlockKind.PARAGRAPH) == [whole]


def test_page_numbers_and_repeated_lines_of_a_dump_stand_apart() -> None:
    pages = [f"Brackenhill Attendance Policy\n\nParagraph {word} says something of its own.\n\n{number}\n\n"
             for number, word in enumerate(("one", "two", "three", "four"), 1)]  # fmt: skip
    document = read_text("".join(pages))
    assert of_kind(document, BlockKind.RUNNING).count("Brackenhill Attendance Policy") >= 3
    assert {"1", "2", "3", "4"} <= set(of_kind(document, BlockKind.RUNNING))
    assert sum("says something" in text for text in of_kind(document, BlockKind.PARAGRAPH)) == 4


def test_what_pages_parted_by_form_feeds_begin_and_end_with_stands_apart() -> None:
    pages = [f"Brackenhill Attendance Policy\n\nParagraph {word} is on\n\nReview {number}\n"
             for number, word in enumerate(("one", "two", "three", "four"), 1)]  # fmt: skip
    document = read_text("\f".join(pages))
    assert of_kind(document, BlockKind.RUNNING).count("Brackenhill Attendance Policy") == 3
    assert of_kind(document, BlockKind.RUNNING).count("Review 2") == 1
    assert "Paragraph two is on" in of_kind(document, BlockKind.PARAGRAPH)


def test_a_lone_number_is_no_page_number() -> None:
    assert of_kind(read_text("How many schools does this policy cover?\n\n3\n"), BlockKind.RUNNING) == []


@pytest.mark.parametrize("mark", ["Page 3 of 22", "page 3", "3 of 22", "- 3 -", "3 | P a g e", "Page | 3"])
def test_ways_to_number_a_page(mark: str) -> None:
    document = read_text(f"{mark.replace('3', '2')}\n\nSome words stand on this page.\n\n{mark}\n\nAnd some here.\n")
    assert len(of_kind(document, BlockKind.RUNNING)) == 2


def test_headings_of_markdown_in_text() -> None:
    document = read_text("## Aims\n\nWe want every child in school.\n\n## Leave ##\n\nAsk in advance, please.\n")
    assert headings(document) == [("", "Aims"), ("", "Leave")]


def test_headings_between_stars() -> None:
    document = read_text("*** times ***\n\nStart 9.15\n\n*** this goes with ***\n\nSafeguarding. Behaviour.\n")
    assert [title for *_, title in headings(document)] == ["times", "this goes with"]
    assert headings(read_text("Codes of the register.\n\n*** Draft ***\n")) == []


def test_underlined_headings() -> None:
    document = read_text("Aims\n====\n\nWe want every child in school.\n\nLeave\n=====\n\nAsk in advance.\n")
    assert [title for _, title in headings(document)] == ["Aims", "Leave"]


def test_the_code_for_closed_days_is_no_heading() -> None:
    document = read_text("Codes:\n\n# Planned closure of the school.\n")
    assert "# Planned closure of the school." in [block.text for block in document.blocks]


def test_pictures_in_text() -> None:
    document = read_text("The ladder stands below.\n\n![Ladder of support](ladder.png)\n\n[Image: fines]\n\n\ufffc\n")
    assert len(of_kind(document, BlockKind.PICTURE)) == 3
    assert of_kind(document, BlockKind.PICTURE)[0] == "Ladder of support"


def test_lines_to_sign_on_stay() -> None:
    document = read_text("Signed: ______________\n\nDate: ________\n")
    assert of_kind(document, BlockKind.PARAGRAPH) == ["Signed: ______________", "Date: ________"]


def test_a_rule_is_no_text() -> None:
    assert of_kind(read_text("One sentence here.\n\n----------\n\nAnother sentence.\n"), BlockKind.PARAGRAPH) == [
        "One sentence here.",
        "Another sentence.",
    ]


def test_a_box_drawn_around_lines_is_no_table() -> None:
    document = read_text(
        "Whom to ask:\n\n+---------------------+\n| Ms Orla Fennimore,  |\n| who looks after     |\n| attendance.         |\n"
        "|                     |\n| 01632 960001        |\n+---------------------+\n\nAll of them are in each day.\n"
    )
    assert of_kind(document, BlockKind.PARAGRAPH)[1:] == [
        "Ms Orla Fennimore, who looks after attendance.",
        "01632 960001",
        "All of them are in each day.",
    ]


def test_clauses_below_an_open_clause_are_items() -> None:
    text = (
        "3 DUTIES\n\n3.1 Every parent shall:\n\n3.1.1 secure attendance on each day; and\n\n3.1.2 tell the Office of changes.\n\n"
        "3.2 Every pupil shall attend.\n"
    )
    blocks = read_text(text).blocks
    assert [(block.kind.value, block.marker, block.text) for block in blocks[1:]] == [
        ("paragraph", "3.1", "Every parent shall:"),
        ("list-item", "3.1.1", "secure attendance on each day; and"),
        ("list-item", "3.1.2", "tell the Office of changes."),
        ("paragraph", "3.2", "Every pupil shall attend."),
    ]


def test_the_parts_of_a_schedule_stand_below_it() -> None:
    text = (
        "1 REGISTERS\n\n1.1 Registers are kept.\n\nSCHEDULE 1: CODES\n\nPart A. Present\n\nThe codes of those present.\n\n"
        "Part B. Absent\n\nThe others.\n"
    )
    sections = read_text(text).sections
    assert [(section.level, section.number, section.title) for section in sections[1:]] == [
        (1, "1", "REGISTERS"),
        (1, "SCHEDULE 1", "CODES"),
        (2, "Part A", "Present"),
        (2, "Part B", "Absent"),
    ]
