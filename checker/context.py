"""What readers and checks may know beside the subject itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from checker.facts import PublishedFact
from checker.findings import Passage
from checker.schools import School, SchoolType


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances of one check.

    Attributes:
        as_at: The day as at which the subject is judged.
        schools: The schools that it is about, as given or as read from it; never empty.
        partner: The facts of the policy that is checked together with a register, by name; ``None`` without one.
        kind_shown: Where the document shows what kind of school it is; ``None`` where that was given, or nothing shows it.
    """

    as_at: dt.date
    schools: tuple[School, ...] = (School(),)
    partner: Mapping[str, PublishedFact] | None = field(default=None)
    kind_shown: Passage | None = None

    @property
    def types(self) -> tuple[SchoolType, ...]:
        """The kinds of all the schools, without repeats; empty where nothing says."""
        return tuple(dict.fromkeys(kind for school in self.schools for kind in school.types))

    @property
    def independent(self) -> bool:
        """Whether the subject is about an independent school."""
        return any(school.independent for school in self.schools)

    @property
    def type_unknown(self) -> bool:
        """Whether nothing says what kind of school it is, so that it is taken as state-funded."""
        return not self.types
