"""Reads HTML that stands inside a Markdown file, with offsets into that file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.documents.draft import CellPart, Part, PartKind, Span

_TAG = re.compile(r"<!--|-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>", re.DOTALL)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_BREAKING = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
})  # fmt: skip
_IN_COMMENT = "<!--"
_SILENT = frozenset({"script", "style", "template", "head"})


def parts_between_tags(text: str, start: int, end: int, table: int = 0) -> Iterator[Part]:
    """Yields the paragraphs, headings, items, rows and pictures of a stretch of HTML.

    Args:
        text: The whole text.
        start: Where the HTML begins.
        end: Where it ends.
        table: The number of its first table.
    """
    yield from _Tags(text, start, end, table).parts()


class _Tags:
    """One walk over the tags of a stretch of HTML."""

    def __init__(self, text: str, start: int, end: int, table: int) -> None:
        self._text = text
        self._end = end
        self._at = start
        self._start = start
        self._table = table - 1
        self._lists = 0
        self._silent = ""
        self._last_end = text.rfind("-->", start, end)
        self._cells: list[tuple[list[Span], bool]] | None = None
        self._hint: str = ""

    def parts(self) -> Iterator[Part]:
        for match in _TAG.finditer(self._text, self._start, self._end):
            if match[0] in {"<!--", "-->"}:
                yield from self._comment(match)
                continue
            name = (match[2] or "").lower()
            if self._silent == _IN_COMMENT:
                continue
            if self._silent:
                self._at = match.end()
                if match[1] and name == self._silent:
                    self._silent = ""
                continue
            if name == "img":
                yield from self._picture(match)
            if name and name not in _BREAKING and name not in _SILENT:
                continue
            yield from self._flush(match.start())
            self._at = match.end()
            if name in _SILENT and not match[1]:
                self._silent = name
            yield from self._structure(name, bool(match[1]), match)
        if not self._silent:
            yield from self._flush(self._end)

    def _comment(self, match: re.Match[str]) -> Iterator[Part]:
        """Goes into a comment that ends, or out of it."""
        if match[0] == "<!--" and not self._silent and self._last_end > match.start():
            yield from self._flush(match.start())
            self._silent = _IN_COMMENT
        elif match[0] == "-->" and self._silent == _IN_COMMENT:
            self._at, self._silent = match.end(), ""

    def _picture(self, match: re.Match[str]) -> Iterator[Part]:
        alt = _ALT.search(match[0])
        yield from self._flush(match.start())
        self._at = match.end()
        group = 1 if alt and alt[1] is not None else 2
        start, end = alt.span(group) if alt else (0, 0)
        yield Part(PartKind.PICTURE, match.start() + start, match.start() + end)

    def _flush(self, stop: int) -> Iterator[Part]:
        """Yields what stands before a tag, as a paragraph or as part of a cell."""
        written = self._text[self._at : stop]
        start = self._at + len(written) - len(written.lstrip())
        end = self._at + len(written.rstrip())
        self._at = stop
        if start >= end:
            return
        if self._cells is not None:
            if not self._cells:
                self._cells.append(([], False))
            self._cells[-1][0].append(Span(start, end))
        elif self._hint.startswith("h"):
            yield Part(PartKind.TEXT, start, end, heading=int(self._hint[1]))
        elif self._hint == "li":
            yield Part(PartKind.TEXT, start, end, item=max(0, self._lists - 1), marker="•")
            self._hint = ""
        else:
            yield Part(PartKind.TEXT, start, end)

    def _structure(self, name: str, closing: bool, match: re.Match[str]) -> Iterator[Part]:
        if name in {"ul", "ol"}:
            self._lists = max(0, self._lists + (-1 if closing else 1))
        elif name in {"h1", "h2", "h3", "h4", "h5", "h6", "li"}:
            self._hint = "" if closing else name
        elif name == "table" and not closing:
            self._table += 1
        elif name in {"td", "th"} and not closing and self._cells is not None:
            self._cells.append(([], name == "th"))
        elif name == "tr":
            yield from self._row(match.start())
            self._cells = None if closing else []
        elif name == "table":
            yield from self._row(match.start())
            self._cells = None

    def _row(self, stop: int) -> Iterator[Part]:
        if not self._cells:
            return
        cells = tuple(CellPart(tuple(spans), column) for column, (spans, _) in enumerate(self._cells))
        spans = [span for cell in cells for span in cell.paragraphs]
        start = spans[0].start if spans else stop
        header = all(head for _, head in self._cells)
        end = spans[-1].end if spans else stop
        yield Part(PartKind.ROW, start, end, cells=cells, table=max(0, self._table), header=header)
