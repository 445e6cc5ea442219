"""Whose policy it is: whether it is an attendance policy of a school in England, of which schools, and of what kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from checker.context import Context
from checker.documents.model import Block, BlockKind, Document
from checker.facts import PublishedFact, reader
from checker.identity import Identity
from checker.reading.phrases import Concept, concept
from checker.reading.words import Words, cut
from checker.schools import School, SchoolType
from england_attendance.policy.vocabulary import topic

FRONT = 30
FEWEST_SIGNS = 2
FEWEST_GROUPS = 3  # of the things that attendance policies speak of
SHORTEST = 150  # words
SPARSE = 160  # words to one of attendance or absence, above which a document is about something else
GROUPS = ("registers", "absences", "lateness", "leave", "enforcement", "codes")
KINDS = {
    "independent": SchoolType.INDEPENDENT,
    "academy": SchoolType.ACADEMY,
    "special": SchoolType.SPECIAL,
    "alternative": SchoolType.ALTERNATIVE_PROVISION,
    "maintained": SchoolType.MAINTAINED,
}
_TYPE = r"(?:School|Academy|Academies|College|Nursery|Federation|Primary|Infants?|Juniors?|Preparatory|PRU|SCHOOL|ACADEMY|COLLEGE|NURSERY|PRIMARY|(?:Education|Learning|Teaching|Tuition|Study|Inclusion) Centre)"
_PART = r"(?:[A-Z][\w'.-]*|of|the|and|in|on|upon|for|at|&|de|le|la|St\.?|C of E|CofE|CE|RC|VA|VC)"
_NAME = re.compile(
    rf"(?<![\w'])(?:The )?[A-Z][\w'.-]*(?: {_PART}){{0,6}}? {_TYPE}(?: (?:and|&) (?:Nursery|Sixth Form|College|Pre-School))?(?: {_TYPE})?(?![\w'])"
)
_URN = re.compile(r"\bURN:?\s*(?:is |number )?(\d{6})\b")
_AUTHORITY = re.compile(
    r"\b((?:[A-Z][a-z]+(?:-[A-Za-z]+)*(?: (?:and|upon|on|of|the|with)(?= [A-Z]))? ){1,4}?)(?:County|Borough|City|Metropolitan Borough|District|Unitary)? ?Council\b"
    r"|\b(?:London Borough|Royal Borough|City) of ((?:[A-Z][a-z]+(?: (?:and|upon) (?=[A-Z]))? ?){1,3})"
    r"|\b([A-Z][a-z]+(?: [A-Z][a-z]+)?) (?:Local Authority|LA)\b"
)
_GENERIC = frozenset(
    [
        "the",
        "our",
        "this",
        "your",
        "all",
        "every",
        "each",
        "any",
        "school",
        "primary",
        "secondary",
        "infant",
        "infants",
        "junior",
        "juniors",
        "academy",
        "college",
        "nursery",
        "high",
        "federation",
        "grammar",
        "middle",
        "special",
        "community",
        "church",
        "of",
        "england",
        "ce",
        "rc",
        "va",
        "vc",
        "catholic",
        "cofe",
        "c",
        "e",
        "and",
        "in",
        "on",
        "upon",
        "trust",
        "first",
        "a",
        "other",
        "another",
        "new",
        "previous",
        "local",
        "same",
        "both",
        "home",
        "village",
        "centre",
        "pru",
        "preparatory",
        "prep",
        "senior",
        "upper",
        "lower",
        "sixth",
        "form",
        "independent",
        "boarding",
        "girls",
        "boys",
        "st",
        "saint",
        "saints",
        "attendance",
        "policy",
        "parents",
        "pupils",
        "governors",
        "whole",
        "maintained",
    ]
)


@dataclass(frozen=True)
class Sites:
    """The schools or sites of a policy that covers several, with the words by which it names them; else empty.

    Attributes:
        names: Their names in the order of the document.
        called: For each name the concept of the words that mean it.
    """

    names: tuple[str, ...] = ()
    called: tuple[Concept, ...] = ()

    def in_words(self, words: Words) -> tuple[str, ...]:
        """Returns the names of the sites that some words mention."""
        return tuple(
            name for name, called in zip(self.names, self.called, strict=True) if called.first(words.forms) is not None
        )


@reader
def sites(context: Context) -> Sites:
    """Returns the sites of a policy that covers several schools."""
    names = tuple(school.name for school in context.schools if school.name)
    return Sites(names, tuple(_called(name) for name in names)) if len(names) > 1 else Sites()


@dataclass(frozen=True)
class KnownSchools:
    """The schools as they go into the facts."""

    schools: tuple[School, ...]

    def published(self) -> Iterator[PublishedFact]:
        """Shows names and kinds."""
        value = [{"name": school.name, "types": list(school.types), "urn": school.urn} for school in self.schools]
        yield PublishedFact("schools", value)


@reader
def known_schools(context: Context) -> KnownSchools:
    """Returns the schools that the policy is about."""
    return KnownSchools(context.schools)


def identify(document: Document, given: School) -> Identity:
    """Says whether a document is an attendance policy of a school in England, and of which schools.

    Args:
        document: The document.
        given: What the options and the configuration say of the school.
    """
    words = [cut(block.text) for block in document.readable_blocks()]
    title = _title(document)
    reason = _why_not(document, words, title)
    if reason:
        return Identity(False, (given,), title, (reason,))
    names = [given.name] if given.name else _names(document)
    kinds, note = (given.types, None) if given.types else _kinds(document, words)
    urn = _URN.search(document.text)
    school = School(None, kinds, given.urn or (urn[1] if urn else None), given.local_authority or _authority(document))
    schools = tuple(
        School(name, school.types, school.urn if len(names) == 1 else None, school.local_authority) for name in names
    )
    return Identity(True, schools or (school,), title, (note,) if note else ())


def _why_not(document: Document, words: Sequence[Words], title: str | None) -> str | None:
    """Returns why a document is not what this catalogue is about, or ``None`` where it is."""
    vocabulary = topic("schools")
    counts = {
        name: sum(_count(vocabulary[name], part.forms) for part in words)
        for name in (
            *GROUPS,
            "attending",
            "letter",
            "staff-absence",
            "university",
            "wales",
            "scotland",
            "northern-ireland",
            "england",
        )
    }
    length = sum(len(part) for part in words)
    for nation, name in (("Wales", "wales"), ("Scotland", "scotland"), ("Northern Ireland", "northern-ireland")):
        if counts[name] >= 2 and counts[name] > counts["england"]:
            return f"This is a document of a school in {nation}; the catalogue is about schools in England."
    title_words = cut(title or "").forms
    named = vocabulary["attendance-title"].first(title_words) is not None
    other = vocabulary["other-title"].first(title_words) is not None
    groups = sum(counts[name] > 0 for name in GROUPS)
    dense = length > 0 and counts["attending"] + counts["absences"] > length / SPARSE
    if counts["staff-absence"] >= 3 and counts["registers"] < counts["staff-absence"]:
        return "This is about the attendance of staff, not of pupils."
    if counts["university"] >= 3 and counts["registers"] < counts["university"]:
        return "This is about students of a university or college, not about a school."
    if other and not named:
        return f"This is another document (“{title}”), not an attendance policy."
    if counts["letter"] >= 2 and length < 900 and not vocabulary["policy-title"].first(title_words):
        return "This is a letter, not an attendance policy."
    if named and vocabulary["policy-title"].first(title_words) and groups >= 1:
        return None
    if groups >= FEWEST_GROUPS and (named or (dense and groups > FEWEST_GROUPS)) and length >= SHORTEST:
        return None
    return "This does not read like an attendance policy: too little in it is about registers, absence, leave and lateness."


def _count(called: Concept, forms: Sequence[str]) -> int:
    return sum(
        any(phrase.end_from(forms, start) is not None for phrase in called.phrases) for start in range(len(forms))
    )


def _title(document: Document) -> str | None:
    """Returns the title: the first line of the front that names a kind of document, else the document's own."""
    vocabulary = topic("schools")
    front = [block for block in document.blocks if block.kind is not BlockKind.CONTENTS][:FRONT]
    for block in front:
        words = cut(block.text).forms
        if 0 < len(words) <= 14 and vocabulary["policy-title"].first(words) and not block.text.endswith((".", ":")):
            return block.text
    if document.title:
        return document.title
    return next((block.text for block in front if block.text and len(block.text.split()) <= 14), None)


