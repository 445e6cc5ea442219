"""Text that would do harm comes out harmless in every format."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree, html

from tests.reports.hostile import LONG_WORD, hostile
from tests.reports.test_golden import WRITERS

RUN = hostile()
_TEXT_FORMATS = ("text", "json", "html", "summary", "sarif", "junit", "github", "markdown")


def _written(form: str) -> str:
    content = WRITERS[form](RUN.report, RUN.presentation)
    return content if isinstance(content, str) else content.decode()


@pytest.mark.parametrize("form", _TEXT_FORMATS)
def test_no_control_character_or_mark_of_direction_is_left(form: str) -> None:
    written = _written(form)
    left = {char for char in written if unicodedata.category(char) in {"Cc", "Cf"}}
    assert left <= {"\n", "\u200c", "\u200d", "\u00ad", "\u2060"}


def test_xml_can_be_read_and_holds_no_element_of_a_document() -> None:
    root = etree.fromstring(_written("junit").encode())
    known = {
        "testsuites",
        "testsuite",
        "properties",
        "property",
        "testcase",
        "failure",
        "error",
        "skipped",
        "system-out",
    }
    assert {element.tag for element in root.iter()} == known


def test_json_means_what_the_document_says() -> None:
    message = json.loads(_written("json"))["subjects"][0]["findings"][1]["message"]
    assert message == RUN.report.subjects[0].findings[1].message


@pytest.mark.parametrize("form", ["html", "summary"])
def test_a_page_holds_no_markup_of_a_document(form: str) -> None:
    page = html.document_fromstring(_written(form))
    assert len(page.xpath("//script")) == 0
    assert page.xpath("//img | //iframe | //textarea | //object | //base | //form") == []
    assert page.xpath("//@onerror | //@onclick") == []
    assert all(re.match("#|https://(law|guidance)[.]example/", address) for address in page.xpath("//@href"))
    assert "alert('stolen')" in page.text_content()


def test_a_word_file_for_a_board_holds_words_alone() -> None:
    content = WRITERS["summary"](RUN.report, replace(RUN.presentation, target=Path("board.docx")))
    assert isinstance(content, bytes)
    document = docx.Document(io.BytesIO(content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "<script>alert('stolen')</script>" in text
    assert not any(unicodedata.category(char) in {"Cc", "Cf"} for char in text.replace("\n", ""))
    fields = ("fldSimple", "instrText", "hyperlink", "drawing", "object")
    assert not any(element.tag.endswith(fields) for element in document.element.iter())


def test_a_page_shows_a_long_word_no_longer_than_it_need() -> None:
    page = html.document_fromstring(_written("html"))
    assert all(len(quote.text_content()) < 1500 for quote in page.xpath("//blockquote"))
    assert LONG_WORD in page.text_content()  # in the text itself nothing is left out


def test_no_template_in_a_document_is_filled_in() -> None:
    assert "{{ 7 * 7 }}" in html.document_fromstring(_written("html")).text_content()
