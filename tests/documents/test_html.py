from __future__ import annotations

from pathlib import Path

import pytest

from checker.documents.assemble import assemble
from checker.documents.html import draft_of
from checker.documents.model import BlockKind, Document
from tests.documents.reading import headings, items, of_kind, rows


def page(body: str, head: str = "") -> Document:
    text = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return assemble(draft_of(Path("policy.html"), text), "policy.html")


def paragraphs(body: str) -> list[str]:
    return of_kind(page(body), BlockKind.PARAGRAPH)


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>secret</script>",
        "<style>secret{}</style>",
        "<nav>secret</nav>",
        "<div role=navigation>secret</div>",
        "<p style='display: none'>secret</p>",
        "<p hidden>secret</p>",
        "<template>secret</template>",
        "<noscript>secret</noscript>",
        "<del>secret</del>",
        "<s>secret</s>",
        "<!-- secret -->",
        "<select><option>secret</option></select>",
        "<button>secret</button>",
    ],
)
def test_what_nobody_sees_is_not_read(hidden: str) -> None:
    assert paragraphs(f"<p>Read this.</p>{hidden}<p>And this.</p>") == ["Read this.", "And this."]


def test_words_around_hidden_ones_are_kept() -> None:
    assert paragraphs("<p>The fine is <del>£60</del> <ins>£80</ins> now.</p>") == ["The fine is £80 now."]


def test_white_space_and_entities() -> None:
    assert paragraphs("<p>  It\n costs&nbsp;&pound;80\t&ndash; each&#160;</p>") == ["It costs £80 – each"]


def test_headings_and_the_title_of_the_page() -> None:
    body = "<h1>Attendance Policy</h1><h2>1. Aims</h2><p>Text.</p><h3>1.1 Ethos</h3><p>Text.</p>"
    document = page(body + "<h2>2. Leave</h2><p>Text.</p>", "<title>Attendance Policy - Brackenhill</title>")
    assert headings(document) == [("1", "Aims"), ("1.1", "Ethos"), ("2", "Leave")]
    assert [section.level for section in document.sections] == [0, 1, 2, 1]
    assert document.title == "Attendance Policy"


def test_bold_lines_are_headings() -> None:
    body = "<p>Our policy begins here with some words.</p>" + "".join(
        f"<p><strong>{title}</strong></p><p>Ordinary text stands under it, and goes on.</p>"
        for title in ("Leave", "Fines")
    )
    assert [title for _, title in headings(page(body))] == ["Leave", "Fines"]


def test_lists_in_lists() -> None:
    document = page("<p>We:</p><ul><li>ring<ol><li>home<li>work</ol><li>write</ul>")
    assert items(document) == [(0, "•", "ring"), (1, "1.", "home"), (1, "2.", "work"), (0, "•", "write")]


@pytest.mark.parametrize(
    ("attributes", "markers"),
    [("", ["1.", "2."]), ("start=4", ["4.", "5."]), ("type=a", ["a.", "b."]), ("type=I start=3", ["III.", "IV."]),
     ("style='list-style-type: lower-roman'", ["i.", "ii."])],
)  # fmt: skip
def test_numbers_of_lists(attributes: str, markers: list[str]) -> None:
    document = page(f"<p>Steps:</p><ol {attributes}><li>We ring home.</li><li>We write home.</li></ol>")
    assert [marker for _, marker, _ in items(document)] == markers


def test_line_breaks_part_labels() -> None:
    assert paragraphs("<p>Approved by: Governors<br>Date: March 2026</p>") == [
        "Approved by: Governors",
        "Date: March 2026",
    ]


def test_spanning_cells() -> None:
    document = page(
        "<table><tr><th>Stage<th>Year<th>Opens<tr><td rowspan=2>Infants<td>1<td>8.50<tr><td>2<td>8.55"
        "<tr><td colspan=3>Closed on bank holidays</table>"
    )
    assert rows(document) == [
        ["Stage", "Year", "Opens"],
        ["Infants", "1", "8.50"],
        ["", "2", "8.55"],
        ["Closed on bank holidays"],
    ]
    (table,) = document.tables
    assert (table.header_rows, table.columns) == (1, 3)
    assert table.rows[1].cells[0].rows == 2
    assert table.rows[3].cells[0].columns == 3


def test_paragraphs_and_lists_in_cells() -> None:
    document = page("<table><tr><td>Parents<td><p>Ring us.</p><ul><li>by 8.45</li></ul><tr><td>a<td>b</table>")
    assert [reading.text for reading in document.tables[0].rows[0].cells[1].paragraphs] == ["Ring us.", "by 8.45"]


def test_a_table_that_only_lays_out_the_page() -> None:
    document = page("<table><tr><td><h2>Aims</h2><p>Text stands here.</p></td><td>Menu words.</td></tr></table>")
    assert document.tables == ()
    assert headings(document) == [("", "Aims")]


