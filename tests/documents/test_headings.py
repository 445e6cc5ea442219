"""What is a heading and what is none, by number, looks, words and place."""

from __future__ import annotations

from itertools import pairwise

import pytest

from checker.documents.model import BlockKind
from tests.documents.reading import headings, items, of_kind, read_text
from tests.documents.test_markdown import markdown

BODY = "Here stands a paragraph of running text, long enough to be no heading at all."


def text(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


def test_numbers_make_sections() -> None:
    document = read_text(
        text("1. Aims", BODY, "2. Registers", BODY, "2.1 Morning", BODY, "2.2 Afternoon", BODY, "3. Leave", BODY)
    )
    assert headings(document) == [
        ("1", "Aims"),
        ("2", "Registers"),
        ("2.1", "Morning"),
        ("2.2", "Afternoon"),
        ("3", "Leave"),
    ]
    assert [section.level for section in document.sections] == [0, 1, 1, 2, 2, 1]
    assert [section.parent for section in document.sections] == [None, 0, 0, 2, 2, 0]
    assert [section.label for section in document.path_to(3)] == ["2 Registers", "2.1 Morning"]


def test_a_section_ends_where_the_next_of_its_rank_begins() -> None:
    document = read_text(text("1. Aims", BODY, "2. Registers", BODY, "2.1 Morning", BODY, "3. Leave", BODY))
    registers, morning, leave = document.sections[2:]
    assert document.text[registers.start : registers.start + 12] == "2. Registers"
    assert registers.end == morning.end == leave.start
    assert document.section_at(document.text.index("2.1") + 20).label == "2.1 Morning"


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("Appendix 2: Attendance codes", "Appendix 2", "Attendance codes"),
        ("Appendix 2 – Attendance codes", "Appendix 2", "Attendance codes"),
        ("Appendix 2 Attendance codes", "Appendix 2", "Attendance codes"),
        ("APPENDIX B - LETTERS", "APPENDIX B", "LETTERS"),
        ("Annex A: Contacts", "Annex A", "Contacts"),
        ("Section 3 Registers", "Section 3", "Registers"),
        ("Appendix 1: attendance codes", "Appendix 1", "attendance codes"),
    ],
)
def test_appendices_and_sections_with_names(line: str, number: str, title: str) -> None:
    document = read_text(text("1. Aims", BODY, line, BODY))
    assert headings(document)[-1] == (number, title)
    assert document.sections[-1].number == number


def test_an_appendix_takes_its_title_from_the_next_line() -> None:
    document = read_text(text("1. Aims", BODY, "Appendix 1", "Attendance codes", BODY))
    assert headings(document) == [("1", "Aims"), ("Appendix 1", "Attendance codes")]


@pytest.mark.parametrize(
    "line",
    [
        "Appendix 1 sets out the codes that we use in the register each day.",
        "See Appendix 1 for the codes.",
        "Part 6 of the Education Act 1996",
        "Approved by: Governing body",
        "March 2026",
        "14 March 2026",
        "Mrs A Whitlock",
        "01632 960123",
        "office@brackenhill.example",
        "Registers close at 9.15am",
        "£80 within 21 days",
        "14.25 Registration in class",
        "8.30 Doors open",
        "We ring home.",
        "Parents should:",
        "and the school office",
        "* Or another adult with care of the child",
        "The attendance officer can be reached by telephone",
    ],
)
def test_lines_that_are_no_headings(line: str) -> None:
    document = read_text(text("1. Aims", BODY, line, BODY))
    assert headings(document) == [("1", "Aims")]


def test_a_numbered_list_is_no_row_of_headings() -> None:
    steps = "1. At the infant site you ring the office.\n2. At the junior site you write.\n3. You use the form."
    document = read_text(text("4. Absence", BODY, "4.2 Reporting", "You tell us on the first day.", steps, BODY))
    assert [marker for _, marker, _ in items(document)] == ["1.", "2.", "3."]
    assert ("1", "At the infant site you ring the office.") not in headings(document)


