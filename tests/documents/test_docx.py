from __future__ import annotations

from pathlib import Path

import pytest

from checker.documents.model import BlockKind
from tests.documents.reading import headings, items, of_kind, rows
from tests.documents.word import cell, listed, paragraph, picture, read_body, run, table

DEFINITIONS = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="H1"/><w:lvlText w:val="%1"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="H2"/><w:lvlText w:val="%1.%2"/>
  </w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="3">
  <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="3"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def words(folder: Path, body: str) -> list[str]:
    return of_kind(read_body(folder, body), BlockKind.PARAGRAPH)


def test_inserted_changes_are_read_and_deleted_ones_are_not(tmp_path: Path) -> None:
    body = paragraph(
        run("The fine is ")
        + f"<w:del w:id='1'>{run('£60').replace('w:t', 'w:delText')}</w:del>"
        + f"<w:ins w:id='2'>{run('£80')}</w:ins>"
        + run(" in 21 days.")
    )
    assert words(tmp_path, body) == ["The fine is £80 in 21 days."]


def test_moved_text_is_read_where_it_was_moved_to(tmp_path: Path) -> None:
    body = paragraph(f"<w:moveFrom w:id='1'>{run('We keep registers.')}</w:moveFrom>") + paragraph(
        f"<w:moveTo w:id='2'>{run('We keep registers.')}</w:moveTo>"
    )
    assert words(tmp_path, body) == ["We keep registers."]


def test_paragraphs_whose_parting_is_deleted_are_one(tmp_path: Path) -> None:
    body = paragraph(run("Registers close"), properties="<w:rPr><w:del w:id='1'/></w:rPr>") + paragraph("at 9.15am.")
    assert words(tmp_path, body) == ["Registers close at 9.15am."]


def test_a_deleted_row_is_not_read(tmp_path: Path) -> None:
    kept, gone = cell("L") + cell("Late"), "<w:trPr><w:del w:id='1'/></w:trPr>" + cell("H") + cell("Holiday")
    assert rows(read_body(tmp_path, table(kept, gone))) == [["L", "Late"]]


def test_hidden_and_struck_text_is_not_read(tmp_path: Path) -> None:
    body = paragraph(
        run("Registers close at ")
        + run("9.45", "<w:strike/>")
        + run("9.15")
        + run("draft note", "<w:vanish/>")
        + run("secret", "<w:rStyle w:val='Secret'/>")
        + run(" each day.", "<w:vanish w:val='0'/>")
    )
    assert words(tmp_path, body) == ["Registers close at 9.15 each day."]


def test_text_in_a_hidden_style_is_not_read(tmp_path: Path) -> None:
    styles = "<w:style w:type='paragraph' w:styleId='Off'><w:name w:val='Off'/><w:rPr><w:vanish/></w:rPr></w:style>"
    body = paragraph("Notes to the author", "Off") + paragraph("We keep registers.")
    assert of_kind(read_body(tmp_path, body, styles=styles), BlockKind.PARAGRAPH) == ["We keep registers."]


