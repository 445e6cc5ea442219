"""Makes text from other people's documents harmless where it is shown."""

from __future__ import annotations

import re
import unicodedata

# Escape sequences would let a document recolour or rewrite a terminal; marks of direction would let it lie.
_ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|.)?", re.DOTALL)
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def for_terminal(text: str) -> str:
    """Returns the text without escape sequences, control characters and marks of direction."""
    text = _DIRECTION.sub("", _ESCAPES.sub("", text))
    return "".join(
        char if char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"} else " " * (char == "\t")
        for char in text
    )
