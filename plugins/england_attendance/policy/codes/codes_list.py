"""The list of attendance codes: is it whole, is each code's meaning right, and each code's class?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checker.context import Context
from checker.documents.model import Document
from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.levels import Level
from england_attendance.codes import CodeList, national_codes
from england_attendance.policy.codes.entries import CodeEntry, class_named_at, code_entries
from england_attendance.policy.codes.words import class_called, code_words, is_gone, is_wrong, may_stand, subject
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps

MANY = 8  # codes under one name
FAR_APART = 800  # characters between the codes of one list


@dataclass(frozen=True)
class CodesList:
    """The codes that a policy lists."""

    entries: tuple[CodeEntry, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows each code with its meaning and class."""
        value = [
            {"code": entry.code, "meaning": entry.meaning, "class": entry.classes[0] if entry.classes else None}
            for entry in self.entries
        ]
        yield PublishedFact("codes", value, tuple(entry.passage for entry in self.entries[:3]))


@reader
def codes_list(document: Document) -> CodesList:
    """Returns the codes that the document lists, in reading order; one that it calls withdrawn is none of them."""
    entries = [entry for entry in code_entries(document, national_codes()) if not is_gone(entry.meaning)]
    classed = (entry for run in _under_one_name(entries) for entry in _classed(run))
    return CodesList(
        tuple(replace(one, classed=class_named_at(document, one)) if _is_misplaced(one) else one for one in classed)
    )


def _is_misplaced(entry: CodeEntry) -> bool:
    return bool(entry.classes) and not any(may_stand(entry.code, name) for name in entry.classes)


def _under_one_name(entries: Sequence[CodeEntry]) -> list[list[CodeEntry]]:
    """Returns the codes in runs that have one name above them; one in a sentence of its own without a class breaks no run."""
    runs: list[list[CodeEntry]] = [[]]
    current: tuple[str, ...] = ()
    for entry in entries:
        if entry.classes and current and entry.classes != current:
            runs.append([])
        current = entry.classes or current
        runs[-1].append(entry)
    return runs


def _classed(run: Sequence[CodeEntry]) -> Sequence[CodeEntry]:
    """Returns codes that stand under one name; where it fits but few of many, it is the title of the list, no class."""
    named = [entry for entry in run if entry.classes]
    wrong = sum(not any(may_stand(entry.code, name) for name in entry.classes) for entry in named)
    is_title = len(named) >= MANY and wrong * 2 > len(named)
    return [replace(entry, classes=()) for entry in run] if is_title else run


@check("policy.codes-list")
def every_code_right(codes: CodesList, gaps: Gaps, context: Context) -> Outcome:
    """Every code in force is listed, none that is retired, each with its right meaning and class."""
    if not codes.entries:
        waiting = could_stand_in_a_gap(gaps, [subject()], "does not list the attendance codes")
        fault = Fault("The policy does not list the national attendance codes.")
        return waiting or with_gaps(
            failed(fault, searched="a table or list of codes such as /, L, C1, I, N, O, U"), gaps
        )
    known = national_codes()
    wanted = [code.code for code in known.codes if code.in_force.holds(context.as_at)]
    listed = {entry.code for entry in codes.entries}
    wrong = [
        *_not_in_force(codes.entries, wanted, known),
        *_without_meaning(codes.entries, wanted),
        *_wrong_meanings(codes.entries),
        *_wrong_classes(codes.entries, wanted),
    ]
    where = () if wrong else (codes.entries[-1].passage,)  # the end of the list shows where it is, not what is wrong
    faults = [*_missing(wanted, listed, where), *wrong]
    if faults:
        return failed(*faults)
    ends = [_list_of(codes.entries)[0].passage, _list_of(codes.entries)[-1].passage]
    return passed(
        f"All {len(wanted)} codes in force are listed, each with its right meaning, and none that is retired.", ends
    )


def _list_of(entries: Sequence[CodeEntry]) -> Sequence[CodeEntry]:
    """Returns the longest run of codes that stand together: those named in other places are no ends of the list."""
    runs: list[list[CodeEntry]] = [[]]
    for entry in entries:
        if runs[-1] and entry.passage.start - runs[-1][-1].passage.end > FAR_APART:
            runs.append([])
        runs[-1].append(entry)
    return max(runs, key=len)


def _missing(wanted: Sequence[str], listed: set[str], where: tuple[Passage, ...]) -> Iterator[Fault]:
    absent = [code for code in wanted if code not in listed]
    if absent:
        noun = "code" if len(absent) == 1 else "codes"
        yield Fault(f"The list lacks the {noun} {', '.join(absent)}.", None, where)


def _not_in_force(entries: Sequence[CodeEntry], wanted: Sequence[str], known: CodeList) -> Iterator[Fault]:
    for entry in entries:
        if entry.code not in wanted:
            retired = known.retired_by_code.get(entry.code)
            gone = f"has been retired; in its place: {retired.replaced_by}" if retired else "is not a national code"
            yield Fault(f"Code {entry.code} {gone}.", Level.LAW, (entry.passage,))


def _without_meaning(entries: Sequence[CodeEntry], wanted: Sequence[str]) -> Iterator[Fault]:
    """Yields the few codes that are only counted up where the others have their meanings."""
    described = {entry.code for entry in entries if entry.described}
    bare = {entry.code: entry.passage for entry in reversed(entries) if entry.code not in described}
    codes = [code for code in wanted if code in bare]
    if codes and len(codes) < len(described):
        noun, verb = ("code", "means") if len(codes) == 1 else ("codes", "mean")
        yield Fault(f"The list does not say what the {noun} {', '.join(codes)} {verb}.", None, (bare[codes[0]],))


def _wrong_meanings(entries: Sequence[CodeEntry]) -> Iterator[Fault]:
    codes = national_codes().by_code
    for entry in entries:
        if entry.code in codes and entry.meaning and is_wrong(entry.code, entry.meaning):
            right = codes[entry.code].title
            yield Fault(f"Code {entry.code} is described wrongly: it means “{right}”.", Level.LAW, (entry.passage,))


def _wrong_classes(entries: Sequence[CodeEntry], wanted: Sequence[str]) -> Iterator[Fault]:
    stated: defaultdict[str, dict[str, CodeEntry]] = defaultdict(dict)
    for entry in entries:
        if entry.code in wanted and _is_misplaced(entry):
            stated[entry.code].setdefault(entry.classes[0], entry)
    for code, named in stated.items():
        for name, entry in named.items():
            message = f"Code {code} stands under {class_called(name)}; it is {_right_class(code)}."
            yield Fault(message, Level.LAW, (*filter(None, [entry.classed]), entry.passage))


def _right_class(code: str) -> str:
    words = code_words()
    return " or ".join([called for name, called in words.called.items() if code in words.holds[name]][:2])
