"""Ways to reach somebody: telephone numbers and e-mail addresses, in a statement and around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from checker.findings import Passage
from checker.reading.statements import Statement, Statements
from checker.recognise.emails import emails
from checker.recognise.telephones import telephones

AHEAD = 3


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


@lru_cache(maxsize=2048)
def has_details(text: str) -> bool:
    """Whether a text holds a telephone number or an e-mail address."""
    return ("@" in text and bool(emails(text))) or (
        sum(char.isdigit() for char in text) >= 9 and bool(telephones(text))
    )


def details_in(statements: Statements, statement: Statement) -> Details:
    """Returns the first telephone number and e-mail address of a statement."""
    text = statement.own
    numbers = telephones(text) if sum(char.isdigit() for char in text) >= 9 else ()
    addresses = emails(text) if "@" in text or "[at]" in text else ()
    if not numbers and not addresses:
        return Details()
    return Details(
        numbers[0].digits if numbers else None,
        addresses[0].value if addresses else None,
        statements.passage(statement),
    )


def details_near(statements: Statements, statement: Statement, ahead: int = AHEAD) -> Details:
    """Returns the details in a statement, or in the few that follow it under the same heading."""
    for candidate in statements.all[statement.index : statement.index + ahead + 1]:
        if candidate.block.section != statement.block.section:
            break
        found = details_in(statements, candidate)
        if found:
            return found
    return Details()
