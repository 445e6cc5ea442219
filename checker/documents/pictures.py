"""Reads the words on pictures and scanned pages, where the optional extra ``ocr`` is installed.

Without it nothing is read, and the picture stays what a person must look at. What is read here is marked as read from
a picture: a figure that only this reading gives never decides against a school (:mod:`checker.doubtful`).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PICTURES = 60
LARGEST = 25_000_000  # pixels
SMALLEST = 40  # pixels high and wide
LEAST_SURE = 0.6
NEW_PARAGRAPH = 0.9  # of a line's height, between two lines
WORD = 3  # letters


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A line of words on a picture, in pixels from its upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


Reader = Callable[["Image"], Sequence[PictureLine]]


def can_read() -> bool:
    """Whether pictures can be read here."""
    return find_spec("rapidocr") is not None or find_spec("pytesseract") is not None


class PictureTexts:
    """Reads the pictures of one document, as many as are sensible."""

    def __init__(self) -> None:
        self.read = 0
        self.left_out = 0

    def paragraphs(self, picture: Callable[[], Image | None]) -> list[str]:
        """Returns the paragraphs that stand on a picture; empty where there are none or nothing can read them.

        Args:
            picture: Gives the picture, or ``None`` where it is damaged or of a kind that cannot be drawn.
        """
        reader = _reader()
        if reader is None:
            return []
        if self.read >= MOST_PICTURES:
            self.left_out += 1
            return []
        image = picture()
        if image is None or min(image.size) < SMALLEST or image.width * image.height > LARGEST:
            return []
        found = paragraphs_of(reader(image))
        self.read += bool(found)
        return found

    @property
    def notes(self) -> tuple[str, ...]:
        """What a user should know of it."""
        notes = []
        if self.read:
            notes.append(
                f"The words of {self.read} picture{'s' if self.read > 1 else ''} or scanned "
                f"page{'s' if self.read > 1 else ''} were read by a program (OCR), which makes mistakes."
            )
        if self.left_out:
            notes.append(f"{self.left_out} further pictures were not read.")
        return tuple(notes)


def image_of(data: bytes | None) -> Image | None:
    """Returns the picture that a file holds; ``None`` where it is damaged, too large, or drawn in another way."""
    if not data:
        return None
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(data))
        if image.width * image.height > LARGEST:
            return None
        return image.convert("RGB")
    except Exception:  # whatever a hostile or rare picture makes the library raise, it is not read
        return None


def paragraphs_of(lines: Sequence[PictureLine]) -> list[str]:
    """Returns lines put together to paragraphs: those side by side joined from the left, those close below added."""
    rows: list[list[PictureLine]] = []
    for line in sorted(lines, key=lambda line: (line.top, line.left)):
        middle = (line.top + line.bottom) / 2
        if rows and rows[-1][0].top <= middle <= rows[-1][0].bottom:
            rows[-1].append(line)
        else:
            rows.append([line])
    paragraphs: list[list[str]] = []
    bottom = 0.0
    for row in rows:
        row.sort(key=lambda line: line.left)
        height = max(line.bottom - line.top for line in row)
        text = " ".join(" ".join(line.text.split()) for line in row)
        if paragraphs and row[0].top - bottom < NEW_PARAGRAPH * height:
            paragraphs[-1].append(text)
        else:
            paragraphs.append([text])
        bottom = max(line.bottom for line in row)
    joined = ["\n".join(paragraph) for paragraph in paragraphs]
    return [text for text in joined if sum(char.isalnum() for char in text) >= WORD]


@cache
def _reader() -> Reader | None:
    if find_spec("rapidocr") is not None:
        return _rapidocr()
    return _tesseract() if find_spec("pytesseract") is not None else None


def _rapidocr() -> Reader:
    import numpy as np
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "critical"})

    def read(image: Image) -> list[PictureLine]:
        found: Any = engine(np.asarray(image))
        if found is None or found.txts is None:
            return []
        return [
            PictureLine(text, *(float(edge) for edge in (*box.min(axis=0), *box.max(axis=0))))
            for text, box, sure in zip(found.txts, found.boxes, found.scores, strict=True)
            if sure >= LEAST_SURE
        ]

    return read


def _tesseract() -> Reader | None:
    import pytesseract

    try:
        pytesseract.get_tesseract_version()
    except pytesseract.TesseractNotFoundError:
        return None

    def read(image: Image) -> list[PictureLine]:
        table = pytesseract.image_to_data(image, output_type=pytesseract.Output.DICT)
        rows: dict[tuple[int, ...], list[int]] = {}
        for at, word in enumerate(table["text"]):
            if word.strip() and float(table["conf"][at]) >= LEAST_SURE * 100:
                rows.setdefault(tuple(table[key][at] for key in ("block_num", "par_num", "line_num")), []).append(at)
        return [
            PictureLine(
                " ".join(table["text"][at] for at in places),
                min(table["left"][at] for at in places),
                min(table["top"][at] for at in places),
                max(table["left"][at] + table["width"][at] for at in places),
                max(table["top"][at] + table["height"][at] for at in places),
            )
            for places in rows.values()
        ]

    return read
