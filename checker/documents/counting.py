"""Numbers as lists write them: 4, d, iv, D, IV, 04, 4th; and numbers in figures as files hold them."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_LETTERS = 30  # Word counts no further than thirty letters: zzz…
_MOST_FIGURES = 9
_WORDS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def counted(number: int, form: str) -> str:
    """Returns a number in one of the forms that Word and browsers know; an unknown form is written in figures.

    Args:
        number: The number.
        form: The form by Word's name for it, such as ``lowerRoman``.
    """
    if form in {"lowerLetter", "upperLetter"}:
        written = _letters(number)
        return written.upper() if form[0] == "u" else written
    if form in {"lowerRoman", "upperRoman"}:
        written = _roman(number)
        return written.upper() if form[0] == "u" else written
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "ordinal":
        return f"{number}{_ordinal(number)}"
    if form in {"cardinalText", "ordinalText"} and 0 < number <= len(_WORDS):
        return _WORDS[number - 1]
    return str(number)


def in_figures(written: str) -> int | None:
    """Returns the number that figures write; ``None`` for anything else, raised figures and absurd numbers among it."""
    return int(written) if written.isdecimal() and len(written) <= _MOST_FIGURES else None


def _letters(number: int) -> str:
    if not 0 < number <= 26 * _MOST_LETTERS:
        return str(number)
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _ordinal(number: int) -> str:
    if 10 < number % 100 < 14:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
