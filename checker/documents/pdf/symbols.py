"""Characters that stand for a drawing: bullets and ticks in the fonts of symbols, and letters drawn as one."""

from __future__ import annotations

import re

BULLETS = frozenset("•●○■▪▫□☐❑❒◆◇❖➢➤►▶‣⁃∙·◦→➔⇨✓✔✗☒☑›»-–—*")
"""Characters that begin a list item when they stand alone."""

_SYMBOL_FONT = re.compile(r"symbol|dingbat|webding|wingding", re.IGNORECASE)
_TYPEWRITER = re.compile(r"courier", re.IGNORECASE)
_BULLET = "•"

# What the codes of Symbol and Wingdings look like. Most bullets of word processors are among them; programs that make
# PDFs write them either as the bare code or 0xF000 above it, in the area that Unicode leaves to private use.
_LOOKS = {
    0x6C: "●",
    0x6D: "○",
    0x6E: "■",
    0x6F: "☐",
    0x71: "❑",
    0x72: "❒",
    0x75: "◆",
    0x76: "❖",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "☐",
    0xB7: "•",
    0xD8: "➢",
    0xE0: "→",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_HYPHENATED = re.compile("[\x02\ufffe]$")  # pdfium's sign for a hyphen at the end of a line
_SOFT_HYPHEN = "\xad"
_UNMAPPED = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]|\(cid:\d+\)")
_CODE = re.compile(r"[\x01\x04-\x08\x0e-\x1f]")  # a letter's place in its font; the blank's is often 3
_FEWEST_CODES, _FEWEST_KINDS = 5, 3
_UNSHOWN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).islower())
_COMMONEST = b"etaoinsr"
_COMMON_SHARE, _FEWEST_LETTERS = 0.45, 300


def plain(text: str) -> str:
    """Returns the text with the bullets of symbol fonts as what they look like, character for character."""
    return _PRIVATE.sub(lambda match: _LOOKS.get(ord(match.group()) - 0xF000, _BULLET), text)


def readable(word: str, font: str) -> str:
    """Returns a word as a person would type it: letters drawn as one apart, a symbol font's bullet as a bullet."""
    if len(word) == 1:
        if word.isascii() or ord(word) < 0x100:
            if _SYMBOL_FONT.search(font):
                return _LOOKS.get(ord(word), _BULLET)
            if word == "o" and _TYPEWRITER.search(font):
                return "◦"
        return word
    word = _HYPHENATED.sub("-", word)
    if word.isascii():
        return word
    word = _LIGATURE.sub(lambda match: _LIGATURES[match.group()], word)
    return word[:-1].replace(_SOFT_HYPHEN, "") + word[-1].replace(_SOFT_HYPHEN, "-")


def garbled(text: str) -> bool:
    """Whether a page's text is not what a person sees, because its fonts do not say which letters they draw."""
    lost = sum(map(len, _UNMAPPED.findall(text)))
    if lost > 3 and lost * 5 > sum(map(str.isalnum, text)):
        return True
    letters = text.encode("ascii", "ignore").lower().translate(None, _NO_LETTERS)
    common = len(letters) - len(letters.translate(None, _COMMONEST))
    return len(letters) >= _FEWEST_LETTERS and common < _COMMON_SHARE * len(letters)


def lacks_words(text: str) -> bool:
    """Whether some words of a page are not what a person sees: one of its fonts does not say which letters it draws."""
    codes = _CODE.findall(text)
    return len(codes) >= _FEWEST_CODES and len(set(codes)) >= _FEWEST_KINDS


def tidy(text: str) -> str:
    """Returns text with single blanks and without characters that are not shown."""
    return " ".join(_UNSHOWN.sub("", text).split())
