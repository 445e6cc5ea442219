"""Makes text from other people's documents harmless where it is shown."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

# Escape sequences would let a document recolour or rewrite a terminal; marks of direction would let it lie.
_ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|.)?", re.DOTALL)
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NO_CHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")  # XML holds the last two in no way
_JOINERS = "\u200c\u200d\u00ad"  # they shape words of other scripts, and say where a long word may be broken
# What JSON lets stand, but would steer a terminal that shows it, or is no character at all.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_HARMLESS = bytes(range(127))  # ASCII but for its last: in UTF-8 they are part of no other character


def for_terminal(text: str) -> str:
    """Returns the text without escape sequences, control characters and marks of direction."""
    return _without_controls(text, "")


def for_page(text: str) -> str:
    """Returns the text as a page or a Word file may hold it; escaping what is markup is left to the writer of that."""
    return _without_controls(text, _JOINERS)


def as_json(values: Any) -> str:
    """Returns values as JSON with a final newline; what would steer a terminal stands as an escape that means the same."""
    import orjson

    try:
        data = orjson.dumps(values, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        if not _UNSAFE_IN_JSON.search(data.translate(None, _HARMLESS).decode()):  # the little that is left
            return data.decode()
        text = data.decode()
    except TypeError:  # it knows no half of a character and no very large number
        text = json.dumps(values, indent=2, ensure_ascii=False) + "\n"
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _without_controls(text: str, kept: str) -> str:
    if text.isprintable():
        return text
    text = _NO_CHARACTERS.sub("", _DIRECTION.sub("", _ESCAPES.sub("", text)))
    return "".join(
        char
        if char == "\n" or char in kept or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
        else " " * (char == "\t")
        for char in text
    )
