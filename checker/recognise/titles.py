"""Titles of guidance and other documents that a caller knows, with the edition that is named beside them.

Guidance has no form by which it could be seen, as an Act has: the titles are the caller's data.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.recognise.dates import PartialDate, dates
from checker.recognise.spans import Span

_YEAR = r"(?:19|20)\d\d(?!\d)"
LONGEST_LEAD = 130  # characters before a title in which its date may stand
# What may stand between a title and its date: "…, statutory guidance from the Department for Education, August 2024".
_EDITION_BEHIND = re.compile(
    r"[\"'*)\]_]{0,3}(?:,| –|:)? ?\(?(?:(?:\(?DfE(?:'s)?\)?|Department for Education(?:'s)?|Department(?:'s)?|statutory|guidance"
    r"|departmental|advice|document|the|of|from(?= (?:the )?D)|by|for|maintained|schools|academies|independent|trusts|and"
    r"|local|authorities|its|latest|current|updated|published|version|edition|dated|revised|issued|in)[,:]? \(?){0,18}"
    r"(?=[\dJFMASOND])",
    re.IGNORECASE,
)
# Behind a bare year these make it that of a law: "…, the 2024 registration regulations".
_LAW_BEHIND = re.compile(r" (?:(?!and\b|the\b)[\w()]+ ){0,3}(?:Regulations|Regs|Act|Order)\b", re.IGNORECASE)
# "In February 2024 the Department for Education published its new guidance, …"
_PUBLISHED = (
    r"(?: (?:DfE|Department for Education|Department|Government|DFE|government) (?:has )?"
    r"(?:published|issued|released|updated|revised|produced|introduced)"
    r"(?: (?:a|an|the|its|new|updated|revised|latest|statutory|guidance|version|edition|document|called|entitled|of|on))*:?)"
)
_EDITION_BEFORE = re.compile(
    rf"(?<![\d/])(?<!Regulations )(?<!Act )(?<!Order )(?!Act )"
    rf"(?P<date>(?:[A-Z][a-z]{{2,8}}\.? )?{_YEAR})\)?[.:,]?(?: (?:version|edition|update|revision))?(?: of)?(?: the)?"
    rf"(?:{_PUBLISHED}|(?: DfE(?:'s)?)?(?: statutory)?(?: guidance)?),? ?[\"'*(\[]{{0,2}}$"
)


@dataclass(frozen=True, slots=True)
class Title(Span):
    """A document cited by a title that the caller knows.

    Attributes:
        key: The caller's key.
        edition: The edition as far as it is named beside the title.
    """

    key: str
    edition: PartialDate | None = None


class Titles:
    """Finds the titles of guidance and other documents that a caller knows.

    Args:
        spellings: For each key the spellings of its title. Blanks, hyphens, ``&`` and ``and``, capitals and apostrophes
            may differ; a spelling in capitals alone (``KCSIE``) is found in capitals alone.
    """

    def __init__(self, spellings: Mapping[str, Sequence[str]]) -> None:
        pairs = [(spelling, key) for key, written in spellings.items() for spelling in written]
        pairs.sort(key=lambda pair: (-len(pair[0]), pair))
        self._keys = [key for _, key in pairs]
        alternatives = "|".join(f"({_loosely(spelling)})" for spelling, _ in pairs)
        self._needed: defaultdict[str, set[str]] = defaultdict(
            set
        )  # by the longest word of a spelling the next longest
        for spelling, _ in pairs:
            longest, other = _longest(spelling)
            self._needed[longest].add(other)
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE) if pairs else None

    def find(self, text: str) -> tuple[Title, ...]:
        """Returns the titles in a text, with the editions that are named beside them."""
        low = text.lower()
        longest = [*filter(low.__contains__, self._needed)]
        if self._pattern is None or not any(other in low for one in longest for other in self._needed[one]):
            return ()
        found: list[Title] = []
        since = 0
        for match in self._pattern.finditer(text):
            edition, until = _edition(text, match, since)
            found.append(Title(match.start(), match.end(), self._keys[(match.lastindex or 1) - 1], edition))
            since = max(since, until)
        return tuple(found)


def _longest(spelling: str) -> tuple[str, str]:
    """Returns the two longest words of a spelling, or the only one twice: no text without them holds it."""
    words = sorted(re.findall(r"[a-z0-9]+", spelling.lower()), key=len)
    return words[-1], words[-2:][0]


def _loosely(spelling: str) -> str:
    words = re.split(r"[ -]+", spelling)
    # A dash between blanks parts a title from what stands before it: "Fell Primary School – Attendance Policy".
    return r"(?: |[–-])".join(_word(word, spelling) for word in words)


def _word(word: str, spelling: str) -> str:
    if word.lower() in {"and", "&"}:
        return "(?:and|&)"
    pattern = re.escape(word).replace("'", "'?")
    return f"(?-i:{pattern})" if spelling.isupper() else pattern


def _edition(text: str, match: re.Match[str], since: int) -> tuple[PartialDate | None, int]:
    """Returns the edition beside a title, and where a date behind it ends; a date before ``since`` is another title's."""
    lead = _EDITION_BEHIND.match(text, match.end())
    if lead is not None:
        stretch = text[lead.end() : lead.end() + 30]
        behind = dates(stretch, years=True)
        if behind and behind[0].start == 0 and behind[0].problem is None:
            until = lead.end() + behind[0].end
            if not (text[lead.end()].isdecimal() and _LAW_BEHIND.match(text, until)):
                return behind[0].value, until
    since_lead = max(0, match.start() - LONGEST_LEAD)
    before = _EDITION_BEFORE.search(text[since_lead : match.start()])
    if before is not None and since_lead + before.start("date") >= since:
        found = dates(before["date"], years=True)
        return (found[0].value if found else None), 0
    return None, 0