def _names(document: Document) -> list[str]:
    """Returns the names of the schools that the policy is about, in the order in which they are first named."""
    counts: Counter[str] = Counter()
    front: list[str] = []
    listed: list[str] = []
    for index, block in enumerate(document.blocks):
        for text in _name_texts(block):
            found = [name for match in _NAME.finditer(text) if (name := _cleaned(match.group()))]
            counts.update(found)
            alone = [name for name in found if len(name) >= len(text.strip(" :.–-")) - 2]
            if index < FRONT:
                front.extend(alone or found)
            listed.extend(alone)
    repeated = [name for name in dict.fromkeys(front + listed) if name in front and counts[name] >= 1]
    alone_in_front = [name for name in dict.fromkeys(listed) if name in front]
    if len(alone_in_front) > 1:
        return [name for name in alone_in_front if counts[name] > 1 or len(alone_in_front) == len(set(alone_in_front))]
    if repeated:
        return [max(repeated, key=lambda name: counts[name])]
    return [counts.most_common(1)[0][0]] if counts and counts.most_common(1)[0][1] > 2 else []


def _name_texts(block: Block) -> Iterator[str]:
    if block.cells:
        yield from (paragraph.text for cell in block.cells for paragraph in cell.paragraphs)
    else:
        yield block.text


