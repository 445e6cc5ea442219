"""Makes text from other people's documents harmless where it is shown."""

from __future__ import annotations

import re
import unicodedata

# Escape sequences would let a document recolour or rewrite a terminal; marks of direction would let it lie.
_ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|.)?", re.DOTALL)
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NO_CHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")  # XML holds the last two in no way
_JOINERS = "\u200c\u200d\u00ad"  # they shape words of other scripts, and say where a long word may be broken


def for_terminal(text: str) -> str:
    """Returns the text without escape sequences, control characters and marks of direction."""
    return _without_controls(text, "")


def for_page(text: str) -> str:
    """Returns the text as a page or a Word file may hold it; escaping what is markup is left to the writer of that."""
    return _without_controls(text, _JOINERS)


def _without_controls(text: str, kept: str) -> str:
    text = _NO_CHARACTERS.sub("", _DIRECTION.sub("", _ESCAPES.sub("", text)))
    return "".join(
        char
        if char == "\n" or char in kept or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
        else " " * (char == "\t")
        for char in text
    )
