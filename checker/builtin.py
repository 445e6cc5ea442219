"""What the core itself contributes, through the same hooks as any plugin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from checker.hookspecs import hookimpl

if TYPE_CHECKING:
    from checker.documents.loaders import DocumentLoader
    from checker.facts import Topic
    from checker.registers.loaders import RegisterLoader
    from checker.reports.formats import ReportFormat


@hookimpl
def checker_document_loaders() -> Iterable[DocumentLoader]:
    """PDF, Word, HTML, Markdown and text."""
    from checker.documents.loaders import BUILT_IN

    return BUILT_IN


@hookimpl
def checker_register_loaders() -> Iterable[RegisterLoader]:
    """Folders with a register.yaml."""
    from checker.registers.loaders import BUILT_IN

    return BUILT_IN


@hookimpl
def checker_topics(kind: str) -> Iterable[Topic]:
    """What a policy and a register say, whatever the law."""
    from checker.facts import topic

    if kind == "policy":
        from checker import policy_facts

        return [topic(policy_facts)]
    from checker import register_facts

    return [topic(register_facts)]


@hookimpl
def checker_report_formats() -> Iterable[ReportFormat]:
    """The formats of ``checker/reports/``."""
    from checker.reports.formats import BUILT_IN

    return BUILT_IN
