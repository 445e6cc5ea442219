"""Ways to reach somebody: telephone numbers and e-mail addresses in a text."""

from __future__ import annotations

from dataclasses import dataclass

from checker.findings import Passage
from checker.recognise.emails import Email, emails
from checker.recognise.spans import has_digit
from checker.recognise.telephones import Telephone, telephones

FEWEST_DIGITS = 9


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


def details_of(text: str, passage: Passage) -> Details:
    """Returns the first telephone number and the first e-mail address of a text."""
    numbers, addresses = _found(text)
    if not numbers and not addresses:
        return Details()
    return Details(numbers[0].digits if numbers else None, addresses[0].value if addresses else None, passage)


def _found(text: str) -> tuple[tuple[Telephone, ...], tuple[Email, ...]]:
    """Looks only where a text can hold a number or an address: most texts hold neither."""
    numbers = telephones(text) if has_digit(text) and sum(map(str.isdigit, text)) >= FEWEST_DIGITS else ()
    addresses = emails(text) if "@" in text or "[" in text or "(at" in text else ()
    return tuple(numbers), tuple(addresses)
