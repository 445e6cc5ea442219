"""The reading of clock times for :mod:`checker.recognise.times`: their shapes, and what beside them speaks against."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from checker.recognise.numbers import number
from checker.recognise.spans import Span, after, before, mentions, without_overlaps

_HOUR_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
# Every time holds a figure, or a word that begins as one of these.
_DIGIT = re.compile(r"\d")
_THREE_DIGITS = re.compile(r"\d\d\d")
_HOUR_BEGINS = re.compile(rf"(?<!\w)(?:{_HOUR_WORD}|noon|mid)")
_MERIDIEM = (
    r"(?:(?P<am>a\. ?m\b\.?|a ?m\b|in the morning\b|\(a\.?m\.?\))"
    r"|(?P<pm>p\. ?m\b\.?|p ?m\b|in the (?:afternoon|evening)\b|\(p\.?m\.?\))"
    r"|(?P<noon>noon\b|mid-?day\b)|(?P<hrs>hrs?\b|hours\b|h\b))(?! ?: ?\d)"
)
_FIGURES = re.compile(
    r"(?<!\d)(?<!\d[.:,])(?P<hour>[01]?\d|2[0-4])(?P<mark> ?[.:;] ?|,)(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)(?![.,:]\d)"
    rf"(?!/\d+(?!\d|[.:]\d\d))(?: ?{_MERIDIEM})?",
    re.IGNORECASE,
)
_HOUR = re.compile(
    rf"(?<![\w.,:/£$€])(?<![^\dm]-)(?P<hour>1\d|2[0-4]|0?\d|{_HOUR_WORD})"
    rf"(?: ?o' ?clock\b(?: {_MERIDIEM})?| ?(?P<glued>[ap]\. ?m\b\.?|[ap] ?m\b|noon\b|mid-?day\b)"
    r"|(?P<said> in the (?:morning|afternoon|evening)\b))",
    re.IGNORECASE,
)
_FOUR = re.compile(
    rf"(?<![\w.,:/£$€#+-])(?P<hour>[01]\d|2[0-4]|[1-9])(?P<minute>[0-5]\d)(?!\d)(?![.,:/]\d)(?: ?{_MERIDIEM})?",
    re.IGNORECASE,
)
_FOUR_AFTER_DASH = re.compile(r"(?<=\d-)(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d)(?![\d.,:/-])")
_SPOKEN = re.compile(
    r"\b(?P<part>half|(?:a )?quarter|(?:twenty[ -]five|twenty|ten|five|25|20|10|5))(?P<unit>[ -]minutes?)?"
    rf"[ -](?P<way>past|to|after) (?P<hour>{_HOUR_WORD}|1[0-2]|[1-9])\b(?![.:,]\d)(?: o' ?clock\b)?(?: ?{_MERIDIEM})?",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"\b(?P<hour>{_HOUR_WORD})[ -](?P<minute>fifteen|twenty(?:[ -]five)?|thirty(?:[ -]five)?|forty(?:[ -]five)?"
    rf"|fifty(?:[ -]five)?|oh[ -]five|ten)\b(?: ?{_MERIDIEM})?",
    re.IGNORECASE,
)
_PAST_IT = re.compile(
    r"\b(?:at|by|until|till|to|before|after) (?P<part>half|(?:a )?quarter|twenty[ -]five|twenty|ten|five) past\b"
    rf"(?! (?:the |each |every )?(?:hour|{_HOUR_WORD}|\d))",
    re.IGNORECASE,
)
_FAR = 100  # characters from the hour that is understood
_NOON = re.compile(r"\b(?P<name>noon|mid-?day|midnight)\b", re.IGNORECASE)
_HALF_EIGHT = re.compile(
    rf"\b(?:at|by|until|till|before|after) (?P<all>half (?P<hour>{_HOUR_WORD}))\b(?! ?[a-z])", re.IGNORECASE
)

_AGAINST_BEFORE = re.compile(
    r"(?:(?:\b(?:sections?|paragraphs?|paras?|parts?|appendix|appendices|annex|chapters?|clauses?|regulations?|regs?"
    r"|articles?|rules?|versions?|v|tables?|figures?|figs?|pages?|pp?|points?|steps?|items?|numbers?|nos?|standards?"
    r"|criteri(?:on|a)|footnotes?|notes?|schedules?|refs?|see|see also|under|in|of|per|refers? to|referred to"
    r"|according to|pursuant to|ratios?|windows|rooms?|units?|box|scor(?:e|es|ed)|averages?|grades?|graded|levels?"
    r"|tiers?|stages?|gbp|ss?)|§)[.:]? ?\(?|[£$€#] ?)(?:\d+(?:\.\d+)*(?:, ?| and | or | to | ?– ?|-|/))*$"
)
_AGAINST_AFTER = re.compile(
    r" ?(?:%|per ?cent\b|million\b|bn\b|k\b|[gm]b\b|kg\b|km\b|miles\b|met(?:er|re)s\b|points?\b|pounds?\b|years?\b"
    r"|months?\b|weeks?\b|days?\b|terms?\b|pupils?\b|fte\b|above\b|below\b"
    r"|of (?:this|the|our) (?:policy|document|guidance)\b)"
)
_RATIO_AFTER = re.compile(r" ?(?:ratio|support|adult|staff|tuition|pupil|mentor|session|basis|work|meeting)")
_SCRIPTURE = re.compile(
    r"\b(?:genesis|exodus|leviticus|numbers|deuteronomy|joshua|judges|ruth|samuel|kings|chronicles|nehemiah|job|psalms?"
    r"|proverbs|ecclesiastes|isaiah|jeremiah|ezekiel|daniel|hosea|joel|amos|jonah|micah|matthew|mark|luke|john|acts"
    r"|romans|corinthians|galatians|ephesians|philippians|colossians|thessalonians|timothy|titus|philemon|hebrews|james"
    r"|peter|jude|revelation|qur'?an|surah|quran)\.?,? (?:chapter )?$"
)
_CUE = re.compile(
    r"(?:\b(?:at|by|for|from|until|till|til|before|after|between|than|past|around|approx(?:imately)?|about|opens?|opened"
    r"|opening|closes?|closed|closing|begins?|starts?|starting|ends?|ending|finish(?:es)?|commences?|registers?"
    r"|registration|taken|called|shuts?|times?|arrive|arrives|arrivals?|morning|afternoon|[ap]\.?m|sessions?|bell|day|lunch|lunchtime"
    r"|break|assembly|gates?|doors?|is|are)|@|[–:])[.:]? ?$"
    r"|\b(?:sessions?|registers?|registration|bell|morning|afternoon|taken|opens?|closes?|starts?|begins?|ends?) \($"
)
_CUE_AFTER = re.compile(
    r" (?:register|registration|start|finish|bell|deadline|cut-?off|close|sharp|prompt"
    r"|(?:each|every) (?:day|morning|afternoon)|daily|at the latest|o'clock|in the)\b| ?\((?:morning|afternoon|am|pm)\b"
)
_LABEL = re.compile(r"(?<!\w)(?P<half>[ap])\.?m\.?\)?(?P<colon>:?) ?(?:– )?$")
_STRONG_CUE = re.compile(r"\b(?:at|until|till|between|opens?|closes?|closed|starts?|ends?|begins?)[.:]? ?$")
_YEAR_GROUP = re.compile(r"(?:\b(?:years?|yrs?|class|classes|groups?|stage|period|tutor|form|ks|stages) ?|\bcode )$")
_AT = re.compile(
    r"\b(?:at|by|until|till|before|after|than|about|around|approximately|arrives?|opens?|closes?)(?: the)? $"
)
_FROM = re.compile(r"\b(?:from|between) $")  # "from ten to nine until three" …
_ON = re.compile(r" (?:until|till|to|and) ")  # … goes on where "from ten to two" ends
_ROLE_AFTER = re.compile(r" (?:meals?|supervis|assistant|staff|break|lunch|team|manager|leader)")
_RANGE = re.compile(r"(?:,? ?[–-] ?|,? (?:to|until|till|up to|through to) )(?:approximately |around |about )?$")
_JOINED = re.compile(r"(?: ?[–-] ?| ?/ ?|,? (?:to|until|till|and|or|&|up to|and/or) |, )(?:at |by )?$")
_ASIDE = re.compile(
    r"^(?: \([^()]{1,40}\)| [A-Z][a-z]+(?: \d(?:-\d)?)?(?=, )"
    r"| (?:for|in|at) (?:the )?(?:[\w-]+ ){0,2}?[\w-]+(?=,? (?:and|or)\b|, ))"
)
AN_HOUR = 60
_HOUR_BEFORE = re.compile(r"(?<![\w.,:/£$€-])(?P<hour>1[0-2]|[1-9])(?P<gap> ?[–-] ?| to | until | and )$")
_HOUR_AFTER = re.compile(
    r"(?: ?[–-] ?| to | until | till )(?P<hour>1[0-2]|[1-9])(?=$|[,;)]|\.(?!\d)| each\b| every\b| on\b| daily\b)"
)


@dataclass(frozen=True, slots=True)
class Clock(Span):
    """A time as written, before anything is carried over from its neighbours."""

    hour: int
    minute: int = 0
    meridiem: str | None = None
    hours24: bool = False
    sure: bool = True

    @property
    def hour24(self) -> int:
        """The hour on the clock of 24 hours."""
        if self.meridiem is None or self.hour > 12:
            return self.hour % 24
        return self.hour % 12 + (12 if self.meridiem == "pm" else 0)

    @property
    def ambiguous(self) -> bool:
        """Whether am and pm are both possible."""
        return self.meridiem is None and not self.hours24 and 1 <= self.hour <= 12

    @property
    def odd(self) -> bool:
        """Whether the hour and am or pm do not go together."""
        if self.meridiem is None or self.hours24:
            return False
        return self.hour > 12 or self.hour == 0 or (self.meridiem == "am" and self.hour == 12)


@lru_cache(maxsize=2048)
def clocks(text: str) -> tuple[Clock, ...]:
    """Returns the times of a text in order, am and pm carried over, doubtful ones marked."""
    if not (_DIGIT.search(text) or _HOUR_BEGINS.search(text.lower())):
        return ()
    found = without_overlaps(clock for shape in _SHAPES for clock in shape(text))
    return tuple(_carried(text, _with_bare_hours(text, _with_hours_understood(text, found))))


def partners(text: str, found: Sequence[Clock]) -> Iterator[tuple[int, int]]:
    """Yields the places of the times that begin a range which the next one ends, and where the range begins."""
    for place, (first, last) in enumerate(pairwise(found)):
        gap = text[first.end : last.start]
        lead = before(text, first.start, 10)
        if _RANGE.fullmatch(gap) or (gap in {" and ", " & "} and lead.endswith("between ")):
            opening = next((word for word in ("between ", "from ") if lead.endswith(word)), "")
            yield place, first.start - len(opening)


def _meridiem(match: re.Match[str]) -> str | None:
    if match["am"]:
        return "am"
    return "pm" if match["pm"] or match["noon"] else None


def _figures(text: str) -> Iterator[Clock]:
    labels = False
    for match in _FIGURES.finditer(text):
        hour, minute, mark = int(match["hour"]), int(match["minute"]), match["mark"].strip()
        meridiem, end = _meridiem(match), match.end()
        label = _label(text, match.start(), labels)
        if label is not None:
            labels, meridiem, end = True, label, match.end("minute")
        elif match["noon"] and hour != 12:
            meridiem, end = None, match.end("minute")
        clock = Clock(match.start(), end, hour, minute, meridiem, match["hrs"] is not None)
        if meridiem is None and (
            _is_no_clock(text, match, clock) or _spoken_against(text, clock, mark) or mark not in {".", ":"}
        ):
            continue
        yield replace(clock, sure=meridiem is not None or clock.hours24 or mark == ":" or _cued(text, clock))


def _label(text: str, start: int, labels: bool) -> str | None:
    """Returns am or pm where it stands before a time: ``AM: 8.50 PM: 1.10``.

    Args:
        text: The text.
        start: Where the time begins.
        labels: Whether a time before it was labelled so; else ``9.15 am 9.30`` may be its own.
    """
    lead = before(text, start, 12)
    match = _LABEL.search(lead)
    if match is None or (not labels and not match["colon"] and lead[: match.start()].rstrip()[-1:].isdecimal()):
        return None
    return f"{match['half']}m"


def _is_no_clock(text: str, match: re.Match[str], clock: Clock) -> bool:
    """Whether figures without am or pm are broken, glued to a word, or an amount of hours."""
    glued = text[max(0, clock.start - 1) : clock.start].isalpha()
    amount = match["hrs"] and ":" not in match["mark"] and clock.hour < 10 and match["hour"][0] != "0"
    return bool(glued or amount or " " in match["mark"] or (clock.hour == 24 and clock.minute))


def _spoken_against(text: str, clock: Clock, mark: str) -> bool:
    lead, rest = before(text, clock.start), after(text, clock.end)
    if _AGAINST_BEFORE.search(lead) or _SCRIPTURE.search(lead) or _AGAINST_AFTER.match(rest):
        return True
    return mark == ":" and clock.hour == 1 and _RATIO_AFTER.match(rest) is not None


def _cued(text: str, clock: Clock) -> bool:
    """Whether something beside figures with a full stop says that they are a time."""
    if text[clock.start] == "0" and clock.hour >= 6:
        return True
    lead = before(text, clock.start)
    return _CUE.search(lead) is not None or (lead != "" and _CUE_AFTER.match(after(text, clock.end)) is not None)


def _hours(text: str) -> Iterator[Clock]:
    for match in _HOUR.finditer(text):
        hour = number(match["hour"])
        said = (match["glued"] or match["said"] or match["am"] or match["pm"] or "").lower()
        if hour is None:
            hour = 0
        if _YEAR_GROUP.search(before(text, match.start())):
            continue
        if said.startswith(("noon", "mid")):
            if hour != 12 or _ROLE_AFTER.match(after(text, match.end())):
                continue
            said = "pm"
        elif match["glued"] and match["hour"].isalpha() and said == "am":
            continue
        half = {"in the morning": "am", "in the afternoon": "pm", "in the evening": "pm"}
        meridiem = half.get(said.strip(), said[:1] + "m" if said else None)
        yield Clock(match.start(), match.end(), hour, 0, meridiem)


def _four(text: str) -> Iterator[Clock]:
    for match in _FOUR.finditer(text) if _THREE_DIGITS.search(text) else ():
        hour, minute, meridiem = int(match["hour"]), int(match["minute"]), _meridiem(match)
        lead, rest = before(text, match.start()), after(text, match.end())
        marked = meridiem is not None or (match["hrs"] is not None and len(match["hour"]) == 2)
        clock = Clock(match.start(), match.end(), hour, minute, meridiem, meridiem is None)
        if marked or len(match["hour"]) == 1:
            if marked:
                yield clock
            continue
        beside_digits = re.search(r"\d[ .-]?$", lead) or re.match(r" ?\(?\d|-(?![01]\d[0-5]\d(?!\d))|'", rest)
        if beside_digits or _AGAINST_BEFORE.search(lead) or _AGAINST_AFTER.match(rest):
            continue
        if match["hour"][0] == "0":
            if hour >= 6:
                yield clock
        elif hour <= 17 and minute % 5 == 0:
            yield replace(clock, sure=_STRONG_CUE.search(lead) is not None)


def _four_after_dash(text: str) -> Iterator[Clock]:
    for match in _FOUR_AFTER_DASH.finditer(text):
        if re.search(r"(?<![\w.,:/-])[01]\d[0-5]\d-$", before(text, match.start(), 6)):
            yield Clock(match.start(), match.end(), int(match["hour"]), int(match["minute"]), None, True, sure=False)


def _spoken(text: str) -> Iterator[Clock]:
    for match in _SPOKEN.finditer(text):
        part, to, hour = match["part"].lower(), match["way"].lower() == "to", number(match["hour"]) or 0
        minute = 30 if part == "half" else 15 if "quarter" in part else number(part) or 0
        named = "half" in part or "quarter" in part
        told = match["unit"] or match["am"] or match["pm"] or _AT.search(before(text, match.start()))
        told = told or (_FROM.search(before(text, match.start())) and _ON.match(after(text, match.end())))
        if match["way"].lower() == "after" or (part == "half" and to):
            continue
        if not named and not told and (to or part.isdecimal()):
            continue
        if to:
            hour, minute = (hour - 2) % 12 + 1, 60 - minute
        end = match.end() if not match["hrs"] else match.start("hrs") - 1
        yield Clock(match.start(), end, hour, minute, _meridiem(match))


def _said(text: str) -> Iterator[Clock]:
    for match in _SAID.finditer(text) if _HOUR_BEGINS.search(text.lower()) else ():
        meridiem = _meridiem(match)
        rest = after(text, match.end(), 2)
        if meridiem is None and (not _AT.search(before(text, match.start())) or re.match(r" [a-z]|-", rest)):
            continue
        minute = 5 if match["minute"].lower().startswith("oh") else number(match["minute"]) or 0
        end = match.end() if not match["hrs"] else match.end("minute")
        yield Clock(match.start(), end, number(match["hour"]) or 0, minute, meridiem)


def _named(text: str) -> Iterator[Clock]:
    for match in _NOON.finditer(text) if mentions(text, ("noon", "mid")) else ():
        if not _ROLE_AFTER.match(after(text, match.end())) and text[match.end() : match.end() + 1] != "-":
            yield Clock(match.start(), match.end(), 0 if match["name"].lower() == "midnight" else 12, 0, None, True)
    for match in _HALF_EIGHT.finditer(text) if mentions(text, ("half",)) else ():
        yield Clock(match.start("all"), match.end(), number(match["hour"]) or 0, 30)


_SHAPES: tuple[Callable[[str], Iterator[Clock]], ...] = (
    _figures,
    _hours,
    _four,
    _four_after_dash,
    _spoken,
    _said,
    _named,
)


def _with_hours_understood(text: str, found: tuple[Clock, ...]) -> tuple[Clock, ...]:
    """Adds the times without an hour that follow one: "taken at ten to nine and closed at ten past"."""
    added: list[Clock] = []
    for match in _PAST_IT.finditer(text) if found else ():
        earlier = [clock for clock in found if clock.end <= match.start()]
        if earlier and match.start() - earlier[-1].end <= _FAR:
            part, known = match["part"].lower(), earlier[-1]
            minute = 30 if part == "half" else 15 if "quarter" in part else number(part) or 0
            following = known.hour + 1 if known.hours24 or known.hour > 12 else known.hour % 12 + 1
            hour = known.hour if minute > known.minute else following
            added.append(Clock(match.start("part"), match.end(), hour, minute, known.meridiem, known.hours24))
    return without_overlaps([*found, *added]) if added else found


def _with_bare_hours(text: str, found: tuple[Clock, ...]) -> list[Clock]:
    """Adds the hours without minutes at the other end of a range: ``9 – 9.30am``, ``8.30am to 9``."""
    added: list[Clock] = []
    taken = 0
    for clock in found:
        match = _HOUR_BEFORE.search(before(text, clock.start, 8)) if clock.meridiem else None
        start = clock.start - len(match[0]) if match else 0
        if match and taken <= start:
            lead = before(text, start)
            joined = match["gap"] != " and " or lead.endswith("between ")
            if joined and not _YEAR_GROUP.search(lead) and not _AGAINST_BEFORE.search(lead):
                added.append(Clock(start, start + len(match["hour"]), int(match["hour"])))
        rest = _HOUR_AFTER.match(text, clock.end) if clock.meridiem else None
        if rest:
            added.append(Clock(rest.start("hour"), rest.end("hour"), int(rest["hour"])))
        taken = clock.end
    return list(without_overlaps([*found, *added]))


def _carried(text: str, found: list[Clock]) -> list[Clock]:
    """Carries am and pm, and certainty, from a time to those that are joined to it."""
    joined = [_is_joined(text, first, last) for first, last in pairwise(found)]
    for place in reversed(range(len(joined))):
        first, last = found[place], found[place + 1]
        if joined[place] and last.sure:
            found[place] = replace(_earlier(first, last) if first.ambiguous and last.meridiem else first, sure=True)
    for place, is_joined in enumerate(joined):
        first, last = found[place], found[place + 1]
        if is_joined and first.sure:
            found[place + 1] = replace(_later(first, last) if last.ambiguous and first.meridiem else last, sure=True)
    return found


def _is_joined(text: str, first: Clock, last: Clock) -> bool:
    """Whether a time goes on from the one before: "9.15 and 9.20", "9.15 (infants) and 9.20", "9.15 for infants, 9.20"."""
    gap = text[first.end : last.start]
    if _JOINED.fullmatch(gap):
        return True
    near = abs((last.hour - first.hour) * 60 + last.minute - first.minute) < AN_HOUR
    return near and _JOINED.fullmatch(_ASIDE.sub("", gap)) is not None


def _earlier(first: Clock, last: Clock) -> Clock:
    same = replace(first, meridiem=last.meridiem)
    if last.meridiem == "pm" and (same.hour24, same.minute) > (last.hour24, last.minute):
        return replace(first, meridiem="am")
    return same


def _later(first: Clock, last: Clock) -> Clock:
    same = replace(last, meridiem=first.meridiem)
    if first.meridiem == "am" and (last.hour == 12 or (same.hour24, same.minute) < (first.hour24, first.minute)):
        return replace(last, meridiem="pm")
    return same
