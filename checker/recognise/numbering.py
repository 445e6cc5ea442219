"""Lists of numbers behind a label: ``sections 4.2 and 4.3``, ``regs 4 to 6``, ``appendices A–C``, ``s.444(1A)``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.recognise.numbers import number
from checker.recognise.spans import Span

_ONE_TO_TWENTY = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ITEM = re.compile(
    r"(?:(?P<figures>\d{1,4}(?:\.\d{1,3}){0,4})(?!\d|\.\d)(?P<letter>[A-Z]{1,2}(?![\w])|[a-z](?!\w))?"
    rf"|(?P<capital>[A-Z]\d{{0,2}}|[IVX]{{1,5}})(?!['\w])(?!\. ?[A-Z])"
    rf"|(?P<word>(?i:{_ONE_TO_TWENTY}))\b)(?P<below>(?: ?\((?:\d{{1,3}}[A-Z]?|[A-Za-z]{{1,2}}|[ivxIVX]{{1,5}})\)){{0,4}})"
)
_NEXT = re.compile(
    r"(?P<to> ?– ?|-| to )|(?:,? and |, ?| & | or | ?/ ?|, or |,? as well as )"
    r"(?P<label>(?:sections?|paragraphs?|paras?|regulations?|regs?|appendix|appendices|ss?\.) ?)?",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r" ?(?:%|(?:school|working|other|consecutive) |days?\b|weeks?\b|sessions?\b|minutes?\b|years?\b|months?\b"
    r"|[ap]\.?m\b)"
)


@dataclass(frozen=True, slots=True)
class Numbered(Span):
    """One number of a list.

    Attributes:
        value: The number as a heading would write it: ``4.2``, ``444(1A)``, ``A``; ``appendix one`` is ``1``.
        ends_range: Whether it ends a range that the number before it begins.
    """

    value: str
    ends_range: bool = False

    @property
    def depth(self) -> int:
        """How many points the number holds."""
        return self.value.count(".")


def numbered(text: str, at: int, *, plural: bool, label: str = "") -> list[Numbered]:
    """Returns the list of numbers that begins at an offset; empty where there is none.

    Args:
        text: Normalised text.
        at: Where the first number must begin.
        plural: Whether the label is plural. After a singular one the list goes on only with numbers of the same kind
            (``section 4.1 and 4.2``, not ``section 4 and 2 weeks``).
        label: The label, which may come again inside the list (``section 1 to section 4``); another one ends it.
    """
    found: list[Numbered] = []
    ends_range = False
    while True:
        match = _ITEM.match(text, at)
        if match is None or (found and _COUNTED.match(text, match.end())):
            break
        item = Numbered(match.start(), match.end(), _value(match), ends_range)
        if found and not plural and not _alike(found[-1], item):
            break
        found.append(item)
        step = _NEXT.match(text, item.end)
        if step is None or (step["label"] and step["label"][:3].lower() != label[:3].lower()):
            break
        at, ends_range = step.end(), step["to"] is not None
    return found


def _value(match: re.Match[str]) -> str:
    letters = (match["figures"] or match["capital"] or "") + (match["letter"] or "")
    value = str(number(match["word"])) if match["word"] else letters
    return value + (match["below"] or "").replace(" ", "")


def _alike(first: Numbered, second: Numbered) -> bool:
    if first.depth or second.depth:
        return first.depth == second.depth
    return "(" in first.value or not (first.value[0].isdecimal() or second.value[0].isdecimal()) or second.ends_range
