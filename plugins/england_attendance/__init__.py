"""The national pack: what the law and statutory guidance in England ask of attendance policies and registers."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from typing import TYPE_CHECKING

from checker.catalogue import Catalogue, load_catalogue
from checker.facts import Topic
from checker.hookspecs import hookimpl

if TYPE_CHECKING:
    from checker.documents.model import Document
    from checker.identity import Identity
    from checker.schools import School

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
    from england_attendance import registers

    return registers.topics()


@hookimpl
def checker_identify(document: Document, given: School) -> Identity:
    """Says whether a document is an attendance policy of a school in England, and of which schools."""
    from england_attendance.policy.schools.identity import identify

    return identify(document, given)
