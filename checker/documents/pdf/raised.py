"""Small raised letters: the "th" of a date belongs to its word, the mark of a footnote is left out."""

from __future__ import annotations

import re
from itertools import islice

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
    tokens, rights, dropped = list(words.tokens), list(words.rights), set[int]()
    looked_at = 0
    for start in _touching(words):
        if start < looked_at:
            continue
        before, joined = start - 1, False
        for index in range(start, len(tokens)):
            looked_at = index + 1
            if abs(words.lefts[index] - rights[before]) >= _TOUCHING * words.styles[before].size:
                break
            token = tokens[index]
            if _is_raised(words, before, index):
                joined = True
                if not _MARK.fullmatch(token):
                    tokens[before] += token
            elif token in _COMMAS or (joined and _CLOSING.match(token)):
                tokens[before] += token
            else:
                break
            rights[before] = words.rights[index]
            dropped.add(index)
    if not dropped:
        return words
    kept = [index for index in range(len(tokens)) if index not in dropped]
    return Words(tokens, words.firsts, words.lefts, rights, words.bases, words.styles).chosen(kept)


def _touching(words: Words) -> list[int]:
    """Returns which words touch the one before."""
    places = zip(range(1, len(words.tokens)), islice(words.lefts, 1, None), words.rights, words.styles, strict=False)
    return [index for index, left, right, style in places if abs(left - right) < _TOUCHING * style.size]


def _is_raised(words: Words, before: int, index: int) -> bool:
    size = words.styles[before].size
    raised = words.bases[before] - words.bases[index]
    return words.styles[index].size < _SMALLER * size and _LOWEST * size < raised < _HIGHEST * size
