"""Requirements as data: what is asked, on what authority, of whom, and since when.

A plugin brings its catalogue as YAML files, validated by ``schemas/requirements.schema.json``.
"""

from __future__ import annotations

import datetime as dt
import fnmatch
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any

from checker.errors import PluginError, UsageError
from checker.levels import Level
from checker.schools import SchoolType, authority_key
from checker.yaml_files import did_you_mean, load_trusted, load_yaml

STATE_FUNDED = (
    SchoolType.MAINTAINED,
    SchoolType.ACADEMY,
    SchoolType.SPECIAL,
    SchoolType.ALTERNATIVE_PROVISION,
)


@dataclass(frozen=True)
class Span:
    """The days on which something is in force.

    Attributes:
        since: The first day; ``None`` for as long as anyone remembers.
        until: The last day; ``None`` while it lasts.
    """

    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether the day lies in the span."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Instrument:
    """An Act, Regulations or guidance, in one edition.

    Attributes:
        key: What citations call it.
        title: As a person would cite it, without the edition; the editions of one work share it.
        kind: ``act``, ``regulations``, ``statutory-guidance``, ``guidance``, ``statistics`` or ``convention``.
        certainty: ``seen`` (read in a public source), ``seed`` (stated in a document that was read), or ``recall``.
        edition: Which edition; ``None`` where there is only one.
        number: The chapter or statutory instrument number.
        names: Other ways in which documents name the work.
        url: Where a person can read it.
        in_force: The first and the last day on which it is right to rely on it.
        revoked_by: The key of what revoked or replaced it.
        note: What a reader should know.
    """

    key: str
    title: str
    kind: str
    certainty: str
    edition: str | None = None
    number: str | None = None
    names: tuple[str, ...] = ()
    url: str | None = None
    in_force: Span = field(default_factory=Span)
    revoked_by: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Citation:
    """Where a requirement stands in law or guidance.

    Attributes:
        instrument: The Act, Regulations or guidance by its title.
        edition: The edition that the words come from; ``None`` where there is only one.
        provision: Section, regulation, paragraph or page.
        url: Where a person can read it.
        certainty: ``seen`` (read in a public source), ``seed`` (stated in a document that was read), or ``recall``.
        note: What a reader should know, such as an edition that was not read.
        in_force: The days on which it is to be cited.
    """

    instrument: str
    edition: str | None
    provision: str
    url: str | None
    certainty: str
    note: str | None = None
    in_force: Span = field(default_factory=Span)


@dataclass(frozen=True)
class Requirement:
    """One thing that a policy or a register is asked to meet.

    Attributes:
        name: Permanent: the kind of subject, a point, and the requirement, such as ``policy.retention``.
        title: What holds when it is met, as a short statement.
        asks: What it asks, in one plain sentence.
        level: The weight of what it rests on.
        citations: Where it stands.
        applies_to: The kinds of school that it concerns; empty for every school.
        in_force: The days on which it holds.
        why: Why it matters.
        law: What the law or guidance says, in plain words.
        passes: When it passes.
        fails: When it fails.
        reading: How hard cases are settled; empty where nothing is hard.
        fix: How to put it right.
        example: Model wording, or a good example.
        authorities: The local authorities in whose area it holds; empty for everywhere.
        level_is_set: Whether every failure has this level, whatever was found: an officer's choice.
        number: Its number in a checklist; empty outside one.
        section: The heading of a checklist that it stands under.
    """

    name: str
    title: str
    asks: str
    level: Level
    citations: tuple[Citation, ...]
    applies_to: tuple[SchoolType, ...]
    in_force: Span
    why: str
    law: str
    passes: str
    fails: str
    reading: str
    fix: str
    example: str
    authorities: tuple[str, ...] = ()
    level_is_set: bool = False
    number: str = ""
    section: str = ""

    @property
    def kind(self) -> str:
        """The kind of subject that it concerns: ``policy`` or ``register``."""
        return self.name.partition(".")[0]

    def holds_in(self, authorities: Iterable[str | None]) -> bool:
        """Whether it holds in the area of one of some local authorities; ``None`` is one that is not known."""
        if not self.authorities:
            return True
        own = {authority_key(name) for name in self.authorities}
        return any(name is not None and authority_key(name) in own for name in authorities)

    def cited_on(self, day: dt.date) -> tuple[Citation, ...]:
        """Returns the citations to give on a day."""
        return tuple(citation for citation in self.citations if citation.in_force.holds(day))


