"""Reads verdicts back out of reports, each as a reader of its format would."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml import html

from checker.findings import Verdict
from checker.report import Report
from checker.reports.wording import (
    BROKEN,
    DOES_NOT_APPLY,
    FOR_A_PERSON,
    LEVEL_HEADINGS,
    PASSES,
    UNCHECKED,
    WAIVED,
)

Read = Iterator[tuple[str, str, str]]  # the subject's path, the requirement's name, the verdict
_HEADINGS = {
    BROKEN.upper(): Verdict.ERROR,
    **{f"FAILS · {heading}": Verdict.FAIL for heading in LEVEL_HEADINGS.values()},
    FOR_A_PERSON.upper(): Verdict.REVIEW,
    UNCHECKED: Verdict.REVIEW,
    WAIVED.upper(): Verdict.WAIVED,
    PASSES: Verdict.PASS,
    DOES_NOT_APPLY: Verdict.NOT_APPLICABLE,
}


def from_report(report: Report) -> Read:
    """Yields the verdicts of the run itself."""
    for subject in report.subjects:
        for finding in subject.findings:
            yield subject.path, finding.requirement.name, finding.verdict.value


def from_text(content: str) -> Read:
    """Reads the text report: a line names a requirement under a heading that names the verdict."""
    path = verdict = ""
    for line in content.split("\n"):
        if line.startswith("═") or line.endswith("═"):
            path = line.strip("═ ")
        elif (heading := re.sub(r" \(\d+\)$", "", line)) in _HEADINGS:
            verdict = _HEADINGS[heading].value
        elif found := re.match(r"  [✓✗?·~!] .*\s((?:policy|register)\.[\w.-]+)$", line):
            yield path, found[1], verdict


def from_json(content: str) -> Read:
    """Reads the JSON report."""
    for subject in json.loads(content)["subjects"]:
        for finding in subject["findings"]:
            yield subject["path"], finding["requirement"], finding["verdict"]


def from_html(content: str) -> Read:
    """Reads the HTML report of several subjects."""
    for section in html.document_fromstring(content).xpath("//section[@class='subject']"):
        path = section.xpath(".//dt[. = 'Document' or . = 'Register']/following-sibling::dd")[0].text_content()
        for finding in section.xpath(".//*[@data-requirement]"):
            yield path, finding.get("data-requirement"), finding.get("data-verdict")
