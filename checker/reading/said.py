"""What a document says on a thing, by what it does with it."""

from __future__ import annotations

from dataclasses import dataclass

from checker.findings import Passage, unique

MOST_PASSAGES = 3


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says on a thing, by what it does with it.

    Attributes:
        affirmed: The statements that say it, best first.
        weakened: Those that say it only now and then, or when convenient.
        permitted: Those that only permit it.
        past: Those that put it into the past.
        future: Those that put it into the future.
        denied: Those that deny it.
        nearest: Those that come close, where none says it.
        against: Those of the ones that deny it that do so plainly: whatever else is said, they contradict it.
    """

    affirmed: tuple[Passage, ...] = ()
    weakened: tuple[Passage, ...] = ()
    permitted: tuple[Passage, ...] = ()
    past: tuple[Passage, ...] = ()
    future: tuple[Passage, ...] = ()
    denied: tuple[Passage, ...] = ()
    nearest: tuple[Passage, ...] = ()
    against: tuple[Passage, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.affirmed)

    @property
    def best(self) -> tuple[Passage, ...]:
        """The best few of the statements that say it."""
        return self.affirmed[:MOST_PASSAGES]

    @property
    def otherwise(self) -> tuple[Passage, ...]:
        """The statements that speak of it without saying it."""
        return unique([*self.denied, *self.past, *self.future, *self.weakened, *self.permitted])
