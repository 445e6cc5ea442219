"""Draws the pictures of a PDF's pages, so that the words on them can be read where that is installed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from checker.documents.pdf.content import Picture
from checker.documents.pictures import LARGEST, PictureTexts, can_read

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_A_POINT = 200 / 72


class PagePictures:
    """The pictures of one PDF; it is opened a second time only where something can read them.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.texts = PictureTexts()
        self._path = path
        self._pdf: Any = None

    def __enter__(self) -> PagePictures:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pdf is not None:
            self._pdf.close()

    def words_on(self, page: int, picture: Picture) -> list[str]:
        """Returns the paragraphs that stand on a picture of a page; empty where nothing can read them."""
        if not can_read():
            return []
        return self.texts.paragraphs(partial(self._drawn, page, picture))

    def _drawn(self, number: int, picture: Picture) -> Image | None:
        import pypdfium2

        if self._pdf is None:
            self._pdf = pypdfium2.PdfDocument(self._path)
        page = self._pdf[number - 1]
        width, height = page.get_size()
        scale = min(DOTS_A_POINT, (LARGEST / max(1.0, width * height)) ** 0.5)
        image: Image = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
        box = (picture.x0 * scale, picture.top * scale, picture.x1 * scale, picture.bottom * scale)
        return image.crop(tuple(round(edge) for edge in box))
