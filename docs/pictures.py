"""Takes the pictures of docs/reports.md from the sample run of the tests. It needs Chromium, Playwright and LibreOffice."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import pypdfium2  # noqa: E402 - found only once the folder is on the path
from PIL import Image  # noqa: E402 - found only once the folder is on the path
from playwright.sync_api import sync_playwright  # noqa: E402

from checker.reports import docx, html, pdf, summary  # noqa: E402
from tests.reports.browser import CHROMIUM  # noqa: E402
from tests.reports.sample import Sample, many, one  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
POLICY = one("policies/alder-vale-primary.docx")
MARKED = one("policies/quarry-lane-academy.pdf")
PICTURES: dict[str, tuple[Callable[..., str | bytes], Sample, tuple[int, int], str | None]] = {
    "html": (html.write, POLICY, (1280, 900), None),
    "html-many": (html.write, many(), (1280, 720), "#matrix-1"),
    "summary": (summary.write, POLICY, (800, 900), None),
}


def main() -> None:
    """Writes each picture, with few colours, so that it stays small."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        page = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]).new_page()
        for name, (write, run, (width, height), place) in PICTURES.items():
            file = Path(folder) / f"{name}.html"
            file.write_text(str(write(run.report, run.presentation)), encoding="utf-8")
            page.set_viewport_size({"width": width, "height": height})
            page.goto(file.as_uri() + (place or ""))
            _save(Image.open(io.BytesIO(page.screenshot())), FOLDER / f"{name}.png")
        _save(_printed(_copy(pdf, MARKED), 2), FOLDER / "pdf.png")
        _save(_printed(_by_libreoffice(_copy(docx, POLICY), Path(folder)), 0), FOLDER / "docx.png")


def _copy(form: ModuleType, run: Sample) -> bytes:
    content: bytes = form.write(run.report, run.presentation).content
    return content


def _by_libreoffice(content: bytes, folder: Path) -> bytes:
    (folder / "reviewed.docx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, folder / "reviewed.docx"], check=True, capture_output=True)
    return (folder / "reviewed.pdf").read_bytes()


def _printed(content: bytes, page: int) -> Image.Image:
    """Returns the upper part of a page."""
    picture: Image.Image = pypdfium2.PdfDocument(content)[page].render(scale=1.3).to_pil()
    return picture.crop((0, 0, picture.width, round(picture.height * 0.72)))


def _save(picture: Image.Image, file: Path) -> None:
    picture.convert("RGB").quantize(48, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