def test_short_list_items_with_numbers_are_no_headings() -> None:
    document = read_text(
        text("8. Data", BODY, "We look at data:", "1. To praise\n2. To help\n3. To plan", "9. Review", BODY)
    )
    assert headings(document) == [("8", "Data"), ("9", "Review")]
    assert [item for _, _, item in items(document)] == ["To praise", "To help", "To plan"]


def test_numbered_clauses_are_paragraphs_with_their_number() -> None:
    document = read_text(
        text(
            "4 Parents",
            "4.1 Parents must see that their children come to school each day and on time.",
            "4.2 Parents should:",
            "- ring the office",
            "4.3 The school may ask parents to write a note about the reason for an absence.",
        )
    )
    assert headings(document) == [("4", "Parents")]
    clauses = [(block.marker, block.text[:12]) for block in document.blocks if block.kind is BlockKind.PARAGRAPH]
    assert clauses == [("4.1", "Parents must"), ("4.2", "Parents shou"), ("4.3", "The school m")]


def test_a_clause_does_not_stand_under_the_heading_beside_it() -> None:
    clause = "2.3 The office checks every register at ten in the morning and again at two in the afternoon."
    document = read_text(text("2. Registers", BODY, "2.1 Morning", BODY, "2.2 Afternoon", BODY, clause))
    assert document.section_at(document.text.index("The office checks")).number == "2.3"


def test_times_after_bullets_are_no_numbers() -> None:
    document = read_text(text("1. The day", BODY, "- 08.25 Bell\n- 8.30 Registers\n- 14.25 Registers again"))
    assert [item for _, _, item in items(document)] == ["08.25 Bell", "8.30 Registers", "14.25 Registers again"]


def test_a_short_line_above_running_text_is_a_heading() -> None:
    document = read_text(text("Attendance Policy", BODY, BODY, "Punctuality", BODY, "Leave in term time", BODY))
    assert headings(document) == [("", "Punctuality"), ("", "Leave in term time")]


def test_the_title_page_holds_no_headings() -> None:
    document = read_text(
        text("Brackenhill School", "Attendance Policy", "Approved by: Governors", "March 2026", "1. Aims", BODY)
    )
    assert headings(document) == [("1", "Aims")]
    assert document.title == "Attendance Policy"
    assert document.blocks[0].section == 0


def test_lines_of_an_address_are_no_headings() -> None:
    document = read_text(text("1. Contacts", BODY, "Brackenhill School", "12 Mill Lane", "Smarden", BODY))
    assert headings(document) == [("1", "Contacts")]


def test_a_caption_in_capitals_above_a_table_is_a_heading() -> None:
    document = read_text(text("1. Aims", BODY, "LEVELS OF HELP (LOCAL): STAGES", "Stage\tWhat\nOne\tLetter"))
    assert headings(document)[-1] == ("", "LEVELS OF HELP (LOCAL): STAGES")


def test_headings_without_numbers_stand_under_the_numbered_one() -> None:
    document = read_text(
        text("5. Sanctions", BODY, "Penalty notices", BODY, "Notices to improve", BODY, "6. Review", BODY)
    )
    assert [(block.level, block.text) for block in document.blocks if block.kind is BlockKind.HEADING] == [
        (1, "Sanctions"),
        (2, "Penalty notices"),
        (2, "Notices to improve"),
        (1, "Review"),
    ]


def test_a_doubled_number_is_kept() -> None:
    document = read_text(text("3. Roles", BODY, "3.1 Council", BODY, "3.1 Governors", BODY, "3.2 Head", BODY))
    assert [number for number, _ in headings(document)] == ["3", "3.1", "3.1", "3.2"]


