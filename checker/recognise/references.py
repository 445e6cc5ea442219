"""References to sections, paragraphs and appendices, and whether they lead out of the document.

``see section 7 below`` and ``Appendix A`` are the document's own; ``section 444 of the Education Act 1996``,
``paragraph 45 of the guidance`` and ``section 3 of the Behaviour Policy`` are foreign.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from checker.recognise.numbering import Numbered, numbered
from checker.recognise.spans import Span, before, has_digit, mentions, without_overlaps
from checker.recognise.times import times
from checker.recognise.titles import Title


class ReferenceKind(StrEnum):
    """What a reference calls the place that it leads to."""

    SECTION = "section"
    PARAGRAPH = "paragraph"
    APPENDIX = "appendix"
    ANNEX = "annex"
    SCHEDULE = "schedule"
    PART = "part"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True)
class Reference(Span):
    """A reference to a numbered place.

    Attributes:
        kind: What the place is called; a bare number (``see 5.1``) is a section.
        number: Its number as a heading would write it: ``4.2``, ``A``; ``appendix one`` is ``1``.
        foreign: Whether it leads to another document: an Act, guidance, another policy.
    """

    kind: ReferenceKind
    number: str
    foreign: bool = False


_LETTERED = {ReferenceKind.APPENDIX, ReferenceKind.ANNEX, ReferenceKind.SCHEDULE}
_LABEL = re.compile(
    r"(?<![\w.-])(?:(?P<section>sections?|sects?\.|secs?\.|ss?\.(?= ?\d)|ss?(?= ?\d{2})|§§?)"
    r"|(?P<paragraph>paragraphs?|paras?\.?|clauses?)"
    r"|(?P<appendix>appendix|appendices|appendixes)|(?P<annex>annex(?:e|es)?)|(?P<schedule>(?-i:Schedules?|SCHEDULE))|(?P<part>parts?)|(?P<chapter>chapters?))"
    r" ?(?=[\w(])",
    re.IGNORECASE,
)
_PLACES = (
    "sect",
    "sec.",
    "§",
    "para",
    "clause",
    "append",
    "annex",
    "schedule",
    "part",
    "chapter",
)  # and "s 7": a letter and a number
_BARE = re.compile(
    r"\b(?:see(?: also)?|refer to|turn to|(?:set out|described|outlined|detailed|explained|stated|given|listed|defined|shown"
    r"|covered) (?:in|at|under)|in line with|in accordance with|as per|point|points) (?=\d)|\((?=\d{1,2}\.\d{1,2}\))",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\b(?:in|at|under|to|from|of|and) (?=\d{1,2}(?:\.\d{1,2}){1,3} (?:above|below)\b)", re.IGNORECASE)
_NO_NUMBER = re.compile(
    r"[ –-]?(?:%|[ap]\.?m\b|per ?cent|days?\b|weeks?\b|years?\b|hours?\b|minutes?\b|sessions?\b|pupils?\b|o'clock"
    r"|[.:]\d)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"$|[).,;:\]]| (?:above|below|for|of this)\b")
_TARGET = re.compile(
    r"(?:,|\))? ?(?:of|in|to|from|under|within) (?P<whose>the|this|our|that|these|those|its|their|an?|each|your)? ?"
    r"[\"'\[*_]{0,3}(?P<what>[\w(][\w'() –-]{0,70})?",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:(?:policy|document|statement|procedures?|present policy)\b(?! of\b)|(?:sections?|appendix|appendices|annex"
    r"|part|chapter)\b)",
    re.IGNORECASE,
)
_SCHOOLS = re.compile(r"^(?:whole[ -]school|(?:school|trust|academy)(?:'s)?) ")
_ELSEWHERE = re.compile(
    r"\b(?:acts?|regulations?|regs|order|guidance|handbook|code|standards|policy|framework|convention|charter|procedures?"
    r"|strategy|report|agreement|contract|plan|form)\b",
    re.IGNORECASE,
)
_WORD = r"(?:[A-Z][\w'-]*|\([A-Z][\w ]{0,40}\))"
_BEHIND = re.compile(
    rf",? ?\(?(?:(?:the )?{_WORD}(?: (?:{_WORD}|and|of)){{0,8}} (?:Act|Regulations|Order|Code)\b"
    r"|[A-Z]{2,6},? \(?(?:19|20)\d\d)"
)
_LEAD = re.compile(
    r"\b(?:act|regulations|regs|order|code(?: of (?:conduct|practice))?|protocol|toolkit|charter|memorandum|articles"
    r"|(?:guidance|guide|handbook|framework|standards|convention)(?: (?:for|on|of|to)(?: [\w'-]+){1,4})?|contract|conditions)"
    r"[\"')]*(?:,? \(?(?:19|20)\d\d\)?)?"
    r"[\"')\]]*(?:,| –|:)? ?\(?(?:(?:at|in|in particular|particularly|especially|notably|including|namely):? )?\(?$"
)
# "the protocol at Appendix F" stands in an appendix of this policy, not in one of its own.
_HELD = re.compile(r"\b(?:protocol|toolkit|charter|guide|contract|framework|conditions) (?:at|in) \(?$", re.IGNORECASE)
LONGEST_SHORT_NAME = 10
_SHORT_NAME = re.compile(r"\b[A-Z]{3,6},? $")  # "KCSIE, Part 2"
_BEHIND_TITLE = re.compile(
    r"[\"'*\])]{0,3}(?:,? \(?(?:[A-Z][a-z]{2,8} )?(?:19|20)\d\d\)?)?(?:,| –|:)? ?(?:at |in )?\(?"
)
_OTHER_POLICY = re.compile(r"(?P<named>\b[\w-]+) (?:policy|procedures?|handbook|plan)[\"')]*,? ?\(?$")
# "see its Appendix 4", "the county's section 8": somebody else's, unless this policy or the school is meant.
_POSSESSED = re.compile(r"\b(?:its|their|(?P<whose>[\w-]+)(?:'s|s'))(?: own)? \(?$")
_OURS = {"policy", "school", "document", "trust", "academy", "federation", "college"}
_THIS_POLICY = re.compile(r"\b(?:this|the(?: [\w-]+)?) (?:policy|document)\b")
# What stands between places in one work: "chapters 2 and 6 and Annex A", "at paragraph 29 and in section 6".
_JOINS = re.compile(r"(?:,|;)? ?\(?(?:and |or |& ?)?(?:in |at |under )?", re.IGNORECASE)
_NEXT_NUMBER = re.compile(r"[ ,/&–-]{0,3}(?:and |or |to )?")
_OWN_BEHIND = re.compile(r" (?:above|below|(?:of|in|to) (?:this|our|the present)\b)")
_PROCEEDING = re.compile(
    r" (?:enquir|inquir|assessment|investigation|order|agreement|notice|plan|child(?:ren)?\b|interim|strategy|dut"
    r"|funding|referral)"
)
_STATUTE = re.compile(r"\d+[A-Z]|\d{2,}\(\d|(?:6[1-9]|[7-9]\d|\d{3,})(?!\.)")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_UNDER = re.compile(r"(?<!out )(?<!given )(?<!listed )(?<!described )(?<!detailed )\bunder $")


def references(text: str, *, own: Collection[str] = (), titles: Sequence[Title] = ()) -> tuple[Reference, ...]:
    """Returns the references to numbered places in a text: of a list one for each number, of a range its two ends.

    Args:
        text: Normalised text.
        own: Titles of the document itself, such as ``attendance policy``: ``section 4 of the attendance policy`` is
            then no foreign place.
        titles: The titles of other documents in the text: a reference right behind one is foreign.
    """
    if not (has_digit(text) or mentions(text, _PLACES)):
        return ()
    found = without_overlaps([*_labelled(text, frozenset(title.lower() for title in own)), *_bare(text)])
    read: list[Reference] = []
    for reference in found:
        narrows = bool(read) and read[-1].foreign and _narrows(text, read[-1], reference)
        listed = narrows or (bool(read) and read[-1].foreign and _goes_on(text, read[-1], reference))
        foreign = reference.foreign or listed or _behind_title(text, reference, titles)
        read.append(replace(reference, foreign=foreign))
    return tuple(read)


def _narrows(text: str, outer: Reference, inner: Reference) -> bool:
    """Whether one place lies within or beside the one before it: "Standards, Part 3, paragraph 15", "… and Annex A"."""
    joined = _JOINS.fullmatch(text, outer.end, inner.start) is not None and _OWN_BEHIND.match(text, inner.end) is None
    return joined and (outer.kind is not inner.kind or text[outer.end : inner.start].endswith((" in ", " at ")))


def _goes_on(text: str, one: Reference, following: Reference) -> bool:
    """Whether a bare number goes on a list of places in one work: "chapters 2 and 6"."""
    bare = one.kind is following.kind and not text[following.start : following.start + 2].isalpha()
    return bare and _NEXT_NUMBER.fullmatch(text, one.end, following.start) is not None


def _behind_title(text: str, reference: Reference, titles: Sequence[Title]) -> bool:
    return any(
        title.end <= reference.start <= title.end + 30 and _BEHIND_TITLE.fullmatch(text, title.end, reference.start)
        for title in titles
    )


def _labelled(text: str, own: Collection[str]) -> Iterator[Reference]:
    taken = 0
    for match in _LABEL.finditer(text):
        if match.start() < taken:
            continue
        kind = ReferenceKind(match.lastgroup or "section")
        label = match[0].strip().rstrip(".").lower()
        items = numbered(
            text, match.end(), plural=(label.endswith("s") and label != "s") or kind in _LETTERED, label=label
        )
        items = [item for item in items if item is not items[-1] or not _NO_NUMBER.match(text, item.end)]
        if not items or not _is_number(match[0], kind, items[0].value):
            continue
        taken = items[-1].end
        short = label in {"s", "ss"} and "." not in items[0].value
        foreign = short or _is_foreign(text, kind, match.start(), items, own)
        yield from _each(kind, match.start(), items, foreign)


def _is_number(label: str, kind: ReferenceKind, value: str) -> bool:
    """Whether a label and what follows it are a reference: ``Part A``, ``section IV``, but not ``the part I play``."""
    lettered = kind in _LETTERED or label[0].isupper()
    roman = len(value) > 1 and _ROMAN.fullmatch(value) is not None
    return value[0].isdecimal() or lettered or roman


def _each(kind: ReferenceKind, start: int, items: list[Numbered], foreign: bool) -> Iterator[Reference]:
    for place, item in enumerate(items):
        yield Reference(item.start if place else start, item.end, kind, item.value, foreign)


def _is_foreign(text: str, kind: ReferenceKind, start: int, items: list[Numbered], own: Collection[str]) -> bool:
    behind, lead = text[items[-1].end : items[-1].end + 160], before(text, start, 60)
    target = _TARGET.match(behind)
    if kind is ReferenceKind.SCHEDULE and lead.endswith(" of "):  # "paragraph 3 of Schedule 2"
        return True
    if target is not None and target["what"]:
        verdict = _leads_out(target, own)
        if verdict is not None:
            return verdict
    held = _HELD.search(lead) if kind in _LETTERED else None
    led = _LEAD.search(lead) is not None and (held is None or "'s " in lead[: held.start()])
    if _BEHIND.match(behind) or led or _is_behind_short_name(text, start):
        return True
    possessed = _POSSESSED.search(lead)
    if possessed and possessed["whose"] not in _OURS and not _THIS_POLICY.search(lead):
        return True
    other = _OTHER_POLICY.search(lead)
    if other is not None and other["named"] not in {"this", "the", "our", "a", "see"}:
        written = other[0].rstrip(" ,(\"')")
        if not any(title.endswith(written) for title in own):
            return True
    if kind not in {ReferenceKind.SECTION, ReferenceKind.PARAGRAPH}:
        return False
    plain = [int(item.value) if item.value.isdecimal() else 0 for item in items]
    if max(plain) > 60 or any(_STATUTE.match(item.value) for item in items):
        return True
    spoken_of_as_law = _PROCEEDING.match(behind.lower()) or _UNDER.search(lead)
    return kind is ReferenceKind.SECTION and plain[0] >= 7 and spoken_of_as_law is not None


def _is_behind_short_name(text: str, start: int) -> bool:
    """Whether the short name of a work stands before a place: "KCSIE, Part 2", no "SEE SECTION 2"."""
    named = _SHORT_NAME.search(text, max(0, start - LONGEST_SHORT_NAME), start) is not None
    return named and not text[start : start + 4].isupper()


def _leads_out(target: re.Match[str], own: Collection[str]) -> bool | None:
    """Whether ``of …`` behind a number names another document; ``None`` where it names none."""
    what, whose = target["what"], (target["whose"] or "").lower()
    of = " of " in f" {target[0].lower()}"[:6]
    if any(_SCHOOLS.sub("", what.lower()).startswith(title) for title in own):
        return False
    if _OWN.match(what) and whose in {"the", "this", "our", "", "that"}:
        return False
    if whose == "this" and not re.match(r"(?:form|letter|contract|agreement|plan)\b", what, re.IGNORECASE):
        return False
    if of:
        return True
    named = " ".join(what.split(" ")[:8])
    return True if whose and what[0].isupper() and _ELSEWHERE.search(named) else None


def _is_time(text: str, item: Numbered) -> bool:
    """Whether what could be a number in brackets is a time of day: "the morning session (8.55)"."""
    return any(time.start == item.start for time in times(text))


def _bare(text: str) -> Iterator[Reference]:
    for pattern in (_BARE, _PLACED):
        taken = 0
        for match in pattern.finditer(text):
            items = numbered(text, match.end(), plural=True) if match.start() >= taken else []
            taken = items[-1].end if items else taken
            if not items or any(_NO_NUMBER.match(text, item.end) for item in items) or _is_time(text, items[0]):
                continue
            listed = "/" in text[items[0].start : items[-1].end]
            if all(item.depth for item in items) or (not listed and _ENDS.match(text, items[-1].end)):
                foreign = _is_foreign(text, ReferenceKind.SECTION, match.start(), items, ())
                yield from _each(ReferenceKind.SECTION, items[0].start, items, foreign)
