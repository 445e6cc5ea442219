"""The words of one page by pdfplumber, for pages whose fonts pdfium cannot make sense of. Slow, and so the exception."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checker.documents.pdf import symbols
from checker.documents.pdf.content import Frame, Style, Word
from checker.documents.pdf.words import ASCENT, DESCENT


def words(path: Path, number: int, frame: Frame) -> list[Word]:
    """Returns the words of a page in reading order; none where pdfplumber cannot read the page either.

    Args:
        path: The PDF.
        number: The page, from 1.
        frame: How the page is shown.
    """
    import pdfplumber

    try:
        with pdfplumber.open(path, pages=[number]) as pdf:
            found = pdf.pages[0].extract_words(use_text_flow=True, extra_attrs=["fontname", "size"])
    except Exception:  # pdfminer raises anything at all on a page that is not well made
        return []
    return [_word(item, frame) for item in found if item["text"].strip()]


def _word(item: dict[str, Any], frame: Frame) -> Word:
    size = round(float(item["size"]), 1)
    font = str(item["fontname"]).split("+", 1)[-1]
    base = min(float(item["bottom"]) - DESCENT * size, frame.height)
    style = Style(size, "bold" in font.lower(), 0, font)
    text = symbols.readable(symbols.plain(item["text"]), font)
    return Word(text, float(item["x0"]), base - ASCENT * size, float(item["x1"]), base + DESCENT * size, base, style, 0)
