"""Counts the items of lists in HTML as a browser does."""

from __future__ import annotations

import re
from typing import Any

from checker.documents.counting import counted

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_FORMATS = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
}  # fmt: skip


def marker_of_item(item: Any) -> str:
    """Returns the bullet or number that a browser shows before a list item."""
    above = item.getparent()
    if above is None or above.tag != "ol":
        return "•"
    style = _STYLE.search(above.get("style") or "")
    if style and style[1] == "none":
        return ""
    form = _FORMATS.get(style[1] if style else above.get("type", ""), "decimal")
    return f"{counted(_position(item, above), form)}."


def _position(item: Any, above: Any) -> int:
    known = item.get("{checker}position")
    if known is None:
        number = _whole(above.get("start"), 1)
        for child in above.iterchildren("li"):
            number = _whole(child.get("value"), number)
            child.set("{checker}position", str(number))
            number += 1
        known = item.get("{checker}position")
    return _whole(known, 1)


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"-?\d{1,6}", written) else otherwise
