"""Words: how text is cut into them, and the forms that a word takes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

# Numbers keep their signs and points ("£80", "10%", "9.25am", "4.2"); words keep an inner apostrophe ("don't"). The
# brackets around an abbreviation, "the local authority (LA)", part nothing.
_TOKEN = re.compile(
    r"(\((?:s|es|ies)\)|(?-i:\([A-Z]{2,6}\))|£\s?\d[\d,]*(?:\.\d\d?)?|\d+(?:[.:,/]\d+)*(?:%|am|pm|st|nd|rd|th|hrs)?(?![^\W\d_])"
    r"|\b[ap]\.\s?m\b\.?|[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[,;:()–.?!#])",
    re.IGNORECASE,
)
_PLURAL_IN_BRACKETS = {"(s)", "(es)", "(ies)"}
_BREAKS = {",", ";", ":", "(", ")", "–", ".", "?", "!"}
_BREAK = ","
_NO_WORD = {_BREAK, ""}
# A new thought begins with these, even without a comma before them, but not in "for a while".
_TURNS = {"but", "however", "although", "though", "whereas", "unless", "except", "because", "until", "whilst", "while"}
# "the school's", "we'll", "they've": the word is what stands before the apostrophe.
_CONTRACTED = re.compile(r"'(?:s|ll|re|ve|d|m)$")
_IFS = {"if", "when", "where", "should"}
_VOWELS = "aeiou"
# Words that are other words when they stand in capitals among small letters: "SEND" is not "send".
_CAPITALS = {"SEND": "sen"}
# Behind one of these, or a number, or before a year, "May" is the month and permits nothing.
_BEFORE_MONTH = {"in", "by", "until", "since", "from", "of", "each", "every", "before", "after", "late", "last"}
_MONTH = "may-month"
_MAY = {"may", _MONTH}
# Words of which more must be asked than how they are looked for; all others are most of a text.
_HALVES = {"a": "am", "p": "pm"}
_SPECIAL = _NO_WORD | _TURNS | {"may", "please"} | {written.lower() for written in _CAPITALS}


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words.

    Attributes:
        forms: The words in lower case, without what is contracted (``we'll``) or possessive; punctuation is left out.
        starts: For each word the offset at which it begins in the text.
        ends: For each word the offset after it.
        clauses: For each word the number of the clause that it stands in; punctuation and turns such as "but" begin
            a new one.
    """

    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    clauses: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.forms)

    def parted(self, offsets: Sequence[int]) -> Words:
        """Returns the words with a new clause from each of some offsets in the text, which stand in order."""
        clauses = (clause + bisect_right(offsets, at) for clause, at in zip(self.clauses, self.starts, strict=True))
        return Words(self.forms, self.starts, self.ends, tuple(clauses))

    def moved(self, offset: int, clause: int) -> Words:
        """Returns the words as they stand in another text, which has so many more characters and clauses before them."""
        starts, ends = [at + offset for at in self.starts], [at + offset for at in self.ends]
        return Words(self.forms, tuple(starts), tuple(ends), tuple([number + clause for number in self.clauses]))

    def __getitem__(self, part: slice) -> Words:
        """Returns some of the words in a row."""
        return Words(self.forms[part], self.starts[part], self.ends[part], self.clauses[part])

    def __add__(self, following: Words) -> Words:
        """Returns the words with those that follow them in the same text."""
        return Words(
            self.forms + following.forms,
            self.starts + following.starts,
            self.ends + following.ends,
            self.clauses + following.clauses,
        )


@lru_cache(maxsize=4096)
def cut(text: str) -> Words:
    """Returns a normalised text cut into words; a label or a heading is looked at again and again."""
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    clauses: list[int] = []
    clause = at = 0
    shouts = text.isupper()
    parts = _TOKEN.split(text)  # what stands between the tokens, and the tokens, in turns
    for between, written in zip(parts[::2], parts[1::2], strict=False):
        token = _form(written)
        start = at + len(between)
        end = at = start + len(written)
        if token in _SPECIAL:
            if token in _NO_WORD:
                clause += token == _BREAK
                continue
            if (token in _TURNS and forms[-1:] != ["a"]) or (
                token == "please" and not _IFS.isdisjoint(forms[bisect_left(clauses, clause) :])
            ):
                clause += 1  # "if you are not able to come please ring"
            elif written == "May" and forms and (forms[-1] in _BEFORE_MONTH or forms[-1][0].isdigit()):
                token = _MONTH
            elif written in _CAPITALS and not shouts:
                token = _CAPITALS[written]
        elif token[0] == "(":
            start, end, token = start + 1, end - 1, token[1:-1]
        forms.append(token)
        starts.append(start)
        ends.append(end)
        clauses.append(clause)
    return Words(tuple(forms), tuple(starts), tuple(ends), tuple(clauses))


def cut_part(text: str, start: int, end: int) -> Words:
    """Returns a part of a text cut into words, without cutting anew what the whole text was cut into."""
    whole = cut(text)
    if start == 0 and end == len(text):
        return whole
    first, last = bisect_left(whole.starts, start), bisect_left(whole.starts, end)
    alike = (
        first < last
        and whole.starts[first] == start
        and whole.ends[last - 1] <= end
        and text[start - 1 : start] in {"", " "}
        and text[end : end + 1] in {"", " "}
    )
    if not alike or whole.forms[first] in _MAY or _has_capitals(text):
        return cut(text[start:end])
    turns = whole.forms[first] in _TURNS
    return whole[first:last].moved(-start, turns - whole.clauses[first])


def cut_led(lead: str, own: Words, text: str) -> Words:
    """Returns a text cut into words that is made of some words, a blank, and others that are cut already."""
    before = cut(lead)
    between = lead[before.ends[-1] :] if before.forms else ")"
    if ")" in between or not own.forms or own.forms[0] in _MAY or _has_capitals(text):
        return cut(text)
    breaks = sum(sign in _BREAKS for sign in between)
    return before + own.moved(len(lead) + 1, before.clauses[-1] + breaks)


def _has_capitals(text: str) -> bool:
    """Whether a word may stand in a text that is another in capitals, if not all of the text is in capitals."""
    return any(written in text for written in _CAPITALS)


@lru_cache(maxsize=1 << 14)
def _form(written: str) -> str:
    """Returns a word as it is looked for; the sign of a break, or nothing, where it is none."""
    if written in _BREAKS:
        return _BREAK
    token = written.lower()
    if token.isalnum():
        return token
    if token[1:2] == "." and token[0] in _HALVES:  # "a.m." parts no thought from the next
        return _HALVES[token[0]]
    return "" if token in _PLURAL_IN_BRACKETS else _CONTRACTED.sub("", token).replace("£ ", "£")


@cache
def inflected(base: str) -> frozenset[str]:
    """Returns the regular forms of a verb or noun: for ``notify`` also notifies, notified and notifying."""
    forms = {base, base + "s"}
    last, before = base[-1], base[-2:-1]
    if last == "e":
        forms |= {base + "d", base[:-1] + "ing"}
    elif last == "y" and before not in _VOWELS:
        forms |= {base[:-1] + "ies", base[:-1] + "ied", base + "ing"}
    else:
        forms |= {base + "ed", base + "ing"}
        if last in "sxz" or base.endswith(("ch", "sh")):
            forms.add(base + "es")
        if last not in "aeiouwxys" and before in _VOWELS and base[-3:-2] not in _VOWELS:
            forms |= {base + last + "ed", base + last + "ing"}
    return frozenset(forms)
