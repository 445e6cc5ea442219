"""What a template left behind: ``[insert name]``, ``<school>``, ``####``, ``TBC``, ``Delete as appropriate``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from checker.recognise.spans import Span, before, holds_any


class PlaceholderKind(StrEnum):
    """What a placeholder looks like."""

    INSTRUCTION = "instruction"
    CHOICE = "choice"
    BRACKET = "bracket"
    BLANK = "blank"
    MERGEFIELD = "mergefield"
    HASH = "hash"
    TBC = "tbc"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Placeholder(Span):
    """Text that was to be replaced.

    Attributes:
        kind: ``instruction`` to the author; ``choice`` (``Delete as appropriate``); ``bracket`` of any shape around
            words; ``blank`` to be written on; ``mergefield`` of a mail merge; ``hash``: ``####``, ``xx`` and the
            like; ``tbc``; ``broken``: a field that the word processor could not fill.
        fillable: Whether it is right in a form or a model letter that somebody fills in later.
    """

    kind: PlaceholderKind
    fillable: bool = True


_SQUARE = re.compile(r"\[(?P<inside>[^\[\]]{1,160})\](?!\(|:? ?https?:)")
_ANGLE = re.compile(r"<{1,3}(?P<inside>[A-Za-z][^<>@:]{1,80}?) ?>{1,3}")
_ROUND = re.compile(
    r"\((?P<inside>(?:please )?(?:insert|enter|add) [^()]{1,80}|(?:name of (?:the |your )?school"
    r"|school(?:'s)? name)|insert|(?:(?<=\bat \()|(?<=\bis \()|(?<=\bby \()|(?<=\bon \()|(?<=, \()|(?<=: \())"
    r"(?:(?:the )?(?:name|time|date|number|post|job title|amount|address)|(?:tele)?phone number|e-?mail(?: address)?))\)",
    re.IGNORECASE,
)
_MERGE = re.compile(
    r"«[^«»]{1,80}»|\{{1,2} ?[A-Za-z#/][\w .:'/-]{2,60} ?\}{1,2}|\$\{[\w. ]{1,60}\}|<<[\w .']{1,60}>>"
    r"|\*\|[A-Z_:]{2,40}\|\*|%[A-Z_]{4,30}%|@@[A-Za-z_ ]{2,40}@@"
)
_HASH = re.compile(
    r"(?<![#\w])#{4,}(?!#)|(?<!^)(?<![#\w])###(?![#\w])|(?<![\w.])0?[xX]{3,}(?![\w@])|(?<!\w)XYZ(?!\w)"
    r"|(?<!\w)20(?:[xX]{2}|\d[xX])(?!\w)"
    r"|(?<![\w/])[Xx]{1,2}([/.-])[Xx]{1,2}\1(?:20)?[Xx]{2,4}(?!\w)"
    r"|(?<![\w.])XX(?!\w)|£ ?[xX]{1,5}(?!\w)|(?<!\w)[xX]{1,3} ?%"
    r"|(?<!code )(?<!codes )(?<!\w)[xX]{1,2} (?:school |working )?(?:days|sessions|weeks|minutes)\b"
    r"|(?<!\d)00/00/(?:00){1,2}(?!\d)|(?<![\w.:])(?:[xX]{1,2}|\d\d?)[.:][xX]{2} ?(?:am|pm)?(?!\w)|\?{3,}|\?{2}[.:]\?{2}"
    r"|\d[.:]\?{2}|\b(?:Mr|Mrs|Ms|Miss) X(?!\w)"
    r"|\?{2} ?%|(?:^|(?<=: ))\?$|#{2}[.:]#{2}|\[[A-Za-z?]\](?= ?(?:%|days\b|sessions\b|weeks\b|minutes\b))"
    r"|(?<![\d.,])0{3,5}(?: 0{3,4}){1,2}(?![\d.,])"
)
# Single marks of a quotation; an apostrophe stands between letters.
_SINGLE_OPENS = re.compile(r"(?<![\w'])'(?=[\w\[])")
_SINGLE_CLOSES = re.compile(r"(?<=[\w.,!?\])])'(?!\w)|^'(?!\w)")
_LONE_X = re.compile(r"x(?<![^\W\d_]x)")  # no letter stands before the x of a placeholder
_ROMAN_BEFORE = re.compile(r"\b(?:chapter|part|title|article|volume|section|pope|king|louis|schedule) $")
_WORD = re.compile(r"\w+")
_TBC = re.compile(r"(?<!\w)(?:TBC|TBA|TBD|tbc|tba|tbd|[Tt]\.[Bb]\.[CcAa]\.?)(?!\w)")
_TO_BE = re.compile(
    r"(?:^|[:(–\[|-] ?|\b(?:date|name|number|time|times|details|is|are)[:,]? )"
    r"(?P<all>(?:to be|yet to be) (?:confirmed|added|inserted|advised|announced"
    r"|decided|determined|completed|agreed|appointed|arranged|updated|supplied|provided)|(?:details |name )?to follow)(?=$|[.,;)\]]| ?/)",
    re.IGNORECASE,
)
_BLANK = re.compile(
    r"(?:__|\d)[.:]__|(?:[._]{2,4} ?/ ?){2}[._]{2,8}|_(?:[_ ]?_){2,}|…(?: ?…)+|(?<!\d)\.{5,}|(?<!\.)\.(?: \.){4,}"
)
_PAGE_BEHIND = re.compile(r" ?\.* ?\d{1,3}$|[ .]*\d{1,3} (?=[A-Z\d])")
_DATE_MASK = re.compile(r"(?<!\w)(?:dd?|DD?) ?[/.-] ?(?:mm?|MM?) ?[/.-] ?(?:yyyy|yy|YYYY|YY)(?!\w)|(?<!\w)HH:MM(?!\w)")
_NO_PLACEHOLDER = re.compile(
    r"[\d ,.;–-]*|[a-zA-Z]|[ xX✓✔☐☑☒√]{1,3}|[ivx]+|\.{3}|…|(?:image|picture|figure|photo) ?\d*(?::.*)?"
    r"|\^[\w-]{1,30}|(?:footnote|fn|note) ?\d*|see .*|(?:.*\b|the .*)(?:19|20)\d\d[a-z]?|the (?:19|20)\d\d [A-Z][a-z]+|(?:https?://|www\.).*|\d{4}.{0,4}",
    re.IGNORECASE,
)
# "… is NAME, who can be reached on TELEPHONE NUMBER"
_CAPITALS = re.compile(
    r"(?:(?<= is )|(?<= are )|(?<= by )|(?<= to )|(?<= with )|(?<= on )|(?<= at )|(?<= contact )|(?<= ring )|(?<= call ))"
    r"(?:NAME|DATE|(?:TIME|NUMBER|POST|TITLE)(?= HERE)|(?:TELE)?PHONE(?= NUMBER)|E-?MAIL(?= ADDRESS)"
    r"|(?:SCHOOL|STAFF)(?= NAME)|JOB(?= TITLE))"
    r"(?: (?:OF|HERE|AND|NAME|NUMBER|ADDRESS|TITLE|SCHOOL|STAFF|MEMBER|GOVERNOR|DETAILS))*(?![\w-]| [A-Z]{3}"
    r"| (?:(?:and|or) [A-Z ]+)?(?:stamp\w*|order|below|above)\b)"
)
_NOT_THE_READER = (
    r"(?! (?:child|son|daughter|children|famil|full|own|contact|telephone|phone|e-?mail|address|name|signature|reason"
    r"|work))"
)
_CLAUSE_BEFORE = re.compile(r"(?:^|[.:;!?(\[{<–•*>\"'-] ?|\bplease )$")
_LETTER = re.compile(r"(?:please )?(?:insert|enter|add) (?!.*\bschool)", re.IGNORECASE)
_KINDS = {
    "choices": PlaceholderKind.CHOICE,
    "broken": PlaceholderKind.BROKEN,
    "imperatives": PlaceholderKind.INSTRUCTION,
    "instructions": PlaceholderKind.INSTRUCTION,
}
_TAG = re.compile(
    r"a|abbr|article|aside|b|blockquote|body|br|center|code|col|dd|del|div|dl|dt"
    r"|em|embed|figure|font|footer|form|h1|h2|h3|h4|h5|h6|head|header|hr|html|"
    r"i|iframe|img|input|ins|li|link|main|mark|meta|nav|ol|option|p|pre|q|s|"
    r"script|section|select|small|span|strike|strong|style|sub|sup|svg|table|tbody|td"
    r"|tfoot|th|thead|title|tr|u|ul"
)


@lru_cache(maxsize=2048)
def placeholders(text: str) -> tuple[Placeholder, ...]:
    """Returns what a template left behind in a text.

    Square brackets are right around a link's words, ``[sic]``, the number of a footnote, an omission, an added ending
    (``parent[s]``), a box to tick, and inside a quotation. ``[Optional]`` is a placeholder: a clause of a policy
    in force is either there or not.
    """
    taken = bytearray(len(text))
    found = []
    for shape in (_merged, _squares, _angles, _phrases, _plain):
        for placeholder in shape(text):
            if not any(taken[placeholder.start : placeholder.end]):
                taken[placeholder.start : placeholder.end] = b"\x01" * (placeholder.end - placeholder.start)
                found.append(placeholder)
    return tuple(sorted(found, key=lambda placeholder: placeholder.start))


def _merged(text: str) -> Iterator[Placeholder]:
    for match in _MERGE.finditer(text) if holds_any(text, "«{<*%@") else ():
        yield Placeholder(match.start(), match.end(), PlaceholderKind.MERGEFIELD)


def _squares(text: str) -> Iterator[Placeholder]:
    for match in _ROUND.finditer(text) if "(" in text else ():
        yield _bracket(match.start(), match.end(), match["inside"])
    for match in _SQUARE.finditer(text) if "[" in text else ():
        inside, kept = match["inside"].strip(), _vocabulary()["brackets_kept"]
        if _BLANK.fullmatch(inside) or re.fullmatch(r"[._… ]{4,}|_[_ ]*", inside):
            yield Placeholder(match.start(), match.end(), PlaceholderKind.BLANK)
        elif not (_NO_PLACEHOLDER.fullmatch(inside) or kept.fullmatch(inside) or _editorial(text, match)):
            yield _bracket(match.start(), match.end(), inside)


def _bracket(start: int, end: int, inside: str) -> Placeholder:
    """Returns what brackets hold; ``[insert date]`` is right in a letter, ``[insert your school's name]`` nowhere."""
    told = any(_phrase_patterns()[name].search(inside) for name in ("imperatives", "instructions"))
    kind = PlaceholderKind.INSTRUCTION if told else PlaceholderKind.BRACKET
    return Placeholder(start, end, kind, not told or _LETTER.match(inside) is not None)


def _editorial(text: str, match: re.Match[str]) -> bool:
    """Whether brackets hold an addition to a word (``pupil[s]``) or to words that are quoted."""
    left, right = text[: match.start()][-1:], text[match.end() : match.end() + 1]
    if left.isalpha() or (right.isalpha() and len(match["inside"]) <= 2):
        return True
    lead, rest = text[max(0, match.start() - 400) : match.start()], text[match.end() : match.end() + 400]
    if lead.count('"') % 2 == 1 and '"' in rest:
        return True
    opened = [single.start() for single in _SINGLE_OPENS.finditer(lead)]
    return bool(opened) and not _SINGLE_CLOSES.search(lead, opened[-1] + 1) and _SINGLE_CLOSES.search(rest) is not None


def _angles(text: str) -> Iterator[Placeholder]:
    for match in _ANGLE.finditer(text) if "<" in text else ():
        inside = match["inside"].strip().lower()
        first = re.split(r"[ /]", inside)[0]
        if (_TAG.fullmatch(first) and (first == inside.rstrip(" /") or "=" in inside)) or "=" in inside:
            continue
        yield _bracket(match.start(), match.end(), match["inside"])


def _phrases(text: str) -> Iterator[Placeholder]:
    if not _may_hold_a_phrase(text):
        return
    for name, pattern in _phrase_patterns().items():
        for match in pattern.finditer(text):
            if name != "imperatives" or _CLAUSE_BEFORE.search(before(text, match.start(), 10)):
                yield Placeholder(match.start(), match.end(), _KINDS[name], name == "choices")


def _plain(text: str) -> Iterator[Placeholder]:
    low = text.lower()
    for match in _DATE_MASK.finditer(text) if "yy" in low or "hh:" in low else ():
        told_in_brackets = text[: match.start()].endswith("(")  # "Date (dd/mm/yyyy)": how to write it in a form
        kind = PlaceholderKind.BLANK if told_in_brackets else PlaceholderKind.HASH
        yield Placeholder(match.start(), match.end(), kind)
    for match in _HASH.finditer(text) if holds_any(text, ("#", "?", "00", "]")) or _LONE_X.search(low) else ():
        if not _ROMAN_BEFORE.search(before(text, match.start(), 12)):
            yield Placeholder(match.start(), match.end(), PlaceholderKind.HASH)
    for match in _CAPITALS.finditer(text):
        yield Placeholder(match.start(), match.end(), PlaceholderKind.BRACKET)
    for match in _TBC.finditer(text) if "tb" in low or "t.b" in low else ():
        yield Placeholder(match.start(), match.end(), PlaceholderKind.TBC, False)
    for match in _TO_BE.finditer(text) if "to be" in low else ():
        yield Placeholder(match.start("all"), match.end(), PlaceholderKind.TBC, False)
    for match in _BLANK.finditer(text) if holds_any(text, ("__", "_ _", "..", ". .", "…")) else ():
        if not _PAGE_BEHIND.match(text[match.end() : match.end() + 12]):
            yield Placeholder(match.start(), match.end(), PlaceholderKind.BLANK)


@cache
def _vocabulary() -> dict[str, re.Pattern[str]]:
    from checker.yaml_files import load_trusted

    data: dict[str, list[str]] = load_trusted(resources.files("checker.recognise") / "placeholders.yaml")
    return {name: re.compile("|".join(map(_pattern, phrases)), re.IGNORECASE) for name, phrases in data.items()}


@cache
def _phrase_patterns() -> dict[str, re.Pattern[str]]:
    vocabulary = _vocabulary()
    return {
        name: re.compile(rf"(?<!\w)(?:{vocabulary[name].pattern})(?![\w!])", re.IGNORECASE)
        for name in ("choices", "broken", "imperatives", "instructions")
    }


def _may_hold_a_phrase(text: str) -> bool:
    """Whether all the words of a phrase stand in a text, its first two side by side."""
    words = _WORD.findall(text.lower())
    known = set(words)
    return any(
        needed <= known and (len(beginning) < 2 or any(pair == beginning for pair in pairwise(words)))
        for first in _phrases_by_first_word().keys() & known
        for beginning, needed in _phrases_by_first_word()[first]
    )


@cache
def _phrases_by_first_word() -> dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]:
    """The first two words of each phrase and all of them, by the first."""
    from checker.yaml_files import load_trusted

    data: dict[str, list[str]] = load_trusted(resources.files("checker.recognise") / "placeholders.yaml")
    found: defaultdict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = defaultdict(list)
    for phrase in (phrase for name in _phrase_patterns() for phrase in data[name]):
        beginning = tuple(_WORD.findall(phrase.partition("_")[0])[:2])
        found[beginning[0]].append((beginning, frozenset(_WORD.findall(phrase)) - {"_"}))
    return dict(found)


def _pattern(phrase: str) -> str:
    words = (r"[\w'-]{1,20}(?: [\w'-]{1,20}){0,2}" if word == "_" else re.escape(word) for word in phrase.split(" "))
    return " ".join(words) + (_NOT_THE_READER if phrase.endswith("your") else "")
