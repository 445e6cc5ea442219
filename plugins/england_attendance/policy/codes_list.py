"""The list of attendance codes: is it whole, is each code's meaning right, and each code's class?

Codes stand in tables (with headings as rows, with a column for the class, two code columns side by side), in lists
("L – late"), glued to their meaning ("LLate"), as ranges ("Y1–Y7"), or in a running sentence ("L = late, U = …").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from checker.context import Context
from checker.documents.model import Block, BlockKind, Cell, Document, Reading
from checker.facts import PublishedFact, check, reader
from checker.findings import Fault, Level, Outcome, Passage, failed, passed
from checker.reading.phrases import Concept, concept
from checker.reading.words import cut
from checker.yaml_files import load_trusted
from england_attendance.codes import CodeList, national_codes
from england_attendance.policy.gaps import Gaps
from england_attendance.policy.judging import could_stand_in_a_gap, with_gaps
from england_attendance.policy.vocabulary import FOLDER

MANY = 20  # codes that make a list of a table whose codes stand behind what they mean
FEWEST = 5  # fewer codes than this are an example, no list
LONGEST_CLASS = 5
_ONE = r"(?:[A-Z]\d?(?![A-Za-z0-9])|[/\\#])"
_RANGE = re.compile(r"([A-Z])\s?(\d)\s?(?:–|-|to|through)\s?(?:\1\s?)?(\d)(?![A-Za-z0-9])")
_CELL = re.compile(rf"^(?:codes?\s+)?[\"'(]*{_ONE}(?:[\s,;&~*\"'()]|and\b|or\b|[ap]\.?m\.?\b|{_ONE})*$", re.IGNORECASE)
_LEADING = re.compile(
    rf"^(?:codes?\s+)?[\"'(]?(?P<code>{_ONE}(?:\s?[/\\](?!\w))?)[\"')~*]*\s*(?:[:=–]|-(?!\w)|\s)\s*(?P<meaning>[A-Za-z].+)$"
)
_GLUED = re.compile(r"^(?P<code>[A-Z]\d?|[/\\#])(?P<meaning>[A-Z][a-z]{2,}.*)$")
_RUNNING = re.compile(
    rf"(?:^|(?<=[\s(,;]))[\"']?(?P<code>{_ONE})[\"']?\s*(?:=|–|:|\(|means|is for)\s*"
    rf"(?P<meaning>[A-Za-z][^;=]*?)(?=[;.]|,\s*[\"']?{_ONE}[\"']?\s*(?:=|–|:|\(|means)|$)"
)
_GONE = concept(
    "codes-list.gone",
    ["no longer", "withdrawn|removed|abolished|discontinued|retired|obsolete|replaced", "not .. used"],
)


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code with what the policy says of it.

    Attributes:
        code: The code.
        meaning: The words beside it.
        stated_class: The class under which it stands, by its name in ``codes_list.yaml``; ``None`` where none is given.
        passage: Where it stands.
    """

    code: str
    meaning: str
    stated_class: str | None
    passage: Passage


@dataclass(frozen=True)
class CodesList:
    """The codes that a policy lists."""

    entries: tuple[CodeEntry, ...] = ()

    def published(self) -> Iterator[PublishedFact]:
        """Shows each code with its meaning and class."""
        value = [{"code": entry.code, "meaning": entry.meaning, "class": entry.stated_class} for entry in self.entries]
        yield PublishedFact("codes", value, tuple(entry.passage for entry in self.entries[:3]))


@dataclass(frozen=True)
class _Words:
    """The vocabulary of ``codes_list.yaml``."""

    means: Mapping[str, Concept]
    means_not: Mapping[str, Concept]
    classes: Mapping[str, Concept]
    right: Mapping[str, frozenset[str]]
    called: Mapping[str, str]


