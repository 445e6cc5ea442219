"""References of a policy to its own parts, and the numbers of these: does each lead somewhere, does each stand once?

A careful reader looks up each "see section 7" and "Appendix B". Sections of an Act, paragraphs of guidance and appendices
of another policy are not looked up; nor are gaps in the numbering, or a reference to the wrong but existing section, faults.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from checker.documents.model import Block, BlockKind, Document
from checker.facts import reader
from checker.findings import Passage
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.recognise.references import Reference, ReferenceKind, references
from checker.recognise.spans import has_digit
from england_attendance.policy.document.legislation import known_titles
from england_attendance.policy.document.version_history import history

FEWEST_NUMBERED = 2
FEWEST_LETTERED = 3
LONGEST_ROW = 60
LONGEST_TITLE = 9
PARTS = {ReferenceKind.SECTION, ReferenceKind.PARAGRAPH, ReferenceKind.PART, ReferenceKind.CHAPTER}
APPENDICES = {ReferenceKind.APPENDIX, ReferenceKind.ANNEX}
LOOKED_UP = PARTS | APPENDICES | {ReferenceKind.SCHEDULE}
_APPENDIX = re.compile(
    r"^(?:appendix|appendices|annexe?|annexes|schedule)[ :.–-]{0,3}(?P<name>[A-Z0-9]{1,2}|one|two|three|four|five|six)?(?!\w)",
    re.IGNORECASE,
)
# "Annex A: letter. Annex B: risk assessment.", "Part 1 (parent):": what names a part is no reference to one.
_NAMED_HERE = re.compile(
    r"(?:^|[.:;] )(?P<label>(?:Appendix|Annexe?|Schedule|Part|Section) [A-Z0-9]{1,2})(?: ?\([^()]{1,30}\))?(?=:| [–-] )"
)
_TITLED = re.compile(r"(?:Appendix|Annexe?|Schedule) [A-Z0-9]{1,2}(?:[:.]? | [–-] )[A-Z]")
_SPOKEN_OF = re.compile(r"\w+ [A-Z0-9]{1,2} [a-z]")  # "Appendix C holds the form.": a sentence, no title
_COUNTED = re.compile(r"(?<![\w])(?P<kind>[Tt]able|[Ff]igure|[Ff]orm|[Dd]iagram) (?P<number>[A-Z]?\d{1,2})(?![\w.]*\d)")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_SHORT_NAME = re.compile(r"[A-Z]{3,6}")  # of a work: "KCSIE"
_NUMBERED_LINE = re.compile(r"(?P<number>\d{1,2}) (?=[A-Z][a-z])")
_IN_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}


@dataclass(frozen=True)
class CrossReferences:
    """The references of a document to its own parts, and the numbers of these.

    Attributes:
        to_nowhere: References to a number that nothing has, in the policy's words.
        doubled: Numbers that stand at two headings, clauses or appendices.
    """

    to_nowhere: tuple[tuple[str, Passage], ...] = ()
    doubled: tuple[tuple[str, tuple[Passage, ...]], ...] = ()


@reader
def cross_references(document: Document, statements: Statements) -> CrossReferences:
    """Reads the references to the document's own parts, and which of them lead nowhere."""
    parts = _Parts(document)
    told_of = frozenset(map(id, history(document)))
    nowhere = {
        words: passage
        for statement in statements
        if id(statement.block) not in told_of and not (statement.row and len(statement.own.split()) > LONGEST_ROW)
        for words, passage in _to_nowhere(statements, statement, parts)
    }
    return CrossReferences(tuple(nowhere.items()), tuple(_doubled(document)))


