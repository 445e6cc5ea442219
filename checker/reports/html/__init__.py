"""The report as one web page that needs nothing else: no network, and no script to read it.

One subject has the page to itself, its text beside the findings. A few stand one after the other behind an index. Many
have a matrix of subjects and requirements in front, and their texts are left out, or the page would be too large to
open.
"""

from __future__ import annotations

from checker.report import Report
from checker.reports.html.page import page_of
from checker.reports.pages import render
from checker.reports.presentation import Presentation


def write(report: Report, presentation: Presentation) -> str:
    """Returns the report as HTML."""
    return render(__name__, "page.html", page=page_of(report, presentation))
