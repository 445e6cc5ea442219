"""Markdown as a comment on a pull request shows it."""

from __future__ import annotations

import re

from lxml import html
from lxml.html import HtmlElement
from markdown_it import MarkdownIt

from checker.findings import Verdict
from checker.reports.markdown import LONGEST, write
from tests.reports.hostile import hostile
from tests.reports.reading import from_markdown, from_report
from tests.reports.sample import Sample, many, sample


def _shown(run: Sample) -> HtmlElement:
    """Returns the comment as GitHub's flavour of Markdown makes a page of it."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return html.document_fromstring(markdown.render(write(run.report, run.presentation)))


def test_it_has_a_line_for_each_subject() -> None:
    rows = _shown(sample()).xpath("//table/tbody/tr")
    assert [row[0].text_content() for row in rows] == [subject.path for subject in sample().report.subjects]
    assert "5 of 16 met; 7 to put right before ratification" in rows[0].text_content()


def test_a_failure_has_its_quotation_advice_and_source() -> None:
    shown = _shown(sample())
    title = shown.xpath("//h4[contains(., 'policy.penalty-amounts')]")[0]
    following = [each.text_content().strip() for each in title.itersiblings()][:4]
    assert following[0].startswith("The amounts £60 and £120 ended")
    assert following[1].startswith("“a penalty notice of £60, or £120")
    assert following[2] == "To do: Put £80 and £160 in the place of the old amounts."
    assert following[3].startswith("See: Example Registers Regulations 2024, regulation 21")


def test_what_is_settled_is_folded() -> None:
    folded = [summary.text_content() for summary in _shown(sample()).xpath("//details/summary")]
    assert "Passes (5)" in folded
    assert not any("person" in heading for heading in folded)


def test_it_fits_into_a_comment_and_says_what_does_not() -> None:
    run = many(60)
    written = write(run.report, run.presentation)
    assert len(written) <= LONGEST
    failures = [each for each in from_report(run.report) if each[2] != Verdict.PASS]
    left_out = int(re.search(r"\*\*(\d+) findings do not fit here", written)[1])  # type: ignore[index]
    shown = [each for each in from_markdown(written) if each[2] != Verdict.PASS]
    assert 0 < left_out < len(failures)
    assert len(shown) > 20
    assert "This is a reading aid, not legal advice" in written


def test_a_document_makes_no_link_no_picture_and_no_mark_up() -> None:
    shown = _shown(hostile())
    assert shown.xpath("//img | //script | //input | //h1") == []
    assert {address.split("/")[2] for address in shown.xpath("//@href")} <= {"law.example", "guidance.example"}
    text = shown.text_content()
    assert "**bold** | cell | $math$" in text
    assert "<script>alert('stolen')</script>" in text


def test_a_document_mentions_nobody_and_links_no_issue() -> None:
    text = _shown(hostile()).text_content()
    assert "@\u2060everyone see #\u20601 and org/repo#\u20602" in text
    assert not re.search(r"(?<!\w)@\w|#\d", text)
    assert not re.search(r"https?://bad|www\.bad", write(hostile().report, hostile().presentation))
