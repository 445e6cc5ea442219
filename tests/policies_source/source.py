"""The light markup in which the fictional policies are written, and its parser.

It is Markdown with what school policies hold besides:

- front matter in YAML between two lines of ``---`` (title, school, header, footer, style …);
- ``# Heading`` to ``#### Heading``; with ``heading_numbers: auto`` the numbers are counted, as Word does;
- ``- item`` and ``1. item``, nested by two blanks; lines of a paragraph are joined, ``<br>`` breaks one;
- tables of ``|`` rows; ``^`` joins a cell to the one above, ``<`` to the one before it;
- ``!contents`` … ``!end`` (lines of ``entry | page``), ``!box`` … ``!end``, ``!sidebar`` … ``!end``, ``!pagebreak``,
  ``!columns N``, ``!picture FILE``;
- in a line: ``**bold**``, ``*italic*``, ``[text](address)``, ``{+inserted+}``, ``{-deleted-}``, ``[^1]`` with
  ``[^1]: the footnote`` on a line of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

INLINE = re.compile(
    r"(?P<bold>\*\*.+?\*\*)|(?P<italic>(?<![\w*])\*[^*\s][^*]*\*)|(?P<ins>\{\+.+?\+\})|(?P<del>\{-.+?-\})"
    r"|(?P<link>\[[^\]^]+\]\((?:https?://|mailto:)[^)]+\))|(?P<note>\[\^\w+\])|(?P<br><br>)"
)


@dataclass(frozen=True)
class Run:
    """A stretch of text in one dress. ``change`` is "ins", "del" or empty; ``note`` is a footnote's key."""

    text: str
    bold: bool = False
    italic: bool = False
    change: str = ""
    address: str = ""
    note: str = ""


