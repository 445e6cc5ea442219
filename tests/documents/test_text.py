from __future__ import annotations

from pathlib import Path

import pytest

from checker.documents.model import BlockKind
from checker.testing import document_of
from tests.documents.reading import headings, items, of_kind, read, read_text, rows

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


def test_columns_made_of_blanks_are_tables() -> None:
    document = read_text(
        "The codes follow in this table.\n\n"
        "   Code       Definition                Scenario\n\n"
        "   L          Late arrival              Pupil arrives before the register\n"
        "                                        has closed\n\n"
        "   B          Educated off site, in     Pupil is taught at a place that the\n"
        "              a supervised place        school has approved\n\n"
        "                                  2\n"
        "   Unauthorised absence\n\n"
        "  G             Holiday that was not     Pupil is away on a holiday\n"
        "                granted\n"
    )
    assert rows(document) == [
        ["Code", "Definition", "Scenario"],
        ["L", "Late arrival", "Pupil arrives before the register has closed"],
        ["B", "Educated off site, in a supervised place", "Pupil is taught at a place that the school has approved"],
        ["Unauthorised absence"],
        ["G", "Holiday that was not granted", "Pupil is away on a holiday"],
    ]
    assert document.tables[0].header_rows == 1


def test_cells_that_the_same_blanks_part_stand_in_order_wherever_they_begin() -> None:
    document = read_text(
        "What it costs:\n\nNotice     Within 21 days     Within 28 days\nFirst     £80     £160\n"
        "Second within three years     Not offered     £160\nThird     None is issued within three years.\n"
        "                    The court decides.\n"
    )
    assert rows(document) == [
        ["Notice", "Within 21 days", "Within 28 days"],
        ["First", "£80", "£160"],
        ["Second within three years", "Not offered", "£160"],
        ["Third", "None is issued within three years. The court decides."],
    ]


def test_rows_without_blank_lines_between_them() -> None:
    document = read_text(
        "Our times:\n\nSession      Opens      Closes\nMorning      8.50am     9.15am\nAfternoon    1.00pm     1.15pm\n"
    )
    assert rows(document) == [
        ["Session", "Opens", "Closes"],
        ["Morning", "8.50am", "9.15am"],
        ["Afternoon", "1.00pm", "1.15pm"],
    ]


def test_titles_above_a_list_of_keys_are_none_of_its_cells() -> None:
    document = document_of(
        """\
REGISTER CODES
Present at the School
/    Present in the morning session
L    Late, before the register is closed
""",
        "text",
    )
    assert [block.text for block in document.blocks if not block.cells] == [
        "REGISTER CODES",
        "Present at the School",
    ]
    assert [row.cells[0].text for row in document.tables[0].rows] == ["/", "L"]


def test_a_paragraph_right_below_a_table_is_none_of_its_cells() -> None:
    document = document_of(
        """\
8.30am   Start of day; registration        8.40am   Start of day; registration
3.30pm   End of day                        4.10pm   End of day
Clubs run until 5.15pm in the Upper School. Buses leave from the lower gate at
4.25pm and 5.30pm.
""",
        "text",
    )
    assert len(document.tables[0].rows) == 2
    assert document.blocks[-1].text.split()[-3:] == ["4.25pm", "and", "5.30pm."]


def test_two_blanks_after_a_full_stop_make_no_table() -> None:
    document = read_text("We ring home.  We write.  Then we\nvisit.  Nobody is forgotten.  We\nkeep notes.\n")
    assert rows(document) == []


def test_what_is_broken_over_lines_in_a_cell_can_be_quoted() -> None:
    document = read_text(
        "Codes:\n\nCode     Means\n\nL        Late, before the\n         register closed\n\nU        Late, after it\n"
    )
    cell = document.tables[0].rows[1].cells[1]
    start = cell.text.index("the register")
    assert document.text[slice(*cell.paragraphs[0].span(start, start + 12))].split() == ["the", "register"]


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


