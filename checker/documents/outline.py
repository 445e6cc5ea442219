"""Follows the numbering of a document: which numbers belong to headings and clauses, which to lists."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from checker.documents.markers import Marker, MarkerKind, marker_of
from checker.documents.model import BlockKind
from checker.documents.pieces import Piece, take_marker, without_beginning
from checker.documents.wording import is_sentence, is_substantial, like_a_title, words_in

_COUNTING = frozenset({MarkerKind.NUMBER, MarkerKind.LETTER, MarkerKind.ROMAN})
_LETTER = re.compile(r"[^\W_]")
_COUNTS = re.compile(r"([1-9]\d{2,8})[.)]")  # so far as lists of hundreds go, whose format has marked them as such
_APPENDED = ("appendix", "annex", "schedule")


def find_candidates(flow: Sequence[Piece]) -> None:
    """Notes what may be a number or bullet at the beginning of each paragraph."""
    for piece in flow:
        if piece.kind is BlockKind.PARAGRAPH and not piece.part.contents:
            piece.candidate = _candidate(piece)


def _candidate(piece: Piece) -> Marker | None:
    if piece.part.marker:
        given = marker_of(f"{piece.part.marker} {piece.text}")
        counts = _COUNTS.fullmatch(piece.part.marker)
        if counts and given is None:
            return Marker(MarkerKind.NUMBER, counts[0], 0, (int(counts[1]),))
        return given or Marker(MarkerKind.BULLET, piece.part.marker, 0)
    return marker_of(piece.text) if _LETTER.search(piece.text) else None


def body_of(piece: Piece) -> str:
    """Returns a piece's text without what may be its number."""
    if piece.candidate is None or piece.part.marker:
        return piece.text
    return piece.text[piece.candidate.length :].lstrip()


def set_numbered(flow: Sequence[Piece], stands_out: Set[int], in_contents: Set[int] = frozenset()) -> None:
    """Finds the numbered headings and clauses.

    Args:
        flow: The pieces in the flow of the text.
        stands_out: The ids of those that a format, their looks or the contents mark as headings.
        in_contents: The ids of those that the contents list.
    """
    _Outline(flow, stands_out, in_contents).walk()


