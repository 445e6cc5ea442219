"""Reads verdicts back out of reports, each as a reader of its format would."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from junitparser import Error, Failure, JUnitXml
from lxml import html

from checker.findings import Verdict
from checker.report import Report
from checker.reports.wording import (
    BROKEN,
    DOES_NOT_APPLY,
    FOR_A_PERSON,
    IN_WORDS,
    LEVEL_HEADINGS,
    PASSES,
    UNCHECKED,
    WAIVED,
)

Read = Iterator[tuple[str, str, str]]  # the subject's path, the requirement's name, the verdict
HEADINGS = {
    BROKEN: (Verdict.ERROR, BROKEN.upper()),
    **{heading: (Verdict.FAIL, f"FAILS · {heading}") for heading in LEVEL_HEADINGS.values()},
    FOR_A_PERSON: (Verdict.REVIEW, FOR_A_PERSON.upper()),
    UNCHECKED: (Verdict.REVIEW, UNCHECKED),
    WAIVED: (Verdict.WAIVED, WAIVED.upper()),
    PASSES: (Verdict.PASS, PASSES),
    DOES_NOT_APPLY: (Verdict.NOT_APPLICABLE, DOES_NOT_APPLY),
}  # what stands over findings: their verdict, and how the text report writes it


def from_report(report: Report) -> Read:
    """Yields the verdicts of the run itself."""
    for subject in report.subjects:
        for finding in subject.findings:
            yield subject.path, finding.requirement.name, finding.verdict.value


def from_text(content: str) -> Read:
    """Reads the text report: a line names a requirement under a heading that names the verdict."""
    in_text = {written: verdict for verdict, written in HEADINGS.values()}
    path = verdict = ""
    for line in content.split("\n"):
        if line.startswith("═") or line.endswith("═"):
            path = line.strip("═ ")
        elif (heading := re.sub(r" \(\d+\)$", "", line)) in in_text:
            verdict = in_text[heading].value
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


def from_sarif(content: str) -> Read:
    """Reads a SARIF log: its results, and the notifications about requirements."""
    (run,) = json.loads(content)["runs"]
    for result in run["results"]:
        yield _path(result), result["ruleId"], result["properties"]["verdict"]
    for note in run["invocations"][0]["toolExecutionNotifications"]:
        if "associatedRule" in note:
            yield _path(note), note["associatedRule"]["id"], note["descriptor"]["id"]


def _path(values: dict[str, Any]) -> str:
    return unquote(values["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def from_junit(content: str) -> Read:
    """Reads JUnit XML."""
    for suite in JUnitXml.fromstring(content.encode()):
        for case in suite:
            if case.name == "reading":
                continue
            (result,) = case.result or [None]
            kinds = {Failure: "fail", Error: "error", None: "pass"}
            yield case.classname, case.name, kinds.get(result and type(result)) or result.type


COMMAND = re.compile(r"::(?P<command>error|warning|notice) (?P<properties>[^:\n]*)::(?P<data>.*)")


def commands(content: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Reads annotations as the runner of GitHub Actions does: the command, its properties, what it says."""
    for line in content.splitlines():
        found = COMMAND.fullmatch(line)
        assert found, f"not a command: {line[:200]}"
        pairs = (pair.partition("=") for pair in found["properties"].split(","))
        properties = {name: _unescaped(value, ":", ",") for name, _, value in pairs}
        yield found["command"], properties, _unescaped(found["data"])


def _unescaped(text: str, *more: str) -> str:
    for char in ("\r", "\n", *more, "%"):
        text = text.replace(f"%{ord(char):02X}", char)
    return text


def from_github(content: str) -> Read:
    """Reads annotations of GitHub Actions."""
    in_words = {words: verdict.value for verdict, words in IN_WORDS.items()}
    for _, properties, _ in commands(content):
        if found := re.search(r"\(((?:policy|register)\.[\w.-]+)\): (.*)$", properties["title"]):
            yield properties["file"], found[1], in_words[found[2]]


def from_markdown(content: str) -> Read:
    """Reads a comment in Markdown: headings name the subject and the verdict, lines the requirement."""
    headings = {heading: verdict for heading, (verdict, _) in HEADINGS.items()}
    path = verdict = ""
    for line in content.splitlines():
        if line.startswith("### "):
            path = re.sub(r"\\(.)", r"\1", line.removeprefix("### "))
        elif found := re.search(r"(?:\*\*(?:Fails: )?|<summary>)([^*<(]+?)(?:\*\*)? \(\d+\)", line):
            verdict = headings[found[1]].value
        elif found := re.match(r"(?:####|-) [✗✓?·~!] .* `([\w.-]+)`$", line):
            yield path, found[1], verdict
