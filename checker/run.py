"""One run: find what is to be checked, check it, and gather the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from checker.discovery import Source, find_sources
from checker.engine import Engine
from checker.facts import PublishedFact
from checker.pairing import partners
from checker.progress import progress_bar
from checker.report import Report, Subject, SubjectKind
from checker.workers import Workers, check_all


def run(engine: Engine, paths: Iterable[Path], workers: Workers | None = None) -> Report:
    """Checks everything under the paths and returns the report.

    Args:
        engine: The engine with the run's settings.
        paths: Files and folders.
        workers: Who does the work; without it processes, by the number of files and cores.

    Raises:
        UsageError: If nothing is found, or there is no such cluster.
    """
    sources = find_sources(paths, engine.plugins)
    with progress_bar(len(sources)) as done:
        policies = _checked(engine, [s for s in sources if s.kind is SubjectKind.POLICY], {}, workers, done)
        registers = [source for source in sources if source.kind is SubjectKind.REGISTER]
        subjects = policies + _checked(engine, registers, partners(engine, registers, policies), workers, done)
    return Report(
        tuple(sorted(subjects, key=lambda subject: (subject.path, subject.kind))),
        engine.plugins.infos,
        engine.plugins.catalogue.law,
        {kind: len(engine.catalogue.of_kind(kind)) for kind in SubjectKind},
    )


def _checked(
    engine: Engine,
    sources: Sequence[Source],
    with_partners: Mapping[Source, Mapping[str, PublishedFact]],
    workers: Workers | None,
    done: Callable[[Subject], None],
) -> list[Subject]:
    tasks = [(source, with_partners.get(source)) for source in sources]
    return check_all(engine, tasks, workers, done)
