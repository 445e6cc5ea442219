"""Writes a policy as plain text, as it comes out of Word by copying, and as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

from source import Box, Columns, Contents, Heading, Item, PageBreak, Paragraph, Picture, Run, Source, Table


def words(runs: Iterable[Run]) -> str:
    """The text that stands: deleted words gone, inserted ones kept, footnote marks left out."""
    return "".join(run.text for run in runs if run.change != "del").strip()


class Plain:
    """Plain text: a paragraph a line, cells parted by tabs, no pictures, footnotes at the end.

    With ``width`` the lines are wrapped and headings underlined, as a text-only system keeps them.
    """

    def __init__(self, source: Source, width: int = 0) -> None:
        self.source = source
        self.width = width

    def text(self) -> str:
        parts = [self._block(block) for block in self.source.blocks]
        notes = [f"[{key}] {words(runs)}" for key, runs in self.source.notes.items()]
        return "\n".join(part for part in [*parts, *notes] if part).rstrip("\n") + "\n"

    def _block(self, block: Any) -> str:
        match block:
            case Heading(number=number, runs=runs):
                text = self._heading(f"{number} {words(runs)}".strip())
            case Paragraph(runs=runs):
                text = self._wrapped(words(runs)) + "\n" if words(runs) else ""
            case Item():
                text = self._item(block)
            case Table():
                text = "\n".join(self._row(row) for row in block.rows) + "\n"
            case Box(blocks=blocks):
                text = "\n".join(part for part in map(self._block, blocks) if part)
            case Contents(entries=entries):
                text = "\n".join(f"{entry}\t{page}" for entry, page in entries) + "\n"
            case Picture() | PageBreak() | Columns():
                text = ""
            case _:
                raise TypeError(block)
        return text

    def _item(self, item: Item) -> str:
        text = words(item.runs)
        if not text:
            return ""
        if self.width:
            return self._wrapped(text, "   " * item.depth + f" {item.number or '-'} ")
        return "\t" * item.depth + f"{item.number or ('o' if item.depth else '•')}\t{text}"

    def _heading(self, text: str) -> str:
        return f"\n{text}\n{'-' * len(text)}" if self.width else f"\n{text}\n"

    def _wrapped(self, text: str, first: str = "") -> str:
        if not self.width:
            return text
        lines = text.split("\n")
        return "\n".join(
            textwrap.fill(
                line,
                self.width,
                initial_indent=first,
                subsequent_indent=" " * len(first),
                break_on_hyphens=False,
                break_long_words=False,
            )
            for line in lines
        )

    def _row(self, row: Any) -> str:
        if not self.width:
            return "\t".join("\n".join(words(line) for line in cell.lines) for cell in row)
        return "  ".join(" ".join(words(line) for line in cell.lines) for cell in row).rstrip()


class Markdown:
    """Markdown with pipe tables; a merged cell's text stands in its first place."""

    def __init__(self, source: Source, pictures: str = "") -> None:
        self.source = source
        self.pictures = pictures

    def text(self) -> str:
        parts = [part for part in map(self._block, self.source.blocks) if part]
        joined = ""
        for before, part in zip(["", *parts], parts, strict=False):
            joined += ("\n" if _is_item(before) and _is_item(part) else "\n\n" if joined else "") + part
        notes = "".join(f"\n\n[^{key}]: {self._inline(runs)}" for key, runs in self.source.notes.items())
        return joined + notes + "\n"

    def _block(self, block: Any) -> str:
        match block:
            case Heading(level=level, number=number, runs=runs):
                text = f"{'#' * level} {number} {self._inline(runs)}".replace("  ", " ")
            case Paragraph(runs=runs):
                text = self._inline(runs)
            case Item(depth=depth, number=number, runs=runs):
                text = f"{'   ' * depth}{number or '-'} {self._inline(runs)}" if words(runs) else ""
            case Table():
                text = self._table(block)
            case Box(blocks=blocks):
                text = "\n\n".join(part for part in map(self._block, blocks) if part)
            case Contents(entries=entries):
                text = "\n".join(f"- {entry} {page}" for entry, page in entries)
            case Picture(file=file):
                text = f"![]({self.pictures}{file})"
            case PageBreak() | Columns():
                text = ""
            case _:
                raise TypeError(block)
        return text

    def _table(self, table: Table) -> str:
        rows = [[" ".join(self._inline(line) for line in cell.lines) for cell in row] for row in table.rows]
        if not table.heads:
            rows.insert(0, ["" for _ in rows[0]])
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * len(rows[0]))
        return "\n".join(lines)

    def _inline(self, runs: Iterable[Run]) -> str:
        return "".join(self._run(run) for run in runs if run.change != "del").strip()

    def _run(self, run: Run) -> str:
        if run.note:
            return f"[^{run.note}]"
        text = run.text.replace("<", "\\<").replace("\n", "  \n")
        if run.address:
            return f"[{text}]({run.address})"
        mark = "**" if run.bold else "*" if run.italic else ""
        core = text.strip()
        return text.replace(core, f"{mark}{core}{mark}") if core else text


def _is_item(text: str) -> bool:
    head = text.lstrip().split(" ", 1)[0]
    return head == "-" or (len(head) <= 3 and head[-1:] in {".", ")"} and head[:-1].isalnum())
