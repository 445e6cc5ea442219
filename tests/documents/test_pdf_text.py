from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from checker.documents.draft import PartKind
from checker.documents.pdf import symbols
from tests.documents.sheets import BOLD, FONT, HEIGHT, Pen, paragraphs, read, text_of, wrapped

REGISTERS = (
    "The office closes both registers half an hour after the session has begun, and a pupil who comes later than that "
    "is recorded as absent for the session unless a carer has told us of a good reason beforehand."
)
CALLS = (
    "On the first morning of an absence that nobody has explained we telephone each carer on our list until one of "
    "them answers, and a member of staff calls at the home where none of them does."
)


def test_lines_make_paragraphs(tmp_path: Path) -> None:
    draft = read(tmp_path, lambda canvas: Pen(canvas).text(REGISTERS).text(CALLS))
    assert paragraphs(draft) == [REGISTERS, CALLS]
    assert "\n" in text_of(draft, draft.parts[0])


def test_paragraphs_without_space_between_are_told_apart_by_their_short_last_lines(tmp_path: Path) -> None:
    short = "We meet each family whose child was away on more than one day in ten, and agree what will help."
    draft = read(tmp_path, lambda canvas: Pen(canvas).text(short, after=0).text(CALLS, after=0).text(short))
    assert paragraphs(draft) == [short, CALLS, short]