class _Outline:
    """One walk along the numbers of a document.

    Single numbers, capital letters and Roman numbers may count headings, one kind inside the other; which is the outer
    one shows by which comes first.
    """

    def __init__(self, flow: Sequence[Piece], stands_out: Set[int], in_contents: Set[int]) -> None:
        self._flow = flow
        self._stands_out = stands_out
        self._in_contents = in_contents
        self._last: dict[tuple[int, ...], int] = {}
        self._order: list[MarkerKind] = []
        self._tops: dict[MarkerKind, int] = {}
        self._main_top = 0
        self._shift = 0
        self._known = {(piece.candidate.kind, piece.candidate.numbers) for piece in flow if piece.candidate is not None}

    def walk(self) -> None:
        self._mark_lists()
        for at, piece in enumerate(self._flow):
            found = self._number_of(piece) if piece.kind is BlockKind.PARAGRAPH else None
            if found is None:
                continue
            if found.kind is MarkerKind.NAMED:
                self._named(piece, found)
            elif found.kind is MarkerKind.OUTLINE:
                self._several(piece, found)
            elif found.kind in _COUNTING and not piece.listed:
                self._single(at, piece, found)
        self._settle_clauses()
        for piece in self._flow:
            if piece.kind is BlockKind.PARAGRAPH:
                piece.level = 0

    @property
    def _top(self) -> int:
        """The last single number."""
        return self._tops.get(MarkerKind.NUMBER, 0)

    def _number_of(self, piece: Piece) -> Marker | None:
        """Returns the number of a piece; one that stands after a bullet only where it fits in."""
        found = piece.candidate
        if found is None or found.kind is not MarkerKind.BULLET:
            return found
        after = marker_of(piece.text[0 if piece.part.marker else found.length :])
        if after is None or after.kind is not MarkerKind.OUTLINE or not self._fits(after.numbers, False):
            return None
        length = after.length if piece.part.marker else after.length + found.length
        return Marker(after.kind, after.text, length, after.numbers, after.dotted)

    def _named(self, piece: Piece, found: Marker) -> None:
        title = piece.text if piece.part.marker else piece.text[found.length :]
        fits = like_a_title(title[:1].upper() + title[1:], 22)
        if title and not fits and (id(piece) not in self._stands_out or is_sentence(title)):
            return
        if re.search(rf"\b{found.text.split()[0]} (?:\d|[A-Z]\b)", title):
            return  # "Appendix 1 – Letters. Appendix 2 – Codes" lists them
        appended = found.text.lower().startswith(_APPENDED)
        of_appended = bool(self._shift) and found.text.lower().startswith("part")
        self._take(piece, found, 2 if of_appended else 1)
        piece.kind = BlockKind.HEADING
        if of_appended:
            return
        if not self._shift:
            self._main_top = max(self._main_top, self._top)
        self._shift = int(appended)
        self._last = {} if appended else self._last
        self._order = [] if appended else [MarkerKind.NUMBER]
        self._tops = {} if appended else {MarkerKind.NUMBER: found.numbers[0]}

    def _several(self, piece: Piece, found: Marker) -> None:
        if not self._fits(found.numbers, id(piece) in self._stands_out):
            if piece.candidate is found:
                piece.candidate = None
            return
        self._last[found.numbers[:-1]] = found.numbers[-1]
        self._tops[MarkerKind.NUMBER] = found.numbers[0]
        if MarkerKind.NUMBER not in self._order:
            self._order.append(MarkerKind.NUMBER)
        self._take(piece, found, len(found.numbers) + self._shift + self._order.index(MarkerKind.NUMBER))
        text = piece.text
        hinted = piece.part.heading is not None
        if (hinted and not is_sentence(text)) or like_a_title(text, 16) or (text.endswith(":") and words_in(text) <= 8):
            piece.kind = BlockKind.HEADING

    def _single(self, at: int, piece: Piece, found: Marker) -> None:
        kind = self._kind(found)
        number = found.numbers[0] if kind is found.kind else self._tops[kind] + 1
        text = body_of(piece)
        stands_out = id(piece) in self._stands_out
        titled = like_a_title(text) or (stands_out and words_in(text) <= 20)
        if not stands_out and not self._stands_above_text(at):
            return
        if is_sentence(text) or not titled or (kind is not MarkerKind.NUMBER and not found.number.isupper()):
            return
        resumes = self._shift == 1 and kind is MarkerKind.NUMBER and number == self._main_top + 1
        follows = self._counts_on(kind, number, stands_out) or self._slips(at, kind, number)
        if not (follows or resumes or (stands_out and (piece.part.heading is not None or number == 1))):
            return
        if resumes and not follows:
            self._shift, self._order = 0, []
        self._enter(kind, number)
        self._take(piece, found, self._order.index(kind) + 1 + self._shift)
        piece.kind = BlockKind.HEADING

    def _stands_above_text(self, at: int) -> bool:
        """Whether a line has something under it, and nothing above it that announces a list."""
        return at + 1 < len(self._flow) and not (at and self._flow[at - 1].text.endswith(":"))

    def _kind(self, found: Marker) -> MarkerKind:
        """Returns what a single number or letter counts as: ``I.`` after ``H.`` is a letter."""
        letter = ord(found.number[0].lower()) - 96
        if found.kind is MarkerKind.ROMAN and self._tops.get(MarkerKind.LETTER) == letter - 1:
            return MarkerKind.LETTER
        return found.kind

    def _counts_on(self, kind: MarkerKind, number: int, stands_out: bool) -> bool:
        """Whether a single number goes on with the headings before it, or begins them."""
        top = self._tops.get(kind, 0)
        if top:
            return number == top + 1 or (stands_out and top <= number <= top + 3)
        if kind is not MarkerKind.NUMBER:
            return number == 1 and (kind, (2,)) in self._known
        later = ((kind, (number + 1,)), (MarkerKind.OUTLINE, (number, 1)), (MarkerKind.OUTLINE, (number, 2)))
        return number == 1 or any(each in self._known for each in later) or (stands_out and number <= 3)

    def _slips(self, at: int, kind: MarkerKind, number: int) -> bool:
        """Whether a number that is used twice, or comes after one left out, heads a section all the same.

        Long text stands under it, the headings count on from it, and no list counts up to it.
        """
        top = self._tops.get(kind, 0)
        if kind is not MarkerKind.NUMBER or not top or number not in {top, top + 2}:
            return False
        before = next((each for each in map(_single_number, reversed(self._flow[:at])) if each), None)
        later = (piece for piece in self._flow[at + 1 :] if piece.candidate and piece.candidate.kind is kind)
        goes_on = any(
            piece.candidate and piece.candidate.numbers == (number + 1,) and like_a_title(body_of(piece))
            for piece in later
        )
        return goes_on and before != (kind, number - 1) and is_substantial(self._flow[at + 1].text)

    def _enter(self, kind: MarkerKind, number: int) -> None:
        """Counts a heading; the kinds inside its own begin anew."""
        if kind not in self._order:
            self._order.append(kind)
        for deeper in self._order[self._order.index(kind) + 1 :]:
            self._tops.pop(deeper, None)
            self._last = {}
        del self._order[self._order.index(kind) + 1 :]
        self._tops[kind] = number

    def _fits(self, numbers: tuple[int, ...], stands_out: bool) -> bool:
        """Whether a number such as 4.2 goes on with the numbering, as against a time or a sum."""
        last = self._last.get(numbers[:-1])
        if last is not None:
            return last <= numbers[-1] <= last + 3
        if stands_out:
            return True
        begins = numbers[-1] == 1 or (numbers[-1] == 2 and self._top == numbers[0])
        return begins and (self._top == 0 or self._top <= numbers[0] <= self._top + 1)

    def _take(self, piece: Piece, found: Marker, level: int) -> None:
        """Takes the number out of the text and shows it."""
        piece.candidate = found
        piece.level = level
        piece.numbers = found.numbers
        if piece.part.marker and piece.part.marker.strip(" .") != found.number and found.kind is MarkerKind.OUTLINE:
            if piece.text.startswith(found.text):
                piece.reading = without_beginning(piece.reading, found.length)
        else:
            take_marker(piece)
        piece.marker = found.number if found.kind is not MarkerKind.NAMED else found.text

    def _mark_lists(self) -> None:
        """Marks the single numbers that stand one under the other, as in a list."""
        run: list[Piece] = []
        for piece in [*self._flow, None]:
            number = _single_number(piece)
            last = _single_number(run[-1]) if run else None
            if last and (number is None or number != (last[0], last[1] + 1)):
                listed = len(run) > 1 and not all(each.part.heading or id(each) in self._in_contents for each in run)
                for each in run:
                    each.listed = listed
                run = []
            if piece is not None and number is not None:
                run.append(piece)

    def _settle_clauses(self) -> None:
        """Where most of what is numbered under one number are sentences, the short ones are clauses too."""
        groups: dict[tuple[int, tuple[int, ...]], list[Piece]] = {}
        part = 0
        for piece in self._flow:
            if piece.kind is BlockKind.HEADING and len(piece.numbers) == 1:
                part += 1
            elif len(piece.numbers) > 1:
                groups.setdefault((part, piece.numbers[:-1]), []).append(piece)
        for group in groups.values():
            clauses = sum(piece.kind is not BlockKind.HEADING for piece in group)
            if clauses * 2 >= len(group):
                for piece in group:
                    if piece.text.endswith(":") or (piece.part.heading is None and id(piece) not in self._stands_out):
                        piece.kind = BlockKind.PARAGRAPH
            headed = False
            for piece in group:
                headed = headed or piece.kind is BlockKind.HEADING
                piece.closes = headed and piece.kind is not BlockKind.HEADING


def _single_number(piece: Piece | None) -> tuple[MarkerKind, int] | None:
    """Returns the number of a paragraph that begins with a single one, such as ``3.``, and its kind."""
    if piece is None or piece.kind is not BlockKind.PARAGRAPH or piece.candidate is None:
        return None
    found = piece.candidate
    return (found.kind, found.numbers[0]) if found.kind in _COUNTING else None
