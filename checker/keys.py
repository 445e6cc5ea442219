"""Names for everything that a result rests on, so that one that is kept is used only where nothing has changed."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

from checker.discovery import Source
from checker.engine import Engine
from checker.facts import PublishedFact
from checker.plugins import Plugins
from checker.report import SubjectKind

DISTRIBUTION = "attendance-checker"
PART_OF_A_PROGRAM = {".py", ".yaml", ".json"}


def content_of(source: Source, plugins: Plugins) -> str | None:
    """Returns the hash of what a source holds; ``None`` where it cannot be told without checking it."""
    if source.kind is SubjectKind.REGISTER:
        loader = next(loader for loader in plugins.register_loaders if loader.accepts(source.path))
        return loader.fingerprint(source.path) if loader.fingerprint else None
    try:
        return hash_of(source.path)
    except OSError:
        return None


def hash_of(path: Path) -> str:
    """Returns the SHA-256 of a file's bytes as hexadecimal text.

    Raises:
        OSError: If it cannot be opened.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Keys:
    """The keys under which the results of a run are kept."""

    def __init__(self, engine: Engine) -> None:
        settings = engine.settings
        self._engine = engine
        self._run = digest(
            program(engine.plugins),
            [requirement.name for requirement in engine.catalogue],
            settings.reveal_names,
            settings.checklist.sha256 if settings.checklist else None,
        )

    def key(self, source: Source, content: str, partner: Mapping[str, PublishedFact] | None) -> str:
        """Returns the key of a source's result.

        Args:
            source: The source.
            content: The hash of what it holds.
            partner: The facts of the policy that is checked together with a register.
        """
        settings = self._engine.settings
        day = settings.as_at if source.kind is SubjectKind.REGISTER else settings.as_at or settings.today
        return digest(
            self._run,
            source.kind,
            source.path.name,
            content,
            asdict(self._engine.given_school(source)),
            day.isoformat() if day else None,
            {name: asdict(fact) for name, fact in partner.items()} if partner is not None else None,
        )


def digest(*parts: Any) -> str:
    """Returns the SHA-256 of plain values as hexadecimal text."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def program(plugins: Plugins) -> str:
    """Returns the hash of the program as it is installed: its files, its plugins' files, and the versions it uses.

    The files themselves count, not only the version: a checklist's or a plugin's author changes them between two runs.
    """
    import checker

    files = {file for module in (checker, *plugins.modules) for file in _files_of(module)}
    hashes = sorted((f"{file.parent.name}/{file.name}", hash_of(file)) for file in files)
    return digest(sys.version_info[:2], _versions(), hashes, [asdict(info) for info in plugins.infos])


def _files_of(module: ModuleType) -> Iterable[Path]:
    if module.__file__ is None:
        return ()
    file = Path(module.__file__)
    if file.name != "__init__.py":
        return (file,)
    return (path for path in file.parent.rglob("*") if path.suffix in PART_OF_A_PROGRAM)


def _versions() -> list[str]:
    try:
        needed = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return []
    names = sorted(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needed if "extra ==" not in line)
    return [f"{name} {metadata.version(name)}" for name in names]
