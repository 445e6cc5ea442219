"""Copies of the school's own Word files with review comments on the passages at fault: ``--format docx``."""

from __future__ import annotations

from checker.report import Report, Subject
from checker.reports.copies import copies
from checker.reports.presentation import Presentation, Written


def write(report: Report, presentation: Presentation) -> Written:
    """Returns the reviewed copy of the Word file, or of each where several were checked.

    Raises:
        UsageError: If no Word file was checked, or several were and no folder is named for them.
    """

    def reviewed(subject: Subject) -> bytes:
        from checker.reports.docx.reviewing import reviewed

        return reviewed(subject, report, presentation)

    return copies(report, presentation, ".docx", "Word file", reviewed)
