"""What is known of a school: from the options, the configuration, a register, or the text itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_AUTHORITY_WORDS = frozenset(
    [
        "the",
        "county",
        "borough",
        "city",
        "district",
        "metropolitan",
        "london",
        "royal",
        "of",
        "council",
        "unitary",
        "local",
        "authority",
    ]
)


def authority_key(name: str) -> str:
    """Returns what tells a local authority from others: of "Kent County Council" and "Kent" alike "kent"."""
    words = name.casefold().replace("&", "and").split()
    return " ".join(word for word in words if word not in _AUTHORITY_WORDS) or name.casefold()


class SchoolType(StrEnum):
    """The kinds of school that requirements distinguish. A school may be of two kinds."""

    MAINTAINED = "maintained"
    ACADEMY = "academy"
    INDEPENDENT = "independent"
    SPECIAL = "special"
    ALTERNATIVE_PROVISION = "alternative-provision"


@dataclass(frozen=True, slots=True)
class School:
    """One school that a subject is about.

    Attributes:
        name: Its name, where known.
        types: Its kinds; empty where nothing says.
        urn: Its unique reference number, kept as text.
        local_authority: The authority whose area it lies in.
    """

    name: str | None = None
    types: tuple[SchoolType, ...] = ()
    urn: str | None = None
    local_authority: str | None = None

    @property
    def independent(self) -> bool:
        """Whether it is an independent school: such a school is never state-funded."""
        return SchoolType.INDEPENDENT in self.types

    def or_else(self, other: School) -> School:
        """Returns this school, with what is not known of it taken from another's particulars."""
        return School(
            self.name or other.name,
            self.types or other.types,
            self.urn or other.urn,
            self.local_authority or other.local_authority,
        )
