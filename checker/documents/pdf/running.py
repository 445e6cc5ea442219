"""Running headers, footers and page numbers: what stands at the same height of many pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from checker.documents.pdf.blocks import PageContent
from checker.documents.pdf.content import Box, Picture
from checker.documents.pdf.lines import Line, rows

ZONE = 0.14
"""How much of a page's height above and below can hold running text."""
_NEAR = 4.0
_GAP = 1.5
_FILLED = 0.5
_FIRST_YEAR = 1900
_PAGE_NUMBER = re.compile(
    r"^(?:p\.?\s*)?[-–—|]?\s*(\d{1,4})\s*(?:(?:of|/)\s*\d{1,4}\s*)?[-–—|]?$"
    r"|\bpage\s*[|:]?\s*(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?"
    r"|^(\d{1,4})\s*\|"
    r"|[|·•]\s*(\d{1,4})$",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"page\s+\d+\s+of\s+\d+", re.IGNORECASE)


_Key = tuple[str, bool, int]


def running(pages: Sequence[PageContent]) -> tuple[list[set[Line]], list[set[int]]]:
    """Returns for each page which of its lines, and which of its pictures, run through the document.

    Args:
        pages: The pages in order.

    Returns:
        For each page its running lines, and the indices of its running pictures.
    """
    seen: dict[_Key, set[int]] = defaultdict(set)
    keys: list[list[tuple[Line, list[_Key]]]] = []
    for page in pages:
        found = []
        above, below = ZONE * page.frame.height, (1 - ZONE) * page.frame.height
        for line in page.lines:
            if line.bottom <= above or line.top >= below:
                places = _places(line, page)
                found.append((line, places))
                for key in places:
                    seen[key].add(page.number)
        keys.append(found)
    enough = 2 if len(pages) <= 6 else 3
    repeated = [{line for line, places in found if any(len(seen[key]) >= enough for key in places)} for found in keys]
    lines = [_outermost(page, marked) for page, marked in zip(pages, repeated, strict=True)]
    return lines, _pictures(pages, enough)


def _outermost(page: PageContent, repeated: set[Line]) -> set[Line]:
    """Returns what is repeated, but only as far inward as whole rows are: text that is repeated further in is text.

    A gap parts it from the page's text, unless it is a page number.
    """
    found: set[Line] = set()
    height = page.frame.height
    above = rows(line for line in page.lines if line.bottom <= ZONE * height)
    below = rows(line for line in page.lines if line.top >= (1 - ZONE) * height)
    for inward, sign in ((above, 1), (below[::-1], -1)):
        waiting: list[Line] = []
        for row in inward:
            if not all(line in repeated or _OF_ALL.fullmatch(line.text.strip()) for line in row):
                break
            if any(character.isalnum() for line in row for character in line.text):
                waiting += row
            if _stands_apart(row[0], page, sign) or any(_numbering(line.text.strip()) for line in row):
                found.update(waiting)
                waiting = []
    return found


def _stands_apart(line: Line, page: PageContent, sign: int) -> bool:
    """Whether the next line further in is farther away than the next line of a paragraph would be."""
    return all(
        not 0 < sign * (other.base - line.base) - line.size / 2 < (_GAP - 0.5) * line.size for other in page.lines
    )


def _places(line: Line, page: PageContent) -> list[_Key]:
    """Returns the names under which a line above or below the page's text is counted: its words, and its height.

    A page number counts as how far it is from the page's own number, so that only numbers that count on with the pages
    are alike, and a heading such as "Appendix 2" is not taken for one.
    """
    above = line.bottom <= ZONE * page.frame.height
    distance = line.bottom if above else page.frame.height - line.top
    text = line.text.strip().lower()
    found = _numbering(text)
    if found:
        number = _number_in(found)
        text = f"{text[: found.start()]}#{number - page.number}{text[found.end() :]}"
    step = int(distance // _NEAR)
    return [(text, above, step), (text, above, step + 1)]


def _numbering(text: str) -> re.Match[str] | None:
    """Returns the number of its page in a line; a year is none, as where a footer ends with the day of approval."""
    found = _PAGE_NUMBER.search(text)
    return found if found and _number_in(found) < _FIRST_YEAR else None


def _number_in(found: re.Match[str]) -> int:
    return int(next(group for group in found.groups() if group))


def _fills(picture: Picture, page: PageContent) -> bool:
    return Box(*picture[:4]).area >= _FILLED * page.frame.width * page.frame.height


def _pictures(pages: Sequence[PageContent], enough: int) -> list[set[int]]:
    """Returns the pictures that stand at the same place of many pages: a letterhead, a crest.

    Pictures that fill their pages do so too, but each is the scan of a page.
    """
    seen: dict[tuple[int, ...], set[int]] = defaultdict(set)

    def key(picture: Picture) -> tuple[int, ...]:
        return tuple(round(value / _NEAR) for value in picture[:4])

    for page in pages:
        for picture in page.pictures:
            seen[key(picture)].add(page.number)
    return [
        {
            index
            for index, picture in enumerate(page.pictures)
            if len(seen[key(picture)]) >= enough and (page.ocr or not _fills(picture, page))
        }
        for page in pages
    ]