def test_first_line_indents_begin_paragraphs(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        pen = Pen(canvas)
        for text in (REGISTERS, CALLS):
            first, *others = _indented(text)
            pen.line(first, x=pen.x + 20)
            for line in others:
                pen.line(line)

    assert paragraphs(read(tmp_path, page)) == [REGISTERS, CALLS]


def test_wide_line_spacing_is_no_gap_between_paragraphs(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        pen = Pen(canvas)
        pen.leading = 2 * pen.size
        pen.text(REGISTERS, after=11).text(CALLS)

    assert paragraphs(read(tmp_path, page)) == [REGISTERS, CALLS]


def test_headings_stand_alone_and_tell_size_and_weight(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        pen = Pen(canvas)
        pen.line("Lateness", BOLD, size=16)
        pen.y += 4
        pen.line("4.1 Registers", BOLD).text(REGISTERS)

    draft = read(tmp_path, page)
    assert paragraphs(draft) == ["Lateness", "4.1 Registers", REGISTERS]
    assert [(part.bold, part.size) for part in draft.parts] == [(True, 16), (True, 11), (False, 11)]


def test_list_items_begin_anew_and_keep_their_wrapped_lines(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        pen = Pen(canvas).text("The school will:", after=2)
        pen.text(CALLS, hang=18, mark="•", after=0).text("Write to carers", hang=18, mark="•", after=0)
        pen.text(REGISTERS, hang=18, mark="(a)", after=0).text("Ring", hang=18, mark="(b)")

    draft = read(tmp_path, page)
    assert paragraphs(draft) == [
        "The school will:",
        f"• {CALLS}",
        "• Write to carers",
        f"(a) {REGISTERS}",
        "(b) Ring",
    ]


@pytest.mark.parametrize(
    ("font", "drawn", "seen"), [("Symbol", "•", "•"), ("ZapfDingbats", "●", "●"), ("Courier", "o", "◦")]
)
def test_bullets_of_symbol_fonts_are_bullets(tmp_path: Path, font: str, drawn: str, seen: str) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFont(font, 11)
        canvas.drawString(72, HEIGHT - 72, drawn)
        Pen(canvas, x=90).line("Ring the family")

    assert paragraphs(read(tmp_path, page)) == [f"{seen} Ring the family"]


@pytest.mark.parametrize(
    ("drawn", "font", "seen"),
    [
        ("\uf0b7", "ABCDEF+SymbolMT", "•"),
        ("\uf0a7", "Wingdings", "▪"),
        ("\uf0fc", "Wingdings-Regular", "✓"),
        ("§", "Wingdings", "▪"),
        ("o", "Wingdings", "☐"),
        ("o", "CourierNewPSMT", "◦"),
        ("o", "Calibri", "o"),
        ("ﬁ", "Calibri", "ﬁ"),
        ("oﬃce", "Calibri", "office"),
        ("attend\xadance", "Calibri", "attendance"),
        ("attend\ufffe", "Calibri", "attend-"),
    ],
)
def test_symbols_are_read_as_they_look(drawn: str, font: str, seen: str) -> None:
    assert symbols.readable(symbols.plain(drawn), font) == seen


def test_bullets_that_are_drawn_as_shapes_are_bullets(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        pen = Pen(canvas, x=90)
        for text in ("Ring the family", "Visit the home"):
            canvas.circle(80, HEIGHT - pen.y + 4, 2, stroke=0, fill=1)
            pen.line(text)

    assert paragraphs(read(tmp_path, page)) == ["• Ring the family", "• Visit the home"]


def test_a_number_that_comes_to_the_beginning_of_a_line_begins_no_item(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        pen = Pen(canvas)
        pen.line("A pupil whose absence has not been explained by the end of the morning will be given code")
        pen.line("2. in the old system.")

    assert "code 2. in the old system" in paragraphs(read(tmp_path, page))[0]


def test_a_hyphen_at_the_end_of_a_line_stays_there(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        Pen(canvas).line("Everyone at the school shares the duty to keep a careful eye on the daily attend-").line(
            "ance of the pupils."
        )

    draft = read(tmp_path, page)
    assert [text_of(draft, part) for part in draft.parts] == [
        "Everyone at the school shares the duty to keep a careful eye on the daily attend-\nance of the pupils."
    ]


def test_letters_spaced_out_make_a_word(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        at = 72.0
        for word in ("ATTENDANCE", "POLICY"):
            for letter in word:
                canvas.setFont(BOLD, 16)
                canvas.drawString(at, HEIGHT - 72, letter)
                at += canvas.stringWidth(letter, BOLD, 16) + 6
            at += 12
        Pen(canvas, y=110).line("Codes B C D E G are recorded as follows")

    assert paragraphs(read(tmp_path, page)) == ["ATTENDANCE POLICY", "Codes B C D E G are recorded as follows"]


def test_words_that_are_drawn_twice_for_weight_are_read_once(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        Pen(canvas).line("Session times")
        Pen(canvas, x=72.3).line("Session times")

    assert paragraphs(read(tmp_path, page)) == ["Session times"]


def test_headers_footers_and_page_numbers_run(tmp_path: Path) -> None:
    def page(number: int) -> object:
        def drawing(canvas: Canvas) -> None:
            Pen(canvas, size=9, y=36).line("Fernhollow School: attendance")
            Pen(canvas, y=90).text(f"This is what stands on sheet {number}. {REGISTERS}")
            Pen(canvas, size=9, y=800).line(f"Page {number} of 3")
            Pen(canvas, size=9, y=800, x=400).line("Version 2.1")

        return drawing

    draft = read(tmp_path, page(1), page(2), page(3))
    assert len(paragraphs(draft)) == 3
    assert sorted(set(paragraphs(draft, PartKind.RUNNING))) == [
        "Fernhollow School: attendance",
        "Page 1 of 3",
        "Page 2 of 3",
        "Page 3 of 3",
        "Version 2.1",
    ]


def test_headings_that_only_count_on_do_not_run(tmp_path: Path) -> None:
    def page(number: int) -> object:
        return lambda canvas: Pen(canvas, y=60).line(f"Appendix {number}", BOLD).text(REGISTERS)

    draft = read(tmp_path, page(1), page(2), page(3), page(4))
    assert [text for text in paragraphs(draft) if text.startswith("Appendix")] == [
        f"Appendix {n}" for n in (1, 2, 3, 4)
    ]


def test_bullets_at_the_same_height_of_pages_do_not_run(tmp_path: Path) -> None:
    def page(text: str) -> object:
        return lambda canvas: Pen(canvas, y=60).text(text, hang=18, mark="•")

    draft = read(
        tmp_path, page("Ring carers on the first day."), page("Visit on the third."), page("Write on the fifth.")
    )
    assert paragraphs(draft) == ["• Ring carers on the first day.", "• Visit on the third.", "• Write on the fifth."]


def test_a_paragraph_that_a_page_break_parts_stays_whole(tmp_path: Path) -> None:
    first, *others = wrapped(CALLS, 451)

    def page(number: int, lines: list[str]) -> object:
        def drawing(canvas: Canvas) -> None:
            pen = Pen(canvas, y=90).text("One thing first." if number == 1 else "", after=0)
            for line in lines:
                pen.line(line)
            Pen(canvas, size=8, y=780).line(
                f"{number} A guide that the county council sends to each school every year."
            )
            Pen(canvas, size=9, y=810).line(f"Page {number}")

        return drawing

    draft = read(tmp_path, page(1, [first]), page(2, others))
    found = paragraphs(draft)
    assert CALLS in found
    assert draft.parts[[" ".join(text_of(draft, part).split()) for part in draft.parts].index(CALLS)].page == 1
    assert [page.number for page in draft.pages] == [1, 2]
    assert draft.text[draft.pages[1].start :].startswith(others[0])
    assert not any("guide" in text and "telephone" in text for text in found)


def test_the_title_of_the_files_properties_is_kept(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setTitle("Attendance\x00 policy  2026")
        Pen(canvas).line("Aims")

    assert read(tmp_path, page).title == "Attendance policy 2026"


def test_each_line_has_its_place_on_the_page(tmp_path: Path) -> None:
    draft = read(tmp_path, lambda canvas: Pen(canvas).text(REGISTERS))
    for line, height in zip(draft.lines, (72, 72 + 13.2), strict=False):
        left, bottom, right, top = line.box
        assert left == pytest.approx(72, abs=1)
        assert bottom < HEIGHT - height < top
        assert right < 72 + 451 + 1
        assert "\n" not in draft.text[line.start : line.end]
    assert [line.start for line in draft.lines] == sorted(line.start for line in draft.lines)


_WORD = st.text("abcdefghijklmnoprstuvw", min_size=1, max_size=11)
_PARAGRAPH = st.lists(_WORD, min_size=1, max_size=60).map(lambda words: " ".join(words).capitalize() + ".")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(_PARAGRAPH, min_size=1, max_size=6), columns=st.integers(1, 2))
def test_each_word_is_read_once_and_in_order(tmp_path: Path, texts: list[str], columns: int) -> None:
    def page(canvas: Canvas) -> None:
        width = 451 if columns == 1 else 210
        for column in range(columns):
            pen = Pen(canvas, x=72 + column * 241, width=width)
            for text in texts:
                pen.text(f"{column} {text}")

    draft = read(tmp_path, page)
    words = " ".join(text_of(draft, part) for part in draft.parts).split()
    expected = [word for column in range(columns) for text in texts for word in f"{column} {text}".split()]
    assert sorted(words) == sorted(expected)
    if columns == 1:
        assert words == expected


def _indented(text: str) -> list[str]:
    first = wrapped(text, 431)[0]
    return [first, *wrapped(text[len(first) :], 451)]


def test_marks_that_lead_to_footnotes_are_left_out_and_raised_letters_are_not(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        line = canvas.beginText(72, HEIGHT - 72)
        for text, size, rise in (
            ("The rules (as amended)", 11, 0),
            ("1", 6, 4),
            (" hold from the 6", 11, 0),
            ("th", 6, 4),
            (" of May (10 sessions).", 11, 0),
        ):
            line.setFont(FONT, size)
            line.setRise(rise)
            line.textOut(text)
        canvas.drawText(line)
        Pen(canvas, size=8, y=780).line("1 They were changed in the summer.")

    found = paragraphs(read(tmp_path, page))
    assert found[0].replace("6 th", "6th") == "The rules (as amended) hold from the 6th of May (10 sessions)."
    assert found[1] == "1 They were changed in the summer."


def test_words_that_are_struck_out_are_not_read(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        pen = Pen(canvas).line("Registers close at nine ten in the morning and are kept for sixthree years.")
        kept = "Registers close at nine ten in the morning and are kept for "
        for before, through in (("Registers close at ", "nine"), (kept, "six")):
            begin = 72 + canvas.stringWidth(before, FONT, 11)
            canvas.line(begin, HEIGHT - 69, begin + canvas.stringWidth(through, FONT, 11), HEIGHT - 69)
        pen.text(CALLS)

    draft = read(tmp_path, page)
    assert paragraphs(draft)[0] == "Registers close at ten in the morning and are kept for three years."
    assert any("struck out" in note for note in draft.notes)


def test_letters_drawn_one_by_one_make_words(tmp_path: Path) -> None:
    text = "Both registers close half an hour after the bell"

    def page(canvas: Canvas) -> None:
        at = 72.0
        for number, letter in enumerate(text):
            canvas.setFont(FONT, 11)
            if letter != " ":
                canvas.drawString(at, HEIGHT - 72 + 0.001 * (number % 3), letter)
            at += canvas.stringWidth(letter, FONT, 11)

    assert paragraphs(read(tmp_path, page)) == [text]


def test_an_address_that_breaks_before_a_stop_stays_whole(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        Pen(canvas).line("Write to the attendance officer at attendance@fernby").line(
            ".example.org before half past eight."
        )

    assert "attendance@fernby.example.org before" in read(tmp_path, page).text
