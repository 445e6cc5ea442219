"""What the styles of a Word document say of a paragraph: heading, contents, title, letters, numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from checker.documents.docx_package import is_on, number_of, value_of, w

_HEADING = re.compile(r"heading\s*([1-9])\b", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc\s*[1-9]|toc heading|contents)", re.IGNORECASE)
_LIST = re.compile(r"list (?:bullet|number)(?: ([2-5]))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph or character style with all that it inherits.

    Attributes:
        id: Its name inside the file.
        heading: The depth of a heading; 0 for the title; ``None`` for other styles.
        contents: Whether it is a style for contents lists.
        bold: Whether its letters are bold; ``None`` where it does not say.
        size: The size of its letters in points; 0 where it does not say.
        hidden: Whether its text is hidden.
        numbering: The list that it belongs to; empty where none.
        level: The level in that list; ``None`` where the list says it.
        listed: The depth that a list style has by its name alone.
    """

    id: str = ""
    heading: int | None = None
    contents: bool = False
    bold: bool | None = None
    size: float = 0.0
    hidden: bool = False
    numbering: str = ""
    level: int | None = None
    listed: int | None = None


class Styles:
    """The styles of one document.

    Args:
        root: ``styles.xml``; ``None`` where the document has none.
    """

    def __init__(self, root: Any) -> None:
        self._elements: dict[str, Any] = {}
        self._known: dict[str, Style] = {}
        self.default = Style()
        self.size = 11.0
        if root is None:
            return
        for element in root.iterchildren(w("style")):
            self._elements[value_of(element, "styleId") or ""] = element
        size = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('sz')}")
        self.size = number_of(value_of(size), 20) / 2 if size is not None else 10.0
        for name, element in self._elements.items():
            if value_of(element, "type") == "paragraph" and value_of(element, "default") in {"1", "true"}:
                self.default = self.get(name)

    def get(self, name: str | None) -> Style:
        """Returns a style by its id; the default one where there is none."""
        if name is None or name not in self._elements:
            return self.default
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def _resolved(self, name: str) -> Style:
        chain: list[str] = []
        at: str | None = name
        while at and at in self._elements and at not in chain and len(chain) < 30:
            chain.append(at)
            at = value_of(self._elements[at].find(w("basedOn")))
        style = Style()
        for step in reversed(chain):
            style = _with(style, self._elements[step])
        return replace(style, id=name)


def _with(style: Style, element: Any) -> Style:
    """Returns a style with what an element adds to it."""
    name = value_of(element.find(w("name"))) or ""
    heading, contents, listed = style.heading, style.contents, style.listed
    found = _HEADING.match(name)
    if found:
        heading = int(found[1])
    elif name.lower() == "title":
        heading = 0
    elif _CONTENTS.match(name):
        heading, contents = None, True
    in_list = _LIST.match(name)
    if in_list:
        listed = int(in_list[1] or 1) - 1
    paragraph = element.find(w("pPr"))
    numbering, level = style.numbering, style.level
    if paragraph is not None:
        heading = outline_level(paragraph, heading)
        numbering, level = numbering_of(paragraph, numbering, level)
    letters = element.find(w("rPr"))
    bold, size, hidden = style.bold, style.size, style.hidden
    if letters is not None:
        bold = is_on(letters.find(w("b"))) if letters.find(w("b")) is not None else bold
        size = number_of(value_of(letters.find(w("sz"))), int(size * 2)) / 2
        hidden = is_on(letters.find(w("vanish"))) or hidden
    return Style(style.id, heading, contents, bold, size, hidden, numbering, level, listed)


def outline_level(paragraph: Any, heading: int | None) -> int | None:
    """Returns the depth of a heading as a paragraph's properties state it, else what is known."""
    outline = paragraph.find(w("outlineLvl"))
    if outline is None or heading == 0:
        return heading
    level = number_of(value_of(outline), 9)
    return level + 1 if level < 9 else None


def numbering_of(paragraph: Any, numbering: str, level: int | None) -> tuple[str, int | None]:
    """Returns the list and the level that a paragraph's properties state, else what is known."""
    found = paragraph.find(w("numPr"))
    if found is None:
        return numbering, level
    number, depth = found.find(w("numId")), found.find(w("ilvl"))
    return (
        (value_of(number) or "") if number is not None else numbering,
        number_of(value_of(depth)) if depth is not None else level,
    )
