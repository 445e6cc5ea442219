"""The sentences and cells of a policy that may speak of times, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.documents.model import BlockKind
from checker.reading.english import english
from checker.reading.splitting import LONGEST_ROW
from checker.reading.statement import Statement
from checker.reading.statements import Statements
from checker.reading.words import cut
from checker.recognise.spans import has_digit
from checker.recognise.times import times
from england_attendance.policy.day.items import holds_items
from england_attendance.policy.day.marks import names_a_happening
from england_attendance.policy.day.rows import LONGEST_GROUP, rows, side_by_side
from england_attendance.policy.day.titles import whose_lists
from england_attendance.policy.day.units import Unit, group_in, holds_time, leading_group, register_group
from england_attendance.policy.day.windows import windows
from england_attendance.policy.schools.identity import Sites
from england_attendance.policy.vocabulary import topic

FAR = 8
FEWEST_ENTRIES = 4
_NEXT_ENTRY = re.compile(r"(?<!\d)(?<!\d[ap]m)(?<!\d noon) (?:–|-|→|•|/) (?=\d{1,2}[.:]\d\d)")
_TIME_FIRST = re.compile(r"(?P<time>\d{1,2}[.:]\d\d ?(?:[ap]m)?)(?: ?(?:–|-|:))? (?=[^\W\d])")
_ONLY_TIME = re.compile(r"(?P<time>\d{1,2}[.:]\d\d ?(?:[ap]\.?m\.?)?)")
_IN_BRACKETS = re.compile(r" ?\([^()]*\)")
_GOES_ON = re.compile(r"(?:It|They|That|This|Th(?:e|at|is) (?:second |other |afternoon )?(?:one|register))\b")
LONGEST_ENTRY = 6  # words
_AT_ANOTHER_TIME = frozenset(["later", "after", "afterwards", "then", "when", "once", "before", "until", "till"])
_NEXT_SITE = re.compile(r"[;,] (?:and )?(?=[^\W\d])")
_ONLY_TIMES = re.compile(r"[\d.:apm \u2013-]+(?:to [\d.:apm ]+)?\.?")
_SITE_FIRST = re.compile(r"(?P<name>[^\d:;,]{3,50}?):? (?P<times>(?:from |at )?\d{1,2}[.:]?\d\d.*)")
# "… at 12.40pm for infants, closing at 12.50pm, and at 1.40pm for juniors, closing at 1.50pm"
_FOR_A_GROUP = re.compile(r"[;,]? (?:and )?(?:at |from )?(?=\d{1,2}[.:]\d\d ?(?:[ap]m)? for [^\W\d])")
_TIME_WORDS = frozenset(["o'clock", "half", "quarter", "noon", "midday", "minutes", "hour", "hours", "past", "to"])
# Without figures one of these stands beside them; "to" alone is in half of all sentences.
_HOURS = frozenset(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])
_HOUR_WORDS = _HOURS.union(
    ["noon", "mid", "midday", "midnight", "minute", "minutes", "min", "mins", "hour", "hours", "hr", "hrs"]
)
# What tells of registers without a time: when they are taken, and for how long they stay open.
_WITHOUT_TIME = ("at-start", "period", "open-all-session", "as-long", "whole-of")


def units(statements: Statements, sites: Sites) -> Iterator[Unit]:
    """Yields the sentences and cells that hold a time, or tell of registers what needs none, in reading order."""
    previous: Statement | None = None
    block_sites: tuple[str, ...] = ()
    of_register = ""  # the group whose register a sentence, and those that go on from it, is about
    leading = ""  # the group with which a sentence before it in its paragraph begins
    title_sites: tuple[str, ...] = ()  # those of the last line that is a title, though the format does not show it
    heading_sites: tuple[str, ...] = ()
    entry_time = ""  # with which the last entry of a paragraph begins
    untimed = statements.with_any([topic("day/register_events")[name] for name in _WITHOUT_TIME])
    naming_sites = statements.with_any(sites.called)
    titled = whose_lists(statements)
    for statement in statements:
        same_block = previous is not None and previous.block is statement.block
        own = sites.in_words(statement.words) if statement.index in naming_sites else ()
        if previous is None or previous.block.section != statement.block.section:
            title_sites, heading_sites = (), _heading_sites(statements, statement, sites)
        if own and _looks_like_a_title(statement):
            title_sites = own
        block_sites = own or (block_sites if same_block else title_sites or heading_sites)
        block_group = leading if same_block else ""
        leading = leading_group(statement.own) or block_group
        going_on = of_register if same_block and _GOES_ON.match(statement.own) else ""
        of_register = register_group(statement.own) or going_on
        previous = statement
        is_untimed = statement.index in untimed
        begins = _TIME_FIRST.match(statement.own) or _ONLY_TIME.fullmatch(statement.own)
        entry_time = begins["time"] if begins else entry_time if same_block else ""
        if same_block and (entry := _entry_of_a_time(statement, entry_time)):
            yield Unit(entry, 0, statements.passage(statement), block_sites, "", _context(statements, statement))
            continue
        if not (is_untimed or has_digit(statement.own) or _may_tell_in_words(statement)):
            continue
        if statement.row:
            yield from rows(statements, statement, sites, block_sites, _context(statements, statement))
            continue
        context = _context(statements, statement)
        whose, open_times = windows(statement.own, context) if not statement.block.cells else ("", [])
        if open_times:
            for text in open_times:
                yield Unit(text, 0, statements.passage(statement), block_sites, "" if own else whose, context)
            continue
        told = (list(_by_site(statement, sites)) if own else []) or _pieces(statement, block_sites)
        telling = [piece for piece in told if is_untimed or holds_items(piece[0])]
        if telling and not (statement.block.cells and _is_whole_row(statement)):
            passage = statements.passage(statement)
            for text, offset, of_sites in telling:
                title = titled.get(statement.index, "")
                group = title if not of_sites or group_in(title) else ""
                group = group or ("" if of_sites else block_group or of_register)
                yield Unit(text, offset, passage, of_sites, group, context)


def _may_tell_in_words(statement: Statement) -> bool:
    """Whether a time may stand in a statement in words, or in figures in what leads to it; a row has headings too."""
    forms = statement.words.forms
    if _TIME_WORDS.isdisjoint(forms):
        return False
    return statement.row or has_digit(statement.lead) or not _HOUR_WORDS.isdisjoint(forms)


def _pieces(statement: Statement, sites: tuple[str, ...]) -> list[tuple[str, int, tuple[str, ...]]]:
    """Returns the parts of a sentence that tell of different times, each with where it begins and the sites."""
    found = _pairs(statement) or _timeline(statement) or _by_group(statement)
    return [(text, offset, sites) for text, offset in found or [(statement.text, statement.own_offset)]]


def _pairs(statement: Statement) -> list[tuple[str, int]]:
    """Returns a label of several with each of its values: "Register opens / closes: 8.45 / 9.15"."""
    label, _, values = statement.own.partition(": ")
    pieces = side_by_side([label], values) if "/" in label else []
    return [(f"{labels[0]}: {value}", 0) for labels, value in pieces]


def _by_site(statement: Statement, sites: Sites) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Yields a label with the times of each site: "School day: Fell Lane 8.45 to 3.15; Beck Road 8.50 to 3.20"."""
    label, colon, values = statement.own.partition(": ")
    if colon and _ONLY_TIMES.fullmatch(values) and len(named := sites.in_text(label)) == 1:  # "Fell Lane: 8.45 to 3.15"
        yield values, 0, named
    entries = _NEXT_SITE.split(values)
    parted = [(match, sites.in_text(match["name"])) for entry in entries if (match := _SITE_FIRST.fullmatch(entry))]
    if colon and len(entries) > 1 and len(parted) == len(entries) and all(len(named) == 1 for _, named in parted):
        yield from ((f"{label}: {match['times']}", 0, named) for match, named in parted)


