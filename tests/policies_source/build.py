"""Builds the fictional policies of ``policies/`` and the same policies in every format, from their sources.

Usage: ``python tests/policies_source/build.py [NAME ...]``. It needs python-docx, Chromium and LibreOffice.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from source import Source, read  # noqa: E402 - found only once this folder is on the path
from to_docx import Docx  # noqa: E402
from to_html import Html, WebPage  # noqa: E402
from to_text import Markdown, Plain  # noqa: E402

POLICIES = HERE.parents[1] / "policies"
ALL_FORMATS = HERE / "all_formats"
PICTURES = HERE / "pictures"
FORMATS = ("txt", "md", "html", "docx", "pdf")


def write(source: Source, kind: str, path: Path) -> None:
    """Writes one policy in one format."""
    match kind:
        case "txt":
            path.write_text(Plain(source).text(), encoding="utf-8", newline="\n")
        case "md":
            path.write_text(Markdown(source).text(), encoding="utf-8", newline="\n")
        case "html":
            page = WebPage if source.meta.get("website") else Html
            path.write_text(page(source).text(), encoding="utf-8", newline="\n")
        case "docx":
            Docx(source, PICTURES).save(path)
        case "pdf":
            _pdf(source, path)


def _pdf(source: Source, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if source.meta.get("pdf_by") == "chromium":
            _by_chromium(source, Path(folder), path)
        else:
            _by_libreoffice(source, Path(folder), path)


def _by_chromium(source: Source, folder: Path, path: Path) -> None:
    page = folder / "page.html"
    page.write_text(Html(source, printed=True, pictures=PICTURES.as_uri() + "/").text(), encoding="utf-8")
    made = folder / "page.pdf"
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [*command, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    shutil.copyfile(made, path)


def _by_libreoffice(source: Source, folder: Path, path: Path) -> None:
    word = folder / f"{source.name}.docx"
    Docx(source, PICTURES, accepted=True).save(word)  # a print shows what stands, not what was deleted
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(word)], check=True, capture_output=True, timeout=180)
    shutil.copyfile(word.with_suffix(".pdf"), path)


def main(names: list[str]) -> int:
    """Builds the named policies, or all of them."""
    ALL_FORMATS.mkdir(exist_ok=True)
    for path in sorted(HERE.glob("*.md")):
        if names and path.stem not in names:
            continue
        source = read(path)
        own = str(source.meta["format"]).split()
        for kind in own:
            write(source, kind, POLICIES / f"{source.name}.{kind}")
        if width := source.meta.get("wrap"):  # typed at a text-only screen: lines broken, headings underlined
            text = Plain(source, width).text()
            (POLICIES / f"{source.name}.txt").write_text(text, encoding="utf-8", newline="\n")
        for kind in FORMATS:
            write(source, kind, ALL_FORMATS / f"{source.name}.{kind}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
