"""Whether a figure is said exactly or as a bound: ``at least 97%``, ``10% or more``, ``no more than 30 minutes``."""

from __future__ import annotations

import re
from enum import StrEnum

from checker.recognise.spans import after, before


class Comparison(StrEnum):
    """How a thing is compared with the figure."""

    EXACTLY = "="
    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"


_OPPOSITE = {
    Comparison.AT_LEAST: Comparison.LESS_THAN,
    Comparison.MORE_THAN: Comparison.AT_MOST,
    Comparison.AT_MOST: Comparison.MORE_THAN,
    Comparison.LESS_THAN: Comparison.AT_LEAST,
}
_BEFORE = re.compile(
    r"(?P<negated>\b(?:no|nor|not|never|cannot|without|n't)(?: be| go| rise| fall| drop)? )?(?<!\w)"
    r"(?:(?P<equal>(?:equal to or )?(?:greater|more|higher|above|less|fewer|lower|below)(?: than)? or equal to"
    r"|at or (?:above|below|over|under)"
    r"|(?:equal to|equals?|meet|meets|reach|reaches|at) or (?:in excess of|exceed(?:s|ing)?)"
    r"|equal to or (?:greater|more|higher|above|less|fewer|lower|below)(?: than)?)"
    r"|(?P<least>at (?:the )?(?:very )?least|(?:a |the )?minimum(?: of)?|min\.?|≥|>=)"
    r"|(?P<more>(?:more|greater|higher|longer|later) than|over|above|exceed(?:s|ed|ing)?|in excess of|upwards of"
    r"|beyond|>)"
    r"|(?P<most>at (?:the )?(?:very )?most|up to(?: and including)?|(?:a |the )?maximum(?: of)?|max\.?|≤|<=)"
    r"|(?P<less>(?:less|fewer|lower|shorter) than|below|beneath|under|<))"
    r" ?(?:the |an? |about |around |approximately )?\(?$"
)
_AFTER = re.compile(
    r"(?P<least>\+(?! ?\d)|,? ?\(?(?:or|and) (?:more|above|over|higher|greater|longer|better|upwards)\b(?: than)?"
    r"| (?:at (?:the )?least|minimum)\b)"
    r"|(?P<most>,? ?\(?(?:or|and) (?:less|below|under|lower|fewer|shorter)\b| (?:at (?:the )?most|maximum)\b)"
)


def comparison(text: str, start: int, end: int) -> tuple[Comparison, int, int]:
    """Returns how the figure at these offsets is meant, and the offsets of the figure with the words that say so."""
    lead = before(text, start)
    match = _BEFORE.search(lead)
    if match is not None:
        return _named(match), start - (len(lead) - match.start()), end
    match = _AFTER.match(after(text, end))
    if match is not None:
        return Comparison.AT_LEAST if match["least"] else Comparison.AT_MOST, start, end + match.end()
    return Comparison.EXACTLY, start, end


def _named(match: re.Match[str]) -> Comparison:
    if match["equal"]:
        more = any(word in match["equal"] for word in ("greater", "more", "higher", "above", "over", "exce"))
        return Comparison.AT_LEAST if more else Comparison.AT_MOST
    names = {
        "least": Comparison.AT_LEAST,
        "more": Comparison.MORE_THAN,
        "most": Comparison.AT_MOST,
        "less": Comparison.LESS_THAN,
    }
    found = next(names[name] for name in names if match[name])
    return _OPPOSITE[found] if match["negated"] else found
