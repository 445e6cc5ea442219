"""Takes a source through loader, readers and checks, and gives back a subject with its findings."""

from __future__ import annotations

import datetime as dt
import hashlib
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.catalogue import Catalogue, Requirement
from checker.column_headings import with_column_headings
from checker.configuration import Configuration
from checker.context import Context
from checker.discovery import ASK_FOR_ANOTHER, Source
from checker.doubtful import with_doubts
from checker.errors import UnreadableError
from checker.facts import Check, PublishedFact, PublishedFacts, Reader
from checker.findings import Finding, Outcome, Verdict, not_applicable
from checker.levels import Level, heaviest
from checker.plugins import Plugins
from checker.report import Status, Subject, SubjectKind, Trouble
from checker.schools import School

if TYPE_CHECKING:
    from checker.checklists.model import Checklist
    from checker.documents.model import Document

LARGEST_DOCUMENT = 100_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run was asked to do, apart from its formats.

    Attributes:
        today: The day of the run: the only clock that is read.
        as_at: The day as at which everything is judged, where given.
        school: What the options say of the school.
        configuration: ``checker.yaml``.
        select: Names or patterns of requirements to keep.
        ignore: Names or patterns of requirements to leave out.
        reveal_names: Whether reports may name pupils.
        checklist: An officer's own list, in the place of the whole catalogue.
    """

    today: dt.date
    as_at: dt.date | None = None
    school: School = field(default_factory=School)
    configuration: Configuration = field(default_factory=Configuration)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    reveal_names: bool = False
    checklist: Checklist | None = None


class BrokenReaderError(Exception):
    """A reader broke: every check that needs its fact is an error."""


class FactSource:
    """The facts of one subject, each read once and only where something asks for it."""

    def __init__(self, readers: Mapping[type, Reader], *given: object) -> None:
        self._readers = readers
        self._known: dict[type, Any] = {type(value): value for value in given}
        self._broken: dict[type, BrokenReaderError] = {}

    def __contains__(self, kind: type) -> bool:
        return kind in self._known or (
            kind in self._readers and all(need in self for need in self._readers[kind].needs.values())
        )

    def get(self, kind: type) -> Any:
        """Returns a fact.

        Raises:
            BrokenReaderError: If its reader, or one that it rests on, broke.
        """
        if kind is PublishedFacts:
            return PublishedFacts({fact.name: fact for fact in self.published()})
        if kind in self._broken:
            raise self._broken[kind]
        if kind not in self._known:
            if kind not in self._readers:
                raise BrokenReaderError(f"no reader gives {kind.__qualname__}")
            reader = self._readers[kind]
            try:
                self._known[kind] = reader(**self.fill(reader.needs))
            except BrokenReaderError as error:
                self._broken[kind] = error
                raise
            except Exception as error:
                self._broken[kind] = BrokenReaderError(_where_it_broke(error))
                raise self._broken[kind] from error
        return self._known[kind]

    def fill(self, needs: Mapping[str, type]) -> dict[str, Any]:
        """Returns the arguments that a reader or a check asks for."""
        return {name: self.get(kind) for name, kind in needs.items()}

    def published(self) -> tuple[PublishedFact, ...]:
        """Returns what all facts of the subject show in reports, by name. A broken reader shows nothing here."""
        shown: list[PublishedFact] = []
        for kind in self._readers:
            if kind in self and hasattr(kind, "published"):
                try:
                    shown.extend(self.get(kind).published())
                except BrokenReaderError:
                    continue
        return tuple(sorted(shown, key=lambda fact: fact.name))


class Engine:
    """Checks sources one by one, in whichever process it stands."""

    def __init__(self, plugins: Plugins, settings: Settings) -> None:
        self.plugins = plugins
        self.settings = settings
        checklist = settings.checklist
        whole = plugins.catalogue if checklist is None else checklist.catalogue(plugins.catalogue)
        self.catalogue: Catalogue = whole.chosen(settings.select, settings.ignore)
        self._own_checks = {} if checklist is None else checklist.checks()

    def check(self, source: Source, partner: Mapping[str, PublishedFact] | None = None) -> Subject:
        """Returns the subject with its findings, or with the reason why it could not be read.

        Args:
            source: What to check.
            partner: The facts of the policy that is checked together with a register.
        """
        try:
            if source.kind is SubjectKind.REGISTER:
                return self._check_register(source, partner)
            return self._check_policy(source)
        except UnreadableError as error:
            trouble = Trouble(error.code, error.message)
        except MemoryError:
            trouble = Trouble("memory-limit", f"{source.shown}: there is not enough memory to read it.")
        except RecursionError:
            trouble = Trouble("too-deep", f"{source.shown}: it is nested too deeply to be read.")
        except Exception as error:  # a loader's own mistake must not lose the other subjects
            place = _where_it_broke(error)
            trouble = Trouble(
                "loader-broke", f"{source.shown}: the tool broke while reading it ({place}). Please report it."
            )
        return Subject(
            source.kind, source.shown, _hash(source.path), None, self._as_at_of_policy(),
            status=Status.UNREADABLE, trouble=trouble, named=source.named, file=source.path,
        )  # fmt: skip

    def read(self, source: Source) -> Subject:
        """Returns the subject with its facts, before any judgement."""
        return replace(self.check(source), findings=())

    def load_document(self, path: Path) -> Document:
        """Reads a document.

        Raises:
            UnreadableError: If it cannot be read; the message says why and what to do.
        """
        from checker.documents.assemble import assemble
        from checker.documents.wordless import refuse_wordless

        suffix = path.suffix.lower()
        _refuse_unfit(path, suffix in self.plugins.document_loaders)
        document = assemble(self.plugins.document_loaders[suffix].load(path), path.name)
        refuse_wordless(document)
        return document

    def facts_of(self, document: Document, context: Context) -> FactSource:
        """Returns the facts of a document, of which what it takes back is no part."""
        from checker.reading.standing import as_it_stands

        return FactSource(self.plugins.readers("policy"), as_it_stands(document, context.as_at), context)

    def given_school(self, source: Source) -> School:
        """Returns what is said of the school that a source is about: configuration, then manifest, then options."""
        return self.settings.configuration.school_of(source.path, source.school.or_else(self.settings.school))

    def _check_policy(self, source: Source) -> Subject:
        document = self.load_document(source.path)
        identity = self.plugins.identify(document, self.given_school(source))
        context = Context(self._as_at_of_policy(), identity.schools, kind_shown=identity.kind_shown)
        subject = Subject(
            SubjectKind.POLICY, source.shown, _hash(source.path), identity.title, context.as_at, identity.schools,
            notes=(*identity.notes, *document.notes), named=source.named, file=source.path,
        )  # fmt: skip
        if not identity.is_policy:
            from checker.documents.wordless import refuse_hardly_read

            refuse_hardly_read(document)
            return replace(subject, status=Status.NOT_A_POLICY)
        facts = self.facts_of(document, context)
        return replace(subject, facts=facts.published(), findings=self._judge("policy", facts, context))

    def _check_register(self, source: Source, partner: Mapping[str, PublishedFact] | None) -> Subject:
        loader = next(loader for loader in self.plugins.register_loaders if loader.accepts(source.path))
        register = loader.load(source.path, self.settings.as_at)
        given = self.given_school(source)
        school = given.or_else(register.school)
        context = Context(register.as_at, (school,), partner)
        facts = FactSource(self.plugins.readers("register"), register, context)
        findings = self._judge("register", facts, context)
        if self.settings.reveal_names:
            findings = tuple(register.naming(finding) for finding in findings)
        return Subject(
            SubjectKind.REGISTER, source.shown, register.sha256, school.name, register.as_at, (school,),
            notes=register.notes, facts=facts.published(), findings=findings, named=source.named, file=source.path,
        )  # fmt: skip

    def _judge(self, kind: str, facts: FactSource, context: Context) -> tuple[Finding, ...]:
        return tuple(self.finding(requirement, facts, context) for requirement in self.catalogue.of_kind(kind))

    def finding(self, requirement: Requirement, facts: FactSource, context: Context) -> Finding:
        """Returns the finding of one requirement on a subject's facts."""
        outcome = _unless_applicable(requirement, context) or self._outcome(requirement, facts)
        if requirement.kind == "policy":
            from checker.documents.model import Document

            outcome = with_column_headings(with_doubts(outcome, facts.get(Document)), facts.get(Document))
        if context.type_unknown and requirement.applies_to and outcome.verdict is not Verdict.NOT_APPLICABLE:
            outcome = outcome.noting(
                "nothing says what kind of school this is, so it is taken as state-funded; "
                "for an independent school this requirement would not apply"
            )
        return Finding(
            requirement,
            outcome.verdict,
            _level(requirement, outcome),
            " ".join([outcome.message, *(f"Noted: {note}." for note in outcome.notes)]),
            (outcome.fix or requirement.fix) if outcome.verdict in {Verdict.FAIL, Verdict.REVIEW} else None,
            requirement.cited_on(context.as_at),
            outcome.evidence,
            outcome.searched,
            outcome.rows,
            outcome.checked,
            elsewhere=not _holds_here(requirement, context),
        )

    def _outcome(self, requirement: Requirement, facts: FactSource) -> Outcome:
        name = requirement.name
        check: Check | None = self._own_checks.get(name) or self.plugins.checks(requirement.kind).get(name)
        if check is None:
            return Outcome(Verdict.REVIEW, "This requirement is not yet checked: a person must look.", checked=False)
        try:
            arguments = {
                name: requirement if needed is Requirement else facts.get(needed)
                for name, needed in check.needs.items()
            }
            return check(**arguments)
        except BrokenReaderError as error:
            place = str(error)
        except Exception as error:
            place = _where_it_broke(error)
        return Outcome(
            Verdict.ERROR, f"The check itself broke ({place}). This is the tool's mistake: please report it."
        )

    def _as_at_of_policy(self) -> dt.date:
        return self.settings.as_at or self.settings.today


