"""The page for a board: one side of A4, in plain words, and nobody to be recognised on it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from lxml import html
from pypdf import PdfReader

from checker.findings import Verdict
from checker.levels import Level
from checker.reports.summary import write
from checker.reports.summary.content import Side, side_of
from tests.reports.browser import DESKTOP, PHONE, barriers, chromium, needs_a_browser, opened
from tests.reports.hostile import hostile
from tests.reports.sample import Sample, many, one, sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WORD = one("policies/alder-vale-primary.docx")
REGISTER = one("registers/alder-vale")


def _crowded() -> Sample:
    """A policy that fails everything, with long titles and messages, and accepts and leaves open some."""
    (subject,) = WORD.report.subjects
    verdicts = (Verdict.FAIL, Verdict.FAIL, Verdict.REVIEW, Verdict.PASS, Verdict.WAIVED)
    long = "The policy says nothing of what it ought to say to parents about this, and that at some length. "
    findings = tuple(
        replace(
            finding,
            requirement=replace(
                finding.requirement, name=f"policy.r{number}-{place}", title=finding.requirement.title * 2
            ),
            verdict=verdicts[(number + place) % len(verdicts)],
            level=list(Level)[number % 4],
            message=long * 3,
        )
        for number in range(4)
        for place, finding in enumerate(subject.findings)
    )
    crowded = replace(
        subject, findings=findings, title="Attendance and Punctuality Policy of our Family of Schools " * 3
    )
    return Sample(replace(WORD.report, subjects=(crowded,)), WORD.presentation)


RUNS = {
    "policy": WORD, "register": REGISTER, "several": sample(), "many": many(60), "crowded": _crowded(), "hostile": hostile(),
    "unread": one("policies/signed-scan.pdf"),
}  # fmt: skip


def _side(run: Sample) -> Side:
    return side_of(run.report)


def _page(run: Sample) -> str:
    content = write(run.report, run.presentation)
    assert isinstance(content, str)
    return content


def _word(run: Sample) -> bytes:
    content = write(run.report, replace(run.presentation, target=Path("board.docx")))
    assert isinstance(content, bytes)
    return content


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@needs_a_browser
@pytest.mark.parametrize("name", RUNS)
def test_it_prints_on_one_side_of_a4(name: str, browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "board.html"
    file.write_text(_page(RUNS[name]), encoding="utf-8")
    with opened(browser, file, DESKTOP) as page:
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1
    assert round(printed.pages[0].mediabox.height) in {841, 842}


@needs_a_browser
def test_nobody_is_kept_out(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "board.html"
    file.write_text(_page(WORD), encoding="utf-8")
    with opened(browser, file, PHONE) as page:
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE


@pytest.mark.skipif(shutil.which("soffice") is None, reason="there is no LibreOffice on this machine")
def test_the_word_file_is_one_side_too(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.docx" for name in RUNS]
    for file in files:
        file.write_bytes(_word(RUNS[file.stem]))
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", tmp_path, *files], check=True, capture_output=True, timeout=180)
    assert {file.stem: len(PdfReader(file.with_suffix(".pdf")).pages) for file in files} == dict.fromkeys(RUNS, 1)


@pytest.mark.parametrize("name", RUNS)
def test_the_word_file_says_what_the_page_says(name: str) -> None:
    page = html.document_fromstring(_page(RUNS[name])).xpath("//body//li")
    written = [paragraph.text for paragraph in docx.Document(io.BytesIO(_word(RUNS[name]))).paragraphs]
    assert {" ".join(item.text_content().split()) for item in page} <= set(written)


def test_it_says_what_was_checked_what_is_met_and_what_is_not() -> None:
    side = _side(WORD)
    assert side.subtitle == "Alder Vale Primary School: Attendance Policy"
    assert side.about.endswith("as at 22 November 2026.")
    assert (
        side.stands
        == "5 of 15 requirements are met; 7 to put right; 2 that somebody must look at; 1 accepted for a time."
    )
    assert [part.heading for part in side.parts] == [
        "Against the law (2)", "Missing, or not in line with guidance (5)", "Somebody must look at (2)", "Met (5)",
    ]  # fmt: skip
    first = side.parts[0].points[0]
    assert (first.lead, first.words) == (
        "All codes are listed, with their right meanings",
        "Code H (holiday) ended on 18 August 2024.",
    )


@pytest.mark.parametrize("name", RUNS)
def test_it_counts_every_verdict_of_the_run(name: str) -> None:
    counts = RUNS[name].report.tally
    numbers = list(map(int, re.findall(r"\d+", _side(RUNS[name]).stands)))
    asked = sum(counts.values()) - counts[Verdict.NOT_APPLICABLE]
    expected = [counts[Verdict.PASS], asked] if asked else []
    expected += [n for v in (Verdict.FAIL, Verdict.REVIEW, Verdict.WAIVED, Verdict.ERROR) if (n := counts[v])]
    assert numbers[: len(expected)] == expected


def test_it_asks_the_board_for_what_the_findings_call_for() -> None:
    asked = " ".join(_side(WORD).asked)
    assert "Do not approve what is against the law" in asked
    (subject,) = WORD.report.subjects
    met = tuple(finding for finding in subject.findings if finding.verdict is Verdict.PASS)
    sound = Sample(replace(WORD.report, subjects=(replace(subject, findings=met),)), WORD.presentation)
    assert _side(sound).asked == ("Ask how the school knows that what is written is also done.",)


def test_what_does_not_fit_is_counted() -> None:
    for part in _side(_crowded()).parts:
        total = int(re.findall(r"\((\d+)\)", part.heading)[-1])
        assert len(part.points) + part.left_out == total
        assert part.points
    assert any(part.left_out for part in _side(_crowded()).parts)


def test_no_pupil_is_named_and_no_number_below_five_is_given() -> None:
    revealed = sample(names=True)
    register = next(subject for subject in revealed.report.subjects if subject.path == REGISTER.report.subjects[0].path)
    alone = Sample(replace(revealed.report, subjects=(register,)), revealed.presentation)
    page = _page(alone)
    for row in (row for finding in register.findings for row in finding.rows or ()):
        assert not row.name or row.name.split()[0] not in page
        assert not row.pupil or row.pupil not in page
    said = {point.lead: point.words for part in _side(alone).parts for point in part.points}
    assert said["Every session has a mark for every pupil on roll"] == "fewer than 5 pupils."
    assert "57 pupils." in said.values()


def test_a_file_that_could_not_be_read_is_no_pass() -> None:
    side = _side(one("policies/signed-scan.pdf"))
    assert side.stands == "It could not be checked."
    assert "Ask for what could not be checked in a form that can be read." in side.asked


def test_the_heaviest_schools_come_first() -> None:
    points = _side(many(12)).parts[0].points
    law = [
        int(found[1]) if (found := re.search(r"(\d+) of them against the law", point.words)) else 0 for point in points
    ]
    assert law == sorted(law, reverse=True)


def test_the_same_run_gives_the_same_bytes() -> None:
    assert _word(WORD) == _word(WORD)


def test_its_words_are_plain() -> None:
    words = html.document_fromstring(_page(WORD)).text_content().lower()
    for jargon in ("verdict", "waived", "finding", "policy.", "not applicable", "review:"):
        assert jargon not in words.replace("policies/", "")