def test_the_result_of_a_field_is_read_and_its_instruction_is_not(tmp_path: Path) -> None:
    def mark(kind: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"

    field = mark("begin") + "<w:r><w:instrText> REF approval </w:instrText></w:r>" + mark("separate")
    body = paragraph(run("Approved on ") + field + run("4 March 2026") + mark("end") + run("."))
    body += paragraph(f"<w:fldSimple w:instr='DATE'>{run('5 May 2026')}</w:fldSimple>")
    assert words(tmp_path, body) == ["Approved on 4 March 2026.", "5 May 2026"]


def test_links_and_content_controls_are_read(tmp_path: Path) -> None:
    body = paragraph(
        run("Ask ")
        + f"<w:hyperlink r:id='x'>{run('the office')}</w:hyperlink>"
        + f"<w:sdt><w:sdtContent>{run(' on Mondays.')}</w:sdtContent></w:sdt>"
    )
    body += f"<w:sdt><w:sdtContent>{paragraph('A whole paragraph in a control.')}</w:sdtContent></w:sdt>"
    assert words(tmp_path, body) == ["Ask the office on Mondays.", "A whole paragraph in a control."]


def test_special_characters_are_read_as_people_see_them(tmp_path: Path) -> None:
    body = paragraph(
        run("part")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + run("time")
        + "<w:r><w:tab/></w:r>"
        + run("atten&#xAD;dance ")
        + "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>"
    )
    assert words(tmp_path, body) == ["part-time attendance ✓"]


def test_a_line_break_parts_labels(tmp_path: Path) -> None:
    body = paragraph(run("Approved by: Governors") + "<w:r><w:br/></w:r>" + run("Review: May 2027"))
    assert words(tmp_path, body) == ["Approved by: Governors", "Review: May 2027"]


def test_automatic_numbers_are_counted(tmp_path: Path) -> None:
    body = (
        listed("Aims", 1, 0, "H1")
        + paragraph("We want every child to be in school every day.")
        + listed("Registers", 1, 0, "H1")
        + listed("Morning", 1, 1, "H2")
        + listed("is taken at 8.50am;", 1, 2)
        + listed("closes at 9.15am.", 1, 2)
        + listed("Afternoon", 1, 1, "H2")
        + listed("is taken at 1pm.", 1, 2)
    )
    document = read_body(tmp_path, body, {"numbering": DEFINITIONS})
    assert headings(document) == [("1", "Aims"), ("2", "Registers"), ("2.1", "Morning"), ("2.2", "Afternoon")]
    assert [(marker, text) for _, marker, text in items(document)] == [
        ("(a)", "is taken at 8.50am;"),
        ("(b)", "closes at 9.15am."),
        ("(a)", "is taken at 1pm."),
    ]
    assert [section.label for section in document.sections] == [
        "",
        "1 Aims",
        "2 Registers",
        "2.1 Morning",
        "2.2 Afternoon",
    ]


def test_numbers_may_come_from_the_style_alone(tmp_path: Path) -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='H1'><w:name w:val='heading 1'/><w:pPr><w:numPr><w:numId w:val='1'/>"
        "</w:numPr></w:pPr></w:style><w:style w:type='paragraph' w:styleId='H2'><w:name w:val='heading 2'/>"
        "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    body = (
        paragraph("Aims", "H1") + paragraph("Whom it covers", "H2") + paragraph("It covers all pupils of the school.")
    )
    assert headings(read_body(tmp_path, body, {"numbering": DEFINITIONS}, styles)) == [
        ("1", "Aims"),
        ("1.1", "Whom it covers"),
    ]


def test_bullets_and_restarted_numbers(tmp_path: Path) -> None:
    body = (
        listed("one", 2) + listed("under one", 2, 1) + paragraph("Then these steps follow:") + listed("third", 3)
        + listed("fourth", 3) + paragraph("And these begin anew, as the form says:") + listed("first", 4)
    )  # fmt: skip
    document = read_body(tmp_path, body, {"numbering": DEFINITIONS})
    assert items(document) == [
        (0, "•", "one"),
        (1, "o", "under one"),
        (0, "iii)", "third"),
        (0, "iv)", "fourth"),
        (0, "i)", "first"),
    ]


def test_headings_are_known_by_the_style_that_theirs_is_based_on(tmp_path: Path) -> None:
    body = (
        paragraph("Registers", "H1")
        + paragraph("When they are taken", "Own")
        + paragraph("Twice a day, by the teacher.")
    )
    body = paragraph("Aims", "H1") + paragraph("We want every child in school.") + body
    document = read_body(tmp_path, body)
    assert [(block.level, block.text) for block in document.blocks[2:4]] == [
        (1, "Registers"),
        (2, "When they are taken"),
    ]
    assert all(block.kind is BlockKind.HEADING for block in document.blocks[2:4])


def test_a_contents_list_is_no_heading(tmp_path: Path) -> None:
    body = (
        paragraph("Contents")
        + paragraph("Aims\t2", "T1")
        + paragraph("Registers\t3", "T1")
        + paragraph("Aims", "H1")
        + paragraph("We want every child in school.")
        + paragraph("Registers", "H1")
        + paragraph("They are taken twice each day.")
    )
    document = read_body(tmp_path, body)
    assert of_kind(document, BlockKind.CONTENTS) == ["Contents", "Aims 2", "Registers 3"]
    assert headings(document) == [("", "Aims"), ("", "Registers")]