def test_headings_are_no_part_of_the_text_under_them() -> None:
    document = read_text(text("1. Aims", BODY))
    assert of_kind(document, BlockKind.PARAGRAPH) == [BODY]


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        (("1.0", "2.0", "3.0"), ["1.0", "2.0", "3.0"]),
        (("1)", "2)", "3)"), ["1", "2", "3"]),
        (("1", "2", "3"), ["1", "2", "3"]),
        (("A.", "B.", "C."), ["A", "B", "C"]),
        (("I.", "II.", "III."), ["I", "II", "III"]),
        (("G.", "H.", "I."), ["", "", ""]),
        (("1:", "2:", "3:"), ["1", "2", "3"]),
    ],
)
def test_ways_to_number_headings(numbers: tuple[str, ...], shown: list[str]) -> None:
    titles = ("Aims of this policy", "Registers and codes", "Leave in term time")
    document = read_text(text(*(line for pair in zip(numbers, titles, strict=True) for line in (" ".join(pair), BODY))))
    assert [number for number, _ in headings(document)] == [number for number in shown if number]


def test_letters_may_be_the_outer_numbers() -> None:
    document = read_text(
        text("A. Registers", BODY, "1. Morning", BODY, "2. Afternoon", BODY, "B. Leave", BODY, "1. Asking", BODY)
    )
    assert [(block.level, block.marker) for block in document.blocks if block.kind is BlockKind.HEADING] == [
        (1, "A"),
        (2, "1"),
        (2, "2"),
        (1, "B"),
        (2, "1"),
    ]


def test_capitals_head_what_has_small_letters() -> None:
    document = read_text(
        text("ATTENDANCE POLICY", BODY, "REGISTERS", "Morning", BODY, "Afternoon", BODY, "LEAVE", "We say no.")
    )
    assert [(block.level, block.text) for block in document.blocks if block.kind is BlockKind.HEADING] == [
        (1, "REGISTERS"),
        (2, "Morning"),
        (2, "Afternoon"),
        (1, "LEAVE"),
    ]


def test_capitals_head_short_lines_where_headings_are_in_capitals() -> None:
    shouted = ["REGISTERS", BODY, "LATENESS", BODY, "ABSENCE", BODY]
    rewards = ["PROMOTING ATTENDANCE", "A cup in assembly", "A board in the hall", "ROLES", "The clerk rings home"]
    document = read_text(text("ATTENDANCE POLICY", *shouted, *rewards))
    assert [title for _, title in headings(document)] == [*shouted[::2], "PROMOTING ATTENDANCE", "ROLES"]


def test_capitals_that_name_a_case_are_headings_though_they_hold_a_verb() -> None:
    shouted = ["REGISTERS", BODY, "LATENESS", BODY, "ABSENCE", BODY]
    cases = ["WHEN NOBODY HAS RUNG US", "- we ring you", "- we ring your list", "IF IT GOES ON", "- we come round"]
    document = read_text(text("ATTENDANCE POLICY", *shouted, *cases))
    assert [title for _, title in headings(document)][3:] == ["WHEN NOBODY HAS RUNG US", "IF IT GOES ON"]


def test_sentences_in_capitals_are_headings_where_all_are() -> None:
    shouted = ["WHAT WE ASK OF YOU", BODY, "WHO WATCHES THE FIGURES", BODY, "IF YOUR CHILD IS ILL", BODY]
    document = read_text(text("ATTENDANCE POLICY", BODY, *shouted))
    assert [title for _, title in headings(document)] == shouted[::2]


@pytest.mark.parametrize(
    "lines",
    [
        ["Registers", BODY, "Absence", BODY, "A FEW LINES", "A cup in assembly", "A board in the hall"],
        ["AIMS", BODY, "ABSENCE", BODY, "LATENESS", BODY, "HILL LANE", "HARBOUR TOWN", "A board in the hall"],
        ["AIMS", BODY, "ABSENCE", BODY, "LATENESS", BODY, "RING US BY 9.00", "A cup in assembly", "A board"],
    ],
    ids=["headings in small letters", "an address", "an order with its time"],
)
def test_capitals_that_head_no_short_lines(lines: list[str]) -> None:
    found = [title for _, title in headings(read_text(text("ATTENDANCE POLICY", *lines)))]
    assert found == [line for line, after in pairwise(lines) if after == BODY]


def test_a_single_item_is_no_heading() -> None:
    document = read_text(text("1. Aims", BODY, "There is one rule:", "1. Be in school", BODY, "2. Registers", BODY))
    assert headings(document) == [("1", "Aims"), ("2", "Registers")]


