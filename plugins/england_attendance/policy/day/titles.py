"""Lists of times that stand one after the other, each under a title that says whose they are.

"Infants", "Start 8.50", "Morning register 8.50, closes 9.10"; then "Juniors" with the same lines: no table, and no site
that the policy names elsewhere. A title that names a year or a phase says so of the prose below it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from checker.documents.model import BlockKind
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from england_attendance.policy.day.rows import LONGEST_GROUP, tells_what
from england_attendance.policy.day.units import groups_in, holds_time, is_of_days

LONGEST_LINE = 12  # words of a line of such a list
FEWEST = 2  # lines with times, and labels that two lists share
APART = 6  # statements between two lists


@dataclass
class _List:
    """Lines with times under a title."""

    title: str
    first: int
    lines: list[Statement] = field(default_factory=list)

    @property
    def group(self) -> str:
        """The one year or phase that its title names; empty for none."""
        return _group_of(self.title)

    @property
    def whose(self) -> str:
        """Whose times it gives."""
        return self.group or self.title

    @property
    def labels(self) -> set[str]:
        """The words with which its lines begin."""
        return {" ".join(line.words.forms[:1]) for line in self.lines}


def whose_lists(statements: Statements) -> Mapping[int, str]:
    """Returns for the statements of such lists, by their indexes, the titles that say whose times they give."""
    lists = [one for one in [*_lists(statements)] if len(one.lines) >= FEWEST]
    alike = {
        id(one)
        for pair in pairwise(lists)
        if pair[1].first - pair[0].lines[-1].index <= APART
        and pair[0].title != pair[1].title
        and (_are_of_groups(*pair) or len(pair[0].labels & pair[1].labels) >= FEWEST)
        for one in pair
    }
    return {line.index: one.whose for one in lists if id(one) in alike for line in one.lines}


def _are_of_groups(one: _List, other: _List) -> bool:
    """Whether the titles of two lists are the same but for the year or phase: "Our day: infants", "Our day: juniors"."""
    if not one.group or not other.group or one.group == other.group:
        return False
    return one.title.replace(one.group, "") == other.title.replace(other.group, "")


def _lists(statements: Statements) -> Iterator[_List]:
    current: _List | None = None
    section: int | None = None
    for statement in statements:
        if statement.block.section != section:
            section = statement.block.section
            heading = statements.document.sections[section].title
            current = _List(heading, statement.index) if _says_whose(heading) else None
            if current:
                yield current
        text = statement.block.text
        prose = statement.own != text or len(text.split()) > LONGEST_LINE
        if statement.row or (prose and not (current and current.group)):
            current = None
        elif holds_time(text):
            if current:
                current.lines.append(statement)
        elif statement.block.kind is BlockKind.PARAGRAPH and _says_whose(text):
            current = _List(text, statement.index)
            yield current


def _says_whose(title: str) -> bool:
    """Whether a title may say whose times stand below it: it is short, and names a year or nothing that happens then."""
    words: Sequence[str] = title.split()
    plain = 0 < len(words) <= LONGEST_GROUP and not title.endswith((".", "!", "?", ",", ";", ":"))
    return plain and bool(cut(title).forms) and (bool(_group_of(title)) or not tells_what(title))


def _group_of(title: str) -> str:
    """Returns the one year or phase that a title names; empty for none."""
    named = [match.group() for match in groups_in(title)]
    return named[0] if len(named) == 1 and not is_of_days(named[0]) else ""
