"""Finds and loads plugins, loudly: a plugin that does not load, or a misspelt hook, stops the run.

Plugins are found through the entry point group ``checker`` (which is how the core's own formats and the national pack
are found too) and as files that ``checker.yaml`` names.
"""

from __future__ import annotations

import importlib.util
import inspect
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pluggy

from checker import hookspecs
from checker.catalogue import Catalogue
from checker.errors import CheckerError, PluginError
from checker.facts import Check, Reader, Topic
from checker.hookspecs import NAMESPACE
from checker.identity import Identity
from checker.report import PluginInfo
from checker.yaml_files import did_you_mean

if TYPE_CHECKING:
    from checker.documents.loaders import DocumentLoader
    from checker.documents.model import Document
    from checker.registers.loaders import RegisterLoader
    from checker.reports.formats import ReportFormat
    from checker.schools import School

CORE = "core"  # the entry point of checker.builtin


class Plugins:
    """The loaded plugins and what they contribute."""

    def __init__(self, manager: pluggy.PluginManager, infos: Sequence[PluginInfo]) -> None:
        self._manager = manager
        self._hook: Any = manager.hook
        self.infos = tuple(infos)

    @property
    def modules(self) -> tuple[ModuleType, ...]:
        """The modules of the plugins, the core's among them."""
        plugins = sorted(self._manager.list_name_plugin(), key=lambda entry: entry[0])
        return tuple(
            plugin if isinstance(plugin, ModuleType) else sys.modules[type(plugin).__module__] for _, plugin in plugins
        )

    @cached_property
    def catalogue(self) -> Catalogue:
        """All requirements."""
        parts: list[Catalogue] = self._call("checker_catalogue")
        return Catalogue(
            (requirement for part in parts for requirement in part), (law for part in parts for law in part.law)
        )

    @cache  # noqa: B019 - one object lives as long as the process
    def readers(self, kind: str) -> Mapping[type, Reader]:
        """Returns the readers for one kind of subject, by the type of fact that they give."""
        found: dict[type, Reader] = {}
        for reader in (reader for topic in self._topics(kind) for reader in topic.readers):
            other = found.setdefault(reader.gives, reader)
            if other is not reader:
                raise PluginError(
                    f"Two readers give {reader.gives.__qualname__}: {_place(other)} and {_place(reader)}."
                )
        return found

    @cache  # noqa: B019 - one object lives as long as the process
    def checks(self, kind: str) -> Mapping[str, Check]:
        """Returns the checks for one kind of subject, by the name of their requirement."""
        found: dict[str, Check] = {}
        for check in (check for topic in self._topics(kind) for check in topic.checks):
            self._refuse_stray(check)
            other = found.setdefault(check.requirement, check)
            if other is not check:
                raise PluginError(f"Two checks judge {check.requirement}: {_place(other)} and {_place(check)}.")
        return found

    @cached_property
    def document_loaders(self) -> dict[str, DocumentLoader]:
        """The document loaders by file ending; a plugin's loader wins over the core's."""
        loaders: list[DocumentLoader] = _flat(self._call("checker_document_loaders"))
        return {suffix: loader for loader in loaders for suffix in loader.suffixes}

    @cached_property
    def register_loaders(self) -> tuple[RegisterLoader, ...]:
        """The register loaders, a plugin's before the core's."""
        loaders: list[RegisterLoader] = _flat(self._call("checker_register_loaders"))
        return tuple(reversed(loaders))

    @cached_property
    def report_formats(self) -> dict[str, ReportFormat]:
        """The report formats by name."""
        formats: list[ReportFormat] = _flat(self._call("checker_report_formats"))
        return {form.name: form for form in formats}

    def identify(self, document: Document, given: School) -> Identity:
        """Returns what a document is; one that no plugin knows is taken as a policy of the given school."""
        found: Identity | None = self._hook.checker_identify(document=document, given=given)
        return found or Identity(True, (given,), document.title)

    @cache  # noqa: B019 - one object lives as long as the process
    def _topics(self, kind: str) -> list[Topic]:
        return _flat(self._call("checker_topics", kind=kind))

    def _call(self, hook: str, **arguments: Any) -> list[Any]:
        """Calls a hook; results come in the order of registration, the core's first."""
        try:
            return list(reversed(getattr(self._hook, hook)(**arguments)))
        except CheckerError:
            raise
        except Exception as error:
            raise PluginError(f"A plugin broke in {hook}: {type(error).__name__}: {error}.") from error

    def _refuse_stray(self, check: Check) -> None:
        names = [requirement.name for requirement in self.catalogue]
        if check.requirement not in names:
            hint = did_you_mean(check.requirement, names)
            raise PluginError(f"{_place(check)} judges {check.requirement!r}, which is in no catalogue.{hint}")


def load_plugins(files: Iterable[Path] = ()) -> Plugins:
    """Loads the installed plugins, the core's own contributions among them, and those in files.

    Args:
        files: Python files that are plugins, as named in ``checker.yaml``.

    Raises:
        PluginError: If a plugin does not import, names an unknown hook, or none brings requirements.
    """
    manager = pluggy.PluginManager(NAMESPACE)
    manager.add_hookspecs(hookspecs)
    infos = []
    for entry in sorted(metadata.entry_points(group=NAMESPACE), key=lambda entry: entry.name):
        infos.append(_register(manager, entry.name, entry.load, entry.dist.version if entry.dist else "unknown"))
    for file in files:
        infos.append(_register(manager, file.stem, lambda file=file: _import(file), "file"))
    infos = [info for info in infos if info.name != CORE]
    if not infos:
        raise PluginError("No plugin is installed, so there is nothing to check against. Install the package again.")
    return Plugins(manager, infos)


def _register(manager: pluggy.PluginManager, name: str, load: Any, version: str) -> PluginInfo:
    try:
        plugin = load()
    except Exception as error:
        raise PluginError(f"The plugin {name!r} did not load: {type(error).__name__}: {error}.") from error
    _refuse_hooks_that_would_go_unheard(name, plugin)
    try:
        manager.register(plugin, name)
    except (ValueError, pluggy.PluginValidationError) as error:
        raise PluginError(f"The plugin {name!r} did not load: {error}.") from error
    return PluginInfo(name, getattr(plugin, "__version__", version))


def _refuse_hooks_that_would_go_unheard(name: str, plugin: Any) -> None:
    """Refuses what pluggy passes over in silence: a misspelt hook, one without its mark, and a plugin without any."""
    known = [hook for hook, _ in inspect.getmembers(hookspecs, inspect.isfunction) if hook.startswith(f"{NAMESPACE}_")]
    found = False
    for attribute in dir(plugin):
        value = getattr(plugin, attribute)
        marked = callable(value) and hasattr(value, f"{NAMESPACE}_impl")
        if not marked and not (callable(value) and attribute.startswith(f"{NAMESPACE}_")):
            continue
        if attribute not in known:
            raise PluginError(f"The plugin {name!r} has an unknown hook {attribute!r}.{did_you_mean(attribute, known)}")
        if not marked:
            raise PluginError(
                f"The plugin {name!r}: mark its hook {attribute!r} with @hookimpl, or it is never called."
            )
        found = True
    if not found:
        raise PluginError(f"The plugin {name!r} has no hook: it would add nothing.")


def _import(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None or not file.is_file():
        raise FileNotFoundError(f"there is no Python file {file}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    return module


def _flat(lists: Iterable[Iterable[Any]]) -> list[Any]:
    return [item for part in lists for item in part]


def _place(thing: Reader | Check) -> str:
    return f"{thing.function.__module__}.{thing.function.__qualname__}"