@reader
def codes_list(document: Document) -> CodesList:
    """Returns the codes that the document lists, in reading order."""
    known = national_codes()
    entries = [*_from_tables(document, known), *_from_lines(document, known)]
    entries = [entry for entry in entries if _GONE.first(cut(entry.meaning).forms) is None]
    if len({entry.code for entry in entries}) < FEWEST:
        return CodesList()
    return CodesList(tuple(sorted(entries, key=lambda entry: entry.passage.start)))


@check("policy.codes-list")
def every_code_right(codes: CodesList, gaps: Gaps, context: Context) -> Outcome:
    """Every code in force is listed, none that is retired, each with its right meaning and class."""
    if not codes.entries:
        waiting = could_stand_in_a_gap(gaps, [_subject()], "does not list the attendance codes")
        fault = Fault("The policy does not list the national attendance codes.")
        return waiting or with_gaps(
            failed(fault, searched="a table or list of codes such as /, L, C1, I, N, O, U"), gaps
        )
    known = national_codes()
    wanted = [code.code for code in known.codes if code.in_force.holds(context.as_at)]
    listed = {entry.code for entry in codes.entries}
    faults = [
        *_missing(wanted, listed, codes.entries[-1].passage),
        *_not_in_force(codes.entries, wanted, known),
        *_wrong_meanings(codes.entries),
        *_wrong_classes(codes.entries, wanted),
    ]
    if faults:
        return failed(*faults)
    ends = [codes.entries[0].passage, codes.entries[-1].passage]
    return passed(
        f"All {len(wanted)} codes in force are listed, each with its right meaning, and none that is retired.", ends
    )


def _missing(wanted: Sequence[str], listed: set[str], last: Passage) -> Iterator[Fault]:
    absent = [code for code in wanted if code not in listed]
    if absent:
        noun = "code" if len(absent) == 1 else "codes"
        yield Fault(f"The list lacks the {noun} {', '.join(absent)}.", None, (last,))


def _not_in_force(entries: Sequence[CodeEntry], wanted: Sequence[str], known: CodeList) -> Iterator[Fault]:
    for entry in entries:
        if entry.code not in wanted:
            retired = known.retired_by_code.get(entry.code)
            gone = f"has been retired; in its place: {retired.replaced_by}" if retired else "is no national code"
            yield Fault(f"Code {entry.code} {gone}.", Level.LAW, (entry.passage,))


def _wrong_meanings(entries: Sequence[CodeEntry]) -> Iterator[Fault]:
    words = _words()
    for entry in entries:
        if entry.code not in words.means or not entry.meaning:
            continue
        forms = cut(entry.meaning).forms
        denied = words.means_not[entry.code].first(forms) is not None
        other = [code for code, means in words.means.items() if code != entry.code and means.first(forms) is not None]
        if denied or (words.means[entry.code].first(forms) is None and other):
            right = national_codes().by_code[entry.code].title
            yield Fault(f"Code {entry.code} is described wrongly: it means “{right}”.", Level.LAW, (entry.passage,))


def _wrong_classes(entries: Sequence[CodeEntry], wanted: Sequence[str]) -> Iterator[Fault]:
    classes: defaultdict[str, dict[str, Passage]] = defaultdict(dict)
    for entry in entries:
        if entry.code in wanted and entry.stated_class is not None:
            classes[entry.code].setdefault(entry.stated_class, entry.passage)
    for code, stated in classes.items():
        wrong = {name: passage for name, passage in stated.items() if not may_stand(code, name)}
        for name, passage in wrong.items():
            yield Fault(
                f"Code {code} stands under {class_called(name)}; it is {_right_class(code)}.", Level.LAW, (passage,)
            )


def may_stand(code: str, stated_class: str) -> bool:
    """Whether a code may stand in a class, by the Regulations' tables or by the statistical classes."""
    return code in _words().right[stated_class]


def class_called(stated_class: str) -> str:
    """Returns what to call a class in a message."""
    return _words().called[stated_class]


