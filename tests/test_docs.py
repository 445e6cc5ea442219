"""The pages of docs/ that come from the catalogue are up to date, complete, and lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from markdown_it import MarkdownIt

from checker.catalogue import load_catalogue

DOCS = Path(__file__).resolve().parent.parent / "docs"


def load_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILD = load_build()
PAGES: dict[str, str] = BUILD.pages()


def test_the_pages_are_up_to_date() -> None:
    assert BUILD.stale(DOCS) == [], "run `make docs`"


def test_every_requirement_has_a_page_that_says_everything() -> None:
    for requirement in load_catalogue(BUILD.CATALOGUE):
        page = PAGES[f"requirements/{requirement.name}.md"]
        assert f"`{requirement.name}`" in page
        assert [heading for heading in ("What passes", "What fails", "A good example") if heading not in page] == []
        assert f"({requirement.name}.md)" in PAGES["requirements/index.md"]


def test_stale_missing_and_leftover_pages_are_seen_and_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert BUILD.main([], tmp_path) == 0
    assert BUILD.main(["--check"], tmp_path) == 0
    requirements = tmp_path / "requirements"
    (requirements / "policy.retention.md").write_text("Three years.\n", encoding="utf-8")
    (requirements / "policy.gone.md").write_text("Gone.\n", encoding="utf-8")
    (tmp_path / "law.md").unlink()
    capsys.readouterr()
    assert BUILD.main(["--check"], tmp_path) == 1
    said = capsys.readouterr().err
    assert all(name in said for name in ("policy.retention.md", "policy.gone.md", "law.md"))
    assert BUILD.main([], tmp_path) == 0
    assert BUILD.main(["--check"], tmp_path) == 0
    assert not (requirements / "policy.gone.md").exists()


def test_links_between_the_pages_lead_somewhere() -> None:
    for path, text in PAGES.items():
        for target in re.findall(r"\]\(([^)#:]+\.md)\)", text):
            found = ((DOCS / path).parent / target).resolve().relative_to(DOCS).as_posix()
            assert found in PAGES, f"{path} leads to {target}"


def test_signs_of_the_codes_are_shown_as_they_are() -> None:
    shown = MarkdownIt().render(PAGES["requirements/policy.codes-list.md"])
    assert "\\: present at afternoon registration" in shown
    assert "#: planned whole-school closure" in shown
