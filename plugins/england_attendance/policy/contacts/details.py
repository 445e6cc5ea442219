"""Ways to reach somebody: telephone numbers and e-mail addresses in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.findings import Passage
from checker.reading.denial import is_harmless
from checker.reading.english import english
from checker.reading.past import clause_before
from checker.reading.words import cut
from checker.recognise.emails import Email, emails
from checker.recognise.spans import has_digit
from checker.recognise.telephones import Telephone, telephones
from england_attendance.policy.vocabulary import topic

FEWEST_DIGITS = 9
_OR = re.compile(r"\b(?:or|nor) (?:to|through|by|via|at|on)\b(?!.*\b(?:or|nor) )")
BESIDE = 4  # words between "cannot be reached" and a number: "must not ring the attendance line, 01632 …"


@dataclass(frozen=True, slots=True)
class Details:
    """How somebody is reached.

    Attributes:
        telephone: The number, its digits alone.
        email: The address.
        passage: Where they stand.
    """

    telephone: str | None = None
    email: str | None = None
    passage: Passage | None = None

    def __bool__(self) -> bool:
        return self.telephone is not None or self.email is not None


def has_details(text: str) -> bool:
    """Whether a text holds a telephone number or an e-mail address."""
    return bool(spans_of_details(text))


def spans_of_details(text: str) -> list[tuple[int, int]]:
    """Returns where the telephone numbers and e-mail addresses of a text stand, in order."""
    numbers, addresses = _found(text)
    return sorted((span.start, span.end) for span in (*numbers, *addresses))


def details_of(text: str, passage: Passage, start: int = 0, end: int | None = None) -> Details:
    """Returns the first telephone number and the first e-mail address in a part of a text by which anybody is reached.

    "She cannot be contacted on 01632 960111" gives none.
    """
    numbers, addresses = _found(text[start:end])
    if not numbers and not addresses:
        return Details()
    denied = _behind_denials(text)
    number = next((one for one in numbers if not denied or not _is_denied(text, start + one.start, denied)), None)
    address = next((one for one in addresses if not denied or not _is_denied(text, start + one.start, denied)), None)
    return Details(number.digits if number else None, address.value if address else None, passage)


def _behind_denials(text: str) -> list[int]:
    """Returns where the words end that say how nobody is reached: "cannot be contacted"."""
    forms, clauses, ends = (words := cut(text)).forms, words.clauses, words.ends
    found = []
    for start, end in topic("contacts/contacts")["not-reached"].places(forms):
        conditions = english().conditions.intersection(forms[clause_before(clauses, start) : start])
        if clauses[start] == clauses[end - 1] and not conditions and not is_harmless(forms, start):
            found.append(ends[end - 1])
    return found


def _is_denied(text: str, at: int, denials: list[int]) -> bool:
    """Whether a number or an address is one by which nobody is reached: a few words lie between, and no other way."""
    before = [place for place in denials if place <= at]
    between = text[before[-1] : at] if before else ";"
    if any(stop in between for stop in (". ", ";", "? ", "! ", "–", " but ")):
        return False
    for start, end in reversed(spans_of_details(between)):
        between = between[:start] + between[end:]
    alternative = _OR.search(between)
    if alternative is not None:  # "cannot be met here, or reached at …", "are not asked to call or to write to …"
        return len(cut(between[alternative.end() :]).forms) <= 3 * BESIDE
    forms = [form for form in cut(between).forms if form not in topic("contacts/contacts").words("beside-details")]
    reaches = topic("contacts/contacts")["reaches"].first(cut(between).forms) is not None
    return len(forms) <= BESIDE and not reaches


def _found(text: str) -> tuple[tuple[Telephone, ...], tuple[Email, ...]]:
    """Looks only where a text can hold a number or an address: most texts hold neither."""
    numbers = telephones(text) if has_digit(text) and sum(map(str.isdigit, text)) >= FEWEST_DIGITS else ()
    addresses = emails(text) if "@" in text or "[" in text or "(at" in text else ()
    return tuple(numbers), tuple(addresses)