def means_it(entry: CodeEntry) -> bool | None:
    """Whether an entry gives a code's right meaning; ``None`` where it gives none, or the code is no national one."""
    words = _words()
    if entry.code not in words.means or not entry.meaning:
        return None
    return words.means[entry.code].first(cut(entry.meaning).forms) is not None


def _right_class(code: str) -> str:
    words = _words()
    order = (
        "present",
        "leave",
        "authorised",
        "unauthorised",
        "administrative",
        "unable",
        "educational-activity",
        "not-possible",
    )
    return " or ".join([words.called[name] for name in order if code in words.right[name]][:2])


def codes_in(text: str) -> list[str]:
    r"""Returns the codes of which some words consist; empty where they are anything else.

    ``/ \`` gives both, ``Y1–Y7`` all seven, ``B~`` (as some systems write it) B.
    """
    text = text.strip()
    if not text or len(text) > 60:
        return []
    spread = _RANGE.sub(lambda m: " ".join(f"{m[1]}{n}" for n in range(int(m[2]), int(m[3]) + 1)), text)
    if not _CELL.match(spread):
        return []
    plain = re.sub(r"(?i)\bcodes?\b|\band\b|\bor\b|\b[ap]\.?m\.?(?!\w)", " ", spread)
    return re.findall(_ONE, plain)


def _from_tables(document: Document, known: CodeList) -> Iterator[CodeEntry]:
    for index, table in enumerate(document.tables):
        found: list[CodeEntry] = []
        current = _class_above(document, index)
        for row in table.rows:
            cells = [cell for cell in row.cells if cell.text]
            places = [at for at, cell in enumerate(cells) if _codes_of_cell(cell, known)]
            if not places:
                named = [name for cell in cells if (name := _class_of(cell.text))]
                current = (
                    named[0] if named and len(cells) <= 2 else (named[0] if named and current is None else current)
                )
                continue
            for number, at in enumerate(places):
                until = places[number + 1] if number + 1 < len(places) else len(cells)
                beside = cells[at + 1 : until] or cells[:1][:at]
                found.extend(_entries(document, row, cells[at], beside, current, known))
        code_first = sum(bool(row.cells) and _codes_of_cell(row.cells[0], known) is not None for row in table.rows)
        if len({entry.code for entry in found}) >= (2 if code_first else MANY):
            yield from found


def _entries(
    document: Document, row: Block, cell: Cell, beside: Sequence[Cell], current: str | None, known: CodeList
) -> Iterator[CodeEntry]:
    codes, glued = _codes_of_cell(cell, known) or ([], "")
    stated = next((name for other in reversed(beside[1:] or ()) if (name := _class_of(other.text))), current)
    meaning = " ".join([glued, *(other.text for other in beside)]).strip()
    ends = [paragraph.end for other in (cell, *beside) for paragraph in other.paragraphs]
    passage = document.passage(cell.paragraphs[0].start, max(ends))
    for code in codes:
        yield CodeEntry(code, _half(meaning, code, codes), stated, passage)


def _half(meaning: str, code: str, codes: Sequence[str]) -> str:
    """Returns nothing for the meaning of one code of several that share it: it speaks of them all."""
    return meaning if len(codes) == 1 else ""


def _codes_of_cell(cell: Cell, known: CodeList) -> tuple[list[str], str] | None:
    """Returns the codes of a cell and what is glued to them, or ``None`` where it is no code."""
    codes = codes_in(cell.text)
    if codes and all(_plausible(code, known) for code in codes):
        return codes, ""
    glued = _GLUED.match(cell.text)
    if glued and _ever(known, glued["code"]):
        return [glued["code"]], glued["meaning"]
    return None


def _plausible(code: str, known: CodeList) -> bool:
    return _ever(known, code) or len(code) <= 2


def _ever(known: CodeList, code: str) -> bool:
    """Whether it is a national code, or was one."""
    return code in known.by_code or code in known.retired_by_code