def test_merged_cells_keep_their_places(tmp_path: Path) -> None:
    body = table(
        "<w:trPr><w:tblHeader/></w:trPr>" + cell("Year") + cell("Opens") + cell("Closes"),
        cell("Reception", "<w:vMerge w:val='restart'/>") + cell("8.50", "<w:gridSpan w:val='2'/>"),
        cell("", "<w:vMerge/>") + cell("1.00") + cell("1.30"),
        cell("Whole school closed", "<w:gridSpan w:val='3'/>"),
    )
    document = read_body(tmp_path, body)
    assert rows(document) == [
        ["Year", "Opens", "Closes"],
        ["Reception", "8.50"],
        ["", "1.00", "1.30"],
        ["Whole school closed"],
    ]
    merged = document.tables[0].rows[1].cells
    assert (merged[0].rows, merged[1].column, merged[1].columns) == (2, 1, 2)
    assert document.tables[0].header_rows == 1
    assert document.tables[0].columns == 3


def test_a_table_with_one_column_is_only_a_frame(tmp_path: Path) -> None:
    body = table(cell(paragraph("Aims", "H1") + paragraph("We want every child in school on every day.")))
    document = read_body(tmp_path, body)
    assert headings(document) == [("", "Aims")]
    assert document.tables == ()


def test_a_table_in_a_cell_is_read_row_by_row(tmp_path: Path) -> None:
    inner = table(cell("Stage 1") + cell("Letter"), cell("Stage 2") + cell("Meeting"))
    document = read_body(tmp_path, table(cell("Steps") + cell(paragraph("As follows") + inner + "<w:p/>")))
    (row,) = [block for block in document.blocks if block.kind is BlockKind.ROW]
    assert [paragraph.text for paragraph in row.cells[1].paragraphs] == [
        "As follows",
        "Stage 1 Letter",
        "Stage 2 Meeting",
    ]


def test_headers_and_footers_stand_apart(tmp_path: Path) -> None:
    body = paragraph("We keep registers for six years.") + (
        "<w:sectPr><w:headerReference r:id='header'/><w:footerReference r:id='footer'/></w:sectPr>"
    )
    document = read_body(tmp_path, body, {"header": paragraph("Attendance Policy"), "footer": paragraph("Page 1")})
    assert of_kind(document, BlockKind.RUNNING) == ["Attendance Policy", "Page 1"]
    assert of_kind(document, BlockKind.PARAGRAPH) == ["We keep registers for six years."]


def test_footnotes_stand_after_the_paragraph_that_refers_to_them(tmp_path: Path) -> None:
    notes = "".join(
        f"<w:footnote w:id='{number}'>{paragraph(words)}</w:footnote>"
        for number, words in ((0, "separator"), (2, "Or a carer."))
    )
    body = paragraph(run("A parent writes to us.") + "<w:r><w:footnoteReference w:id='2'/></w:r>") + paragraph(
        "We answer."
    )
    document = read_body(tmp_path, body, {"footnotes": notes})
    assert of_kind(document, BlockKind.PARAGRAPH) == ["A parent writes to us.", "Or a carer.", "We answer."]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('Ring us by 8.45am.')}</w:txbxContent>"
    drawn = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f"<wps:txbx>{box}</wps:txbx></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert words(tmp_path, paragraph(run("If your child is ill:") + drawn)) == [
        "If your child is ill:",
        "Ring us by 8.45am.",
    ]


def test_large_pictures_are_counted_and_small_ones_are_not(tmp_path: Path) -> None:
    body = (
        paragraph(picture(400, 300, "The ladder of support")) + paragraph(picture(30, 30, "badge")) + paragraph("Text.")
    )
    document = read_body(tmp_path, body)
    assert of_kind(document, BlockKind.PICTURE) == ["The ladder of support"]


