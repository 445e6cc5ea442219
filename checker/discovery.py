"""Finds what is to be checked: policies and registers under the paths that were named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import UsageError
from checker.report import SubjectKind
from checker.schools import School

if TYPE_CHECKING:
    from checker.plugins import Plugins

ASK_FOR_ANOTHER = (".doc", ".docm", ".dot", ".dotx", ".odt", ".rtf", ".pages", ".wpd", ".wps", ".gdoc")


@dataclass(frozen=True, slots=True)
class Source:
    """Something to check.

    Attributes:
        kind: Policy or register.
        path: Where it lies on this machine.
        shown: How reports name it.
        named: Whether the user named it, rather than a folder in which it was found.
        school: What a manifest or the folders' names say of its school.
    """

    kind: SubjectKind
    path: Path
    shown: str
    named: bool
    school: School = field(default_factory=School)


def find_sources(paths: Iterable[Path], plugins: Plugins, outputs: Iterable[Path] = ()) -> list[Source]:
    """Returns everything to check under the paths, sorted by the path shown, each once.

    Args:
        paths: Files and folders as the user named them.
        plugins: Their loaders decide what is read.
        outputs: Files and folders that reports go to: what is found there is passed over, unless it is named itself.

    Raises:
        UsageError: If nothing was found.
    """
    found: dict[Path, Source] = {}
    reports = {output.resolve() for output in outputs}
    for path in paths:
        here = path.resolve()
        # A report may go into the very folder that is searched.
        written = reports.difference((here, *here.parents)) if reports else reports
        for source in _under(path, plugins):
            place = here if source.path == path else source.path.resolve()
            known = found.get(place)
            if not source.named and not written.isdisjoint((place, *place.parents)):
                continue
            if known is None or (source.named and not known.named):
                found[place] = source
    if not found:
        named = ", ".join(str(path) for path in paths) or "nothing"
        raise UsageError(f"Found no policy and no register in {named}. Name a file, or a folder that holds some.")
    return sorted(found.values(), key=lambda source: (source.shown, source.kind))


def _under(path: Path, plugins: Plugins) -> Iterator[Source]:
    loaders = plugins.document_loaders
    if not path.is_dir() or _is_register(path, plugins):
        kind = SubjectKind.REGISTER if _is_register(path, plugins) else SubjectKind.POLICY
        yield Source(kind, path, shown_as(path, path), named=True)
        return
    for folder, folders, files in os.walk(path):
        here = Path(folder)
        if here != path and _is_register(here, plugins):
            yield Source(SubjectKind.REGISTER, here, shown_as(here, path), named=False)
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = here / name
            if _is_policy(file, loaders):
                yield Source(SubjectKind.POLICY, file, shown_as(file, path), named=False)


def _is_register(path: Path, plugins: Plugins) -> bool:
    return any(loader.accepts(path) for loader in plugins.register_loaders)


def _is_policy(file: Path, loaders: Mapping[str, object]) -> bool:
    hidden = file.name.startswith((".", "~$"))
    return not hidden and file.suffix.lower() in (*loaders, *ASK_FOR_ANOTHER)


def shown_as(path: Path, argument: Path) -> str:
    """Returns the path relative to the current folder, else from the argument's own last part on."""
    resolved = path.resolve()
    try:
        return resolved.relative_to(Path.cwd()).as_posix()
    except ValueError:
        last = argument.resolve()
        return (Path(last.name) / resolved.relative_to(last)).as_posix() if resolved != last else last.name
