"""JUnit XML, which every system of continuous integration shows: a suite for each subject, a case for each requirement.

JUnit knows no verdict that a person must give. Such a case is *skipped*, with the reason, and so never counts as passed.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from checker.findings import Finding, Verdict
from checker.report import Report, Status, Subject
from checker.reports.presentation import Presentation
from checker.reports.safe import for_page
from checker.reports.wording import IN_WORDS, told, why_not_checked

_NO_CHARACTERS = re.compile("[\ufffe\uffff]")  # XML may not hold them, however they are written
_ELEMENTS = {
    Verdict.FAIL: "failure",
    Verdict.ERROR: "error",
    Verdict.REVIEW: "skipped",
    Verdict.WAIVED: "skipped",
    Verdict.NOT_APPLICABLE: "skipped",
}


def write(report: Report, presentation: Presentation) -> str:
    """Returns the report as JUnit XML."""
    root = Element("testsuites", name="attendance-checker")
    for subject in report.subjects:
        suite = SubElement(root, "testsuite", name=_clean(subject.path), file=_clean(subject.path))
        _properties(suite, subject)
        if reason := why_not_checked(subject):
            # A file that is named but is no policy is a mistake; one that was found beside policies is not.
            fatal = subject.status is Status.UNREADABLE or subject.named
            _case(suite, subject, "reading", "error" if fatal else "skipped", subject.status.value, reason)
        for finding in subject.findings:
            _finding(suite, subject, finding)
        _count(suite, "tests", "failures", "errors", "skipped")
    _count(root, "tests", "failures", "errors")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _properties(suite: Element, subject: Subject) -> None:
    properties = SubElement(suite, "properties")
    known = {"title": subject.title, "as-at": subject.as_at.isoformat(), "sha256": subject.sha256}
    for name, value in known.items():
        if value:
            SubElement(properties, "property", name=name, value=_clean(value))


def _finding(suite: Element, subject: Subject, finding: Finding) -> None:
    words = "\n".join(told(finding))
    if finding.verdict is Verdict.PASS:
        case = _case(suite, subject, finding.requirement.name)
        SubElement(case, "system-out").text = _clean(words)
        return
    kind = finding.level.value if finding.verdict is Verdict.FAIL else finding.verdict.value
    message = finding.message
    if _ELEMENTS[finding.verdict] == "skipped":
        message = f"{IN_WORDS[finding.verdict]}: {message}"
    _case(suite, subject, finding.requirement.name, _ELEMENTS[finding.verdict], kind, message, words)


def _case(
    suite: Element,
    subject: Subject,
    name: str,
    element: str = "",
    kind: str = "",
    message: str = "",
    words: str = "",
) -> Element:
    case = SubElement(suite, "testcase", classname=_clean(subject.path), name=name)
    if element:
        inner = SubElement(case, element, type=kind, message=_clean(" ".join(message.split())))
        inner.text = _clean(words) or None
    return case


def _count(element: Element, *names: str) -> None:
    tags = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for name in names:
        element.set(name, str(sum(1 for _ in element.iter(tags[name]))))


def _clean(text: str) -> str:
    return _NO_CHARACTERS.sub("", for_page(text))
