"""Parts of a web page that a reader unfolds: their text is on the page, though it is hidden when the page opens."""

from __future__ import annotations

import re
from typing import Any

_FOLDS = re.compile(r"accordion|collaps|toggle|panel|tab(?:s|-|_|$)|fold|expand|faq|spoiler", re.IGNORECASE)
# What pages hide beside that is none of their text.
_OTHER = re.compile(
    r"cookie|consent|modal|dialog|popup|overlay|\bnav|menu|search|login|share|lightbox|banner", re.IGNORECASE
)
_TRIGGERS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "button"})
_FEWEST_WORDS = 5


def is_unfolded_by_readers(element: Any) -> bool:
    """Whether a hidden element is the panel of an accordion or a tab: it says so, and stands below what opens it."""
    own = _called(element)
    around = (above for above in element.iterancestors() if above.tag not in {"body", "html"})
    if any(_OTHER.search(_called(above)) for above in (element, *around)):
        return False
    if len(element.text_content().split()) < _FEWEST_WORDS:
        return False
    if element.get("role") == "tabpanel":
        return True
    before = element.getprevious()
    if before is None:
        return False
    opens = (
        before.tag in _TRIGGERS
        or before.get("role") in {"button", "heading", "tab"}
        or bool(_FOLDS.search(_called(before)))
    )
    parent = element.getparent()
    said = own if parent is None else f"{own} {_called(parent)} {_called(before)}"
    return opens and (
        bool(_FOLDS.search(said)) or (before.tag in _TRIGGERS and element.tag in {"div", "dd", "section"})
    )


def _called(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