def test_definition_lists_are_labels_and_values() -> None:
    document = page(
        "<dl><dt>Approved by</dt><dd>Governors</dd><dt>Contact</dt><dd>Mrs Whitlock</dd><dd>01632 960123</dd></dl>"
    )
    assert rows(document) == [["Approved by", "Governors"], ["Contact", "Mrs Whitlock 01632 960123"]]


def test_folded_parts_are_read() -> None:
    document = page(
        "<p>Words stand first.</p>"
        "<details><summary>Penalty notices</summary><p>They cost £80 within 21 days.</p></details>"
    )
    assert headings(document) == [("", "Penalty notices")]
    assert "They cost £80 within 21 days." in of_kind(document, BlockKind.PARAGRAPH)


@pytest.mark.parametrize(
    "button",
    [
        "<h3><button type=button>Will I be fined?</button></h3>",
        "<div role=heading aria-level=3><button>Will I be fined?</button></div>",
        "<button aria-expanded=false>Will I be fined?</button>",
        "<button data-bs-toggle=collapse>Will I be fined?</button>",
    ],
)
def test_a_button_that_opens_a_panel_is_its_heading(button: str) -> None:
    document = page(f"<h2>1. Questions</h2><p>Ask us.</p>{button}<div><p>Only after we have helped.</p></div>")
    assert [heading for _, heading in headings(document)] == ["Questions", "Will I be fined?"]


@pytest.mark.parametrize("button", ["<button aria-expanded=false>Menu</button>", "<p><button>Read more</button></p>"])
def test_other_buttons_are_not_read(button: str) -> None:
    assert paragraphs(f"<p>Read this.</p>{button}<p>And this.</p>") == ["Read this.", "And this."]


def test_pictures() -> None:
    document = page(
        '<p>See:</p><img src=a alt="The ladder of support"><img src=b alt=""><img src=c width=16 height=16><img src=d>'
    )
    assert of_kind(document, BlockKind.PICTURE) == ["The ladder of support", ""]


def test_what_a_colon_announces_is_no_decoration() -> None:
    assert of_kind(page('<p>Our steps are these:</p><img src=a alt="">'), BlockKind.PICTURE) == [""]
    assert not of_kind(page('<p>Our steps are told in class.</p><img src=a alt="">'), BlockKind.PICTURE)


def test_a_figure_with_a_caption_is_no_decoration() -> None:
    figure = '<figure><img src=a alt="">{}</figure>'
    assert of_kind(page(figure.format("<figcaption>How we follow up</figcaption>")), BlockKind.PICTURE) == [""]
    assert not of_kind(page("<p>We ring.</p>" + figure.format("")), BlockKind.PICTURE)


def test_the_frame_of_the_site_stands_apart() -> None:
    document = page(
        "<header><p>Brackenhill Primary</p></header><div>Cookies?</div>"
        "<main><h1>Attendance</h1><p>We keep registers for six years, as the law asks of us.</p></main>"
        "<footer>Contact us</footer>"
    )
    assert of_kind(document, BlockKind.RUNNING) == ["Brackenhill Primary", "Cookies?", "Contact us"]
    assert "We keep registers for six years, as the law asks of us." in of_kind(document, BlockKind.PARAGRAPH)


@pytest.mark.parametrize(
    "trail",
    [
        "<p>Home &gt; Parents &gt; Attendance</p>",
        "<p>You are here: <a>Home</a> » <a>Attendance</a></p>",
        "<ul class=breadcrumbs><li>Start<li>Attendance</ul>",
        "<p>Home / Parents / Attendance</p>",
    ],
)
def test_the_way_that_led_to_a_page_is_no_part_of_it(trail: str) -> None:
    assert paragraphs(f"{trail}<p>We call the register at nine.</p>") == ["We call the register at nine."]


@pytest.mark.parametrize(
    "line",
    [
        "Home / school agreement",
        "Home is where we ring first.",
        "Home" + " > a b" * 200 + " > and then we ring",  # nor does it take long to see
    ],
)
def test_what_begins_with_home_is_not_always_a_way_to_a_page(line: str) -> None:
    assert paragraphs(f"<p>{line}</p>") == [line]


def test_where_to_click_is_text() -> None:
    assert "Home > Absence > Report" in paragraphs(
        "<h1>Telling us</h1><p>In the app:</p><p>Home &gt; Absence &gt; Report</p>"
    )


def test_the_particulars_of_the_document_in_its_header_are_text() -> None:
    document = page(
        "<header><h1>Attendance</h1><table><tr><th>Approved by</th><td>Trustees</td></tr>"
        "<tr><th>Next review</th><td>May 2027</td></tr></table></header>"
        "<main><p>We keep registers for six years, as the law asks of us.</p></main>"
    )
    assert of_kind(document, BlockKind.RUNNING) == []
    assert of_kind(document, BlockKind.ROW) == ["Approved by Trustees", "Next review May 2027"]


