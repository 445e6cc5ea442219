"""Counts the automatic numbers of a Word document as Word does: 4.1, a), bullets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from checker.documents.counting import counted
from checker.documents.docx_package import is_on, number_of, value_of, w

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LETTER_O = "o"


class Numbered(NamedTuple):
    """An automatic number.

    Attributes:
        marker: As it is shown, such as ``4.1`` or ``•``; empty where nothing is shown.
        level: The depth in its list, from 0.
        bullet: Whether it is a bullet.
    """

    marker: str
    level: int
    bullet: bool


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str = ""
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class _List:
    """The levels of a list, and how far it has been counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document, counted while it is read.

    Args:
        root: ``numbering.xml``; ``None`` where the document has none.
    """

    def __init__(self, root: Any) -> None:
        self._abstract: dict[str, _List] = {}
        self._lists: dict[str, tuple[_List, dict[int, int], dict[int, _Level]]] = {}
        self._begun: set[str] = set()
        if root is None:
            return
        linked: dict[str, str] = {}
        for element in root.iterchildren(w("abstractNum")):
            number = value_of(element, "abstractNumId") or ""
            self._abstract[number] = _List(dict(_level(level) for level in element.iterchildren(w("lvl"))))
            style = element.find(w("styleLink"))
            if style is not None:
                linked[value_of(style) or ""] = number
        for element in root.iterchildren(w("abstractNum")):
            style = element.find(w("numStyleLink"))
            if style is not None and (value_of(style) or "") in linked:
                number = value_of(element, "abstractNumId") or ""
                self._abstract[number] = self._abstract[linked[value_of(style) or ""]]
        for element in root.iterchildren(w("num")):
            self._add(element)

    def _add(self, element: Any) -> None:
        abstract = self._abstract.get(value_of(element.find(w("abstractNumId"))) or "")
        if abstract is None:
            return
        starts: dict[int, int] = {}
        levels: dict[int, _Level] = {}
        for override in element.iterchildren(w("lvlOverride")):
            depth = number_of(value_of(override, "ilvl"))
            start = override.find(w("startOverride"))
            if start is not None:
                starts[depth] = number_of(value_of(start), 1)
            own = override.find(w("lvl"))
            if own is not None:
                levels[depth] = _level(own)[1]
        self._lists[value_of(element, "numId") or ""] = (abstract, starts, levels)

    def next(self, number: str, level: int | None, style: str) -> Numbered | None:
        """Counts on, and returns the number of a paragraph; ``None`` where it has none.

        Args:
            number: The list.
            level: The depth in it; ``None`` where the list knows it from the style.
            style: The paragraph's style.
        """
        if number not in self._lists:
            return None
        abstract, starts, own = self._lists[number]
        if level is None:
            level = next((depth for depth, each in abstract.levels.items() if style and each.style == style), 0)
        level = min(max(level, 0), _LEVELS - 1)
        if number not in self._begun:
            self._begun.add(number)
            for depth, start in starts.items():
                abstract.counts[depth] = start - 1
        levels = {**abstract.levels, **own}
        here = levels.get(level, _Level())
        abstract.counts[level] = abstract.counts.get(level, here.start - 1) + 1
        for deeper in [depth for depth in abstract.counts if depth > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and level < restart):
                del abstract.counts[deeper]
        if here.form == "bullet":
            return Numbered(_LETTER_O if here.text == _LETTER_O else "•", level, True)
        return Numbered(self._shown(here, levels, abstract.counts), level, False)

    def _shown(self, here: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        def place(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            level = levels.get(depth, _Level())
            form = "decimal" if here.legal else level.form
            return "" if form == "none" else counted(counts.get(depth, level.start), form)

        return _PLACE.sub(place, here.text).strip()


def _level(element: Any) -> tuple[int, _Level]:
    restart = element.find(w("lvlRestart"))
    return number_of(value_of(element, "ilvl")), _Level(
        number_of(value_of(element.find(w("start"))), 1),
        value_of(element.find(w("numFmt"))) or "decimal",
        value_of(element.find(w("lvlText"))) or "",
        value_of(element.find(w("pStyle"))) or "",
        is_on(element.find(w("isLgl"))),
        number_of(value_of(restart)) if restart is not None else None,
    )
