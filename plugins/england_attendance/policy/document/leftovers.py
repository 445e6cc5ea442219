"""Template text that was left unfilled: brackets, blanks, "TBC", instructions to the author.

Blanks and merge fields are right in a form or a model letter, and so are signature lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from checker.documents.model import Block, BlockKind, Document, Reading
from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.reading.words import cut
from checker.recognise.placeholders import Placeholder, PlaceholderKind, placeholders
from checker.recognise.spans import mentions
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import only_in_what_was_read
from england_attendance.policy.vocabulary import topic

FORM_LINES = 2
SHORT = 14
LETTER = 12
OPENING = 10  # characters: "Dear Mr «Name»"
AROUND = 60
DETAIL = 3  # words before a blank: "direct telephone number: ____"
BLANK_LINES = 3
MOST_SHOWN = 3
_IN_BLANKS = ("[", "yy", "hh:", "__", "_ _", "..", ". .", "…")  # one of these stands in every blank


@dataclass(frozen=True)
class Leftovers:
    """Template text that was left unfilled.

    Attributes:
        found: Where it stands.
        words: The words that were left, each once.
    """

    found: tuple[Passage, ...] = ()
    words: tuple[str, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows where it stands."""
        yield PublishedFact("placeholders", [passage.quote for passage in self.found], self.found)


@reader
def leftovers(document: Document) -> Leftovers:
    """Reads the template text that was left unfilled."""
    forms = _form_sections(document)
    found, left = [], []
    letter = _Letter()
    for block in document.readable_blocks():
        in_form = letter.goes_on(block) or any(index in forms for index in _sections_around(document, block))
        for reading in _readings(block):
            for place in placeholders(reading.text):
                if not (
                    _is_aside(reading, place) or (place.fillable and (in_form or _is_signature(block, reading, place)))
                ):
                    found.append(_passage(document, reading, place))
                    left.append(place.written(reading.text))
    return Leftovers(tuple(found), tuple(dict.fromkeys(left)))


@check("policy.no-placeholders")
def nothing_unfilled(leftovers: Leftovers, gaps: Gaps) -> Outcome:
    """No template text is left unfilled."""
    if leftovers.found:
        count = len(leftovers.found)
        what = "Template text is" if count == 1 else f"Template text is in {count} places"
        shown = ", ".join(f"“{words}”" for words in leftovers.words[:MOST_SHOWN])
        more = " and more" if len(leftovers.words) > MOST_SHOWN else ""
        return failed(Fault(f"{what} left unfilled: {shown}{more}.", None, leftovers.found))
    return only_in_what_was_read(passed("No unfilled template text was found."), gaps)


def _form_sections(document: Document) -> set[int]:
    """Returns the sections that are a form or a letter.

    A heading says so, or lines that only such things have do ("Dear …", "Signed"), or three or more lines that are
    little but a blank, none of which the school was to fill in.
    """
    words = topic("document/leftovers")
    lines: Counter[int] = Counter()
    blanks: Counter[int] = Counter()
    for block in document.blocks:
        short, to_fill_in = len(block.text.split()) <= SHORT, _is_to_fill_in(block)
        forms = cut(block.text[:120]).forms if short or to_fill_in else ()
        place = words["form-line"].first(forms) if short else None
        if place is not None and place[0] <= 1:
            lines[block.section] += 1
        if to_fill_in:
            of_school = words["school-matter"].first(forms) and not words["signature"].first(forms)
            blanks[block.section] += -len(document.blocks) if of_school else 1
    return {
        index
        for index, section in enumerate(document.sections)
        if (section.level and (lines[index] >= FORM_LINES or blanks[index] >= BLANK_LINES))
        or _is_headed_as_form(document, index, lines[index] + max(blanks[index], 0))
    }


class _Letter:
    """A model letter among other text: from "Dear «Parent name»" for some lines of the same section.

    A policy that is itself a letter opens with "Dear parents", and what it leaves blank was to be filled in.
    """

    def __init__(self) -> None:
        self._section, self._lines = -1, 0

    def goes_on(self, block: Block) -> bool:
        """Whether a block, the next one, is of the letter."""
        if cut(block.text[:SHORT]).forms[:1] == ("dear",) and any(
            place.start <= OPENING for place in placeholders(block.text)
        ):
            self._section, self._lines = block.section, LETTER
        self._lines -= 1
        return self._lines >= 0 and block.section == self._section


