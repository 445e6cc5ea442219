"""Whether the document agrees with itself: references lead somewhere, numbers stand once, each fact has one value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from checker.documents.model import Block, BlockKind, Document
from checker.facts import check, reader
from checker.findings import Fault, Outcome, Passage, failed, passed
from checker.reading.statements import Statements
from checker.recognise.people import people
from checker.recognise.references import Reference, ReferenceKind, references
from checker.recognise.telephones import telephones
from england_attendance.policy.code_resolution import CodeResolution
from england_attendance.policy.contacts import Contacts
from england_attendance.policy.persistent_absence import PersistentAbsence
from england_attendance.policy.register_times import RegisterTimes
from england_attendance.policy.retention import Retention
from england_attendance.policy.review_dates import Review
from england_attendance.policy.schools import Sites

FEWEST_NUMBERED = 2
LAST_DIGITS = 2  # in which the numbers of one switchboard differ
PARTS = {ReferenceKind.SECTION, ReferenceKind.PARAGRAPH, ReferenceKind.PART}
APPENDICES = {ReferenceKind.APPENDIX, ReferenceKind.ANNEX}


@dataclass(frozen=True)
class CrossReferences:
    """The references of a document to its own parts, and the numbers of these.

    Attributes:
        to_nowhere: References to a number that no heading has, with the words of the reference.
        doubled: Numbers that two headings have.
    """

    to_nowhere: tuple[tuple[str, Passage], ...] = ()
    doubled: tuple[tuple[str, tuple[Passage, ...]], ...] = ()


@dataclass(frozen=True)
class Numbers:
    """The telephone numbers of a document that cannot be right.

    Attributes:
        malformed: Numbers with too many or too few digits.
        differing: Numbers of one person, or of one line, that differ.
    """

    malformed: tuple[tuple[str, Passage], ...] = ()
    differing: tuple[tuple[str, tuple[Passage, ...]], ...] = ()


@reader
def cross_references(document: Document, statements: Statements) -> CrossReferences:
    """Reads the references to the document's own parts, and which of them lead nowhere."""
    numbers = _numbers(document)
    nowhere = []
    if sum(number[:1].isdigit() for number in numbers) >= FEWEST_NUMBERED or _appendices(document):
        for statement in statements:
            if statement.row and len(statement.own.split()) > 60:
                continue
            for found in references(statement.own):
                if not found.foreign and not _leads_somewhere(found, numbers, _appendices(document)):
                    nowhere.append((found.written(statement.own), statements.passage(statement)))
    return CrossReferences(tuple(dict(nowhere).items()), tuple(_doubled(document)))


@reader
def telephone_numbers(statements: Statements, sites: Sites) -> Numbers:
    """Reads the telephone numbers that cannot be right."""
    malformed: dict[str, Passage] = {}
    by_person: defaultdict[str, dict[str, Passage]] = defaultdict(dict)
    seen: dict[str, tuple[tuple[str, ...], Passage]] = {}
    for statement in statements:
        if statement.row or sum(char.isdigit() for char in statement.own) < 9:
            continue
        found = telephones(statement.own)
        for number in found:
            if number.problem is not None:
                malformed.setdefault(number.written(statement.own), statements.passage(statement))
            seen.setdefault(number.digits, (sites.in_words(statement.words), statements.passage(statement)))
        named = people(statement.own)
        if len(found) == 1 and len(named) == 1:
            by_person[named[0].name].setdefault(found[0].digits, statements.passage(statement))
    differing = [
        (f"{name} has two telephone numbers", tuple(own.values())) for name, own in by_person.items() if len(own) > 1
    ]
    differing += [
        (f"the numbers {one} and {other} differ in a digit", (first, second))
        for one, other, first, second in _nearly_alike(seen)
    ]
    return Numbers(tuple(malformed.items()), tuple(differing))


@check("policy.internal-consistency")
def agrees_with_itself(
    cross: CrossReferences, numbers: Numbers, times: RegisterTimes, absence: PersistentAbsence, contacts: Contacts,
    review: Review, retention: Retention, resolution: CodeResolution, sites: Sites,
) -> Outcome:  # fmt: skip
    """References lead somewhere, section numbers stand once, and each fact has one value."""
    faults = [
        Fault(f"“{words}” leads nowhere: there is no such part.", None, (passage,))
        for words, passage in cross.to_nowhere
    ]
    faults += [
        Fault(f"The number {number} stands at two headings.", None, passages) for number, passages in cross.doubled
    ]
    faults += [
        Fault(f"{number} has the wrong count of digits for a telephone number.", None, (passage,))
        for number, passage in numbers.malformed
    ]
    faults += [Fault(f"{what[:1].upper()}{what[1:]}.", None, passages) for what, passages in numbers.differing]
    faults += [
        Fault(f"There are two closing times for {called}.", None, passages) for called, passages in times.conflicts
    ]
    faults += list(_two_values(absence, contacts, review, retention, resolution, sites))
    return (
        failed(*faults)
        if faults
        else passed("References lead somewhere, numbers stand once, and each fact has one value.")
    )