@dataclass(frozen=True)
class _Parts:
    """The numbers and letters that the parts of a document have."""

    document: Document

    @cached_property
    def numbers(self) -> set[str]:
        """The numbers of all headings, clauses and numbered items: ``4.2`` and ``4`` of ``4.2``."""
        found: set[str] = set()
        markers = [section.number for section in self.document.sections] + [
            block.marker for block in self.document.blocks if block.kind in {BlockKind.LIST_ITEM, BlockKind.PARAGRAPH}
        ]
        for marker in markers:
            number = marker.strip(" .():").upper().removeprefix("SECTION ").removeprefix("PART ").strip()
            found.add(number)
            found.add(number.split(".")[0])
        return found

    @cached_property
    def numbered(self) -> bool:
        """Whether the document numbers its parts, so that a reference can be looked up."""
        return sum(number[:1].isdigit() for number in self.numbers) >= FEWEST_NUMBERED

    @cached_property
    def lettered(self) -> bool:
        """Whether headings go by Roman numerals, or by letters, so that such a reference can be looked up."""
        names = {
            section.number.rsplit(maxsplit=1)[-1].strip(".():") for section in self.document.sections if section.number
        }
        roman = {name for name in names if _ROMAN.fullmatch(name)}
        letters = {name for name in names if len(name) == 1 and name.isalpha()}
        called = [section.number.lower().startswith(("part ", "section ")) for section in self.document.sections]
        if sum(called) >= FEWEST_NUMBERED and len(letters) >= FEWEST_NUMBERED:  # "PART A", "PART B"
            return True
        return (len(roman) >= FEWEST_NUMBERED and any(len(name) > 1 for name in roman)) or len(
            letters
        ) >= FEWEST_LETTERED

    @cached_property
    def appendices(self) -> set[str]:
        """The names of the appendices; one without a name is ``""``."""
        return set(_appendix_names(self._lines))

    @cached_property
    def schedules(self) -> set[str]:
        """The names of the schedules that have a heading of their own; most that a policy names are those of an Act."""
        labels = (section.label for section in self.document.sections)
        return set(_appendix_names(label for label in labels if label.lower().startswith("schedule")))

    @cached_property
    def tables(self) -> set[str]:
        """The tables, figures and forms that have a number, such as ``table 4``."""
        return {f"{match['kind'].lower()} {match['number']}" for line in self._lines if (match := _COUNTED.match(line))}

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        """The headings, and the short lines and first cells that may stand for one."""
        return (*(section.label for section in self.document.sections), *self._short_lines())

    def _short_lines(self) -> Iterator[str]:
        for block in self.document.blocks:
            if block.kind in {BlockKind.PARAGRAPH, BlockKind.ROW, BlockKind.LIST_ITEM, BlockKind.HEADING}:
                text = f"{block.marker} {block.text}".strip()
                short = len(text.split()) <= LONGEST_TITLE and not _SPOKEN_OF.match(text)
                if not text.endswith((".", ",")) or short or _TITLED.match(text):
                    yield text
                yield from (match["label"] for match in _NAMED_HERE.finditer(text))

    def holds(self, found: Reference) -> bool:
        """Whether a reference leads to something in the document, or cannot be looked up."""
        number = found.number.upper().partition("(")[0]
        if found.kind is ReferenceKind.SCHEDULE:
            return self.schedules <= {""} or not {number, _as_other(number)}.isdisjoint(self.schedules)
        if found.kind in APPENDICES:
            if self.appendices == {""} or not {number, _as_other(number)}.isdisjoint(self.appendices):
                return True
            return ("" in self.appendices and number in self.numbers) or not (self.appendices or self.numbered)
        if number.isalpha():
            return not self.lettered or not {number, _in_figures(number)}.isdisjoint(self.numbers)
        return not self.numbered or number in self.numbers


