"""``checker.yaml``: the options of ``check`` for a folder, found there or in a parent."""

from __future__ import annotations

import datetime as dt
import fnmatch
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.schools import School, SchoolType
from checker.yaml_files import load_yaml

FILE = "checker.yaml"


@dataclass(frozen=True, slots=True)
class SchoolRule:
    """Which school the files are about whose path fits a pattern."""

    path: str
    school: School


@dataclass(frozen=True, slots=True)
class Configuration:
    """What ``checker.yaml`` says; ``None`` or empty where it does not speak.

    Attributes:
        folder: The folder that holds the file; ``None`` where there is no file.
        options: The options of ``check`` that it sets, by their names with underscores.
        schools: The schools that files are about.
        plugins: Files that are plugins.
    """

    folder: Path | None = None
    options: Mapping[str, Any] | None = None
    schools: tuple[SchoolRule, ...] = ()
    plugins: tuple[Path, ...] = ()

    def school_of(self, path: Path, default: School) -> School:
        """Returns the school that a file is about: that of the first rule that fits it, else the default."""
        for rule in self.schools:
            if fnmatch.fnmatch(_relative(path, self.folder), rule.path):
                return rule.school.or_else(default)
        return default


def find_configuration(folder: Path) -> Path | None:
    """Returns the ``checker.yaml`` of a folder or of the nearest parent that has one."""
    return next((found for place in (folder, *folder.parents) if (found := place / FILE).is_file()), None)


def load_configuration(path: Path | None) -> Configuration:
    """Reads a configuration file.

    Raises:
        UsageError: If it cannot be read or does not fit ``schemas/configuration.schema.json``.
    """
    if path is None:
        return Configuration()
    content = load_yaml(path, "configuration") or {}
    schools = tuple(SchoolRule(entry["path"], _school(entry)) for entry in content.pop("schools", []))
    plugins = tuple(path.parent / name for name in content.pop("plugins", []))
    options = {name.replace("-", "_"): value for name, value in content.items()}
    return Configuration(path.parent, options, schools, plugins)


def _school(entry: Mapping[str, Any]) -> School:
    urn = entry.get("urn")
    return School(
        entry.get("name"),
        tuple(SchoolType(kind) for kind in _listed(entry.get("school-type", []))),
        None if urn is None else str(urn),
        entry.get("local-authority"),
    )


def _listed(value: str | Iterable[str]) -> Iterable[str]:
    return [value] if isinstance(value, str) else value


def _relative(path: Path, folder: Path | None) -> str:
    try:
        return path.resolve().relative_to((folder or Path()).resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def as_date(value: str | dt.date) -> dt.date:
    """Returns a date from ISO text or from a date that YAML has read.

    Raises:
        ValueError: If the text is no ISO date.
    """
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
