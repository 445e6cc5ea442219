"""Fields: labels with their values, as on the front page of a policy.

They stand as rows of a table ("Approved by | Full Governing Board"), as columns with a heading, as lines
("Approved by: …", two in one line), as a label with its value on the next line, or as several labels followed by as
many values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from checker.documents.model import Block, BlockKind, Cell, Document, Reading
from checker.findings import Passage
from checker.reading.english import english
from checker.reading.words import cut

LONGEST_LABEL = 11
LONGEST_STOPPED = 4  # words of a label with a full stop, "Date of approval."
LONGEST_VALUE = 24
SHORTEST_SENTENCE = 5
FARTHEST_LABEL = 80  # characters before a separator, more than a pair may have there: no label begins farther off
_SEPARATOR = re.compile(r":|(?<=\s)–\s")
_PAIR = re.compile(r"(?P<label>[^:|\d\W](?:[^:|.;]|\.(?=\w)){1,70}?)\s*(?::|\s–\s)\s*")


@dataclass(frozen=True, slots=True)
class Field:
    """A label and its value.

    Attributes:
        label: The label's words, without a colon.
        value: The value's words; empty where the place for it is blank.
        passage: Label and value where they stand together, else the value, else the label.
        block: The block that the label stands in.
    """

    label: str
    value: str
    passage: Passage
    block: Block


def read_fields(document: Document, is_label: Callable[[str], bool]) -> list[Field]:
    """Returns the fields whose labels are of a kind, in reading order.

    Args:
        document: The document.
        is_label: Whether some words are a label that the caller knows.
    """
    return list(_Finder(document, is_label).fields())


class _Finder:
    def __init__(self, document: Document, is_label: Callable[[str], bool]) -> None:
        self._document = document
        self._is_label = is_label
        self._blocks = [
            block
            for block in document.blocks
            if block.kind not in {BlockKind.CONTENTS, BlockKind.PICTURE, BlockKind.RUNNING}
        ]

    def fields(self) -> Iterator[Field]:
        skip_to = 0
        for at, block in enumerate(self._blocks):
            if at < skip_to:
                continue
            if block.kind is BlockKind.ROW:
                yield from self._in_row(block, self._blocks[at + 1] if at + 1 < len(self._blocks) else None)
            elif self._is_bare_label(block.text):
                found, skip_to = self._stacked(at)
                yield from found
            else:
                yield from self._in_line(block)

    def _is_bare_label(self, text: str) -> bool:
        bare = text.rstrip(" :–-")
        if ":" in bare or not 0 < len(bare.split(maxsplit=LONGEST_LABEL)) <= LONGEST_LABEL:
            return False
        return self._is_label(bare)

    def _in_row(self, row: Block, below: Block | None) -> Iterator[Field]:
        cells = row.cells
        table = self._document.tables[row.table] if row.table is not None else None
        header = table.rows[: table.header_rows] if table else ()
        if any(row is heading for heading in header):
            if table and (len(table.rows) == len(header) or self._is_pair_after_all(cells)):
                yield from self._pairs_of_cells(row, cells)
                return
            for paragraph in (paragraph for cell in cells for paragraph in cell.paragraphs):
                if _holds_a_pair(paragraph.text):
                    yield from self._in_reading(paragraph, row)
            return
        same_table = below is not None and below.table == row.table
        if below and same_table and (labels := self._heading_labels(cells, below.cells)):
            yield from (self._field(label.text, given.text, below, given) for label, given in labels)
            return
        paired = list(self._pairs_of_cells(row, cells))
        yield from paired
        for heading in header if not paired else ():
            if self._is_pair_after_all(heading.cells):
                continue
            for label in heading.cells:
                if self._is_bare_label(label.text):
                    value = next((cell for cell in cells if cell.column == label.column), None)
                    yield self._field(label.text, value.text if value else "", row, value)

    def _heading_labels(self, cells: Sequence[Cell], below: Sequence[Cell]) -> list[tuple[Cell, Cell]]:
        """Returns labels side by side, up to the end of a row that the format shows as no heading, with what is below."""
        first = next((at for at, cell in enumerate(cells) if self._is_bare_label(cell.text)), len(cells))
        labels = [cell for cell in cells[first:] if self._is_bare_label(cell.text)]
        values = {cell.column: cell for cell in below if cell.text and not self._is_bare_label(cell.text)}
        pairs = [(label, values[label.column]) for label in labels if label.column in values]
        return pairs if len(pairs) == len(cells) - first > 1 else []

    def _is_pair_after_all(self, cells: Sequence[Cell]) -> bool:
        """Whether a row that passes for a heading is a label with its value: by its colon, or as it has but two cells.

        Or it is several of them: "Agreed by | Governors | Date | 2 October 2025".
        """
        if len(cells) < 2 or not self._is_bare_label(cells[0].text) or self._is_bare_label(cells[1].text):
            return False
        if cells[0].text.rstrip().endswith(":") or len(cells) == 2:
            return True
        labels, values = cells[::2], cells[1::2]
        paired = len(labels) == len(values) and all(self._is_bare_label(cell.text) for cell in labels)
        return paired and all(cell.text and not self._is_bare_label(cell.text) for cell in values)

    def _pairs_of_cells(self, row: Block, cells: Sequence[Cell]) -> Iterator[Field]:
        at = 0
        while at < len(cells):
            cell = cells[at]
            lines = self._side_by_side(cell, cells[at + 1]) if at + 1 < len(cells) else []
            if lines:
                yield from (self._of_readings(label, value, row) for label, value in lines)
                at += 2
                continue
            if self._is_bare_label(cell.text):
                if at + 2 < len(cells) and not cells[at + 1].text and not self._is_bare_label(cells[at + 2].text):
                    at += 1  # a column between label and value that holds nothing
                value = cells[at + 1] if at + 1 < len(cells) else None
                if value is not None and self._is_bare_label(value.text):
                    at += 1
                    continue
                yield self._field(cell.text, value.text if value else "", row, value, label_cell=cell)
                at += 2
                continue
            for paragraph in cell.paragraphs:
                yield from self._in_reading(paragraph, row)
            at += 1

    def _side_by_side(self, labels: Cell, values: Cell) -> list[tuple[Reading, Reading]]:
        """Returns several labels in one cell with as many values in the next one, line by line."""
        if len(labels.paragraphs) < 2 or len(labels.paragraphs) != len(values.paragraphs):
            return []
        if not all(self._is_bare_label(label.text) for label in labels.paragraphs):
            return []
        return list(zip(labels.paragraphs, values.paragraphs, strict=True))

    def _of_readings(self, label: Reading, value: Reading, row: Block) -> Field:
        return Field(label.text.rstrip(" :"), value.text, self._document.passage(value.start, value.end), row)

    def _field(self, label: str, value: str, row: Block, cell: Cell | None, label_cell: Cell | None = None) -> Field:
        readings = [reading for part in (label_cell, cell) if part for reading in part.paragraphs]
        start = min((reading.start for reading in readings), default=row.reading.start)
        end = max((reading.end for reading in readings), default=row.reading.end)
        return Field(label.rstrip(" :"), value.strip(), self._document.passage(start, end), row)

    def _in_line(self, block: Block) -> Iterator[Field]:
        yield from self._in_reading(block.reading, block)

    def _in_reading(self, reading: Reading, block: Block) -> Iterator[Field]:
        """Finds ``Label: value`` pairs in a line; a line may hold several."""
        text = reading.text
        separators = list(_SEPARATOR.finditer(text)) if ":" in text or "–" in text else []
        label, _, value = text.partition(". ")
        if (
            len(label.split(maxsplit=LONGEST_STOPPED)) <= LONGEST_STOPPED
            and 0 < len(value.split(maxsplit=LONGEST_VALUE)) <= LONGEST_VALUE
            and not _PAIR.match(value)
            and self._is_bare_label(label)
            and english().be.isdisjoint(cut(label).forms)
        ):
            yield Field(label, value, self._document.passage(*reading.span(0, len(text))), block)
            return
        if not separators:
            return
        begin = max(0, separators[0].start() - FARTHEST_LABEL)
        end_of_last = len(text) - len(text[separators[-1].end() :].lstrip())
        marks = [mark for mark in _PAIR.finditer(text, begin, end_of_last) if self._label_in(mark.group("label"))]
        for index, mark in enumerate(marks):
            end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
            label = self._label_in(mark.group("label"))
            if index + 1 < len(marks):
                words = self._label_in(marks[index + 1].group("label"))
                end = marks[index + 1].end("label") - len(words)
            value = text[mark.end() : end].strip()
            if len(value.split()) <= LONGEST_VALUE:
                start = mark.end("label") - len(label)
                yield Field(label, value, self._document.passage(*reading.span(start, max(end, mark.end()))), block)

    def _label_in(self, words: str) -> str:
        """Returns the longest tail of some words that is a label: "Full Governors Date" ends in the label "Date"."""
        parts = words.split()
        for start in range(max(0, len(parts) - LONGEST_LABEL), len(parts)):
            tail = " ".join(parts[start:])
            if self._is_label(tail):
                return tail
        return ""

    def _stacked(self, at: int) -> tuple[list[Field], int]:
        """Reads one or more bare labels and the values below them; returns the fields and where to go on."""
        end = at
        while (
            end < len(self._blocks)
            and self._is_bare_label(self._blocks[end].text)
            and self._blocks[end].kind is not BlockKind.ROW
        ):
            end += 1
        labels = self._blocks[at:end]
        values: list[Block] = []
        for block in self._blocks[end : end + len(labels)]:
            if block.kind is BlockKind.ROW or len(block.text.split()) > LONGEST_VALUE or self._has_label(block.text):
                break
            if block.kind is BlockKind.HEADING and (block.marker or len(labels) == 1):
                break
            if not labels[0].text.rstrip().endswith(":") and _is_sentence(block.text):
                break
            values.append(block)
        if len(values) < len(labels):
            values = values[: len(labels) if len(labels) == 1 else 0]
        fields = []
        for index, label in enumerate(labels):
            value = values[index] if index < len(values) else None
            reading = label.reading
            end_of = value.reading.end if value is not None and len(labels) == 1 else reading.end
            passage = self._document.passage(reading.start, end_of)
            if value is not None and len(labels) > 1:
                passage = self._document.passage(value.reading.start, value.reading.end)
            fields.append(Field(label.text.rstrip(" :–-"), value.text if value else "", passage, label))
        return fields, end + len(values)

    def _has_label(self, text: str) -> bool:
        return any(self._label_in(mark.group("label")) for mark in _PAIR.finditer(text))


def _holds_a_pair(text: str) -> bool:
    """Whether a cell has a label and its value, so that its row heads nothing: "Adopted: 12 May"."""
    label, colon, value = text.partition(":")
    return bool(label.strip() and colon and value.strip())


def _is_sentence(text: str) -> bool:
    """Whether a line is running text rather than a value: it is long, or ends as a sentence does."""
    return len(text.split()) > LONGEST_LABEL or (text.endswith(".") and len(text.split()) > SHORTEST_SENTENCE)