def _entry_of_a_time(statement: Statement, time: str) -> str:
    """Returns a short sentence behind the time with which its entry begins: "8.40 School starts. Register taken."."""
    plain = _IN_BRACKETS.sub("", statement.own)
    short = len(plain.split()) <= LONGEST_ENTRY and not has_digit(plain)
    short = short and _AT_ANOTHER_TIME.isdisjoint(cut(plain).forms)
    return f"{time} {plain}" if time and short and not statement.block.cells else ""


def _timeline(statement: Statement) -> list[tuple[str, int]]:
    """Returns the entries of a day told in one line, each of which begins with its time: "8.40 registers – 9.10 texts"."""
    entries = _NEXT_ENTRY.split(statement.own)
    return [(entry, 0) for entry in entries] if len(entries) >= FEWEST_ENTRIES else []


def _by_group(statement: Statement) -> list[tuple[str, int]]:
    """Returns the times of each group behind what is said of all: "taken at 9 for infants, closing at 9.10, and …"."""
    lead, *entries = _FOR_A_GROUP.split(statement.own)
    distinct = len(entries) > 1 and all(len(times(entry)) > 1 for entry in entries) and names_a_happening(lead)
    return [(f"{lead} at {entry}", 0) for entry in entries] if distinct else []


def _context(statements: Statements, statement: Statement) -> tuple[str, ...]:
    """Returns the words before and above a statement that tell of what it speaks.

    They are the sentence before it in its paragraph, or the one that a pronoun in it or in the question that it answers
    leans on; a line before it that looks like a heading; and the headings.
    """
    before = [
        other
        for other in statements.all[max(0, statement.index - FAR) : statement.index]
        if other.block.section == statement.block.section
    ]
    own, words = statement.words.forms[statement.own_from :][:2], []
    if before and (before[-1].block is statement.block or not english().pronouns.isdisjoint(own)):
        words.append(before[-1])
        words.extend(other for other in reversed(before[:-1]) if other.block is statement.block)
    if len(before) > 1 and before[-1].is_question and not english().pronouns.isdisjoint(before[-1].words.forms):
        words.extend(before[-3:-1][::-1])
    titles = [other for other in before if _looks_like_a_title(other)]
    words.extend(titles[-1:])
    return tuple(form for other in words for form in other.words.forms) + tuple(
        form for heading in reversed(statements.headings(statement)) for form in heading.forms
    )


def _looks_like_a_title(statement: Statement) -> bool:
    """Whether a statement is a short line without a stop or a time: a heading that the format does not show as one."""
    text = statement.block.text
    plain = statement.block.kind is BlockKind.PARAGRAPH and not text.endswith((".", "!", "?", ",", ";"))
    return plain and len(text.split()) <= LONGEST_GROUP and not holds_time(text)


def _is_whole_row(statement: Statement) -> bool:
    """Whether a cell belongs to a row short enough to be a statement of its own, which is read cell by cell."""
    return sum(len(cell.text.split()) for cell in statement.block.cells) <= LONGEST_ROW


def _heading_sites(statements: Statements, statement: Statement, sites: Sites) -> tuple[str, ...]:
    for heading in reversed(statements.headings(statement)):
        found = sites.in_words(heading) if sites.names else ()
        if found:
            return found
    return ()
