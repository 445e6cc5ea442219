"""Turns stretches of a text into readings: what a person reads, with the way back to each character."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from functools import cached_property

from checker.documents.draft import Span
from checker.documents.marks import edits
from checker.documents.model import Reading
from checker.documents.words import words

_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb"
)
_READ_AS = {
    **dict.fromkeys("‘’‚‛′´ʼ", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑−﹣－", "-"),
    **dict.fromkeys("‒—―", "–"),
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
}
_SPECIAL = re.compile(
    rf"(?P<gap>[^\S ][\s{_UNSEEN}]*| [\s{_UNSEEN}]+|[{_UNSEEN}][\s{_UNSEEN}]*)"
    rf"|(?P<letter>[{''.join(_READ_AS)}])"
    r"|(?P<dash>(?<= )-(?= ))"
    r"|(?P<accent>\w[\u0300-\u036f]+)"
)
_CARE = re.compile(r"[^ -~£–\u00c0-\u024f]| [ -]")
_LINE_END = re.compile(r"[\r\n\v\f\x85\u2028\u2029]")
_WORD_END = re.compile(r"[^\W\d_]+$")
_WORD_START = re.compile(r"[^\W\d_]+")
_ADDRESS_END = re.compile(r"(?:@|://|www\.)\S*[./_-]$")
_ADDRESS_START = re.compile(r"[a-z0-9_-]+(?:[./][a-z0-9]|/|\.?(?:\s|$))")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*-?")


class Normaliser:
    """Makes the readings of one text.

    Args:
        text: The document's text.
        marks: Whether it holds marks of Markdown.
    """

    def __init__(self, text: str, marks: bool) -> None:
        self._text = text
        self._marks = marks

    def read(self, spans: Iterable[Span]) -> Reading:
        """Returns what is read in stretches of the text, in their order, with a blank between them."""
        spans = list(spans)
        if len(spans) == 1 and spans[0].start < spans[0].end and not self._needs_care(spans[0]):
            start, end = spans[0].start, spans[0].end
            return Reading(self._text[start:end], array("I", range(start, end + 1)))
        builder = _Builder(self, spans[0].start if spans else 0)
        for span in spans:
            builder.turn_to(span.start)
            at = span.start
            if self._marks:
                for edit in edits(self._text, span.start, span.end):
                    if edit.start < at:
                        continue
                    self._plain(builder, at, edit.start)
                    if edit.read_as.isspace():
                        builder.blank(edit.start)
                    elif edit.read_as:
                        builder.letters(edit.read_as, edit.start)
                    at = edit.end
            self._plain(builder, at, span.end)
        return builder.reading()

    def _needs_care(self, span: Span) -> bool:
        """Whether anything in a stretch is read otherwise than it stands."""
        at_edge = self._text[span.start] == " " or self._text[span.end - 1] == " "
        if at_edge or _CARE.search(self._text, span.start, span.end):
            return True
        return self._marks and bool(edits(self._text, span.start, span.end))

    def _plain(self, builder: _Builder, start: int, end: int) -> None:
        at = start
        for match in _SPECIAL.finditer(self._text, start, end):
            builder.copy(at, match.start())
            at = match.end()
            kind, found = match.lastgroup, match[0]
            if kind == "gap":
                builder.gap(match.start(), found)
            elif kind == "dash":
                builder.letters("–" if builder.begun else "-", match.start())
            elif kind == "letter":
                builder.letters(_READ_AS[found], match.start())
            else:
                builder.letters(unicodedata.normalize("NFC", found), match.start())
        builder.copy(at, end)

    @property
    def text(self) -> str:
        """The document's text."""
        return self._text

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the text in lower case, those with a hyphen too; not the beginnings of broken ones."""
        found = set(_WORDS.findall(self._text.lower()))
        return frozenset(word for word in found if word[-1] != "-")


def joined(readings: Iterable[Reading], otherwise: int) -> Reading:
    """Returns several readings as one, with a blank between them.

    Args:
        readings: The readings in their order.
        otherwise: Where the reading stands if there are none.
    """
    texts: list[str] = []
    offsets = array("I")
    for reading in readings:
        if texts and offsets:
            offsets[-1] = min(offsets[-1], reading.start)
        texts.append(reading.text)
        offsets += reading.offsets
    if not texts:
        offsets.append(otherwise)
    elif len(texts) > 1:
        offsets[-1] = max(offsets) if offsets[-1] < offsets[0] else offsets[-1]
    return Reading(" ".join(texts), offsets)


class _Builder:
    """Collects the characters of one reading and their offsets."""

    def __init__(self, normaliser: Normaliser, start: int) -> None:
        self._normaliser = normaliser
        self._source = normaliser.text
        self._start = start
        self._pieces: list[str] = []
        self._offsets = array("I")
        self._blank: int | None = None

    @property
    def begun(self) -> bool:
        return bool(self._pieces)

    def blank(self, offset: int) -> None:
        """A blank stands here, unless the reading begins, ends or already has one here."""
        if self._pieces and self._blank is None:
            self._blank = offset

    def turn_to(self, offset: int) -> None:
        """The reading goes on at another place, after a blank or in the middle of a word."""
        if self._pieces and not self._mended(offset):
            self.blank(offset)

    def gap(self, start: int, found: str) -> None:
        """White space and unseen characters."""
        if not any(character.isspace() for character in found):
            return
        if "\u00ad" in found and self._blank is None and _LINE_END.search(found):
            return
        if self._pieces and self._blank is None and _LINE_END.search(found) and self._mended(start + len(found)):
            return
        self.blank(start)

    def letters(self, letters: str, offset: int) -> None:
        """Characters that are read for the one at an offset."""
        self._settle()
        self._pieces.append(letters)
        self._offsets.extend([offset] * len(letters))

    def copy(self, start: int, end: int) -> None:
        """Characters that are read as they stand."""
        if start >= end:
            return
        if self._source[start] == " ":
            self.blank(start)
            start += 1
        trailing = end > start and self._source[end - 1] == " "
        stop = end - 1 if trailing else end
        if stop > start:
            self._settle()
            self._pieces.append(self._source[start:stop])
            self._offsets.extend(range(start, stop))
        if trailing:
            self.blank(stop)

    def reading(self) -> Reading:
        text = "".join(self._pieces)
        self._offsets.append(self._offsets[-1] + 1 if text else self._start)
        return Reading(text, self._offsets)

    def _settle(self) -> None:
        if self._blank is not None:
            self._pieces.append(" ")
            self._offsets.append(self._blank)
            self._blank = None

    def _mended(self, after: int) -> bool:
        """Whether the words on both sides of a line's end belong together without a blank.

        A hyphen that only broke a word is taken away.
        """
        last = self._pieces[-1]
        if last[-1] not in "-–/._":
            return False
        tail = last[-80:]
        following = self._source[after : after + 40]
        if _ADDRESS_END.search(tail) and _ADDRESS_START.match(following):
            return True
        if last[-1] in "._" or len(tail) < 2 or not tail[-2].isalnum() or not following[:1].isalnum():
            return False
        if last[-1] == "-" and self._broken_word(tail[:-1], following):
            self._pieces[-1] = last[:-1]
            self._offsets.pop()
        return True

    def _broken_word(self, before: str, after: str) -> bool:
        """Whether a hyphen at a line's end broke a word, as against part-time or first-day."""
        head, rest = _WORD_END.search(before), _WORD_START.match(after)
        if not head or not rest or not rest[0].islower():
            return False
        first, second = head[0].lower(), rest[0]
        known = words()
        used = self._normaliser.words
        if f"{first}-{second}" in used:
            return False
        if first + second in used or first + second in known.one_word:
            return True
        return first not in known.keeps_hyphen and not (first in used and second in used)
