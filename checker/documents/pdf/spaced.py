"""Words whose letters are spaced out, as in some headings and in lines that are stretched letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count, pairwise

from checker.documents.pdf.content import Words
from checker.documents.pdf.pdfium import Pdfium

_FEWEST = 5
_SHORT = 2.6
_WORD_GAP = 1.6
_WIDEST = 1.2
_TOUCHING = 0.1


def closed_up(pdfium: Pdfium, textpage: int, words: Words) -> Words:
    """Returns the words with those put together whose letters stand apart.

    Pdfium guesses blanks where letters are drawn one by one. Letters that touch belong together all the same. Where
    they do not touch, a guess stands inside a word if the line has blanks of its own; if it has none, the wider gaps
    part the words.

    Args:
        pdfium: The functions.
        textpage: The page's text.
        words: The page's words.
    """
    places = zip(count(1), words.lefts[1:], words.rights, words.bases[1:], words.bases, words.styles[1:], strict=False)
    touching = {
        index
        for index, left, right, base, last, style in places
        if base == last
        and -_TOUCHING < (left - right) / style.size < _TOUCHING
        and _is_guess(pdfium, textpage, words, index)
    }
    if touching:
        words = _joined(words, touching)
    inside: set[int] = set()
    for line in _spaced(words):
        guessed = [index for index in line[1:] if _is_guess(pdfium, textpage, words, index)]
        inside.update(guessed if len(guessed) < len(line) - 1 else _within_words(words, line))
    return _joined(words, inside) if inside else words


def _is_guess(pdfium: Pdfium, textpage: int, words: Words, index: int) -> bool:
    """Whether the blank before a word is none of the page's, but pdfium's guess."""
    return bool(pdfium.FPDFText_IsGenerated(textpage, words.firsts[index] - 1) == 1)


def _spaced(words: Words) -> Iterator[list[int]]:
    """Yields the words of each line that is made of letters and bits of words."""
    alone = [index for index, token in enumerate(words.tokens) if len(token) == 1]
    if sum(words.tokens[index].isalpha() for index in alone) < _FEWEST - 1:
        return
    end = 0
    for letter, following in pairwise(alone):
        if letter < end or words.bases[letter] != words.bases[following]:
            continue
        start, end = letter, letter + 1
        while start and _follows(words, start - 1, start):
            start -= 1
        while end < len(words.tokens) and _follows(words, end - 1, end):
            end += 1
        lengths = list(map(len, words.tokens[start:end]))
        if len(lengths) >= _FEWEST and sum(lengths) < _SHORT * len(lengths) and lengths.count(1) > 1:
            yield list(range(start, end))


def _follows(words: Words, last: int, index: int) -> bool:
    gap = words.lefts[index] - words.rights[last]
    return words.bases[index] == words.bases[last] and -1 < gap < _WIDEST * words.styles[index].size


def _within_words(words: Words, line: Sequence[int]) -> list[int]:
    """Returns which letters of a line that holds no blanks go on with the word before; none where they are codes."""
    letters = [words.tokens[index] for index in line]
    if sum(len(letter) == 1 and letter.isalpha() for letter in letters) < 0.8 * len(letters):
        return []
    gaps = [words.lefts[index] - words.rights[last] for last, index in pairwise(line)]
    usual = sorted(gaps)[len(gaps) // 2]
    text, found = letters[0], []
    for index, letter, gap in zip(line[1:], letters[1:], gaps, strict=True):
        if gap > _WORD_GAP * usual:
            text += " "
        else:
            found.append(index)
        text += letter
    longest = max(text.split(), key=len).lower()
    in_order = all(first <= then for first, then in pairwise(longest))
    return found if len(longest) >= _FEWEST and re.search("[aeiouy]", longest) and not in_order else []


def _joined(words: Words, inside: set[int]) -> Words:
    """Returns the words with some put together with the one before."""
    tokens, rights = list(words.tokens), list(words.rights)
    kept: list[int] = []
    for index in range(len(tokens)):
        if index in inside and kept:
            tokens[kept[-1]] += tokens[index]
            rights[kept[-1]] = rights[index]
        else:
            kept.append(index)
    return Words(tokens, words.firsts, words.lefts, rights, words.bases, words.styles).chosen(kept)
