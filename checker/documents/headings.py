"""Finds the headings: by what the format marks, by their numbers, by their looks and by their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from checker.documents.contents import listed_in_contents
from checker.documents.markers import MarkerKind
from checker.documents.model import BlockKind
from checker.documents.outline import body_of, find_candidates, set_numbered
from checker.documents.pieces import Piece
from checker.documents.titles import calls_itself
from checker.documents.wording import (
    asks_when,
    bears_facts,
    is_date,
    is_sentence,
    is_substantial,
    labelled,
    leads_in,
    like_a_title,
    words_in,
)
from checker.documents.words import words

_LONGEST_FRONT = 14  # lines: a title page has no more
_FEWEST_SHOUTED = 3  # headings in capitals, by which all of a text's are known
_LONGEST_SHOUTED = 10  # words
_LONGEST_LABEL = 6  # words of a label with its value beside it
_LISTED = 3  # commas
_SHORTEST_SHOUTED = 4  # letters: "NB" heads nothing


def find_headings(pieces: Sequence[Piece]) -> None:
    """Marks the headings among the paragraphs, with their numbers and levels."""
    flow = [piece for piece in pieces if not piece.apart and piece.kind is not BlockKind.CONTENTS]
    find_candidates(flow)
    front = _front(pieces, flow)
    _set_title(flow, front)
    looks = _Looks(flow)
    listed = listed_in_contents(pieces)
    stands_out = {id(piece) for piece in flow if looks.stands_out(piece) or id(piece) in listed}
    set_numbered(flow, stands_out, listed)
    for at, piece in enumerate(flow):
        undecided = piece.kind is BlockKind.PARAGRAPH and not piece.title and not piece.numbers
        if undecided and _is_heading(flow, at, front, looks):
            piece.kind = BlockKind.HEADING
    _set_shouted(flow, front)
    _join_names(flow)
    _set_levels(flow, looks)


def _front(pieces: Sequence[Piece], flow: Sequence[Piece]) -> int:
    """Returns how many pieces of the flow stand before the contents or the first running text: the title page."""
    contents = next((at for at, piece in enumerate(pieces) if piece.kind is BlockKind.CONTENTS), None)
    before = {id(piece) for piece in pieces[:contents]} if contents is not None else set()
    lines = 0
    for at, piece in enumerate(flow):
        if contents is not None and at and id(flow[at - 1]) in before and id(piece) not in before:
            return at
        if piece.kind is BlockKind.ROW:
            continue
        lines += 1
        numbered = piece.candidate is not None and not piece.title
        if lines > _LONGEST_FRONT or is_substantial(piece.text) or numbered or piece.part.item is not None:
            return at
    return 0


def _set_title(flow: Sequence[Piece], front: int) -> None:
    """Finds the headings that are the title of the whole document: they make no section."""
    marked = [piece for piece in flow if piece.kind is BlockKind.PARAGRAPH and piece.part.heading is not None]
    for piece in marked:
        if piece.part.heading == 0:
            piece.title = True
    ranked = [piece for piece in marked if piece.part.heading]
    if not ranked:
        return
    first = ranked[0]
    highest = min(piece.part.heading or 0 for piece in ranked)
    alone = len(ranked) > 1 and sum(piece.part.heading == highest for piece in ranked) == 1
    above = flow[: next(at for at, piece in enumerate(flow) if piece is first)]
    site = highest == 1 and not any(
        is_substantial(piece.text) for piece in above
    )  # names of other pages may stand above
    early = (len(above) < max(front, 3) or site) and not (first.candidate and first.candidate.numbers)
    if early and first.part.heading == highest and (alone or calls_itself(first.text)):
        first.title = True
    for at, piece in enumerate(flow[:front]):
        opens = at == 0 and (piece.part.heading == 1 or (flow[1].part.heading or 0) > (piece.part.heading or 0))
        if piece.part.heading and (opens or calls_itself(piece.text)):
            piece.title = True


class _Looks:
    """How letters look in this document, and what stands out from them."""

    def __init__(self, flow: Sequence[Piece]) -> None:
        sizes: Counter[float] = Counter()
        letters = bold = 0
        for piece in flow:
            if piece.kind is BlockKind.PARAGRAPH:
                sizes[round(piece.part.size, 1)] += len(piece.text)
                letters += len(piece.text)
                bold += len(piece.text) if piece.part.bold else 0
        self.body = sizes.most_common(1)[0][0] if sizes else 0.0
        self.bold_body = bold * 2 > letters

    def larger(self, piece: Piece) -> bool:
        return bool(self.body) and piece.part.size >= self.body * 1.12

    def stands_out(self, piece: Piece) -> bool:
        """Whether the format or its letters mark a paragraph as a heading."""
        if piece.kind is not BlockKind.PARAGRAPH or piece.title:
            return False
        return (
            bool(piece.part.heading)
            or self.larger(piece)
            or (piece.part.bold and not self.bold_body)
            or _in_capitals(piece)
        )

    def rank(self, piece: Piece) -> tuple[float, bool, bool]:
        """Returns how much a heading stands out, to compare it with others."""
        return round(piece.part.size), piece.text.isupper(), piece.part.bold


def _in_capitals(piece: Piece) -> bool:
    """Whether a numbered line is in capitals alone, as headings in plain text are."""
    numbered = piece.candidate is not None and piece.candidate.kind is not MarkerKind.BULLET
    return numbered and body_of(piece).isupper() and words_in(body_of(piece)) > 1


def _is_heading(flow: Sequence[Piece], at: int, front: int, looks: _Looks) -> bool:
    """Whether a paragraph without a number is a heading."""
    piece = flow[at]
    text = piece.text
    bulleted = piece.candidate is not None and piece.candidate.kind is MarkerKind.BULLET
    if not text or piece.listed or (bulleted and not piece.part.heading):
        return False
    if piece.part.heading:
        return not is_sentence(text) and (piece.part.item is None or piece.candidate is None)
    if piece.part.item is not None or piece.candidate or at + 1 >= len(flow) or labelled(text) or is_date(text):
        return False
    if at < front and (at + 1 < front or calls_itself(text) or at == 0 or flow[at + 1].numbers):
        return False
    if looks.stands_out(piece):
        return like_a_title(text if leads_in(text) else text.rstrip(": "), 16)
    return _plain_heading(flow, at, front)


def _plain_heading(flow: Sequence[Piece], at: int, front: int) -> bool:
    """Whether a line that looks like any other is a heading by its words and its place."""
    text = flow[at].text
    if _heads_a_run(flow, at):
        return True
    below_title = at <= front + 1 and calls_itself(flow[at - 1].text)
    if at and at != front and not below_title and _is_loose_line(flow, at - 1):
        return flow[at - 1].text.isupper() > text.isupper() and _could_head(flow, at)
    return _could_head(flow, at)


def _heads_a_run(flow: Sequence[Piece], at: int) -> bool:
    """Whether blank lines set a line apart from lines that stand close together behind or before it.

    So they do the heading of a list that has no bullets, and the heading that comes after one.
    """
    piece, before, behind = flow[at], flow[at - 1], flow[at + 1]
    if not piece.part.alone or piece.text.count(",") >= _LISTED or not like_a_title(piece.text, 10):
        return False
    plain = (before.kind, behind.kind) == (BlockKind.PARAGRAPH, BlockKind.PARAGRAPH)
    says = bears_facts(piece.text) and not asks_when(piece.text)
    runs = not behind.part.alone or (not before.part.alone and words_in(behind.text) > _LONGEST_LABEL)
    return at > 0 and plain and runs and not says and piece.text.lower() not in words().no_heading


def _could_head(flow: Sequence[Piece], at: int) -> bool:
    """Whether a line has the words of a title, and something under it that it can be the title of."""
    text, following = flow[at].text, flow[at + 1]
    if text.count(",") >= _LISTED:  # "Safeguarding, Behaviour, Admissions, Equality" is what a heading heads
        return False
    heads_table = following.kind is BlockKind.ROW
    heads_fields = len(flow) > at + 2 and all(_is_field(piece) for piece in flow[at + 1 : at + 3])
    if heads_fields and not leads_in(text):
        text = text.rstrip(":")
    if not like_a_title(text, 14 if heads_table else 10) or text.lower() in words().no_heading:
        return False
    if bears_facts(text) and not asks_when(text):
        return False
    if following.kind is BlockKind.PARAGRAPH:
        if heads_fields or _is_marked(following) or following.part.item is not None or following.numbers:
            return True
        length = words_in(following.text)
        if length > 14 or (length > 1 and following.text[-1] in ".:?!" and not like_a_title(following.text)):
            return True
        return text.isupper() > following.text.isupper() and at + 2 < len(flow) and _could_head(flow, at + 1)
    return heads_table or following.kind is BlockKind.HEADING


def _is_field(piece: Piece) -> bool:
    """Whether a line is a short label with its value: "Agreed by: the headteacher and the parent"."""
    is_line = piece.kind is BlockKind.PARAGRAPH and labelled(piece.text)
    return is_line and words_in(piece.text.partition(":")[0]) <= _LONGEST_LABEL


def _is_marked(piece: Piece) -> bool:
    """Whether a bullet or a number with its full stop begins it."""
    return piece.candidate is not None and piece.candidate.dotted


def _is_loose_line(flow: Sequence[Piece], at: int) -> bool:
    """Whether it is a short line among others, as in addresses and signatures, or one that announces the next.

    Behind such a line any line without a stop is one more: "… any of these: / A contract / Prosecution under the 1996 Act".
    """
    piece = flow[at]
    if piece.kind is not BlockKind.PARAGRAPH or _is_marked(piece) or piece.title:
        return False
    if piece.text.endswith(":") or (like_a_title(piece.text) and not bears_facts(piece.text)):
        return True
    return at > 0 and like_a_title(piece.text) and _is_loose_line(flow, at - 1)


def _set_shouted(flow: Sequence[Piece], front: int) -> None:
    """Finds the lines in capitals that are headings by that alone, where a text's headings are lines in capitals."""
    lone = [
        flow[at]
        for at in range(front, len(flow) - 1)
        if _is_shouted(flow[at]) and not any(flow[other].text.isupper() for other in (at - 1, at + 1) if other >= 0)
    ]
    plain = [piece for piece in flow if piece.kind is BlockKind.HEADING and not piece.part.heading]
    known = sum(piece.text.isupper() for piece in plain)
    if known + len(lone) < _FEWEST_SHOUTED or (known + len(lone)) * 2 < len(plain) + len(lone):
        return
    for piece in lone:
        piece.kind = BlockKind.HEADING