def test_clauses_above_and_below_a_table_without_blank_lines_are_none_of_its_rows() -> None:
    document = read_text(
        "Sandling Primary School                 Attendance policy\n\n"
        "4.0 The school day\n"
        "Gates open               8.30am\n"
        "Morning register         taken 8.45am, closes 9.10am\n"
        "Page 1 of 3\n"
        "Sandling Primary School                 Attendance policy\n"
        "End of school            3.15pm\n"
        "4.1 We take the register at the beginning of the morning session and once in\n"
        "the afternoon, on Arbor.\n"
        "4.2 A child who comes late is walked to class.\n"
        "Page 2 of 3\n"
        "Sandling Primary School                 Attendance policy\n"
        "5.0 Absence\n"
        "By 9.30am      text message to the first two contacts\n"
        "Day 2          calls repeated\n"
        "5.1 The office keeps a note.\n"
        "Page 3 of 3\n"
        "Sandling Primary School                 Attendance policy\n"
    )
    assert rows(document) == [
        ["Gates open", "8.30am"],
        ["Morning register", "taken 8.45am, closes 9.10am"],
        ["End of school", "3.15pm"],
        ["By 9.30am", "text message to the first two contacts"],
        ["Day 2", "calls repeated"],
    ]
    assert len(of_kind(document, BlockKind.RUNNING)) == 7
    assert (
        "We take the register at the beginning of the morning session and once in the afternoon, on Arbor."
        in of_kind(document, BlockKind.PARAGRAPH)
    )


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        pytest.param(
            "School times\nSession\nTaken\nCloses\nMorning\n8.55am\n9.20am\nAfternoon (infants)\n1.00pm\n1.25pm",
            [
                ["Session", "Taken", "Closes"],
                ["Morning", "8.55am", "9.20am"],
                ["Afternoon (infants)", "1.00pm", "1.25pm"],
            ],
            id="times below headings, which stand below a title",
        ),
        pytest.param(
            "Infants\nJuniors\nGates open\n8.30\n8.30\nRegister closes\n9.00\n9.00\nHome time\n3.15\nYear 3 3.20, others 3.25",
            [
                ["", "Infants", "Juniors"],
                ["Gates open", "8.30", "8.30"],
                ["Register closes", "9.00", "9.00"],
                ["Home time", "3.15", "Year 3 3.20, others 3.25"],
            ],
            id="headings but of the first column, which has no name",
        ),
        pytest.param(
            "Code\nMeaning\nPresent\n/ \\\nPresent\nL\nLate\nAbsent\nI\nIllness\nY1 – Y7\nUnable to attend",
            [
                ["Code", "Meaning"],
                ["Present"],
                ["/ \\", "Present"],
                ["L", "Late"],
                ["Absent"],
                ["I", "Illness"],
                ["Y1 – Y7", "Unable to attend"],
            ],
            id="codes with a cell over all columns above each class",
        ),
        pytest.param(
            "Annex\nCode\nMeaning\nClass\nL\nLate\nPresent\nI\nIllness\nAuthorised\n",
            [["Code", "Meaning", "Class"], ["L", "Late", "Present"], ["I", "Illness", "Authorised"]],
            id="the last heading is no cell over all columns",
        ),
        pytest.param(
            "Gates open\n8.35am\nRegister taken\n8.45am\nRegister closes\n9.15am\nThe week is of 32.5 hours.",
            [["Gates open", "8.35am"], ["Register taken", "8.45am"], ["Register closes", "9.15am"]],
            id="pairs without headings",
        ),
        pytest.param(
            "Version\nDate\nChange\n1.0\nSept 2022\nNew\n1.1\nMay 2024\nContacts\n2.0\nJune 2026\nCodes",
            [
                ["Version", "Date", "Change"],
                ["1.0", "Sept 2022", "New"],
                ["1.1", "May 2024", "Contacts"],
                ["2.0", "June 2026", "Codes"],
            ],
            id="figures in the first column, which its heading names",
        ),
        pytest.param("Gates open\n8.35am\nWe ring home on the first day.\n9.30am", [], id="too few to be a table"),
        pytest.param("When does school begin?\n8.45am\nAnd end?\n3.15pm\nAnd lunch?\n12 noon", [], id="questions"),
        pytest.param(
            "What we ask\nBe on time\n4. The day\nGates open 8.35\nDoors open 8.40", [], id="a numbered heading"
        ),
    ],
)
def test_a_table_saved_with_one_cell_to_a_line(lines: str, cells: list[list[str]]) -> None:
    assert rows(read_text(lines)) == cells


RULED = """\
The times are:

  -----------------------------------------------
  Session       Register taken   Register
                                 closes
  ------------- ---------------- ----------------
  Morning       8.55am           9.20am

  Afternoon     1.00pm, or 1.10  1.25pm
  (infants)     in winter
  -----------------------------------------------

  Code   Meaning
  ------ ---------------
  L      Late
  U      Late, absent

+----------+-----------------+
| Role     | Whom to ring    |
+==========+=================+
| Champion | Ros Tindale,    |
|          | 020 7946 0000   |
+----------+-----------------+
"""


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_columns_of_ruled_tables_begin_where_the_rules_do(form: str) -> None:
    document = document_of(RULED, form)
    assert rows(document) == [
        ["Session", "Register taken", "Register closes"],
        ["Morning", "8.55am", "9.20am"],
        ["Afternoon (infants)", "1.00pm, or 1.10 in winter", "1.25pm"],
        ["Code", "Meaning"],
        ["L", "Late"],
        ["U", "Late, absent"],
        ["Role", "Whom to ring"],
        ["Champion", "Ros Tindale, 020 7946 0000"],
    ]
    assert [table.header_rows for table in document.tables] == [1, 1, 1]
    assert of_kind(document, BlockKind.PARAGRAPH) == ["The times are:"]


@pytest.mark.parametrize(
    "text",
    [
        "---- ----\nA rule that nothing closes\n\nand what follows.",
        "  ---\n\nA line.\n\n--- ---",
        "+--+\n| a box |\n+--+",
        "-- --\n" * 50,
    ],
)
def test_rules_that_make_no_table_lose_no_line(text: str) -> None:
    words = {"A", "rule", "line", "box"} & set(text.replace(".", "").split())
    for form in ("text", "markdown"):
        read = " ".join(block.text for block in document_of(text, form).blocks)
        assert words <= set(read.replace(".", "").split()), form


def test_one_line_with_gaps_among_many_makes_no_table() -> None:
    document = read_text(
        "Present\n/ morning   \\ afternoon   L late\nAttending elsewhere\nB off site\nV visit\nW work experience"
    )
    assert rows(document) == []
    assert "B off site" in of_kind(document, BlockKind.PARAGRAPH)


def test_a_footer_between_two_rows_is_no_heading() -> None:
    footers = [
        "Sandling School Policy v6\nPage 1 of 4\n",
        "Sandling School Policy v6\nPage 2 of 4\n",
        "Sandling School Policy v6\nPage 3 of 4\n",
    ]
    document = read_text(
        f"1 Our day\n\nMorning at 9.10am   closes at 9.40am\n\n{footers[0]}Afternoon at 1.00pm   closes at 1.30pm\n\n"
        f"We ring home.\n\n{footers[1]}We write.\n\n{footers[2]}We visit."
    )
    assert headings(document) == [("1", "Our day")]
    assert rows(document) == [["Morning at 9.10am", "closes at 9.40am"], ["Afternoon at 1.00pm", "closes at 1.30pm"]]