def _cleaned(name: str) -> str | None:
    """Returns a name that tells a school from others: more than words that any school could have."""
    words = cut(name).forms
    return None if all(word in _GENERIC for word in words) else name.removeprefix("The ").removeprefix("At ").strip()


@cache
def _called(name: str) -> Concept:
    """Returns the concept of the words that mean a school: its own words, without those that any school has."""
    own = [word for word in cut(name).forms if word not in _GENERIC] or list(cut(name).forms)
    return concept(f"site {name}", [" ".join(f"{word.rstrip('s')}*" if len(word) > 3 else word for word in own)])


def _kinds(document: Document, words: Sequence[Words]) -> tuple[tuple[SchoolType, ...], str | None]:
    """Returns the kinds of school that the text shows, and a note on where it shows them."""
    vocabulary = topic("schools")
    for prefix in ("is", "signs"):
        for name, kind in KINDS.items():
            called = vocabulary[f"{prefix}-{name}"]
            count = sum(_count(called, part.forms) for part in words)
            if count >= (1 if prefix == "is" else FEWEST_SIGNS):
                first = next(part for part in words if called.first(part.forms) is not None)
                return (kind,), f"The kind of school ({kind.value}) was read from the text: “{_around(first, called)}”."
    return (), "Nothing says what kind of school this is: it is taken as state-funded."


def _around(words: Words, called: Concept) -> str:
    place = called.first(words.forms)
    start, end = place if place else (0, 0)
    return " ".join(words.forms[max(0, start - 4) : end + 4])


def _authority(document: Document) -> str | None:
    """Returns the local authority that is named most often."""
    counts: Counter[str] = Counter()
    for match in _AUTHORITY.finditer(" ".join(block.text for block in document.blocks)):
        name = next(group for group in match.groups() if group).strip()
        name = re.sub(r"^(?:The|Our|If|By|And|With|From|To|In) ", "", name).strip()
        if name and name.lower() not in {
            "the",
            "our",
            "school",
            "student",
            "pupil",
            "parent",
            "county",
            "borough",
            "city",
            "local",
            "your",
        }:
            counts[name] += 1
    return counts.most_common(1)[0][0] if counts else None