def _two_values(
    absence: PersistentAbsence,
    contacts: Contacts,
    review: Review,
    retention: Retention,
    resolution: CodeResolution,
    sites: Sites,
) -> Iterator[Fault]:
    for kind in ("persistent", "severe"):
        own = [definition for definition in absence.definitions if definition.kind == kind]
        if len({definition.right for definition in own}) > 1:
            passages = tuple(dict.fromkeys(definition.passage for definition in own))
            yield Fault(f"There are two definitions of {kind} absence.", None, passages)
    champions = [champion for champion in contacts.champions if champion.name and "champion" in champion.called.lower()]
    if not sites.names and len({champion.name for champion in champions}) > 1:
        names = " and ".join(dict.fromkeys(champion.name or "" for champion in champions))
        yield Fault(
            f"Two people are named as attendance champion: {names}.",
            None,
            tuple(champion.passage for champion in champions),
        )
    if len({stated.value.iso for stated in review.coming}) > 1:
        yield Fault(
            "There are two dates of the next review.",
            None,
            tuple(p for stated in review.coming for p in stated.passages),
        )
    if len({stated.value.months for stated in review.every}) > 1:
        yield Fault(
            "There are two intervals for reviewing the policy.",
            None,
            tuple(p for stated in review.every for p in stated.passages),
        )
    if len({stated.value for stated in retention.years}) > 1:
        yield Fault(
            "There are two periods for keeping the registers.",
            None,
            tuple(p for stated in retention.years for p in stated.passages),
        )
    if len({limit.days for limit in resolution.limits}) > 1:
        yield Fault(
            "There are two times for settling code N.", None, tuple(limit.passage for limit in resolution.limits)
        )


def _numbers(document: Document) -> set[str]:
    """Returns the numbers of all headings and numbered items: ``4.2`` and ``4`` of ``4.2``."""
    numbers: set[str] = set()
    markers = [section.number for section in document.sections] + [
        block.marker for block in document.blocks if block.kind in {BlockKind.LIST_ITEM, BlockKind.PARAGRAPH}
    ]
    for marker in markers:
        number = marker.strip(" .()").removeprefix("Section ").removeprefix("Part ").strip()
        numbers.add(number.upper())
        if "." in number:
            numbers.add(number.split(".")[0].upper())
    return numbers


def _appendices(document: Document) -> set[str]:
    names = set()
    for section in document.sections:
        words = f"{section.number} {section.title}".split()
        if words and words[0].lower().rstrip(":") in {"appendix", "annex", "annexe"}:
            names.add(words[1].strip(":.–-").upper() if len(words) > 1 else "")
    return names


def _leads_somewhere(found: Reference, numbers: set[str], appendices: set[str]) -> bool:
    number = found.number.upper()
    if found.kind in APPENDICES:
        return number in appendices or _as_other(number) in appendices or number in numbers
    if found.kind in PARTS:
        return (
            number in numbers
            or not any(known[:1].isdigit() for known in numbers)
            or ("." not in number and number.isalpha())
        )
    return True


def _as_other(number: str) -> str:
    """Returns a number as another school would write it: 2 for B, B for 2."""
    if number.isdigit() and 1 <= int(number) <= 26:
        return chr(ord("A") + int(number) - 1)
    return str(ord(number) - ord("A") + 1) if len(number) == 1 and number.isalpha() else number


def _doubled(document: Document) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    """Yields the numbers that two headings of the body have; appendices may count afresh."""
    headings: defaultdict[str, list[Block]] = defaultdict(list)
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING or not block.marker[:1].isdigit():
            continue
        if any(
            section.number.lower().startswith(("app", "ann")) or section.title.lower().startswith(("app", "ann"))
            for section in document.path_to(block.section)
        ):
            continue
        headings[block.marker.rstrip(".")].append(block)
    for number, blocks in headings.items():
        texts = {block.text.lower() for block in blocks}
        if len(blocks) > 1 and len(texts) > 1 and ("." in number or len({block.level for block in blocks}) == 1):
            yield number, tuple(document.passage(block.reading.start, block.reading.end) for block in blocks)


def _nearly_alike(seen: dict[str, tuple[tuple[str, ...], Passage]]) -> Iterator[tuple[str, str, Passage, Passage]]:
    """Yields numbers of one place that differ in a single digit which is not among the last: a slip of the pen."""
    numbers = list(seen.items())
    for index, (one, (sites, first)) in enumerate(numbers):
        for other, (other_sites, second) in numbers[index + 1 :]:
            different = [place for place in range(min(len(one), len(other))) if one[place] != other[place]]
            same_place = not sites or not other_sites or set(sites) & set(other_sites)
            if len(one) == len(other) and len(different) == 1 and different[0] < len(one) - LAST_DIGITS and same_place:
                yield one, other, first, second
