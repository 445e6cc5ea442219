from __future__ import annotations

from pathlib import Path

from checker.documents.assemble import assemble
from checker.documents.markdown import draft_of
from checker.documents.model import BlockKind, Document
from tests.documents.reading import headings, items, of_kind, read, rows


def markdown(text: str) -> Document:
    return assemble(draft_of(text), "policy.md")


def test_the_text_is_the_file_itself(tmp_path: Path) -> None:
    written = "# Attendance Policy\r\n\r\nWe **do** [ring](x.html) home.\r\n"
    (tmp_path / "a.md").write_bytes(written.encode())
    document = read(tmp_path / "a.md")
    assert document.text == written
    block = document.blocks[1]
    assert block.text == "We do ring home."
    assert written[block.reading.start : block.reading.end] == "We **do** [ring](x.html) home."


def test_headings_of_both_kinds() -> None:
    document = markdown("Policy\n===\n\n## 1. Aims ##\n\nText stands here.\n\n2. Leave\n---\n\nMore text.\n")
    assert headings(document) == [("1", "Aims"), ("2", "Leave")]
    assert document.title == "Policy"


def test_wrapped_lines_are_one_paragraph_and_broken_ones_are_not() -> None:
    document = markdown("We take the register\ntwice a day.\n\nBrackenhill School  \n12 Mill Lane\\\nSmarden\n")
    assert of_kind(document, BlockKind.PARAGRAPH) == [
        "We take the register twice a day.",
        "Brackenhill School",
        "12 Mill Lane",
        "Smarden",
    ]


def test_labels_one_under_the_other_stay_apart() -> None:
    document = markdown("**Approved by:** Governors\n**Date:** March 2026\n")
    assert of_kind(document, BlockKind.PARAGRAPH) == ["Approved by: Governors", "Date: March 2026"]


def test_lists_in_lists() -> None:
    document = markdown("Steps:\n\n3. ring\n   - home\n   - work\n4. write\n\n   by post\n")
    assert items(document) == [(0, "3.", "ring"), (1, "-", "home"), (1, "-", "work"), (0, "4.", "write")]
    assert of_kind(document, BlockKind.PARAGRAPH)[-1] == "by post"


def test_quotations_lose_their_marks() -> None:
    assert of_kind(markdown("> Every child\n> every day.\n"), BlockKind.PARAGRAPH) == ["Every child every day."]


def test_tables() -> None:
    document = markdown("Codes:\n\nCode | Means\n:---|:---:\n`L` | Late \\| **before**\n\\\\ | Present\n")
    assert rows(document) == [["Code", "Means"], ["L", "Late | before"], ["\\", "Present"]]
    assert document.tables[0].header_rows == 1


def test_html_inside() -> None:
    document = markdown(
        "Codes:\n\n<table><tr><th>Code</th><th>Means</th></tr>\n<tr><td>L</td><td>Late<br>before</td></tr></table>\n\n"
        "<details><summary>Fines</summary>\n<p>They cost £80.</p>\n<ul><li>in 21 days</li></ul></details>\n\n"
        "<script>alert('x')</script>\n\n<!-- a note to\nthe author -->\n"
    )
    assert rows(document) == [["Code", "Means"], ["L", "Late before"]]
    assert "They cost £80." in of_kind(document, BlockKind.PARAGRAPH)
    assert [item for _, _, item in items(document)] == ["in 21 days"]
    assert not any("alert" in block.text or "note to" in block.text for block in document.blocks)


def test_front_matter_for_the_site_is_no_part_of_the_text() -> None:
    document = markdown(
        "---\ntitle: Attendance\nlayout: page\nmenu: [Home, Menus]\nreview: 2027-03\n---\n\n# Fell\n\nText.\n"
    )
    running = [block.text for block in document.blocks if block.kind is BlockKind.RUNNING]
    assert running == ["layout: page", "menu: [Home, Menus]"]


def test_front_matter_is_read_as_labels() -> None:
    document = markdown("---\ntitle: Attendance Policy\nreview: 2027-03\n---\n\n# Brackenhill\n\nText stands here.\n")
    assert document.title == "Attendance Policy"
    assert "review: 2027-03" in of_kind(document, BlockKind.PARAGRAPH)


def test_pictures() -> None:
    document = markdown("![Ladder of support](ladder.png)\n\nText with ![an icon](i.png) inside.\n")
    assert of_kind(document, BlockKind.PICTURE) == ["Ladder of support"]
    assert of_kind(document, BlockKind.PARAGRAPH) == ["Text with an icon inside."]


def test_indented_and_fenced_text_is_read() -> None:
    document = markdown("Letter:\n\n    Dear parent,\n\n```\nWe write about\n```\n")
    assert of_kind(document, BlockKind.PARAGRAPH) == ["Letter:", "Dear parent,", "We write about"]


def test_deeply_nested_text_is_not_lost() -> None:
    document = markdown("> " * 90 + "We ring home.\n")
    assert "We ring home." in " ".join(block.text for block in document.blocks)


def test_the_numbers_of_footnotes_are_marks_and_the_notes_are_text() -> None:
    document = markdown(
        "The register closes at 9.15am.[^1] Late is L.[^late]\n\n[^1]: Later in snow.\n[^late]: Lateness\n"
    )
    assert [block.text for block in document.blocks] == [
        "The register closes at 9.15am. Late is L.",
        "Later in snow.",
        "Lateness",
    ]


def test_a_line_that_begins_with_a_sign_of_its_own_goes_on_with_no_other() -> None:
    text = (
        "(a) The register is taken twice.\n(b) It is closed at 9.15am.\n\nQ: When is it closed?\nA: At 9.15am.\n\n"
        "**Morning.** 8.45am\n**Afternoon.** 1.15pm\nBoth are taken by teachers.\n\nWe go by the rules in\n(a) and (b)."
    )

    blocks = [block.text for block in markdown(text).blocks]

    assert blocks == [
        "The register is taken twice.",
        "It is closed at 9.15am.",
        "Q: When is it closed?",
        "A: At 9.15am.",
        "Morning. 8.45am",
        "Afternoon. 1.15pm",
        "Both are taken by teachers.",
        "We go by the rules in (a) and (b).",
    ]


def test_a_line_in_bold_heads_what_stands_right_below_it() -> None:
    document = markdown(
        "**In school**\n/ am present. L late.\n\n**Lead:**\nRos Tindale\n\n**Please ring by nine**\nor by ten.\n"
    )
    assert headings(document) == [("", "In school")]
    assert of_kind(document, BlockKind.PARAGRAPH) == [
        "/ am present. L late.",
        "Lead: Ros Tindale",
        "Please ring by nine or by ten.",
    ]


def test_a_list_of_more_than_ninety_nine_is_as_deep_as_it_was() -> None:
    document = markdown("\n".join(f"{number}. We ring home." for number in range(98, 103)))
    assert [(block.marker, block.level) for block in document.blocks] == [(f"{n}.", 0) for n in range(98, 103)]


def test_somebodys_address_is_no_heading_of_a_table() -> None:
    document = markdown("| Office | office@elm.sch.example | Absences |\n|---|---|---|\n| Head | On paper | Leave |\n")
    assert [table.header_rows for table in document.tables] == [0]
