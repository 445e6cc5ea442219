"""Cuts a document into statements: sentences, list items and rows, each with what leads to it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.documents.model import Block, BlockKind, Document, Reading, Table
from checker.reading.english import english
from checker.reading.leaning import (
    LONGEST_SIGN,
    LONGEST_SUBJECT,
    asks_further,
    asks_on,
    has_no_subject,
    is_left_open,
    is_yes_or_no,
    leans_back,
    names_this_text,
    says_what_of,
)
from checker.reading.sentences import sentence_spans
from checker.reading.statement import STOPS, Statement
from checker.reading.statements import Statements
from checker.reading.words import cut, cut_part
from checker.recognise.placeholders import PlaceholderKind, placeholders
from checker.recognise.spans import has_digit
from checker.recognise.times import times

LONGEST_LABEL = 14
LONGEST_ROW = 90
LONGEST_CAPTION = 18
MOST_LEADS = 9  # the levels that Word has
LONGEST_BEFORE = 45
LONGEST_LEANING = 6  # words: "These are some of the things that we do:" says enough by itself
_SIGN = re.compile(r"^(?:Q|A|Question|Answer|Reply)[:.)] (?=.)")  # of a question or of its answer
_OF_DEGREE = frozenset(["Only", "Never", "Always", "Not"])  # "Medical evidence. Only where there is doubt."
_UNTIL = ("Until ", "Unless ")
LEADING = (
    ":",
    " to",
    " will",
    " must",
    " should",
    " include",
    " including",
    " includes",
    " by",
    " when",
    " where",
    " are",
)
OPEN = ("…", "...", " will", " must", " should", " shall", " to", " please")  # headings with which cells go on


def read_statements(document: Document, as_at: dt.date | None = None) -> Statements:
    """Returns the statements of a document in reading order, as they are to be understood on some day."""
    return Statements(document, list(_Splitter(document, as_at).statements()))


class _Lead(NamedTuple):
    """A line that leads to what follows it: its depth, its words and where it stands; a heading is shown anyway."""

    level: int
    words: str
    place: tuple[int, int] | None


class _Splitter:
    """Goes through the blocks, remembering what leads to a list."""

    def __init__(self, document: Document, as_at: dt.date | None) -> None:
        self._document = document
        self._as_at = as_at
        self._count = 0
        self._group = 0
        self._caption = ""
        self._question = ""  # the last sentence of a paragraph that asks: what follows answers it
        self._asked = ""  # the last question that leans on none before it
        self._clause = ""  # the last sentence of the item before, where nothing leads to the list
        self._item_above: Block | None = None  # the item before, whatever it ends with: deeper ones belong to it
        self._goes_on = False  # an item that ends in a colon leads those of its own depth: a list that lost its depths
        self._leads: list[_Lead] = []  # the lines that lead to what follows
        self._led: tuple[int, int] | None = None  # where the last of them stands, while an item below it is read

    def statements(self) -> Iterator[Statement]:
        table: int | None = None
        previous: Block | None = None
        for block in self._document.readable_blocks():
            if _is_for_the_author(block.text):
                continue
            if block.kind is BlockKind.ROW:
                if block.table != table or previous is None or previous.kind is not BlockKind.ROW:
                    self._group += 1
                    self._caption = _caption(previous)
                yield from self._of_row(block)
                table = block.table
            elif block.kind is BlockKind.HEADING:
                self._ask(block.text if block.text.endswith("?") else "")
                leads = block.text.endswith(("?", ":"))
                self._leads = [_Lead(-1, self._question or block.text, None)] if leads else []
                self._group += 1
                if _tells_a_time(block.text):
                    yield self._make(block.reading, 0, len(block.text), "", block)
            elif block.kind is BlockKind.LIST_ITEM or self._is_clause(block):
                yield from self._of_item(block)
            else:
                self._group += 1
                yield from self._of_paragraph(block)
            if block.kind is not BlockKind.LIST_ITEM:
                self._item_above, self._goes_on, self._clause = None, False, ""
            previous = block

    def _make(self, reading: Reading, start: int, end: int, lead: str, block: Block, *, row: bool = False) -> Statement:
        led = self._led if lead else None
        statement = Statement(self._count, reading, start, end, lead, block, self._group, row, self._as_at, led)
        self._count += 1
        return statement

    def _ask(self, question: str) -> None:
        """Remembers what is asked; where it leans on the question before, with that: "How do I apply? And when?"."""
        question = _SIGN.sub("", question, count=1)
        further = question and self._asked and asks_further(question)
        self._question = f"{self._asked} {question}" if further else question
        self._asked = self._asked if further else question

    def _sentences(self, reading: Reading, lead: str, block: Block) -> Iterator[Statement]:
        """Yields the sentences of a reading; an answer, or one that begins with a pronoun, is led by the one before.

        A label leads what says nothing without it: "End of the school day. 3.15pm".
        """
        before, label = self._question or self._clause_before(reading.text, lead), ""
        self._question = ""
        since = 0  # where the sentence begins that all those since have leant on
        for start, end in sentence_spans(reading.text):
            sentence = reading.text[start:end]
            if label and not (has_no_subject(sentence) or sentence.partition(" ")[0] in _OF_DEGREE):
                label = ""
            asked = before.endswith("?")
            leads = asked or (before and leans_back(sentence))
            around = f"{lead} {label}:".strip() if label else lead
            sign = _SIGN.match(sentence) if asked or sentence.endswith("?") else None
            first = start + sign.end() if sign else start
            yield self._make(reading, first, end, f"{before.rstrip('.')}:" if leads else around, block)
            if not start and not asked and says_what_of(sentence, cut_part(reading.text, start, end).forms):
                label = sentence.rstrip(".")
            leans = leads or (before and asks_on(reading.text[first:end]))
            since = since if leans and before in reading.text else first
            if not (asked and is_yes_or_no(sentence)):
                before = _not_too_long(reading.text[since:end]) or _not_too_long(sentence)
        if block.kind is BlockKind.PARAGRAPH and before.endswith("?"):
            self._ask(before)

    def _clause_before(self, text: str, lead: str) -> str:
        """Returns the clause that an item goes on with: "(a) The clerk keeps it. (b) It shall be kept in ink."."""
        if lead or not self._clause:
            return ""
        begins = cut(text[:LONGEST_SUBJECT]).forms
        goes_on = not english().pronouns.isdisjoint(begins[:1])
        return self._clause if goes_on and not names_this_text(begins) else ""

    def _of_paragraph(self, block: Block) -> Iterator[Statement]:
        yield from self._sentences(block.reading, "", block)
        spans = sentence_spans(block.text)
        sentences = [block.text[start:end] for start, end in spans]
        last, first = (sentences[-1].rstrip(" –-"), spans[-1]) if sentences else ("", (0, 0))
        leans = len(last.split()) <= LONGEST_LEANING and leans_back(last)
        if len(sentences) > 1 and leans and len(sentences[-2].split()) <= LONGEST_BEFORE:
            last, first = f"{sentences[-2].rstrip('.')}: {last}", spans[-2]
        leads = last.endswith((*LEADING, "?", ",")) or is_left_open(last)
        self._leads = [_Lead(-1, last, block.reading.span(first[0], spans[-1][1]))] if leads else []

    def _of_item(self, block: Block) -> Iterator[Statement]:
        above = self._item_above
        if above is not None and above.level < block.level and len(above.text.split()) <= LONGEST_LABEL:
            self._lead_with(above)
        self._item_above = block
        self._goes_on = self._goes_on and not block.text.endswith(":") and has_no_subject(block.text)
        while self._leads and self._leads[-1].level >= block.level + self._goes_on:
            self._leads.pop()
        lead = " ".join(f"{one.words.rstrip(' :.,–-')}:" for one in self._leads)
        self._led = self._leads[-1].place if self._leads else None
        yield from self._sentences(block.reading, lead, block)
        self._led = None
        self._clause = "" if lead else _last_sentence(block.text)
        if block.text.rstrip(" –-").endswith(LEADING):
            self._lead_with(block)
            self._goes_on = block.text.endswith(":")

    def _is_clause(self, block: Block) -> bool:
        """Whether a paragraph goes on with the line that leads to it, as clauses do: "2.1 Pupils shall: 2.1.1 be present".

        So does one that says only until when: "Pupils stay on roll: Until we know of a new school".
        """
        if not self._leads or not self._leads[0].words.endswith(":"):
            return False
        return block.text[:1].islower() or (block.text.startswith(_UNTIL) and "," not in block.text)

    def _lead_with(self, item: Block) -> None:
        """Remembers an item that leads to those deeper than it."""
        if len(self._leads) < MOST_LEADS and (not self._leads or self._leads[-1].level < item.level):
            self._leads.append(_Lead(item.level, item.text, item.reading.span(0, len(item.text))))

    def _of_row(self, block: Block) -> Iterator[Statement]:
        """Yields a row as a whole where it is short, and its cells, each led by caption, heading and label.

        Headings say something themselves where all that stands below them is blank, as in a form.
        """
        assert block.table is not None
        table = self._document.tables[block.table]
        headers = table.rows[: table.header_rows]
        caption = self._caption
        if any(block is header for header in headers):
            if not any(cell.text for row in table.rows[table.header_rows :] for cell in row.cells):
                yield self._make(block.reading, 0, len(block.text), _lead(caption), block, row=True)
            return
        if _is_left_blank(table, block):
            return
        if sum(len(cell.text.split()) for cell in block.cells) <= LONGEST_ROW:
            headings = [_short(cell.text) for header in headers for cell in header.cells]
            yield self._make(
                block.reading, 0, len(block.text), _lead(caption, ", ".join(filter(None, headings))), block, row=True
            )
        label = _short(block.cells[0].text) if block.cells and block.cells[0].column == 0 else ""
        if label and table.column_heading(block.cells[0]).endswith(OPEN):
            label = ""  # the first cell goes on with its heading, as the others do: "Parents please … | Pupils will"
        for cell in block.cells:
            heading = table.column_heading(cell)
            is_label = cell is block.cells[0] and bool(label)
            if is_label and len(block.cells) > 1:
                continue
            lead = _lead(caption, heading, "" if cell is block.cells[0] else label)
            for paragraph in cell.paragraphs:
                yield from self._sentences(paragraph, lead, block)


def _is_left_blank(table: Table, row: Block) -> bool:
    """Whether a row is a label without its value, where the others have theirs: "Published on website | "."""
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) != 1 or filled[0] is not row.cells[0] or len(row.cells) == 1:
        return False
    if len(filled[0].text.split()) > LONGEST_SIGN or filled[0].text.endswith(STOPS):
        return False
    body = table.rows[table.header_rows :]
    answered = sum(all(cell.text for cell in other.cells) and len(other.cells) > 1 for other in body)
    return answered * 2 > len(body)


def _tells_a_time(heading: str) -> bool:
    """Whether a heading is a sentence that tells a time: "School starts at 8.50 and finishes at 3.20"."""
    return has_digit(heading) and not heading.endswith(("?", ":")) and bool(times(heading))


def _is_for_the_author(text: str) -> bool:
    """Whether a paragraph is a template's instruction to whoever fills it in, which says nothing to its readers."""
    if not text.startswith("["):
        return False
    whole = [one for one in placeholders(text) if (one.start, one.end) == (0, len(text))]
    return any(one.kind is PlaceholderKind.INSTRUCTION for one in whole)