def _unless_applicable(requirement: Requirement, context: Context) -> Outcome | None:
    """Returns the outcome where a requirement does not concern the schools or the day, else ``None``."""
    if not requirement.in_force.holds(context.as_at):
        return not_applicable(f"Not in force on {context.as_at.isoformat()}.")
    if not _holds_here(requirement, context):
        area = " and ".join(requirement.authorities)
        known = sorted({school.local_authority for school in context.schools if school.local_authority})
        other = (
            f"this school's authority is {' or '.join(known)}"
            if known
            else "nothing says that it is this school's authority"
        )
        return not_applicable(f"A rule of {area}, and {other}.")
    if not requirement.applies_to or context.type_unknown:
        return None
    if any(_concerns(requirement, school) for school in context.schools):
        return None
    kinds = " and ".join(context.types)
    return not_applicable(f"This does not apply to this school ({kinds}).", filter(None, [context.kind_shown]))


def _holds_here(requirement: Requirement, context: Context) -> bool:
    return requirement.holds_in(school.local_authority for school in context.schools)


def _concerns(requirement: Requirement, school: School) -> bool:
    if not school.types:
        return True
    exempt = school.independent and "independent" not in requirement.applies_to
    return not exempt and any(kind in requirement.applies_to for kind in school.types)


def _level(requirement: Requirement, outcome: Outcome) -> Level:
    """Returns the heaviest level of what was found; in a policy, silence weighs no more than guidance."""
    if outcome.verdict is not Verdict.FAIL or requirement.level_is_set:
        return requirement.level
    silence = requirement.level
    if requirement.kind == "policy" and silence is Level.LAW:
        silence = Level.GUIDANCE
    return heaviest([fault.level or silence for fault in outcome.faults] or [silence])


def _refuse_unfit(path: Path, known: bool) -> None:
    suffix = path.suffix.lower()
    if not path.exists():
        raise UnreadableError("missing", f"{path}: there is no such file. Check the name and try again.")
    if suffix in ASK_FOR_ANOTHER:
        raise UnreadableError(
            "format", f"{path.name}: {suffix} files cannot be read. Save it as .docx or PDF and try again."
        )
    if not known:
        raise UnreadableError(
            "format", f"{path.name}: this kind of file cannot be read. Give a PDF, .docx, .html, .md or .txt."
        )
    size = path.stat().st_size
    if size == 0:
        raise UnreadableError("empty", f"{path.name}: the file is empty. Export or save it again.")
    if size > LARGEST_DOCUMENT:
        megabytes = size // 1_000_000
        raise UnreadableError(
            "too-large",
            f"{path.name}: has {megabytes} MB; a policy of more than {LARGEST_DOCUMENT // 1_000_000} MB is not read. "
            "Reduce its pictures, or save it as text, and try again.",
        )


def _hash(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _where_it_broke(error: Exception) -> str:
    """Names an error without its message, which could quote a pupil's data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).stem}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