@dataclass(frozen=True, slots=True)
class LawAsRead:
    """How far the law behind a catalogue was read.

    Attributes:
        read_on: The day of the last reading.
        begins: The first day that the catalogue covers.
        not_read: Editions and provisions that were not read, or only in part.
        jurisdiction: Whose law it is, in words for the end of a report.
        authorities: The local authorities whose rules it holds; empty for law that holds everywhere.
    """

    read_on: dt.date
    begins: dt.date
    not_read: tuple[str, ...]
    jurisdiction: str
    authorities: tuple[str, ...] = ()


class Catalogue:
    """All requirements of the loaded plugins, in their order."""

    def __init__(self, requirements: Iterable[Requirement], law: Iterable[LawAsRead] = ()) -> None:
        self._by_name: dict[str, Requirement] = {}
        for requirement in requirements:
            if requirement.name in self._by_name:
                raise PluginError(f"The requirement {requirement.name!r} is defined twice.")
            self._by_name[requirement.name] = requirement
        self.law = tuple(law)

    def __iter__(self) -> Iterator[Requirement]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def __getitem__(self, name: str) -> Requirement:
        """Returns a requirement by its name.

        Raises:
            UsageError: If there is none of that name.
        """
        if name not in self._by_name:
            raise UsageError(f"There is no requirement {name!r}.{did_you_mean(name, self._by_name)}")
        return self._by_name[name]

    @property
    def begins(self) -> dt.date | None:
        """The first day that every loaded catalogue covers."""
        return max((law.begins for law in self.law), default=None)

    def of_kind(self, kind: str) -> tuple[Requirement, ...]:
        """Returns the requirements for one kind of subject."""
        return tuple(requirement for requirement in self if requirement.kind == kind)

    def chosen(self, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Catalogue:
        """Returns the catalogue narrowed by names or patterns.

        Args:
            select: Names or patterns such as ``policy.penalty-*`` to keep; none keeps everything.
            ignore: Names or patterns to leave out.

        Raises:
            UsageError: If a name or pattern fits no requirement, or nothing is left.
        """
        keep = self._matching(select) or set(self._by_name)
        leave = self._matching(ignore)
        left = [requirement for requirement in self if requirement.name in keep - leave]
        if not left:
            raise UsageError("No requirement is selected: --select and --ignore leave none.")
        return Catalogue(left, self.law)

    def _matching(self, patterns: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for pattern in patterns:
            names = fnmatch.filter(self._by_name, pattern)
            if not names:
                raise UsageError(f"No requirement fits {pattern!r}.{did_you_mean(pattern, self._by_name)}")
            found.update(names)
        return found


def load_catalogue(folder: Traversable, *, trusted: bool = False) -> Catalogue:
    """Loads a folder of YAML files into a catalogue.

    ``catalogue.yaml`` is the head and gives the order of the requirements; ``instruments.yaml`` names the instruments
    and their editions, which citations refer to; the other files hold the requirements, one file a topic.

    Args:
        folder: The folder.
        trusted: Whether to leave out validation, which takes far longer than reading: for a plugin whose tests
            validate its files.

    Raises:
        UsageError: If a file does not fit its schema.
        PluginError: If a citation names an unknown instrument, a name is defined twice, or the order and the
            requirements disagree.
    """
    head = _load(folder, "catalogue.yaml", "catalogue", trusted)
    instruments = load_instruments(folder, trusted=trusted)
    found: dict[str, Requirement] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml") and file.name not in {"catalogue.yaml", "instruments.yaml"}:
            for entry in _load(folder, file.name, "requirements", trusted)["requirements"]:
                if entry["name"] in found:
                    raise PluginError(f"{file}: the requirement {entry['name']!r} is defined twice.")
                found[entry["name"]] = _requirement(entry, instruments)
    order = head["order"]
    if set(order) != set(found):
        raise PluginError(f"{folder}: the order and the requirements differ in {sorted(set(order) ^ set(found))}.")
    authorities = tuple(sorted({name for requirement in found.values() for name in requirement.authorities}))
    everywhere = any(not requirement.authorities for requirement in found.values())
    law = LawAsRead(
        head["read_on"], head["begins"], tuple(head["not_read"]), head["jurisdiction"],
        () if everywhere else authorities,
    )  # fmt: skip
    return Catalogue((found[name] for name in order), [law])


def load_instruments(folder: Traversable, *, trusted: bool = False) -> dict[str, Instrument]:
    """Loads the instruments of a catalogue's folder, by their keys; see :func:`load_catalogue`.

    Raises:
        UsageError: If the file does not fit its schema.
        PluginError: If an instrument is revoked by one that is not listed.
    """
    entries = _load(folder, "instruments.yaml", "instruments", trusted)["instruments"]
    for key, entry in entries.items():
        successor = entry.get("revoked_by")
        if successor is not None and successor not in entries:
            raise PluginError(
                f"{key} is revoked by {successor!r}, an unknown instrument.{did_you_mean(successor, entries)}"
            )
    return {key: _instrument(key, entry) for key, entry in entries.items()}


def _load(folder: Traversable, name: str, schema: str, trusted: bool) -> Any:
    return load_trusted(folder / name) if trusted else load_yaml(folder / name, schema)


def _instrument(key: str, entry: Mapping[str, Any]) -> Instrument:
    return Instrument(
        key=key,
        title=entry["title"],
        kind=entry["kind"],
        certainty=entry["certainty"],
        names=tuple(entry.get("names", ())),
        in_force=_span(entry["in_force"]),
        **{name: entry.get(name) for name in ("edition", "number", "url", "revoked_by", "note")},
    )


def _requirement(entry: Mapping[str, Any], instruments: Mapping[str, Instrument]) -> Requirement:
    applies = entry.get("applies_to", "all")
    types = {"all": (), "state": STATE_FUNDED}.get(applies) if isinstance(applies, str) else applies
    return Requirement(
        name=entry["name"],
        title=entry["title"],
        asks=entry["asks"].strip(),
        level=Level(entry["level"]),
        citations=tuple(_citation(entry["name"], citation, instruments) for citation in entry["citations"]),
        applies_to=tuple(SchoolType(name) for name in types or ()),
        in_force=_span(entry.get("in_force", {})),
        authorities=tuple(entry.get("authorities", ())),
        **{key: entry.get(key, "").strip() for key in ("why", "law", "passes", "fails", "reading", "fix", "example")},
    )


def _citation(name: str, entry: Mapping[str, Any], instruments: Mapping[str, Instrument]) -> Citation:
    source = instruments.get(entry["source"])
    if source is None:
        raise PluginError(
            f"{name} cites {entry['source']!r}, an unknown instrument.{did_you_mean(entry['source'], instruments)}"
        )
    span = _span(entry.get("in_force", {}))
    return Citation(
        instrument=source.title,
        edition=source.edition,
        provision=entry["provision"],
        url=entry.get("url", source.url),
        certainty=entry["certainty"],
        note=entry.get("note"),
        # The words still come from the edition that was read when a later one has replaced it, so its last day is
        # not the citation's.
        in_force=Span(span.since or source.in_force.since, span.until),
    )


def _span(entry: Mapping[str, Any]) -> Span:
    return Span(entry.get("from"), entry.get("to"))
