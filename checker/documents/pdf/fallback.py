"""The words of one page by pdfplumber, for pages whose fonts pdfium cannot make sense of. It is slow: the exception."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from checker.documents.pdf import symbols
from checker.documents.pdf.content import Frame, Style, Words
from checker.documents.pdf.lines import DESCENT


def words(path: Path, number: int, frame: Frame) -> Words:
    """Returns the words of a page in reading order; none where pdfplumber cannot read the page either.

    Args:
        path: The PDF.
        number: The page, from 1.
        frame: How the page is shown.
    """
    import pdfplumber

    log = logging.getLogger("pdfminer")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)  # what it has to say about a strange page is for no user of ours
    try:
        with pdfplumber.open(path, pages=[number]) as pdf:
            found = pdf.pages[0].extract_words(use_text_flow=True, extra_attrs=["fontname", "size"])
    except Exception:  # pdfminer raises anything at all on a page that is not well made
        found = []
    finally:
        log.setLevel(level)
    styles = [_style(item) for item in found]
    return Words(
        [symbols.readable(symbols.plain(item["text"]), style.font) for item, style in zip(found, styles, strict=True)],
        [0] * len(found),
        [float(item["x0"]) for item in found],
        [float(item["x1"]) for item in found],
        [
            min(float(item["bottom"]) - DESCENT * style.size, frame.height)
            for item, style in zip(found, styles, strict=True)
        ],
        styles,
    )


def _style(item: dict[str, Any]) -> Style:
    font = str(item["fontname"]).split("+", 1)[-1]
    return Style(round(float(item["size"]), 1), "bold" in font.lower(), font)