def _from_lines(document: Document, known: CodeList) -> Iterator[CodeEntry]:
    runs: list[list[CodeEntry]] = [[]]
    current: str | None = None
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            current = _class_of(block.text) or _class_of(document.sections[block.section].title)
        if block.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
            runs.append([])
            continue
        found = list(_of_line(document, block, current, known))
        if found:
            runs[-1].extend(found)
            continue
        running = list(_of_sentence(document, block.reading, known))
        if running:
            yield from running
            continue
        named = _class_of(block.text.rstrip(":"))
        current = named or current
        if named is None and len(block.text.split()) > 12:
            runs.append([])
    for run in runs:
        if len({entry.code for entry in run}) >= 3:
            yield from run


def _of_line(document: Document, block: Block, current: str | None, known: CodeList) -> Iterator[CodeEntry]:
    reading = block.reading
    marker = block.marker.strip("().:")
    if _ever(known, marker) and not codes_in(reading.text[:2]):
        yield CodeEntry(marker, reading.text.lstrip("–-:= "), current, document.passage(reading.start, reading.end))
        return
    match = _LEADING.match(reading.text) or _GLUED.match(reading.text)
    if match is None:
        return
    codes = codes_in(match["code"])
    if codes and all(_ever(known, code) for code in codes) and not (codes in (["I"], ["A"]) or _is_sentence(match)):
        for code in codes:
            yield CodeEntry(
                code, _half(match["meaning"], code, codes), current, document.passage(reading.start, reading.end)
            )


def _is_sentence(match: re.Match[str]) -> bool:
    """Whether a line that begins with a single letter is plain English: "I am writing to …"."""
    return match["code"] in {"I", "A"} and match["meaning"].split()[0].lower() in {
        "am",
        "have",
        "will",
        "was",
        "would",
        "understand",
        "confirm",
    }


def _of_sentence(document: Document, reading: Reading, known: CodeList) -> Iterator[CodeEntry]:
    found = [match for match in _RUNNING.finditer(reading.text) if _ever(known, match["code"])]
    if len({match["code"] for match in found}) < FEWEST:
        return
    for match in found:
        passage = document.passage(*reading.span(match.start("code"), match.end("meaning")))
        yield CodeEntry(match["code"], match["meaning"], None, passage)


def _class_above(document: Document, table: int) -> str | None:
    """Returns the class that the paragraph or heading just above a table names."""
    first = document.tables[table].rows[0]
    before: Block | None = None
    for block in document.blocks:
        if block is first:
            break
        if block.kind is not BlockKind.RUNNING:
            before = block
    return _class_of(before.text.rstrip(":")) if before is not None and before.kind is not BlockKind.ROW else None


def _class_of(text: str) -> str | None:
    """Returns the class that a few words name: the one whose words cover most of them."""
    forms = cut(text).forms
    if not forms or len(forms) > LONGEST_CLASS + 5:
        return None
    best: tuple[int, str] | None = None
    for name, called in _words().classes.items():
        for start in range(len(forms)):
            for phrase in called.phrases:
                end = phrase.end_from(forms, start)
                if end is not None and (best is None or end - start > best[0]):
                    best = (end - start, name)
    if best is None or len(forms) - best[0] > LONGEST_CLASS - 1:
        return None
    return best[1]


def _held_by(groups: Sequence[str] = (), statistics: Sequence[str] = ()) -> frozenset[str]:
    codes = national_codes().codes
    return frozenset(code.code for code in codes if code.group in groups or code.statistics in statistics)


@cache
def _subject() -> Concept:
    return concept("codes-list.subject", ["attendance|register|registration|absence|national|dfe code~", "codes"])


@cache
def _words() -> _Words:
    data = load_trusted(FOLDER / "codes_list.yaml")
    return _Words(
        {code: concept(f"code {code}", words["means"]) for code, words in data["codes"].items()},
        {code: concept(f"not code {code}", words["not"]) for code, words in data["codes"].items()},
        {name: concept(f"class {name}", words) for name, words in data["classes"].items()},
        {name: _held_by(**held) for name, held in data["holds"].items()},
        data["called"],
    )
