"""Reads a file as the command does, and shows a document in short."""

from __future__ import annotations

from pathlib import Path

from checker.documents.assemble import assemble
from checker.documents.loaders import BUILT_IN
from checker.documents.model import Block, BlockKind, Document
from checker.documents.text import draft_of


def read(path: Path) -> Document:
    """Reads a file with the loader for its ending."""
    loader = next(loader for loader in BUILT_IN if path.suffix.lower() in loader.suffixes)
    return assemble(loader.load(path), path.name)


def read_text(text: str) -> Document:
    """Reads plain text."""
    return assemble(draft_of(text), "policy.txt")


def shape(document: Document) -> list[tuple[str, ...]]:
    """Returns what a reader sees of each block: its kind, number or depth, section and words."""
    return [_seen(document, block) for block in document.blocks if block.kind is not BlockKind.RUNNING]


def of_kind(document: Document, kind: BlockKind) -> list[str]:
    """Returns the texts of the blocks of one kind."""
    return [block.text for block in document.blocks if block.kind is kind]


def headings(document: Document) -> list[tuple[str, str]]:
    """Returns number and title of each heading."""
    return [(block.marker, block.text) for block in document.blocks if block.kind is BlockKind.HEADING]


def items(document: Document) -> list[tuple[int, str, str]]:
    """Returns depth, marker and text of each list item."""
    return [(block.level, block.marker, block.text) for block in document.blocks if block.kind is BlockKind.LIST_ITEM]


def rows(document: Document) -> list[list[str]]:
    """Returns the cells of all rows."""
    return [[cell.text for cell in block.cells] for block in document.blocks if block.kind is BlockKind.ROW]


def _seen(document: Document, block: Block) -> tuple[str, ...]:
    section = document.sections[block.section].label
    if block.kind is BlockKind.ROW:
        return (block.kind.value, section, *[cell.text for cell in block.cells])
    number = block.marker if any(character.isalnum() for character in block.marker) else ""
    depth = str(block.level) if block.kind in {BlockKind.HEADING, BlockKind.LIST_ITEM} else ""
    return (block.kind.value, section, depth, number, block.text)
