"""Takes the pictures of docs/reports.md from the sample run of the tests. It needs Chromium and Playwright."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402 - found only once the folder is on the path
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from checker.reports import html, summary  # noqa: E402
from tests.reports.browser import CHROMIUM  # noqa: E402
from tests.reports.sample import Sample, many, one  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
POLICY = one("policies/alder-vale-primary.docx")
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
            _save(page, FOLDER / f"{name}.png")


def _save(page: Page, file: Path) -> None:
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(48, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
