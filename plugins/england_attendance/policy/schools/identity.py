"""Whose policy it is: of which schools, of what kind, and in which local authority's area.

The kind of a school is read in an order: what the policy says that the school is; then signs of an independent school
(a proprietor, fees, its standards and inspectorate), of an academy (trust, trustees) and of a maintained school
(governing body). Special schools and alternative provision are kinds beside these, so that a school can be of two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from checker.context import Context
from checker.documents.model import BlockKind, Document
from checker.facts import PublishedFact, reader
from checker.findings import Passage
from checker.identity import Identity
from checker.reading.index import WordIndex
from checker.reading.phrases import Concept, concept
from checker.reading.sentences import sentence_spans
from checker.reading.words import Words, cut
from checker.schools import School, SchoolType
from england_attendance.policy.schools.document_kinds import front_of, why_not
from england_attendance.policy.schools.names import key_of, names_of
from england_attendance.policy.vocabulary import topic

RUN_BY = {
    "independent": SchoolType.INDEPENDENT,
    "academy": SchoolType.ACADEMY,
    "maintained": SchoolType.MAINTAINED,
}
PROVISION = {"special": SchoolType.SPECIAL, "alternative": SchoolType.ALTERNATIVE_PROVISION}
FRONT = 8
SHORT = 24
FEWEST_SIGNS = 2
LONGEST_QUOTE = 160
AROUND = 4
_TRUST = re.compile(
    r"\b[A-Z][\w'’-]+ (?:Multi[ -]Academy|Academy|Academies|Schools|Learning|Education|Educational|Diocesan Schools?) "
    r"Trust\b|\b[A-Z][\w'’-]+ MAT\b"
)
_DOMAIN = re.compile(r"[@.][\w-]+\.([a-z][a-z-]{3,})\.sch\.uk\b")
_URN = re.compile(r"\b(?:URN|[Uu]nique [Rr]eference [Nn]umber)\W{0,4}(?:is |number |no\.? )?(\d{6})\b")
_PLACE = r"[A-Z][a-z'-]+(?:-[A-Za-z]+)*(?:,? (?:and|&|upon|on|of|the|with) [A-Z][a-z'-]+| [A-Z][a-z'-]+){0,4}"
_AUTHORITY = re.compile(
    rf"\b(?:London Borough|Royal Borough|Borough|City) of (?P<of>{_PLACE})"
    rf"|\b(?P<council>{_PLACE}?) (?:(?:County|City|(?:Metropolitan )?Borough|Metropolitan District|Unitary) )?Council\b"
    rf"|\b[Ll]ocal (?:[Ee]ducation )?[Aa]uthority(?: is)?[:–] ?(?P<label>{_PLACE})"
    rf"|\b(?P<short>{_PLACE}?)(?:'s)? (?:Local (?:Education )?Authority|LA|LEA)\b"
)
_IN_AUTHORITIES = ("Council", "uthority", "LA", "LEA", "Borough of", "City of")  # one stands in every match


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
        if not self.names:
            return ()
        known = self._known.get(words.forms)
        if known is None:
            named = zip(self.names, self.called, strict=True) if self._any.first(words.forms) is not None else ()
            known = tuple(name for name, called in named if called.first(words.forms) is not None)
            self._known[words.forms] = known
        return known

    @cached_property
    def _known(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """For words that were asked about the sites that they mention: many readers ask about the same ones."""
        return {}

    def in_text(self, text: str) -> tuple[str, ...]:
        """Returns the names of the sites that a text mentions; most texts need not be cut into words for that."""
        low = text.lower()
        return self.in_words(cut(text)) if any(map(low.__contains__, self._beginnings)) else ()

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """How the words begin of which one stands in every mention."""
        first = [phrase.elements[0] for phrase in self._any.phrases]
        return frozenset(beginning for element in first for beginning in (*element.words, *element.prefixes))

    @cached_property
    def _any(self) -> Concept:
        return Concept("any site", tuple(phrase for called in self.called for phrase in called.phrases))


@reader
def sites(context: Context) -> Sites:
    """Returns the sites of a policy that covers several schools."""
    names = tuple(school.name for school in context.schools if school.name)
    return Sites(names, tuple(_called(name, names) for name in names)) if len(names) > 1 else Sites()


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
    front = front_of(document)
    texts = [block.text for block in document.readable_blocks()]
    blocks = WordIndex([cut(text) for text in texts])
    reason = why_not(document, front, blocks)
    if reason:
        return Identity(False, (given,), front.title, (reason,))
    names = [given.name] if given.name else names_of(document)
    kinds, note, quote = (given.types, None, "") if given.types else _kinds(texts, blocks)
    urns = list(dict.fromkeys(_URN.findall(document.text)))
    authority = given.local_authority or _authority(document)
    single = given.urn or (urns[0] if len(urns) == 1 and len(names) < 2 else None)
    schools = tuple(
        School(name, kinds, urns[at] if len(urns) == len(names) else single, authority)
        for at, name in enumerate(names)
    )  # fmt: skip
    return Identity(
        True,
        schools or (School(None, kinds, single, authority),),
        front.title,
        (note,) if note else (),
        _passage_of(quote.strip(" …"), document),
    )


def _passage_of(quote: str, document: Document) -> Passage | None:
    """Returns where some words stand that were read in a document; ``None`` where there are none."""
    for block in document.readable_blocks() if quote else ():
        at = block.text.find(quote)
        if at >= 0:
            return document.passage(*block.reading.span(at, at + len(quote)))
    return None


def _called(name: str, names: Sequence[str]) -> Concept:
    """Returns the concept of the words that mean a school: its own words, and its phase where another shares these."""
    own, phases = key_of(name)
    alike = [other for other in names if other != name and key_of(other)[0] == own]
    wording = " ".join(f"{word.rstrip('s')}*" if len(word) > 3 else word for word in own or cut(name).forms)
    if not alike or not phases:
        return concept(f"site {name}", [wording])
    phase = "|".join(f"{word.rstrip('s')}*" for word in sorted(phases))
    return concept(f"site {name}", [f"{wording} {phase}", f"{phase} school|academy|site|department|phase|children"])


def _kinds(texts: Sequence[str], blocks: WordIndex) -> tuple[tuple[SchoolType, ...], str | None, str]:
    """Returns the kinds of school that the text shows, a note on where it shows them, and the words that do."""
    shown = _Shown(texts, blocks)
    kinds = [*shown.run_by(), *shown.provision()]
    if not kinds:
        return (), "Nothing says what kind of school this is: it is taken as state-funded.", ""
    names = " and ".join(kind.value for kind in dict.fromkeys(kinds))
    quote = shown.quotes[0]
    return tuple(dict.fromkeys(kinds)), f"The kind of school ({names}) was read from the text: “{quote}”.", quote


class _Shown:
    """What a document shows of the kind of its school, with the words that show it."""

    def __init__(self, texts: Sequence[str], blocks: WordIndex) -> None:
        self._words = topic("schools/schools")
        self._texts = texts
        self._cut = blocks.texts
        self._index = blocks
        self._front = [part for part in self._cut[:FRONT] if len(part) <= SHORT]
        self._unit = any(self._words["front-unit"].first(part.forms) for part in self._front)
        self.quotes: list[str] = []

    def run_by(self) -> Iterator[SchoolType]:
        """Yields who runs the school: what it says of itself decides before signs do."""
        for name, kind in RUN_BY.items():
            if self._says(f"is-{name}"):
                yield kind
                return
        if self._named_trust():
            yield SchoolType.ACADEMY
            return
        signs = {
            "independent": self._independent_signs() >= FEWEST_SIGNS,
            "academy": self._index.count(self._words["signs-academy"]) + self._called_academy() >= FEWEST_SIGNS,
            "maintained": self._maintained_signs() > 0,
        }
        for name, found in signs.items():
            if found:
                shown = [key for key in self._words if key.startswith((f"{name}-", f"signs-{name}"))]
                any(self._says(key) for key in sorted(shown, key=lambda key: key.endswith("-name")))
                yield RUN_BY[name]
                return

    def provision(self) -> Iterator[SchoolType]:
        """Yields special school or alternative provision, where it says that it is one."""
        for name, kind in PROVISION.items():
            front = next((part for part in self._front if self._words[f"front-{name}"].first(part.forms)), None)
            if front is not None or self._says(f"is-{name}"):
                self.quotes.append(" ".join(front.forms) if front else "")
                yield kind

    def _maintained_signs(self) -> int:
        """Returns the signs of a maintained school; its name is one, but an academy may have kept such a name."""
        counts = (self._index.count(self._words[name]) for name in ("maintained-name", "signs-maintained"))
        return sum(counts) + self._unit

    def _called_academy(self) -> int:
        """Returns how strongly the name on the front shows an academy: enough, as hardly another school goes by one."""
        return FEWEST_SIGNS * any(self._words["academy-name"].first(part.forms) for part in self._front)

    def _independent_signs(self) -> int:
        """Returns how strongly signs show an independent school.

        A proprietor alone, whom the law names for every school, shows none; nor does a single boarding house.
        """
        counts = {
            name: self._index.count(self._words[f"independent-{name}"])
            for name in ("standards", "fees", "proprietor", "house")
        }
        named = any(self._words["independent-name"].first(part.forms) for part in self._front)
        fees = max(0, counts["fees"] - self._index.count(self._words["no-fees"]))
        certain = counts["standards"] + fees + named
        return FEWEST_SIGNS * certain + min(counts["proprietor"], 1) + min(counts["house"] // 2, FEWEST_SIGNS)

    def _named_trust(self) -> bool:
        found = next((match for text in self._texts if (match := _TRUST.search(text))), None)
        if found:
            self.quotes.append(found.group())
        return found is not None

    def _says(self, name: str) -> bool:
        concept = self._words[name]
        found = sorted(self._index.texts_with(concept))
        if not found:
            return False
        at = next(
            (index for index in found if self._texts[index].endswith(".")), found[0]
        )  # no heading, where it can be
        self.quotes.append(self._around(at, *min(self._index.places(at, concept))))
        return True

    def _around(self, at: int, start: int, end: int) -> str:
        """Returns the sentence in which some words stand; of a long one the words next to them."""
        text, words = self._texts[at], self._cut[at]
        begins, ends = words.starts[start], words.ends[end - 1]
        for first, last in sentence_spans(text):
            if first <= begins and ends <= last and last - first <= LONGEST_QUOTE:
                return text[first:last].rstrip(".")
        first, last = max(0, start - AROUND), min(len(words), end + AROUND) - 1
        return f"… {text[words.starts[first] : words.ends[last]]} …"


def _authority(document: Document) -> str | None:
    """Returns the local authority that is named most often; a label that names it counts for more."""
    counts: dict[str, int] = {}
    for block in document.blocks:
        if block.kind is BlockKind.CONTENTS or not any(map(block.text.__contains__, _IN_AUTHORITIES)):
            continue
        for match in _AUTHORITY.finditer(block.text):
            name = _place(next(group for group in match.groups() if group))
            if name:
                counts[name] = counts.get(name, 0) + (10 if match["label"] else 1)
    domain = _DOMAIN.search(document.text)
    return max(counts, key=lambda name: counts[name], default=domain[1].replace("-", " ").title() if domain else None)


def _place(written: str) -> str | None:
    """Returns the name of a place without what stands before it; ``None`` where it is a council of another sort."""
    words = written.split()
    while words and words[0].lower().rstrip(",") in _class("before-authorities"):  # "… for Education, and Kent County"
        words = words[1:]
    while words and words[-1] in {"County", "City", "Borough", "Metropolitan", "Unitary", "Council"}:
        words = words[:-1]
    if not words or words[-1].lower() in _class("no-authority"):
        return None
    return " ".join(words)


@cache
def _class(name: str) -> frozenset[str]:
    return frozenset(topic("schools/schools").classes[name].split())