def _is_shouted(piece: Piece) -> bool:
    text = piece.text
    undecided = piece.kind is BlockKind.PARAGRAPH and not (piece.title or piece.candidate or piece.listed)
    return (
        undecided
        and piece.part.item is None
        and text.isupper()
        and len(text) >= _SHORTEST_SHOUTED
        and words_in(text) <= _LONGEST_SHOUTED
        and not text.endswith((".", ",", ";", ":"))
        and (not bears_facts(text) or asks_when(text))
    )


def _join_names(flow: list[Piece]) -> None:
    """Joins ``Appendix 1`` with the title that stands on the line under it."""
    for piece, following in pairwise(flow[:]):
        if piece.kind is not BlockKind.HEADING or piece.text or not piece.marker:
            continue
        titled = following.kind is BlockKind.HEADING and not following.marker
        short = following.kind is BlockKind.PARAGRAPH and not following.candidate and like_a_title(following.text, 12)
        if titled or (short and not labelled(following.text) and not bears_facts(following.text)):
            piece.spans += following.spans
            piece.reading = following.reading
            following.merged = True
    flow[:] = [piece for piece in flow if not piece.merged]


def _set_levels(flow: Sequence[Piece], looks: _Looks) -> None:
    """Gives each heading its depth: by its number, else by its style, else under the heading before it."""
    headings = [piece for piece in flow if piece.kind is BlockKind.HEADING]
    learned: dict[int, int] = {}
    for piece in headings:
        if piece.numbers and piece.part.heading:
            learned.setdefault(piece.part.heading, piece.level)
    hints = [piece.part.heading for piece in headings if piece.part.heading]
    highest = min(hints, default=1)
    base = 0
    under: list[tuple[tuple[float, bool, bool], int]] = []
    for piece in headings:
        hint = piece.part.heading
        if piece.numbers:
            base, under = piece.level, []
        elif hint:
            piece.level = learned.get(hint) or _near(hint, learned) or hint - highest + 1
            base, under = piece.level, []
        else:
            rank = looks.rank(piece)
            while under and rank > under[-1][0]:
                under.pop()
            if under and rank == under[-1][0]:
                piece.level = under[-1][1]
            else:
                piece.level = (under[-1][1] if under else base) + 1
                under.append((rank, piece.level))


def _near(hint: int, learned: dict[int, int]) -> int | None:
    """Returns the level of a style between those whose levels are known."""
    above = [known for known in learned if known < hint]
    if above:
        return learned[max(above)] + hint - max(above)
    below = [known for known in learned if known > hint]
    return max(1, learned[min(below)] - (min(below) - hint)) if below else None