def test_a_number_used_twice_does_not_end_the_numbering() -> None:
    document = read_text(
        text(
            "1. Aims",
            BODY,
            "2. Registers",
            BODY,
            "2. Lateness",
            BODY,
            "3. Leave",
            BODY,
            "5. Support",
            BODY,
            "6. Letters",
            BODY,
        )
    )
    assert [number for number, _ in headings(document)] == ["1", "2", "2", "3", "5", "6"]


def test_a_list_that_counts_past_its_section_makes_no_headings() -> None:
    document = read_text(
        text(
            "1. Aims",
            BODY,
            "2. Stages",
            BODY,
            "1. A call",
            BODY,
            "2. A letter",
            BODY,
            "3. A meeting",
            BODY,
            "3. Leave",
            BODY,
        )
    )
    assert ("2", "A letter") not in headings(document)


def test_numbered_lines_in_capitals_are_headings_even_with_a_number_used_twice() -> None:
    document = read_text(
        text("1. AIMS AND HOPES", BODY, "1. WHO TO SPEAK TO", "Ann Other: the office.", "2. THE REGISTERS", BODY)
    )
    assert headings(document) == [("1", "AIMS AND HOPES"), ("1", "WHO TO SPEAK TO"), ("2", "THE REGISTERS")]


@pytest.mark.parametrize("title", ["Whom to speak to", "Who this policy applies to", "Making school worth coming to"])
def test_a_numbered_title_may_end_in_to(title: str) -> None:
    document = read_text(text("1. Aims", BODY, f"2. {title}", f"Our school has rules. {BODY}", "3. Leave", BODY))
    assert [heading for _, heading in headings(document)] == ["Aims", title, "Leave"]


def test_an_empty_heading_at_the_top_is_no_title() -> None:
    document = markdown("## Approval of this policy\n\n## Aims\n\n" + BODY)
    assert headings(document) == [("", "Approval of this policy"), ("", "Aims")]
    titled = markdown("## Brackenhill School\n\n### Aims\n\n" + BODY)
    assert headings(titled) == [("", "Aims")]


def test_lines_that_ask_or_name_a_case_are_headings() -> None:
    document = read_text(
        "Sandling School attendance policy\n\nWe want every child here on every day that they can manage.\n\n\n"
        "When your child is ill\n\nRing the office before nine and tell us what is wrong with your child.\n\n\n"
        "Who to talk to\n\nRos Tindale, who leads on attendance, sits beside the door in the front office.\n"
    )
    assert headings(document) == [("", "When your child is ill"), ("", "Who to talk to")]


def test_a_case_that_its_sentence_goes_on_from_is_no_heading() -> None:
    document = read_text(
        "Sandling School attendance policy\n\nWe want every child here on every day that they can manage.\n\n"
        "When your child is ill\nring the office before nine and tell us what is wrong with your child.\n"
    )
    assert headings(document) == []


def test_blank_lines_set_the_headings_of_lists_without_bullets_apart() -> None:
    document = read_text(
        "Sandling School attendance policy\n\nWe want every child here on every day that they can manage.\n\n"
        "Saying well done\n\nStickers for a good week\nA letter home each term\nHot chocolate with the head\n\n"
        "What governors see\n\nAt every meeting the governors see the figures, and ask me what I am doing about them.\n\n"
        "Other policies to read with this one\n\nSafeguarding\nBehaviour\nAnti-bullying\n"
    )
    assert [title for _, title in headings(document)] == [
        "Saying well done",
        "What governors see",
        "Other policies to read with this one",
    ]
    assert "Behaviour" in of_kind(document, BlockKind.PARAGRAPH)


def test_short_lines_that_blank_lines_part_alike_are_no_headings() -> None:
    document = read_text(
        "Sandling School attendance policy\n\nWe want every child here on every day that they can manage.\n\n"
        "Our policies are these:\n\nSafeguarding\n\nBehaviour\n\nAnti-bullying\n"
    )
    assert headings(document) == []
