"""Every way in which a plugin can add to the checker. This is the whole extension surface."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from checker.catalogue import Catalogue
    from checker.documents.loaders import DocumentLoader
    from checker.documents.model import Document
    from checker.facts import Topic
    from checker.identity import Identity
    from checker.registers.loaders import RegisterLoader
    from checker.reports.formats import ReportFormat
    from checker.schools import School

NAMESPACE = "checker"
hookspec = pluggy.HookspecMarker(NAMESPACE)
hookimpl = pluggy.HookimplMarker(NAMESPACE)


@hookspec
def checker_catalogue() -> Catalogue:  # type: ignore[empty-body]
    """Returns the plugin's requirements, usually ``load_catalogue(folder)``."""


@hookspec
def checker_topics(kind: str) -> Iterable[Topic]:  # type: ignore[empty-body]
    """Returns the plugin's readers and checks for one kind of subject: ``policy`` or ``register``."""


@hookspec(firstresult=True)
def checker_identify(document: Document, given: School) -> Identity | None:
    """Says whether a document is a policy that the catalogue is about, and of which schools; ``None``: cannot say."""


@hookspec
def checker_document_loaders() -> Iterable[DocumentLoader]:  # type: ignore[empty-body]
    """Returns ways to read further formats of documents."""


@hookspec
def checker_register_loaders() -> Iterable[RegisterLoader]:  # type: ignore[empty-body]
    """Returns ways to read further formats of registers."""


@hookspec
def checker_report_formats() -> Iterable[ReportFormat]:  # type: ignore[empty-body]
    """Returns further formats of reports."""