def _not_too_long(text: str) -> str:
    """Returns some words where they are few enough to lead to others."""
    return text if len(text.split(maxsplit=LONGEST_BEFORE)) <= LONGEST_BEFORE else ""


def _last_sentence(text: str) -> str:
    """Returns the last sentence of a clause that is whole, and not long."""
    start, end = sentence_spans(text)[-1] if text.endswith(".") else (0, 0)
    return text[start:end] if text[start:end].count(" ") < LONGEST_BEFORE else ""


def _lead(*parts: str) -> str:
    joined = " : ".join(part.rstrip(" :.–-") for part in parts if part)
    return f"{joined}:" if joined else ""


def _caption(before: Block | None) -> str:
    """Returns the line above a table where it announces the table; a whole sentence does so only in words."""
    if before is None or before.kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING}:
        return ""
    text = before.text
    if text.startswith("[") and text.endswith("]"):  # a word to whoever fills in the table
        return ""
    if len(text.split()) > LONGEST_CAPTION and text.endswith(":"):
        start, end = sentence_spans(text)[-1]
        text = text[start:end]
    if len(text.split()) > LONGEST_CAPTION:
        return ""
    if text.endswith(".") and english().announces.isdisjoint(cut(text).forms):
        return ""
    return text


def _short(label: str) -> str:
    return label.rstrip(":") if len(label.split()) <= LONGEST_LABEL else ""
