from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tests.documents.sheets import BOLD, HEIGHT, Pen, boxed, paragraphs, read, rows

LEFT = [
    "Every school day counts, and so does every lesson of it, from the first bell to the last song of the afternoon.",
    "We keep a warm breakfast room open from eight for anyone who would like company before lessons begin.",
    "If mornings are hard at home, talk to us: we have helped many families to find a calmer start to their day.",
]
RIGHT = [
    "Ring the office before nine on each day that your child is ill, and say what is wrong and who you are.",
    "Please book visits to the dentist outside school hours wherever you can, and bring the card where you cannot.",
    "Holidays in term time are not agreed to; ask the headteacher well ahead if you think yours is an exception.",
]


def test_columns_are_read_one_after_the_other_below_their_heading(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        Pen(canvas).line("Attendance at Fernhollow: what every family should know about it", BOLD, size=15)
        for at, texts in ((72, LEFT), (310, RIGHT)):
            pen = Pen(canvas, x=at, y=120, width=213)
            for text in texts:
                pen.text(text)
        Pen(canvas, y=400).text(
            "The governors agreed this leaflet in the spring, and they look at it again each summer."
        )

    assert paragraphs(read(tmp_path, page)) == [
        "Attendance at Fernhollow: what every family should know about it",
        *LEFT,
        *RIGHT,
        "The governors agreed this leaflet in the spring, and they look at it again each summer.",
    ]


def test_columns_drawn_line_by_line_across_are_read_the_same(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        from tests.documents.sheets import wrapped

        columns = [[line for text in texts for line in wrapped(text, 213)] for texts in (LEFT, RIGHT)]
        for number, (left, right) in enumerate(zip(*columns, strict=False)):
            canvas.setFont("Helvetica", 11)
            canvas.drawString(72, HEIGHT - 72 - 13.2 * number, left)
            canvas.drawString(310, HEIGHT - 72 - 13.2 * number, right)

    read_words = " ".join(paragraphs(read(tmp_path, page)))
    assert read_words.index("song of the afternoon") < read_words.index("Ring the office")


def test_three_columns_of_a_landscape_leaflet(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        for at, texts in ((40, LEFT), (310, RIGHT), (580, LEFT[::-1])):
            pen = Pen(canvas, x=at, y=60, width=230)
            for text in texts:
                pen.text(text)

    assert paragraphs(read(tmp_path, page, size=(842, 595))) == [*LEFT, *RIGHT, *LEFT[::-1]]


def test_lists_in_two_columns_are_no_table(tmp_path: Path) -> None:
    lists = (
        ["Ring each carer", "Visit the home", "Tell the council"],
        ["Meet the family", "Agree a plan", "Look again"],
    )

    def page(canvas: Canvas) -> None:
        for at, items in zip((72, 310), lists, strict=True):
            pen = Pen(canvas, x=at)
            for item in items:
                pen.text(item, mark="•", hang=12, after=0)

    assert paragraphs(read(tmp_path, page)) == [f"• {item}" for items in lists for item in items]


def test_a_framed_box_is_read_as_a_whole(tmp_path: Path) -> None:
    note = "Doors open at a quarter to nine. The bell goes ten minutes later, and the register is taken then."

    def page(canvas: Canvas) -> None:
        pen = Pen(canvas, width=260)
        for text in LEFT:
            pen.text(text)
        canvas.roundRect(350, HEIGHT - 150, 180, 90, 8)
        Pen(canvas, x=360, y=80, width=160).line("Our times", BOLD).text(note)

    found = paragraphs(read(tmp_path, page))
    assert found == [*LEFT, "Our times", note]


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(20, 20, 555, 802)
        canvas.rect(64, HEIGHT - 200, 467, 140)
        Pen(canvas, y=80).text(LEFT[0]).text(RIGHT[0])
        Pen(canvas, y=230).text(LEFT[1])

    draft = read(tmp_path, page)
    assert paragraphs(draft) == [LEFT[0], RIGHT[0], LEFT[1]]
    assert rows(draft) == []


def test_a_table_in_a_column_stands_where_it_is_drawn(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        Pen(canvas, width=213).text(LEFT[0])
        end = boxed(canvas, [["Code", "Meaning"], ["L", "Late, register open"]], [72, 122, 285], 140)
        pen = Pen(canvas, y=end + 20, width=213)
        for text in LEFT[1:]:
            pen.text(text)
        pen = Pen(canvas, x=310, width=213)
        for text in RIGHT:
            pen.text(text)

    draft = read(tmp_path, page)
    assert rows(draft) == [["Code", "Meaning"], ["L", "Late, register open"]]
    assert paragraphs(draft) == [*LEFT, *RIGHT]
    kinds = [part.kind.value for part in draft.parts]
    assert kinds == ["text", "row", "row", *["text"] * 5]


def test_a_column_goes_on_at_the_top_of_the_next(tmp_path: Path) -> None:
    from tests.documents.sheets import wrapped

    lines = wrapped(LEFT[2], 213)

    def page(canvas: Canvas) -> None:
        pen = Pen(canvas, width=213)
        for text in LEFT[:2]:
            pen.text(text)
        pen.line(lines[0]).line(lines[1])
        pen = Pen(canvas, x=310, width=213)
        for line in lines[2:]:
            pen.line(line)
        pen.y += 8
        pen.text(RIGHT[0]).text(RIGHT[1])

    assert paragraphs(read(tmp_path, page)) == [*LEFT, RIGHT[0], RIGHT[1]]


def test_cards_side_by_side_are_read_card_by_card(tmp_path: Path) -> None:
    cards = [
        ["Headteacher", "Mrs R Lark", "01632 960001", "head@fernhollow.example"],
        ["Attendance officer", "Mr T Wren", "01632 960002", "office@fernhollow.example"],
    ]

    def page(canvas: Canvas) -> None:
        for at, card in zip((72, 310), cards, strict=True):
            pen = Pen(canvas, x=at)
            for line in card:
                pen.line(line)

    assert paragraphs(read(tmp_path, page)) == cards[0] + cards[1]
