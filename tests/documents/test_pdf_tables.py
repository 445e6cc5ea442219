from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from checker.documents.assemble import assemble
from checker.documents.draft import PartKind
from tests.documents.sheets import BOLD, HEIGHT, Pen, boxed, paragraphs, read, rows

CODES = [
    ["Code", "Meaning", "When we use it"],
    ["L", "Late before the register closed", "A pupil comes in after the bell, and the register is still open then"],
    ["U", "Late after the register closed", "A pupil comes in later than that and no reason to agree with is given"],
    ["M", "Medical or dental appointment", "The family has shown a card, a letter or a message from the surgery"],
]
COLUMNS = [72, 122, 270, 523]


def test_cells_keep_their_wrapped_lines_whole(tmp_path: Path) -> None:
    draft = read(tmp_path, lambda canvas: boxed(canvas, CODES, COLUMNS, 90))
    assert rows(draft) == CODES
    assert {part.table for part in draft.parts} == {1}
    cells = draft.parts[1].cells
    assert [(cell.column, cell.columns, cell.rows) for cell in cells] == [(0, 1, 1), (1, 1, 1), (2, 1, 1)]


@pytest.mark.parametrize("kind", ["lines", "bars", "panels", "double"])
def test_tables_are_found_however_their_lines_are_drawn(tmp_path: Path, kind: str) -> None:
    def rule(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
        if kind == "lines":
            for line in ((x, y, x + width, y), (x, y + height, x + width, y + height)):
                canvas.line(*line)
            for line in ((x, y, x, y + height), (x + width, y, x + width, y + height)):
                canvas.line(*line)
        elif kind == "bars":
            for bar in ((x, y, width, 0.5), (x, y + height, width, 0.5)):
                canvas.rect(*bar, stroke=0, fill=1)
            for bar in ((x, y, 0.5, height), (x + width, y, 0.5, height)):
                canvas.rect(*bar, stroke=0, fill=1)
        elif kind == "panels":
            canvas.setFillGray(0.85)
            canvas.rect(x + 0.5, y + 0.5, width - 1, height - 1, stroke=0, fill=1)
        else:
            canvas.rect(x + 0.8, y + 0.8, width - 1.6, height - 1.6)

    assert rows(read(tmp_path, lambda canvas: boxed(canvas, CODES, COLUMNS, 90, rule=rule))) == CODES


def test_merged_cells_say_what_they_span(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        top = HEIGHT - 90
        spans = [
            ("Site", 72, 0, 40, 100), ("Morning", 172, 0, 20, 200),
            ("Opens", 172, 20, 20, 100), ("Closes", 272, 20, 20, 100),
            ("Infants", 72, 40, 20, 100), ("8.45am", 172, 40, 20, 100), ("9.15am", 272, 40, 20, 100),
            ("Closed in the holidays", 72, 60, 20, 300),
        ]  # fmt: skip
        for text, x, down, height, width in spans:
            canvas.rect(x, top - down - height, width, height)
            canvas.drawString(x + 4, top - down - 14, text)

    draft = read(tmp_path, page)
    assert rows(draft) == [
        ["Site", "Morning"],
        ["", "Opens", "Closes"],
        ["Infants", "8.45am", "9.15am"],
        ["Closed in the holidays"],
    ]
    first, *_, last = (part.cells for part in draft.parts)
    assert [(cell.column, cell.columns, cell.rows) for cell in first] == [(0, 1, 2), (1, 2, 1)]
    assert [(cell.column, cell.columns, cell.rows) for cell in last] == [(0, 3, 1)]


def test_items_in_a_cell_are_paragraphs_of_it(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.grid([72, 172, 472], [HEIGHT - 90, HEIGHT - 150])
        Pen(canvas, x=76, y=104, width=90).line("We will")
        pen = Pen(canvas, x=176, y=104, width=290)
        pen.text("Ring each carer on the first morning", mark="•", hang=10, after=0)
        pen.text("Visit", mark="•", hang=10, after=0)

    (part,) = read(tmp_path, page).parts
    assert [len(cell.paragraphs) for cell in part.cells] == [1, 2]


def test_a_row_that_a_page_break_parts_is_whole_where_it_begins(tmp_path: Path) -> None:
    reason = "A pupil comes in later than that and no reason that we could agree with has been given to the office"
    parted = reason.index(" could")

    def first(canvas: Canvas) -> None:
        Pen(canvas, y=700).line("Our codes", BOLD)
        boxed(canvas, [CODES[0], CODES[1], ["U", "Late", reason[:parted]]], COLUMNS, 715)

    def second(canvas: Canvas) -> None:
        end = boxed(canvas, [CODES[0], ["", "", reason[parted + 1 :]], CODES[3]], COLUMNS, 72)
        boxed(canvas, [["Day", "Bell"]], [72, 200, 400], end + 40)

    draft = read(tmp_path, first, second)
    assert rows(draft) == [CODES[0], CODES[1], ["U", "Late", reason], CODES[0], CODES[3], ["Day", "Bell"]]
    assert [part.page for part in draft.parts if part.kind is PartKind.ROW] == [1, 1, 1, 2, 2, 2]
    document = assemble(draft, "policy.pdf")
    assert [[row.cells[0].text for row in table.rows] for table in document.tables] == [
        ["Code", "L", "U", "M"],
        ["Day"],
    ]


def test_whole_rows_on_the_next_page_stay_rows_of_their_own(tmp_path: Path) -> None:
    draft = read(
        tmp_path,
        lambda canvas: boxed(canvas, CODES[:2], COLUMNS, 700),
        lambda canvas: boxed(canvas, [CODES[0], *CODES[2:]], COLUMNS, 72),
    )
    assert rows(draft) == [*CODES[:2], CODES[0], *CODES[2:]]
    (table,) = assemble(draft, "policy.pdf").tables
    assert [row.cells[0].text for row in table.rows] == ["Code", "L", "U", "M"]


def test_a_row_that_a_page_leaves_open_below_is_read(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        end = boxed(canvas, CODES[:2], COLUMNS, 700)
        for x in COLUMNS:
            canvas.line(x, HEIGHT - end, x, HEIGHT - end - 30)
        for x, text in zip(COLUMNS, ("U", "Late", "No reason was"), strict=False):
            canvas.drawString(x + 4, HEIGHT - end - 14, text)

    assert rows(read(tmp_path, page)) == [*CODES[:2], ["U", "Late", "No reason was"]]


def test_letters_on_both_sides_of_a_wall_stay_in_their_cells(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.grid([72, 122, 300], [HEIGHT - 90, HEIGHT - 110, HEIGHT - 130])
        canvas.setFont("Courier", 10)
        canvas.drawString(110, HEIGHT - 104, "ULate")
        canvas.drawString(110, HEIGHT - 124, "LLate")

    draft = read(tmp_path, page)
    assert rows(draft) == [["UL", "ate"], ["LL", "ate"]]


def test_a_codes_list_without_lines_is_a_table(tmp_path: Path) -> None:
    codes = [
        ["/", "Present in the morning"],
        ["\\", "Present in the afternoon"],
        ["B", "Educated off site"],
        [
            "C",
            "Away for a reason so exceptional that the headteacher has agreed to it in writing and well ahead of it",
        ],
        ["L", "Late before the register closed"],
        ["U", "Late after the register closed"],
    ]

    def page(canvas: Canvas) -> None:
        pen = Pen(canvas).text("These are the codes.")
        for code, meaning in codes:
            pen.text(meaning, hang=40, mark=code, after=0)
        pen.y += 12
        pen.text("Ask the office what they mean.")

    draft = read(tmp_path, page)
    assert rows(draft) == codes
    assert paragraphs(draft) == ["These are the codes.", "Ask the office what they mean."]


def test_a_table_with_level_lines_alone(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        boxed(
            canvas,
            CODES,
            COLUMNS,
            90,
            rule=lambda c, x, y, w, h: (c.line(x, y, x + w, y), c.line(x, y + h, x + w, y + h)),
        )

    assert rows(read(tmp_path, page)) == CODES


def test_a_striped_table(tmp_path: Path) -> None:
    def stripe(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
        stripe.count += 1
        if (stripe.count - 1) // 3 % 2 == 0:
            canvas.setFillGray(0.8)
            canvas.rect(x, y, width, height, stroke=0, fill=1)

    stripe.count = 0
    assert rows(read(tmp_path, lambda canvas: boxed(canvas, CODES, COLUMNS, 90, rule=stripe))) == CODES


@pytest.mark.parametrize(
    "lines",
    [
        [("1.", "Ring the carers"), ("2.", "Visit the home"), ("3.", "Tell the council")],
        [("1.1", "Registers are taken twice"), ("1.2", "They close later"), ("1.3", "Codes are kept")],
        [("•", "Ring the carers"), ("•", "Visit the home"), ("•", "Tell the council")],
    ],
)
def test_numbers_before_paragraphs_make_no_table(tmp_path: Path, lines: list[tuple[str, str]]) -> None:
    def page(canvas: Canvas) -> None:
        pen = Pen(canvas)
        for mark, text in lines:
            pen.text(text, hang=36, mark=mark, after=0)

    assert paragraphs(read(tmp_path, page)) == [f"{mark} {text}" for mark, text in lines]


def test_a_contents_page_is_no_table(tmp_path: Path) -> None:
    entries = [("1 Aims", "2"), ("2 Who does what", "3"), ("3 Registers", "5"), ("Appendix: codes", "9")]

    def page(canvas: Canvas) -> None:
        pen = Pen(canvas).line("Contents", BOLD)
        for title, number in entries:
            canvas.drawRightString(520, HEIGHT - pen.y, number)
            pen.line(title)

    draft = read(tmp_path, page)
    assert rows(draft) == []
    assert paragraphs(draft) == ["Contents", *(f"{title} {number}" for title, number in entries)]


def test_underlined_words_make_no_table(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        pen = Pen(canvas)
        for text in ("Our aims", "Our times", "Our people", "Our codes"):
            canvas.line(72, HEIGHT - pen.y - 2, 300, HEIGHT - pen.y - 2)
            pen.line(f"{text} and what we do about them all")

    assert rows(read(tmp_path, page)) == []


def test_a_footer_in_a_ruled_box_runs(tmp_path: Path) -> None:
    def page(number: int) -> object:
        def drawing(canvas: Canvas) -> None:
            Pen(canvas).text(f"The text of sheet {number} says something of its own about the school day.")
            boxed(canvas, [["Fernhollow School", f"Page {number}"]], [72, 300, 523], 790)

        return drawing

    draft = read(tmp_path, page(1), page(2), page(3))
    assert rows(draft) == []
    assert "Page 2" in paragraphs(draft, PartKind.RUNNING)


def test_a_footer_that_ends_with_a_year_runs(tmp_path: Path) -> None:
    def page(number: int) -> object:
        def drawing(canvas: Canvas) -> None:
            Pen(canvas).text(f"The text of sheet {number} says something of its own about the school day.")
            Pen(canvas, y=770).line("Agreed by the governors of Fernhollow School on 11 March").line("2026")

        return drawing

    draft = read(tmp_path, page(1), page(2), page(3))
    assert set(paragraphs(draft, PartKind.RUNNING)) == {
        "Agreed by the governors of Fernhollow School on 11 March",
        "2026",
    }


def test_a_word_that_a_narrow_cell_broke_is_whole(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.grid([72, 122, 300], [HEIGHT - 90, HEIGHT - 120])
        canvas.setFont("Helvetica", 11)
        canvas.drawString(76, HEIGHT - 103, "Afternoo")
        canvas.drawString(76, HEIGHT - 116, "n opens")
        canvas.drawString(126, HEIGHT - 103, "1.15pm")
        Pen(canvas, y=160).line("In the afternoon the register is taken again.")

    assert rows(read(tmp_path, page)) == [["Afternoon opens", "1.15pm"]]


def test_bold_rows_above_others_are_marked_as_headings(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.grid([72, 172, 300], [HEIGHT - 90, HEIGHT - 110, HEIGHT - 130])
        for y, font, cells in ((104, BOLD, ("Day", "Bell")), (124, "Helvetica", ("Monday", "8.50am"))):
            canvas.setFont(font, 11)
            for x, cell in zip((76, 176), cells, strict=True):
                canvas.drawString(x, HEIGHT - y, cell)

    assert [part.header for part in read(tmp_path, page).parts] == [True, False]
