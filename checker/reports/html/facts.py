"""Facts as a page shows them: plain values, whatever a plugin publishes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.facts import PublishedFact
from checker.findings import Passage
from checker.reports.wording import day_in_words

LONGEST_OPEN = 8  # rows of a table that stand open; more are folded
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_MONTH = re.compile(r"\d{4}-\d\d$")


@dataclass(frozen=True, slots=True)
class FactTable:
    """Values that share their keys, such as the times of several registers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def folded(self) -> bool:
        """Whether it is too long to stand open."""
        return len(self.rows) > LONGEST_OPEN


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact to show.

    Attributes:
        name: Its name in words.
        lines: Its value, line by line, where it is no table.
        table: Its value, where it is a list of things with the same keys.
        passages: Where the document says so.
    """

    name: str
    lines: tuple[str, ...]
    table: FactTable | None
    passages: tuple[Passage, ...]


def fact_view(fact: PublishedFact) -> FactView:
    """Returns a fact as it is shown."""
    value, name = fact.value, in_words(fact.name)
    if isinstance(value, Mapping):
        lines = tuple(f"{in_words(str(key))}: {_plain(each)}" for key, each in value.items())
        return FactView(name, lines or (_plain([]),), None, fact.passages)
    if _is_list(value) and value and all(isinstance(each, Mapping) for each in value):
        return FactView(name, (), _table(value), fact.passages)
    return FactView(name, (_plain(value),), None, fact.passages)


def in_words(name: str) -> str:
    """Returns a name such as ``register_times`` as words."""
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _table(values: Sequence[Mapping[str, Any]]) -> FactTable:
    keys = dict.fromkeys(str(key) for value in values for key in value)
    stated = [key for key in keys if any(value.get(key) is not None for value in values)]
    rows = tuple(tuple(_plain(value.get(key)) for key in stated) for value in values)
    return FactTable(tuple(map(in_words, stated)), rows)


def _plain(value: Any) -> str:
    if value is None:
        return "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{in_words(str(key)).lower()} {_plain(each)}" for key, each in value.items())
    if _is_list(value):
        return ", ".join(map(_plain, value)) or "none"
    return _date(value) if isinstance(value, str) else str(value)


def _date(text: str) -> str:
    try:
        if _DAY.match(text):
            return day_in_words(dt.date.fromisoformat(text))
        if _MONTH.match(text):
            return f"{dt.date.fromisoformat(text + '-01'):%B %Y}"
    except ValueError:
        pass
    return text


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
