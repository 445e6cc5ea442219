"""The words of other systems' files, from ``headings.yaml``."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from checker.registers.columns import layout_of
from checker.yaml_files import load_trusted


@cache
def vocabulary() -> Mapping[str, Any]:
    """Returns the content of ``headings.yaml``."""
    content: Mapping[str, Any] = load_trusted(resources.files("checker.registers") / "headings.yaml")
    return content


@cache
def words(*path: str) -> frozenset[str]:
    """Returns the words of a list, each plain."""
    found: Any = vocabulary()
    for step in path:
        found = found[step]
    return frozenset(plain(str(word)) for word in found)


def plain(heading: str) -> str:
    """Returns the letters and digits of a heading in lower case."""
    return "".join(char for char in unicodedata.normalize("NFKC", heading).casefold() if char.isalnum())


def understood(table: str, headings: Iterable[str], given: Mapping[str, str]) -> Mapping[str, str]:
    """Returns which heading stands for which column of a table.

    Args:
        table: The table.
        headings: The headings of the file.
        given: What ``register.yaml`` says: a column and its heading.
    """
    by_plain: dict[str, str] = {}
    for heading in headings:
        by_plain.setdefault(plain(heading), heading)
    found = dict(given)
    synonyms = {**{column: [column] for column in layout_of(table)}, **vocabulary().get(table, {})}
    for column, words_for_it in synonyms.items():
        known = next((by_plain[plain(word)] for word in words_for_it if plain(word) in by_plain), None)
        if column not in found and known is not None:
            found[column] = known
    return found
