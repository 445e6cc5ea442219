"""The formats of reports by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from checker.report import Report
from checker.reports.presentation import Presentation, Written


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A way to write a report.

    Attributes:
        name: What ``--format`` calls it.
        write: Turns a report into text, into bytes for a format that is no text, or into several files.
    """

    name: str
    write: Callable[[Report, Presentation], str | bytes | Written]


def _of_core(name: str) -> ReportFormat:
    """A format of the core, whose module, with all that it imports, is loaded only when the format is written."""

    def write(report: Report, presentation: Presentation) -> str | bytes | Written:
        written: str | bytes | Written = import_module(f"checker.reports.{name}").write(report, presentation)
        return written

    return ReportFormat(name, write)


_OF_CORE = (
    "text",
    "json",
    "html",
    "summary",
    "docx",
    "pdf",
    "xlsx",
    "sarif",
    "junit",
    "github",
    "markdown",
)
BUILT_IN = tuple(map(_of_core, _OF_CORE))
