"""Numbers in figures and in words: ``21``, ``1,000``, ``twenty-one``, ``a hundred and ninety``, ``third``, ``5th``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.recognise.spans import Span

_ONES = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
    "fourteenth": 14,
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
} | {word[:-1] + "ieth": value for word, value in _TENS.items()}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}

_ONE = "|".join(list(_ONES)[:9])
_TEEN = "|".join(list(_ONES)[9:])
_TEN = "|".join(_TENS)
# The first letters spare most words the trying of all numbers.
_SMALL = rf"(?=on|tw|th[ir]|te|f[oi]|s[ie]|e[il]|ni)(?:(?:{_TEN})(?:[ –-](?:{_ONE}))?|{_TEEN}|{_ONE})"
_SCALE = "(?:hundred|dozen|thousand)"

WORDS = rf"(?:(?:{_SMALL}|(?:half )?a(?= {_SCALE}\b))(?: {_SCALE}(?:,?(?: and)? {_SMALL}(?: hundred)?)?)?)"
"""The pattern of a whole number in words; for patterns that ignore case and end at a word's end."""

FIGURES = r"(?:\d{1,3}(?:,\d{3})+|\d{1,9})"
"""The pattern of a whole number in figures."""

_ORDINAL_WORD = rf"(?:(?:{_TEN})[ –-](?:{'|'.join(list(_ORDINALS)[:9])})|{'|'.join(sorted(_ORDINALS, key=len)[::-1])})"
_NUMBER = re.compile(
    rf"(?<![\w£$€.,:/])(?:(?P<ordinal>{_ORDINAL_WORD}|\d{{1,4}} ?(?:st|nd|rd|th))|(?P<cardinal>{WORDS}|{FIGURES}))"
    r"(?![\w%])(?![.,:/]\d)",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[a-z]+|\d+")
_MOST_FIGURES = 15  # longer rows of figures count nothing


@dataclass(frozen=True, slots=True)
class Number(Span):
    """A whole number.

    Attributes:
        value: The number.
        ordinal: Whether it counts a place (``third``) and no amount (``three``).
    """

    value: int
    ordinal: bool = False


def numbers(text: str) -> tuple[Number, ...]:
    """Returns the whole numbers of a text that stand by themselves: no part of a date, a time, a price or a share."""
    found = []
    for match in _NUMBER.finditer(text):
        value = number(match[0])
        if value is not None:
            found.append(Number(match.start(), match.end(), value, match["ordinal"] is not None))
    return tuple(found)


def number(written: str) -> int | None:
    """Returns the whole number that words or figures stand for; ``None`` where they stand for none.

    >>> number("twenty-one"), number("1,000"), number("half a dozen"), number("3rd"), number("several")
    (21, 1000, 6, 3, None)
    """
    pieces = _PIECES.findall(written.lower().replace(",", ""))
    if len(pieces) <= 2 and pieces and pieces[0].isdecimal():
        whole = len(pieces) == 1 or pieces[1] in {"st", "nd", "rd", "th"}
        return int(pieces[0]) if whole and len(pieces[0]) <= _MOST_FIGURES else None
    if pieces[:3] == ["half", "a", "dozen"]:
        return 6
    total = current = 0
    for place, piece in enumerate(pieces):
        if piece in _SCALES:
            current = max(current, 1) * _SCALES[piece]
            if piece == "thousand":
                total, current = total + current, 0
        elif piece in _ONES or piece in _TENS or piece in _ORDINALS:
            current += _ONES.get(piece) or _TENS.get(piece) or _ORDINALS[piece]
        elif piece not in {"and", "a"} or (piece == "and" and (place == 0 or pieces[place - 1] not in _SCALES)):
            return None
    return total + current or None
