"""One run: find what is to be checked, check what is not known already, and gather the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from checker.discovery import Source, find_sources
from checker.engine import Engine
from checker.facts import PublishedFact
from checker.findings import Verdict
from checker.pairing import partners
from checker.progress import progress_bar
from checker.report import STOPPED, Report, Subject, SubjectKind
from checker.school_directory import Given, with_schools
from checker.workers import FEWEST_FOR_WORKERS, Workers, check_all, unread

if TYPE_CHECKING:
    from checker.keeping import Keeping

Facts = Mapping[str, PublishedFact]


@dataclass(frozen=True, slots=True)
class Ways:
    """How a run goes about its work. Nothing here changes what a report says of a subject that was read.

    Attributes:
        workers: Who does the work; processes by the number of files and cores where nothing is said.
        given: Where it is said which school each file is about.
        store: The file that keeps the results; ``None`` keeps nothing.
        store_is_asked_for: Whether somebody named it: then even a few files are kept there, and registers, whose
            findings name pupils by their numbers; and a run ends where results cannot be kept there.
        outputs: The files and folders that its reports go to: what lies there from an earlier run is not checked.
    """

    workers: Workers = field(default_factory=Workers)
    given: Given = field(default_factory=Given)
    store: Path | None = None
    store_is_asked_for: bool = False
    outputs: tuple[Path, ...] = ()


def run(engine: Engine, paths: Iterable[Path], ways: Ways | None = None) -> Report:
    """Checks everything under the paths and returns the report.

    What Ctrl-C leaves unchecked stands in the report as unreadable, with the reason.

    Args:
        engine: The engine with the run's settings.
        paths: Files and folders.
        ways: How it goes about its work.

    Raises:
        UsageError: If nothing is found, there is no such cluster, or a file that names schools is at fault.
    """
    ways = ways or Ways()
    paths = list(paths)
    sources = with_schools(find_sources(paths, engine.plugins, ways.outputs), paths, ways.given)
    if ways.store is None or (len(sources) < FEWEST_FOR_WORKERS and not ways.store_is_asked_for):
        return _report(engine, _checked(engine, sources, ways.workers, None))
    from checker.keeping import Keeping

    with Keeping(ways.store, must=ways.store_is_asked_for) as keeping:
        report = _report(engine, _checked(engine, sources, ways.workers, keeping))
        if not report.stopped:
            keeping.remember(report, engine.settings.today)
    return report


def _report(engine: Engine, subjects: Iterable[Subject]) -> Report:
    found = tuple(sorted(subjects, key=lambda subject: (subject.path, subject.kind)))
    asked = [
        finding.requirement for subject in found for finding in subject.findings
        if finding.verdict is not Verdict.NOT_APPLICABLE
    ]  # fmt: skip
    areas = {name for requirement in asked for name in requirement.authorities}
    return Report(
        found,
        engine.plugins.infos,
        tuple(law for law in engine.plugins.catalogue.law if not law.authorities or areas & set(law.authorities)),
        {kind: len(engine.catalogue.of_kind(kind)) for kind in SubjectKind},
    )


def _checked(engine: Engine, sources: Sequence[Source], workers: Workers, keeping: Keeping | None) -> list[Subject]:
    with progress_bar(len(sources)) as done:
        work = _Work(engine, workers, keeping, done)
        policies = work.subjects([source for source in sources if source.kind is SubjectKind.POLICY], {})
        registers = [source for source in sources if source.kind is SubjectKind.REGISTER]
        return policies + work.subjects(registers, partners(engine, registers, policies))


class _Work:
    """The subjects of one run, as they are found: kept from before, or checked now."""

    def __init__(
        self, engine: Engine, workers: Workers, keeping: Keeping | None, done: Callable[[Subject], None]
    ) -> None:
        self._engine = engine
        self._workers = workers
        self._keeping = keeping
        self._done = done
        self._stopped = False

    def subjects(self, sources: Sequence[Source], with_partners: Mapping[Source, Facts]) -> list[Subject]:
        """Returns the subjects of sources, in their order.

        Args:
            sources: What is to be checked.
            with_partners: The facts of the policy that goes with a register.
        """
        keys = self._keys(sources, with_partners)
        found = self._kept(keys)
        left = [source for source in sources if source not in found]
        if not self._stopped:
            found.update(self._checked_now(left, with_partners, keys))
        settings = self._engine.settings
        return [
            found.get(source)
            or unread(settings, source, STOPPED, "the run was stopped before it was checked. Run the command again.")
            for source in sources
        ]

    def _checked_now(
        self, sources: Sequence[Source], with_partners: Mapping[Source, Facts], keys: Mapping[Source, tuple[str, str]]
    ) -> dict[Source, Subject]:
        def done(place: int, subject: Subject) -> None:
            key, content = keys.get(sources[place], (None, None))
            changed = subject.kind is SubjectKind.POLICY and subject.sha256 not in {content, None}
            if self._keeping is not None:
                self._keeping.open()
                if key is not None and not changed:
                    self._keeping.put(key, subject)
            self._done(subject)

        tasks = [(source, with_partners.get(source)) for source in sources]
        subjects = check_all(self._engine, tasks, self._workers, done)
        self._stopped = None in subjects
        return {source: subject for source, subject in zip(sources, subjects, strict=True) if subject is not None}

    def _keys(self, sources: Sequence[Source], with_partners: Mapping[Source, Facts]) -> dict[Source, tuple[str, str]]:
        """Returns the keys of the sources' results and the hashes of what they hold."""
        kept = [source for source in sources if self._keeping and self._keeping.keeps(source)]
        if not kept:
            return {}
        from checker.keys import Keys, content_of

        keys = Keys(self._engine)
        contents = {source: content_of(source, self._engine.plugins) for source in kept}
        return {
            source: (keys.key(source, content, with_partners.get(source)), content)
            for source, content in contents.items()
            if content is not None
        }

    def _kept(self, keys: Mapping[Source, tuple[str, str]]) -> dict[Source, Subject]:
        """Returns the subjects that the store holds."""
        if self._keeping is None:
            return {}
        by_key: dict[str, list[Source]] = defaultdict(list)
        for source, (key, _) in keys.items():
            by_key[key].append(source)
        found = {}
        for source, subject in self._keeping.get(by_key, self._engine.catalogue):
            found[source] = subject
            self._done(subject)
        return found