def test_a_table_of_particulars_beside_the_main_part_is_text() -> None:
    document = page(
        "<h1>Attendance</h1><table><tr><th>Approved by</th><td>Trustees</td></tr>"
        "<tr><th>Next review</th><td>May 2027</td></tr></table>"
        "<main><p>We keep registers for six years, as the law asks of us.</p></main>"
        "<footer><p>Open 9 to 4</p></footer>"
    )
    assert of_kind(document, BlockKind.ROW) == ["Approved by Trustees", "Next review May 2027"]
    assert "Open 9 to 4" in of_kind(document, BlockKind.RUNNING)


def test_a_page_that_shows_another_document_says_so() -> None:
    document = page("<p>Our policy:</p><iframe src='policy.pdf'></iframe>")
    assert "another document" in document.notes[0]


def test_a_link_is_read_by_its_words_and_not_its_address() -> None:
    assert paragraphs("<p>See <a href='https://www.gov.uk/2006-regulations'>the guidance</a>.</p>") == [
        "See the guidance."
    ]


def test_headings_may_be_items_of_a_counted_list() -> None:
    document = page(
        "<ol><li><h2>Aims</h2></ol><p>Text stands here.</p><ol start=2><li><h2>Leave</h2></ol><p>More text.</p>"
    )
    assert headings(document) == [("1", "Aims"), ("2", "Leave")]


def test_names_in_angle_brackets_are_shown_as_text() -> None:
    assert paragraphs("<p>the &lt;name of school&gt; &amp;amp;</p>") == ["the <name of school> &amp;"]


@pytest.mark.parametrize("number", ["³", "٣", "9" * 5000, "-1", "", "x"])
def test_numbers_that_are_none_do_no_harm(number: str) -> None:
    text = page(
        f"<div role=heading aria-level='{number}'>Our day</div><table><tr><td colspan='{number}' rowspan='{number}'>Bell"
        f"<td>8.50<tr><td>Close<td>9.20</table><ol start='{number}'><li value='{number}'>Ring us</ol>"
        f"<img width='{number}' height='{number}' alt='Bell'>"
    ).text
    assert all(word in text for word in ("Our day", "Bell", "8.50", "9.20", "Ring us"))


FOLDED = "Ring us by nine on each day of absence."


@pytest.mark.parametrize(
    "panel",
    [
        f"<h3>Absence</h3><div class=acc-panel style='display: none;'>{FOLDED}</div>",
        f"<h3>Absence</h3><div hidden>{FOLDED}</div>",
        f"<div class=tab-content><div role=tabpanel style='display:none'>{FOLDED}</div></div>",
        f"<a class=accordion-toggle>Absence</a><div class=accordion-content style='display:none'><p>{FOLDED}</p></div>",
        f"<dl><dt>Absence</dt><dd style='display:none'>{FOLDED}</dd></dl>",
        f"<body class=has-cookie-banner><h3>Absence</h3><div class=panel hidden>{FOLDED}</div>",
    ],
)
def test_what_a_reader_unfolds_is_read(panel: str) -> None:
    assert FOLDED in page(f"<p>We call the register at nine.</p>{panel}").text


@pytest.mark.parametrize(
    "hidden",
    [
        f"<h3>Cookies</h3><div class=cookie-panel style='display:none'>{FOLDED}</div>",
        f"<h3>Menu</h3><div id=mobile-menu hidden>{FOLDED}</div>",
        f"<div class=modal><h3>Welcome</h3><div class=panel style='display:none'>{FOLDED}</div></div>",
        f"<p>Text.</p><div class=old style='display:none'>{FOLDED}</div>",
        "<h3>Absence</h3><div class=panel style='display:none'>Loading</div>",
    ],
)
def test_what_no_reader_unfolds_is_not_read(hidden: str) -> None:
    text = page(f"<p>We call the register at nine.</p>{hidden}").text
    assert FOLDED not in text
    assert "Loading" not in text


def test_the_only_first_heading_is_the_title_below_the_links_of_a_site() -> None:
    links = "<ul><li>Home<li>Fees<li>Boarding</ul>"
    body = "<h1>Attendance and leave</h1><h2>Registers</h2><p>They close at nine.</p><h2>Absence</h2><p>Ring us.</p>"
    assert headings(page(links + body)) == [("", "Registers"), ("", "Absence")]


@pytest.mark.parametrize(
    ("before", "pictures"),
    [
        ("<p>Where is your child on our ladder?</p>", 1),
        ("<p>These are the steps:</p>", 1),
        ("<h2>When do we begin?</h2>", 0),
        ("<p>Welcome to our school.</p>", 0),
    ],
)
def test_what_a_paragraph_asks_a_picture_answers(before: str, pictures: int) -> None:
    blocks = page(f'<h1>Attendance</h1>{before}<p><img src="a.png" alt=""></p><p>We ring home.</p>').blocks
    assert sum(block.kind is BlockKind.PICTURE for block in blocks) == pictures
