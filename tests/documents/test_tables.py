from __future__ import annotations

import pytest

from checker.documents.assemble import assemble
from checker.documents.draft import CellPart, Draft, DraftText, PageDraft, Part, PartKind
from checker.documents.model import BlockKind, Document
from tests.documents.reading import of_kind, read_text, rows


def table(text: str) -> str:
    return "Our codes stand in the table under this line.\n\n" + text


def test_tabs_part_cells() -> None:
    document = read_text(table("Code\tMeaning\nL\tLate\nU\tAfter closing\n"))
    assert rows(document) == [["Code", "Meaning"], ["L", "Late"], ["U", "After closing"]]
    assert [(len(each.rows), each.header_rows) for each in document.tables] == [(3, 1)]


def test_blank_cells_are_kept() -> None:
    document = read_text(table("Stage\tYear\tOpens\nInfants\tYear 1\t8.50\n\tYear 2\t8.55\nAll pupils\t\t\n"))
    assert rows(document)[2:] == [["", "Year 2", "8.55"], ["All pupils", "", ""]]


def test_tabs_that_only_line_up_are_one_gap() -> None:
    document = read_text(table("Code\t\tMeaning\nL\t\t\tLate\nUnauthorised\tNot allowed\n"))
    assert rows(document) == [["Code", "Meaning"], ["L", "Late"], ["Unauthorised", "Not allowed"]]


def test_a_tab_after_a_number_or_bullet_makes_no_table() -> None:
    document = read_text("We do this:\n\n1.\tWe ring.\n2.\tWe write.\n\n•\tWe visit.\n")
    assert rows(document) == []


def test_paragraphs_in_a_cell() -> None:
    document = read_text(table("Who\tWhat\nParents\t<p>Ring us.</p> <p><i>Write</i> to us.</p>\n"))
    (cells,) = [block.cells for block in document.blocks if block.kind is BlockKind.ROW][1:]
    assert [paragraph.text for paragraph in cells[1].paragraphs] == ["Ring us.", "Write to us."]


def test_markdown_tables_in_text() -> None:
    document = read_text(table("| Code | Meaning |\n|---|---|\n| L | Late |\n| \\| | bar |\n"))
    assert rows(document) == [["Code", "Meaning"], ["L", "Late"], ["|", "bar"]]


@pytest.mark.parametrize(
    ("first", "second", "headed"),
    [
        ("Code\tDefinition", "L\tLate", True),
        ("Name\tRole", "Mrs Whitlock\tHeadteacher", True),
        ("Approved by\tGoverning body", "Review\tMarch 2027", False),
        ("Policy owner\tHeadteacher", "Published\tYes", False),
        ("L\tLate", "U\tAfter closing", False),
        ("Parents should:\tSchools should:", "Ring us.\tRing back.", True),
        ("Pupils will\tTheir parents will", "Come each day\tRing us when they cannot", True),
        ("Office\toffice@brackenhill.example\tTo tell us", "Head\thead@brackenhill.example\tTo ask", False),
        ("Key stage\tYear group\tRegister opens", "One\tYear 1\t8.50am", True),
        ("\tInfants\tJuniors", "Register opens\t8.50am\t8.45am", True),
        ("Version\tDate\tAuthor\tChanges", "1.0\t1 May 2025\tA. Whitlock\tFirst issue of the policy", True),
    ],
)
def test_which_rows_name_the_columns(first: str, second: str, headed: bool) -> None:
    document = read_text(table(f"{first}\n{second}\n{second}\n"))
    assert document.tables[0].header_rows == int(headed)


def test_a_table_that_goes_on_without_its_heading_is_one() -> None:
    document = read_text(table("Code\tMeaning\nL\tLate\n\nU\tAfter closing\nN\tNo reason yet\n"))
    assert [len(each.rows) for each in document.tables] == [4]


