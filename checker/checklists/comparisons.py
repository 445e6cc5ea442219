"""The kind that compares a fact: anything that the plugins read and show, such as ``review`` or ``register_times``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from checker.facts import PublishedFacts
from checker.findings import Fault, Outcome, failed, passed

Plain = str | int | float | bool


@dataclass(frozen=True)
class FactCompares:
    """A fact has a value, and it lies within bounds or is one of some. Of a list of values each must.

    Attributes:
        fact: The fact's name, as ``checker facts`` shows it.
        value: Which part of it, where it has parts.
        one_of: The values that will do; empty for any.
        at_least: The smallest that will do. Dates and times are compared as they are written, day by day.
        at_most: The greatest.
    """

    fact: str
    value: str | None = None
    one_of: tuple[Plain, ...] = ()
    at_least: Plain | None = None
    at_most: Plain | None = None

    needs: ClassVar[Mapping[str, type]] = {"facts": PublishedFacts}

    def judge(self, facts: PublishedFacts) -> Outcome:
        """Passes where the fact is given as asked."""
        name = f"{self.fact}.{self.value}" if self.value else self.fact
        found = facts.by_name.get(self.fact)
        values = [] if found is None else [value for value in _values(found.value, self.value) if value is not None]
        passages = () if found is None else found.passages
        if not values:
            return failed(Fault(f"The document does not give {name}."), nearest=passages[:1])
        wrong = [value for value in values if not self._fits(value)]
        if wrong:
            shown = ", ".join(str(value) for value in wrong)
            return failed(Fault(f"{name} is {shown}, not {self._asked}.", None, passages))
        return passed(f"{name} is {', '.join(str(value) for value in values)}.", passages)

    def _fits(self, value: Any) -> bool:
        if self.one_of and value not in self.one_of:
            return False
        try:
            return (self.at_least is None or value >= _alike(self.at_least, value)) and (
                self.at_most is None or value <= _alike(self.at_most, value)
            )
        except TypeError:
            return False

    @property
    def _asked(self) -> str:
        parts = [
            f"one of {', '.join(str(value) for value in self.one_of)}" if self.one_of else "",
            f"at least {self.at_least}" if self.at_least is not None else "",
            f"at most {self.at_most}" if self.at_most is not None else "",
        ]
        return " and ".join(part for part in parts if part)


def _alike(bound: Plain, value: Any) -> Any:
    """Returns a bound in the precision of the value: a month is compared with the month of a day."""
    return bound[: len(value)] if isinstance(bound, str) and isinstance(value, str) else bound


def _values(value: Any, part: str | None) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _values(item, part)
    elif isinstance(value, Mapping):
        if part is not None:
            yield from _values(value.get(part), None)
    elif part is None:
        yield value
