"""Follows the numbering of a document: which numbers belong to headings and clauses, which to lists."""

from __future__ import annotations

from collections.abc import Sequence

from checker.documents.markers import Marker, MarkerKind, marker_of
from checker.documents.model import BlockKind
from checker.documents.pieces import Piece, take_marker, without_beginning
from checker.documents.wording import is_sentence, like_a_title, words_in

_APPENDED = ("appendix", "annex", "schedule")


def find_candidates(flow: Sequence[Piece]) -> None:
    """Notes what may be a number or bullet at the beginning of each paragraph."""
    for piece in flow:
        if piece.kind is BlockKind.PARAGRAPH and not piece.part.contents:
            piece.candidate = _candidate(piece)


def _candidate(piece: Piece) -> Marker | None:
    if piece.part.marker:
        given = marker_of(f"{piece.part.marker} {piece.text}")
        if given and given.kind is not MarkerKind.BULLET:
            return given
        return given or Marker(MarkerKind.BULLET, piece.part.marker, 0)
    return marker_of(piece.text)


def body_of(piece: Piece) -> str:
    """Returns a piece's text without what may be its number."""
    if piece.candidate is None or piece.part.marker:
        return piece.text
    return piece.text[piece.candidate.length :].lstrip()


def set_numbered(flow: Sequence[Piece], stands_out: set[int]) -> None:
    """Finds the numbered headings and clauses.

    Args:
        flow: The pieces in the flow of the text.
        stands_out: The ids of those that a format or their looks mark as headings.
    """
    _Outline(flow, stands_out).walk()


class _Outline:
    """One walk along the numbers of a document."""

    def __init__(self, flow: Sequence[Piece], stands_out: set[int]) -> None:
        self._flow = flow
        self._stands_out = stands_out
        self._last: dict[tuple[int, ...], int] = {}
        self._top = 0
        self._main_top = 0
        self._shift = 0
        self._known = {piece.candidate.numbers for piece in flow if piece.candidate is not None}

    def walk(self) -> None:
        self._mark_lists()
        for at, piece in enumerate(self._flow):
            if piece.kind is not BlockKind.PARAGRAPH:
                continue
            found = self._number_of(piece)
            if found is None:
                continue
            if found.kind is MarkerKind.NAMED:
                self._named(piece, found)
            elif found.kind is MarkerKind.OUTLINE:
                self._several(piece, found)
            elif found.kind is MarkerKind.NUMBER and not piece.listed:
                self._single(at, piece, found)
        self._settle_clauses()
        for piece in self._flow:
            if piece.kind is BlockKind.PARAGRAPH:
                piece.level = 0

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
        title = piece.text[found.length :] if not piece.part.marker else piece.text
        if (
            title
            and not like_a_title(title[:1].upper() + title[1:], 22)
            and not (id(piece) in self._stands_out and not is_sentence(title))
        ):
            return
        self._take(piece, found, 1)
        piece.kind = BlockKind.HEADING
        appended = found.text.lower().startswith(_APPENDED)
        self._main_top = max(self._main_top, self._top if not self._shift else 0)
        self._shift = 1 if appended else 0
        self._top = 0 if appended else found.numbers[0]
        self._last = {} if appended else self._last

    def _several(self, piece: Piece, found: Marker) -> None:
        if not self._fits(found.numbers, id(piece) in self._stands_out):
            if piece.candidate is found:
                piece.candidate = None
            return
        self._last[found.numbers[:-1]] = found.numbers[-1]
        self._top = found.numbers[0]
        self._take(piece, found, len(found.numbers) + self._shift)
        text = piece.text
        hinted = piece.part.heading is not None
        if (hinted and not is_sentence(text)) or like_a_title(text, 16) or (text.endswith(":") and words_in(text) <= 8):
            piece.kind = BlockKind.HEADING

    def _single(self, at: int, piece: Piece, found: Marker) -> None:
        number, text = found.numbers[0], body_of(piece)
        stands_out = id(piece) in self._stands_out
        if is_sentence(text) or not (like_a_title(text) or (stands_out and words_in(text) <= 20)):
            return
        begins = not self._top and any(
            ((number + 1,) in self._known, (number, 1) in self._known, (number, 2) in self._known)
        )
        follows = number == self._top + 1 or begins or (stands_out and self._top < number <= self._top + 3)
        resumes = self._shift == 1 and number == self._main_top + 1
        if not (follows or resumes or (stands_out and (piece.part.heading is not None or number == 1))):
            return
        if not stands_out and not self._opens_text(at):
            return
        if resumes and not follows:
            self._shift = 0
        self._take(piece, found, 1 + self._shift)
        piece.kind = BlockKind.HEADING
        self._top = number

    def _opens_text(self, at: int) -> bool:
        """Whether something stands under a heading at this place."""
        return at + 1 < len(self._flow)

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
            if run and (number is None or number != (_single_number(run[-1]) or 0) + 1):
                listed = len(run) > 1 and not all(each.part.heading for each in run)
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
            clauses = [piece for piece in group if piece.kind is not BlockKind.HEADING]
            if len(clauses) * 2 < len(group):
                headings = [piece for piece in group if piece.kind is BlockKind.HEADING]
                for piece in clauses:
                    piece.closes = bool(headings) and group.index(piece) > group.index(headings[0])
                continue
            for piece in group:
                hinted = piece.part.heading is not None or id(piece) in self._stands_out
                if piece.text.endswith(":") or not hinted:
                    piece.kind = BlockKind.PARAGRAPH


def _single_number(piece: Piece | None) -> int | None:
    """Returns the number of a paragraph that begins with a single one, such as ``3.``."""
    if piece is None or piece.kind is not BlockKind.PARAGRAPH or piece.candidate is None:
        return None
    return piece.candidate.numbers[0] if piece.candidate.kind is MarkerKind.NUMBER else None
