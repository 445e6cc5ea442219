"""What stands on the HTML report, and that its links lead somewhere."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from lxml import html
from lxml.html import HtmlElement

from checker.errors import UnreadableError
from checker.findings import Since, Verdict
from checker.reports.html import write
from tests.reports.sample import Sample, load, many, one, sample

WORD = one("policies/alder-vale-primary.docx")
RUNS = {"policy": WORD, "register": one("registers/alder-vale"), "several": sample(), "many": many(8)}


def _page(run: Sample) -> HtmlElement:
    return html.document_fromstring(write(run.report, run.presentation))


def _words(element: HtmlElement) -> str:
    return " ".join(" ".join(map(str, element.itertext())).split())


@pytest.mark.parametrize("name", RUNS)
def test_every_link_within_the_page_has_one_place_to_lead_to(name: str) -> None:
    page = _page(RUNS[name])
    places = Counter(page.xpath("//@id"))
    assert max(places.values()) == 1
    within = {address[1:] for address in page.xpath("//@href") if address.startswith("#")}
    assert within <= set(places)
    assert len(within) > 5


@pytest.mark.parametrize("name", RUNS)
def test_nothing_is_loaded_from_elsewhere(name: str) -> None:
    page = _page(RUNS[name])
    assert page.xpath("//@src | //link | //img | //iframe | //*[local-name() = 'image']") == []
    assert "url(" not in page.xpath("string(//style)")
    assert "@import" not in page.xpath("string(//style)")


def test_it_says_in_plain_words_how_the_policy_stands() -> None:
    assert "5 of 16 met; 7 to put right before ratification; 2 for a person to decide" in _words(_page(WORD))


def test_a_failure_has_all_that_a_deputy_head_needs() -> None:
    words = _words(_page(WORD).xpath("//article[@data-requirement='policy.penalty-amounts']")[0])
    for part in (
        "The amounts £60 and £120 ended on 18 August 2024", "“a penalty notice of £60, or £120", "What to do Put £80",
        "Wording to adapt A penalty notice is £160", "Why it matters A parent", "Where it stands",
        "Example Registers Regulations 2024, regulation 21", "Against the law",
    ):  # fmt: skip
        assert part in words


def test_what_is_marked_in_the_text_is_what_is_quoted() -> None:
    page = _page(WORD)
    for finding in (f for f in WORD.report.findings if f.verdict is Verdict.FAIL):
        links = page.xpath(f"//*[@data-requirement='{finding.requirement.name}']//blockquote//a/@href")
        assert len(links) == len(finding.evidence)
        for link, passage in zip(links, finding.evidence, strict=True):
            marked = page.xpath(f"//mark[@id='{link[1:]}']")[0].text_content()
            assert passage.quote.startswith(marked)


def test_a_passage_that_is_only_nearest_to_what_is_missing_is_not_marked_as_wrong() -> None:
    page = _page(WORD)
    (nearest,) = page.xpath("//div[@class='document']//mark[contains(@class, 'nearest')]")
    assert nearest.text_content() == "Our deputy head leads on attendance"
    (missing,) = page.xpath("//article[@data-requirement='policy.attendance-champion']")
    assert "What comes nearest: “Our deputy head" in _words(missing)
    (wrong,) = page.xpath("//article[@data-requirement='policy.penalty-amounts']")
    assert "nearest" not in _words(wrong)


def test_passes_show_their_evidence_folded() -> None:
    (evidence,) = _page(WORD).xpath("//details/div[@data-requirement='policy.retention']")
    assert "“Every entry in the registers is kept for six years.”" in _words(evidence)


def test_it_says_what_was_read_and_what_was_not() -> None:
    words = _words(_page(WORD))
    assert "What the tool read" in words
    assert "Register times Session Opens Closes AM 08:50 09:30" in words
    assert "One picture could not be read." in words
    assert "reading aid, not legal advice" in words


def test_a_policy_that_cannot_be_read_again_is_reported_without_its_text() -> None:
    def gone(_: object) -> None:
        raise UnreadableError("gone", "It is no longer there.")

    page = _page(Sample(WORD.report, replace(WORD.presentation, load=gone)))  # type: ignore[arg-type]
    assert page.xpath("//mark") == []
    assert "could not be read a second time" in _words(page)
    assert len(page.xpath("//article")) > 5


def test_a_policy_that_changed_since_it_was_read_has_no_wrong_words_marked() -> None:
    other = load(one("policies/quarry-lane-academy.pdf").report.subjects[0].file)  # type: ignore[arg-type]
    page = _page(Sample(WORD.report, replace(WORD.presentation, load=lambda _: other)))
    assert page.xpath("//div[@class='document']//mark") == []


def test_names_of_pupils_stand_on_it_only_when_asked_for() -> None:
    assert "Wren Ashdown" not in write(sample().report, sample().presentation)
    revealed = sample(names=True)
    assert "Wren Ashdown" in write(revealed.report, revealed.presentation)


def test_no_more_rows_are_shown_than_asked_for() -> None:
    run = one("registers/alder-vale")
    few = _words(_page(Sample(run.report, replace(run.presentation, max_rows=2))))
    assert "2 of 57 lines of the register" in few
    assert "a114" not in few
    every = _words(_page(Sample(run.report, replace(run.presentation, max_rows=0))))
    assert "a156" in every


def test_the_matrix_has_a_cell_for_each_finding() -> None:
    run = many(8)
    page = _page(run)
    assert len(page.xpath("//a[contains(@class, 'cell ')]")) == len(list(run.report.findings))


def test_the_chart_names_the_most_failed_first() -> None:
    run = many(8)
    fails = Counter(f.requirement.title for f in run.report.findings if f.verdict is Verdict.FAIL)
    first = _page(run).xpath("//table[@class='bars']/tbody/tr")[0]
    title = first.xpath("string(th/text())").strip()
    asked = sum(f.requirement.title == title for f in run.report.findings)
    assert _words(first).endswith(f"{fails[title]} of {asked}")


def test_two_policies_of_one_school_can_be_told_apart() -> None:
    run = many(8)
    same = tuple(
        replace(subject, schools=WORD.report.subjects[0].schools, as_at=dt.date(2026, 11, 22))
        for subject in run.report.subjects
    )
    page = _page(Sample(replace(run.report, subjects=same), run.presentation))
    files = [_words(note) for note in page.xpath("//table[@class='matrix']//th/span[@class='note']")]
    assert len(files) == len(set(files)) == 8
    called = [
        " ".join(_words(page.get_element_by_id(name)) for name in names.split())
        for names in page.xpath("//section[@class='subject']/@aria-labelledby")
    ]
    assert len(called) == len(set(called)) == 10


def test_what_is_new_since_an_earlier_run_is_marked() -> None:
    findings = tuple(replace(finding, since=Since.NEW) for finding in WORD.report.subjects[0].findings)
    subjects = (replace(WORD.report.subjects[0], findings=findings),)
    page = _page(Sample(replace(WORD.report, subjects=subjects), WORD.presentation))
    assert [mark.text_content() for mark in page.xpath("//article//*[@class='since']")]
    assert not _page(WORD).xpath("//*[@class='since']")
