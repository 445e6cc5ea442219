"""The numbers and bullets with which headings, clauses and list items begin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

_BULLETS = "•●○◦▪▫■□◆◇❖➢➤➔→⇨⇒►▶▸‣⁃∙·›✓✔☐☑☒❑❒\uf020-\uf0ff"
_INLINE = re.compile(r"(?<=\s)[•●▪◦➢➤➔►▶‣⁃❖](?=\s|$)")
_ARROW_LINE = re.compile(r"(?<=\n)[→⇨⇒](?=\s)")  # between words an arrow leads from step to step
_DATE = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r",? (?:19|20)\d\d\b"
)
_BULLET = re.compile(
    rf"(?:[{_BULLETS}][\s\u200b]*|[-–—*+>][ \t\u00a0\u200b]+|o[ \t\u00a0\u200b]+(?=[A-Z\"'(])|[-–](?=[A-Z][a-z]))+"
)
_NAMED = re.compile(
    r"(Appendix|Annexe?|Schedule|Section|Part|Chapter)\s+(\d{1,2}[A-Za-z]?|[A-Z]|[IVX]{1,4}|One|Two|Three|Four|Five|Six"
    r"|Seven|Eight|Nine|Ten)(?![\w'’])(?:\s*[.:–-]+(?=\s|$)|\s*(?=\())?\s*",
    re.IGNORECASE,
)
_OUTLINE = re.compile(r"([1-9]\d?(?:\.[1-9]\d?){1,4})(?:\.?\)?:?\s+|\.\)?\s*(?=[A-Z])|(?=[A-Z])|$)")
_NUMBER = re.compile(
    r"\(?(\d{1,2})(?:\.0(?=\s))?(?:[.)]\)?(?:\s+|(?=[A-Za-z\"'(]))|\s*[:–]\s+(?=[A-Z])|\s+(?=[A-Z\"'(\[]))"
)
_LETTER = re.compile(r"(?:\(([A-Za-z])\)\s*|([A-Za-z])\)\s*|([A-Za-z])\.\s+)(?=\S)")
_ROMAN = re.compile(r"(?:\(([ivx]{1,5}|[IVX]{1,5})\)\s*|([ivx]{1,5}|[IVX]{1,5})[.)]\s+)(?=\S)")
_BEGINS = re.compile(
    r"\(?\d{1,2}[.)]\)?[\s\u200b]+\S|\((?:[a-z]|[ivx]{1,5})\)\s*\S|(?:[a-zA-Z]|[ivx]{1,5})\)[\s\u200b]+\S|(?:[a-hj-z]|[ivx]{1,4})\.[\s\u200b]+\S"
    r"|[1-9]\d?(?:\.[1-9]\d?){1,4}\.?[\s\u200b]+[A-Z\"'(\[]|[1-9]\d?(?:\.[1-9]\d?){2,4}\.?[\s\u200b]+[a-z]"
)
_FAR_ENOUGH = 120  # no marker is as long as this
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_TO_TEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {word: n for n, word in enumerate(_TO_TEN, 1)}


class MarkerKind(Enum):
    """What a marker looks like."""

    BULLET = auto()
    NAMED = auto()
    OUTLINE = auto()
    NUMBER = auto()
    LETTER = auto()
    ROMAN = auto()


@dataclass(frozen=True, slots=True)
class Marker:
    """A number or bullet at the beginning of a line.

    Attributes:
        kind: What it looks like.
        text: As written, without blanks at its ends.
        length: How many characters it takes, the blanks after it included.
        numbers: Its value, one number a level; empty for a bullet.
        dotted: Whether a full stop, bracket or the like ends it, so that it is no bare number.
    """

    kind: MarkerKind
    text: str
    length: int
    numbers: tuple[int, ...] = ()
    dotted: bool = True

    @property
    def number(self) -> str:
        """The number alone, as a reference to it would be written."""
        return self.text.strip("().: –-")


def bullet_of(text: str) -> str:
    """Returns the bullets with which a text begins, with the blanks after them; empty where there are none."""
    found = _BULLET.match(text)
    return found[0] if found else ""


def inline_bullets(text: str, start: int, end: int) -> list[int]:
    """Returns the offsets of bullets that stand inside a line, where two items ran together."""
    first = _BULLET.match(text, start, end)
    found = [match.start() for match in _INLINE.finditer(text, first.end() if first else start, end)]
    arrows = _ARROW_LINE.finditer(text, first.end(), end) if first and text[start] in "→⇨⇒" else ()
    return sorted([*found, *(match.start() for match in arrows)])


def begins_item(text: str) -> bool:
    """Whether a line begins with a bullet or a number, so that it cannot go on with the line above."""
    return bool(_BULLET.match(text) or _BEGINS.match(text))


def marker_of(text: str) -> Marker | None:
    """Returns what may be a number or bullet at the beginning of a text; the caller knows whether it fits in."""
    return _marker_of(text[:_FAR_ENOUGH])


@lru_cache(maxsize=2048)
def _marker_of(text: str) -> Marker | None:
    bullet = _BULLET.match(text)
    if bullet:
        return Marker(MarkerKind.BULLET, bullet[0].strip(), bullet.end())
    named = _NAMED.match(text)
    if named:
        rest = text[named.end() :]
        parted = named[0].rstrip()[-1] in ".:–-"
        if not rest or parted or (named[0][-1].isspace() and not rest[0].islower()):
            return Marker(MarkerKind.NAMED, named[0].strip(" .:–-"), named.end(), (_value(named[2]),))
        return None
    outline = _OUTLINE.match(text)
    if outline:
        numbers = tuple(int(number) for number in outline[1].split("."))
        return Marker(MarkerKind.OUTLINE, outline[1], outline.end(), numbers)
    return _single(text)


def _single(text: str) -> Marker | None:
    number = _NUMBER.match(text)
    if number and number[1][0] != "0" and not _DATE.match(text):
        written = number[0].strip()
        dotted = not written[-1].isdigit() or written.endswith(".0")
        return Marker(MarkerKind.NUMBER, written.rstrip(" :–"), number.end(), (int(number[1]),), dotted)
    for pattern, kind in ((_ROMAN, MarkerKind.ROMAN), (_LETTER, MarkerKind.LETTER)):
        found = pattern.match(text)
        if found:
            letters = next(group for group in found.groups() if group)
            value = _roman(letters) if kind is MarkerKind.ROMAN else ord(letters.lower()) - 96
            return Marker(kind, found[0].strip(), found.end(), (value,))
    return None


def _value(written: str) -> int:
    low = written.lower()
    if low in _WORDS:
        return _WORDS[low]
    if low[0].isdecimal():
        return int("".join(character for character in low if character.isdecimal()))
    return _roman(low) if len(low) > 1 else ord(low) - 96


def _roman(letters: str) -> int:
    values = [_ROMAN_VALUES.get(letter, 0) for letter in letters.lower()]
    return sum(
        -value if following > value else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
