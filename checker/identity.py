"""What a document is, as a plugin recognises it."""

from __future__ import annotations

from dataclasses import dataclass

from checker.findings import Passage
from checker.schools import School


@dataclass(frozen=True, slots=True)
class Identity:
    """Whether a document is a policy that the catalogue is about, and whose.

    Attributes:
        is_policy: Whether the catalogue is about it.
        schools: The schools that it is about, with what was given and what was read joined; never empty.
        title: Its title.
        notes: What a user should know, such as where the kind of school was read, or why it is no such policy.
        kind_shown: Where the kind of school was read; ``None`` where it was given, or nothing shows it.
    """

    is_policy: bool
    schools: tuple[School, ...] = (School(),)
    title: str | None = None
    notes: tuple[str, ...] = ()
    kind_shown: Passage | None = None
