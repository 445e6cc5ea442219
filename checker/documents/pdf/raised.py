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
    bases = words.bases
    sizes = {style.size for style in set(words.styles)}
    near = {index for index in range(1, len(bases)) if bases[index] < bases[index - 1]} if len(sizes) > 1 else set()
    if not _COMMAS.isdisjoint(words.tokens):
        near.update(index for index, token in enumerate(words.tokens) if token in _COMMAS)
    dropped: set[int] = set()
    tokens, rights = list(words.tokens), list(words.rights)
    for index in sorted(near):
        before = index - 1
        if before < 0 or not _touches(words, rights, before, index):
            continue
        if not _is_raised(words, before, index):
            if tokens[index] not in _COMMAS:
                continue
            tokens[before] += tokens[index]
        elif not _MARK.fullmatch(tokens[index]):
            tokens[before] += tokens[index]
        rights[before] = rights[index]
        dropped.add(index)
        after = index + 1
        if after < len(tokens) and _CLOSING.match(tokens[after]) and _touches(words, rights, before, after):
            tokens[before] += tokens[after]
            rights[before] = rights[after]
            dropped.add(after)
    kept = [index for index in range(len(tokens)) if index not in dropped]
    if len(kept) == len(tokens):
        return words
    return Words(tokens, words.firsts, words.lefts, rights, words.bases, words.styles).chosen(kept)


def _touches(words: Words, rights: list[float], before: int, index: int) -> bool:
    return abs(words.lefts[index] - rights[before]) < _TOUCHING * words.styles[before].size


def _is_raised(words: Words, before: int, index: int) -> bool:
    size = words.styles[before].size
    raised = words.bases[before] - words.bases[index]
    return words.styles[index].size < _SMALLER * size and _LOWEST * size < raised < _HIGHEST * size
