"""Small raised letters: the "th" of a date belongs to its word, the mark of a footnote is left out."""

from __future__ import annotations

import re

from checker.documents.pdf.content import Words

_SMALLER = 0.9
_LOWEST, _HIGHEST = 0.2, 0.6
_TOUCHING = 0.2
_MARK = re.compile(r"\d{1,2}|[*†‡§¶]{1,3}")
_COMMAS = frozenset({",", ".", ";", ":", "!", "?", ")", ").", "),", ");", "):", ".)"})
_CLOSING = re.compile(r"[^\w\s]+")


def settled(words: Words) -> Words:
    """Returns the words with raised letters joined to the word before them, and without the marks of footnotes."""
    if words.styles.count(words.styles[0]) == len(words.styles) and _COMMAS.isdisjoint(words.tokens):
        return words
    kept: list[int] = []
    joined = False
    tokens, rights = list(words.tokens), list(words.rights)
    for index, token in enumerate(tokens):
        before = kept[-1] if kept else None
        if before is not None and _touches(words, rights, before, index):
            if _is_raised(words, before, index):
                joined = True
                rights[before] = words.rights[index]
                if not _MARK.fullmatch(token):
                    tokens[before] += token
                continue
            if token in _COMMAS or (joined and _CLOSING.match(token)):
                tokens[before] += token
                rights[before] = words.rights[index]
                continue
        joined = False
        kept.append(index)
    if len(kept) == len(tokens):
        return words
    return Words(tokens, words.firsts, words.lefts, rights, words.bases, words.styles).chosen(kept)


def _touches(words: Words, rights: list[float], before: int, index: int) -> bool:
    return abs(words.lefts[index] - rights[before]) < _TOUCHING * words.styles[before].size


def _is_raised(words: Words, before: int, index: int) -> bool:
    size = words.styles[before].size
    raised = words.bases[before] - words.bases[index]
    return words.styles[index].size < _SMALLER * size and _LOWEST * size < raised < _HIGHEST * size
