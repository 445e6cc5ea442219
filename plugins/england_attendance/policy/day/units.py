"""A sentence or cell of a policy that may speak of times, with whose times they are: which site, which year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from checker.findings import Passage
from checker.reading.words import Words, cut
from checker.recognise.durations import durations
from checker.recognise.spans import has_digit, mentions
from checker.recognise.times import times

_YEAR = r"(?:\d{1,2}|R)(?!\d|[.:]\d)"
_DAY = r"(?:Mon(?:day)?|Tues?(?:day)?|Wed(?:nesday)?|Thu(?:rs)?(?:day)?|Fri(?:day)?)s?\b"
_DAYS = rf"\b{_DAY}(?:(?: ?(?:–|-|/|,|&)| to|,? and| until| through) ?{_DAY})*"
_WEEK = re.compile(r"Mon\w*\W.*\bFri\w*")
_RANGE = re.compile(r"–|-| to | until | through ")
_DAYS_ONLY = re.compile(_DAYS)
_GROUP = re.compile(
    rf"(?:\b(?:(?:Reception|Nursery)(?:, | and | & |/))?(?:Years?|Yrs?|Y)\.? ?{_YEAR}"
    rf"(?: ?(?:–|-|/|,|&|and|to|,? and) ?(?:Years? |Yrs? |Y)?{_YEAR})*|\bReception\b|\b[Nn]ursery\b"
    r"|\bEYFS\b|\bKey Stages? \w+|\bKS ?\d(?:/\d)?|\bInfants?\b|\binfants\b|\bJuniors?\b|\bjuniors\b"
    r"|\bSixth Form\b|\b(?:Upper|Lower|Middle|Senior|Prep) School\b"
    r"|\b(?:Pre-)?Prep\b"
    r"|\b(?:[Pp]rimary|[Ss]econdary) (?:[Pp]hase|[Dd]epartment)\b|\b(?:Primary|Secondary) (?:[Pp]upils|[Ss]tudents)\b|\b[Pp]ost[- ]16\b"
    rf"|\bFoundation Stage\b|\bPre-?school\b|{_DAYS})",
)
_PARTS = re.compile(r"[,;.:(](?!\d)|\b(?:and|or|but|while|others?|rest)\b")
_PAIRS = re.compile(r"(?!.*\bagain\b),? ?(?:and|to|until|till|then|–|-)(?: [a-z]+){0,4} ?")
_OTHERWISE = re.compile(r",? ?and (?:at|by|until|till|from) ?|, ?and ?")  # "at 3.10, and at 2.00 on Fridays"
_SHARES = re.compile(
    r"\W{0,3}(?:and )?(?:to|until|till|at) \d|\)? ?[/|] ?\d|,? and (?:at )?\d[\d.:]*(?:am|pm)? (?:for\b|\()"
)
WEEK = 5
NEXT = 12  # characters between a time and the group that it is for
LONG_ASIDE = 3  # words behind a group in brackets that tell what it does
_LEADS = re.compile(
    r"(?:^|[;.:] )(?:and |but )?(?:[Ff]or|[Ii]n|[Oo]n|[Aa]t|[Ff]rom|[Ee]very|[Ee]ach) (?:pupils in |children in |the |an? )?$"
)
_AT = re.compile(r"(?:At|In|For) (?:the )?")
# "The infants' register is taken …", "The register for Years 1 and 2 opens …": whose it is, told before what is done.
_REGISTER_FOR = re.compile(
    r"(?:The |Our )?(?:\w+ )?registers? (?:for|of|in) (?:the |pupils in |children in )?", re.IGNORECASE
)
_DONE = r" (?:is|are|opens?|closes?|begins?)\b"
_DONE_FOR = re.compile(_DONE)
_OWN_REGISTER = re.compile(rf"(?:['’]s?(?: \w+)?)? registers?{_DONE}")
_LABELS = re.compile(r"(?:^|[;.:|] )$")
_OWN_TIME = re.compile(r":? (?:at |until |from )?\d{1,2}[.:]\d\d")
_BRACKET = re.compile(r" ?\((?:for )?")
_COLON = re.compile(r"(?: ?\([^()]{1,60}\))? ?[:–|]")
# "EYFS and KS1 taken 12.55pm, closes 1.20pm KS2 taken 1.20pm, closes 1.45pm": an entry begins with what happens to whom.
_HAPPENS = re.compile(
    rf"(?:(?: and|,|/|&) ?{_GROUP.pattern})*(?: registers?| registration)?:? (?:taken|called|opens?|closes?)\b"
)
_CHAIN = re.compile(rf"(?:^|[;.:|] )(?:{_GROUP.pattern}(?: and|,|/|&) ?)*$")
_ENDS_LINE = re.compile(r"\d ?(?:[ap]\.?m\.?|noon)?[,;]? (?:and )?$")
_STOPS = re.compile(r"[;.](?!\d)")


@dataclass(frozen=True)
class Unit:
    """A sentence, or a cell with the labels and headings that it stands under.

    Attributes:
        text: What leads to it (a list's line, labels, headings) and its own words.
        own_offset: Where in ``text`` its own words begin.
        passage: Where it stands.
        sites: The sites that it speaks of; empty for all.
        group: The year group of a cell, or that whose list of times it stands in; empty for all.
        context: The words of what stands before and above it.
        cell: Whether it is a cell.
    """

    text: str
    own_offset: int
    passage: Passage
    sites: tuple[str, ...]
    group: str
    context: tuple[str, ...]
    cell: bool = False

    @cached_property
    def words(self) -> Words:
        """Its words, with what leads to it in front."""
        return cut(self.text)

    @cached_property
    def own_from(self) -> int:
        """The index of the first of its own words."""
        return self.word_at(self.own_offset)

    def word_at(self, offset: int) -> int:
        """Returns the index of the first word that ends after an offset."""
        return next((index for index, end in enumerate(self.words.ends) if end > offset), len(self.words))

    def word_after(self, offset: int) -> int:
        """Returns the index of the first word that begins at an offset or after it."""
        return next((index for index, start in enumerate(self.words.starts) if start >= offset), len(self.words))

    def group_at(self, start: int, end: int) -> str:
        """Returns the year group that a time is for: in a cell that of its row or column, else the one beside it.

        That is the one with which the thought begins ("For Year 7 it opens at 1.00 and closes at 1.20"), the one right
        behind it in its clause, or the last one before it: "Years 1 and 2 are registered from 1pm".
        """
        if self.cell and self.group:
            return self.group
        named = groups_in(self.text)
        if self.cell:  # "1.00pm (KS1), 1.15pm (KS2)", "KS1 taken 1.00pm; KS2 taken 1.15pm"
            since = self.text.rfind("; ", self.own_offset, start)
            begins = self.own_offset if since < 0 else since + 2
            goes_on = (match.start() for match in named if begins < match.start() < start and self._begins_line(match))
            begins = max(goes_on, default=begins)
            own = (
                match for match in named if _BRACKET.fullmatch(self.text, end, match.start()) or match.start() == begins
            )
            return next((match.group() for match in own), "")
        opened = self.text.rfind("(", self.own_offset, start)
        if opened > self.text.rfind(")", self.own_offset, start):  # "Nursery begins at 8.45 (register shut 9.05)"
            closed = self.text.find(")", end)
            if not any(opened < match.start() < closed for match in named):
                return self.group_at(opened, opened)
        after = [
            match
            for match in named
            if 0 <= match.start() - end <= NEXT
            and not _OWN_TIME.match(self.text, match.end())
            and not has_digit(self.text[end : match.start()])  # "9.00am to 2.45pm (2.15pm Friday)"
            and ";" not in self.text[end : match.start()]  # "close at 1.15; Year 2 are registered at 1.20"
            and not self._tells_an_aside(end, match)
        ]
        if after and _BRACKET.fullmatch(self.text, end, after[0].start()):  # "3.10pm (Year 1) 3.15pm (Year 2)"
            return after[0].group()
        before = [match for match in named if match.end() <= start][-1:]
        if before and self._leads(before[0], start):
            return before[0].group()
        parted = not before or _PARTS.search(self.text, before[0].end(), start) is not None
        if parted and not after:
            after = [match for match in named if match.start() >= end and self._is_for_a_pair(end, match)][:1]
            after = [match for match in after if not _OWN_TIME.match(self.text, match.end())]  # "(Friday: 14.00)"
        if not parted:
            after = [match for match in after if _PARTS.search(self.text, end, match.start()) is None]
        else:
            before = [match for match in before if start - match.end() <= 14]
        return (after or before)[0].group() if after or before else self.group

    def _tells_an_aside(self, end: int, group: re.Match[str]) -> bool:
        """Whether brackets behind a time say what a group does, and name no time: "3.15 (Reception use the side door)"."""
        behind, bracket, _ = self.text[group.end() :].partition(")")
        opened = "(" in self.text[end : group.start()]
        return opened and bool(bracket) and len(behind.split()) >= LONG_ASIDE and not has_digit(behind)

    def names_whose(self, start: int, end: int, light: frozenset[str]) -> bool:
        """Whether nothing but a colon and who it is for stands between a noun and a time: "Register, Year 1: 8.45".

        Args:
            start: The index of the word behind the noun.
            end: The index of the first word of the time.
            light: The words that say nothing else, beside the groups.
        """
        if end >= len(self.words):
            return False
        whom = self.text[self.words.ends[start - 1] : self.words.starts[end]]
        for group in reversed(groups_in(whom)):
            whom = whom[: group.start()] + whom[group.end() :]
        return ":" in whom and light.issuperset(cut(whom).forms)

    def _begins_line(self, group: re.Match[str]) -> bool:
        """Whether an entry begins with a group, right behind the time with which the one before ends: "… 1.20 KS2 taken …"."""
        return bool(_ENDS_LINE.search(self.text, 0, group.start()) and _HAPPENS.match(self.text, group.end()))

    def _leads(self, group: re.Match[str], time: int) -> bool:
        """Whether the thought, or the entry behind a label, that a time ends begins with a group: "Fridays: …; …"."""
        before = self.text[: group.start()]
        if _LABELS.search(before) and _COLON.match(self.text, group.end()):
            return ". " not in self.text[group.end() : time]
        if (_CHAIN.search(before) or self._begins_line(group)) and _HAPPENS.match(self.text, group.end()):
            return _STOPS.search(self.text, group.end(), time) is None
        return bool(_LEADS.search(before)) and not _STOPS.search(self.text, group.end(), time)

    def _is_for_a_pair(self, end: int, group: re.Match[str]) -> bool:
        """Whether a group behind a second time is for the first too: "called at 1.00 and shut at 1.20 for Year 7".

        Not where others share the first, "from 9.00 to 3.10 for Year 7, to 3.20 for Year 8", nor where the second is
        another time of the same event: "ends at 3.10, and at 2.00 on Fridays".
        """
        between = times(self.text[end : group.start()])
        if len(between) != 1 or group.start() - end - between[0].end > NEXT or _SHARES.match(self.text, group.end()):
            return False
        if has_digit(self.text[end + between[0].end : group.start()]):  # "ends at 2.15 (1.00 on Fridays)"
            return False
        if _OTHERWISE.fullmatch(self.text, end, end + between[0].start):
            return False
        return _PAIRS.fullmatch(self.text, end, end + between[0].start) is not None


def groups_in(text: str) -> list[re.Match[str]]:
    """Returns where years, phases or some days of the week are named; all its days together are no group."""
    return [
        match for match in _GROUP.finditer(text) if not _WEEK.fullmatch(match.group()) or _is_not_all(match.group())
    ]


def leading_group(text: str) -> str:
    """Returns the group with which a sentence begins and that those behind it are of: "At the Juniors …", "Juniors: …"."""
    lead = _AT.match(text)
    match = _GROUP.match(text, lead.end() if lead else 0)
    if match is None or is_of_days(match.group()) or text.startswith(" and ", match.end()):
        return ""
    return match.group() if lead or text.startswith(": ", match.end()) else ""


def register_group(text: str) -> str:
    """Returns the one group whose register a sentence is about: "The register for Year 1 is taken at 8.50 and again at 1"."""
    named = groups_in(text) if mentions(text, ["register"]) else []
    if len(named) != 1 or is_of_days(named[0].group()):
        return ""
    before, end = text[: named[0].start()], named[0].end()
    owned = before in {"", "The ", "Our "} and _OWN_REGISTER.match(text, end)  # "Nursery registers are …"
    given = _REGISTER_FOR.fullmatch(before) and _DONE_FOR.match(text, end)
    return named[0].group() if owned or given else ""


def group_in(text: str) -> re.Match[str] | None:
    """Returns where the first of them is named."""
    return next(iter(groups_in(text)), None)


def is_of_days(group: str) -> bool:
    """Whether a group is one of days of the week."""
    return _DAYS_ONLY.match(group) is not None


def _is_not_all(days: str) -> bool:
    """Whether days are told one by one and some are left out: "Monday, Tuesday and Friday"."""
    return not _RANGE.search(days) and len(re.findall(_DAY, days)) < WEEK


def holds_time(text: str) -> bool:
    """Whether a text holds a time of day, or a length in minutes."""
    return bool(times(text, doubtful=True)) or any(duration.unit.value == "minute" for duration in durations(text))


def occasions(words: Words) -> Iterator[int]:
    """Yields the clauses that only say on what occasion: "School begins at 8.45, when the bell rings, and finishes at 3.15"."""
    forms, clauses = words.forms, words.clauses
    for at in range(1, len(words)):
        if clauses[at] != clauses[at - 1] and forms[at] in {"when", "as"}:
            behind = next((place for place in range(at, len(words)) if clauses[place] != clauses[at]), None)
            if behind is not None and forms[behind] == "and":
                yield clauses[at]
