"""Tells a page that is blank from one whose content is damaged, so that nothing of it is shown."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_BYTES = 30_000_000
MOST_PAGES = 20
"""Larger files are not looked into, and no more than so many of a file's pages."""

_DRAWS = re.compile(rb"\b(?:Tj|TJ|Do)\b")
_NO_CONTENT = re.compile(rb"[\x00-\x08\x0e-\x1f\x80-\xff]")


@contextmanager
def silenced() -> Iterator[None]:
    """Keeps pypdf from logging: what it has to say about a strange page is for no user of ours."""
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(level)


class UnshownContent:
    """Looks into the pages of a file of which pdfium shows nothing.

    Args:
        path: The PDF.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reader: PdfReader | None = None
        self._left = MOST_PAGES if path.stat().st_size <= MOST_BYTES else 0

    def is_on(self, number: int) -> bool:
        """Whether a page holds something to show, or what can be no content of a page.

        Args:
            number: The page, from 1. Nothing of it is shown.
        """
        self._left -= 1
        if self._left < 0:
            return False
        with silenced():
            try:
                content = self._content(number)
            except Exception:  # a stream that cannot be unpacked raises anything at all
                return True
        return bool(_DRAWS.search(content) or _NO_CONTENT.search(content))

    def _content(self, number: int) -> bytes:
        if self._reader is None:
            import pypdf

            self._reader = pypdf.PdfReader(self._path)
        page = self._reader.pages[number - 1]
        content = page.get_contents()
        if content is None and "/Contents" in page:
            raise LookupError("the page's content is not where the page says")
        if content is None and _has_fonts(page):
            raise LookupError("the page has fonts, and nothing that is written in them")
        return b"" if content is None else content.get_data()


def _has_fonts(page: Any) -> bool:
    resources = page.get("/Resources")
    return resources is not None and bool(resources.get_object().get("/Font"))
