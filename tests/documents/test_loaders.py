from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("lxml", "markdown_it", "pypdfium2", "pdfplumber", "numpy", "polars", "docx")


def imported_by(code: str) -> set[str]:
    """Returns which heavy libraries some code makes Python import."""
    shown = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(HEAVY) & set(shown.stdout.split())


def test_naming_the_loaders_imports_nothing_heavy() -> None:
    assert imported_by("import checker.documents.loaders, checker.documents.assemble") == set()


@pytest.mark.parametrize(("name", "needs"), [("a.txt", set()), ("a.md", {"markdown_it"}), ("a.html", {"lxml"})])
def test_each_format_imports_only_what_it_needs(tmp_path: Path, name: str, needs: set[str]) -> None:
    (tmp_path / name).write_text("<p>We keep registers.</p>", encoding="utf-8")
    if name == "a.txt":
        (tmp_path / name).write_text("We keep registers.", encoding="utf-8")
    code = (
        "from pathlib import Path\nfrom checker.documents.assemble import assemble\n"
        "from checker.documents.loaders import BUILT_IN\n"
        f"path = Path({str(tmp_path / name)!r})\n"
        "loader = next(each for each in BUILT_IN if path.suffix in each.suffixes)\nassemble(loader.load(path), 'x')"
    )
    assert imported_by(code) == needs
