from __future__ import annotations

from checker.documents.model import BlockKind
from tests.documents.reading import headings, of_kind, read_text

BODY = "Here stands a paragraph of running text, long enough to be no heading at all."


def document_with(contents: str, *chapters: str) -> str:
    return "Attendance Policy\n\n" + contents + "\n\n" + "".join(f"{chapter}\n\n{BODY}\n\n" for chapter in chapters)


def test_page_numbers_after_tabs() -> None:
    document = read_text(document_with("Contents\n\n1. Aims\t2\n2. Registers\t3", "1. Aims", "2. Registers"))
    assert of_kind(document, BlockKind.CONTENTS) == ["Contents", "1. Aims 2", "2. Registers 3"]
    assert headings(document) == [("1", "Aims"), ("2", "Registers")]
    assert document.tables == ()


def test_leaders() -> None:
    document = read_text(
        document_with("Aims ........ 2\nRegisters.....3\nLeave . . . . . 4", "Aims", "Registers", "Leave")
    )
    assert len(of_kind(document, BlockKind.CONTENTS)) == 3
    assert [title for _, title in headings(document)] == ["Aims", "Registers", "Leave"]


def test_a_list_without_page_numbers() -> None:
    contents = "Table of contents\n\n- Aims\n- Registers\n- Leave in term time"
    document = read_text(document_with(contents, "Aims", "Registers", "Leave in term time"))
    assert len(of_kind(document, BlockKind.CONTENTS)) == 4
    assert [title for _, title in headings(document)] == ["Aims", "Registers", "Leave in term time"]


def test_entries_that_are_worded_otherwise_than_their_headings() -> None:
    contents = "Contents\n\n1. Aims 1\n\n1.1. Ethos\n1.2. Parent\n\n2. Registers 3\n\n2.1. Codes\n2.2. Slip"
    document = read_text(document_with(contents, "1. Aims and ethos", "1.1. Our ethos", "1.2. Parents", "2. Registers"))
    assert [number for number, _ in headings(document)] == ["1", "1.1", "1.2", "2"]


def test_the_contents_end_where_the_text_begins() -> None:
    document = read_text(document_with("Contents\n\nAims\t2\nReview\t9", "Aims", "Review"))
    assert of_kind(document, BlockKind.PARAGRAPH)[1:] == [BODY, BODY]


def test_contents_without_a_heading_of_their_own() -> None:
    titles = ("Aims of this policy", "Registers", "Leave in term time", "Review")
    listed = "\n\n".join(f"{number}. {title} {number + 1}" for number, title in enumerate(titles, 1))
    document = read_text(document_with(listed, *(f"{number}. {title}" for number, title in enumerate(titles, 1))))
    assert len(of_kind(document, BlockKind.CONTENTS)) == 4
    assert [title for _, title in headings(document)] == list(titles)


def test_lines_that_end_with_numbers_are_no_contents() -> None:
    lines = "Infants: from 1 to 2\n\nJuniors: from 3 to 6\n\nSeniors: from 7 to 11\n\nSixth form: from 12 to 13"
    assert of_kind(read_text(document_with(lines, "1. Aims")), BlockKind.CONTENTS) == []


def test_the_dots_of_a_form_are_no_leaders() -> None:
    document = read_text(document_with("Name of pupil: ................", "1. Aims"))
    assert of_kind(document, BlockKind.CONTENTS) == []


def test_a_heading_called_contents_with_nothing_under_it_stays() -> None:
    document = read_text(f"Contents\n\n{BODY}\n")
    assert of_kind(document, BlockKind.CONTENTS) == []


def test_contents_are_no_statements() -> None:
    document = read_text(document_with("Contents\n\n1. Aims\t2\n2. Registers\t3", "1. Aims", "2. Registers"))
    assert not any(block.kind is BlockKind.CONTENTS for block in document.readable_blocks())


def test_lines_of_the_contents_are_headings_even_one_right_under_the_other() -> None:
    contents = "Contents\n\n1. Aims.....1\n2. Rewards.....2\n3. Registers.....3"
    document = read_text(document_with(contents, "1. Aims", "2. Rewards\n\n3. Registers"))
    titles = [section.title for section in document.sections]
    assert titles[-3:] == ["Aims", "Rewards", "Registers"]
