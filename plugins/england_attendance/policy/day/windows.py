"""Lines that give nothing but when registers open and close: "Junior School: 8.30, closed at 8.50; 1.30, closed at 1.50".

The label says whose they are, and headings, or the words for closing, that they are registers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.recognise.spans import has_digit
from checker.recognise.times import times
from england_attendance.policy.day.marks import OTHER, REGISTER, marks, names_a_happening

LONGEST_LABEL = 8
LONGEST_NAME = 3  # words for a session
_TIME = r"(?:\d{1,2}[.:]\d\d|[01]\d[0-5]\d) ?(?:[ap]\.?m\.?)?"
_WINDOW = re.compile(
    rf"(?P<when>[^\d:;,()]{{0,30}}?)(?P<named> reg(?:ister|istration|s)?)?[:,]? ?(?:at |from )?(?P<opens>{_TIME})[,;]? ?(?:and |– )?\(?"
    rf"(?:(?P<what>registers?|registration|it) )?(?:clos(?:es?|ed|ing)|shuts?)(?: at| by)? (?P<closes>{_TIME})\)?\.?"
)
_REGISTER = re.compile(r"\b(?:registers?|registration)\b", re.IGNORECASE)
_PART_OF_DAY = re.compile(r"\b(?:morning|afternoon|lunch|dinner|[ap]\.?m)\b", re.IGNORECASE)
_DOTTED = re.compile(r" [·•|] ")
_NEXT = re.compile(
    r"(?:;|,(?! (?:and )?(?:registers? )?(?:clos|shut))|(?<=[\d)])\.| /) (?:and )?(?=[^\W\d]|\d{1,2}[.:]\d\d)"
)


def windows(text: str, context: Sequence[str]) -> tuple[str, list[str]]:
    """Returns the label of a line of windows, and each of them in words that name the register; else an empty list.

    Args:
        text: The line.
        context: The words of the headings and lines above it.
    """
    label, colon, values = text.partition(": ")
    named = colon and not times(label) and not names_a_happening(label) and len(label.split()) <= LONGEST_LABEL
    label, values = (label, values) if named else ("", text)
    dotted = _DOTTED.split(values)
    entries = dotted if len(dotted) > LONGEST_NAME else _NEXT.split(values)
    found = [(entry, _WINDOW.fullmatch(entry.strip())) for entry in entries if has_digit(entry)]
    known = [match for _, match in found if match and len(match["when"].split()) <= LONGEST_NAME]
    if len(known) < 2 or (len(known) < len(found) and entries is not dotted):
        return "", []
    above = [mark.name for mark in marks(context) if mark.subject]
    headed = REGISTER in above and OTHER not in above[: above.index(REGISTER)]
    told = headed or all(match["what"] or match["named"] for match in known)
    # "register 8.50, closed 9.10 · after lunch 1.10, closed 1.30": what the first is of, the others are of
    follow = all(_PART_OF_DAY.search(match["when"]) for match in known[1:] if not (match["what"] or match["named"]))
    told = told or (bool(_REGISTER.search(known[0]["when"]) or known[0]["named"]) and follow)
    if not told or any(names_a_happening(_REGISTER.sub("", match["when"])) for match in known):
        return "", []
    of_registers = headed or not all(match["what"] for match in known)
    return label, [_in_words(match, of_registers=of_registers) if match in known else entry for entry, match in found]


def _in_words(match: re.Match[str], *, of_registers: bool) -> str:
    when = _REGISTER.sub("", match["when"]).strip()
    if of_registers:
        return f"{when} register is taken at {match['opens']} and closes at {match['closes']}".strip()
    return f"{when} begins at {match['opens']}; register closes at {match['closes']}"  # a session, not its register
