"""What could not be read: pages without text, pictures, and places that announce something and hold nothing.

A place is a heading, or a sentence that announces ("as in the diagram below"), under which stands only a picture, or
nothing. What is asked for may stand in it, so that a missing item is for a person to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from checker.documents.model import Block, BlockKind, Document
from checker.documents.titles import calls_itself
from checker.findings import Outcome, Passage, Verdict, review
from checker.listing import listed
from checker.reading.phrases import Concept
from checker.reading.sentences import sentence_spans
from checker.reading.vocabulary import Vocabulary, vocabulary
from checker.reading.words import Words, cut
from checker.recognise.people import people
from checker.recognise.posts import posts
from checker.yaml_files import load_trusted

# The first part of what is above it, however both stand on the page: "Part I – to be filled in by the parent".
_FIRST_PART = re.compile(r"(?:part|section|step|stage|side) (?:1|i|a|one)\b", re.IGNORECASE)
MOSTLY = 1 / 3
FEWEST_IN_A_ROW = 3
NEAR_END = 4  # words of a sentence that ends in a colon, of which one names a drawing
LONGEST_NAME = 20  # words of an alternative text that only names a drawing
LONGEST_SHOWN = 60  # words of a paragraph that is about what the table behind it shows
PROSE = 9  # words of a paragraph with a full stop that is running text and no part of a drawing


@dataclass(frozen=True, slots=True)
class EmptyPlace:
    """A heading or an announcing sentence with only a picture, or nothing, under it.

    Attributes:
        words: The words of the headings above it and of what announces it.
        passage: The heading or sentence.
        picture: Whether a picture stands there.
        page: The page, where there are pages.
        heading: Whether it is a heading, which announces by standing there.
        form: Whether that heading names a form or a letter, in which no rule stands that a policy lacks.
    """

    words: tuple[Words, ...]
    passage: Passage
    picture: bool
    page: int | None
    heading: bool = False
    form: bool = False


@dataclass(frozen=True)
class Gaps:
    """What could not be read of a document.

    Attributes:
        places: Places that announce something and hold only a picture, or nothing.
        pages: The numbers of pages that carry something but no text that could be read.
        pictures: Pages on which a picture stands that could carry text; ``None`` for formats without pages.
        page_count: How many pages there are.
        damaged: The numbers of the pages that are damaged, or whose fonts do not say which letters they draw.
        lost: Sentences that say that text is missing, nobody knows from which page.
    """

    places: tuple[EmptyPlace, ...] = ()
    pages: tuple[int, ...] = ()
    pictures: tuple[int | None, ...] = ()
    page_count: int = 0
    damaged: tuple[int, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def mostly_unread(self) -> bool:
        """Whether more than a third of the pages hold no text."""
        return bool(self.page_count) and len(self.pages) > self.page_count * MOSTLY

    def place_for(self, subject: Concept) -> EmptyPlace | None:
        """Returns a place that names a subject and holds nothing that can be read."""
        for place in self.places:
            if not place.form and any(subject.first(words.forms) is not None for words in place.words):
                return place
        return None

    @property
    def in_words(self) -> str:
        """Which pages and pictures could not be read, as a sentence; empty where everything was."""
        parts = []
        if self.pages:
            parts.append(f"page{'s' if len(self.pages) > 1 else ''} {listed(self.pages)}")
        shown = sorted({page for page in self.pictures if page is not None} - set(self.pages))
        if shown:
            parts.append(
                f"picture{'s' if len(shown) > 1 else ''} on page{'s' if len(shown) > 1 else ''} {listed(shown)}"
            )
        elif self.pictures and None in self.pictures:
            parts.append(f"{len(self.pictures)} picture{'s' if len(self.pictures) > 1 else ''}")
        return " ".join([f"Could not be read: {' and '.join(parts)}."] * bool(parts) + list(self.lost))


def read_gaps(document: Document) -> Gaps:
    """Returns what could not be read."""
    pictures = [block for block in document.blocks if _is_unread_picture(block)]
    unread = [
        page for page in document.pages if not page.legible or (page.pictures and not _has_text(document, page.number))
    ]
    return Gaps(
        tuple(_empty_places(document)),
        tuple(page.number for page in unread),
        tuple(block.page for block in pictures),
        len(document.pages),
        tuple(page.number for page in document.pages if not page.legible),
        document.lost,
    )


def could_stand_in_a_gap(gaps: Gaps, place: Iterable[Concept], what_is_missing: str) -> Outcome | None:
    """Returns a review where what is missing may stand in a place that could not be read, else ``None``."""
    if gaps.mostly_unread:
        return review(
            f"The text that could be read {what_is_missing}, but more than a third of the pages hold no text. {gaps.in_words}"
        )
    for subject in place:
        found = gaps.place_for(subject)
        if found is not None:
            holds = "only a picture" if found.picture else "nothing that can be read"
            page = f" on page {found.page}" if found.page else ""
            return review(
                f"The text that could be read {what_is_missing}; the place for it{page} holds {holds}. A person must look.",
                [found.passage],
            )
    return None


def with_gaps(outcome: Outcome, gaps: Gaps) -> Outcome:
    """Returns a failure for something missing with a word on what could not be read."""
    said = gaps.in_words.rstrip(".")
    return outcome.noting(said[:1].lower() + said[1:] or None)


def only_in_what_was_read(outcome: Outcome, gaps: Gaps) -> Outcome:
    """Returns a pass, or that nothing was said, as a review where text was lost: what is wrong may stand there."""
    if outcome.verdict not in {Verdict.PASS, Verdict.NOT_APPLICABLE} or not (gaps.damaged or gaps.lost):
        return outcome
    if gaps.damaged:
        pages = f"page{'s' if len(gaps.damaged) > 1 else ''} {listed(gaps.damaged)}"
        why = f"Nothing against it was found in what could be read, but {pages} could not: a person must look."
    else:
        why = f"Nothing against it was found in what could be read. {' '.join(gaps.lost)} A person must look."
    return review(why, outcome.evidence)


def _has_text(document: Document, page: int) -> bool:
    found = next(page_ for page_ in document.pages if page_.number == page)
    return sum(char.isalpha() for char in document.text[found.start : found.end]) > 40


def _empty_places(document: Document) -> Iterator[EmptyPlace]:
    blocks = [block for block in document.blocks if block.kind not in {BlockKind.RUNNING, BlockKind.CONTENTS}]
    announced = -1  # the place of the last paragraph that announced something: its caption is no other place
    for at, block in enumerate(blocks):
        following = blocks[at + 1 :]
        picture = _picture_next(following)
        after = next((other for other in following if other.kind is not BlockKind.PICTURE), None)
        if block.kind is BlockKind.HEADING:
            ends = after is None or (after.kind is BlockKind.HEADING and after.level <= max(block.level, 1))
            if (
                ends
                and not (at == 0 and after and calls_itself(after.text))  # the lines of a title
                and block.section
                and not block.text[-1:].isdigit()
                and not _is_signature(block)
                and not _says_where(block)
                and not _is_in_a_row(blocks, at)
                and not (after and _FIRST_PART.match(after.marker or after.text))
            ):
                yield _place(document, block, 0, picture)
        elif block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
            ends = after is None or (after.kind is BlockKind.HEADING and after.level <= _level(document, block))
            numbered = bool(following) and following[0].kind is BlockKind.HEADING and bool(following[0].marker)
            start = _announced_at(block, ends or picture, not picture and _is_prose(following), numbered)
            if start is None and picture and _words()["pictured"].first(cut(block.text).forms) is not None:
                start = 0
            if start is None and _is_shown(block, following):
                start = 0
            before = blocks[at - 1] if at else block
            if start is None and before.kind is BlockKind.PICTURE and _is_explained(before, block):
                start, picture = 0, True
            if start is None and ends and picture and block.kind is BlockKind.PARAGRAPH and _is_title(block):
                start = 0
            if start is None and ends and _is_caption(block) and at - 1 > announced and _is_text(blocks[at - 1]):
                start = 0
            if start is not None:
                announced = at
                captioned = start == 0 and not picture and _picture_next(following[1:])
                yield _place(document, block, start, picture or captioned, following[0].text if captioned else "")


def _is_in_a_row(blocks: list[Block], at: int) -> bool:
    """Whether what looks like a heading on a page is one line of a title, or one box of a drawing, among others.

    Three of them or more stand one right behind the other there, and none has a number.
    """
    row = [at]
    for step in (-1, 1):
        here = at + step
        while 0 <= here < len(blocks) and _looks_like_a_heading(blocks[here], blocks[at].page):
            row.append(here)
            here += step
    return len(row) >= FEWEST_IN_A_ROW and _looks_like_a_heading(blocks[at], blocks[at].page)


def _looks_like_a_heading(block: Block, page: int | None) -> bool:
    return block.kind is BlockKind.HEADING and not block.marker and page is not None and block.page == page


def _level(document: Document, block: Block) -> int:
    return document.sections[block.section].level or 1


def _announced_at(block: Block, ends: bool, prose: bool, numbered: bool) -> int | None:
    """Returns where the sentence begins that announces something, where nothing of it follows.

    What is announced may be told in sections of its own; a drawing right before a numbered heading is missing.
    """
    if not (ends or prose or numbered) or not block.text:
        return None
    words = _words()
    for start, end in reversed(sentence_spans(block.text)):
        forms = cut(block.text[start:end]).forms
        here = words["elsewhere"].first(forms) is None
        opens = block.text[:end].endswith(":")
        drawn = here and (
            words["drawing"].first(forms) is not None or (opens and words["drawn"].first(forms[-NEAR_END:]) is not None)
        )
        announced = words["anything"].first(forms) or (opens and words["left-open"].first(forms))
        if drawn or (ends and here and announced):
            return start
        if not drawn and not prose:
            return None
    return None


def _is_shown(block: Block, following: list[Block]) -> bool:
    """Whether a paragraph ends with "The table shows …" and the table is a picture, with or without a title above it."""
    titled = bool(following) and (following[0].kind is BlockKind.HEADING or _is_title(following[0]))
    rest = following[1:] if titled else following
    if not _picture_next(rest) or any(other.kind is BlockKind.ROW for other in rest[1:3]):
        return False
    spans = sentence_spans(block.text)
    last = cut(block.text[spans[-1][0] :]).forms if spans else ()
    return len(block.text.split()) <= LONGEST_SHOWN and _words()["shown"].first(last) is not None


def _is_explained(picture: Block, block: Block) -> bool:
    """Whether a paragraph begins with "The picture above shows …" and nobody says what stands in that picture."""
    first = cut(block.text[: sentence_spans(block.text)[0][1]]).forms
    return len(cut(picture.text).forms) <= LONGEST_NAME and _words()["shown-above"].first(first) is not None


def _is_prose(following: list[Block]) -> bool:
    """Whether what comes next is running text, or a caption with running text or nothing behind it."""
    captioned = bool(following) and _is_caption(following[0])
    rest = following[1:] if captioned or (following and _is_title(following[0])) else following
    if not rest:
        return True
    first = rest[0]
    if first.kind is BlockKind.HEADING:
        return captioned
    return first.kind is BlockKind.PARAGRAPH and first.text.endswith(".") and len(first.text.split()) >= PROSE


def _is_title(block: Block) -> bool:
    """Whether a line stands like a title: it is short and has no stop."""
    return block.kind is BlockKind.PARAGRAPH and len(block.text.split()) < PROSE and block.text[-1:].isalpha()


def _is_text(block: Block) -> bool:
    """Whether a block is a heading or running text, so that a caption behind it is none of what stands in it."""
    return block.kind is BlockKind.HEADING or (block.kind is BlockKind.PARAGRAPH and block.text.endswith("."))


def _is_form(block: Block) -> bool:
    """Whether a heading names, last of all, something to be filled in or sent: "Late slip"."""
    forms = cut(block.text).forms
    ends = (phrase.end_from(forms, at) for phrase in _words()["form"].phrases for at in range(len(forms)))
    return len(forms) in ends


def _is_signature(block: Block) -> bool:
    """Whether a line that looks like a heading is a name or a post and nothing else, as below a letter.

    So is one that is a blank to be filled in: "[Class teacher]".
    """
    if not block.marker and block.text.startswith("[") and block.text.find("]") == len(block.text) - 1:
        return True
    named = (*people(block.text), *posts(block.text))
    return not block.marker and any((span.start, span.end) == (0, len(block.text)) for span in named)


def _says_where(block: Block) -> bool:
    """Whether a heading says itself where the text is: "Letters (held in the office)"."""
    _, bracket, inside = block.text.rpartition("(")
    return bool(bracket) and inside.endswith(")") and _words()["kept-at"].first(cut(inside).forms) is not None


def _is_caption(block: Block) -> bool:
    if block.kind is not BlockKind.PARAGRAPH or block.text.endswith("."):
        return False
    label, colon, _ = block.text.partition(":")
    titled = bool(colon) and _words()["drawn"].first(cut(label).forms) == (0, len(cut(label).forms))
    place = _words()["caption"].first(cut(block.text).forms)
    return titled or (place is not None and place[0] == 0)


@cache
def _words() -> Vocabulary:
    return vocabulary(load_trusted(resources.files("checker.reading") / "gaps.yaml"))


def _picture_next(following: list[Block]) -> bool:
    return bool(following) and _is_unread_picture(following[0])


def _is_unread_picture(block: Block) -> bool:
    """Whether a block is a picture of which nobody says what stands in it: "Flow chart of our steps" only names it."""
    if block.kind is not BlockKind.PICTURE:
        return False
    forms = cut(block.text).forms
    nameless = not forms or _words()["nameless"].first(forms) == (0, len(forms))
    return nameless or (len(forms) <= LONGEST_NAME and _words()["telling-drawing"].first(forms) is not None)


def _place(document: Document, block: Block, start: int, picture: bool, caption: str = "") -> EmptyPlace:
    headings = tuple(cut(section.title) for section in document.path_to(block.section))
    passage = document.passage(*block.reading.span(start, len(block.text)))
    heading = block.kind is BlockKind.HEADING
    others = (other for other in document.blocks if other.section == block.section and other is not block)
    fills_section = heading or sum(len(other.text.split()) >= PROSE for other in others) < FEWEST_IN_A_ROW
    captions = (cut(caption),) if caption else ()
    words = (*(headings if fills_section else ()), cut(block.text[start:]), *captions)
    return EmptyPlace(words, passage, picture, block.page, heading, heading and _is_form(block))
