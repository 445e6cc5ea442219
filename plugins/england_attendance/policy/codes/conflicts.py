"""Codes that stand in two classes, or mean two things, in one policy: in its tables and lists, and in its sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from checker.facts import reader
from checker.findings import Passage, unique
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from england_attendance.policy.codes.codes_list import CodesList
from england_attendance.policy.codes.entries import CodeEntry
from england_attendance.policy.codes.groups import codes_in
from england_attendance.policy.codes.words import class_called, code_words, is_right, is_wrong, may_stand
from england_attendance.policy.one_value import Contradiction
from england_attendance.policy.vocabulary import topic

NEAR = 5  # words between a code and the class that a sentence gives it
_CODES = re.compile(
    r"\b[Cc]odes? [\"']?(?P<codes>[A-Z]\d?[\"']?(?:(?:, | and | or |, and |/)[\"']?[A-Z]\d?\b[\"']?)*)(?!\w)"
)


@dataclass(frozen=True)
class CodeConflicts:
    """Codes that stand in two classes, or mean two things."""

    found: tuple[Contradiction, ...] = ()


@reader
def code_conflicts(codes: CodesList, statements: Statements) -> CodeConflicts:
    """Compares the places of the codes that the document lists more than once."""
    return CodeConflicts((*_two_classes(codes, statements), *_two_meanings(codes)))


def _two_classes(codes: CodesList, statements: Statements) -> Iterator[Contradiction]:
    stands: defaultdict[str, dict[str, Passage]] = defaultdict(dict)
    for entry in codes.entries:
        if entry.classes:
            right = [name for name in entry.classes if may_stand(entry.code, name)]
            stands[entry.code].setdefault((right or entry.classes)[0], entry.passage)
    for code, stated_class, passage in _said(statements):
        stands[code].setdefault(stated_class, passage)
    for code, places in stands.items():
        if not all(may_stand(code, name) for name in places) and len(places) > 1:
            named = " and ".join(class_called(name) for name in places)
            yield Contradiction(f"Code {code} stands in two classes: {named}", unique(places.values()))


def _said(statements: Statements) -> Iterator[tuple[str, str, Passage]]:
    """Yields the codes to which a sentence gives a class, that is, with authorised or unauthorised near them."""
    words = topic("one_value")
    for statement in statements.having(words["code"]):
        if statement.row or statement.is_question:
            continue
        classes = [
            *((match, "unauthorised") for match in statements.matches(statement, words["unauthorised"])),
            *((match, "authorised") for match in statements.matches(statement, words["authorised"])),
        ]
        for listed in _CODES.finditer(statement.text) if classes else ():
            first, last = _word_at(statement, listed.start()), _word_at(statement, listed.end("codes") - 1)
            match, name = min(classes, key=lambda one: max(one[0].start - last, first - one[0].end))
            if max(match.start - last - 1, first - match.end) <= NEAR:
                for code in codes_in(listed["codes"]):
                    yield code, name, statements.passage(statement)


def _word_at(statement: Statement, offset: int) -> int:
    return next((at for at, end in enumerate(statement.words.ends) if end > offset), len(statement.words) - 1)


def _two_meanings(codes: CodesList) -> Iterator[Contradiction]:
    """Yields the codes of which one entry gives the right meaning and another a wrong one."""
    given: defaultdict[str, dict[bool, CodeEntry]] = defaultdict(dict)
    for entry in codes.entries:
        if entry.code not in code_words().means:
            continue
        for means, says_so in ((True, is_right), (False, is_wrong)):
            if says_so(entry.code, entry.meaning):
                given[entry.code].setdefault(means, entry)
    for code, entries in given.items():
        if len(entries) > 1:
            words = " and ".join(f"“{entry.meaning}”" for entry in entries.values())
            yield Contradiction(
                f"Code {code} means two things: {words}", unique(entry.passage for entry in entries.values())
            )
