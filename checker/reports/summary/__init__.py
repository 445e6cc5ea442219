"""The page for a board of governors or trustees: one side of A4, as a web page or as a Word file.

It is a Word file where the target's name ends in ``.docx``.
"""

from __future__ import annotations

from checker.report import Report
from checker.reports.presentation import Presentation
from checker.reports.summary.content import side_of


def write(report: Report, presentation: Presentation) -> str | bytes:
    """Returns the page."""
    side = side_of(report)
    if presentation.target is not None and presentation.target.suffix.lower() == ".docx":
        from checker.reports.summary.word import as_word

        return as_word(side)
    from checker.reports.pages import render

    return render(__name__, "summary.html", side=side)
