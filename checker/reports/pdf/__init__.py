"""Copies of the school's own PDF files with the passages highlighted and a summary in front: ``--format pdf``."""

from __future__ import annotations

from checker.report import Report, Subject
from checker.reports.copies import copies
from checker.reports.presentation import Presentation, Written


def write(report: Report, presentation: Presentation) -> Written:
    """Returns the marked copy of the PDF file, or of each where several were checked.

    Raises:
        UsageError: If no PDF file was checked, or several were and no folder is named for them.
    """

    def marked(subject: Subject) -> bytes:
        from checker.reports.pdf.marking import marked

        return marked(subject, report, presentation)

    return copies(report, presentation, ".pdf", "PDF file", marked)