def _is_headed_as_form(document: Document, index: int, lines: int) -> bool:
    """Whether a heading names a form or a letter, which stands in an appendix or has a line of one.

    What the body of a policy says about letters is no letter.
    """
    words, title = topic("document/leftovers"), cut(document.sections[index].title).forms
    above = [section.label for section in document.path_to(index)]
    apart = any(words["apart"].first(cut(label).forms) is not None for label in above)
    if words["form-part"].first(title) is not None:
        return apart or lines > 0 or bool(words["part"].first(cut(document.sections[index].label).forms))
    if words["form"].first(title) is not None:
        return apart or lines > 0 or any(form.isdigit() or len(form) == 1 for form in title)
    return words["may-be-form"].first(title) is not None and (apart or lines > 0)


def _is_to_fill_in(block: Block) -> bool:
    """Whether a line or row is a few words, or none, and a blank."""
    if not mentions(block.text, _IN_BLANKS):
        return False
    found = [place for place in placeholders(block.text) if place.kind is PlaceholderKind.BLANK]
    if not found:
        return False
    rest = block.text
    for place in reversed(found):
        rest = rest[: place.start] + rest[place.end :]
    return len(rest.split()) <= SHORT and not rest.rstrip().endswith(".")


def _sections_around(document: Document, block: Block) -> Iterator[int]:
    index: int | None = block.section
    while index is not None:
        yield index
        index = document.sections[index].parent


def _readings(block: Block) -> Iterator[Reading]:
    if block.kind is BlockKind.ROW:
        yield from (paragraph for cell in block.cells for paragraph in cell.paragraphs)
    else:
        yield block.reading


def _is_signature(block: Block, reading: Reading, place: Placeholder) -> bool:
    """Whether it is a blank to sign on, or to fill in as a script is spoken, or a field of a letter."""
    if place.kind in {
        PlaceholderKind.MERGEFIELD,
        PlaceholderKind.BRACKET,
    }:  # of a letter that is quoted: "Dear «parent», …"
        return "dear" in cut(reading.text[: place.start]).forms
    if place.kind is not PlaceholderKind.BLANK:
        return False
    if '"' in reading.text[: place.start] and '"' in reading.text[place.end :]:
        return True
    words = topic("document/leftovers")
    text = block.text if len(block.text.split()) <= 2 * SHORT else reading.text
    before = f"{_cells_before(block, reading)} {reading.text[: place.start]}" if place.start else text
    # "Approved by … Date …" was to be filled in; that the sentence beside a signature tells of an approval is right
    near = text if block.cells or not place.start else before.rpartition(". ")[2]
    forms = cut(before).forms
    if words["detail"].first(forms[-DETAIL:]) is not None and words["signed"].first(forms) is None:
        return False
    return words["signature"].first(forms) is not None and "approved" not in near.lower()


def _cells_before(block: Block, reading: Reading) -> str:
    """Returns the text of the cells of a short row before one of its paragraphs."""
    paragraphs = [paragraph for cell in block.cells for paragraph in cell.paragraphs]
    short = reading in paragraphs and len(block.text.split()) <= 2 * SHORT
    return " | ".join(one.text for one in paragraphs[: paragraphs.index(reading)]) if short else ""


def _is_aside(reading: Reading, place: Placeholder) -> bool:
    """Whether brackets hold an aside, or the abbreviation of the words before them."""
    if place.kind is not PlaceholderKind.BRACKET:
        return False
    words, inside = topic("document/leftovers"), reading.text[place.start + 1 : place.end - 1]
    forms = cut(inside).forms
    before = cut(reading.text[: place.start]).forms
    if inside.isalpha() and inside[-1].isupper() and len(inside) > 1:
        return "".join(form[0] for form in before[-len(inside) :]) == inside.lower()
    if words["gloss"].first(forms[:1]) is not None and words["pronoun"].first(before[-1:]) is not None:
        return True
    first = words["aside"].first(forms[:1])
    return first is not None and len(forms) > 1 and words["told"].first(forms) is None


def _passage(document: Document, reading: Reading, place: Placeholder) -> Passage:
    """Returns the placeholder with a few words around it: its line where that is short."""
    text = reading.text
    if len(text) <= 3 * AROUND:
        return document.passage(reading.start, reading.end)
    start = text.rfind(" ", 0, max(0, place.start - AROUND)) + 1
    end = text.find(" ", min(len(text) - 1, place.end + AROUND))
    return document.passage(*reading.span(start, len(text) if end < 0 else end))
