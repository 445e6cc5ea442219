"""Telephone numbers of the United Kingdom in all spacings, also those with a digit too few or too many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from checker.recognise.spans import Span, before

_START = re.compile(
    r"(?<![\w£$€@#])(?<![^\d ]/)(?<!\d[.,:-])(?:\(?(?:\+|00) ?44\)?[ .-]?(?:\( ?0 ?\)[ .-]?)?(?=[\d(])|(?=\(?0\)?\d))"
)
_GROUP = re.compile(
    r"(?P<gap>\) ?|[ .-]|–| – |(?<=\d) ?\(|)\(?(?!\d{1,2}[.:/]\d\d?(?!\d))(?P<digits>\d{1,14})"
    r"(?!\d|%|[ap]\.?m\b|(?:st|nd|rd|th)\b)"
)
_EXTENSION = re.compile(r",? ?\(?(?:ext(?:ension|n)?\.?|x):? ?(?P<number>\d{1,6})\)?(?!\w)", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:tel(?:ephone)?|phone|telephoning|ringing|phoning|call(?:ing)?|mob(?:ile)?|landline|ring|text(?:ing)?|sms|fax"
    r"|number|line|on|contact|t|m)(?: (?:no|number|us|the school|the office|number is|is))?\.?:? ?\(?$"
)
_OTHER_NUMBER = re.compile(
    r"\b(?:ref(?:erence)?|urn|upn|uln|ukprn|id|account|charity|company|vat|registered|registration|serial|isbn|order"
    r"|invoice|sort code|code)(?: (?:no|number|nos|in england|charity))*\.?:? ?#?$"
)
_LOCAL = re.compile(
    r"\b(?:tel(?:ephone)?|phone|mob(?:ile)?|landline)(?: (?:no|number))?\.?:? ?"
    r"(?P<digits>[1-9]\d{1,4}[ -]?\d{2,4}(?:[ -]?\d{2,4})?)(?![\d.:/%-]*\d)",
    re.IGNORECASE,
)
_CLOCK_GROUPS = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")


class Problem(StrEnum):
    """What is wrong with a telephone number."""

    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    NO_AREA_CODE = "no area code"


@dataclass(frozen=True, slots=True)
class Telephone(Span):
    """A telephone number.

    Attributes:
        digits: Its national digits, the leading nought included.
        extension: The extension, where one is given.
        problem: What is wrong with it; ``None`` where the count of digits is right.
    """

    digits: str
    extension: str | None = None
    problem: Problem | None = None

    @property
    def valid(self) -> bool:
        """Whether it has as many digits as such a number has."""
        return self.problem is None


def telephones(text: str) -> tuple[Telephone, ...]:
    """Returns the telephone numbers in a text, wrong ones among them."""
    found = []
    at = 0
    for match in _START.finditer(text):
        if match.start() < at:
            continue
        telephone = _telephone(text, match)
        if telephone is not None:
            found.append(telephone)
            at = telephone.end
    local = [number for number in _local(text) if not any(number.overlaps(other) for other in found)]
    return tuple(sorted([*found, *local], key=lambda number: number.start))


def _telephone(text: str, match: re.Match[str]) -> Telephone | None:
    abroad = match.end() > match.start()
    groups, end = _groups(text, match.end(), abroad)
    digits = "".join(groups)
    if abroad and not digits.startswith("0"):
        digits = f"0{digits}"
    if len(digits) < 2 or digits[1] not in "1235789":
        return None
    if len(groups) > 1 and not abroad and len(groups[0]) < 3 and text[match.start()] != "(":
        return None
    lead = before(text, match.start())
    if len(groups) == 1 and _OTHER_NUMBER.search(lead):
        return None
    labelled = _LABEL.search(lead) is not None
    problem = _problem(digits)
    if problem is not None and not _plausible(groups, digits, abroad or labelled, lead):
        return None
    extension = _EXTENSION.match(text, end)
    start = match.start() + (text[match.start()] == "(" and ")" not in text[match.start() : end])
    return Telephone(
        start,
        extension.end() if extension else end,
        digits,
        extension["number"] if extension else None,
        problem,
    )


def _groups(text: str, at: int, abroad: bool) -> tuple[list[str], int]:
    """Returns the groups of digits of the number that begins here, and where it ends."""
    groups: list[str] = []
    count, enough = 0, 10 if abroad else 11
    gap = None
    while count < enough:
        match = _GROUP.match(text, at)
        if match is None or (groups and not match["gap"]):
            break
        group = match["digits"]
        if count >= 9 and group[0] == "0" and len(group) >= 3:
            break
        if match["gap"].strip() in {".", "-", "–"}:
            if gap is not None and match["gap"] != gap and match["gap"].strip() != "-":
                break
            gap = match["gap"]
        groups.append(group)
        count += len(group)
        at = match.end()
        if len(groups) == 1 and group[0] == "0" and abroad:
            enough = 11
    return groups, at


def _problem(digits: str) -> Problem | None:
    """Returns what is wrong with the count of digits.

    Eleven digits are right. Some areas and freephone numbers have ten or fewer; the library knows which.
    """
    if len(digits) == 11:
        return None
    if len(digits) > 11:
        return Problem.TOO_LONG
    import phonenumbers

    parsed = phonenumbers.PhoneNumber(country_code=44, national_number=int(digits[1:]))
    return None if phonenumbers.is_valid_number(parsed) else Problem.TOO_SHORT


def _plausible(groups: list[str], digits: str, certain: bool, lead: str) -> bool:
    """Whether digits whose count is wrong are still meant as a telephone number."""
    if all(_CLOCK_GROUPS.fullmatch(group) for group in groups):
        return False
    if certain:
        return 7 <= len(digits) <= 14 and not _OTHER_NUMBER.search(lead)
    grouped = len(groups) > 1 and (3 <= len(groups[0]) <= 6)
    return grouped and 9 <= len(digits) <= 13 and not _OTHER_NUMBER.search(lead)


def _local(text: str) -> Iterator[Telephone]:
    for match in _LOCAL.finditer(text):
        digits = "".join(character for character in match["digits"] if character.isdecimal())
        if 5 <= len(digits) <= 10:
            yield Telephone(match.start("digits"), match.end("digits"), digits, None, Problem.NO_AREA_CODE)
