"""Wraps plain text as rich does, in a hundredth of its time."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = re.compile(r"\s*\S+\s*")
# Characters that take one column of a terminal each: those of European languages, and the usual signs.
_NARROW = re.compile(
    "[\n -~\xa0-\u02ff\u0391-\u03c9\u0410-\u044f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2150-\u2189\u2190-\u21ff✓✗]*"
)


def is_narrow(text: str) -> bool:
    """Whether each character takes one column; only such text is wrapped here."""
    return _NARROW.fullmatch(text) is not None


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yields the lines of narrow text; a word that is longer than a line is cut.

    Args:
        text: The text.
        width: How many columns a line has.
    """
    for line in text.split("\n"):
        start = 0
        for end in _breaks(line, width) if len(line) > width else ():
            yield line[start:end]
            start = end
        yield line[start:]


def _breaks(line: str, width: int) -> Iterator[int]:
    """Yields where a line is broken."""
    if line[0] == " " or "\xa0" in line or max(map(len, line.split()), default=0) > width:
        yield from _breaks_in_words(line, width)
        return
    start, end = 0, len(line.rstrip())
    while end - start > width:
        start = line.rindex(" ", start, start + width + 1) + 1
        while line[start] == " ":
            start += 1
        yield start


def _breaks_in_words(line: str, width: int) -> Iterator[int]:
    """Yields where a line is broken, inside words where these are longer than a line."""
    taken = 0
    for found in _WORD.finditer(line):
        word, start = found[0], found.start()
        length = len(word.rstrip())
        if taken + length <= width:
            taken += len(word)
            continue
        if length <= width:
            if taken and start:
                yield start
                taken = len(word)
            continue
        for part in range(0, len(word), width):
            if start + part:
                yield start + part
            taken = min(width, len(word) - part)
