"""The figures by which a policy defines persistent and severe absence, and whether they are right.

Persistent is 10% or more of the sessions missed, severe 50% or more; attendance "below 90%" leaves out who has just that.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.findings import Passage
from checker.reading.sense import sense_of
from checker.reading.senses import NOT_NOW
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.values import is_unsaid_at
from checker.reading.words import Words, cut
from checker.recognise.comparisons import Comparison
from checker.recognise.percentages import Percentage, percentages
from checker.recognise.spans import mentions
from england_attendance.policy.missed_shares import is_said_again, shares_missed
from england_attendance.policy.vocabulary import topic

CLOSE = 4
MISSED = {"persistent": 10.0, "severe": 50.0}
FAR, FAR_BY_NAME = 14, 28  # "20% or more of school (…; this is known as …)"
MISSED_BEFORE = 5
BELOW = {Comparison.LESS_THAN, Comparison.AT_MOST}
Named = Mapping[str, Sequence[Match]]
_MEANS = {"at", "means", "is", "as", "missing", "absence", "absent", "from"}
LIKELY = {80, 85, 90}  # attendance at which policies of one year or another drew the line


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure by which a policy defines persistent or severe absence.

    Attributes:
        kind: ``persistent`` or ``severe``.
        right: Whether it says 10% (50%) or more missed.
        words: The figure as written.
        passage: Where it stands.
    """

    kind: str
    right: bool
    words: str
    passage: Passage


def definitions_in(statements: Statements, statement: Statement) -> Iterator[Definition]:
    """Yields the figures by which a statement defines persistent or severe absence."""
    words = topic("persistent_absence")
    if _is_a_step(statement):
        return
    named = labelled_kind(statement) or {kind: _named(statements, statement, kind) for kind in MISSED}
    if not any(named.values()) or statements.says(statement, words["statistic"]):
        return
    figures = [figure for figure in percentages(statement.text) if not _is_of_pupils(statement, figure)]
    fractions = [one for one in shares_missed(statement) if not any(is_said_again(one, figure) for figure in figures)]
    figures = sorted([*figures, *fractions], key=lambda figure: figure.start)
    if statement.follows_on:  # the sentence before speaks for itself
        figures = [figure for figure in figures if figure.end > statement.own_offset]
    kinds = sorted((kind for kind in MISSED if named[kind]), key=lambda kind: named[kind][0].start)
    figures = _own(figures, kinds[0]) if len(kinds) == 1 else figures
    in_order = len(figures) == len(kinds) == len(MISSED)
    for kind in kinds:
        for place, figure in enumerate(figures):
            meant = kinds[place] == kind if in_order else _is_nearest(statement, named, figure, kind)
            if meant and _defines(statement, named[kind], figure) and not _is_past(statement, figure):
                right, written = _is_right(figure, kind), figure.written(statement.text)
                if _is_denied(statements, statement, named[kind], figure):
                    if not right:  # "pupils above 90% are not persistently absent"
                        continue
                    right, written = False, f"not {written}"
                yield Definition(kind, right, written, statements.passage(statement))


def _own(figures: list[Percentage], kind: str) -> list[Percentage]:
    """Leaves out the line of the kind that is not named: "We act at 10%, and again at 50%, which is termed severe"."""
    right = [figure for figure in figures if _is_right(figure, kind)]
    others = [figure for figure in figures if figure not in right]
    of_another = all(any(_is_right(one, other) for other in MISSED if other != kind) for one in others)
    return right if right and of_another else figures


def _named(statements: Statements, statement: Statement, kind: str) -> Sequence[Match]:
    """Returns where a kind of absence is named; beside the other kind its one word is enough: "… and severe (50%)"."""
    words = topic("persistent_absence")
    if statements.says(statement, words["both"]):
        return [Match(at, at + 1) for at, form in enumerate(statement.words.forms) if form == kind]
    return statements.matches(statement, words[kind])


def _is_a_step(statement: Statement) -> bool:
    """Whether it stands in the row of a step that is taken: "Stage 3 (persistent absence) | Below 90% | A meeting"."""
    label = cut(statement.block.cells[0].text).forms if statement.block.cells else ()
    return bool(label) and topic("persistent_absence")["step-label"].first(label[:1]) is not None


def labelled_kind(statement: Statement) -> Named:
    """Returns the kind of absence that the label of a row names, where it names one; empty in no table."""
    if not statement.block.cells:
        return {}
    text = statement.block.cells[0].text
    label = cut(text).forms if mentions(text, MISSED) else ()
    kinds = [kind for kind in MISSED if any(form.startswith(kind) for form in label)]
    if len(kinds) != 1:
        return {}
    at = max(0, statement.own_from - (not statement.row))
    return {kind: (Match(at, at + 1),) if kind in kinds else () for kind in MISSED}


def _is_of_pupils(statement: Statement, figure: Percentage) -> bool:
    """Whether it is a share of the pupils, not of the sessions of one."""
    words = statement.words
    after = bisect_left(words.starts, figure.end)
    return topic("persistent_absence")["of-pupils"].first(words.forms[after : after + MISSED_BEFORE]) is not None


def _is_past(statement: Statement, figure: Percentage) -> bool:
    """Whether a figure defined the word once: "Until 2015 it was 15%"."""
    at = _at(statement.words, figure)
    return sense_of(statement, Match(at, at)) in NOT_NOW


def _is_denied(statements: Statements, statement: Statement, named: Sequence[Match], figure: Percentage) -> bool:
    """Whether a definition is denied: "A pupil who misses 10% or more is not persistently absent"."""
    words, at = statement.words, _at(statement.words, figure)
    places = [at, *(match.start for match in named)]
    for match in statements.matches(statement, topic("persistent_absence")["undefines"]):
        last = match.end - 1
        reached = any(last <= place and words.clauses[place] == words.clauses[last] for place in places)
        if reached and min(places) - CLOSE <= match.start and is_unsaid_at(words, words.starts[last]):
            return True
    return False


def _is_nearest(statement: Statement, named: Named, figure: Percentage, kind: str) -> bool:
    """Whether a figure stands nearer to the word for a kind of absence than to the word for the other."""
    at, other = _at(statement.words, figure), "severe" if kind == "persistent" else "persistent"
    closest = min(_far(statement, match, at) for match in named[kind])
    return all(closest <= _far(statement, match, at) for match in named[other])


def _at(words: Words, figure: Percentage) -> int:
    return next((index for index, start in enumerate(words.starts) if start >= figure.start), len(words) - 1)


def _defines(statement: Statement, named: Sequence[Match], figure: Percentage) -> bool:
    """Whether a figure says what the word means: it stands near the word, and nothing is done when it is reached."""
    words, triggers = statement.words, topic("persistent_absence")["triggers"]
    at = _at(words, figure)
    closest = min(named, key=lambda match: _far(statement, match, at))
    called = topic("persistent_absence")["called"].first(words.forms[max(0, closest.start - CLOSE) : closest.start])
    if abs(at - closest.start) > (FAR_BY_NAME if called else FAR):
        return False
    low, high = sorted((at, closest.start))
    stretches = (words.forms[low : high + 1], words.forms[max(0, low - 4) : low])
    explained = topic("persistent_absence")["explains"].first(words.forms[closest.end : at]) is not None
    if not explained and any(triggers.first(stretch) is not None for stretch in stretches):
        return False
    if 1 <= figure.low <= MISSED["severe"] or figure.low in LIKELY:
        return True
    if at > closest.start and _MEANS.issuperset(words.forms[closest.end : at]) and figure.low < min(LIKELY):
        return True  # "severely absent at 60% or more"
    if figure.comparison is not Comparison.EXACTLY and _is_of_presence(words, at):
        return True
    return abs(at - closest.start) <= CLOSE and figure.comparison in BELOW


def _is_of_presence(words: Words, at: int) -> bool:
    """Whether what a figure counts is said right before it: sessions missed or attended."""
    before = words.forms[max(0, at - MISSED_BEFORE) : at]
    return topic("persistent_absence")["counted"].first(before) is not None


def _far(statement: Statement, match: Match, at: int) -> tuple[bool, bool, int]:
    """How far a word is from a figure: behind a semicolon or in another clause first, then in words."""
    words = statement.words
    first, last = sorted((match.start, at))
    parted = ";" in statement.text[words.starts[first] : words.starts[last]]
    return parted, words.clauses[match.start] != words.clauses[at], abs(at - match.start)


def _is_right(figure: Percentage, kind: str) -> bool:
    line = MISSED[kind]
    if _speaks_of_presence(figure):
        return figure.low == 100 - line and figure.comparison in {Comparison.AT_MOST, Comparison.EXACTLY}
    return figure.low == line and figure.comparison in {Comparison.AT_LEAST, Comparison.EXACTLY}


def _speaks_of_presence(figure: Percentage) -> bool:
    """Whether a figure counts sessions attended, not missed."""
    if figure.low > 50:
        return True
    if figure.low < 50:
        return False
    return figure.comparison in BELOW