@dataclass(frozen=True)
class Heading:
    level: int
    number: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Item:
    """A list item; ``number`` is empty for a bullet."""

    depth: int
    number: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Cell:
    """A cell's lines of runs; ``columns`` and ``rows`` are how many it spans (0: covered from the left, from above)."""

    lines: tuple[tuple[Run, ...], ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    heads: int


@dataclass(frozen=True)
class Box:
    """A box or a side bar (``kind``) with blocks of its own."""

    kind: str
    blocks: tuple[Any, ...]


@dataclass(frozen=True)
class Contents:
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Picture:
    file: str


@dataclass(frozen=True)
class PageBreak:
    pass


@dataclass(frozen=True)
class Columns:
    count: int


@dataclass(frozen=True)
class Source:
    """A policy: its front matter, blocks and footnotes."""

    name: str
    meta: dict[str, Any]
    blocks: tuple[Any, ...]
    notes: dict[str, tuple[Run, ...]] = field(default_factory=dict)


def runs_of(text: str, **dress: Any) -> tuple[Run, ...]:
    """Reads one line of inline markup."""
    runs: list[Run] = []
    at = 0
    for match in INLINE.finditer(text):
        if match.start() > at:
            runs.append(Run(text[at : match.start()], **dress))
        runs.extend(_marked(match, dress))
        at = match.end()
    if at < len(text):
        runs.append(Run(text[at:], **dress))
    return tuple(runs)


def _marked(match: re.Match[str], dress: dict[str, Any]) -> tuple[Run, ...]:
    inner = match.group(0)
    match match.lastgroup:
        case "bold":
            return runs_of(inner[2:-2], **{**dress, "bold": True})
        case "italic":
            return runs_of(inner[1:-1], **{**dress, "italic": True})
        case "ins" | "del" as change:
            return runs_of(inner[2:-2], **{**dress, "change": change})
        case "link":
            text, address = inner[1:-1].split("](", 1)
            return (Run(text, **{**dress, "address": address}),)
        case "note":
            return (Run("", **{**dress, "note": inner[2:-1]}),)
    return (Run("\n", **dress),)


def lines_of(text: str) -> tuple[tuple[Run, ...], ...]:
    """Reads a cell's text, whose lines are parted by ``<br>``."""
    return tuple(runs_of(part.strip()) for part in text.split("<br>")) if text.strip() else ((),)


def _table(lines: list[str]) -> Table:
    grid = [[part.strip() for part in re.split(r"(?<=\s)\|(?=\s|$)", line.strip()[1:])[:-1]] for line in lines]
    heads = next((n for n, row in enumerate(grid) if all(re.fullmatch(r":?-{3,}:?", cell) for cell in row)), 0)
    if heads:
        del grid[heads]
    width = max(len(row) for row in grid)
    if any(len(row) != width for row in grid):
        raise ValueError(f"rows of different length in the table that begins {lines[0]!r}")
    cells = [
        [_cell(grid, row, column) for column in range(width)]  # spans are read off the marks around each cell
        for row in range(len(grid))
    ]
    return Table(tuple(tuple(row) for row in cells), heads)


def _cell(grid: list[list[str]], row: int, column: int) -> Cell:
    text = grid[row][column]
    if text in {"^", "<"}:
        return Cell((), int(text == "^"), 0)
    columns = rows = 1
    while column + columns < len(grid[row]) and grid[row][column + columns] == "<":
        columns += 1
    while row + rows < len(grid) and grid[row + rows][column] == "^":
        rows += 1
    return Cell(lines_of(text), columns, rows)


class _Parser:
    def __init__(self, text: str, *, auto: bool) -> None:
        self.lines = text.splitlines()
        self.at = 0
        self.auto = auto
        self.counts = [0, 0, 0, 0]
        self.notes: dict[str, tuple[Run, ...]] = {}

    def blocks(self, *, until_end: bool = False) -> tuple[Any, ...]:
        found: list[Any] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if until_end and line.strip() == "!end":
                self.at += 1
                return tuple(found)
            self._one(line, found)
        return tuple(found)

    def _one(self, line: str, found: list[Any]) -> None:
        if not line.strip():
            self.at += 1
        elif line.startswith("!"):
            found.append(self._directive(line[1:].strip()))
        elif match := re.match(r"(#{1,4}) (.+)", line):
            self.at += 1
            found.append(self._heading(len(match[1]), match[2]))
        elif match := re.match(r"\[\^(\w+)\]: (.+)", line):
            self.at += 1
            self.notes[match[1]] = runs_of(match[2])
        elif line.startswith("|"):
            found.append(_table(self._while(lambda each: each.startswith("|"))))
        elif match := re.match(r"( *)(?:-|(\d+|[a-z])([.)])) (.+)", line):
            self.at += 1
            number = f"{match[2]}{match[3]}" if match[2] else ""
            found.append(Item(len(match[1]) // 2, number, runs_of(self._joined(match[4]))))
        else:
            self.at += 1
            found.append(Paragraph(runs_of(self._joined(line))))

    def _joined(self, first: str) -> str:
        rest = self._while(
            lambda each: bool(each.strip()) and not re.match(r" *(?:-|\d+[.)]|[a-z]\)) |[#|!]|\[\^\w+\]:", each)
        )
        return " ".join([first.strip(), *(each.strip() for each in rest)]).replace("<br> ", "<br>")

    def _while(self, wanted: Any) -> list[str]:
        start = self.at
        while self.at < len(self.lines) and wanted(self.lines[self.at]):
            self.at += 1
        return self.lines[start : self.at]

    def _heading(self, level: int, text: str) -> Heading:
        number = ""
        if self.auto and not text.startswith(("Appendix", "=")):
            self.counts[level - 1] += 1
            self.counts[level:] = [0] * (4 - level)
            number = ".".join(str(count) for count in self.counts[:level]) + ("." if level == 1 else "")
        return Heading(level, number, runs_of(text.removeprefix("=")))

    def _directive(self, words: str) -> Any:
        self.at += 1
        match words.split():
            case ["contents"]:
                lines = self._while(lambda each: each.strip() != "!end")
                self.at += 1
                pairs = (line.rsplit(" | ", 1) for line in lines if line.strip())
                return Contents(tuple((entry.strip(), page.strip()) for entry, page in pairs))
            case ["box" | "sidebar" | "letter" as kind]:
                return Box(kind, self.blocks(until_end=True))
            case ["pagebreak"]:
                return PageBreak()
            case ["columns", count]:
                return Columns(int(count))
            case ["picture", file]:
                return Picture(file)
        raise ValueError(f"unknown directive: !{words}")


def read(path: Path) -> Source:
    """Reads a policy's source.

    Raises:
        ValueError: the source breaks the markup's rules.
    """
    text = path.read_text(encoding="utf-8")
    meta: dict[str, Any] = {}
    if text.startswith("---\n"):
        front, text = text[4:].split("\n---\n", 1)
        meta = yaml.safe_load(front)
    parser = _Parser(text, auto=meta.get("heading_numbers") == "auto")
    blocks = parser.blocks()
    return Source(path.stem, meta, blocks, parser.notes)
