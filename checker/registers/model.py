"""The Register: what the rules see, however it was kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from checker.findings import Finding
from checker.schools import School


@dataclass(frozen=True)
class Register:
    """A school's registers for a school year.

    Attributes:
        school: The school as the register names it.
        as_at: The day as at which it is judged.
        sha256: The hash of all its files.
        notes: What a user should know about how it was read.
    """

    school: School
    as_at: dt.date
    sha256: str
    notes: tuple[str, ...] = ()

    def naming(self, finding: Finding) -> Finding:
        """Returns a finding with the pupils' names in its rows."""
        return finding
