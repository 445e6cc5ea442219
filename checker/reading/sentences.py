"""Cuts paragraphs into sentences.

Written here because a policy of twenty pages has a thousand of them and is to be read in milliseconds; the libraries
for this take about a millisecond a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A sentence ends at a full stop, question or exclamation mark (and what closes after it) before a blank and a capital,
# a digit, a quotation mark, an opening bracket, a name such as iPad or the sign of a clause: "(b)".
_END = re.compile(r"[.?!][\"')\]]*\s+(?=[\"'(\[]*(?:[A-Z0-9£«]|[a-z][A-Z]|(?<=\()(?:[a-z]|[ivx]{2,4})\)\s))")
_ABBREVIATION = re.compile(
    r"(?:\b(?<!')(?:e\.?g|i\.?e|etc|mr|mrs|ms|mx|dr|prof|rev|st|p|pp|para|paras|reg|regs|s|ss|sec|approx|vs|cf|tel|ext"
    r"|dept|govt|yr|yrs|ed|viz|inc|ltd|ref|art|ch|vol|fr|sr|jr|rt|hon|a\.m|p\.m|[a-z])|^\W*(?:(?:step|stage|phase) )?\d{1,2}(?:\.\d+)*)\.$",
    re.IGNORECASE,
)
# A letter that is spoken of is no initial: "is marked L. A pupil who …", "the mark is U. If …".
_LETTER = re.compile(
    r"\b(?:codes?|coded|marks?|marked|letters?|as|an?|recorded|entered|grade|(?:code|mark|letter)s? (?:is|are|be))"
    r" ['\"(]?[A-Z]['\")]?\.$"
)
_LONE_LETTER = re.compile(r"(?<![\w.])[A-Z]\.$")
_NO_SURNAME = re.compile(
    r"(?:The|A|An|If|It|This|That|These|Those|They|He|She|We|You|Your|Our|Its|Their|When|Where|While|Once|After|Before"
    r"|Until|Unless|In|On|At|For|From|With|No|Not|Any|Anyone|All|Each|Every|Both|Such|There|But|And|Or|Pupils?|Students?"
    r"|Child|Children|Parents?|Staff|Families|Very|Late\w*|Registers?|Registration|Arriv\w+|Absen\w+|Codes?)\b"
)
_BEFORE_NUMBER = re.compile(r"\bnos?\.$", re.IGNORECASE)
_LONGEST_ASIDE = 100  # characters
_LONGEST = 4_000  # characters: what goes on without a stop is no sentence, and a reader of one looks to and fro in it
_MAY_END = re.compile(r"\b(?:etc|[ap]\.m)\.$", re.IGNORECASE)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Returns where the sentences of a normalised paragraph stand, in order, without the blanks between them.

    What goes on for pages without a full stop is cut between words.
    """
    return [part for start, end in _sentences(text) for part in _in_parts(text, start, end)]


def _in_parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + 1, start + _LONGEST)
        stop = blank if blank > start else start + _LONGEST
        yield start, stop
        start = stop + (blank > start)
    yield start, end


def _in_brackets(text: str, start: int, at: int) -> bool:
    """Whether brackets that open before a place close soon behind it: "Miss Elm (me! I teach Class 2) rings home"."""
    opened = text.rfind("(", start, at)
    return opened >= 0 and at < text.find(")", opened) < at + _LONGEST_ASIDE


def _sentences(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        before = text[max(start, match.start() - 16) : match.start() + 1]
        following = text[match.end() : match.end() + 1]
        if match.start() - start == 1 and text[start].isalpha():  # "A. We ring you.": the sign of an answer or an item
            continue
        if _ABBREVIATION.search(before) and not (
            _LETTER.search(before)
            or (_MAY_END.search(before) and following.isupper())
            or (_LONE_LETTER.search(before) and _NO_SURNAME.match(text, match.end()))
        ):
            continue
        if _BEFORE_NUMBER.search(before) and following.isdecimal():
            continue
        if match.group()[0] in "?!" and _in_brackets(text, start, match.start()):
            continue
        end = match.start() + len(match.group().rstrip())
        spans.append((start, end))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans
