"""Persistent and severe absence: what the school does about it, and whether it defines them rightly.

Persistent is 10% or more of the sessions missed, severe 50% or more; attendance "below 90%" leaves out who has just that.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate, islice

from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.reading.sense import sense_of
from checker.reading.senses import NOT_NOW, Sense
from checker.reading.statement import Match, Statement
from checker.reading.statements import Statements
from checker.reading.values import is_unsaid_at
from checker.reading.words import Words, cut
from checker.recognise.comparisons import Comparison
from checker.recognise.percentages import Percentage, percentages
from checker.recognise.spans import mentions
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.missed_shares import is_said_again, shares_missed
from england_attendance.policy.vocabulary import actors, topic

MISSED = {"persistent": 10.0, "severe": 50.0}
FAR = 14
FAR_BY_NAME = 28  # "20% or more of school (…; this is known as …)"
CLOSE = 4
MOST_SHOWN = 3
FEWER_SHOWN = 2
GOES_ON = 16
CLAUSE = re.compile(r"[A-Z]?\d+(?:\.\d+)+\s")
MISSED_BEFORE = 5
LABEL = 2  # cells of a row that name the kind of absence and define it
BELOW = {Comparison.LESS_THAN, Comparison.AT_MOST}
Named = Mapping[str, Sequence[Match]]
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


@dataclass(frozen=True)
class PersistentAbsence:
    """What a policy says of persistent and severe absence.

    Attributes:
        strategy: What the school does about it.
        wider: Where wider support comes in.
        severe: Where severe absence is spoken of.
        definitions: The figures that define it.
    """

    strategy: tuple[Passage, ...] = ()
    wider: tuple[Passage, ...] = ()
    severe: tuple[Passage, ...] = ()
    definitions: tuple[Definition, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows the definitions."""
        value = [{"kind": one.kind, "figure": one.words, "right": one.right} for one in self.definitions]
        yield PublishedFact("absence_definitions", value, tuple(one.passage for one in self.definitions))


@reader
def persistent_absence(statements: Statements) -> PersistentAbsence:
    """Reads what the policy says of persistent and severe absence."""
    words = topic("persistent_absence")
    labelled = {one.index: named for one in statements if one.block.cells and (named := _labelled(one))}
    headed = statements.in_sections_under(words["either"])
    either = headed | statements.find(words["either"])  # what goes on from these says less
    about = sorted(
        _about(statements, labelled.keys()), key=lambda one: (one.index not in headed, one.index not in either)
    )
    strategy = islice((one for one in about if _does(statements, one)), MOST_SHOWN)
    wider = [*islice((one for one in about if _brings_in_wider_support(statements, one)), FEWER_SHOWN)]
    listed = (one for one in statements if one.is_item and _is_listed_help(statements, one))
    severe = statements.with_any([words["severe"], words["both"]]) | statements.in_sections_under(words["severe"])
    severe |= {at for at, named in labelled.items() if named["severe"]}
    defining = statements.with_any([words[name] for name in (*MISSED, "both")]) | labelled.keys()
    return PersistentAbsence(
        tuple(map(statements.passage, strategy)),
        tuple(map(statements.passage, wider or islice(listed, FEWER_SHOWN))),
        tuple(map(statements.passage, islice(statements.at(severe), FEWER_SHOWN))),
        tuple(found for statement in statements.at(defining) for found in _definitions(statements, statement)),
    )


@check("policy.persistent-absence")
def strategy_and_right_lines(absence: PersistentAbsence, gaps: Gaps) -> Outcome:
    """There is a strategy with wider support, and the definitions are right."""
    wrong = [definition for definition in absence.definitions if not definition.right]
    faults = [
        Fault(
            f"The policy defines {definition.kind} absence as “{definition.words}”; it is {MISSED[definition.kind]:g}% or more "
            f"of sessions missed, which is attendance of {100 - MISSED[definition.kind]:g}% or less.",
            None,
            (definition.passage,),
        )
        for definition in wrong
    ]
    missing = []
    if not absence.strategy:
        missing.append("what the school does about persistent and severe absence")
    elif not absence.wider:
        missing.append("how wider support (other services, early help, the local authority) comes in")
    if absence.strategy and not absence.severe:
        missing.append("what the school does about severe absence")
    if missing and not faults:
        waiting = could_stand_in_a_gap(
            gaps, [topic("persistent_absence")["subject"]], f"does not say {' nor '.join(missing)}"
        )
        if waiting is not None:
            return waiting
    if missing:
        faults.append(Fault(f"The policy does not say {' nor '.join(missing)}.", None, absence.strategy[:1]))
    if faults:
        searched = "persistent or severe absence beside what is done, and wider support" if missing else None
        return with_gaps(failed(*faults, fix=_advice(wrong, missing), searched=searched), gaps)
    passages = [
        *absence.strategy[:1],
        *absence.wider[:1],
        *(definition.passage for definition in absence.definitions[:2]),
    ]
    return passed("The policy says what is done about persistent and severe absence, with wider support.", passages)


def _advice(wrong: Sequence[Definition], missing: Sequence[str]) -> str | None:
    """Returns what to do where a definition is wrong, and what is missing beside it; ``None`` for the usual advice."""
    kinds = dict.fromkeys(definition.kind for definition in wrong)
    right = [f"Define {kind} absence as missing {MISSED[kind]:g}% or more of possible sessions." for kind in kinds]
    return " ".join([*right, *(f"Say {what}." for what in missing)]) if right else None


def _about(statements: Statements, labelled: Set[int]) -> Iterator[Statement]:
    """Yields the statements that speak of persistent or severe absence, and those that go on from them.

    A numbered clause begins something new; the item of a list is followed by other items, not by its own passage, unless
    it is a whole sentence.
    """
    either = topic("persistent_absence")["either"]
    naming, headed = statements.find(either), statements.in_sections_under(either)
    last: Statement | None = None
    for statement in statements:
        named = statement.index in naming or statement.index in headed
        if named:
            ends_there = statement.is_item and not statement.block.text.endswith(".")
            if not ends_there or statement.index in headed:
                last = statement
            elif last is None or last.block.section != statement.block.section:
                last = None  # an item behind a passage on such absence goes on from that, with the items behind it
        elif last is not None and (
            statement.index - last.index > GOES_ON
            or statement.block.section != last.block.section
            or (statement.block is not last.block and CLAUSE.match(statement.block.text))
        ):
            last = None
        if _is_a_source(statement):
            continue
        if named or last is not None or statement.index in labelled or _at_the_line(statement):
            yield statement


def _is_a_source(statement: Statement) -> bool:
    """Whether it only says where words come from: "*Taken from the Department's guidance on …"."""
    place = topic("persistent_absence")["source"].first(statement.words.forms[statement.own_from :])
    return place is not None and place[0] == 0


def _brings_in_wider_support(statements: Statements, statement: Statement) -> bool:
    """Whether others help: that an authority is told, or fines, is no support."""
    words = topic("persistent_absence")
    if statements.says(statement, words["no-support"]):
        return False
    return any(
        match.end > statement.own_from
        and sense_of(statement, match) in {Sense.AFFIRMED, Sense.PERMITTED}
        and (actors().of(statements, statement, match) != "parents" or _is_given(statement, match))
        for match in statements.matches(statement, words["wider"])
    )


def _is_given(statement: Statement, match: Match) -> bool:
    """Whether a family is given what stands there: "Parents are offered wider help"."""
    before = statement.words.forms[max(0, match.start - CLOSE) : match.start]
    return topic("persistent_absence")["given"].first(before) is not None


def _is_listed_help(statements: Statements, statement: Statement) -> bool:
    """Whether it is an item of a list of outside agencies in a part on attendance: "Outside agencies: school nurse, …"."""
    words, headings = topic("persistent_absence"), statements.headings(statement)
    return (
        statement.is_item
        and len(headings) > 1
        and words["agencies"].first(headings[-1].forms) is not None
        and any(words["attendance"].first(heading.forms) is not None for heading in headings)
        and statements.says(statement, words["wider"])
    )


def _at_the_line(statement: Statement) -> bool:
    """Whether a statement says what happens when attendance is about where absence becomes persistent or severe."""
    if "%" not in statement.text and "cent" not in statement.text:
        return False
    return any(one.low in {90, 50} and one.comparison in BELOW for one in percentages(statement.text))


def _does(statements: Statements, statement: Statement) -> bool:
    """Whether a statement says what is done about it by others than the family, or what a pupil is given."""
    words = topic("persistent_absence")
    aims = statements.says(statement, words["aims"]) and not statements.says(statement, words["by-deed"])
    return not (aims or statements.says(statement, words["refers"])) and any(
        sense_of(statement, match) is Sense.AFFIRMED
        and (actors().may_be(by, statements, statement, match) or _is_for_the_absent(statements, statement, match))
        for name, by in (("strategy", "school|governors"), ("gets", "pupils"))
        for match in statements.matches(statement, words[name])
    )


def _is_for_the_absent(statements: Statements, statement: Statement, deed: Match) -> bool:
    """Whether a row tells what is done for whom: "Targeted | Persistently absent pupils | Key worker, weekly review"."""
    if not statement.row:
        return False
    lengths = (sum(len(paragraph.text) + 1 for paragraph in cell.paragraphs) for cell in statement.block.cells)
    edges, starts = list(accumulate(lengths, initial=statement.own_offset)), statement.words.starts
    own = bisect_right(edges, starts[deed.start])
    whom = statements.matches(statement, topic("persistent_absence")["either"])
    if own > LABEL and any(_labelled(statement).values()):  # "Persistent | Pupils missing 10% | Meeting, early help"
        parents = statements.matches(statement, actors().concepts["parents"])
        ahead = (match.start for match in parents if match.end <= deed.start)
        return all(bisect_right(edges, starts[at]) != own for at in ahead)  # not what "Parents …" are to do
    return any(0 < bisect_right(edges, starts[match.start]) < own for match in whom)


def _definitions(statements: Statements, statement: Statement) -> Iterator[Definition]:
    words = topic("persistent_absence")
    if _is_a_step(statement):
        return
    named = _labelled(statement) or {kind: _named(statements, statement, kind) for kind in MISSED}
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


def _labelled(statement: Statement) -> Named:
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
