"""The formats of reports by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checker.report import Report
from checker.reports import json, text
from checker.reports.presentation import Presentation


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A way to write a report.

    Attributes:
        name: What ``--format`` calls it.
        write: Turns a report into text, or into bytes for a format that is no text.
    """

    name: str
    write: Callable[[Report, Presentation], str | bytes]


BUILT_IN = (ReportFormat("text", text.write), ReportFormat("json", json.write))
