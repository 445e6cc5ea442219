"""Tables in text: rows parted by tabs, or by bars as in Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.documents.draft import CellPart, Part, PartKind, Span
from checker.documents.markers import bullet_of
from checker.documents.text_lines import Line

_TAB = re.compile(r"\t")
_TABS = re.compile(r"\t+")
_MARKER_CELL = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]$|\d{1,2}(?:\.\d{1,2})+\.?$")
_PARAGRAPH = re.compile(r"</?(?:p|br|li|ul|ol|div)\b[^<>]*>", re.IGNORECASE)
_BAR = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_BLANK = " \t\u00a0\u200b"

Rows = tuple[list[Part], int]


def tab_rows(text: str, block: Sequence[Line], at: int, table: int) -> Rows:
    """Returns the rows that begin at a line and are parted by tabs, and how many lines they take."""
    used = 0
    while at + used < len(block) and _tabbed(text, block[at + used], inside=used > 0):
        used += 1
    lines = block[at : at + used]
    if not lines:
        return [], 0
    raw = [text[line.begin : line.stop].rstrip("\r\n ") for line in lines]
    aligned = (
        len({len(_TAB.split(row)) for row in raw}) > 1 and len({len(_TABS.split(row.strip())) for row in raw}) == 1
    )
    gaps = _TABS if aligned else _TAB
    indent = int(used > 1 and all(row.startswith("\t") for row in raw))  # a whole table set in has no empty column
    return [
        row_part(text, _pieces(gaps, text, line.begin + indent, line.end, line.stop), Span(line.start, line.end), table)
        for line in lines
    ], used


def _tabbed(text: str, line: Line, inside: bool) -> bool:
    if not line.tabbed:
        return False
    content = text[line.start : line.end]
    if "\t" not in content:
        return inside
    first = content.split("\t", 1)[0].strip(_BLANK)
    if "\t" in content[len(first) + 1 :].strip("\t"):
        return True
    return not (_MARKER_CELL.match(first) or bullet_of(first + " ").strip() == first)


def pipe_rows(text: str, block: Sequence[Line], at: int, table: int) -> Rows:
    """Returns the rows of a table of Markdown that begins at a line, and how many lines it takes."""
    contents: list[str] = []
    while at + len(contents) < len(block):
        line = block[at + len(contents)]
        content = text[line.start : line.end]
        if not _BAR.search(content):
            break
        contents.append(content)
    ruled = len(contents) > 1 and bool(_DELIMITER.match(contents[1]))
    boxed = len(contents) > 1 and all(content[0] == content[-1] == "|" for content in contents)
    if not ruled and not boxed:
        return [], 0
    rows = []
    for number, content in enumerate(contents):
        line = block[at + number]
        if not _DELIMITER.match(content):
            cells = pipe_cells(text, line.start, line.end)
            rows.append(row_part(text, cells, Span(line.start, line.end), table, header=ruled and number == 0))
    return rows, len(contents)


def pipe_cells(text: str, start: int, end: int) -> list[Span]:
    """Returns the cells of a row of Markdown."""
    if text[start] == "|":
        start += 1
    if end > start and text[end - 1] == "|" and text[end - 2] != "\\":
        end -= 1
    return _pieces(_BAR, text, start, end, end)


def paragraphs_in(text: str, span: Span) -> tuple[Span, ...]:
    """Returns the paragraphs of a cell: what stands between tags that break a line."""
    spans = _pieces(_PARAGRAPH, text, span.start, span.end, span.end)
    return tuple(trimmed for trimmed in spans if trimmed.end > trimmed.start)


def _pieces(gaps: re.Pattern[str], text: str, start: int, end: int, stop: int) -> list[Span]:
    """Returns what stands between gaps, without blanks; blank pieces at the end too, up to ``stop``."""
    spans = []
    at = start
    for match in gaps.finditer(text, start, max(end, stop)):
        spans.append(_trimmed(text, at, match.start()))
        at = match.end()
    spans.append(_trimmed(text, at, max(at, end)))
    return spans


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return Span(start, end)


def row_part(text: str, cells: Sequence[Span], line: Span, table: int, header: bool = False) -> Part:
    """Returns a row made of cells that stand one after the other."""
    parts = tuple(CellPart(paragraphs_in(text, cell), column) for column, cell in enumerate(cells))
    return Part(PartKind.ROW, line.start, line.end, cells=parts, table=table, header=header)