def test_a_heading_that_is_repeated_stands_in_the_table_once() -> None:
    document = read_text(table("Code\tMeaning\nL\tLate\n\nCode\tMeaning\nU\tAfter closing\n"))
    assert rows(document) == [["Code", "Meaning"], ["L", "Late"], ["U", "After closing"]]
    assert of_kind(document, BlockKind.RUNNING) == ["Code Meaning"]


def test_tables_with_text_between_them_are_two() -> None:
    document = read_text(table("Code\tMeaning\nL\tLate\n\nAbsence codes\n\nCode\tMeaning\nI\tIll\n"))
    assert [len(each.rows) for each in document.tables] == [2, 2]


def test_tables_with_other_headings_are_two() -> None:
    document = read_text(table("Code\tMeaning\nL\tLate\n\nName\tRole\nMrs Whitlock\tHead\n"))
    assert [len(each.rows) for each in document.tables] == [2, 2]


def paged(*pages: list[list[str] | str]) -> Document:
    """A document of pages: a list is a row, a text is a running line."""
    text, parts, drafts = DraftText(), [], []
    for number, content in enumerate(pages, 1):
        drafts.append(PageDraft(number, len(text)))
        for line in content:
            if isinstance(line, str):
                span = text.add(line)
                parts.append(Part(PartKind.RUNNING, span.start, span.end, number))
                continue
            spans = [text.add(cell, "\t") for cell in line]
            cells = tuple(CellPart((span,) if span.end > span.start else (), at) for at, span in enumerate(spans))
            parts.append(Part(PartKind.ROW, spans[0].start, spans[-1].end, number, cells=cells, table=number))
    return assemble(Draft("pdf", str(text), tuple(parts), drafts), "policy.pdf")


def test_a_table_over_two_pages_is_one_in_spite_of_the_lines_between() -> None:
    document = paged(
        [["Code", "Meaning"], ["L", "Late"], "Page 1"],
        ["Attendance Policy", ["Code", "Meaning"], ["U", "After closing"], "Page 2"],
    )
    assert [(len(each.rows), each.header_rows) for each in document.tables] == [(3, 1)]
    assert [block.page for block in document.tables[0].rows] == [1, 1, 2]


def test_a_row_that_a_page_end_broke_is_whole() -> None:
    document = paged(
        [["Stage", "What we do"], ["One", "We ring home on the first day and"]],
        [["", "write on the second."], ["Two", "We meet."]],
    )
    assert rows(document) == [
        ["Stage", "What we do"],
        ["One", "We ring home on the first day and write on the second."],
        ["Two", "We meet."],
    ]
    assert len(document.tables[0].rows) == 3


def test_a_blank_first_cell_on_a_new_page_is_kept_where_a_row_begins() -> None:
    document = paged([["Infants", "Year 1", "8.50"]], [["", "Year 2", "8.55"]])
    assert rows(document) == [["Infants", "Year 1", "8.50"], ["", "Year 2", "8.55"]]


def test_a_row_tells_its_table() -> None:
    document = read_text(table("L\tLate\n\nText that parts two tables, as it must.\n\nU\tNever\n"))
    assert [block.table for block in document.blocks if block.kind is BlockKind.ROW] == [0, 1]


@pytest.mark.parametrize(
    ("first", "headed"),
    [
        ("| Code | Meaning |", 1),
        ("| Step | What the school does |", 1),
        ("| Circulation | Staff, parents, website |", 0),
        ("| Reporting an absence | Call 01632 960412 before 8.45am |", 0),
        ("| Illness | No evidence is asked for unless there is genuine doubt |", 0),
        ("| Illness | When evidence is asked for, and from whom it has to come |", 1),
    ],
)
def test_the_first_row_of_a_markdown_table_may_be_a_label_with_its_value(first: str, headed: int) -> None:
    document = read_text(table(f"{first}\n|---|---|\n| Owner | Deputy head |\n"))
    assert [each.header_rows for each in document.tables] == [headed]
