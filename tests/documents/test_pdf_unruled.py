"""Tables without any lines: their rows and cells are whole, wherever in its row the text of a cell stands."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from checker.documents.pdf import unruled
from checker.documents.pdf.unruled_rows import Part
from tests.documents.sheets import BOLD, FONT, Pen, paragraphs, read, rows, words_of, wrapped

COLUMNS = (72.0, 130.0, 330.0, 520.0)
CODES = (
    ("Code", "When we use it", "Counts as"),
    ("B", "Supervised lessons off site that the school has approved and looks after", "Attending elsewhere"),
    ("L", "Came in after the bell while the register was open", "Present"),
    ("U", "Came in after the register had closed for that session and gave no reason that we can accept", "Absent"),
    ("W", "Work placement", "Attending another place that the school has approved for the day"),
)
Row = Sequence[str]


def table(
    canvas: Canvas, found: Sequence[Row], top: float = 72.0, columns: Sequence[float] = COLUMNS, **looks: float
) -> float:
    """Writes rows without lines and returns where they end; ``share`` 0.5 puts the text in the middle of its row."""
    size, padding, share = looks.get("size", 10.0), looks.get("padding", 3.0), looks.get("share", 0.5)
    leading = 1.2 * size
    for number, row in enumerate(found):
        font = BOLD if number == 0 and looks.get("head", 1.0) else FONT
        cells = [
            [line for part in cell.split("\n") for line in (*wrapped(part, right - left - 10, font, size), "")][:-1]
            for cell, left, right in zip(row, columns, columns[1:], strict=False)
        ]
        heights = [sum(leading if line else 4 for line in lines) for lines in cells]
        for lines, left, height in zip(cells, columns, heights, strict=False):
            y = top + padding + share * (max(heights) - height)
            for line in lines:
                y += leading if line else 4
                canvas.setFont(font, size)
                canvas.drawString(left, canvas._pagesize[1] - y, line)
        top += max(heights) + 2 * padding
    return top


@pytest.mark.parametrize("share", [0.0, 0.5])
@pytest.mark.parametrize("padding", [1.2, 3.0, 9.0])
def test_rows_are_whole_wherever_their_text_stands(tmp_path: Path, share: float, padding: float) -> None:
    def page(canvas: Canvas) -> None:
        pen = Pen(canvas)
        pen.text("The codes that we use in the registers stand below, with what each of them counts as in the return.")
        pen.y = table(canvas, CODES, pen.y + 6, share=share, padding=padding) + 24
        pen.text("A member of staff who is in doubt asks the office before the register closes, and never leaves it.")

    draft = read(tmp_path, page)
    assert rows(draft) == [list(row) for row in CODES]
    assert len(paragraphs(draft)) == 2


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_lines_round_head_and_body_alone_part_no_rows(tmp_path: Path, share: float) -> None:
    """As browsers and word processors draw tables that have no other lines."""

    def page(canvas: Canvas) -> None:
        pen = Pen(canvas)
        pen.text("The codes that we use in the registers stand below, with what each of them counts as in the return.")
        top = pen.y + 12
        end = table(canvas, CODES, top, share=share, padding=3)
        for at in (top, top + 18, end):
            canvas.line(COLUMNS[0], canvas._pagesize[1] - at, COLUMNS[-1], canvas._pagesize[1] - at)

    assert rows(read(tmp_path, page)) == [list(row) for row in CODES]


def test_tables_of_one_width_below_each_other_keep_their_rows(tmp_path: Path) -> None:
    contacts = (
        ("Post", "Name", "Telephone"),
        ("Office", "Ada Penn", "0117 496 0001"),
        ("Head", "Bo Lark", "0117 496 0002"),
    )
    times = (("Session", "Opens", "Closes"), ("Morning", "8.45am", "9.05am"), ("Afternoon", "1.00pm", "1.20pm"))

    def page(canvas: Canvas) -> None:
        pen = Pen(canvas)
        pen.text("The people and the times of our school stand below, each in a table of its own.")
        for found in (contacts, times):
            top, height = pen.y, canvas._pagesize[1]
            middle = table(canvas, found[:1], top, size=10)
            end = table(canvas, found[1:], middle, size=10, head=0)
            for y in (top, middle, end):
                canvas.line(COLUMNS[0], height - y - 2, COLUMNS[-1], height - y - 2)
            pen.y = end + 30
            pen.text("And so on")

    assert rows(read(tmp_path, page)) == [list(row) for row in (*contacts, *times)]


@pytest.mark.parametrize("ruled", [False, True])
def test_a_head_in_the_middle_of_its_column_makes_no_column(tmp_path: Path, ruled: bool) -> None:
    found = [
        ("1.0", "May 2019", "New"),
        ("2.0", "June 2022", "Redone"),
        ("2.1", "May 2025", "New law"),
        ("3.0", "2026", "Redone"),
    ]

    def page(canvas: Canvas) -> None:
        height = canvas._pagesize[1]
        canvas.setFont(BOLD, 10)
        for left, word in ((110, "Version"), (250, "Date"), (400, "Change")):
            canvas.drawString(left, height - 90, word)
        table(canvas, found, 98, (72, 200, 350, 520), head=0)
        for at in (76, 96, 98 + 18 * len(found)) if ruled else ():
            canvas.line(72, height - at, 520, height - at)

    assert rows(read(tmp_path, page)) == [["Version", "Date", "Change"], *map(list, found)]


def test_the_paragraphs_of_a_cell_stay_in_its_row(tmp_path: Path) -> None:
    found = [
        ("Who", "What they do"),
        ("Governors", "Read the figures each term.\nAsk the head about them.\nSee that staff are trained."),
        ("Office", "Rings home by ten.\nWrites down what was said."),
        ("Tutors", "Take the register.\nGreet whoever comes back.\nTell the office who is missing."),
    ]
    draft = read(tmp_path, lambda canvas: table(canvas, found, columns=(72, 200, 520), padding=8))
    assert rows(draft) == [[cell.replace("\n", " ") for cell in row] for row in found]


def test_words_that_run_up_the_page_beside_the_rows_of_a_table_are_not_lost(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        table(canvas, CODES, padding=8)
        canvas.translate(320, 660)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Never use G alone")

    assert "Never use G alone" in read(tmp_path, page).text


def test_a_cell_that_begins_with_two_bullets_keeps_both(tmp_path: Path) -> None:
    found = [(first, text) for first, text in zip("ABCDE", wrapped(CODES[4][1] + CODES[2][1], 100), strict=False)]

    def page(canvas: Canvas) -> None:
        for number, (first, text) in enumerate(found):
            for left, words in ((72, first), (200, "•"), (216, "•"), (232, text)):
                canvas.drawString(left, 700 - 24 * number, words)

    assert read(tmp_path, page).text.count("•") == 2 * len(found)


def test_a_heading_above_a_table_does_not_blur_its_columns(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        Pen(canvas, x=72).line("Annex B", BOLD)
        Pen(canvas, x=180, y=72).line("The codes, and what each of them means in the return", BOLD)
        table(canvas, CODES, 86)

    assert rows(read(tmp_path, page))[-5:] == [list(row) for row in CODES]


@pytest.mark.parametrize("first", [1, 2, 3, 4])
def test_a_row_or_two_on_a_page_of_their_own_belong_to_the_table(tmp_path: Path, first: int) -> None:
    prose = "Children who come in late sign the book at the desk, and the office enters the time of arrival at once."

    def upper(canvas: Canvas) -> None:
        pen = Pen(canvas)
        for _ in range(3):
            pen.text(prose)
        table(canvas, CODES[:first], pen.y + 8)

    def lower(canvas: Canvas) -> None:
        pen = Pen(canvas, y=table(canvas, CODES[first:], head=0.0) + 30)
        pen.text(prose)

    draft = read(tmp_path, upper, lower)
    assert rows(draft) == [list(row) for row in CODES]


def test_rows_whose_cells_all_begin_small_stay_apart_over_a_page_break(tmp_path: Path) -> None:
    found = [("Code", "The pupil", "Counts as")]
    found += [
        (code, f"is {what}", "attending")
        for code, what in zip(
            "BKPVW", ("off site", "taught elsewhere", "at a match", "on a trip", "at work"), strict=True
        )
    ]
    draft = read(tmp_path, lambda canvas: table(canvas, found[:4]), lambda canvas: table(canvas, found[4:], head=0.0))
    assert rows(draft) == [list(row) for row in found]


def test_the_rest_of_a_cell_on_the_next_page_ends_the_row_before(tmp_path: Path) -> None:
    def lower(canvas: Canvas) -> None:
        Pen(canvas, x=COLUMNS[2], y=84, size=10).line("approved for the day")
        table(canvas, [("Z", "Not yet on our roll", "Not collected at all")], 90, head=0.0)

    whole = [*CODES[:4], ("W", "Work placement", "Attending another place that we have")]
    draft = read(tmp_path, lambda canvas: table(canvas, whole), lower)
    assert rows(draft)[-2:] == [
        ["W", "Work placement", "Attending another place that we have approved for the day"],
        ["Z", "Not yet on our roll", "Not collected at all"],
    ]


def test_the_longest_word_of_a_column_is_not_taken_for_a_broken_one(tmp_path: Path) -> None:
    found = [("Code", "What", "As"), *((code, "Lessons off site", "Attending elsewhere") for code in "BKPV")]
    draft = read(tmp_path, lambda canvas: table(canvas, found, columns=(72, 130, 330, 390)))
    assert "Attendingelsewhere" not in draft.text
    assert rows(draft) == [list(row) for row in found]


def test_two_rows_below_a_table_of_the_same_kind_are_one_too(tmp_path: Path) -> None:
    codes = [("L", "Came in late"), ("N", "Nobody knows why yet"), ("U", "Came in after the end")]
    others = [("Z", "Will join us soon"), ("#", "Closed to everybody")]

    def page(canvas: Canvas) -> None:
        pen = Pen(canvas, y=table(canvas, codes, columns=COLUMNS[:3], head=0.0) + 40)
        pen.line("For the office", BOLD, size=14)
        table(canvas, others, pen.y + 4, columns=COLUMNS[:3], head=0.0)

    assert rows(read(tmp_path, page)) == [list(row) for row in (*codes, *others)]


def columns_of_prose(canvas: Canvas) -> None:
    """Two columns of short paragraphs whose gaps now and then stand beside each other."""
    left = ["Lateness", "A pupil who is late signs in.", "Meals", "Lunch is at noon.", "Clubs", "They end at four."]
    right = ["Illness", "Ring us by nine each day.", "Leave", "Ask the head first.", "Trips", "Forms come home early."]
    for at, texts in ((40, left), (310, right)):
        pen = Pen(canvas, x=at, y=60, width=230)
        for number in range(12):
            pen.text(texts[number % 6], BOLD if number % 2 == 0 else FONT, after=3 + (number * (at // 40)) % 7)
            pen.text(f"{texts[(number + 1) % 6]} We tell each family so at the first meeting of the year {number}.")


def test_columns_of_short_paragraphs_are_no_table(tmp_path: Path) -> None:
    draft = read(tmp_path, columns_of_prose)
    assert rows(draft) == []
    told = [int(words_of(text)[-1].strip(".")) for text in paragraphs(draft) if "of the year" in text]
    assert told == [*range(12), *range(12)]


@pytest.mark.parametrize("place", [lambda n: 11 * (n % 47), lambda n: 13 * (n * n % 41), lambda n: (n * 37) % 520])
def test_a_page_strewn_with_words_is_read_in_time(tmp_path: Path, place: Callable[[int], int]) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(FONT, 2)
        for number in range(8000):
            canvas.drawString(20 + place(number), 20 + number // 20 * 2, "ab")

    begin = time.process_time()
    draft = read(tmp_path, page, page)
    assert "ab" in draft.text
    assert time.process_time() - begin < 10


def test_the_search_ends_where_it_was_in_vain_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0
    look = unruled.in_rows

    def counted(parts: Sequence[Part], width: int, goes_on: bool = False) -> list[Part]:
        nonlocal looked_at
        looked_at += sum(len(strip.pieces) for part in parts for strip in part.strips)
        return look(parts, width, goes_on)

    def page(canvas: Canvas) -> None:
        canvas.setFont(FONT, 6)
        chance = random.Random(1)
        for number in range(600):
            if chance.random() < 0.4:
                x, y = 30 + number % 10 * 52, 60 + number // 10 * 12.5
                canvas.drawString(x + chance.uniform(-3, 3), y + chance.uniform(-2, 2), "note")

    monkeypatch.setattr(unruled, "in_rows", counted)
    draft = read(tmp_path, page)
    notes = draft.text.count("note")
    assert notes > 200
    assert notes < looked_at < 10 * notes


def test_a_narrow_gap_at_the_column_of_the_next_row_parts_two_cells(tmp_path: Path) -> None:
    found = (
        ("Holder", "Ada Hale, Deputy Principal"),
        ("Applies", "Main site, Quay Road, and The Boathouse, Lock Lane"),
        ("Approved", "Board of Trustees"),
        ("Dated", "8 July 2026"),
        ("Reconsidered", "Every year"),
        ("Next", "July 2027"),
    )

    def page(canvas: Canvas) -> None:
        width = canvas.stringWidth("Reconsidered", FONT, 12)
        end = table(canvas, found, columns=(72.0, 72.0 + width + 6.5, 520.0), size=12.0, padding=9.0, head=0.0)
        Pen(canvas, y=end + 30).text("For many of our pupils the journey into school is the hardest lesson of the day.")

    assert rows(read(tmp_path, page)) == [list(row) for row in found]


def test_heads_in_the_middle_of_their_columns_that_are_said_again_on_the_next_page_are_heads(tmp_path: Path) -> None:
    columns = (60.0, 200.0, 380.0, 560.0)
    first = (("Doors open", "8.45am", "9.15am"), ("School day begins", "9.00am", "9.30am"))
    second = (
        ("Morning register", "taken at 9.00am, closes at 9.30am", "taken at 9.30am, closes at 10.00am"),
        ("Lunch", "11.50am to 12.55pm", "12.15pm to 1.15pm"),
        ("School day ends", "3.15pm", "3.00pm"),
    )

    def part(canvas: Canvas, top: float, body: Sequence[Row]) -> None:
        canvas.setFont(BOLD, 10)
        for head, left, right in (("Main site", 200.0, 380.0), ("The Boathouse", 380.0, 560.0)):
            canvas.drawCentredString((left + right) / 2 - 5, canvas._pagesize[1] - top, head)
        table(canvas, body, top + 4, columns, head=0.0)

    draft = read(tmp_path, lambda canvas: part(canvas, 730.0, first), lambda canvas: part(canvas, 40.0, second))
    heads = ["", "Main site", "The Boathouse"]
    assert rows(draft) == [heads, *map(list, first), heads, *map(list, second)]
