"""The national pack: what the law and statutory guidance in England ask of attendance policies and registers."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources

from checker.catalogue import Catalogue, load_catalogue
from checker.facts import Topic
from checker.hookspecs import hookimpl

__version__ = "0.1.0"


@hookimpl
def checker_catalogue() -> Catalogue:
    """The requirements, from the YAML files of ``catalogue``."""
    return load_catalogue(resources.files("england_attendance") / "catalogue", trusted=True)


@hookimpl
def checker_topics(kind: str) -> Iterable[Topic]:
    """The readers and checks, one topic a module."""
    if kind == "policy":
        from england_attendance import policy

        return policy.topics()
    return []
