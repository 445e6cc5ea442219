"""A statement: one thing that a document says, and how its words are read."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from checker.documents.model import Block, BlockKind, Reading
from checker.lazy import lazy
from checker.reading.ahead import places_ahead
from checker.reading.english import english
from checker.reading.words import Words, cut_led, cut_part

if TYPE_CHECKING:
    from checker.reading.senses import Sense

LONGEST_TITLE = 9
LONGEST_MARK = len(". Answer: ")  # what stands between a sentence and what it leads to
LONGEST_FRAGMENT = 6  # words
JOINED = (" or", " and")
STOPS = (".", "!", "?", ":", ";", ",")


class Match(NamedTuple):
    """Where a concept stands in a statement, as word indexes."""

    start: int
    end: int


@dataclass(frozen=True)
class Statement:
    """One thing that a document says.

    Attributes:
        index: Its place among the document's statements.
        reading: The reading that its own words are a part of.
        start: Offset of its first character in the reading's text.
        end: Offset after its last.
        lead: The words that lead to it: the line before a list, the heading of a column; may be empty.
        block: The block that it stands in.
        group: A number that the items of one list, with the line that leads to it, or the rows of one table share.
        row: Whether it is a whole row of a table, its cells joined by ``|``.
        as_at: The day on which it is read; ``None`` where that does not matter.
        led: Where in the document's text the line above stands that leads to it; ``None`` where none does.
    """

    index: int
    reading: Reading
    start: int
    end: int
    lead: str
    block: Block
    group: int
    row: bool = False
    as_at: dt.date | None = None
    led: tuple[int, int] | None = None

    @lazy
    def own(self) -> str:
        """Its own words, without what leads to it."""
        return self.reading.text[self.start : self.end]

    @lazy
    def text(self) -> str:
        """Its words, with what leads to it in front."""
        return f"{self.lead} {self.own}" if self.lead else self.own

    @lazy
    def words(self) -> Words:
        """Its words, with what leads to it in front; each cell of a row is a thought of its own."""
        words = cut_part(self.reading.text, self.start, self.end)
        if self.lead:
            words = cut_led(self.lead, words, self.text)
        if not self.row:
            return words
        lengths = (len(paragraph.text) + 1 for cell in self.block.cells for paragraph in cell.paragraphs)
        return words.parted(list(accumulate(lengths, initial=self.own_offset))[1:])

    @property
    def own_offset(self) -> int:
        """The offset in ``text`` at which its own words begin."""
        return len(self.lead) + 1 if self.lead else 0

    @lazy
    def own_from(self) -> int:
        """The index of the first of its own words."""
        return bisect_left(self.words.starts, self.own_offset)

    @lazy
    def follows_on(self) -> bool:
        """Whether what leads to it is the sentence before it, not the line of a list or the headings of a cell."""
        lead = self.lead.rstrip(" .:")
        return lead != "" and lead in self.reading.text[max(0, self.start - len(lead) - LONGEST_MARK) : self.start]

    @lazy
    def ahead(self) -> tuple[Match, ...]:
        """Where it says that something begins on a day that has not come."""
        if self.as_at is None:
            return ()
        return tuple(Match(*place) for place in places_ahead(self.text, self.words, self.as_at))

    @lazy
    def when_convenient(self) -> bool:
        """Whether it says that it is done when it suits somebody: "where time allows", not "if you do not feel like it"."""
        since = self.own_from if self.follows_on else 0
        found = english().when_convenient.first(self.words.forms[since:])
        return found is not None and self.words.forms[max(since + found[0] - 1, 0)] not in english().negators

    @lazy
    def of_some_only(self) -> bool:
        """Whether it begins or ends with saying that it is done for some only: "In Year 6 only we …", "… for boarders only"."""
        forms = self.words.forms
        since = self.own_from if self.follows_on else 0
        places = english().of_some_only.places(forms[since:])
        return any(start == 0 or since + end == len(forms) for start, end in places)

    @lazy
    def senses(self) -> dict[Match, Sense]:
        """What it does with those of its predicates of which that has been asked."""
        return {}

    @lazy
    def actors(self) -> dict[object, list[tuple[Match, str]]]:
        """Whom it names, in the eyes of those readers who have asked."""
        return {}

    @lazy
    def answers(self) -> bool:
        """Whether it answers a question that leads to it: "When is it reviewed? In May."."""
        return self.lead.rstrip(" :").endswith("?")

    @property
    def said_from(self) -> int:
        """The index of the first word that it says: one of its own, or of the question that it answers."""
        return 0 if self.answers else self.own_from

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list, or stands in a table."""
        return self.block.kind is BlockKind.LIST_ITEM or bool(self.block.cells)

    @property
    def is_fragment(self) -> bool:
        """Whether it is an item of so few words that it says little by itself: "exceptional circumstances"."""
        return self.block.kind is BlockKind.LIST_ITEM and len(self.words.forms) - self.own_from <= LONGEST_FRAGMENT

    @property
    def goes_on(self) -> bool:
        """Whether it is an item with which the next one goes on: "where we have a doubt, or"."""
        return self.block.kind is BlockKind.LIST_ITEM and self.own.rstrip(" ;,").endswith(JOINED)

    @lazy
    def looks_like_a_title(self) -> bool:
        """Whether it is a short line without a full stop: a heading that the format does not show as one."""
        text = self.block.text
        if self.row or len(text.split(maxsplit=LONGEST_TITLE)) > LONGEST_TITLE:
            return False
        return text.isupper() or (self.block.kind is BlockKind.PARAGRAPH and not text.endswith(STOPS))

    @property
    def is_question(self) -> bool:
        """Whether it asks instead of saying."""
        return self.own.endswith("?")

    def is_parted(self, match: Match) -> bool:
        """Whether a semicolon stands within a place: "is told of it; the social worker …" says nothing of that worker."""
        return ";" in self.text[self.words.starts[match.start] : self.words.ends[match.end - 1]]

    def span(self) -> tuple[int, int]:
        """Where its own words stand in the document's text."""
        return self.reading.span(self.start, self.end)

    def span_of(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of ``text`` stands in the document's text; what leads to it counts as its beginning."""
        shift = self.start - self.own_offset
        return self.reading.span(max(start + shift, self.start), max(end + shift, self.start))
