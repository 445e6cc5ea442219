"""Citations of law by their form: ``Education Act 1996``, ``SI 2024/208``, ``section 444(1A)``, ``regulations 4 to 6``.

No instrument is known here: Acts, Regulations and Orders are seen by how they are cited. Guidance has no form of its
own: its titles are handed in (:class:`checker.recognise.titles.Titles`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from checker.recognise.numbering import numbered
from checker.recognise.spans import Span, holds_any, mentions, without_overlaps
from checker.recognise.titles import Title

_YEAR = r"(?:19|20)\d\d(?!\d)"
_HEAD = re.compile(
    rf"(?<![\w-])(?P<head>(?i:Act|Regulations|Regs)|Regulation(?=,? \(?{_YEAR})|Order|Rules|Bill)\b(?:\.(?= ?\d))?(?!')"
    rf"(?:(?P<place> \((?:England|Wales|England and Wales|Amendment)\)){{0,2}},? ?(?:of )?\(?(?P<year>{_YEAR})\)?)?"
)
_HEADS = ("act", "regulation", "regs", "order", "rules", "bill")
_STATUTORY_BEGINS = ("SI", "S.I")
_STATUTORY = re.compile(r"(?<!\w)S\.?I\.?,? ?(?:No\.? ?)?(?P<number>(?:19|20)\d\d ?(?:/|No\.? ?) ?\d{1,4})(?!\d)")
_AMENDED = re.compile(r",? ?\(?(?:as |and )?(?:amended|[\d, and]{4,60}amendments?)\b[^();.]{0,40}\)?", re.IGNORECASE)
_TOKEN = re.compile(r"\([^()]{1,60}\)|\S+")
_CAPITAL = re.compile(r"[A-Z][\w'-]*")
_WORD = re.compile(r"[A-Za-z][\w'-]*")
_CONNECTOR = re.compile(r"\&|and|at|by|etc|etc\.|for|in|of|on|to|with")
_NO_TITLE = re.compile(
    r"Act|All|Also|Article|Bill|Both|By|Chapter|Current|Following|From|In|New|Order|"
    r"Our|Paragraph|Part|Parts|Per|Regulation|Regulations|Relevant|Rules|S|SI|Schedule|"
    r"Parliament's|Government's|England's|Section|Sections|See|Ss|That|The|These|This|Under|With|all|are|by|from|in|"
    r"is|our|part|regulation|s|section|see|that|the|this|under|was"
)
_LABEL = re.compile(
    r"(?<![\w.])(?:(?P<section>[Ss]ections?|SECTIONS?|[Ss]ecs?\.?|[Ss]s?\.(?= ?\d)|ss?(?= ?\d))"
    r"|(?P<regulation>[Rr]egulations?|REGULATIONS?|[Rr]egs?\.?)|(?P<paragraph>[Pp]aragraphs?|PARAGRAPHS?|[Pp]aras?\.?)"
    r"|(?P<article>[Aa]rticles?)|(?P<schedule>[Ss]chedules?|Sch\.)|(?P<part>[Pp]arts?)"
    r"|(?P<chapter>[Cc]hapters?)) ?(?=[\dA-Zoa-z(])"
)
_OF = re.compile(r"[,)]? \(?(?:(?:of|to|in|under) )?(?:the |The |that |this |these |those )?[\"'\[]?")
_BARE = re.compile(r"(?P<head>Act|Regulations|Order|Rules)\b")
_INITIALS = re.compile(rf"(?P<title>[A-Z]{{2,5}}),? ?\(?(?P<year>{_YEAR})")
_BEHIND = re.compile(r"[\"'\])]*,? ?[(–:]? ?(?:at |see )?")


class InstrumentKind(StrEnum):
    """What an instrument calls itself."""

    ACT = "Act"
    REGULATIONS = "Regulations"
    ORDER = "Order"
    RULES = "Rules"
    BILL = "Bill"
    STATUTORY_INSTRUMENT = "SI"


class ProvisionKind(StrEnum):
    """What a part of an instrument is called."""

    SECTION = "section"
    REGULATION = "regulation"
    PARAGRAPH = "paragraph"
    ARTICLE = "article"
    SCHEDULE = "schedule"
    PART = "part"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True)
class Instrument(Span):
    """An Act, Regulations, an Order, Rules or a Bill as cited.

    Attributes:
        kind: What it calls itself.
        title: Its title as written, without the year: ``Education Act``; of ``the 2006 Regulations`` ``Regulations``.
        year: Its year, where it is cited with one.
        number: Its number as a statutory instrument, such as ``2024/208``.
        amended: Whether it is cited as amended.
    """

    kind: InstrumentKind
    title: str
    year: int | None = None
    number: str | None = None
    amended: bool = False


@dataclass(frozen=True, slots=True)
class Provision(Span):
    """A part of an instrument or of guidance.

    Attributes:
        kind: What it is called.
        numbers: The numbers as written, such as ``444(1A)``.
        ranges: Whether the last number ends a range (``regulations 4 to 6``).
        instrument: The instrument that is named beside it, where one is.
        title: The known title that is named beside it, where one is.
    """

    kind: ProvisionKind
    numbers: tuple[str, ...]
    ranges: bool = False
    instrument: Instrument | None = None
    title: Title | None = None


S = TypeVar("S", bound=Span)


def instruments(text: str) -> tuple[Instrument, ...]:
    """Returns the Acts, Regulations, Orders, Rules and Bills that a text cites."""
    heads = _HEAD.finditer(text) if mentions(text, _HEADS) else ()
    found = [instrument for match in heads if (instrument := _instrument(text, match))]
    for match in _STATUTORY.finditer(text) if holds_any(text, _STATUTORY_BEGINS) else ():
        number = "/".join(re.findall(r"\d+", match["number"]))
        place = next((place for place, one in enumerate(found) if 0 <= match.start() - one.end <= 3), None)
        if place is not None and not text[found[place].end : match.start()].strip(" ,("):
            closed = match.end() + ("(" in text[found[place].end : match.start()] and text[match.end() :][:1] == ")")
            found[place] = replace(found[place], end=closed, number=number)
        else:
            kind = InstrumentKind.STATUTORY_INSTRUMENT
            found.append(Instrument(match.start(), match.end(), kind, "", int(number[:4]), number))
    return without_overlaps(found)


def provisions(text: str, titles: Sequence[Title] = ()) -> tuple[Provision, ...]:
    """Returns the sections, regulations, paragraphs, schedules, parts and chapters that a text cites.

    Args:
        text: Normalised text.
        titles: The known titles in the text, so that ``paragraph 52 of …`` can be joined to them.

    Returns:
        Everything that has the form, sections of the document itself among them: where neither ``instrument`` nor
        ``title`` is set, the caller must know what is meant.
    """
    cited = instruments(text)
    taken = bytearray(len(text))
    for one in cited:
        taken[one.start : one.end] = b"\x01" * (one.end - one.start)
    beside, known = _Neighbours(text, cited), _Neighbours(text, titles)
    found: list[Provision] = []
    for match in _LABEL.finditer(text):
        if taken[match.start()] or (found and match.start() < found[-1].end):
            continue
        kind = ProvisionKind(match.lastgroup or "section")
        label = match[0].strip().lower().rstrip(".")
        items = numbered(text, match.end(), plural=label.endswith("s") and label != "s", label=label)
        if not items or (kind is ProvisionKind.PART and match[0][0] == "p" and not items[0].value[0].isdecimal()):
            continue
        start, end = match.start(), items[-1].end
        instrument = beside.of(start, end) or _bare(text, end)
        numbers = tuple(item.value for item in items)
        found.append(Provision(start, end, kind, numbers, items[-1].ends_range, instrument, known.of(start, end)))
    return tuple(found)


class _Neighbours(Generic[S]):
    """Finds what is named behind a provision (``section 7 of the …``) or right before it."""

    def __init__(self, text: str, cited: Sequence[S]) -> None:
        self._text = text
        self._by_start = {one.start: one for one in cited}
        self._by_end = {one.end: one for one in cited}

    def of(self, start: int, end: int) -> S | None:
        """Returns the instrument or title that the provision at these offsets is said to stand in."""
        behind = _OF.match(self._text, end)
        found = self._by_start.get(behind.end()) if behind else None
        if found is not None:
            return found
        for offset in range(start, max(0, start - 9), -1):
            before = self._by_end.get(offset)
            if before is not None and _BEHIND.fullmatch(self._text, offset, start):
                return before
        return None


def _instrument(text: str, match: re.Match[str]) -> Instrument | None:
    head = "Regulations" if match["head"].lower().startswith("reg") else match["head"].capitalize()
    small = match["head"].islower()
    if small and match["year"] is None:
        return None
    start, year = _title_start(text, match.start(), small)
    stated = int(match["year"]) if match["year"] else None
    if small and start == match.start():
        return None
    title = text[start : match.end("place") if match["place"] else match.end("head")]
    if start == match.start() and (stated is None or head in {"Order", "Rules"}) and year is None:
        return None
    if stated is None and year is None and (head in {"Order", "Rules"} or _goes_on(text, match.end())):
        return None
    begins = start
    if year is not None and stated is None:
        begins, stated = start - 5, year
    amended = _AMENDED.match(text, match.end())
    end = amended.end() if amended else match.end()
    if text[end - 1] == ")" and text.count("(", begins, end) < text.count(")", begins, end):
        end -= 1
    return Instrument(begins, end, InstrumentKind(head), title.strip(), stated, None, amended is not None)


def _goes_on(text: str, end: int) -> bool:
    """Whether a capitalised word follows, so that ``Act`` is a verb of a heading (``Act Early``)."""
    return re.match(r" [A-Z][a-z]", text[end : end + 3]) is not None


def _title_start(text: str, head: int, small: bool) -> tuple[int, int | None]:
    """Returns where the title before ``Act`` or ``Regulations`` begins, and a year that stands before it.

    Args:
        text: Normalised text.
        head: Offset of the word.
        small: Whether it is written small (``education act 1996``), so that the words of the title may be.
    """
    floor = max(0, head - 200)
    tokens = list(_TOKEN.finditer(text, floor, head))
    start, capitals, listed = head, False, False
    for token in reversed(tokens):
        word = token[0]
        opened = len(word) - len(word.lstrip("\"'[("))
        if re.fullmatch(_YEAR, word.lstrip("(\"'[")) and (capitals or start == head):
            return start, int(word[-4:])
        if word.startswith("(") and word.endswith(")"):
            if not word[1:2].isalpha():
                break
            start = token.start()
            continue
        core = word[opened:]
        if core.endswith(",") and not (listed and _CAPITAL.fullmatch(core[:-1]) and not core[:-1].isupper()):
            break
        core = core.rstrip(",")
        if _CONNECTOR.fullmatch(core):
            listed = listed or core in {"and", "&"}
            if opened:
                break
            continue
        if _NO_TITLE.fullmatch(core) or not (_WORD if small else _CAPITAL).fullmatch(core):
            break
        start, capitals = token.start() + opened, True
        if opened:
            break
    return start, None


def _bare(text: str, end: int) -> Instrument | None:
    """Returns what ``of the Act`` or ``EA 1996`` behind a provision stands for."""
    behind = _OF.match(text, end)
    at = behind.end() if behind else end
    initials = _INITIALS.match(text, at)
    if initials is not None:
        return Instrument(at, initials.end(), InstrumentKind.ACT, initials["title"], int(initials["year"]))
    bare = _BARE.match(text, at) if at > end + 1 else None
    return None if bare is None else Instrument(at, bare.end(), InstrumentKind(bare["head"]), bare["head"])