def test_the_words_of_a_diagram_are_read(tmp_path: Path) -> None:
    data = (
        '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r>'
        "<a:t>First day: we ring home</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
    )
    drawn = (
        '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds r:dm="diagrams/data1"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )
    document = read_body(tmp_path, paragraph(run("What happens:") + drawn), {"diagrams/data1": data})
    assert "First day: we ring home" in of_kind(document, BlockKind.PARAGRAPH)


def test_comments_are_not_read(tmp_path: Path) -> None:
    body = paragraph("<w:commentRangeStart w:id='1'/>" + run("We keep registers.") + "<w:commentRangeEnd w:id='1'/>")
    document = read_body(tmp_path, body, {"comments": f"<w:comment w:id='1'>{paragraph('Check this!')}</w:comment>"})
    assert "Check this" not in document.text


def test_word_has_no_pages(tmp_path: Path) -> None:
    document = read_body(tmp_path, paragraph("We keep registers."))
    assert document.pages == ()
    assert document.passage(0, 7).page is None


@pytest.mark.parametrize("format_of_letters", ["<w:b/>", "<w:sz w:val='32'/>"])
def test_a_line_in_bold_or_large_letters_is_a_heading(tmp_path: Path, format_of_letters: str) -> None:
    body = "".join(
        paragraph(run(title, format_of_letters))
        + paragraph("Here stand some words of ordinary running text, and more.")
        for title in ("Punctuality", "Leave in term time")
    )
    body = paragraph("Our policy on attendance begins with this paragraph, which is long.") + body
    assert headings(read_body(tmp_path, body)) == [("", "Punctuality"), ("", "Leave in term time")]


def field(instruction: str, result: str) -> str:
    """A field of three parts, as Word writes it."""
    begin, between, end = (f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText> {instruction} </w:instrText></w:r>{between}{result}{end}"


def test_the_lines_of_a_contents_field_are_contents_in_any_style(tmp_path: Path) -> None:
    begin, between, end = (f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end"))
    instruction = "<w:r><w:instrText> TOC \\o &quot;1-3&quot; </w:instrText></w:r>"

    def entry(title: str, page: str) -> str:
        return f"<w:hyperlink w:anchor='x'>{run(title)}<w:r><w:tab/></w:r>{field('PAGEREF x', run(page))}</w:hyperlink>"

    body = (
        paragraph(begin + instruction + between + entry("Our aims", "2"))
        + paragraph(entry("How we keep registers", "3"))
        + paragraph(end)
        + paragraph("Our aims", "H1")
        + paragraph("We want every child in school on each day.")
        + paragraph("How we keep registers", "H1")
        + paragraph("We keep them twice a day, without fail.")
    )
    document = read_body(tmp_path, body)
    assert of_kind(document, BlockKind.CONTENTS) == ["Our aims 2", "How we keep registers 3"]
    assert len(headings(document)) == 2


def test_clauses_that_are_counted_are_paragraphs_with_their_number(tmp_path: Path) -> None:
    body = (
        listed("Registers", 1, 0, "H1")
        + listed("The register is taken at the start of each session by the class teacher.", 1, 1)
        + listed("It closes thirty minutes after it was opened, and not one minute later.", 1, 1)
    )
    document = read_body(tmp_path, body, {"numbering": DEFINITIONS})
    assert headings(document) == [("1", "Registers")]
    clauses = [block.marker for block in document.blocks if block.kind is BlockKind.PARAGRAPH]
    assert clauses == ["1.1", "1.2"]


def test_letters_that_count_from_two_thousand_million_are_written_in_figures(tmp_path: Path) -> None:
    absurd = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="2000000000"/>'
        '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    document = read_body(tmp_path, listed("Ring us.", 1) + listed("Write to us.", 1), {"numbering": absurd})
    assert [marker for _, marker, _ in items(document)] == ["2000000000)", "2000000001)"]


def test_numbers_in_cells_are_read(tmp_path: Path) -> None:
    stages = table(
        cell(listed("Letter", 3)) + cell("We write."),
        cell(listed("Meeting", 3)) + cell("We meet."),
    )
    document = read_body(tmp_path, stages, {"numbering": DEFINITIONS})
    assert [cells[0] for cells in rows(document)] == ["iii) Letter", "iv) Meeting"]
