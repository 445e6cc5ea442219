"""From when, and until when, an arrival is late or absent: "between 8.50 and 9.20: L", "after 9.20 the mark is U"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.reading.values import goes_on, is_unsaid_at
from checker.recognise.durations import Unit as Measure
from checker.recognise.times import Time
from england_attendance.policy.day.events import Happening
from england_attendance.policy.day.items import Item
from england_attendance.policy.day.units import Unit
from england_attendance.policy.vocabulary import topic

_LATER = (("or", "later"), ("or", "after"), ("and", "after"), ("and", "later"), ("onwards",), ("onward",))
_AFTER = frozenset(["after", "past", "beyond", "since", "once", "from", "later"])
_OVER = frozenset(["more", "over", "after", "beyond", "outside", "exceeds", "exceeding", "longer", "than"])
_WITHIN = frozenset(["within", "inside", "during", "first", "to", "less", "under"])
_IF = frozenset(["if", "when", "where"])
BEHIND_A_LETTER = 3  # words
IF_WITHIN = 3  # words behind a time
_UNTIL = frozenset(["before", "until", "till", "by", "to", "prior"])


def late_events(unit: Unit, items: Sequence[Item]) -> Iterator[tuple[Happening, Time]]:
    """Yields from when, or until when, an arrival is late, and from when it is absent."""
    words, forms = topic("day/register_events"), unit.words.forms
    frame = forms[: unit.own_from] if unit.cell else ()
    in_column = any(words[f"{name}-mark"].first(frame) is not None for name in ("late", "absent"))
    in_column = in_column and words["verb-other"].first(frame) is None  # "latest time for telling us of an absence"
    told = words["arrives"].first(forms) is not None or words["letter-mark"].first(forms) is not None
    if not in_column and not told and not _goes_on(unit, items):
        return
    for index, item in enumerate(items):
        if item.first is None:
            continue
        following = next((other.start for other in items[index + 1 :] if other.first is not None), len(forms))
        later = words["afterwards"].first(forms[item.end : following])
        until = item.end + later[0] if later else following
        mark = _mark(unit, item, until)
        if later and mark == "late" and _places(unit, "absent", until, following):
            yield Happening.ABSENT_FROM, item.last or item.first
        if mark == "late":
            yield from _late(unit, item)
        elif mark == "absent" and (_relation(forms, item) == "after" or _not_by(forms, item) or in_column):
            relation = _relation(forms, item)
            yield Happening.ABSENT_FROM, (item.last if relation == "after" else None) or item.first


def _goes_on(unit: Unit, items: Sequence[Item]) -> bool:
    """Whether a sentence goes on from one on late arrivals with a later time: "After 9.15 it is an unauthorised absence"."""
    begins = (
        bool(items) and 0 < items[0].start - unit.own_from <= 2 and _relation(unit.words.forms, items[0]) == "after"
    )
    arrivals = topic("day/register_events")["arrives"].first(unit.context) is not None and "late" in unit.context
    # "After 9.30, if no reason has been given, …" is about those of whom nobody has heard
    behind = unit.words.forms[items[0].end :] if begins else ()
    return begins and arrivals and _IF.isdisjoint(behind[:IF_WITHIN])


def absent_lengths(unit: Unit, items: Sequence[Item]) -> Iterator[float]:
    """Yields after how many minutes an arrival is absent: "more than 30 minutes late: U"."""
    yield from (minutes for over, mark, minutes in _lengths(unit, items) if over and mark == "absent")


def late_lengths(unit: Unit, items: Sequence[Item]) -> Iterator[float]:
    """Yields for how many minutes an arrival is still late but present: "within 20 minutes of registration: L"."""
    yield from (minutes for over, mark, minutes in _lengths(unit, items) if not over and mark == "late")


def _lengths(unit: Unit, items: Sequence[Item]) -> Iterator[tuple[bool, str | None, float]]:
    """Yields the lengths after or within which somebody arrives: whether it is after, the mark, and the minutes."""
    words, forms = topic("day/register_events"), unit.words.forms
    if (
        words["arrives"].first(forms) is None
        or words["letter-mark"].first(forms) is None
        or words["no-arrival"].first(forms)
    ):
        return
    for index, item in enumerate(items):
        before = set(forms[max(0, item.start - 3) : item.end])
        if item.length is None or not before & (_OVER | _WITHIN):
            continue
        following = next((other.start for other in items[index + 1 :]), len(forms))
        minutes = item.length.high * (60 if item.length.unit is Measure.HOUR else 1)
        yield bool(before & _OVER), _mark(unit, item, following), minutes


def _late(unit: Unit, item: Item) -> Iterator[tuple[Happening, Time]]:
    words, forms = topic("day/register_events"), unit.words.forms
    assert item.first is not None
    relation = _relation(forms, item)
    if item.last is not None:
        yield Happening.LATE_FROM, item.first
        yield Happening.LATE_UNTIL, item.last
    elif relation == "after" or _not_by(forms, item):
        yield Happening.LATE_FROM, item.first
    elif relation == "until" and words["obliged"].first(forms[max(0, item.start - 12) : item.start]) is None:
        yield Happening.LATE_UNTIL, item.first


def _relation(forms: Sequence[str], item: Item) -> str:
    before, behind = set(forms[max(0, item.start - 2) : item.start]), tuple(forms[item.end : item.end + 2])
    if _AFTER & before or behind in _LATER or behind[:1] in _LATER:
        return "after"
    return "until" if _UNTIL & before else "at"


def _not_by(forms: Sequence[str], item: Item) -> bool:
    before = forms[max(0, item.start - 9) : item.start]
    return "by" in before[-3:] and topic("day/register_events")["denied"].first(before) is not None


def _mark(unit: Unit, item: Item, following: int) -> str | None:
    """Returns what an arrival at a time is: by the marks behind it, else by those before it."""
    words, forms = topic("day/register_events"), unit.words.forms
    leading = _leading(unit, 0, item.start) if following < len(forms) else None
    if leading and _leading(unit, item.end, following):
        return leading  # "late after 8.55, absent after 9.20"
    ahead = forms[item.end : following]
    placed = {name: next(iter(_places(unit, name, item.end, following)), None) for name in ("late", "absent")}
    late, absent = placed["late"], placed["absent"]
    if late is not None and absent is not None and late < absent and forms[late] == "l":
        return "late"
    if absent is not None and (late is None or "but" not in ahead):
        return "absent"
    if placed["late"] is not None:
        return "late"
    if words["told-of"].first(forms) is not None:
        return None
    behind = [(place, name) for name in ("late", "absent") for place in _places(unit, name, 0, item.start)]
    if not behind:
        return None
    place, name = max(behind)
    letters = [(at, mark) for at, mark in behind if forms[at] in {"l", "u"} and 0 < place - at <= BEHIND_A_LETTER]
    return letters[-1][1] if unit.cell and letters else name  # "U unauthorised late": the code counts


def _leading(unit: Unit, start: int, end: int) -> str | None:
    """Returns the mark that only "after", "until" and the like part from a time behind it."""
    places = [(place, name) for name in ("late", "absent") for place in _places(unit, name, start, end)]
    place, name = max(places, default=(end, None))
    return name if end - place - 1 > 0 and (_AFTER | _UNTIL).issuperset(unit.words.forms[place + 1 : end]) else None


def _places(unit: Unit, name: str, start: int, end: int) -> list[int]:
    """Returns where a mark stands that is not denied ("not as absent"), nor goes on from one ("…, using code U")."""
    words, forms = topic("day/register_events"), unit.words.forms
    found: list[int] = []
    denied: int | None = None
    for place in range(start, end):
        if all(phrase.end_from(forms[:end], place) is None for phrase in words[f"{name}-mark"].phrases):
            continue
        before = forms[max(start, place - 3) : place]
        if words["denied"].first(before) is not None or is_unsaid_at(unit.words, unit.words.starts[place]):
            denied = place
        elif denied is None or not goes_on(forms, denied, place):
            found.append(place)
    return found