def _appendix_names(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        match = _APPENDIX.match(line)
        if match:
            name = (match["name"] or "").lower()
            yield _IN_WORDS.get(name, name).upper()


def _to_nowhere(statements: Statements, statement: Statement, parts: _Parts) -> Iterator[tuple[str, Passage]]:
    text = statement.own
    if (text[1:].islower() and not has_digit(text[1:])) or _stands_beside_a_work(statement):
        return
    if any(_is_lost(found, parts) for found in references(text)):
        here = {match.start("label") for match in _NAMED_HERE.finditer(text)}
        for found in references(text, titles=known_titles().find(text)):
            if found.start not in here and _is_lost(found, parts):
                yield found.written(text), statements.passage(statement)
    for match in _COUNTED.finditer(text) if parts.tables else ():
        kind = match["kind"].lower()
        known = {name for name in parts.tables if name.startswith(kind)}
        if known and f"{kind} {match['number']}" not in known:
            yield match.group(), statements.passage(statement)


def _stands_beside_a_work(statement: Statement) -> bool:
    """Whether a cell stands in the row of another work, so that its numbers are of that: "KCSIE | Part 2"."""
    cells = statement.block.cells
    if not cells or statement.row:
        return False
    label = cells[0].text
    return _SHORT_NAME.fullmatch(label) is not None or bool(known_titles().find(label))


def _is_lost(found: Reference, parts: _Parts) -> bool:
    return not found.foreign and found.kind in LOOKED_UP and not parts.holds(found)


def _as_other(number: str) -> str:
    """Returns a number as another school would write it: 2 for B, B for 2."""
    if number.isdecimal() and 1 <= int(number) <= 26:
        return chr(ord("A") + int(number) - 1)
    return str(ord(number) - ord("A") + 1) if len(number) == 1 and number.isalpha() else number


def _in_figures(number: str) -> str:
    """Returns a Roman numeral in figures; anything else as it is."""
    if not _ROMAN.fullmatch(number):
        return number
    values = [_ROMAN_VALUES[letter] for letter in number]
    return str(sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True)))


def _doubled(document: Document) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    """Yields the numbers that two headings, clauses or appendices have; inside an appendix they may count afresh."""
    found: defaultdict[tuple[str, str], list[Block]] = defaultdict(list)
    for block in document.blocks:
        number = block.marker.strip(" .:")
        if block.kind is BlockKind.HEADING and _APPENDIX.match(number):
            found["", number.lower()].append(block)
        elif number[:1].isdigit() and _is_part(block, number) and not _in_appendix(document, block):
            found[_part_of(document, block), number].append(block)
        elif (
            block.kind is BlockKind.PARAGRAPH
            and (caption := _COUNTED.match(block.text))
            and _is_caption(block, caption)
        ):
            found["", f"{caption['kind'].lower()} {caption['number']}"].append(block)
    for number, block in _lone_items(document):
        found[_part_of(document, block), number].append(block)
    for (_, number), blocks in found.items():
        texts = {block.text.lower() for block in blocks}
        depths = {block.level for block in blocks if block.kind is BlockKind.HEADING}
        if len(blocks) > 1 and len(texts) > 1 and (not number.isdigit() or len(depths) == 1):
            name = number.capitalize() if number[0].isalpha() else f"The number {number}"
            yield name, tuple(document.passage(block.reading.start, block.reading.end) for block in blocks)


def _lone_items(document: Document) -> Iterator[tuple[str, Block]]:
    """Yields numbered lines that stand alone and repeat the number of the heading above: headings by their look."""
    blocks = [block for block in document.blocks if block.kind is not BlockKind.RUNNING]
    for above, block, below in zip(blocks, blocks[1:], [*blocks[2:], None], strict=False):
        line = _NUMBERED_LINE.match(block.text) if block.kind is BlockKind.PARAGRAPH and not block.marker else None
        listed = BlockKind.LIST_ITEM in {above.kind, below.kind if below else None}
        if line is None and (block.kind is not BlockKind.LIST_ITEM or listed):
            continue
        short = len(block.text.split()) <= LONGEST_TITLE and not block.text.endswith((".", ";", ",", ":"))
        number = line["number"] if line else block.marker.strip(" .:")
        if short and number.isdigit() and number == document.sections[block.section].number.strip(" .:"):
            yield number, block


def _is_caption(block: Block, match: re.Match[str]) -> bool:
    """Whether a line is the caption of a table or figure, not a sentence that speaks of one."""
    behind = block.text[match.end() : match.end() + 2].strip()
    return behind[:1] in {"", ":", ".", "–", "-"} and len(block.text.split()) <= LONGEST_TITLE


def _is_part(block: Block, number: str) -> bool:
    return block.kind is BlockKind.HEADING or (block.kind is BlockKind.PARAGRAPH and "." in number)


def _in_appendix(document: Document, block: Block) -> bool:
    return any(_APPENDIX.match(section.label) for section in document.path_to(block.section))


def _part_of(document: Document, block: Block) -> str:
    """Returns the part that a block stands in, where parts with letters or names of their own hold the sections."""
    above = document.path_to(block.section)
    return next((section.label for section in above if section.level == 1 and not section.number[:1].isdigit()), "")
