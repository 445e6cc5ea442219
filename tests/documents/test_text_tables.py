"""Tables in plain text: columns of blanks, one cell to a line, and columns that are ruled."""

from __future__ import annotations

import pytest

from checker.documents.model import BlockKind
from checker.testing import document_of
from tests.documents.reading import headings, of_kind, read_text, rows


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
        pytest.param("---- ----\nA rule that nothing closes\n\nand what follows.", id="nothing closes it"),
        pytest.param("  ---\n\nA line.\n\n--- ---", id="closed but not begun"),
        pytest.param("+--+\n| a box |\n+--+", id="a box"),
        pytest.param("-- --\n" * 50 + "A line.", id="rules alone"),
        pytest.param("A line.\n\n- - -\n\nWe ring home.\n\n- - -\n\nA line.", id="breaks"),
        pytest.param("A line.\n\n--- ---\n\nWe ring home.\n\n--- ---\n\nA line.", id="breaks of dashes"),
        pytest.param(
            "Signed            Date\n----------------- ---------------\n\nWe keep every entry for six years.\n\n"
            "Signed            Date\n----------------- ---------------\n",
            id="lines to sign, below what they are for",
        ),
        pytest.param(
            "----------------- ---------------\nSigned            Date\n\nWe keep every entry for six years.\n\n"
            "----------------- ---------------\nSigned            Date\n",
            id="lines to sign, above what they are for",
        ),
    ],
)
def test_rules_that_make_no_table_lose_no_line(text: str) -> None:
    words = {"A", "rule", "line", "box", "ring", "entry", "years", "Date"} & set(text.replace(".", "").split())
    assert words
    for form in ("text", "markdown"):
        document = document_of(text, form)
        assert [row for row in rows(document) if not {"Signed", "Date"} <= set(row)] == [], form
        read = " ".join(block.text for block in document.blocks)
        assert words <= set(read.replace(".", "").split()), form


def test_a_table_that_is_set_in_has_no_empty_column() -> None:
    document = read_text("What we call it:\n\n\tAttendance\tName\n\t90% or lower\tpersistent absence\n")
    assert rows(document) == [["Attendance", "Name"], ["90% or lower", "persistent absence"]]


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
