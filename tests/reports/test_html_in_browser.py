"""The HTML report in a real browser: no barriers, nothing loaded, nothing run, and every link leads somewhere."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from pypdf import PdfReader

from checker.reports import html
from tests.reports.browser import DESKTOP, PHONE, barriers, chromium, needs_a_browser, opened
from tests.reports.sample import Sample, many, one, sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = needs_a_browser
PAGES = {
    "policy": one("policies/alder-vale-primary.docx"),
    "register": one("registers/alder-vale"),
    "several": sample(),
    "many": many(4),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    return {name: _written(folder / f"{name}.html", run) for name, run in PAGES.items()}


def _written(file: Path, run: Sample) -> Path:
    file.write_text(html.write(run.report, run.presentation), encoding="utf-8")
    return file


def test_axe_sees_a_barrier_where_there_is_one(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><title>A page</title><input>", encoding="utf-8")
    with opened(browser, page, DESKTOP) as shown:
        found = barriers(shown)
    assert any(line.startswith("label:") for line in found)
    assert any(line.startswith("html-has-lang:") for line in found)


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        *((name, width, "light") for name in ("policy", "many") for width in (PHONE, DESKTOP)),
        ("policy", DESKTOP, "dark"),
        ("register", PHONE, "light"),
    ],
)
def test_nobody_is_kept_out(
    browser: Browser, files: dict[str, Path], name: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    with opened(browser, files[name], width, scheme) as page:
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert barriers(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_window_needs_no_scrolling_sideways(browser: Browser, files: dict[str, Path], name: str) -> None:
    with opened(browser, files[name], 320) as page:
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_finding_leads_to_its_passage_and_back(browser: Browser, files: dict[str, Path], width: int) -> None:
    with opened(browser, files["policy"], width) as page:
        finding = page.locator("article[data-requirement='policy.penalty-amounts']")
        finding.get_by_role("link", name="See it in the text").first.click()
        passage = page.locator("mark:target")
        assert passage.inner_text() == "a penalty notice of £60, or £120 if it is paid after 21 days"
        assert _in_sight(page.locator("mark:target"))
        page.locator("mark:target + a.back").click()
        assert _in_sight(finding.locator(".message"))


def test_a_link_to_a_pass_opens_its_evidence(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["policy"], DESKTOP) as page:
        evidence = page.locator("[data-requirement='policy.retention'] blockquote")
        assert not evidence.is_visible()
        page.locator("a.back", has_text="✓").last.click()
        evidence.wait_for(state="visible")
        assert "kept for six years" in evidence.inner_text()


def test_the_filters_work_without_a_server(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["many"], DESKTOP) as page:
        status, rows = page.locator("#filter-status"), page.locator("tr[data-subject]:visible")
        assert status.inner_text() == "4 of 4 shown"
        page.get_by_label("School or file").fill("ash lane")
        assert rows.count() == 1
        assert status.inner_text() == "1 of 4 shown"
        shown = page.locator("section.subject:visible h2").all_inner_texts()
        others = {"policies/signed-scan.pdf", "School Uniform"}
        assert {title.partition(":")[0] for title in shown} - others == {"Ash Lane Primary School"}
        page.get_by_label("School or file").fill("")
        page.get_by_label("Not met").select_option("policy.retention")
        retention = rows.evaluate_all("rows => rows.every(row => row.dataset.fails.includes('policy.retention'))")
        assert 0 < rows.count() < 4
        assert retention
        page.get_by_label("Not met").select_option("")
        page.get_by_label("Only requirements that somebody fails").check()
        assert not page.locator("th[data-requirement='policy.approval']").is_visible()


def test_a_cell_of_the_matrix_leads_to_its_evidence(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["many"], PHONE) as page:
        page.locator("a.cell.fail.law").first.click()
        finding = page.locator("article:target")
        assert finding.get_attribute("data-verdict") == "fail"
        assert _in_sight(finding)


def test_it_can_be_read_without_scripts(browser: Browser, files: dict[str, Path]) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(files["many"].as_uri())
    assert page.locator(".matrix a.cell").count() > 40
    assert not page.locator(".filters").is_visible()
    page.close()


def test_it_prints_on_a4(browser: Browser, files: dict[str, Path]) -> None:
    with opened(browser, files["policy"], DESKTOP) as page:
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    sheet = printed.pages[0].mediabox
    assert (round(sheet.width), round(sheet.height)) == pytest.approx((595, 842), abs=1)
    letters = " ".join(page.extract_text() for page in printed.pages)
    text = " ".join(unicodedata.normalize("NFKC", letters).split())  # fonts join f and i into one sign
    assert "5 of 16 met; 7 to put right before ratification" in text
    assert "https://law.example/si/2024/9999" in text  # paper cannot be clicked
    assert "Every entry in the registers is kept for six years" in text


def _in_sight(element: Locator) -> bool:
    inside: bool = element.evaluate(
        "e => { const box = e.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight; }"
    )
    return inside
